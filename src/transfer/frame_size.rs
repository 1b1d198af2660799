//! How much of a block is given to the wire at a time.
//!
//! hyper asks for the next frame when it holds fewer than 16, or less than 400 KiB. Large frames are fast; small ones
//! show progress, and tell a slow wire from a stalled one. So 16 frames are to last about a second.

use super::reader::BLOCK_BYTES;
use std::time::{Duration, Instant};

const SMALLEST: usize = 4 * 1024;
/// hyper's `MAX_BUF_LIST_BUFFERS`.
const FRAMES_AHEAD: usize = 16;

/// Follows the wire's speed. Grows at most twofold a step: a socket's empty buffer takes its first bytes at any speed.
#[derive(Debug)]
pub(super) struct FrameSize {
    bytes: usize,
    window: Window,
}

#[derive(Debug)]
struct Window {
    since: Instant,
    frames: usize,
    bytes: usize,
}

impl Window {
    fn new(since: Instant) -> Self {
        Self {
            since,
            frames: 0,
            bytes: 0,
        }
    }
}

impl FrameSize {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            bytes: SMALLEST,
            window: Window::new(now),
        }
    }

    /// Bytes of the next frame.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The wire took a frame.
    pub(super) fn taken(&mut self, bytes: usize, now: Instant) {
        self.window.frames += 1;
        self.window.bytes += bytes;
        if self.window.frames < FRAMES_AHEAD {
            return;
        }
        let seconds = now
            .saturating_duration_since(self.window.since)
            .max(Duration::from_micros(1))
            .as_secs_f64();
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "an estimate, clamped below"
        )]
        let lasts_a_second = (self.window.bytes as f64 / seconds) as usize / FRAMES_AHEAD;
        self.bytes = lasts_a_second.clamp(SMALLEST, (self.bytes * 2).min(BLOCK_BYTES));
        self.window = Window::new(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(mebibytes: usize, bytes_per_sec: usize) -> usize {
        let mut now = Instant::now();
        let mut size = FrameSize::new(now);
        let mut sent = 0;
        while sent < mebibytes * 1024 * 1024 {
            let bytes = size.bytes();
            now += Duration::from_secs(1) * u32::try_from(bytes).unwrap_or(u32::MAX)
                / u32::try_from(bytes_per_sec).unwrap_or(u32::MAX);
            size.taken(bytes, now);
            sent += bytes;
        }
        size.bytes()
    }

    #[test]
    fn a_fast_wire_soon_takes_whole_blocks() {
        assert_eq!(after(32, 500_000_000), BLOCK_BYTES);
    }

    #[test]
    fn a_slow_wire_takes_about_a_second_worth_in_sixteen_frames() {
        let bytes = after(1, 320_000);
        assert!((19_000..21_000).contains(&bytes), "{bytes}");
        assert_eq!(after(1, 20_000), SMALLEST);
    }
}
