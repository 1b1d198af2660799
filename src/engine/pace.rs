//! How hard one store is asked: a budget of retries, and a time before which nobody asks; shared by all that goes there.
//!
//! The budget is that of the AWS SDKs' standard mode: a retry costs, success gives back, and where everything fails the
//! retries end, so that a store that is going down is not pushed further. Beyond it, a little comes back with time: a
//! window runs for days.
//!
//! Source: <https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html>; the numbers:
//! <https://github.com/boto/botocore/blob/develop/botocore/retries/standard.py>

use crate::transfer::backoff;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// `INITIAL_CAPACITY`: so much is there at first, and never more.
const CAPACITY: u32 = 500;
/// `_RETRY_COST`.
const RETRY_COST: u32 = 5;
/// `_TIMEOUT_RETRY_REQUEST`.
const TIMED_OUT_COST: u32 = 10;
/// `_NO_RETRY_INCREMENT`: what a success without a retry gives.
const FIRST_TIME_GAIN: u32 = 1;
/// What time gives: a retry every five seconds, all uploads together.
const GAIN_PER_SEC: u64 = 1;

/// After a wait that all share, they come back within so long of each other, not all at once.
const LONGEST_SPREAD: Duration = Duration::from_secs(1);

/// What a retry is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// It was refused, or broke.
    Failed,
    /// It took too long.
    TimedOut,
    /// The store asks everybody to slow down.
    Throttled,
}

impl Cause {
    fn cost(self) -> u32 {
        match self {
            Self::Failed | Self::Throttled => RETRY_COST,
            Self::TimedOut => TIMED_OUT_COST,
        }
    }
}

/// Of one store.
#[derive(Debug)]
pub(super) struct Pace(Mutex<State>);

#[derive(Debug)]
struct State {
    budget: u32,
    /// Until when time's gain has been counted.
    counted_until: Instant,
    not_before: Option<Instant>,
    /// Waves of refusals since the last success.
    waves: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self(Mutex::new(State::new(Instant::now())))
    }
}

impl Pace {
    /// Waits until the store may be asked: before every request to it.
    pub(super) async fn turn(&self) {
        while let Some(wait) = self.wait() {
            tokio::time::sleep(wait).await;
        }
    }

    /// How long the store is to be left alone; `None`: it may be asked.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.state().wait(Instant::now(), random())
    }

    /// The store asks to be left alone, perhaps for so long. Whether this is the first that is heard of it.
    pub(super) fn throttled(&self, at_least: Duration) -> bool {
        self.state().throttled(Instant::now(), at_least)
    }

    /// Whether there may be another try; takes its cost.
    pub(super) fn retry(&self, cause: Cause) -> bool {
        self.state().retry(Instant::now(), cause)
    }

    /// It worked; after these retries the last one's cost comes back.
    pub(super) fn succeeded(&self, last_retry: Option<Cause>) {
        self.state().succeeded(last_retry);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Uniform. Without randomness the longest wait is the safe one.
pub(super) fn random() -> u32 {
    let mut random = [0; 4];
    getrandom::fill(&mut random).map_or(u32::MAX, |()| u32::from_ne_bytes(random))
}

impl State {
    fn new(now: Instant) -> Self {
        Self {
            budget: CAPACITY,
            counted_until: now,
            not_before: None,
            waves: 0,
        }
    }

    fn wait(&self, now: Instant, random: u32) -> Option<Duration> {
        let left = self.not_before?.checked_duration_since(now)?;
        let spread = left.min(LONGEST_SPREAD);
        (!left.is_zero()).then(|| left + spread.mul_f64(f64::from(random) / f64::from(u32::MAX)))
    }

    /// What was under way together is refused together: that is one wave, and lengthens the wait once.
    fn throttled(&mut self, now: Instant, at_least: Duration) -> bool {
        let is_new = self.not_before.is_none_or(|until| until <= now);
        if is_new {
            self.waves = self.waves.saturating_add(1);
        }
        let wait = if is_new {
            backoff(self.waves.saturating_add(1), u32::MAX).max(at_least)
        } else {
            at_least
        };
        self.not_before = self.not_before.max(now.checked_add(wait));
        is_new
    }

    fn retry(&mut self, now: Instant, cause: Cause) -> bool {
        let seconds = now.saturating_duration_since(self.counted_until).as_secs();
        self.counted_until += Duration::from_secs(seconds);
        self.gain(u32::try_from(seconds.saturating_mul(GAIN_PER_SEC)).unwrap_or(CAPACITY));
        match self.budget.checked_sub(cause.cost()) {
            Some(left) => {
                self.budget = left;
                true
            }
            None => false,
        }
    }

    fn succeeded(&mut self, last_retry: Option<Cause>) {
        self.waves = 0;
        self.gain(last_retry.map_or(FIRST_TIME_GAIN, Cause::cost));
    }

    fn gain(&mut self, gain: u32) {
        self.budget = self.budget.saturating_add(gain).min(CAPACITY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retries_left(state: &mut State, now: Instant, cause: Cause) -> usize {
        (0..1000).take_while(|_| state.retry(now, cause)).count()
    }

    #[test]
    fn a_store_that_fails_always_is_retried_a_hundred_times_or_fifty_where_it_hangs() {
        let now = Instant::now();
        assert_eq!(retries_left(&mut State::new(now), now, Cause::Failed), 100);
        assert_eq!(retries_left(&mut State::new(now), now, Cause::Throttled), 100);
        assert_eq!(retries_left(&mut State::new(now), now, Cause::TimedOut), 50);
    }

    #[test]
    fn success_gives_back_what_the_last_retry_cost_or_one_and_never_more_than_there_was() {
        let now = Instant::now();
        let mut state = State::new(now);
        state.succeeded(None);
        assert_eq!(retries_left(&mut state, now, Cause::Failed), 100);
        state.succeeded(Some(Cause::Failed));
        assert_eq!(retries_left(&mut state, now, Cause::Failed), 1);
        state.succeeded(Some(Cause::TimedOut));
        assert_eq!(retries_left(&mut state, now, Cause::Failed), 2);
        for _ in 0..5 {
            state.succeeded(None);
        }
        assert_eq!(retries_left(&mut state, now, Cause::Failed), 1);
    }

    #[test]
    fn time_gives_a_retry_every_five_seconds() {
        let now = Instant::now();
        let mut state = State::new(now);
        retries_left(&mut state, now, Cause::Failed);
        let after = |millis| now + Duration::from_millis(millis);
        assert!(!state.retry(after(4900), Cause::Failed));
        assert!(state.retry(after(5000), Cause::Failed));
        assert!(!state.retry(after(9900), Cause::Failed));
        assert_eq!(retries_left(&mut state, after(10_000_000), Cause::Failed), 100);
    }

    #[test]
    fn all_wait_for_what_the_store_asks_and_come_back_spread_over_a_second() {
        let now = Instant::now();
        let mut state = State::new(now);
        assert_eq!(state.wait(now, u32::MAX), None);
        state.throttled(now, Duration::from_secs(30));
        assert_eq!(state.wait(now, 0), Some(Duration::from_secs(30)));
        assert_eq!(state.wait(now, u32::MAX), Some(Duration::from_secs(31)));
        // An upload that was refused in the same moment does not shorten it, nor lengthen it.
        state.throttled(now, Duration::ZERO);
        assert_eq!(state.wait(now, 0), Some(Duration::from_secs(30)));
        assert_eq!(state.wait(now + Duration::from_secs(30), u32::MAX), None);
    }

    #[test]
    fn every_wave_of_refusals_doubles_the_wait_until_something_succeeds() {
        let mut now = Instant::now();
        let mut state = State::new(now);
        let mut waits = Vec::new();
        for _ in 0..8 {
            // Six at a time.
            let news = (0..6).filter(|_| state.throttled(now, Duration::ZERO)).count();
            assert_eq!(news, 1);
            let wait = state.wait(now, 0).unwrap_or_default();
            waits.push(wait.as_secs_f64());
            now += wait;
        }
        assert_eq!(waits, [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0]);
        state.succeeded(None);
        state.throttled(now, Duration::ZERO);
        assert_eq!(state.wait(now, 0), Some(Duration::from_millis(500)));
    }
}
