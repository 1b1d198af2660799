//! Many uploads through faults drawn by a seed, by the engine as it is, its time-outs and waits included.

use super::generator::{Random, Weather, file_name};
use super::rig::{LIMIT, Person, TrueStore, add, outcome, sandbox, stop};
use super::verdict::Report;
use crate::support::fault_server::{Exchange, Fault, FaultServer, Operation};
use crate::support::store::holds;
use crate::support::wait;
use dropslot::engine::{Command, Done, Engine, Event, Failure, UploadId};
use dropslot::store::{Destination, ExistsPolicy, UploadMethod};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Uploads of one person at a time: most of them wait, for an answer or for their next attempt.
const JOBS: usize = 24;
/// What one engine, with one fault server, gets to do.
const UPLOADS_OF_ONE: usize = 40;

/// People at a time: the processors are to be busy, not late.
const AT_A_TIME: usize = 16;

/// What is to be done.
#[derive(Clone, Copy, Debug)]
struct Campaign {
    weather: Weather,
    uploads: usize,
}

impl Campaign {
    async fn run(self) -> Report {
        let store = Arc::new(TrueStore::start().await);
        let mut report = Report::of(self.weather.seed);
        let mut people = JoinSet::new();
        let mut remaining = self.uploads;
        for number in 0.. {
            let uploads = remaining.min(UPLOADS_OF_ONE);
            if uploads == 0 {
                break;
            }
            remaining -= uploads;
            people.spawn(run_one(Arc::clone(&store), self.weather, number, uploads));
            if people.len() >= AT_A_TIME {
                report.add(people.join_next().await.unwrap().unwrap());
            }
        }
        while let Some(one) = people.join_next().await {
            report.add(one.unwrap());
        }
        report
    }
}

/// One person's uploads: through the faults, and what failed once more without them.
async fn run_one(store: Arc<TrueStore>, weather: Weather, number: usize, uploads: usize) -> Report {
    let calm = Arc::new(AtomicBool::new(false));
    let is_calm = Arc::clone(&calm);
    let server = FaultServer::start(store.store(), move |request| {
        if is_calm.load(Ordering::Relaxed) {
            Fault::None
        } else {
            weather.fault(request)
        }
    });
    let person = Person::new(store.store());
    let mut engine = person.engine(&server.url(), JOBS);
    let files = files(&person, weather.seed, number, uploads);
    for (kind, destination) in destinations().into_iter().enumerate() {
        let paths = files.iter().skip(kind).step_by(destinations().len()).cloned();
        add(&engine, paths.collect(), destination);
    }
    let mut seen = Seen::default();
    seen.listen(&mut engine, files.len(), LIMIT).await;
    let mut report = Report::of(weather.seed);
    report.uploads = files.len();
    report.done_at_once = seen.done.len();
    for (path, failure) in &seen.failed {
        report.note_failure(failure);
        if !person.is_queued(path) {
            report.problem(format!("{} failed and has no row of the queue", path.display()));
        }
    }
    report.stuck = files.len() - seen.done.len() - seen.failed.len();
    for row in engine.snapshot.borrow().uploads.iter().filter(|_| report.stuck > 0) {
        eprintln!("seed {}: {} {:?}", weather.seed, row.path.display(), row.stage);
    }

    calm.store(true, Ordering::Relaxed);
    let failed = seen.failed.len();
    if number.is_multiple_of(2) {
        for upload in seen.failed_ids.drain(..) {
            engine.send(again(upload)).unwrap();
        }
    } else {
        // Another process finds them, and goes on.
        stop(engine).await;
        engine = person.engine(&server.url(), JOBS);
        if failed > 0 {
            let adopted = loop {
                if let Event::UploadsAdopted { destinations, .. } = engine.events.recv().await.unwrap() {
                    break destinations;
                }
            };
            for (upload, _) in adopted {
                engine.send(again(upload)).unwrap();
            }
        }
    }
    seen.failed.clear();
    seen.listen(&mut engine, failed, Duration::from_mins(1)).await;
    report.done_on_retry = seen.done.len() - report.done_at_once;
    for (path, failure) in &seen.failed {
        report.problem(format!("{} fails without faults: {failure}", path.display()));
    }
    stop(engine).await;
    let exchanges = wait::until_async("the end of every request", Duration::from_secs(30), || {
        server.log().settled()
    })
    .await;
    judge(&mut report, &seen.done, &files, &person, &store, &exchanges).await;
    report.count(&exchanges);
    report.explain(&exchanges);
    report
}

fn again(upload: UploadId) -> Command {
    Command::Retry {
        upload,
        destination: None,
    }
}

/// What the engine has told.
#[derive(Default)]
struct Seen {
    done: HashMap<PathBuf, Done>,
    failed: HashMap<PathBuf, Failure>,
    failed_ids: Vec<UploadId>,
}

impl Seen {
    /// Until so many more have ended, or `limit` is over.
    async fn listen(&mut self, engine: &mut Engine, wanted: usize, limit: Duration) {
        let deadline = Instant::now() + limit;
        for _ in 0..wanted {
            let remaining = deadline.saturating_duration_since(Instant::now());
            let Some((upload, outcome)) = outcome(engine, remaining).await else {
                return;
            };
            match outcome {
                Ok(done) => assert!(self.done.insert(done.path.to_path_buf(), done).is_none(), "done twice"),
                Err(failure) => {
                    let snapshot = engine.snapshot.borrow().clone();
                    let row = snapshot.uploads.get(upload).unwrap();
                    self.failed.insert(row.path.to_path_buf(), failure);
                    self.failed_ids.push(upload);
                }
            }
        }
    }
}

/// Holds what was told against the store itself, the queue and the history.
async fn judge(
    report: &mut Report,
    done: &HashMap<PathBuf, Done>,
    files: &[PathBuf],
    person: &Person,
    store: &TrueStore,
    exchanges: &[Exchange],
) {
    let (direct, history) = (store.store(), person.history());
    let client = direct.client();
    let mut objects: HashMap<String, HashSet<String>> = HashMap::new();
    for key in direct.object_keys().await {
        let torn = exchanges.iter().any(|exchange| {
            let is_it = exchange.object_key.as_ref() == Some(&key);
            is_it && exchange.applied && exchange.fault == Fault::Truncated.kind()
        });
        let is_told = done.values().any(|done| done.object_key == key);
        // What the store has torn, and a later try could not know for its own, is not overwritten.
        if is_told || !torn {
            objects.entry(file_name(&key).to_owned()).or_default().insert(key);
        }
    }
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let Some(done) = done.get(path) else {
            report.lost += 1;
            report.problem(format!("{name} is not done"));
            continue;
        };
        if !holds(&client, &direct.bucket, &done.object_key, path).await {
            report.falsely_done += 1;
            report.problem(format!("{name} is told to be done ({:?}), and is not", done.proof));
        }
        if objects.get(name).is_none_or(|keys| keys.len() != 1) {
            report.problem(format!("{name} has left {:?}", objects.get(name)));
        }
        let rows = history.iter().filter(|entry| entry.path == path.to_string_lossy());
        let rows = rows.count();
        if rows != 1 {
            report.problem(format!("{name} has {rows} rows in the history"));
        }
        if person.is_queued(path) {
            report.problem(format!("{name} is done and still queued"));
        }
    }
    // S3 has begun some of which nobody was told.
    let untold = |key: &String| {
        let begun = exchanges.iter().filter(|one| one.operation == Operation::CreateUpload);
        begun
            .filter(|one| one.is_stored() && !one.is_proven())
            .any(|one| one.object_key.as_ref() == Some(key))
    };
    let ours: HashSet<&str> = files
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap())
        .collect();
    for key in direct.unfinished().await {
        if ours.contains(file_name(&key)) && !untold(&key) {
            report.problem(format!("{} has left parts of an unfinished upload", file_name(&key)));
        }
    }
}

/// Files as people have them: most are small.
fn files(person: &Person, seed: u64, number: usize, uploads: usize) -> Vec<PathBuf> {
    let kinds = destinations().len();
    let write = |index: usize| {
        let name = format!("{seed}-{}", number * UPLOADS_OF_ONE + index);
        let mut random = Random::new(seed, &name);
        let end = random.one_of(&[1, 1000, 1000, 70_000, 70_000, 300_000, 300_000, 1_000_000, 3_000_000]);
        let goes_in_parts = index % kinds >= kinds - 2 && random.chance(25);
        let length = if goes_in_parts {
            // Two parts, or three.
            (9 << 20) + random.below(11 << 20)
        } else {
            random.below(end)
        };
        let length = usize::try_from(length).unwrap();
        person.file(&format!("{name}.bin"), &random.bytes(length))
    };
    (0..uploads).map(write).collect()
}

/// As people set them up.
fn destinations() -> Vec<Destination> {
    let by = |template: &str, if_exists, method| {
        let mut destination = sandbox();
        template.clone_into(&mut destination.key_template);
        destination.if_exists = if_exists;
        destination.method = method;
        destination
    };
    vec![
        by("{rand}/{name}", ExistsPolicy::Unique, UploadMethod::Auto),
        by("{name}", ExistsPolicy::Unique, UploadMethod::Post),
        by("{rand}/{name}", ExistsPolicy::Unique, UploadMethod::Post),
        by("{name}", ExistsPolicy::Replace, UploadMethod::Auto),
        by("{name}", ExistsPolicy::Unique, UploadMethod::Auto),
        by("{rand}/{name}", ExistsPolicy::Unique, UploadMethod::Put),
        by("{rand}/{name}", ExistsPolicy::Unique, UploadMethod::Parts),
        by("{name}", ExistsPolicy::Unique, UploadMethod::Parts),
    ]
}

/// A number from the environment.
fn given(variable: &str) -> Option<u64> {
    Some(std::env::var(variable).ok()?.parse().expect("a number"))
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_and_done_is_never_wrong() {
    let campaign = Campaign {
        weather: Weather {
            seed: given("DROPSLOT_FAULTS_SEED").unwrap_or(20_261_129),
            with_silence: false,
        },
        uploads: 160,
    };
    let report = campaign.run().await;
    eprintln!("{report}");
    report.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes: tests/faults/run"]
async fn the_full_campaign() {
    let campaign = Campaign {
        weather: Weather {
            seed: given("DROPSLOT_FAULTS_SEED").expect("start it by tests/faults/run"),
            with_silence: true,
        },
        uploads: usize::try_from(given("DROPSLOT_FAULTS_UPLOADS").unwrap_or(500)).unwrap(),
    };
    let report = campaign.run().await;
    println!("{report}");
    report.assert_clean();
}
