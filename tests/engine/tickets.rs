//! Forms that were signed elsewhere, one for many files: which key each gets, and what S3 may make of them.

use super::rig::{Rig, add, stop, until_batch_ended};
use super::stub::{Store, refusal, stored};
use dropslot::engine::{Code, Event, Failure};
use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, PresignedUpload, VendorReply};
use dropslot::store::{Destination, DestinationKind, ExistsPolicy, Ticket};
use std::path::PathBuf;
use std::time::Duration;

fn ticket(store: &Store, object_key: &str, conditions: &[Condition]) -> Destination {
    let post = PostRequest {
        address: &BucketAddress::new("media", "us-east-1", Some(&store.url)).unwrap(),
        object_key,
        fields: &[],
        conditions,
        expires_in: Duration::from_hours(1),
    }
    .sign(
        &Credentials::from_keys("AKIDEXAMPLE", "not-a-secret", None),
        jiff::Timestamp::now(),
    );
    let reply = VendorReply {
        upload: PresignedUpload::Post(post),
        public_url: None,
    };
    Destination::new("ticket", DestinationKind::Ticket(Ticket::of_reply(reply)))
}

/// Keys of what was stored, and why the rest was not.
async fn put(rig: &Rig, paths: Vec<PathBuf>, destination: Destination) -> (Vec<String>, Vec<Box<Failure>>) {
    let mut engine = rig.start_at("http://127.0.0.1:9", 1);
    let batch = add(&engine, paths, destination);
    let events = until_batch_ended(&mut engine, batch).await;
    stop(engine).await;
    let (mut keys, mut failures) = (Vec::new(), Vec::new());
    for event in events {
        match event {
            Event::UploadDone { done, .. } => keys.push(done.object_key.clone()),
            Event::UploadFailed { failure, .. } => failures.push(failure),
            _ => {}
        }
    }
    (keys, failures)
}

fn two_of_one_name(rig: &Rig) -> Vec<PathBuf> {
    vec![rig.file("one/a.txt", b"first"), rig.file("two/a.txt", b"second")]
}

#[tokio::test]
async fn a_ticket_for_one_key_takes_one_file_and_more_only_to_replace_it() {
    let rig = Rig::new();
    let store = Store::answering(vec![stored()]).await;
    let destination = ticket(&store, "in/one.txt", &[]);
    let (keys, failures) = put(&rig, two_of_one_name(&rig), destination.clone()).await;
    assert_eq!(keys, ["in/one.txt"]);
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].code, Code::Ticket);
    assert_eq!(store.requests().len(), 1);
    assert_eq!(store.requests()[0].file(), b"first");

    let replacing = Destination {
        if_exists: ExistsPolicy::Replace,
        ..destination
    };
    let (keys, failures) = put(&rig, two_of_one_name(&rig), replacing).await;
    assert_eq!(keys, ["in/one.txt", "in/one.txt"]);
    assert!(failures.is_empty(), "{failures:?}");
}

#[tokio::test]
async fn two_files_of_one_name_get_two_keys_of_a_ticket_for_any() {
    let rig = Rig::new();
    let store = Store::answering(vec![stored()]).await;
    let (keys, failures) = put(&rig, two_of_one_name(&rig), ticket(&store, "in/${filename}", &[])).await;
    assert!(failures.is_empty(), "{failures:?}");
    assert_eq!(keys[0], "in/a.txt");
    assert!(keys[1].starts_with("in/a-") && keys[1].ends_with(".txt"), "{keys:?}");
    let requests = store.requests();
    assert_eq!(requests[0].field("key").unwrap(), "in/${filename}");
    assert_eq!(requests[1].field("key").unwrap(), keys[1]);
    assert_eq!(
        (requests[0].file(), requests[1].file()),
        (&b"first"[..], &b"second"[..])
    );
}

#[tokio::test]
async fn what_the_owner_takes_is_held_against_each_file_before_any_byte() {
    let rig = Rig::new();
    let store = Store::answering(vec![stored()]).await;
    let images = Condition::StartsWith {
        field: "Content-Type".to_owned(),
        prefix: "image/".to_owned(),
    };
    let size = Condition::ContentLengthRange {
        min_bytes: 1,
        max_bytes: 6,
    };
    let files = vec![
        rig.file("a.txt", b"text"),
        rig.file("empty.png", b""),
        rig.file("large.png", b"1234567"),
        rig.file("fit.png", b"123456"),
    ];
    let (keys, failures) = put(&rig, files, ticket(&store, "in/${filename}", &[images, size])).await;
    assert_eq!(keys, ["in/fit.png"]);
    let codes: Vec<Code> = failures.iter().map(|failure| failure.code).collect();
    assert_eq!(codes, [Code::PolicyRefused, Code::TooSmall, Code::TooLarge]);
    assert_eq!(store.requests().len(), 1);
    assert_eq!(store.requests()[0].field("Content-Type").unwrap(), "image/png");
}

/// The same form at the same place would be refused the same way: the file is not sent twice for it.
#[tokio::test]
async fn a_region_that_another_store_names_moves_no_ticket() {
    let rig = Rig::new();
    let redirect = refusal(
        "307 Temporary Redirect",
        "TemporaryRedirect",
        "Please re-send this request to the specified temporary endpoint",
        "<Region>eu-west-1</Region><Endpoint>media.s3.eu-west-1.amazonaws.com</Endpoint>",
    );
    let store = Store::answering(vec![redirect]).await;
    let file = vec![rig.file("a.txt", b"first")];
    let (keys, failures) = put(&rig, file, ticket(&store, "in/a.txt", &[])).await;
    assert!(keys.is_empty());
    assert_eq!(failures.len(), 1);
    assert_eq!(store.requests().len(), 1);
}
