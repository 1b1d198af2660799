//! A time as people write it: `90 min`, `12 h`, `7일`; a number alone is seconds.

use crate::ui::words::Words;
use std::time::Duration;

/// The time that `text` says in English, or in the words of the window; `None` where it says none.
pub(super) fn read(text: &str, words: &Words) -> Option<Duration> {
    let text = text.trim().to_lowercase();
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    let seconds_each = seconds_of(unit.trim(), words)?;
    number.checked_mul(seconds_each).map(Duration::from_secs)
}

fn seconds_of(unit: &str, words: &Words) -> Option<u64> {
    // As the window writes them: what it shows can be typed.
    let shown = [
        (words.seconds, 1),
        (words.minutes, 60),
        (words.hours, 3_600),
        (words.days, 86_400),
    ];
    let is_shown = |write: fn(u64) -> String| {
        [1, 2]
            .iter()
            .any(|number| write(*number).trim_start_matches(char::is_numeric).trim() == unit)
    };
    if let Some((_, seconds)) = shown.into_iter().find(|(write, _)| is_shown(*write)) {
        return Some(seconds);
    }
    match unit {
        "" | "s" | "sec" | "second" | "seconds" => Some(1),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(60),
        "h" | "hour" | "hours" => Some(3_600),
        "d" | "day" | "days" => Some(86_400),
        "w" | "week" | "weeks" => Some(7 * 86_400),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::format::validity;
    use crate::ui::words::{ENGLISH, KOREAN};

    #[test]
    fn what_the_window_shows_can_be_typed() {
        for words in [&ENGLISH, &KOREAN] {
            for seconds in [1, 45, 60, 5400, 3600, 86_400, 604_800] {
                let time = Duration::from_secs(seconds);
                assert_eq!(
                    read(&validity(time, words), words),
                    Some(time),
                    "{}",
                    validity(time, words)
                );
            }
        }
    }

    #[test]
    fn units_are_written_in_many_ways() {
        for (text, seconds) in [
            ("3600", 3600),
            ("90min", 5400),
            (" 12 Hours ", 43_200),
            ("1d", 86_400),
            ("1 week", 604_800),
        ] {
            assert_eq!(read(text, &ENGLISH), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "h", "soon", "1.5 h", "-1", "1 h 30", "99999999999999999999 d"] {
            assert_eq!(read(text, &ENGLISH), None, "{text}");
        }
    }
}
