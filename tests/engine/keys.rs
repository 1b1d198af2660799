//! Object keys: unique unless told otherwise.

use super::rig::{Rig, add, sandbox, stop, until_batch_ended};
use super::stub::{Store, stored};
use crate::support::home::Home;
use dropslot::engine::failure::UploadReason;
use dropslot::engine::{Code, Command, Engine, Event};
use dropslot::store::{Destination, ExistsPolicy};
use std::path::PathBuf;

fn named(if_exists: ExistsPolicy) -> Destination {
    let mut destination = sandbox();
    "{name}".clone_into(&mut destination.key_template);
    destination.if_exists = if_exists;
    destination
}

async fn send(engine: &mut Engine, paths: Vec<PathBuf>, if_exists: ExistsPolicy) -> (Vec<String>, Vec<Code>) {
    let batch = add(engine, paths, named(if_exists));
    let events = until_batch_ended(engine, batch).await;
    let failures = events
        .iter()
        .filter_map(|event| match event {
            Event::UploadFailed { failure, .. } => Some(failure.code),
            _ => None,
        })
        .collect();
    match events.into_iter().last() {
        Some(Event::BatchEnded { done, .. }) => (done.iter().map(|done| done.url.clone()).collect(), failures),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_object_that_exists_is_not_overwritten_unless_asked() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let first = rig.file("one/a.txt", b"first");
    let second = rig.file("two/a.txt", b"second");

    let (urls, _) = send(&mut engine, vec![first.clone()], ExistsPolicy::Unique).await;
    assert!(urls[0].ends_with("/sandbox/a.txt"), "{urls:?}");

    let (suffixed, _) = send(&mut engine, vec![second.clone()], ExistsPolicy::Unique).await;
    assert!(
        suffixed[0].contains("/sandbox/a-") && suffixed[0].ends_with(".txt"),
        "{suffixed:?}"
    );
    assert_eq!(Rig::get(&urls[0]).await, b"first");
    assert_eq!(Rig::get(&suffixed[0]).await, b"second");

    let (none, failures) = send(&mut engine, vec![second.clone()], ExistsPolicy::Fail).await;
    assert!(none.is_empty());
    assert_eq!(failures, [Code::ObjectExists]);

    let (replaced, _) = send(&mut engine, vec![second], ExistsPolicy::Replace).await;
    assert_eq!(replaced, urls);
    assert_eq!(Rig::get(&urls[0]).await, b"second");
    stop(engine).await;
}

#[tokio::test]
async fn where_a_destination_asks_nothing_is_sent_before_the_answer_and_the_answer_is_done() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let (first, _) = send(&mut engine, vec![rig.file("a.txt", b"first")], ExistsPolicy::Ask).await;
    assert!(first[0].ends_with("/sandbox/a.txt"), "what is free is no question");

    let batch = add(
        &engine,
        vec![rig.file("two/a.txt", b"second")],
        named(ExistsPolicy::Ask),
    );
    let events = until_batch_ended(&mut engine, batch).await;
    let asked = events.iter().find_map(|event| match event {
        Event::UploadFailed { upload, failure, .. } => Some((*upload, failure.reason.clone())),
        _ => None,
    });
    let (upload, reason) = asked.unwrap();
    let object_key = "a.txt".to_owned();
    assert_eq!(reason, UploadReason::AskExists { object_key }.into());
    assert_eq!(Rig::get(&first[0]).await, b"first");

    let destination = Some(Box::new(named(ExistsPolicy::Replace)));
    engine.send(Command::Retry { upload, destination }).unwrap();
    until_batch_ended(&mut engine, batch).await;
    assert_eq!(Rig::get(&first[0]).await, b"second");
    stop(engine).await;
}

#[tokio::test]
async fn files_of_one_name_that_go_at_once_do_not_overwrite_each_other() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let files: Vec<_> = (0..6)
        .map(|n| rig.file(format!("{n}/same.txt"), format!("{n}").as_bytes()))
        .collect();
    let (urls, _) = send(&mut engine, files, ExistsPolicy::Unique).await;
    for (n, url) in urls.iter().enumerate() {
        assert_eq!(Rig::get(url).await, format!("{n}").as_bytes());
    }
    assert_eq!(urls.len(), 6);
    stop(engine).await;
}

#[tokio::test]
async fn a_wrong_template_is_told_before_anything_is_sent() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let mut destination = sandbox();
    destination.key_template = "{nmae}".to_owned();
    let batch = add(&engine, vec![rig.file("a", b"1")], destination);
    let events = until_batch_ended(&mut engine, batch).await;
    assert!(
        events.iter().any(
            |event| matches!(event, Event::UploadFailed { failure, .. } if failure.english().what.contains("{nmae}"))
        ),
        "{events:?}"
    );
    stop(engine).await;
}

#[tokio::test]
async fn dates_in_keys_are_those_of_the_persons_wall_clock() {
    let home = Home::new();
    home.aws_credentials("[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = not-a-secret\n");
    let store = Store::answering(vec![stored()]).await;
    let wall_clock = || {
        let mut date = std::process::Command::new("date");
        let said = date
            .env("TZ", "Asia/Seoul")
            .arg("+%Y-%m-%d %H")
            .output()
            .unwrap()
            .stdout;
        String::from_utf8(said).unwrap().trim().to_owned()
    };
    let before = wall_clock();
    let mut put = home.dropslot();
    put.env("TZ", "Asia/Seoul")
        .args([
            "put",
            "--profile",
            "default",
            "--bucket",
            "bucket",
            "--region",
            "us-east-1",
        ])
        .args([
            "--endpoint-url",
            &store.url,
            "--if-exists",
            "replace",
            "--key",
            "{date} {time}",
        ])
        .arg(home.write("a.txt", b"content"));
    let status = tokio::task::spawn_blocking(move || put.status().unwrap())
        .await
        .unwrap();
    assert!(status.success());
    let key = store.requests()[0].field("key").unwrap();
    // The hour may end while the program runs.
    assert!(
        [before, wall_clock()].iter().any(|clock| key.starts_with(clock)),
        "{key}"
    );
}

/// A page opens with the pictures beside it.
#[tokio::test]
async fn a_folder_stays_together_below_one_prefix_that_cannot_be_guessed() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let page = rig.file("site/index.html", b"<img src=img/a.png>");
    rig.file("site/img/a.png", b"a");
    let folder = page.parent().unwrap().to_owned();
    let mut prefixes = Vec::new();
    for _ in 0..2 {
        let batch = add(&engine, vec![folder.clone()], sandbox());
        let Some(Event::BatchEnded { done, .. }) = until_batch_ended(&mut engine, batch).await.pop() else {
            panic!("no end");
        };
        let prefix = done[0].url.strip_suffix("/site/img/a.png").expect("folders in order");
        assert_eq!(done[1].url, format!("{prefix}/site/index.html"));
        prefixes.push(prefix.to_owned());
    }
    assert_ne!(
        prefixes[0], prefixes[1],
        "the same folder dropped again overwrites nothing"
    );
    stop(engine).await;
}
