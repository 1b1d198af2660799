//! The history as a window uses it: searched, read, forgotten, and its objects deleted from S3.

use super::rig::{
    Rig, add, event, events_until, on_ceph, own_keys, sandbox, sent, snapshot_when, stop, until_batch_ended,
};
use crate::support::ceph::Ceph;
use crate::support::tools::stdout;
use dropslot::engine::{Command, Engine, Event, Failure, Found, ObjectOf, Stage};
use dropslot::s3::Credentials;
use dropslot::store::{Deletion, DestinationKind, HistoryEntry};

async fn find(engine: &mut Engine, question: u64, text: &str) -> Found {
    let text = text.to_owned();
    engine.send(Command::FindHistory { question, text }).unwrap();
    let is_answer = |event: &Event| matches!(event, Event::HistoryFound { question: of, .. } if *of == question);
    match events_until(engine, is_answer).await.pop() {
        Some(Event::HistoryFound { found, .. }) => found.unwrap(),
        other => panic!("{other:?}"),
    }
}

async fn read(engine: &mut Engine, ids: Vec<i64>) -> Vec<HistoryEntry> {
    engine.send(Command::ReadHistory { question: 0, ids }).unwrap();
    match event(engine).await {
        Event::HistoryRead { entries, .. } => entries,
        other => panic!("{other:?}"),
    }
}

async fn upload(rig: &Rig, engine: &mut Engine, names: &[&str]) {
    let paths = names.iter().map(|name| rig.file(name, name.as_bytes())).collect();
    let batch = add(engine, paths, sandbox());
    until_batch_ended(engine, batch).await;
}

#[tokio::test]
async fn entries_are_found_and_read_newest_first_and_forgotten() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    upload(&rig, &mut engine, &["하나.txt"]).await;
    upload(&rig, &mut engine, &["둘.txt"]).await;

    let all = find(&mut engine, 1, "").await.stamps;
    let ids: Vec<i64> = all.iter().map(|stamp| stamp.id).collect();
    let keys = |entries: Vec<HistoryEntry>| -> Vec<String> {
        let name = |entry: HistoryEntry| entry.object_key.rsplit('/').next().map(str::to_owned);
        entries.into_iter().filter_map(name).collect()
    };
    assert_eq!(keys(read(&mut engine, ids.clone()).await), ["둘.txt", "하나.txt"]);
    let found = find(&mut engine, 2, "하나").await.stamps;
    assert_eq!(found, all[1..]);

    engine.send(Command::Forget(vec![ids[1]])).unwrap();
    assert_eq!(event(&mut engine).await, Event::HistoryChanged);
    assert_eq!(find(&mut engine, 3, "").await.stamps, all[..1]);
    assert_eq!(keys(read(&mut engine, ids).await), ["둘.txt"]);
    engine.send(Command::ForgetAll).unwrap();
    assert_eq!(event(&mut engine).await, Event::HistoryChanged);
    assert!(find(&mut engine, 4, "").await.stamps.is_empty());
    stop(engine).await;
}

#[tokio::test]
async fn a_question_that_a_newer_one_follows_is_answered_once() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    upload(&rig, &mut engine, &["a.txt"]).await;
    for question in 1..=20 {
        let text = if question == 20 { "a.txt" } else { "nothing" }.to_owned();
        engine.send(Command::FindHistory { question, text }).unwrap();
    }
    let newest = |event: &Event| matches!(event, Event::HistoryFound { question: 20, .. });
    let events = events_until(&mut engine, newest).await;
    let Some(Event::HistoryFound { found: Ok(found), .. }) = events.last() else {
        panic!("{events:?}");
    };
    assert_eq!(found.stamps.len(), 1);
    stop(engine).await;
}

#[tokio::test]
async fn an_object_deleted_from_the_list_is_gone_and_everything_says_so() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let (upload, done) = sent(&rig, &mut engine, "a.txt", b"a").await;
    assert_eq!(Rig::get(&done.url).await, b"a");

    let object = ObjectOf::Upload(upload);
    engine.send(Command::DeleteObject(object)).unwrap();
    let changed = events_until(&mut engine, |event| *event == Event::HistoryChanged).await;
    assert!(
        matches!(&changed[0], Event::ObjectDeleted { object: of, deletion: Ok(deletion) }
            if *of == object && !deletion.versions_remain),
        "{changed:?}"
    );
    assert_eq!(reqwest::get(&done.url).await.unwrap().status(), 404);
    snapshot_when(&mut engine, |snapshot| {
        matches!(snapshot.uploads.first().unwrap().stage, Stage::Deleted { .. })
    })
    .await;
    let stamps = find(&mut engine, 1, "a.txt").await.stamps;
    let entries = read(&mut engine, vec![stamps[0].id]).await;
    assert!(entries[0].deletion.is_some());

    // Once more, by its entry: what is gone is gone.
    let object = ObjectOf::Entry(stamps[0].id);
    engine.send(Command::DeleteObject(object)).unwrap();
    assert!(matches!(
        event(&mut engine).await,
        Event::ObjectDeleted { deletion: Ok(_), .. }
    ));
    stop(engine).await;
}

#[tokio::test]
async fn an_entry_that_was_forgotten_meanwhile_is_said_to_be() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let object = ObjectOf::Entry(99);
    engine.send(Command::DeleteObject(object)).unwrap();
    match event(&mut engine).await {
        Event::ObjectDeleted {
            deletion: Err(failure), ..
        } => {
            assert!(failure.to_string().contains("not in the history"), "{failure}");
        }
        other => panic!("{other:?}"),
    }
    engine.send(Command::SignLink(object)).unwrap();
    assert!(matches!(
        event(&mut engine).await,
        Event::LinkSigned { link: Err(_), .. }
    ));
    stop(engine).await;
}

const BUCKET: &str = DestinationKind::SANDBOX_BUCKET;

async fn deleted(engine: &mut Engine, object: ObjectOf) -> Result<Deletion, Box<Failure>> {
    engine.send(Command::DeleteObject(object)).unwrap();
    let is_answer = |event: &Event| matches!(event, Event::ObjectDeleted { object: of, .. } if *of == object);
    match events_until(engine, is_answer).await.pop() {
        Some(Event::ObjectDeleted { deletion, .. }) => deletion,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn ceph_deletes_what_was_sent_and_says_where_older_versions_remain() {
    let (ceph, rig) = (Ceph::running(), Rig::new());
    let mut engine = on_ceph(&ceph, &rig, own_keys(&ceph));
    let versions = |status: &str| {
        let configuration = format!("Status={status}");
        let put = ["s3api", "put-bucket-versioning", "--bucket", BUCKET];
        stdout(ceph.aws(&put).args(["--versioning-configuration", &configuration]));
    };
    for (name, versioned) in [("한 번 +1.txt", false), ("여러 번.txt", true)] {
        if versioned {
            versions("Enabled");
        }
        let (upload, done) = sent(&rig, &mut engine, name, b"to be deleted").await;
        assert!(ceph.object_keys(BUCKET).contains(&done.object_key));
        let deletion = deleted(&mut engine, ObjectOf::Upload(upload)).await.unwrap();
        assert_eq!(deletion.versions_remain, versioned, "{name}");
        assert!(!ceph.object_keys(BUCKET).contains(&done.object_key), "{name}");
    }
    versions("Suspended");
    stop(engine).await;
}

#[tokio::test]
async fn a_role_that_may_not_delete_is_told_what_to_ask_for() {
    let (ceph, rig) = (Ceph::running(), Rig::new());
    let session = ceph.assume_role(&ceph.new_role("s3:PutObject"));
    let keys = Credentials::from_keys(session.access_key_id, session.secret_access_key, Some(session.token));
    let mut engine = on_ceph(&ceph, &rig, keys);
    let (upload, done) = sent(&rig, &mut engine, "a.txt", b"to be deleted").await;

    let failure = deleted(&mut engine, ObjectOf::Upload(upload)).await.unwrap_err();

    assert_eq!(failure.code.name(), "access_denied");
    let object = format!("s3:DeleteObject on arn:aws:s3:::{BUCKET}/{}", done.object_key);
    assert!(failure.to_string().contains(&object), "{failure}");
    assert!(ceph.object_keys(BUCKET).contains(&done.object_key));
    let stamps = find(&mut engine, 1, "").await.stamps;
    let entries = read(&mut engine, vec![stamps[0].id]).await;
    assert_eq!(entries[0].deletion, None, "nothing says that it is gone");
    stop(engine).await;
}
