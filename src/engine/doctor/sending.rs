//! The trial sent, and what became of it: signed, stored, proven, its link looked at, deleted again.

use super::trial::{Journey, Trial};
use super::{Checkup, Examination, Remark, Sent, Step};
use crate::engine::endpoints::Endpoint;
use crate::engine::failure::{ObjectReason, TransferReason};
use crate::engine::list::Turn;
use crate::engine::objects::StoredObject;
use crate::engine::upload::{self, End};
use crate::engine::{Code, Done, Event, Failure, Reason, deletion};
use crate::s3::ObjectKey;
use crate::s3::partition::arn_partition;
use crate::store::{Destination, UploadMethod};
use crate::transfer::{Access, ConnectKind, Proof};
use std::sync::Arc;
use std::time::Duration;

/// How long an upload that is to stop may take to be through: so what it leaves is known.
const GRACE: Duration = Duration::from_secs(5);

impl Examination {
    /// `endpoint` is where keys of this machine sign.
    pub(super) async fn send(&mut self, endpoint: Option<&Endpoint>) {
        self.begin(Step::Signing);
        let trial = match Trial::new().await {
            Ok(trial) => trial,
            Err(failure) => return self.failed(Step::Signing, failure),
        };
        let file = trial.file(&self.destination);
        let journey = Arc::new(Journey::new(self.id, Arc::clone(&self.tell), endpoint.is_none()));
        if endpoint.is_some() && self.destination.method == UploadMethod::Parts {
            journey.signed(Remark::SignedEach);
        }
        let turn = Turn::of_trial(Checkup::upload_id(self.id), file, journey.cancel.clone());
        let ended = self.until_ended(turn, &journey).await;
        match ended {
            End::Done(done) => self.stored(&done, endpoint).await,
            End::Cancelled if journey.is_offline() => {
                let gone = TransferReason::NoConnection(ConnectKind::Network);
                self.failed(journey.step(), Failure::new(Code::NoConnection, gone));
            }
            End::Cancelled => {
                if let (Some(key), true) = (journey.begun_key(), endpoint.is_some()) {
                    self.take_away(key).await;
                }
            }
            End::Failed(failure) if failure.code == Code::ProofFailed => self.failed(Step::Proof, failure),
            End::Failed(failure) => self.failed(journey.step(), failure),
        }
    }

    async fn until_ended(&self, turn: Turn, journey: &Arc<Journey>) -> End {
        let listening = Arc::clone(journey);
        let tell: upload::Tell = Box::new(move |told| listening.hear(told));
        let running = upload::run(turn, tell, Arc::clone(&self.workshop));
        tokio::pin!(running);
        let stopped = async {
            self.stop.cancelled().await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            biased;
            ended = &mut running => return ended,
            () = stopped => journey.cancel.cancel(),
        }
        running.await
    }

    async fn stored(&mut self, done: &Done, endpoint: Option<&Endpoint>) {
        let sent = Remark::Sent {
            size_bytes: done.size_bytes,
            way: endpoint.map(|endpoint| way(&self.destination, endpoint)),
            took: done.duration,
            attempts: done.attempts,
        };
        self.ok(Step::Upload, sent);
        match done.proof {
            Proof::None => {
                let partition = arn_partition(self.region.as_deref().unwrap_or_default());
                let object = format!("arn:{partition}:s3:::{}/{}", done.bucket, done.object_key);
                self.note(Step::Proof, Remark::NotProven { object });
            }
            proof => self.ok(Step::Proof, Remark::Proven(proof)),
        }
        let url = done.url.clone();
        match done.access {
            Access::Public => self.ok(Step::Link, Remark::Public { url }),
            Access::Private => self.note(Step::Link, Remark::Private { url }),
            Access::Unknown => self.note(Step::Link, Remark::AccessUnknown { url }),
        }
        self.delete(done).await;
    }

    /// What could not be deleted is told by its place, and stays in the history.
    async fn delete(&mut self, done: &Done) {
        let place = format!("{}/{}", done.bucket, done.object_key);
        if !self.destination.kind.is_signed_here() {
            return self.skipped(Step::Deletion, Remark::DeletedElsewhere { place });
        }
        self.begin(Step::Deletion);
        let object_key = match ObjectKey::new(done.object_key.as_str()) {
            Ok(object_key) => object_key,
            Err(error) => return self.failed(Step::Deletion, Failure::from(&error)),
        };
        let object = StoredObject {
            destination: self.destination.clone(),
            bucket: done.bucket.clone(),
            object_key,
            url: done.url.clone(),
        };
        match deletion::delete_stored(&object, &self.workshop).await {
            Ok(deletion) => {
                self.forget(object).await;
                if deletion.versions_remain {
                    self.note(Step::Deletion, Remark::VersionRemains { place });
                } else {
                    self.ok(Step::Deletion, Remark::Deleted { place });
                }
            }
            Err(failure) if may_stay(&failure) => {
                let why = Box::new(failure);
                self.note(Step::Deletion, Remark::Stays { place, why });
            }
            Err(failure) => self.failed(Step::Deletion, failure),
        }
    }

    /// A trial is no upload that anybody looks for.
    async fn forget(&self, object: StoredObject) {
        let store = &self.workshop.store;
        store.ask(move |desk| desk.forget_object(&object)).await;
        (self.tell)(Event::HistoryChanged);
    }

    /// What an upload that was stopped may have stored: nobody is told any more.
    async fn take_away(&self, object_key: ObjectKey) {
        let object = StoredObject {
            destination: self.destination.clone(),
            bucket: self.destination.kind.place().to_owned(),
            object_key,
            url: String::new(),
        };
        if let Err(failure) = deletion::delete_stored(&object, &self.workshop).await {
            tracing::warn!(%failure, "a trial that was stopped may have stayed");
        }
    }
}

/// How the trial has travelled; what the store has answered to a form is known by now.
fn way(destination: &Destination, endpoint: &Endpoint) -> Sent {
    match destination.method {
        UploadMethod::Parts => Sent::Parts,
        UploadMethod::Put => Sent::Put,
        UploadMethod::Auto if endpoint.takes_no_forms() => Sent::PutForNoForms,
        UploadMethod::Auto | UploadMethod::Post => Sent::Post,
    }
}

/// An upload needs no permission to delete: that it is missing is no fault.
fn may_stay(failure: &Failure) -> bool {
    use ObjectReason::{Locked, StoreDeletesNothing};
    let cannot = matches!(failure.reason, Reason::Object(Locked | StoreDeletesNothing));
    cannot || failure.code == Code::AccessDenied
}
