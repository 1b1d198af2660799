//! The whole way: files to URLs, folders, history, order.

use super::rig::{Rig, add, sandbox, snapshot_when, stop, until_batch_ended};
use dropslot::engine::{Event, Stage};
use dropslot::store::Database;
use dropslot::transfer::{Access, Proof};

#[tokio::test]
async fn a_file_becomes_a_public_url_that_opens() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let file = rig.file("스크린샷 1.png", b"pixels");
    let batch = add(&engine, vec![file.clone()], sandbox());

    let events = until_batch_ended(&mut engine, batch).await;
    let done = events
        .iter()
        .find_map(|event| match event {
            Event::UploadDone { done, .. } => Some(done.clone()),
            _ => None,
        })
        .unwrap_or_else(|| panic!("not done: {events:?}"));
    assert_eq!(*done.path, *file);
    assert_eq!(done.bucket, "sandbox");
    assert_eq!(
        (done.proof, done.access, done.attempts),
        (Proof::Crc64Nvme, Access::Public, 1)
    );
    assert!(done.object_key.ends_with("/스크린샷 1.png"), "{}", done.object_key);
    assert_eq!(Rig::get(&done.url).await, b"pixels");
    stop(engine).await;
}

#[tokio::test]
async fn urls_come_in_the_order_given_with_folders_walked_by_name() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let last = rig.file("a-last.txt", b"last");
    for name in ["폴더/b.txt", "폴더/a/deep.txt", "폴더/c.txt"] {
        rig.file(name, name.as_bytes());
    }
    let mut destination = sandbox();
    destination.key_template = "{dir}/{name}".to_owned();
    let batch = add(&engine, vec![rig.dir.path().join("files/폴더"), last], destination);

    let events = until_batch_ended(&mut engine, batch).await;
    let Some(Event::BatchEnded { done, failed, .. }) = events.last() else {
        panic!("{events:?}");
    };
    assert_eq!(*failed, 0, "{events:?}");
    let folder = "/sandbox/%ED%8F%B4%EB%8D%94";
    let ends = [
        format!("{folder}/a/deep.txt"),
        format!("{folder}/b.txt"),
        format!("{folder}/c.txt"),
    ];
    for (done, end) in done.iter().zip(&ends) {
        assert!(done.url.ends_with(end), "{} {end}", done.url);
    }
    assert!(done[3].url.ends_with("/sandbox/a-last.txt"), "{}", done[3].url);
    stop(engine).await;
}

#[tokio::test]
async fn who_hears_that_it_is_done_finds_it_in_the_history() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let files = (0..12).map(|n| rig.file(format!("{n}.txt"), b"x")).collect();
    let batch = add(&engine, files, sandbox());
    let database = Database::open(&rig.folders().database_file()).unwrap();
    let mut done_so_far = 0;
    loop {
        match super::rig::event(&mut engine).await {
            Event::UploadDone { done, .. } => {
                done_so_far += 1;
                let found = database.history(&done.object_key, 10).unwrap();
                assert_eq!(found.len(), 1);
                assert_eq!(found[0].url, done.url);
            }
            Event::BatchEnded { batch: ended, .. } if ended == batch => break,
            Event::UploadFailed { failure, .. } => panic!("{failure:?}"),
            _ => {}
        }
    }
    assert_eq!(done_so_far, 12);
    let end = snapshot_when(&mut engine, |snapshot| snapshot.totals.done == 12).await;
    assert!(end.uploads.iter().all(|row| matches!(row.stage, Stage::Done(_))));
    assert_eq!((end.totals.sent_bytes, end.totals.size_bytes), (12, 12));
    stop(engine).await;
}
