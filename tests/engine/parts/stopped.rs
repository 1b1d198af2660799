//! What a stop, a change of the file and a cancel leave of the parts.

use super::*;
use crate::engine::rig::snapshot_when;
use dropslot::engine::{Command, Stage};

#[tokio::test]
async fn what_was_sent_before_a_stop_is_not_sent_again() {
    // The last parts do not come through until the engine has stopped.
    let scene = Scene::new(|request| match request.operation {
        Operation::UploadPart(4..) if request.turn == 0 => Fault::Stall { after: 1 << 20 },
        _ => Fault::None,
    })
    .await;
    let content = bytes(30 * MIB);
    let path = scene.rig.file("a.bin", &content);
    let engine = scene.engine();
    add(&engine, vec![path.clone()], in_parts("{rand}/{name}"));
    scene.until_parts_are_sent(3).await;
    stop(engine).await;
    assert_eq!(scene.store.unfinished().await.len(), 1, "a stop is no cancel");

    let mut engine = scene.engine();
    let adopted = snapshot_when(&mut engine, |snapshot| !snapshot.uploads.is_empty()).await;
    assert_eq!(adopted.uploads.first().unwrap().stage, Stage::Interrupted);
    engine.send(Command::ResumeAll).unwrap();
    let events = events_until(&mut engine, |event| matches!(event, Event::BatchEnded { .. })).await;
    let done = outcome(&events).unwrap();
    assert!(Rig::get(&done.url).await == content);
    assert_eq!(done.proof, Proof::Crc64Nvme);
    assert_eq!(scene.parts_sent(), (1..=6).map(|number| (number, 1)).collect());
    assert_eq!(scene.count(Operation::CreateUpload), 1);
    assert_eq!(scene.store.unfinished().await, [""; 0]);
    stop(engine).await;
}

#[tokio::test]
async fn a_file_that_has_changed_is_begun_anew_and_its_old_parts_are_deleted() {
    let scene = Scene::new(|request| match request.operation {
        Operation::UploadPart(2..) if request.turn == 0 => Fault::Stall { after: 0 },
        _ => Fault::None,
    })
    .await;
    let path = scene.rig.file("a.bin", &bytes(20 * MIB));
    let engine = scene.engine();
    add(&engine, vec![path.clone()], in_parts("{rand}/{name}"));
    scene.until_parts_are_sent(1).await;
    stop(engine).await;
    let mut content = bytes(20 * MIB);
    content[0] ^= 1;
    let written = std::fs::metadata(&path).unwrap().modified().unwrap();
    std::fs::write(&path, &content).unwrap();
    let later = written + Duration::from_secs(1);
    std::fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(later)
        .unwrap();

    let mut engine = scene.engine();
    snapshot_when(&mut engine, |snapshot| !snapshot.uploads.is_empty()).await;
    engine.send(Command::ResumeAll).unwrap();
    let events = events_until(&mut engine, |event| matches!(event, Event::BatchEnded { .. })).await;
    assert!(Rig::get(&outcome(&events).unwrap().url).await == content);
    assert_eq!(scene.count(Operation::CreateUpload), 2);
    assert_eq!(scene.store.unfinished().await, [""; 0]);
    stop(engine).await;
}

#[tokio::test]
async fn a_cancel_leaves_no_part_to_be_paid_for() {
    let scene = Scene::new(|request| match request.operation {
        Operation::UploadPart(2..) => Fault::Stall { after: 0 },
        _ => Fault::None,
    })
    .await;
    let mut engine = scene.engine();
    let batch = add(
        &engine,
        vec![scene.rig.file("a.bin", &bytes(20 * MIB))],
        in_parts("{rand}/{name}"),
    );
    scene.until_parts_are_sent(1).await;
    assert_eq!(scene.store.unfinished().await.len(), 1);
    engine.send(Command::CancelAll).unwrap();
    until_batch_ended(&mut engine, batch).await;
    stop(engine).await;
    assert_eq!(scene.store.unfinished().await, [""; 0]);
    assert_eq!(scene.store.object_keys().await, [""; 0]);
}
