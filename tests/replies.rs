//! What strangers answer: every file of `tests/data/vendor_replies/`, and what becomes of them when they are bent.
//!
//! `PROPTEST_CASES` makes a campaign of it: `PROPTEST_CASES=1000000 cargo nextest run --features lambda replies`;
//! `tests/fuzz/run` lets coverage lead the way.

mod bend;
mod corpus;
mod judge;
mod policies;

use dropslot::s3::{PresignedUpload, TicketError, VendorReply, VendorReplyError};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use std::time::{Duration, Instant};

/// Longer than the longest answer takes without optimisation; only a loop that grows with its square meets it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Those who are found go to the corpus, so that they are seen.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 5_000,
        ..ProptestConfig::default()
    }
}

#[track_caller]
fn in_time<T>(work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    done
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bent_answer_gets_past(body in bend::bytes()) {
        in_time(|| judge::reply(&body));
    }

    #[test]
    fn no_bent_ticket_gets_past(body in bend::bytes()) {
        in_time(|| judge::ticket(&body));
    }

    #[test]
    fn no_curl_line_gets_past(words in proptest::collection::vec(bend::curl_word(), 0..12)) {
        in_time(|| judge::ticket(format!("curl {}", words.join(" ")).as_bytes()));
    }

    #[test]
    fn no_bent_policy_lets_a_form_pass_that_it_forbids(json in bend::policy()) {
        in_time(|| judge::policy(&json));
    }

    #[test]
    fn no_policy_lets_a_form_pass_that_it_forbids(case in policies::case()) {
        in_time(|| judge::form(&case.post, case.size_bytes, &case.file_name));
    }
}

/// Bent too far, nothing would be taken, and nothing be judged.
#[test]
fn a_good_part_of_what_is_bent_is_taken_all_the_same() {
    fn taken<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, judge: impl Fn(T) -> bool) -> usize {
        let mut runner = TestRunner::deterministic();
        let mut next = || strategy.new_tree(&mut runner).unwrap().current();
        (0..1_000).filter(|_| judge(next())).count()
    }
    let counts = [
        ("answers", taken(bend::bytes(), |body| judge::reply(&body))),
        ("tickets", taken(bend::bytes(), |body| judge::ticket(&body))),
        ("bent policies", taken(bend::policy(), |json| judge::policy(&json))),
        (
            "policies",
            taken(policies::case(), |case| {
                judge::form(&case.post, case.size_bytes, &case.file_name)
            }),
        ),
    ];
    for (what, count) in counts {
        assert!((50..950).contains(&count), "{what}: {counts:?}");
    }
}

/// What an answer became, on one line: for eyes, and for the file `expected.txt`.
fn told(result: &Result<VendorReply, TicketError>) -> String {
    let reply = match result {
        Ok(reply) => reply,
        Err(error) => return format!("refused: {error}"),
    };
    let upload = &reply.upload;
    let (kind, names) = match upload {
        PresignedUpload::Post(post) => ("POST", &post.fields),
        PresignedUpload::Put(put) => ("PUT", &put.headers),
    };
    let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    let url = upload.url().split('?').next().unwrap_or_default();
    format!(
        "{kind} {url} bucket={} key={} link={} with {}",
        upload.bucket().as_deref().unwrap_or("-"),
        upload.object_key("<name>").as_deref().unwrap_or("-"),
        reply.public_url.as_deref().unwrap_or("-"),
        if names.is_empty() {
            "-".to_owned()
        } else {
            names.join(" ")
        }
    )
}

/// A text that is no `curl` line is read as a function's answer is, and says the same of it.
#[test]
fn an_answer_is_a_ticket_too() {
    for (name, body) in corpus::files() {
        let text = String::from_utf8(body).unwrap();
        let (reply, ticket) = (VendorReply::read(text.as_bytes()), dropslot::s3::ticket::read(&text));
        match (reply, ticket) {
            (Ok(reply), ticket) => assert_eq!(Ok(reply), ticket, "{name}"),
            (Err(VendorReplyError::NotJson | VendorReplyError::Empty), _) => {}
            (Err(error), Err(TicketError::Form(same))) => assert_eq!(error, same, "{name}"),
            (Err(error), ticket) => assert!(name.contains("mc-share"), "{name}: {error}, {ticket:?}"),
        }
    }
}
