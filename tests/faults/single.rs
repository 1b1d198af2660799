//! One fault at a time, where what follows is certain.

use super::rig::{LIMIT, Sent, every_try, first_try, outcome, sandbox};
use crate::support::fault_server::{Canned, Fault, Junk, Lost, Operation, Then};
use crate::support::process::peak_memory_kib;
use dropslot::engine::{Code, Command};
use dropslot::store::UploadMethod;
use std::time::{Duration, Instant};

const SIZE: usize = 300_000;

/// A fault of one attempt costs that attempt and nothing else.
async fn costs_one_attempt(fault: Fault) -> Sent {
    let kind = fault.kind();
    let sent = Sent::of(SIZE, sandbox(), first_try(fault)).await;
    assert_eq!(sent.done().attempts, 2, "{kind}");
    sent.assert_truly_done().await;
    sent
}

#[tokio::test]
async fn what_passes_is_tried_again_and_then_done() {
    for fault in [
        Fault::Reset { after: 0 },
        Fault::Reset { after: 100_000 },
        Fault::Outage(Duration::from_millis(20)),
        Fault::Answer(Canned::s3(500, "InternalError", "We encountered an internal error.")),
        Fault::Answer(Canned::plain(500)),
        Fault::Answer(Canned::plain(502)),
        Fault::Answer(Canned::plain(503)),
        Fault::Answer(Canned::plain(504)),
        Fault::Answer(Canned::slow_down()),
        Fault::Answer(Canned::request_timeout()),
        Fault::Answer(Canned::bad_digest()),
        Fault::CutXml(Canned::s3(503, "ServiceUnavailable", "Reduce your request rate.")),
        Fault::WrongChecksum,
        Fault::Truncated,
    ] {
        costs_one_attempt(fault).await;
    }
}

#[tokio::test]
async fn slowness_is_no_failure() {
    for fault in [
        Fault::Trickle(Duration::from_secs(2)),
        Fault::TrickledAnswer(Duration::from_secs(2)),
    ] {
        let sent = Sent::of(SIZE, sandbox(), every_try(fault)).await;
        assert_eq!(sent.done().attempts, 1);
        sent.assert_truly_done().await;
    }
}

#[tokio::test]
async fn another_region_is_signed_for_and_another_after_it() {
    for status in [301, 307] {
        let sent = Sent::of(
            SIZE,
            sandbox(),
            first_try(Fault::Answer(Canned::elsewhere(status, "eu-west-1"))),
        )
        .await;
        sent.assert_truly_done().await;
    }
}

#[tokio::test]
async fn a_lost_success_leaves_one_object_and_is_done() {
    for lost in [Lost::Reset, Lost::Close] {
        let sent = Sent::of(SIZE, sandbox(), first_try(Fault::LostAnswer(lost))).await;
        sent.assert_truly_done().await;
    }
}

#[tokio::test]
async fn a_success_that_is_cut_short_leaves_one_object_and_is_done() {
    for after in [0, 5, 60, 200] {
        let sent = Sent::of(SIZE, sandbox(), first_try(Fault::CutAnswer { after })).await;
        sent.assert_truly_done().await;
    }
}

#[tokio::test]
async fn a_store_that_tells_another_checksum_twice_is_not_believed() {
    for fault in [Fault::WrongChecksum, Fault::Truncated] {
        let sent = Sent::of(SIZE, sandbox(), every_try(fault)).await;
        assert_eq!(sent.outcome.as_ref().unwrap_err().code, Code::ProofFailed);
        assert_eq!(sent.server.log().of(Operation::PostObject).len(), 2);
        assert!(sent.person.is_queued(&sent.path), "its row must stay");
        assert_eq!(sent.person.history(), []);
    }
}

#[tokio::test]
async fn what_is_stored_wrongly_is_replaced_even_after_another_fault() {
    let mut destination = sandbox();
    "{name}".clone_into(&mut destination.key_template);
    destination.method = UploadMethod::Post;
    let mut faults = vec![Fault::Answer(Canned::plain(503)), Fault::Truncated];
    let sent = Sent::of(SIZE, destination, move |request| {
        let fault = request.operation.carries_file().then(|| faults.pop());
        fault.flatten().unwrap_or(Fault::None)
    })
    .await;
    assert_eq!(sent.done().object_key, "a.bin");
    sent.assert_truly_done().await;
}

#[tokio::test]
async fn what_a_lost_answer_stored_is_found_although_the_first_looks_are_lost_too() {
    for method in [UploadMethod::Put, UploadMethod::Parts] {
        let mut destination = sandbox();
        "{name}".clone_into(&mut destination.key_template);
        destination.method = method;
        let mut is_stored = false;
        let sent = Sent::of(SIZE, destination, move |request| match request.operation {
            operation if operation.makes_object() && request.turn == 0 => {
                is_stored = true;
                Fault::LostAnswer(Lost::Reset)
            }
            Operation::HeadObject if is_stored && request.turn < 3 => Fault::Reset { after: 0 },
            _ => Fault::None,
        })
        .await;
        assert_eq!(sent.done().object_key, "a.bin", "{method:?}");
        sent.assert_truly_done().await;
        assert!(
            sent.server.log().file_bytes() < 2 * SIZE as u64,
            "{method:?} was sent twice"
        );
    }
}

#[tokio::test]
async fn parts_that_take_long_to_be_put_together_are_waited_for() {
    let mut destination = sandbox();
    destination.method = UploadMethod::Parts;
    let sent = Sent::of(SIZE, destination, |request| match request.operation {
        Operation::CompleteUpload => Fault::TrickledAnswer(Duration::from_secs(15)),
        _ => Fault::None,
    })
    .await;
    sent.assert_truly_done().await;
    assert_eq!(sent.server.log().of(Operation::CompleteUpload).len(), 1);
}

#[tokio::test]
async fn the_reason_of_an_early_answer_is_told() {
    let refused = Canned::s3(
        400,
        "EntityTooLarge",
        "Your proposed upload exceeds the maximum allowed size",
    );
    for then in [Then::ReadOn, Then::Close] {
        let fault = Fault::Early {
            after: 1 << 20,
            answer: refused.clone(),
            then,
        };
        let sent = Sent::of(16 << 20, sandbox(), every_try(fault)).await;
        let failure = sent.outcome.as_ref().unwrap_err();
        match then {
            Then::ReadOn => {
                assert_eq!(failure.code, Code::TooLarge, "{failure:?}");
                assert_eq!(sent.server.log().of(Operation::PostObject).len(), 1);
            }
            // The answer may go down with the connection: then all that can be said is that it broke.
            Then::Close => assert!(
                matches!(failure.code, Code::TooLarge | Code::ConnectionBroken),
                "{failure:?}"
            ),
        }
        let came = sent.server.log().file_bytes();
        assert!(came < 5 * (16 << 20), "{came} bytes were sent for nothing");
    }
}

#[tokio::test]
async fn headers_without_end_are_given_up_before_they_fill_the_memory() {
    for kind in [Junk::Headers, Junk::LongHeader, Junk::Body] {
        let before = peak_memory_kib();
        let fault = Fault::Junk { kind, bytes: 1 << 30 };
        let sent = Sent::of(SIZE, sandbox(), every_try(fault)).await;
        assert!(sent.outcome.is_err());
        let taken = sent.server.log().of(Operation::PostObject);
        let most = taken.iter().map(|exchange| exchange.junk_bytes).max().unwrap();
        assert!(most < 32 << 20, "{kind:?}: {most} bytes were taken");
        let grown = peak_memory_kib() - before;
        assert!(grown < 48 * 1024, "{kind:?}: {grown} KiB more memory");
    }
}

#[tokio::test]
async fn a_stalled_attempt_is_given_up_after_half_a_minute() {
    let begun = Instant::now();
    let fault = Fault::Stall { after: 1 << 20 };
    let sent = Sent::of(16 << 20, sandbox(), first_try(fault)).await;
    assert_eq!(sent.done().attempts, 2);
    sent.assert_truly_done().await;
    let took = begun.elapsed();
    assert!(
        took > Duration::from_secs(30) && took < Duration::from_secs(50),
        "{took:?}"
    );
}

#[tokio::test]
async fn what_failed_is_done_when_it_is_tried_again_without_faults() {
    let mut sent = Sent::of(SIZE, sandbox(), |request| {
        if request.operation.carries_file() && request.turn < 5 {
            Fault::Answer(Canned::plain(502))
        } else {
            Fault::None
        }
    })
    .await;
    let failure = sent.outcome.as_ref().unwrap_err();
    assert!(failure.retryable);
    assert!(sent.person.is_queued(&sent.path));
    sent.engine
        .send(Command::Retry {
            upload: sent.upload,
            destination: None,
        })
        .unwrap();
    sent.outcome = outcome(&mut sent.engine, LIMIT).await.unwrap().1;
    sent.assert_truly_done().await;
}
