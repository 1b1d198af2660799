//! Files sent in parts: side by side, each retried alone.

mod others;
mod stopped;

use super::rig::{Rig, add, events_until, sandbox, stop, until_batch_ended};
use crate::support::fault_server::{Canned, Fault, FaultServer, Lost, Operation, Request};
use crate::support::store::Store;
use crate::support::wait;
use dropslot::engine::{Done, Engine, Event, Failure};
use dropslot::store::{Destination, UploadMethod};
use dropslot::transfer::Proof;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

const MIB: usize = 1024 * 1024;

fn bytes(count: usize) -> Vec<u8> {
    (0..count)
        .map(|at| u8::try_from((at / 9 + at) % 253).unwrap())
        .collect()
}

fn in_parts(key: &str) -> Destination {
    let mut destination = sandbox();
    key.clone_into(&mut destination.key_template);
    destination.method = UploadMethod::Parts;
    destination
}

fn outcome(events: &[Event]) -> Result<&Done, &Failure> {
    events
        .iter()
        .find_map(|event| match event {
            Event::UploadDone { done, .. } => Some(Ok(&**done)),
            Event::UploadFailed { failure, .. } => Some(Err(&**failure)),
            _ => None,
        })
        .unwrap()
}

/// An engine before a fault server before the embedded S3.
struct Scene {
    rig: Rig,
    server: FaultServer,
    store: Store,
}

impl Scene {
    async fn new(script: impl FnMut(&Request) -> Fault + Send + 'static) -> Self {
        let rig = Rig::with_sandbox().await;
        let access = rig.config().sandbox.unwrap();
        let store = Store::sandbox(&access.endpoint_url, access.credentials);
        Self {
            server: FaultServer::start(store.clone(), script),
            rig,
            store,
        }
    }

    /// As the window runs it: what is not done is kept, and taken up again.
    fn engine(&self) -> Engine {
        self.engine_with(None)
    }

    fn engine_with(&self, jobs: Option<usize>) -> Engine {
        let mut config = self.rig.config();
        config.jobs = jobs;
        config.sandbox.as_mut().unwrap().endpoint_url = self.server.url();
        config.adopt_interrupted = true;
        Engine::start(config)
    }

    /// How often the body of each part has come to its end.
    fn parts_sent(&self) -> BTreeMap<u32, usize> {
        let mut sent = BTreeMap::new();
        for exchange in self.server.log().exchanges() {
            if let Operation::UploadPart(number) = exchange.operation
                && exchange.is_stored()
            {
                *sent.entry(number).or_default() += 1;
            }
        }
        sent
    }

    async fn until_parts_are_sent(&self, count: usize) {
        wait::until_async("the first parts", Duration::from_mins(1), || {
            (self.parts_sent().len() == count).then_some(())
        })
        .await;
    }

    fn count(&self, operation: Operation) -> usize {
        self.server.log().of(operation).len()
    }
}

#[tokio::test]
async fn a_file_goes_in_parts_and_is_proven_by_the_checksum_of_the_whole() {
    let scene = Scene::new(|_| Fault::None).await;
    let content = bytes(20 * MIB + 7);
    let path = scene.rig.file("film.mp4", &content);
    let mut engine = scene.engine();
    let mut destination = in_parts("films/{name}");
    destination.options.metadata = vec![("Title".to_owned(), "여름".to_owned())];
    destination.options.cache_control = Some("max-age=60".to_owned());
    let batch = add(&engine, vec![path], destination);
    let events = until_batch_ended(&mut engine, batch).await;
    let done = outcome(&events).unwrap();
    assert_eq!((done.proof, done.attempts), (Proof::Crc64Nvme, 1));
    assert_eq!(done.object_key, "films/film.mp4");
    assert!(Rig::get(&done.url).await == content);
    let head = scene
        .store
        .client()
        .head_object()
        .bucket(&scene.store.bucket)
        .key("films/film.mp4");
    let head = head.send().await.unwrap();
    assert_eq!(head.content_type(), Some("video/mp4"));
    assert_eq!(head.cache_control(), Some("max-age=60"));
    // As S3 gives back what is not ASCII.
    assert_eq!(head.metadata().unwrap()["title"], "=?UTF-8?B?7Jes66aE?=");
    assert_eq!(head.e_tag().map(|etag| etag.trim_matches('"').to_owned()), done.etag);
    assert_eq!(scene.parts_sent(), (1..=5).map(|number| (number, 1)).collect());
    assert_eq!(scene.store.unfinished().await, [""; 0]);
    stop(engine).await;
}

#[tokio::test]
async fn an_empty_file_is_one_empty_part() {
    let scene = Scene::new(|_| Fault::None).await;
    let mut engine = scene.engine();
    let batch = add(&engine, vec![scene.rig.file("empty", b"")], in_parts("{rand}/{name}"));
    let events = until_batch_ended(&mut engine, batch).await;
    assert_eq!(Rig::get(&outcome(&events).unwrap().url).await, b"");
    stop(engine).await;
}

#[tokio::test]
async fn a_fixed_number_of_requests_is_never_exceeded() {
    let scene = Scene::new(|request| match request.operation {
        Operation::UploadPart(_) | Operation::PostObject => Fault::Trickle(Duration::from_millis(50)),
        _ => Fault::None,
    })
    .await;
    let mut engine = scene.engine_with(Some(2));
    let large = [1, 2].map(|number| scene.rig.file(format!("{number}.bin"), &bytes(15 * MIB + number)));
    let parts = add(&engine, large.to_vec(), in_parts("{rand}/{name}"));
    let small = (0..9).map(|number| scene.rig.file(format!("{number}.txt"), b"small"));
    let forms = add(&engine, small.collect(), sandbox());
    let ended = Cell::new(0);
    let are_both_ended = |event: &Event| {
        ended.update(|ended| ended + usize::from(matches!(event, Event::BatchEnded { .. })));
        ended.get() == 2
    };
    let events = events_until(&mut engine, are_both_ended).await;
    let is_done = |event: &&Event| matches!(event, Event::UploadDone { .. });
    assert_eq!(
        events.iter().filter(is_done).count(),
        11,
        "{parts:?} {forms:?} {events:?}"
    );
    assert_eq!(scene.server.log().most_at_once(), 2);
    stop(engine).await;
}

#[tokio::test]
async fn where_each_connection_is_slow_more_of_them_are_found_to_help() {
    let scene = Scene::new(|request| match request.operation {
        Operation::UploadPart(_) => Fault::Trickle(Duration::from_secs(2)),
        _ => Fault::None,
    })
    .await;
    let content = bytes(80 * MIB);
    let mut engine = scene.engine();
    let file = scene.rig.file("a.bin", &content);
    let batch = add(&engine, vec![file], in_parts("{rand}/{name}"));
    let events = until_batch_ended(&mut engine, batch).await;
    assert_eq!(outcome(&events).unwrap().proof, Proof::Crc64Nvme);
    let most = scene.server.log().most_at_once();
    assert!((7..=16).contains(&most), "{most}");
    assert_eq!(scene.parts_sent(), (1..=16).map(|number| (number, 1)).collect());
    stop(engine).await;
}

#[tokio::test]
async fn a_part_that_fails_is_sent_again_alone() {
    let scene = Scene::new(|request| match request.operation {
        Operation::UploadPart(2) if request.turn == 0 => Fault::Reset { after: 3 << 20 },
        Operation::UploadPart(3) if request.turn == 0 => Fault::Answer(Canned::slow_down()),
        Operation::UploadPart(1) if request.turn == 0 => Fault::WrongChecksum,
        _ => Fault::None,
    })
    .await;
    let content = bytes(30 * MIB);
    let mut engine = scene.engine();
    let batch = add(
        &engine,
        vec![scene.rig.file("a.bin", &content)],
        in_parts("{rand}/{name}"),
    );
    let events = until_batch_ended(&mut engine, batch).await;
    let done = outcome(&events).unwrap();
    assert_eq!(done.proof, Proof::Crc64Nvme);
    assert!(Rig::get(&done.url).await == content);
    let sent = |number| (number, if number == 1 { 2 } else { 1 });
    assert_eq!(scene.parts_sent(), (1..=6).map(sent).collect());
    assert_eq!(scene.count(Operation::CreateUpload), 1);
    stop(engine).await;
}

#[tokio::test]
async fn a_completion_whose_answer_is_lost_is_found_to_be_done() {
    let scene = Scene::new(|request| match request.operation {
        Operation::CompleteUpload if request.turn == 0 => Fault::LostAnswer(Lost::Reset),
        _ => Fault::None,
    })
    .await;
    let content = bytes(9 * MIB);
    let mut engine = scene.engine();
    let batch = add(&engine, vec![scene.rig.file("a.bin", &content)], in_parts("fixed.bin"));
    let events = until_batch_ended(&mut engine, batch).await;
    let done = outcome(&events).unwrap();
    assert_eq!((done.proof, done.object_key.as_str()), (Proof::Crc64Nvme, "fixed.bin"));
    assert_eq!(scene.store.object_keys().await, ["fixed.bin"]);
    assert_eq!(
        scene.parts_sent(),
        BTreeMap::from([(1, 1), (2, 1)]),
        "nothing was sent twice"
    );
    stop(engine).await;
}
