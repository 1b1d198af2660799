//! Numbers for people: sizes in binary units, rates, times left, progress.

use super::words::Words;
use std::time::Duration;

const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];

/// `0 B`, `1023 B`, `1.2 MiB`, `760 MiB`: three figures at most, always rounded down so that "5.0 of 5 GiB" is not said early.
pub(crate) fn size(bytes: u64) -> String {
    let mut tenths = u128::from(bytes) * 10;
    let mut unit = 0;
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    let name = UNITS.get(unit).copied().unwrap_or_default();
    if unit == 0 || tenths >= 1000 {
        format!("{} {name}", tenths / 10)
    } else {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    }
}

/// A size that somebody chose: `50 MiB`, and `1.5 GiB`.
pub(crate) fn exact_size(bytes: u64) -> String {
    size(bytes).replace(".0 ", " ")
}

/// `412 of 760 MiB`; the unit is said once where it is the same.
pub(crate) fn size_of(part_bytes: u64, whole_bytes: u64, words: &Words) -> String {
    let (part, whole) = (size(part_bytes), size(whole_bytes));
    let unit = |text: &str| text.rsplit(' ').next().map(str::to_owned);
    match part.rsplit_once(' ') {
        Some((number, _)) if unit(&part) == unit(&whole) => (words.of)(number, &whole),
        _ => (words.of)(&part, &whole),
    }
}

/// `7`, `1,234`, `100,000`.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `18.2 MiB/s`.
pub(crate) fn rate(bytes_per_sec: u64) -> String {
    format!("{}/s", size(bytes_per_sec))
}

/// The largest unit that a glance needs: `19 s`, `4 min`, `2 h`, `7 days`; rounded up, never 0.
pub(crate) fn time(duration: Duration, words: &Words) -> String {
    let seconds = whole_seconds(duration).max(1);
    match seconds {
        0..=90 => (words.seconds)(seconds),
        91..=5_400 => (words.minutes)(seconds.div_ceil(60)),
        5_401..=172_800 => (words.hours)(seconds.div_ceil(3_600)),
        _ => (words.days)(seconds.div_ceil(86_400)),
    }
}

/// A validity as it was set: `1 h`, `90 min`, `7 days`, in the largest unit that divides it.
pub(crate) fn validity(duration: Duration, words: &Words) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 => (words.seconds)(0),
        _ if seconds.is_multiple_of(86_400) => (words.days)(seconds / 86_400),
        _ if seconds.is_multiple_of(3_600) => (words.hours)(seconds / 3_600),
        _ if seconds.is_multiple_of(60) => (words.minutes)(seconds / 60),
        _ => (words.seconds)(seconds),
    }
}

/// The time of a countdown, of which no more is told than there is: `2 h`, `9 min`, and in the last minute `59 s`.
pub(crate) fn countdown(left: Duration, words: &Words) -> String {
    let seconds = whole_seconds(left);
    match countdown_unit(left) {
        1 => (words.seconds)(seconds),
        60 => (words.minutes)(left.as_secs() / 60),
        3_600 => (words.hours)(left.as_secs() / 3_600),
        _ => (words.days)(left.as_secs() / 86_400),
    }
}

/// Until [`countdown`] says something else.
pub(crate) fn countdown_changes_in(left: Duration) -> Duration {
    let unit = countdown_unit(left);
    // Seconds are rounded up, and change when one is full; the others just after.
    let part = left.as_nanos() % (u128::from(unit) * 1_000_000_000);
    let part = Duration::from_nanos(u64::try_from(part).unwrap_or(u64::MAX));
    match (unit, part.is_zero()) {
        (1, true) => Duration::from_secs(1),
        (1, false) => part,
        _ => part + Duration::from_millis(1),
    }
}

/// In seconds.
fn countdown_unit(left: Duration) -> u64 {
    match left.as_secs() {
        0..60 => 1,
        60..7_200 => 60,
        7_200..172_800 => 3_600,
        _ => 86_400,
    }
}

/// Seconds, rounded up: a countdown that says 0 is over.
pub(crate) fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// Longer than this nobody waits: a transfer that has all but stopped has no time left to tell.
const LONGEST: Duration = Duration::from_hours(30 * 24);

/// Time to send what is left at this rate; `None` where that says nothing.
pub(crate) fn time_left(sent_bytes: u64, size_bytes: u64, rate_bytes_per_sec: u64) -> Option<Duration> {
    let left = size_bytes.saturating_sub(sent_bytes);
    left.checked_div(rate_bytes_per_sec)
        .map(|seconds| Duration::from_secs(seconds.saturating_add(1)))
        .filter(|time| *time <= LONGEST)
}

/// Part of a whole, 0 to 1; 0 of 0 is 0.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bar has fewer pixels than an f32 has steps"
)]
pub(crate) fn fraction(part: u64, whole: u64) -> f32 {
    if whole == 0 {
        0.0
    } else {
        (part as f64 / whole as f64).clamp(0.0, 1.0) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{ENGLISH, KOREAN};
    use super::*;

    #[test]
    fn sizes_have_three_figures_and_round_down() {
        let cases = [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1_258_291, "1.1 MiB"),
            (102_399, "99.9 KiB"),
            (102_400, "100 KiB"),
            (796_917_760, "760 MiB"),
            (5 * 1024 * 1024 * 1024 - 1, "4.9 GiB"),
            (u64::MAX, "16777215 TiB"),
        ];
        for (bytes, text) in cases {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn large_numbers_are_counted_by_thousands() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn a_unit_is_said_once() {
        assert_eq!(size_of(412 << 20, 760 << 20, &ENGLISH), "412 of 760 MiB");
        assert_eq!(size_of(5 << 10, 760 << 20, &ENGLISH), "5.0 KiB of 760 MiB");
        assert_eq!(size_of(412 << 20, 760 << 20, &KOREAN), "412 / 760 MiB");
    }

    #[test]
    fn times_are_in_the_unit_a_glance_needs() {
        for (seconds, text) in [
            (0, "1 s"),
            (19, "19 s"),
            (90, "90 s"),
            (200, "4 min"),
            (7200, "2 h"),
            (200_000, "3 days"),
        ] {
            assert_eq!(time(Duration::from_secs(seconds), &ENGLISH), text);
        }
        assert_eq!(time(Duration::from_millis(18_100), &KOREAN), "19초");
    }

    #[test]
    fn a_countdown_tells_no_more_than_is_left_and_when_it_changes() {
        for (millis, text, changes_in) in [
            (999, "1 s", 999),
            (1_000, "1 s", 1_000),
            (59_500, "60 s", 500),
            (60_000, "1 min", 1),
            (119_999, "1 min", 60_000),
            (599_000, "9 min", 59_001),
            (7_199_000, "119 min", 59_001),
            (7_200_000, "2 h", 1),
            (172_799_000, "47 h", 3_599_001),
            (259_200_000, "3 days", 1),
        ] {
            let left = Duration::from_millis(millis);
            assert_eq!(countdown(left, &ENGLISH), text, "{millis}");
            assert_eq!(
                countdown_changes_in(left),
                Duration::from_millis(changes_in),
                "{millis}"
            );
            let before = left.saturating_sub(countdown_changes_in(left));
            assert_ne!(countdown(before, &ENGLISH), text, "{millis}");
        }
    }

    #[test]
    fn a_validity_is_told_as_it_was_set() {
        for (seconds, text) in [
            (3600, "1 h"),
            (5400, "90 min"),
            (604_800, "7 days"),
            (86_400, "1 day"),
            (61, "61 s"),
        ] {
            assert_eq!(validity(Duration::from_secs(seconds), &ENGLISH), text);
        }
    }

    #[test]
    fn without_a_rate_there_is_no_time_left() {
        assert_eq!(time_left(0, 10, 0), None);
        assert_eq!(time_left(0, 10, 5), Some(Duration::from_secs(3)));
        assert_eq!(time_left(0, u64::MAX, 1), None, "it has all but stopped");
    }

    #[test]
    fn a_fraction_stays_between_nothing_and_all() {
        assert!(fraction(0, 0) < f32::EPSILON);
        assert!((fraction(3, 2) - 1.0).abs() < f32::EPSILON);
    }
}
