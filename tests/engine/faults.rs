//! What S3 may answer, and what follows.

use super::rig::{Rig, add, event, sandbox, snapshot_when, stop, until_batch_ended};
use super::stub::{Answer, Store, answer, refusal, stored};
use dropslot::engine::{Code, Done, Engine, Event, Failure, Stage};
use dropslot::transfer::Proof;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Sends one file and tells what came of it.
async fn outcome(engine: &mut Engine, rig: &Rig) -> Result<Arc<Done>, Box<Failure>> {
    add(engine, vec![rig.file("a.txt", b"content")], sandbox());
    loop {
        match event(engine).await {
            Event::UploadDone { done, .. } => return Ok(done),
            Event::UploadFailed { failure, .. } => return Err(failure),
            _ => {}
        }
    }
}

async fn outcome_at(answers: Vec<Answer>) -> (Result<Arc<Done>, Box<Failure>>, Store) {
    let rig = Rig::new();
    let store = Store::answering(answers).await;
    let mut engine = rig.start_at(&store.url, 1);
    let outcome = outcome(&mut engine, &rig).await;
    stop(engine).await;
    (outcome, store)
}

#[tokio::test]
async fn a_store_without_crc64nvme_is_proven_by_md5_which_is_then_computed_while_sending() {
    let rig = Rig::new();
    let store = Store::answering(vec![stored()]).await;
    let mut engine = rig.start_at(&store.url, 1);
    for _ in 0..2 {
        let done = outcome(&mut engine, &rig).await.unwrap();
        assert_eq!((done.proof, done.attempts), (Proof::Md5, 1));
    }
    assert_eq!(store.requests().len(), 2);
    stop(engine).await;
}

#[tokio::test]
async fn a_region_that_s3_names_is_signed_for_and_does_not_count_as_a_failure() {
    let redirect = refusal(
        "400 Bad Request",
        "AuthorizationHeaderMalformed",
        "the region 'us-east-1' is wrong; expecting 'ap-northeast-2'",
        "<Region>ap-northeast-2</Region>",
    );
    let (outcome, store) = outcome_at(vec![redirect, stored()]).await;
    assert_eq!(outcome.unwrap().attempts, 2);
    let scopes: Vec<_> = store
        .requests()
        .iter()
        .map(|request| request.field("x-amz-credential").unwrap())
        .collect();
    assert!(scopes[0].ends_with("/us-east-1/s3/aws4_request"), "{scopes:?}");
    assert!(scopes[1].ends_with("/ap-northeast-2/s3/aws4_request"), "{scopes:?}");
}

#[tokio::test]
async fn a_store_that_sends_to_and_fro_is_given_up() {
    let redirect = || {
        refusal(
            "301 Moved Permanently",
            "PermanentRedirect",
            "elsewhere",
            "<Region>eu-west-1</Region>",
        )
    };
    let (outcome, store) = outcome_at(vec![redirect()]).await;
    let failure = outcome.unwrap_err();
    assert!(failure.english().what.contains("eu-west-1"), "{failure:?}");
    assert_eq!(store.requests().len(), 3);
}

#[tokio::test]
async fn a_form_is_signed_by_the_servers_clock_when_ours_is_wrong() {
    let skewed: Answer = Box::new(|_| {
        answer(
            "403 Forbidden",
            "Date: Fri, 01 Jan 2038 00:00:00 GMT\r\n",
            "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference is too large.</Message></Error>",
        )
    });
    let (outcome, store) = outcome_at(vec![skewed, stored()]).await;
    outcome.unwrap();
    let date = store.requests()[1].field("x-amz-date").unwrap();
    assert!(
        date.starts_with("20371231T2359") || date.starts_with("20380101T0000"),
        "{date}"
    );
}

#[tokio::test]
async fn passing_errors_are_tried_again_with_a_new_form_and_the_same_key() {
    let slow = || refusal("503 Slow Down", "SlowDown", "Please reduce your request rate.", "");
    let (outcome, store) = outcome_at(vec![slow(), slow(), stored()]).await;
    assert_eq!(outcome.unwrap().attempts, 3);
    let keys: Vec<_> = store
        .requests()
        .iter()
        .map(|request| request.field("key").unwrap())
        .collect();
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[tokio::test]
async fn a_store_that_asks_to_be_left_alone_is_left_alone_by_all_uploads() {
    let busy: Answer = Box::new(|_| answer("503 Slow Down", "Retry-After: 2\r\n", ""));
    let store = Store::answering(vec![busy, stored()]).await;
    let rig = Rig::new();
    let mut engine = rig.start_at(&store.url, 2);
    add(&engine, vec![rig.file("a.txt", b"a")], sandbox());
    snapshot_when(&mut engine, |snapshot| {
        snapshot
            .uploads
            .iter()
            .all(|row| matches!(row.stage, Stage::RetryingIn { .. }))
            && snapshot.uploads.len() == 1
    })
    .await;
    let asked = Instant::now();
    let second = add(&engine, vec![rig.file("b.txt", b"b")], sandbox());
    until_batch_ended(&mut engine, second).await;
    // What was told, less the moments until the row was seen here.
    assert!(asked.elapsed() > Duration::from_millis(1500), "{:?}", asked.elapsed());
    stop(engine).await;
}

#[tokio::test]
async fn a_store_where_everything_fails_is_not_pushed_further() {
    let failing = || {
        refusal(
            "500 Internal Server Error",
            "InternalError",
            "We encountered an internal error.",
            "",
        )
    };
    let store = Store::answering(vec![failing()]).await;
    let rig = Rig::new();
    let mut engine = rig.start_at(&store.url, 64);
    let files = (0..100).map(|n| rig.file(format!("{n}"), b"x")).collect();
    let batch = add(&engine, files, sandbox());
    let events = until_batch_ended(&mut engine, batch).await;
    assert!(matches!(events.last(), Some(Event::BatchEnded { failed: 100, .. })));
    let own_error = |event: &Event| match event {
        Event::UploadFailed { failure, .. } => failure.code == Code::S3,
        _ => true,
    };
    assert!(events.iter().all(own_error), "{events:?}");
    // Each once, and the store's budget: 100 retries, and one more for every five seconds that this took.
    let asked = store.requests().len();
    assert!((200..=210).contains(&asked), "{asked}");
    stop(engine).await;
}

#[tokio::test]
async fn what_s3_stored_otherwise_is_tried_once_more_and_never_called_done() {
    let wrong = || -> Answer {
        Box::new(|_| {
            let headers = "x-amz-checksum-crc64nvme: AAAAAAAAAAA=\r\nx-amz-checksum-type: FULL_OBJECT\r\n";
            answer("201 Created", headers, "")
        })
    };
    let (outcome, store) = outcome_at(vec![wrong()]).await;
    assert_eq!(outcome.unwrap_err().code, Code::ProofFailed);
    assert_eq!(store.requests().len(), 2);

    let (outcome, _) = outcome_at(vec![wrong(), stored()]).await;
    assert_eq!(outcome.unwrap().attempts, 2);
}

#[tokio::test]
async fn a_refusal_that_trying_again_cannot_mend_is_told_with_its_request_id() {
    let refused = refusal(
        "400 Bad Request",
        "AccessControlListNotSupported",
        "The bucket does not allow ACLs",
        "",
    );
    let (outcome, store) = outcome_at(vec![refused]).await;
    let failure = outcome.unwrap_err();
    assert_eq!(failure.code, Code::AclRefused);
    assert_eq!(failure.request_id.as_deref(), Some("R1"));
    assert_eq!(store.requests().len(), 1);
}

#[tokio::test]
async fn refused_keys_are_asked_for_anew_once_and_then_told() {
    let refused = || {
        refusal(
            "403 Forbidden",
            "InvalidAccessKeyId",
            "does not exist in our records",
            "",
        )
    };
    let (outcome, store) = outcome_at(vec![refused()]).await;
    assert_eq!(outcome.unwrap_err().code, Code::CredentialsRefused);
    assert_eq!(store.requests().len(), 2);
}

#[tokio::test]
async fn a_size_that_may_not_be_looked_at_is_no_proof_and_is_said_to_be_none() {
    let silent: Answer = Box::new(|_| answer("204 No Content", "", ""));
    let (outcome, _) = outcome_at(vec![silent]).await;
    assert_eq!(outcome.unwrap().proof, Proof::None);
}

#[tokio::test]
async fn nobody_listening_is_told_after_some_tries() {
    let rig = Rig::new();
    let closed = crate::support::stub_server::closed_port();
    let mut engine = rig.start_at(&format!("http://{closed}"), 1);
    let batch = add(&engine, vec![rig.file("a", b"1")], sandbox());
    let events = until_batch_ended(&mut engine, batch).await;
    let failure = events
        .iter()
        .find_map(|event| match event {
            Event::UploadFailed { failure, .. } => Some(failure.clone()),
            _ => None,
        })
        .unwrap();
    assert_eq!(failure.code, Code::NoConnection);
    assert!(failure.retryable);
    stop(engine).await;
}
