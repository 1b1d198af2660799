//! Whether one store can be reached: uploads that find the network gone wait together, and one of them looks for all.

use super::pace::random;
use crate::transfer::{ConnectKind, can_be_reached};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Between two looks: from the first to the longest, each twice the one before.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(15);
/// For one look.
const LOOK_TIMEOUT: Duration = Duration::from_secs(10);
/// A difference of the two clocks below this is the wall clock's: it is set now and then.
const SLEPT_AT_LEAST: Duration = Duration::from_secs(10);

/// The way to one store, shared by all uploads there.
#[derive(Debug)]
pub(super) struct Network {
    state: Mutex<State>,
    /// Whoever holds it looks; the others wait for what it sees.
    looking: tokio::sync::Mutex<()>,
    /// Whether an upload has found the network gone, and nobody has reached the store since.
    is_out: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct State {
    /// Where it is asked.
    url: Option<String>,
    /// It was reached, at some time.
    reached: bool,
    answered: Option<Instant>,
    /// When it was first waited for, since the last answer.
    lost_since: Option<Instant>,
    /// Looks since the network was found gone.
    looks: u32,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            state: Mutex::default(),
            looking: tokio::sync::Mutex::default(),
            is_out: watch::Sender::new(false),
        }
    }
}

impl Network {
    /// The store is asked at this URL.
    pub(super) fn asks(&self, url: &str) {
        self.state().asks(url);
    }

    /// It has answered.
    pub(super) fn answered(&self) {
        let mut state = self.state();
        state.reached = true;
        state.answered = Some(Instant::now());
        state.lost_since = None;
        state.looks = 0;
        drop(state);
        self.is_out.send_if_modified(std::mem::take);
    }

    /// There was a connection, at some time.
    pub(super) fn connected(&self) {
        self.state().reached = true;
    }

    /// Whether a failure of this kind, of an attempt that began then, means that the network is gone: the store had been
    /// reached before, and nothing has reached it since. A name that was never found may be a wrong one.
    pub(super) fn is_lost(&self, kind: ConnectKind, begun: Instant) -> bool {
        let state = self.state();
        kind.is_unreachable() && state.reached && state.answered.is_none_or(|at| at < begun)
    }

    /// Somebody waits for it to come back.
    pub(super) fn is_out(&self) -> bool {
        *self.is_out.borrow()
    }

    /// Waits until the store can be reached again; false where it has been gone for longer than `patience`, whoever found
    /// that out: a hundred files do not wait one after the other.
    pub(super) async fn is_back(&self, client: &reqwest::Client, patience: Duration) -> bool {
        let lost_since = *self.state().lost_since.get_or_insert_with(Instant::now);
        let mut is_out = self.is_out.subscribe();
        self.is_out.send_replace(true);
        tokio::select! {
            // The sender is ours.
            _ = is_out.wait_for(|is_out| !*is_out) => true,
            back = self.look_until_back(client, lost_since, patience) => back,
        }
    }

    async fn look_until_back(&self, client: &reqwest::Client, lost_since: Instant, patience: Duration) -> bool {
        let _we_look = self.looking.lock().await;
        loop {
            let Some(left) = patience
                .checked_sub(lost_since.elapsed())
                .filter(|left| !left.is_zero())
            else {
                return false;
            };
            let (wait, url) = self.state().next_look(random());
            tokio::time::sleep(wait.min(left)).await;
            if can_be_reached(client, &url, LOOK_TIMEOUT).await {
                self.answered();
                return true;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The host alone: path and query are nobody's business.
    fn asks(&mut self, url: &str) {
        // Mostly the same as before: ten thousand small files ask ten thousand times.
        let is_known = |known: &String| {
            url.strip_prefix(known.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        };
        if !self.url.as_ref().is_some_and(is_known)
            && let Ok(url) = reqwest::Url::parse(url)
        {
            self.url = Some(url.origin().ascii_serialization());
        }
    }

    /// How long to wait before the next look, half of it by chance, and where to.
    fn next_look(&mut self, random: u32) -> (Duration, String) {
        let limit = FIRST_WAIT
            .saturating_mul(2_u32.saturating_pow(self.looks))
            .min(LONGEST_WAIT);
        self.looks = self.looks.saturating_add(1);
        let wait = limit.mul_f64(0.5 + 0.5 * f64::from(random) / f64::from(u32::MAX));
        (wait, self.url.clone().unwrap_or_default())
    }
}

/// When something began, by the clock that stands still while the machine sleeps and by the one that goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) awake: Instant,
    wall: jiff::Timestamp,
}

impl Moment {
    pub(super) fn now() -> Self {
        Self {
            awake: Instant::now(),
            wall: jiff::Timestamp::now(),
        }
    }

    /// Whether the machine has slept since: its connections are dead then, and no server is to blame.
    pub(super) fn has_slept(self) -> bool {
        self.slept_until(Self::now())
    }

    fn slept_until(self, now: Self) -> bool {
        let awake = now.awake.saturating_duration_since(self.awake);
        let passed = Duration::try_from(now.wall.duration_since(self.wall)).unwrap_or_default();
        passed.saturating_sub(awake) >= SLEPT_AT_LEAST
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn only_a_store_that_was_reached_before_and_by_nobody_since_is_lost() {
        let network = Network::default();
        assert!(!network.is_lost(ConnectKind::Dns, Instant::now()), "never reached");
        network.answered();
        let begun = Instant::now();
        for kind in [ConnectKind::Dns, ConnectKind::Network, ConnectKind::TimedOut] {
            assert!(network.is_lost(kind, begun), "{kind:?}");
        }
        for kind in [
            ConnectKind::Refused,
            ConnectKind::Tls,
            ConnectKind::Proxy,
            ConnectKind::NotTrusted,
        ] {
            assert!(!network.is_lost(kind, begun), "{kind:?}");
        }
        network.answered();
        assert!(
            !network.is_lost(ConnectKind::Dns, begun),
            "another upload has reached it"
        );
    }

    /// A TCP connection to the broadcast address: the kernel says at once that there is no way.
    const NOWHERE: &str = "http://255.255.255.255/";

    #[tokio::test]
    async fn patience_ends_for_all_together() {
        let network = Network::default();
        network.asks(NOWHERE);
        let client = crate::aws::http_client().unwrap();
        let begun = Instant::now();
        assert!(!network.is_back(&client, Duration::from_millis(200)).await);
        assert!(begun.elapsed() >= Duration::from_millis(200));
        let later = Instant::now();
        for _ in 0..100 {
            assert!(!network.is_back(&client, Duration::from_millis(200)).await);
        }
        assert!(later.elapsed() < Duration::from_millis(200));
        assert!(network.is_out());
    }

    #[tokio::test]
    async fn an_answer_to_anybody_ends_the_wait_of_all() {
        let network = Network::default();
        network.asks(NOWHERE);
        let client = crate::aws::http_client().unwrap();
        let wait = || network.is_back(&client, Duration::from_mins(1));
        let answer = async {
            while !network.is_out() {
                tokio::task::yield_now().await;
            }
            network.answered();
        };
        assert_eq!(tokio::join!(wait(), wait(), wait(), answer), (true, true, true, ()));
        assert!(!network.is_out());
    }

    #[test]
    fn looks_become_seldom_and_one_that_reaches_it_begins_anew() {
        let mut state = State::default();
        let waits: Vec<_> = (0..6).map(|_| state.next_look(u32::MAX).0.as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 15, 15]);
        assert_eq!(state.next_look(0).0, Duration::from_millis(7500));
    }

    #[test]
    fn a_machine_that_slept_shows_by_its_two_clocks() {
        let begun = Moment::now();
        let after = |awake, passed| Moment {
            awake: begun.awake + Duration::from_secs(awake),
            wall: begun.wall + Duration::from_secs(passed),
        };
        assert!(begun.slept_until(after(5, 3600)));
        assert!(!begun.slept_until(after(3600, 3601)));
        // Set back meanwhile.
        assert!(!begun.slept_until(after(3600, 5)));
    }
}
