//! Stores that others use too, lack forms, or may not be looked at: no object is lost to an upload, and none is left over.

use super::*;
use dropslot::store::ExistsPolicy;

/// Somebody puts an object under the same key after the look: S3 itself closes the race, for parts and for a PUT.
async fn met_another(method: UploadMethod, policy: ExistsPolicy) -> (Scene, Result<Done, Failure>) {
    let scene = Scene::new(|_| Fault::None).await;
    // Whoever comes between comes when the first byte of the file does.
    let (store, mut has_come) = (scene.store.clone(), false);
    let between = FaultServer::start(scene.store.clone(), move |request| {
        if request.operation.carries_file() && !std::mem::replace(&mut has_come, true) {
            let put = || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                runtime.block_on(store.replace("report.bin", b"theirs".to_vec()));
            };
            std::thread::scope(|scope| scope.spawn(put).join().unwrap());
        }
        Fault::None
    });
    let scene = Scene {
        server: between,
        ..scene
    };
    let mut destination = in_parts("report.bin");
    destination.method = method;
    destination.if_exists = policy;
    let mut engine = scene.engine();
    let batch = add(&engine, vec![scene.rig.file("a.bin", &bytes(9 * MIB))], destination);
    let events = until_batch_ended(&mut engine, batch).await;
    let outcome = outcome(&events).cloned().map_err(Clone::clone);
    stop(engine).await;
    assert_eq!(
        scene.store.object("report.bin").await.unwrap(),
        b"theirs",
        "{method:?} {policy:?}"
    );
    assert_eq!(scene.store.unfinished().await, [""; 0], "{method:?} {policy:?}");
    (scene, outcome)
}

#[tokio::test]
async fn nobody_who_comes_between_is_overwritten() {
    for method in [UploadMethod::Parts, UploadMethod::Put, UploadMethod::Auto] {
        let (scene, outcome) = met_another(method, ExistsPolicy::Fail).await;
        let failure = outcome.unwrap_err();
        assert_eq!(failure.code.name(), "object_exists", "{method:?}");
        assert_eq!(scene.store.object_keys().await, ["report.bin"]);

        let (scene, outcome) = met_another(method, ExistsPolicy::Unique).await;
        let done = outcome.unwrap();
        assert_ne!(done.object_key, "report.bin", "{method:?}");
        assert!(scene.store.object(&done.object_key).await.unwrap() == bytes(9 * MIB));
    }
}

#[tokio::test]
async fn a_store_without_forms_gets_a_put_from_the_second_request_on() {
    let scene = Scene::new(|request| match request.operation {
        Operation::PostObject => Fault::Answer(Canned::s3(501, "NotImplemented", "PostObject is not implemented")),
        _ => Fault::None,
    })
    .await;
    let mut engine = scene.engine();
    let files = (0..4).map(|number| {
        scene
            .rig
            .file(format!("{number}.txt"), format!("file {number}").as_bytes())
    });
    let mut destination = sandbox();
    destination.options.metadata = vec![("from".to_owned(), "양식".to_owned())];
    let batch = add(&engine, files.collect(), destination);
    let events = until_batch_ended(&mut engine, batch).await;
    let done: Vec<&Done> = events
        .iter()
        .filter_map(|event| match event {
            Event::UploadDone { done, .. } => Some(&**done),
            _ => None,
        })
        .collect();
    assert_eq!(done.len(), 4, "{events:?}");
    for (done, number) in done.iter().zip(0..4) {
        let name = done.path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert_eq!(Rig::get(&done.url).await, format!("file {name}").as_bytes(), "{number}");
        assert_eq!(done.proof, Proof::Crc64Nvme);
    }
    assert_eq!(scene.count(Operation::PutObject), 4);
    stop(engine).await;
}

/// Without the permission to look, what a lost answer has stored cannot be seen: a key drawn at random is written again,
/// and nothing is left under another.
#[tokio::test]
async fn who_may_not_look_leaves_no_second_object() {
    for method in [UploadMethod::Parts, UploadMethod::Put] {
        let scene = Scene::new(|request| match request.operation {
            Operation::HeadObject => Fault::Answer(Canned::plain(403)),
            Operation::PutObject | Operation::CompleteUpload if request.turn == 0 => Fault::LostAnswer(Lost::Reset),
            _ => Fault::None,
        })
        .await;
        let content = bytes(9 * MIB);
        let mut engine = scene.engine();
        let mut destination = in_parts("{rand}/{name}");
        destination.method = method;
        let batch = add(&engine, vec![scene.rig.file("a.bin", &content)], destination);
        let events = until_batch_ended(&mut engine, batch).await;
        let done = outcome(&events).unwrap();
        assert_eq!(done.proof, Proof::Crc64Nvme, "{method:?}");
        assert_eq!(
            scene.store.object_keys().await,
            [done.object_key.as_str()],
            "{method:?}"
        );
        assert!(scene.store.object(&done.object_key).await.unwrap() == content);
        assert_eq!(scene.store.unfinished().await, [""; 0], "{method:?}");
        stop(engine).await;
    }
}
