//! `kill -9`, again and again: what was begun is finished by `put --resume`, once, and little is sent twice.

mod shell;

use super::generator::Random;
use super::rig::TrueStore;
use crate::support::ceph::Ceph;
use crate::support::fault_server::{Exchange, Operation};
use crate::support::store::Store;
use dropslot::s3::Credentials;
use shell::Shell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Uploads at a time.
const JOBS: usize = 6;
/// Parts at a time, where as many go as help.
const MOST_PARTS: usize = 16;

/// What has been lost by kills and what may be.
#[derive(Debug, Default)]
struct Toll {
    kills: usize,
    sent_bytes: u64,
    useful_bytes: u64,
    in_flight_bytes: u64,
}

impl Toll {
    fn resent_bytes(&self) -> u64 {
        self.sent_bytes - self.useful_bytes
    }
}

impl fmt::Display for Toll {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kills,
            useful_bytes,
            in_flight_bytes,
            ..
        } = self;
        write!(
            formatter,
            "kills={kills} bytes={useful_bytes} sent-again={} in-flight-at-the-kills={in_flight_bytes}",
            self.resent_bytes()
        )
    }
}

/// Kills until all is done. The moments are drawn over the bytes that are still to go, so that they lie everywhere.
fn kill_until_done(
    shell: &Shell,
    random: &mut Random,
    kills: usize,
    total_bytes: u64,
    mut killed: impl FnMut(&Shell, &[Exchange], usize),
) -> usize {
    let log = shell.server.log();
    let mut run = shell.first();
    for kill in 0..kills {
        let begun = log.len();
        let stored: u64 = stored_once(&log.exchanges()).values().sum();
        let remaining = total_bytes - stored.min(total_bytes);
        // A killed process gets further than to the moment that was drawn: half of the even share leaves enough for all.
        let share = remaining / (kills - kill + 1) as u64;
        let wanted = log.file_bytes() + 1 + random.below(share);
        if !run.reaches(|| log.file_bytes() >= wanted) {
            run.succeed();
            return kill;
        }
        std::thread::sleep(Duration::from_micros(random.below(20_000)));
        run.kill();
        let at_the_kill = log.exchanges();
        shell.settle();
        killed(shell, &at_the_kill, begun);
        run = shell.resume(random);
    }
    run.succeed();
    kills
}

/// What the store has, each thing once: its bytes on the wire.
fn stored_once(exchanges: &[Exchange]) -> HashMap<(Operation, String), u64> {
    let carried = exchanges.iter().filter(|exchange| exchange.operation.carries_file());
    let stored = carried.filter(|exchange| exchange.is_stored());
    let keyed = stored.map(|exchange| {
        let thing = (exchange.operation, exchange.object_key.clone().unwrap());
        (thing, exchange.content_length)
    });
    keyed.collect()
}

fn name_of(object_key: &str) -> String {
    object_key.rsplit('/').next().unwrap().to_owned()
}

/// Two hundred files by forms.
async fn queue_of_files(seed: u64, kills: usize) {
    let store = TrueStore::start().await;
    let shell = Shell::new(store.store(), &["--jobs", &JOBS.to_string()], "1M");
    let mut random = Random::new(seed, "queue");
    let mut files: Vec<PathBuf> = Vec::new();
    for number in 0..200 {
        let end = random.one_of(&[1000, 50_000, 50_000, 300_000]);
        let length = usize::try_from(random.below(end)).unwrap();
        files.push(shell.file(&format!("{number}.bin"), &random.bytes(length)));
    }
    let total_bytes = files.iter().map(|file| file.metadata().unwrap().len()).sum();
    let mut toll = Toll::default();
    let mut allowed: HashMap<String, usize> = HashMap::new();
    toll.kills = kill_until_done(&shell, &mut random, kills, total_bytes, |shell, exchanges, begun| {
        // In flight: begun since the last kill, and not in the history.
        let in_history: HashSet<String> = shell.history().iter().map(|entry| name_of(&entry.path)).collect();
        let forms = exchanges[begun..]
            .iter()
            .filter(|exchange| exchange.operation == Operation::PostObject);
        let mut in_flight = HashMap::new();
        for form in forms {
            // Killed before its key had come.
            let Some(key) = &form.object_key else {
                toll.in_flight_bytes += form.body_bytes;
                continue;
            };
            let name = name_of(key);
            if !in_history.contains(&name) {
                in_flight.insert(name, form.content_length);
            }
        }
        assert!(in_flight.len() <= JOBS, "{} in flight", in_flight.len());
        for (name, bytes) in in_flight {
            toll.in_flight_bytes += bytes;
            *allowed.entry(name).or_default() += 1;
        }
    });

    let exchanges = shell.server.log().exchanges();
    for path in &files {
        let name = name_of(path.to_str().unwrap());
        let forms = exchanges.iter().filter(|exchange| {
            let key = exchange.object_key.as_deref().unwrap_or_default();
            exchange.operation == Operation::PostObject && name_of(key) == name
        });
        let may_be = 1 + allowed.get(&name).unwrap_or(&0);
        let sent = forms.count();
        assert!(
            sent <= may_be,
            "seed {seed}: {name} was sent {sent} times, {may_be} would do"
        );
    }
    toll.sent_bytes = shell.server.log().file_bytes();
    toll.useful_bytes = stored_once(&exchanges).values().sum();
    println!("RESULT kill-queue seed={seed} files={} {toll}", files.len());
    assert!(toll.resent_bytes() <= toll.in_flight_bytes, "seed {seed}: {toll}");
    shell.assert_all_done(&files).await;
}

/// One large file by parts.
async fn parts_of_a_file(store: Store, seed: u64, kills: usize, size_bytes: usize) {
    let shell = Shell::new(store, &["--method", "parts"], "40M");
    let mut random = Random::new(seed, "parts");
    let file = shell.file("large.bin", &random.bytes(size_bytes));
    let mut toll = Toll::default();
    let mut cut = HashSet::new();
    toll.kills = kill_until_done(&shell, &mut random, kills, size_bytes as u64, |shell, _, begun| {
        // In flight: begun since the last kill, and not stored when all that was on the wire has arrived.
        let exchanges = shell.server.log().exchanges();
        let since = exchanges.iter().enumerate().skip(begun);
        let parts = since.filter(|(_, exchange)| exchange.operation.carries_file() && !exchange.is_stored());
        let in_flight: Vec<usize> = parts.map(|(index, _)| index).collect();
        assert!(in_flight.len() <= MOST_PARTS, "{} parts in flight", in_flight.len());
        cut.extend(in_flight);
    });

    let exchanges = shell.server.log().exchanges();
    let mut stored = HashSet::new();
    for (index, exchange) in exchanges.iter().enumerate() {
        let Operation::UploadPart(number) = exchange.operation else {
            continue;
        };
        toll.sent_bytes += exchange.body_bytes;
        if exchange.is_stored() {
            toll.useful_bytes += exchange.body_bytes;
            assert!(
                stored.insert(number),
                "seed {seed}: part {number} was sent again after it was stored"
            );
        } else {
            toll.in_flight_bytes += exchange.body_bytes;
            assert!(
                cut.contains(&index),
                "seed {seed}: part {number} was broken off by no kill"
            );
        }
    }
    println!("RESULT kill-parts seed={seed} parts={} {toll}", stored.len());
    assert_eq!(toll.useful_bytes, size_bytes as u64, "seed {seed}");
    assert!(stored.len() > 2);
    shell.assert_all_done(&[file]).await;
    assert_eq!(shell.store.unfinished().await, Vec::<String>::new());
}

fn given(variable: &str) -> u64 {
    let text = std::env::var(variable).expect("start it by tests/faults/run");
    text.parse().expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_queue_is_finished_once() {
    queue_of_files(1, 8).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_parts_upload_goes_on_where_it_was() {
    let store = TrueStore::start().await;
    parts_of_a_file(store.store(), 1, 4, 100 << 20).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_parts_upload_to_ceph_goes_on_where_it_was() {
    let ceph = Ceph::running();
    let store = Store {
        endpoint_url: ceph.url.clone(),
        bucket: ceph.new_bucket(),
        credentials: Credentials::from_keys(&ceph.access_key_id, &ceph.secret_access_key, None),
    };
    parts_of_a_file(store, 1, 4, 100 << 20).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes: tests/faults/run"]
async fn the_full_queue() {
    let kills = usize::try_from(given("DROPSLOT_FAULTS_KILLS")).unwrap();
    queue_of_files(given("DROPSLOT_FAULTS_SEED"), kills).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes: tests/faults/run"]
async fn the_full_parts_upload() {
    let kills = usize::try_from(given("DROPSLOT_FAULTS_KILLS")).unwrap();
    let store = TrueStore::start().await;
    parts_of_a_file(store.store(), given("DROPSLOT_FAULTS_SEED"), kills, 1 << 30).await;
}
