//! `dropslot doctor`: a small file all the way there and away again, one line a step, each failure with what to change.
//!
//! The way is the engine's own: what is told here is what an upload would meet.

mod environment;
mod findings;
mod trial;
mod unfinished;

use super::args::DoctorArgs;
use super::interrupt::Interrupt;
use super::problem::{Problem, Status, print_failure};
use super::put;
use crate::engine::failure::ObjectReason;
use crate::engine::{Command, Done, Engine, EngineConfig, Event, Failure, ObjectOf, Reason, UploadId, Whereabouts};
use crate::store::{Deletion, Destination, DestinationKind, Folders, UploadMethod};
use crate::transfer::{Access, Proof};
use findings::{Findings, Step};
use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::Arc;
use trial::Trial;

pub(super) async fn run(args: DoctorArgs) -> Result<Status, Problem> {
    let destination = super::destination::of_args(&args.destination)?;
    let mut interrupt = Interrupt::catch()?;
    let mut findings = Findings::new(args.json);
    findings.ok(Step::Destination, &environment::of_destination(&destination))?;
    match crate::aws::http_client() {
        Ok(_) => findings.ok(Step::Environment, &environment::of_process())?,
        Err(error) => {
            findings.failed(Step::Environment, &Failure::from(&error))?;
            return Ok(findings.status());
        }
    }
    let sandbox = put::sandbox_for(&destination.kind, true).await?;
    let engine = Engine::start(EngineConfig {
        folders: Folders::of_this_user(),
        jobs: Some(1),
        wake: Arc::new(|_| {}),
        adopt_interrupted: false,
        forget_done: false,
        sandbox,
        network_patience: std::time::Duration::ZERO,
    });
    let mut checkup = Checkup {
        engine,
        destination,
        findings,
    };
    let ended = tokio::select! {
        ended = checkup.examine(args.abort_unfinished) => Some(ended),
        () = interrupt.next() => None,
    };
    put::shut_down(checkup.engine, |failure| print_failure(None, &failure)).await;
    match ended {
        Some(ended) => ended.map(|()| checkup.findings.status()),
        None => Ok(Status::Interrupted),
    }
}

/// A destination on the table.
struct Checkup {
    engine: Engine,
    destination: Destination,
    findings: Findings,
}

impl Checkup {
    async fn examine(&mut self, abort_unfinished: bool) -> Result<(), Problem> {
        if !self.keys().await? {
            return Ok(());
        }
        if let DestinationKind::Ticket(ticket) = &self.destination.kind {
            return trial::ticket(ticket, &mut self.findings);
        }
        if let Some((upload, done)) = self.upload().await? {
            self.proof(done.proof)?;
            self.link(done.access, &done.url)?;
            self.deletion(upload, &done).await?;
        }
        self.unfinished(abort_unfinished).await
    }

    /// Whether a form can be asked for.
    async fn keys(&mut self) -> Result<bool, Problem> {
        if !self.destination.kind.is_signed_here() {
            let who = "forms are signed elsewhere: no keys are needed here";
            self.findings.skipped(Step::Keys, who)?;
            return Ok(true);
        }
        match self.locate().await? {
            Ok(whereabouts) => self.findings.ok(Step::Keys, &in_words(&whereabouts))?,
            Err(failure) => {
                self.findings.failed(Step::Keys, &failure)?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn locate(&mut self) -> Result<Result<Whereabouts, Box<Failure>>, Problem> {
        self.order(Command::Locate(Box::new(self.destination.clone())))?;
        self.until(|event| match event {
            Event::Located(located) => Break(located),
            other => Continue(other),
        })
        .await
    }

    /// How the file has travelled; what the store has answered to a form is known by now.
    async fn way(&mut self) -> Result<&'static str, Problem> {
        if !self.destination.kind.is_signed_here() {
            return Ok("as its signer says");
        }
        Ok(match self.destination.method {
            UploadMethod::Parts => "in parts",
            UploadMethod::Put => "by PUT",
            UploadMethod::Post => "by POST",
            UploadMethod::Auto => match self.locate().await? {
                Ok(whereabouts) if whereabouts.takes_no_forms => "by PUT, for this store takes no forms (POST)",
                _ => "by POST",
            },
        })
    }

    async fn upload(&mut self) -> Result<Option<(UploadId, Arc<Done>)>, Problem> {
        let trial = Trial::new()?;
        let batch = Engine::new_batch();
        self.order(Command::Add(trial.request(batch, &self.destination)))?;
        match trial::follow(&mut self.engine, batch, &mut self.findings).await? {
            Ok((upload, done)) => {
                let attempts = match done.attempts {
                    1 => String::new(),
                    attempts => format!(", {attempts} attempts"),
                };
                let took = done.duration.as_secs_f64();
                let way = self.way().await?;
                let told = format!("{} bytes {way} in {took:.1} s{attempts}", done.size_bytes);
                self.findings.ok(Step::Upload, &told)?;
                Ok(Some((upload, done)))
            }
            Err(()) => Ok(None),
        }
    }

    fn proof(&mut self, proof: Proof) -> Result<(), Problem> {
        match proof {
            Proof::None => self.findings.note(
                Step::Proof,
                "the store names neither a checksum nor the size: nothing could be compared",
                "Ask for s3:GetObject, so that at least the size can be seen",
            ),
            proof => self.findings.ok(
                Step::Proof,
                &format!("what is stored is what was sent, by {}", proof.name()),
            ),
        }
    }

    fn link(&mut self, access: Access, url: &str) -> Result<(), Problem> {
        let findings = &mut self.findings;
        match access {
            Access::Public => findings.ok(Step::Link, &format!("opens for anybody: {url}")),
            Access::Private => findings.note(
                Step::Link,
                &format!("is private: {url}"),
                "Where links are to open for anybody, ask for a bucket policy that allows s3:GetObject to all",
            ),
            Access::Unknown => findings.note(
                Step::Link,
                &format!("could not be looked at: {url}"),
                "Open it in a browser",
            ),
        }
    }

    /// What could not be deleted is told by its place, and stays in the history.
    async fn deletion(&mut self, upload: UploadId, done: &Done) -> Result<(), Problem> {
        let place = format!("{}/{}", done.bucket, done.object_key);
        if !self.destination.kind.is_signed_here() {
            let told = format!("only who signs for it can delete it: {place} stays");
            return self.findings.skipped(Step::Deletion, &told);
        }
        self.order(Command::DeleteObject(ObjectOf::Upload(upload)))?;
        let deletion = self.until(|event| match event {
            Event::ObjectDeleted { deletion, .. } => Break(deletion),
            other => Continue(other),
        });
        match deletion.await? {
            Ok(deletion) => {
                self.history_change().await?;
                self.forget(&done.object_key).await?;
                self.deleted(deletion, &place)
            }
            Err(failure) if may_stay(&failure) => {
                let text = failure.english();
                let told = format!("{}: {place} stays", text.what);
                self.findings.note(Step::Deletion, &told, &text.hint)
            }
            Err(failure) => self.findings.failed(Step::Deletion, &failure),
        }
    }

    fn deleted(&mut self, deletion: Deletion, place: &str) -> Result<(), Problem> {
        if deletion.versions_remain {
            let told = format!("the bucket keeps versions: one of {place} stays behind its delete marker");
            return self
                .findings
                .note(Step::Deletion, &told, "A lifecycle rule can expire old versions");
        }
        self.findings.ok(Step::Deletion, &format!("{place} is gone again"))
    }

    /// A trial is no upload that anybody looks for.
    async fn forget(&mut self, object_key: &str) -> Result<(), Problem> {
        self.order(Command::FindHistory {
            question: 1,
            text: object_key.to_owned(),
        })?;
        let found = self.until(|event| match event {
            Event::HistoryFound { found, .. } => Break(found),
            other => Continue(other),
        });
        let ids: Vec<i64> = found
            .await?
            .map(|found| found.stamps.iter().map(|stamp| stamp.id).collect())
            .unwrap_or_default();
        if ids.is_empty() {
            return Ok(());
        }
        self.order(Command::Forget(ids))?;
        self.history_change().await
    }

    async fn history_change(&mut self) -> Result<(), Problem> {
        self.until(|event| match event {
            Event::HistoryChanged => Break(()),
            other => Continue(other),
        })
        .await
    }

    fn order(&self, command: Command) -> Result<(), Problem> {
        self.engine.send(command).map_err(put::engine_gone)
    }

    /// The first event that is looked for; what comes before it and has a step of its own is told.
    async fn until<T>(&mut self, wanted: impl Fn(Event) -> ControlFlow<T, Event>) -> Result<T, Problem> {
        loop {
            let event = self.engine.events.recv().await;
            let event = event.ok_or_else(|| put::engine_gone(crate::engine::EngineGone))?;
            match wanted(event) {
                Break(found) => return Ok(found),
                Continue(Event::Trouble(failure)) => self.findings.failed(Step::Store, &failure)?,
                Continue(_) => {}
            }
        }
    }
}

/// An upload needs no permission to delete: that it is missing is no fault.
fn may_stay(failure: &Failure) -> bool {
    use ObjectReason::{DeletionDenied, Locked, StoreDeletesNothing};
    matches!(
        failure.reason,
        Reason::Object(DeletionDenied { .. } | Locked | StoreDeletesNothing)
    )
}

/// `AKIA… of profile "work", until 2026-11-29 20:14; signs for eu-west-1 at https://media-assets.s3.eu-west-1.amazonaws.com/`
fn in_words(whereabouts: &Whereabouts) -> String {
    let Whereabouts {
        profile,
        access_key_id,
        expires_at,
        region,
        url,
        takes_no_forms,
    } = whereabouts;
    let profile = profile.as_ref().map(|profile| format!(" of profile {profile:?}"));
    let ends = expires_at.and_then(|at| jiff::Timestamp::try_from(at).ok());
    let ends = ends.map(|at| {
        let at = at.to_zoned_datetime(jiff::tz::TimeZone::system());
        format!(", until {}", at.strftime("%Y-%m-%d %H:%M"))
    });
    let (profile, ends) = (profile.unwrap_or_default(), ends.unwrap_or_default());
    let forms = if *takes_no_forms { ", which takes no forms" } else { "" };
    format!("{access_key_id}{profile}{ends}; signs for {region} at {url}{forms}")
}
