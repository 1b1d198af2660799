//! One line of progress on standard error, where that is a terminal.

use crate::cli::stderr;
use crate::engine::{Snapshot, Stage, Totals};
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

/// No terminal is read faster than this.
const BETWEEN_DRAWINGS: Duration = Duration::from_millis(100);
/// Narrowest terminal that is catered for: a line that wraps cannot be cleared.
const WIDTH: usize = 79;

/// Draws over itself.
pub(super) struct Progress {
    shown: bool,
    on_screen: bool,
    last_drawn: Option<Instant>,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        Self {
            shown: !quiet && std::io::stderr().is_terminal(),
            on_screen: false,
            last_drawn: None,
        }
    }

    /// Draws the line anew, at most ten times a second.
    pub(super) fn draw(&mut self, snapshot: &Snapshot) {
        if !self.shown || self.last_drawn.is_some_and(|last| last.elapsed() < BETWEEN_DRAWINGS) {
            return;
        }
        self.last_drawn = Some(Instant::now());
        self.on_screen = stderr::write(&format!("\r\x1b[2K{}", line(snapshot)));
    }

    /// Takes the line away, so that another may be written.
    pub(super) fn clear(&mut self) {
        if self.on_screen {
            stderr::write("\r\x1b[2K");
            self.on_screen = false;
            self.last_drawn = None;
        }
    }
}

/// `2 of 4 done · 413 MiB of 812 MiB · 18.2 MiB/s · 22 s left · demo.mp4`
fn line(snapshot: &Snapshot) -> String {
    let totals = &snapshot.totals;
    let mut parts = vec![
        format!("{} of {} done", totals.done, totals.uploads),
        format!("{} of {}", bytes(totals.sent_bytes), bytes(totals.size_bytes)),
    ];
    parts.extend(rate(totals));
    let mut begun = snapshot.uploads.of_chunks(|chunk| chunk.totals().begun > 0);
    parts.extend(begun.find_map(|row| {
        let name = || super::printable(&row.path.file_name().unwrap_or_default().to_string_lossy());
        match &row.stage {
            Stage::Sending => Some(name()),
            Stage::WaitingForS3 => Some(format!("waiting for S3: {}", name())),
            Stage::WaitingForNetwork => Some(format!("waiting for the network: {}", name())),
            Stage::RetryingIn { remaining, attempt } => {
                Some(format!("attempt {attempt} in {} s: {}", remaining.as_secs(), name()))
            }
            _ => None,
        }
    }));
    shorten(&parts.join(" · "))
}

fn rate(totals: &Totals) -> Option<String> {
    (totals.rate_bytes_per_sec > 0).then(|| match totals.time_left {
        Some(left) => format!("{}/s · {} left", bytes(totals.rate_bytes_per_sec), duration(left)),
        None => format!("{}/s", bytes(totals.rate_bytes_per_sec)),
    })
}

/// `512 B`, `18.2 MiB`.
#[allow(clippy::cast_precision_loss, reason = "three digits are shown")]
fn bytes(count: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    if count < 1024 {
        return format!("{count} B");
    }
    let mut value = count as f64 / 1024.0;
    let mut unit = "KiB";
    for next in units.into_iter().skip(1) {
        if value < 1000.0 {
            break;
        }
        value /= 1024.0;
        unit = next;
    }
    if value < 100.0 {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}

/// `22 s`, `3 min`, `2 h 5 min`.
fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..=99 => format!("{seconds} s"),
        100..=5999 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// Hangul and its like take two columns each: they count as two.
fn shorten(text: &str) -> String {
    let columns = |letter: char| {
        if ('\u{1100}'..='\u{FFDC}').contains(&letter) {
            2
        } else {
            1
        }
    };
    let mut width = 0;
    text.chars()
        .take_while(|&letter| {
            width += columns(letter);
            width <= WIDTH
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_short() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(1023), "1023 B");
        assert_eq!(bytes(1024), "1.0 KiB");
        assert_eq!(bytes(1_048_576), "1.0 MiB");
        assert_eq!(bytes(413 * 1_048_576), "413 MiB");
        assert_eq!(duration(Duration::from_secs(22)), "22 s");
        assert_eq!(duration(Duration::from_secs(170)), "3 min");
        assert_eq!(duration(Duration::from_mins(125)), "2 h 5 min");
    }

    #[test]
    fn a_line_never_wraps() {
        assert_eq!(shorten(&"a".repeat(200)).chars().count(), WIDTH);
        assert_eq!(shorten(&"한".repeat(200)).chars().count(), WIDTH / 2);
    }
}
