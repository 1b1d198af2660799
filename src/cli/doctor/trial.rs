//! The file that is sent, and its way.

use super::findings::{Findings, Step};
use crate::cli::problem::Problem;
use crate::cli::put::engine_gone;
use crate::engine::failure::{TransferReason, UploadReason};
use crate::engine::{AddRequest, BatchId, Code, Command, Done, Engine, EngineGone, Event, Failure, UploadId};
use crate::s3::KeyTemplate;
use crate::store::{Destination, ExistsPolicy, Ticket};
use crate::transfer::ConnectKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// A few bytes with a name that meets no other.
pub(super) struct Trial {
    path: PathBuf,
    _folder: TempDir,
}

impl Trial {
    /// Written where temporary files are, and gone with this.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub(super) fn new() -> Result<Self, Problem> {
        let unwritten = |error: std::io::Error| Problem::of_system("A file to send could not be written", &error);
        let folder = tempfile::Builder::new()
            .prefix("dropslot-doctor-")
            .tempdir()
            .map_err(unwritten)?;
        let name = folder.path().file_name().unwrap_or_default().to_string_lossy();
        let path = folder.path().join(format!("{name}.txt"));
        std::fs::write(&path, "dropslot doctor was here\n").map_err(unwritten)?;
        Ok(Self { path, _folder: folder })
    }

    /// By the destination's own options, but never over something that is there: so that a form may be sent, which takes no
    /// condition, also the template must see to that.
    pub(super) fn request(&self, batch: BatchId, destination: &Destination) -> AddRequest {
        let mut destination = destination.clone();
        destination.if_exists = ExistsPolicy::Unique;
        destination.key_template = unique(&destination.key_template);
        AddRequest {
            batch,
            paths: vec![self.path.clone()],
            destination: Arc::new(destination),
            hold: Duration::ZERO,
            probe: true,
            limit_rate: None,
        }
    }
}

/// The template itself, or one that gives another key each time below the same prefix: more may not be allowed.
fn unique(template: &str) -> String {
    if KeyTemplate::parse(template).is_ok_and(|parsed| parsed.is_unique()) {
        return template.to_owned();
    }
    let (prefix, name) = template.split_at(template.rfind('/').map_or(0, |slash| slash + 1));
    format!("{prefix}{{rand}}-{name}")
}

/// To its end, which is told where it is none; a network that has gone is not waited for.
pub(super) async fn follow(
    engine: &mut Engine,
    batch: BatchId,
    findings: &mut Findings,
) -> Result<Result<(UploadId, Arc<Done>), ()>, Problem> {
    let mut end = Err(());
    loop {
        let event = tokio::select! {
            event = engine.events.recv() => event.ok_or_else(|| engine_gone(EngineGone))?,
            changed = engine.snapshot.changed() => {
                changed.map_err(|_closed| engine_gone(EngineGone))?;
                let snapshot = engine.snapshot.borrow_and_update().clone();
                if snapshot.totals.offline > 0 {
                    engine.send(Command::CancelAll).map_err(engine_gone)?;
                }
                continue;
            }
        };
        match event {
            Event::UploadDone { upload, done, .. } => end = Ok((upload, done)),
            Event::UploadFailed { failure, .. } => {
                let step = if failure.code == Code::ProofFailed {
                    Step::Proof
                } else {
                    Step::Upload
                };
                findings.failed(step, &failure)?;
            }
            Event::UploadCancelled { .. } => {
                findings.failed(
                    Step::Upload,
                    &Failure::new(Code::NoConnection, TransferReason::NoConnection(ConnectKind::Network)),
                )?;
            }
            Event::HostTrusted { destination, host } => {
                let told = format!(
                    "forms from {} go to {host}, and from now on to no other",
                    destination.place()
                );
                findings.note(Step::Host, &told, "")?;
            }
            Event::Trouble(failure) => findings.failed(Step::Store, &failure)?,
            Event::BatchEnded { batch: ended, .. } if ended == batch => return Ok(end),
            _ => {}
        }
    }
}

/// A form for one file is not spent on a trial; but whether its time has run out can be told.
pub(super) fn ticket(ticket: &Ticket, findings: &mut Findings) -> Result<(), Problem> {
    let expires = ticket.upload.as_ref().and_then(|upload| upload.limits().expiration);
    let left = expires.map(|at| at.duration_since(jiff::Timestamp::now()).as_secs());
    match left {
        Some(left) if left <= 0 => {
            let ago_secs = left.unsigned_abs();
            findings.failed(
                Step::Upload,
                &Failure::new(Code::FormExpired, UploadReason::TicketExpired { ago_secs }),
            )
        }
        Some(left) => {
            let told = format!(
                "this form is not spent on a trial; it is valid for {} min more",
                left / 60
            );
            findings.skipped(Step::Upload, &told)
        }
        None => findings.skipped(Step::Upload, "this form is not spent on a trial"),
    }
}

#[cfg(test)]
mod tests {
    use super::unique;

    #[test]
    fn a_trial_meets_nothing_and_stays_below_the_prefix() {
        assert_eq!(unique("{rand}/{name}"), "{rand}/{name}");
        assert_eq!(unique("{year}/shots/{name}"), "{year}/shots/{rand}-{name}");
        assert_eq!(unique("latest.txt"), "{rand}-latest.txt");
    }
}
