//! Links to private objects, opened by somebody without keys, on an S3 that nobody here wrote.

use super::rig::{Rig, add, event, sandbox, stop, until_batch_ended};
use crate::support::ceph::Ceph;
use crate::support::tools::{curl, run, stdout};
use dropslot::engine::{Command, Engine, Event, ObjectOf, SandboxAccess, TemporaryLink};
use dropslot::store::DestinationKind;
use dropslot::transfer::Access;
use std::time::Duration;

async fn link(engine: &mut Engine, upload: dropslot::engine::UploadId) -> TemporaryLink {
    engine.send(Command::SignLink(ObjectOf::Upload(upload))).unwrap();
    match event(engine).await {
        Event::LinkSigned { link, .. } => link.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_private_object_opens_by_its_temporary_link_alone() {
    let ceph = Ceph::running();
    // There from an earlier run of this test, perhaps.
    run(&mut ceph.aws(&["s3", "mb", &format!("s3://{}", DestinationKind::SANDBOX_BUCKET)]));
    let rig = Rig::new();
    let mut config = rig.config();
    config.sandbox = Some(SandboxAccess {
        endpoint_url: ceph.url.clone(),
        credentials: dropslot::s3::Credentials::from_keys(&ceph.access_key_id, &ceph.secret_access_key, None),
    });
    let mut engine = Engine::start(config);
    let path = rig.file("비밀 +1.txt", b"private");
    let batch = add(&engine, vec![path], sandbox());
    let events = until_batch_ended(&mut engine, batch).await;
    let (upload, done) = events
        .into_iter()
        .find_map(|event| match event {
            Event::UploadDone { upload, done, .. } => Some((upload, done)),
            _ => None,
        })
        .unwrap();
    assert_eq!(done.access, Access::Private);

    let link = link(&mut engine, upload).await;

    assert_eq!(stdout(curl().args(["--fail", &link.url])), "private");
    assert!(!run(curl().args(["--fail", &done.url])).status.success());
    assert_eq!(link.expires_in, Duration::from_hours(7 * 24));
    assert!(!format!("{link:?}").contains("Signature"), "{link:?}");
    stop(engine).await;
}
