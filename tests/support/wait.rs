//! Waiting for a condition, never for luck.

use std::time::{Duration, Instant};

const ASK_EVERY: Duration = Duration::from_millis(20);

/// Asks again and again until there is an answer, and tells what was waited for where there is none within `limit`.
#[track_caller]
pub(crate) fn until<T>(what: &str, limit: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert_patient(what, begun, limit);
        std::thread::sleep(ASK_EVERY);
    }
}

/// The same without holding the runtime up.
pub(crate) async fn until_async<T>(what: &str, limit: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert_patient(what, begun, limit);
        tokio::time::sleep(ASK_EVERY).await;
    }
}

#[track_caller]
fn assert_patient(what: &str, begun: Instant, limit: Duration) {
    assert!(
        begun.elapsed() < limit,
        "waited {} s in vain for {what}",
        limit.as_secs()
    );
}
