//! What a snapshot costs, counted: chunks that are made anew.

use super::*;
use crate::engine::expand::Expanded;
use crate::engine::intake::{Added, AddedFile};
use crate::engine::rows::CHUNK;
use crate::engine::{AddRequest, Engine, Rows};
use crate::store::{Destination, DestinationKind};
use std::path::PathBuf;
use std::time::Duration;

const ROWS: usize = 20 * CHUNK;

fn list_of(files: usize, hold: Duration) -> List {
    let mut list = List::default();
    add(&mut list, files, hold);
    list
}

fn add(list: &mut List, files: usize, hold: Duration) {
    let request = Arc::new(AddRequest {
        batch: Engine::new_batch(),
        paths: Vec::new(),
        destination: Arc::new(Destination::new("s", DestinationKind::Sandbox)),
        hold,
        probe: false,
        limit_rate: None,
    });
    let file = |number| AddedFile {
        expanded: Expanded {
            path: PathBuf::from(format!("/folder/{number}.bin")),
            dir: "folder".to_owned(),
            size_bytes: Ok(10),
        },
        queue_id: None,
    };
    let added = Added {
        request,
        files: (0..files).map(file).collect(),
        is_first: true,
        is_last: true,
        watch: None,
    };
    list.add(added, true, Instant::now());
}

fn made_anew(before: &Rows, now: &Rows) -> usize {
    let known = |chunk: &&Arc<crate::engine::Chunk>| before.chunks().iter().any(|old| Arc::ptr_eq(old, chunk));
    now.chunks().iter().filter(|chunk| !known(chunk)).count()
}

fn shown(list: &mut List) -> Arc<Snapshot> {
    list.snapshot().unwrap()
}

#[test]
fn one_upload_that_moves_makes_one_chunk_anew() {
    let mut list = list_of(ROWS, Duration::ZERO);
    let before = shown(&mut list);
    assert_eq!(before.uploads.chunks().len(), ROWS / CHUNK);
    assert_eq!(before.totals.active, ROWS);
    let turn = list.take_turn().unwrap();
    turn.sent_bytes.store(4, std::sync::atomic::Ordering::Relaxed);
    list.look(Instant::now());
    let now = shown(&mut list);
    assert_eq!(made_anew(&before.uploads, &now.uploads), 1);
    assert_eq!((now.totals.begun, now.totals.sent_bytes), (1, 4));
    let rows = before.uploads.iter().zip(now.uploads.iter());
    assert_eq!(rows.filter(|(old, now)| !Arc::ptr_eq(old, now)).count(), 1);
    list.look(Instant::now());
    assert!(list.snapshot().is_none(), "nothing has moved since");
}

#[test]
fn totals_of_chunks_are_those_of_the_rows() {
    let mut list = list_of(3 * CHUNK, Duration::ZERO);
    for _ in 0..2 * CHUNK {
        let turn = list.take_turn().unwrap();
        match turn.id.0 % 3 {
            0 => list.end_cancelled(turn.id),
            1 => list.end_failed(
                turn.id,
                Failure::new(
                    crate::engine::Code::Cancelled,
                    crate::engine::failure::UploadReason::Stopped,
                ),
            ),
            _ => Vec::new(),
        };
    }
    list.remove(
        &(1..=CHUNK as u64)
            .map(UploadId)
            .filter(|id| id.0 % 3 < 2)
            .collect::<Vec<_>>(),
    );
    let now = shown(&mut list);
    let mut counted = crate::engine::Totals::default();
    now.uploads.iter().for_each(|row| counted.count(row));
    assert_eq!(now.totals, counted);
    assert_eq!(now.uploads.len(), counted.uploads);
    assert!(
        now.uploads
            .iter()
            .all(|row| now.uploads.get(row.id).is_some_and(|found| Arc::ptr_eq(found, row)))
    );
    assert_eq!(now.uploads.get(UploadId(1)), None);
}

#[test]
fn rows_that_go_and_come_leave_the_other_chunks_as_they_are() {
    let mut list = list_of(ROWS, Duration::ZERO);
    let before = shown(&mut list);
    let middle = UploadId((ROWS / 2) as u64);
    list.end_cancelled(middle);
    list.remove(&[middle]);
    let now = shown(&mut list);
    assert_eq!(made_anew(&before.uploads, &now.uploads), 1);
    assert_eq!(now.uploads.len(), ROWS - 1);
    assert_eq!(now.uploads.get(middle), None);
}

#[test]
fn a_hold_that_ends_lets_all_of_its_batch_go_in_order() {
    let mut list = list_of(3 * CHUNK, Duration::from_secs(5));
    assert!(list.take_turn().is_none());
    assert_eq!(shown(&mut list).totals.held, 3 * CHUNK);
    list.look(Instant::now() + Duration::from_secs(6));
    assert_eq!(shown(&mut list).totals.held, 0);
    assert_eq!(list.take_turn().unwrap().id, UploadId(1));
    assert_eq!(list.take_turn().unwrap().id, UploadId(2));
}

#[test]
fn what_is_done_and_told_leaves_its_numbers_alone() {
    let mut list = List::new(true);
    add(&mut list, 2 * CHUNK, Duration::ZERO);
    let turns: Vec<_> = std::iter::from_fn(|| list.take_turn()).collect();
    let mut events = Vec::new();
    for turn in turns {
        events = if turn.id.0 == 5 {
            list.end_cancelled(turn.id)
        } else {
            list.end_done(turn.id, done())
        };
    }
    assert!(matches!(events.last(), Some(Event::BatchEnded { cancelled: 1, .. })));
    list.look(Instant::now());
    let end = shown(&mut list);
    let left: Vec<_> = end.uploads.iter().map(|row| row.id).collect();
    assert_eq!(left, [UploadId(5)]);
    let totals = end.totals;
    assert_eq!(
        (totals.uploads, totals.done, totals.cancelled),
        (2 * CHUNK, 2 * CHUNK - 1, 1)
    );
    assert_eq!(totals.sent_bytes, 10 * (2 * CHUNK as u64 - 1));
}

fn done() -> crate::engine::Done {
    crate::engine::Done {
        path: std::path::Path::new("/a").into(),
        bucket: "b".to_owned(),
        object_key: "k".to_owned(),
        url: "u".to_owned(),
        etag: None,
        size_bytes: 10,
        content_type: "t".to_owned(),
        proof: crate::transfer::Proof::Md5,
        access: crate::transfer::Access::Unknown,
        attempts: 1,
        duration: Duration::ZERO,
    }
}
