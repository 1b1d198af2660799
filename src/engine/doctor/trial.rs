//! The file that is sent, and what its upload tells on the way.

use super::{Checkup, CheckupNews, Finding, Remark, Signed, State, Step, Tell};
use crate::engine::failure::{FileReason, UploadReason};
use crate::engine::upload::Told;
use crate::engine::{Code, Event, Failure, Stage, UploadId};
use crate::s3::{KeyTemplate, ObjectKey, PresignedUpload};
use crate::store::{Destination, ExistsPolicy, QueuedFile, Ticket};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

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
    pub(super) async fn new() -> Result<Self, Failure> {
        let written = tokio::task::spawn_blocking(Self::write).await;
        let written = written.unwrap_or_else(|panic| Err(std::io::Error::other(panic)));
        written.map_err(|error| Failure::new(Code::Store, FileReason::NoTrial).because(&error))
    }

    fn write() -> std::io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("dropslot-doctor-").tempdir()?;
        let name = folder.path().file_name().unwrap_or_default().to_string_lossy();
        let path = folder.path().join(format!("{name}.txt"));
        std::fs::write(&path, "dropslot doctor was here\n")?;
        Ok(Self { path, _folder: folder })
    }

    /// By the destination's own options, but never over something that is there: so that a form may be sent, which takes no
    /// condition, also the template must see to that.
    pub(super) fn file(&self, destination: &Destination) -> QueuedFile {
        let mut destination = destination.clone();
        destination.if_exists = ExistsPolicy::Unique;
        destination.key_template = unique(&destination.key_template);
        QueuedFile {
            path: self.path.clone(),
            dir: String::new(),
            destination: Arc::new(destination),
        }
    }
}

impl Checkup {
    /// No upload of the list has such an id: those count upwards from the other end.
    pub(super) fn upload_id(id: u64) -> UploadId {
        UploadId(u64::MAX - id)
    }
}

/// The template itself, or one that gives another key each time and begins as every key of it does: more may not be allowed.
fn unique(template: &str) -> String {
    if KeyTemplate::parse(template).is_ok_and(|parsed| parsed.is_unique()) {
        return template.to_owned();
    }
    let Some(word) = first_word(template) else {
        return format!("{template}-{{rand}}");
    };
    let segment = template.rfind('/').map_or(0, |slash| slash + 1);
    let (before, after) = template.split_at(word.max(segment));
    format!("{before}{{rand}}-{after}")
}

/// Where the text before it ends; two braces write one.
fn first_word(template: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = template.get(from..)?;
        let brace = from + rest.find('{')?;
        if !template.get(brace..)?.starts_with("{{") {
            return Some(brace);
        }
        from = brace + 2;
    }
}

/// A form for one file is not spent on a trial; but whether its time has run out can be told.
pub(super) fn of_ticket(ticket: &Ticket) -> Finding {
    let expires = ticket.upload.as_ref().and_then(|upload| upload.limits().expiration);
    let left = expires.map(|at| at.duration_since(jiff::Timestamp::now()).as_secs());
    match left {
        Some(left) if left <= 0 => {
            let ago_secs = left.unsigned_abs();
            let over = Failure::new(Code::FormExpired, UploadReason::TicketExpired { ago_secs });
            Finding::new(Step::Upload, State::Failed, over)
        }
        left => {
            let minutes_left = left.map(|secs| secs / 60);
            Finding::new(Step::Upload, State::Skipped, Remark::NotSpent { minutes_left })
        }
    }
}

/// What the trial's upload has said so far.
pub(super) struct Journey {
    id: u64,
    tell: Tell,
    /// Forms are signed elsewhere.
    elsewhere: bool,
    /// Stops the upload.
    pub(super) cancel: CancellationToken,
    is_signed: AtomicBool,
    is_offline: AtomicBool,
    object_key: Mutex<Option<ObjectKey>>,
}

impl Journey {
    pub(super) fn new(id: u64, tell: Tell, elsewhere: bool) -> Self {
        Self {
            id,
            tell,
            elsewhere,
            cancel: CancellationToken::new(),
            is_signed: AtomicBool::new(false),
            is_offline: AtomicBool::new(false),
            object_key: Mutex::default(),
        }
    }

    pub(super) fn hear(&self, told: Told) {
        match told {
            Told::Signed(signed) => {
                let elsewhere = self.elsewhere;
                self.signed(Remark::Signed {
                    signed: *signed,
                    elsewhere,
                });
            }
            Told::ObjectKey(key) => {
                *self.object_key.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
            }
            // Nobody waits before a dialog for a network that has gone.
            Told::Stage(Stage::WaitingForNetwork) => {
                self.is_offline.store(true, Ordering::Relaxed);
                self.cancel.cancel();
            }
            Told::Event(event) => match *event {
                Event::HostTrusted { destination, host } => {
                    let function = destination.place().to_owned();
                    let trusted = Remark::HostTrusted { function, host };
                    self.say(CheckupNews::Found(Finding::new(Step::Host, State::Note, trusted)));
                }
                event => (self.tell)(event),
            },
            Told::Stage(_) | Told::Size(_) | Told::Resumed(_) | Told::Given { .. } | Told::Queued(_) => {}
        }
    }

    /// Only the first counts: what a store does not take is signed in another way.
    pub(super) fn signed(&self, remark: Remark) {
        if !self.is_signed.swap(true, Ordering::Relaxed) {
            self.say(CheckupNews::Found(Finding::new(Step::Signing, State::Ok, remark)));
            self.say(CheckupNews::Begins(Step::Upload));
        }
    }

    /// Where the upload has come to.
    pub(super) fn step(&self) -> Step {
        if self.is_signed.load(Ordering::Relaxed) {
            Step::Upload
        } else {
            Step::Signing
        }
    }

    pub(super) fn is_offline(&self) -> bool {
        self.is_offline.load(Ordering::Relaxed)
    }

    /// The key under which something may be stored.
    pub(super) fn begun_key(&self) -> Option<ObjectKey> {
        let is_signed = self.step() == Step::Upload;
        let key = self.object_key.lock().unwrap_or_else(PoisonError::into_inner);
        key.clone().filter(|_| is_signed)
    }

    fn say(&self, news: CheckupNews) {
        (self.tell)(Event::Checkup { id: self.id, news });
    }
}

impl Signed {
    /// By names alone: values are signatures, tokens, a policy. That a form is signed is said anyway, and where this name
    /// stands in what the program says, a test takes it for the value.
    pub(in crate::engine) fn of(upload: &PresignedUpload, now: jiff::Timestamp) -> Self {
        let expiration = upload.limits().expiration;
        let expires_in = expiration.and_then(|at| at.duration_since(now).try_into().ok());
        let is_told = |name: &&String| !name.eq_ignore_ascii_case("x-amz-signature");
        let names = |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name).filter(is_told).cloned().collect();
        match upload {
            PresignedUpload::Post(post) => Self::Form {
                fields: names(&post.fields),
                expires_in,
            },
            PresignedUpload::Put(put) => Self::Put {
                headers: names(&put.headers),
                expires_in,
            },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn a_trial_meets_nothing_and_stays_below_the_prefix() {
        assert_eq!(unique("{rand}/{name}"), "{rand}/{name}");
        assert_eq!(unique("{year}/shots/{name}"), "{year}/shots/{rand}-{name}");
        assert_eq!(unique("img-{name}"), "img-{rand}-{name}");
        assert_eq!(unique("{{a}}-{name}"), "{{a}}-{rand}-{name}");
        assert_eq!(unique("latest.txt"), "latest.txt-{rand}");
    }

    #[test]
    fn the_policy_that_is_printed_allows_the_trial() {
        for template in ["{name}", "img-{name}", "a/{{b}}/{year}", "latest.txt", "x/{dir}/{name}"] {
            let beginning = |template: &str| KeyTemplate::parse(template).unwrap().patterns().swap_remove(0);
            let (allowed, trial) = (beginning(template), beginning(&unique(template)));
            let allowed = allowed.trim_end_matches('*');
            assert!(trial.starts_with(allowed), "{template}: {allowed}, {trial}");
        }
    }
}
