//! The queue at work: commands obeyed, turns given, outcomes told. One task; everything that waits runs beside it.

mod checkups;
mod objects;
mod orders;

use super::deletion::Deleted;
use super::failure::UploadReason;
use super::intake::{self, Added, Adopted};
use super::line::Seat;
use super::list::{List, Turn};
use super::snapshot::{Snapshot, Stage};
use super::upload::{self, End, Told, Workshop};
use super::watch;
use super::{AdoptRequest, BatchId, Code, Command, Engine, Event, Failure, UploadId, Wake};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::{self, JoinError, JoinSet};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

/// Counters are read, and the window is woken, no more often than this (20 a second).
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// How long uploads may take to leave the wire when the engine stops: a history row may be on its way to the disk.
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// What the tasks beside the queue say.
#[derive(Debug)]
pub(super) enum Report {
    Added(Box<Added>),
    Adopted(AdoptRequest, Vec<Adopted>),
    /// An upload has said something that is not to wait for the next look.
    Said(UploadId),
    Deleted(Box<Deleted>),
    Event(Box<Event>),
}

/// The ways out: the snapshot, the events, the wake.
pub(super) struct Outlet {
    pub(super) snapshot: tokio::sync::watch::Sender<Arc<Snapshot>>,
    pub(super) events: mpsc::UnboundedSender<Event>,
    pub(super) wake: Arc<dyn Fn(Wake) + Send + Sync>,
}

/// What a command says about files that are still being expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Wanted,
    Released,
    Cancelled,
    TakenBack,
}

/// The queue's task.
pub(super) struct Queue {
    list: List,
    workshop: Arc<Workshop>,
    outlet: Outlet,
    reports: mpsc::UnboundedSender<Report>,
    intake: mpsc::UnboundedSender<intake::Request>,
    expanding: HashMap<BatchId, Fate>,
    /// Ids of the watches.
    watching: HashSet<Arc<str>>,
    /// To who watches, once there was something to watch.
    watcher: Option<mpsc::UnboundedSender<watch::Order>>,
    /// Where this program writes itself.
    own_folder: Option<PathBuf>,
    keep_unfinished: bool,
    running: JoinSet<End>,
    tasks: HashMap<task::Id, UploadId>,
    errands: JoinSet<()>,
    /// What is being deleted from S3, parts and trials: waited for when the engine stops.
    sweeps: JoinSet<()>,
    /// The examination that may still be at it.
    checkup: Option<(u64, CancellationToken)>,
    last_look: Instant,
    stop_by: Option<Instant>,
}

/// How a queue is to run.
pub(super) struct Terms {
    /// Rows that are not done stay for the next start (a window), instead of being told and forgotten.
    pub(super) keep_unfinished: bool,
    /// Rows that are done leave the list.
    pub(super) forget_done: bool,
    /// What is written there by this program is not watched.
    pub(super) own_folder: Option<PathBuf>,
}

impl Queue {
    pub(super) fn new(
        terms: &Terms,
        workshop: Arc<Workshop>,
        outlet: Outlet,
        reports: mpsc::UnboundedSender<Report>,
    ) -> Self {
        let (intake, requests) = mpsc::unbounded_channel();
        let mut errands = JoinSet::new();
        let store = workshop.store.clone();
        errands.spawn(intake::run(requests, store, reports.clone()));
        let queue = Self {
            list: List::new(terms.forget_done),
            workshop,
            outlet,
            reports,
            intake,
            expanding: HashMap::new(),
            watching: HashSet::new(),
            watcher: None,
            own_folder: terms.own_folder.clone(),
            keep_unfinished: terms.keep_unfinished,
            running: JoinSet::new(),
            tasks: HashMap::new(),
            errands,
            sweeps: JoinSet::new(),
            checkup: None,
            last_look: Instant::now(),
            stop_by: None,
        };
        if queue.keep_unfinished {
            queue.take_in(intake::Request::Adopt(AdoptRequest {
                batch: Engine::new_batch(),
                probe: true,
                limit_rate: None,
            }));
        }
        queue
    }

    /// Runs until it is told to stop, or `stop` breaks it off (dropping every upload's connection).
    pub(super) async fn run(
        mut self,
        mut commands: mpsc::UnboundedReceiver<Command>,
        mut reports: mpsc::UnboundedReceiver<Report>,
        stop: CancellationToken,
    ) {
        while !self.has_stopped() {
            let next_look = self.next_look();
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                Some(command) = commands.recv() => self.obey(command).await,
                Some(report) = reports.recv() => self.hear(report).await,
                Some(ended) = self.running.join_next_with_id() => self.task_ended(ended).await,
                Some(_) = self.errands.join_next() => {}
                Some(_) = self.sweeps.join_next() => {}
                () = sleep_until(next_look.unwrap_or_else(Instant::now)), if next_look.is_some() => self.look(),
            }
            self.give_turns();
            if self.last_look.elapsed() >= LOOK_EVERY {
                self.look();
            }
        }
        self.close().await;
    }

    async fn hear(&mut self, report: Report) {
        match report {
            Report::Added(added) => self.added(*added).await,
            Report::Adopted(request, adopted) => {
                let event = self.list.adopt(request, adopted);
                self.sweep();
                self.tell(vec![event]);
                self.resume_watched();
            }
            Report::Said(upload) => self.list.look_at(upload, std::time::Instant::now()),
            Report::Deleted(deleted) => self.deleted(*deleted),
            Report::Event(event) => self.tell(vec![*event]),
        }
    }

    async fn added(&mut self, added: Added) {
        let batch = added.request.batch;
        let fate = if added.is_last {
            self.expanding.remove(&batch)
        } else {
            self.expanding.get(&batch).copied()
        };
        let fate = fate.unwrap_or(Fate::Wanted);
        let held = fate != Fate::Released;
        let is_more = !added.is_first;
        let events = self.list.add(added, held, std::time::Instant::now());
        // Who sees the first files of a drop sees the next soon enough: a large one comes in a thousand pieces.
        let is_piece = |event: &Event| is_one_of_many(event) || is_more && matches!(event, Event::BatchAdded { .. });
        let wake = if events.iter().all(is_piece) {
            Wake::Soon
        } else {
            Wake::Now
        };
        self.tell_with(events, wake);
        match fate {
            Fate::Wanted | Fate::Released => {}
            Fate::TakenBack => self.take_back(batch).await,
            Fate::Cancelled => {
                self.cancel(&self.list.of_batch(batch).map(|item| item.id).collect::<Vec<_>>())
                    .await;
            }
        }
    }

    async fn ended(&mut self, upload: UploadId, end: End) {
        // What it has said until now comes before its end.
        self.list.look_at(upload, std::time::Instant::now());
        let Some(item) = self.list.get_mut(upload) else { return };
        let taken_back = item.taken_back;
        match end {
            End::Done(done) => {
                // Its row of the queue went with its row of the history.
                item.queue_id = None;
                let events = self.list.end_done(upload, done);
                self.tell(events);
                return;
            }
            End::Failed(failure) => {
                let events = self.list.end_failed(upload, failure);
                self.tell(events);
            }
            End::Cancelled if self.stop_by.is_some() && self.keep_unfinished => {
                item.live = None;
                item.set_stage(Stage::Interrupted);
            }
            End::Cancelled => self.end_cancelled(&[upload]).await,
        }
        if taken_back {
            self.remove(&[upload]).await;
        }
    }

    /// Tasks say how they ended; one that panicked could not.
    async fn task_ended(&mut self, ended: Result<(task::Id, End), JoinError>) {
        let (id, end) = match ended {
            Ok((id, end)) => (id, Ok(end)),
            Err(error) => (error.id(), Err(error)),
        };
        let Some(upload) = self.tasks.remove(&id) else { return };
        let error = match end {
            Ok(end) => return self.ended(upload, end).await,
            Err(error) => error,
        };
        let failure = Failure::new(Code::Internal, UploadReason::Mistake)
            .retryable()
            .because(&error);
        if let Some(queue_id) = self.list.get(upload).and_then(|item| item.queue_id) {
            let noted = failure.clone();
            self.workshop.store.ask(move |desk| desk.failed(queue_id, &noted)).await;
        }
        self.ended(upload, End::Failed(failure)).await;
    }

    fn give_turns(&mut self) {
        while self.stop_by.is_none()
            && let Some(seat) = self.seat()
            && let Some(turn) = self.list.take_turn()
        {
            self.start(turn, seat);
        }
    }

    /// A seat for whose turn it is, where there is one. A fixed number of uploads is that of all stores together.
    fn seat(&self) -> Option<Seat> {
        let destination = self.list.next_destination()?;
        let lines = &self.workshop.endpoints.lines;
        if let Some(jobs) = lines.fixed()
            && self.tasks.len() >= jobs + self.list.offline()
        {
            return None;
        }
        lines.of(destination).seat()
    }

    fn start(&mut self, turn: Turn, seat: Seat) {
        let (id, said, reports) = (turn.id, Arc::clone(&turn.said), self.reports.clone());
        // A queue that has ended needs no reports.
        let tell: upload::Tell = Box::new(move |told| match told {
            Told::Event(event) => drop(reports.send(Report::Event(event))),
            told => {
                if said.note(told, std::time::Instant::now()) {
                    drop(reports.send(Report::Said(id)));
                }
            }
        });
        let workshop = Arc::clone(&self.workshop);
        let handle = self.running.spawn(async move {
            let end = upload::run(turn, tell, workshop).await;
            // Free before the end is heard of: it gives the next its turn.
            drop(seat);
            end
        });
        self.tasks.insert(handle.id(), id);
    }

    /// When counters are to be read or a change is to be shown; `None` while nothing moves.
    fn next_look(&self) -> Option<Instant> {
        let look = (self.list.is_moving() || self.list.has_changed()).then(|| self.last_look + LOOK_EVERY);
        match (look, self.stop_by) {
            (Some(look), Some(stop)) => Some(look.min(stop)),
            (look, stop) => look.or(stop),
        }
    }

    fn look(&mut self) {
        self.last_look = Instant::now();
        self.list.look(self.last_look.into_std());
        self.workshop.endpoints.lines.look(self.last_look.into_std());
        self.publish();
    }

    fn publish(&mut self) {
        if let Some(snapshot) = self.list.snapshot() {
            self.outlet.snapshot.send_replace(snapshot);
            (self.outlet.wake)(Wake::Soon);
        }
    }

    /// Tells what has happened. Who hears that a batch begins or ends finds it so in the snapshot.
    pub(super) fn tell(&mut self, events: Vec<Event>) {
        let wake = if events.iter().all(is_one_of_many) {
            Wake::Soon
        } else {
            Wake::Now
        };
        self.tell_with(events, wake);
    }

    fn tell_with(&mut self, events: Vec<Event>, wake: Wake) {
        if events.is_empty() {
            return;
        }
        let is_seen_on_the_list = |event: &Event| {
            matches!(
                event,
                Event::BatchAdded { .. } | Event::UploadsAdopted { .. } | Event::BatchEnded { .. }
            )
        };
        if events.iter().any(is_seen_on_the_list) {
            self.publish();
        }
        for event in events {
            // Who does not listen is woken all the same, for the snapshot.
            let _unheard = self.outlet.events.send(event);
        }
        (self.outlet.wake)(wake);
    }

    fn has_stopped(&self) -> bool {
        self.stop_by.is_some_and(|by| {
            let is_idle = self.tasks.is_empty() && self.expanding.is_empty() && self.sweeps.is_empty();
            is_idle || Instant::now() >= by
        })
    }

    async fn close(mut self) {
        self.running.shutdown().await;
        self.errands.shutdown().await;
        self.sweeps.shutdown().await;
        let forget = !self.keep_unfinished;
        self.workshop.store.ask(move |desk| desk.close(forget)).await;
        self.publish();
        self.tell(vec![Event::Stopped]);
    }
}

/// Thousands of these may come in a second; when the last of them has, the batch ends.
fn is_one_of_many(event: &Event) -> bool {
    matches!(
        event,
        Event::UploadDone { .. } | Event::UploadFailed { .. } | Event::UploadCancelled { .. }
    )
}
