//! What the store's thread promises, on real files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]

use super::*;
use std::sync::{Arc, Mutex};

fn entry(key: &str) -> HistoryEntry {
    HistoryEntry {
        id: 0,
        done_at: jiff::Timestamp::now(),
        path: "x".repeat(5000),
        bucket: "b".to_owned(),
        object_key: key.to_owned(),
        url: "u".to_owned(),
        etag: None,
        size_bytes: 1,
        content_type: "t".to_owned(),
        proof: "md5".to_owned(),
        access: "public".to_owned(),
        destination: None,
        deletion: None,
    }
}

/// Orders to note these as done, where more can be ordered, and who waits for it.
fn notes_of(keys: &[&str]) -> (mpsc::Sender<Order>, mpsc::Receiver<Order>, Vec<oneshot::Receiver<()>>) {
    let (sender, orders) = mpsc::channel();
    let answers = keys.iter().map(|key| {
        let (waits, answer) = oneshot::channel();
        let note = Note::Done {
            entry: Box::new(entry(key)),
            queue_id: None,
        };
        sender.send(Order::Note((note, waits))).unwrap();
        answer
    });
    let answers = answers.collect();
    (sender, orders, answers)
}

#[test]
fn what_many_note_at_a_time_is_written_together_and_before_what_was_asked_later() {
    let (_dir, folders) = Folders::of_a_test();
    let file = folders.database_file();
    let mut desk = Desk::open(folders, Box::new(|failure: Failure| panic!("{failure}")));
    let (sender, orders, answers) = notes_of(&["a", "b", "c"]);
    let seen = Arc::new(Mutex::new(0));
    let counts = Arc::clone(&seen);
    let look =
        move |_: &mut Desk| *counts.lock().unwrap() = Database::open(&file).unwrap().history("", 10).unwrap().len();
    sender.send(Order::Work(Box::new(look))).unwrap();
    let first = orders.try_recv().unwrap();
    desk.obey(first, &orders);
    assert!(orders.try_recv().is_err(), "one order has taken the others with it");
    for mut answer in answers {
        answer.try_recv().unwrap();
    }
    assert_eq!(*seen.lock().unwrap(), 3);
}

#[test]
fn a_full_disk_is_told_once_and_what_was_done_is_written_when_there_is_room() {
    let (_dir, folders) = Folders::of_a_test();
    let file = folders.database_file();
    let troubles = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&troubles);
    let mut desk = Desk::open(folders, Box::new(move |failure| told.lock().unwrap().push(failure)));

    desk.database.as_ref().unwrap().leave_room_for_pages(0);
    for key in ["first", "second"] {
        let (_sender, orders, mut answers) = notes_of(&[key]);
        let order = orders.try_recv().unwrap();
        desk.obey(order, &orders);
        answers.remove(0).try_recv().unwrap();
    }
    let said: Vec<_> = troubles
        .lock()
        .unwrap()
        .iter()
        .map(|failure| failure.english().what)
        .collect();
    assert_eq!(said, ["The disk is full: queue and history cannot be written"]);

    desk.database.as_ref().unwrap().leave_room_for_pages(1000);
    desk.close(false);
    let history = Database::open(&file).unwrap().history("", 10).unwrap();
    let mut keys: Vec<_> = history.into_iter().map(|entry| entry.object_key).collect();
    keys.sort();
    assert_eq!(keys, ["first", "second"]);
}

#[test]
fn what_two_windows_save_comes_together_and_what_one_removes_stays_away() {
    let (_dir, folders) = Folders::of_a_test();
    let open = || Desk::open(folders.clone(), Box::new(|failure: Failure| panic!("{failure}")));
    let saved_as = |name: &str| Destination::new(name, crate::store::DestinationKind::Sandbox);
    let names = || {
        let (settings, _) = Settings::load(&folders.settings_file());
        let names = settings.destinations.into_iter().map(|saved| saved.name);
        names.collect::<Vec<_>>().join(" ")
    };
    let (mut one, mut other) = (open(), open());
    let (mut mine, mut theirs) = (one.load_settings(), other.load_settings());
    mine.destinations.push(saved_as("a"));
    one.save_settings(mine.clone());
    theirs.destinations.push(saved_as("b"));
    other.save_settings(theirs);
    assert_eq!(names(), "b a");
    mine.destinations.push(saved_as("c"));
    one.save_settings(mine.clone());
    assert_eq!(names(), "a c b");
    one.remember_region("bucket", "eu-west-1");
    mine.destinations.remove(0);
    one.save_settings(mine);
    assert_eq!(names(), "c b");
}
