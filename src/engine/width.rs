//! How many requests to one store are worth having on their way at a time, found out by trying. No clock and no I/O: what
//! the line has carried goes in, a width comes out.
//!
//! Hill climbing on what the line carries as a whole. At first the width doubles as long as a doubling carries a good deal
//! more, as TCP begins; and without asking where a connection carries little, for there more of them cost nothing, while the
//! kernel's buffers hide what a short time shows. Then it rests, and now and then a step is tried: up, which stays where the
//! line carries more for it, or down, which stays where the line carries no less. Where neither helps, the rests grow. A store
//! that asks to slow down halves it, and no step up is tried for a while.
//!
//! Others fix a number: the AWS CLI 10 requests (`max_concurrent_requests`), rclone 4 files of 4 parts
//! (`--transfers`, `--s3-upload-concurrency`), s5cmd 5 parts (`--concurrency`), `object_store`'s `LimitStore` what its caller
//! says. AWS's CRT client computes it from a throughput that somebody has to name. Netflix's `concurrency-limits` follow
//! the latency, which of an upload is the line's own. So the measure is BBR's: what gets through, and its startup's
//! threshold (a quarter more, or the pipe is full).
//!
//! Sources: <https://www.rfc-editor.org/rfc/rfc5681#section-3.1> (doubling, halving),
//! <https://datatracker.ietf.org/doc/html/draft-cardwell-iccrg-bbr-congestion-control-02#section-4.3.2> (a quarter more),
//! <https://docs.aws.amazon.com/cli/latest/topic/s3-config.html>, <https://rclone.org/s3/>,
//! <https://docs.rs/object_store/latest/object_store/limit/struct.LimitStore.html>,
//! <https://github.com/Netflix/concurrency-limits>

/// Fewer leave the line unused while an answer is on its way.
pub(super) const LEAST: usize = 2;
/// More is not asked of any store.
pub(super) const MOST: usize = 16;
/// Where it begins.
const FIRST: usize = 6;

/// A connection that carries less a second (in bytes) keeps no processor busy.
const THIN: f64 = 16.0 * 1024.0 * 1024.0;
/// Of what a wider line could carry in proportion, so much it must carry at first to be doubled again.
const OPENING_GAIN: f64 = 0.25;
/// The same for a step up, later.
const STEP_GAIN: f64 = 0.5;
/// Of what a narrower line would lose in proportion, so much it may lose.
const STEP_LOSS: f64 = 0.25;
/// Windows that a step is judged by: one may be noise.
const TRIAL_WINDOWS: u32 = 2;
/// Windows between two steps, once one has helped; at first, and twice as many each time that neither way helps.
const SHORT_REST: u32 = 3;
const FIRST_REST: u32 = 6;
const LONG_REST: u32 = 48;

/// How wide the line to one store is.
#[derive(Debug)]
pub(super) struct Width {
    now: usize,
    most: usize,
    phase: Phase,
    /// What is carried at the width that is kept, in bytes a second.
    rate: Mean,
    rest: u32,
    /// Which way the next step goes.
    upwards: bool,
    /// Steps that did not help, since one did.
    in_vain: u32,
}

/// What the next measurement is for.
#[derive(Debug)]
enum Phase {
    /// It doubles; the width before the last doubling and what it carried.
    Opening(Option<(usize, f64)>),
    /// So many windows more.
    Resting(u32),
    /// A step from this width, and what it has carried so far.
    Trying(usize, Mean),
}

/// Of windows.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    rate: f64,
    windows: u32,
}

impl Mean {
    fn add(&mut self, rate: f64) {
        self.windows += 1;
        self.rate += (rate - self.rate) / f64::from(self.windows);
    }
}

impl Width {
    /// At most `most` (and no more than [`MOST`]).
    pub(super) fn new(most: usize) -> Self {
        let most = most.clamp(LEAST, MOST);
        Self {
            now: FIRST.min(most),
            most,
            phase: Phase::Opening(None),
            rate: Mean::default(),
            rest: FIRST_REST,
            upwards: false,
            in_vain: 0,
        }
    }

    /// Requests at a time.
    pub(super) fn now(&self) -> usize {
        self.now
    }

    /// What [`Self::now`] never exceeds.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// Whether it doubles as yet: short windows will do.
    pub(super) fn is_opening(&self) -> bool {
        matches!(self.phase, Phase::Opening(_))
    }

    /// What the line has carried, in bytes a second, in a window in which it was never wider or narrower than now, and all of it was wanted.
    pub(super) fn measured(&mut self, rate: f64) {
        match &mut self.phase {
            Phase::Opening(before) => {
                let before = *before;
                self.opened(before, rate);
            }
            Phase::Resting(left) => {
                *left = left.saturating_sub(1);
                let is_over = *left == 0;
                self.rate.add(rate);
                if is_over {
                    self.step();
                }
            }
            Phase::Trying(from, tried) => {
                tried.add(rate);
                let (from, tried) = (*from, *tried);
                if tried.windows >= TRIAL_WINDOWS {
                    self.judge(from, tried);
                }
            }
        }
    }

    /// The store asks to slow down.
    pub(super) fn throttled(&mut self) {
        self.now = (self.now / 2).max(LEAST);
        self.rest = LONG_REST;
        self.upwards = true;
        self.settle();
    }

    /// A doubling has carried `rate`.
    fn opened(&mut self, before: Option<(usize, f64)>, rate: f64) {
        #[allow(clippy::cast_precision_loss, reason = "at most 16")]
        let is_thin = rate < self.now as f64 * THIN;
        let is_more = |(width, carried)| rate >= carried * (1.0 + self.growth(width) * OPENING_GAIN);
        let helps = is_thin || before.is_none_or(is_more);
        match before {
            Some((width, _)) if !helps => {
                self.now = width;
                self.settle();
            }
            _ if self.now == self.most => self.settle(),
            _ => {
                self.phase = Phase::Opening(Some((self.now, rate)));
                self.now = (self.now * 2).min(self.most);
            }
        }
    }

    /// Rests at the width that it has.
    fn settle(&mut self) {
        self.rate = Mean::default();
        self.phase = Phase::Resting(self.rest);
    }

    /// Tries another width: a quarter more or less.
    fn step(&mut self) {
        if self.now == self.most {
            self.upwards = false;
        } else if self.now == LEAST {
            self.upwards = true;
        }
        let from = self.now;
        let by = (from / 4).max(1);
        self.now = if self.upwards {
            (from + by).min(self.most)
        } else {
            (from - by).max(LEAST)
        };
        self.phase = Phase::Trying(from, Mean::default());
    }

    fn judge(&mut self, from: usize, tried: Mean) {
        let gain = if self.upwards { STEP_GAIN } else { STEP_LOSS };
        if tried.rate >= self.rate.rate * (1.0 + self.growth(from) * gain) {
            self.in_vain = 0;
            self.rest = SHORT_REST;
        } else {
            self.now = from;
            self.upwards = !self.upwards;
            self.in_vain += 1;
            if self.in_vain.is_multiple_of(2) {
                self.rest = (self.rest * 2).min(LONG_REST);
            }
        }
        self.settle();
    }

    /// How much wider it is than `width`, as a share of that; negative where it is narrower.
    fn growth(&self, width: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "at most 16")]
        let (now, width) = (self.now as f64, width as f64);
        now / width - 1.0
    }
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss, clippy::indexing_slicing, reason = "simulated lines")]
mod tests;
