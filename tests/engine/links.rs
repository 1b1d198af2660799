//! Links to private objects, opened by somebody without keys, on an S3 that nobody here wrote.

use super::rig::{Rig, event, on_ceph, own_keys, sent, stop};
use crate::support::ceph::Ceph;
use crate::support::tools::{curl, run, stdout};
use dropslot::engine::{Command, Engine, Event, ObjectOf, TemporaryLink, UploadId};
use dropslot::transfer::Access;
use std::time::Duration;

async fn link(engine: &mut Engine, upload: UploadId) -> TemporaryLink {
    engine.send(Command::SignLink(ObjectOf::Upload(upload))).unwrap();
    match event(engine).await {
        Event::LinkSigned { link, .. } => link.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_private_object_opens_by_its_temporary_link_alone() {
    let ceph = Ceph::running();
    let rig = Rig::new();
    let mut engine = on_ceph(&ceph, &rig, own_keys(&ceph));
    let (upload, done) = sent(&rig, &mut engine, "비밀 +1.txt", b"private").await;
    assert_eq!(done.access, Access::Private);

    let link = link(&mut engine, upload).await;

    assert_eq!(stdout(curl().args(["--fail", &link.url])), "private");
    assert!(!run(curl().args(["--fail", &done.url])).status.success());
    assert_eq!(link.expires_in, Duration::from_hours(7 * 24));
    assert!(!format!("{link:?}").contains("Signature"), "{link:?}");
    stop(engine).await;
}
