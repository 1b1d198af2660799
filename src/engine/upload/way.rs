//! Which way a file goes: a form, a PUT, or parts; and what is done where the store or another object is in that way.

use super::{Plan, Upload};
use crate::engine::failure::FileReason;
use crate::engine::{Code, Failure, naming};
use crate::s3::parts::part_bytes;
use crate::s3::policy_check::MAX_POST_BYTES;
use crate::s3::{KeyTemplate, Refusal};
use crate::signer::PresignedKind;
use crate::store::{ExistsPolicy, UploadMethod};
use crate::transfer::PostError;

/// How a file travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// In one request.
    Presigned(PresignedKind),
    /// In parts of so many bytes.
    Parts { part_bytes: u64 },
}

impl Upload {
    /// The destination's way, or what suits the file and the store.
    pub(super) fn way(&self, plan: &Plan) -> Result<Way, Failure> {
        let size_bytes = plan.source.size_bytes;
        if !plan.endpoint.signer.is_local() {
            return one_request(PresignedKind::Post, size_bytes);
        }
        let (in_parts, as_put) = match self.turn.file.destination.method {
            UploadMethod::Post => (false, false),
            UploadMethod::Put => (false, true),
            UploadMethod::Parts => (true, false),
            UploadMethod::Auto if size_bytes > MAX_POST_BYTES => (true, false),
            // A form says what a header cannot.
            UploadMethod::Auto if !self.fits_headers(plan) => (false, false),
            UploadMethod::Auto => (
                size_bytes > UploadMethod::PARTS_FROM_BYTES,
                plan.endpoint.takes_no_forms() || self.must_meet_nothing(),
            ),
        };
        match (in_parts, as_put) {
            (true, _) => parts_of(size_bytes),
            (false, true) => one_request(self.put(plan), size_bytes),
            (false, false) => one_request(PresignedKind::Post, size_bytes),
        }
    }

    fn fits_headers(&self, plan: &Plan) -> bool {
        let options = &self.turn.file.destination.options;
        options.headers(&plan.content_type).is_ok()
    }

    /// The key could be another's, and must not overwrite: between a look and a form somebody may put an object there. S3
    /// takes a condition for that with a PUT, and none with a form.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html>
    fn must_meet_nothing(&self) -> bool {
        !self.draws_its_key() && self.turn.file.destination.if_exists != ExistsPolicy::Replace
    }

    /// The key is drawn at random: nobody else comes by it.
    pub(super) fn draws_its_key(&self) -> bool {
        let template = KeyTemplate::parse(&self.turn.file.destination.key_template);
        template.is_ok_and(|template| template.is_unique())
    }

    fn put(&self, plan: &Plan) -> PresignedKind {
        PresignedKind::Put {
            if_none_match: self.is_conditional(plan),
        }
    }

    /// Whether S3 is told to store the object only where none is.
    pub(super) fn is_conditional(&self, plan: &Plan) -> bool {
        self.turn.file.destination.if_exists != ExistsPolicy::Replace && plan.endpoint.knows_conditions()
    }

    /// Another way after a store has said that it does not know this one.
    pub(super) fn other_kind(&self, plan: &Plan, kind: PresignedKind, error: &PostError) -> Option<PresignedKind> {
        let PostError::S3 { error } = error else { return None };
        match kind {
            PresignedKind::Post
                if matches!(error.status, 405 | 501)
                    && plan.endpoint.signer.is_local()
                    && self.turn.file.destination.method == UploadMethod::Auto
                    && self.fits_headers(plan)
                    && plan.endpoint.refuses_forms(&self.workshop.store) =>
            {
                Some(self.put(plan))
            }
            PresignedKind::Put { if_none_match: true } if error.status == 501 => {
                plan.endpoint.refuses_conditions();
                Some(kind.without_condition())
            }
            _ => None,
        }
    }

    /// The key is another object's by now: a new one, where that may be.
    pub(super) async fn take_another_key(&self, plan: &mut Plan) -> Result<(), Failure> {
        let policy = self.turn.file.destination.if_exists;
        if policy != ExistsPolicy::Unique {
            return Err(naming::exists(&plan.object_key, policy));
        }
        plan.object_key = naming::another(&plan.object_key, self.turn.id, &plan.endpoint, &self.client).await?;
        plan.is_ours = false;
        self.begin(&plan.object_key).await;
        Ok(())
    }
}

/// S3 has refused a condition: there is an object of this key.
pub(super) fn is_taken(error: &PostError) -> bool {
    matches!(error, PostError::S3 { error } if error.status == 412)
}

/// S3 may have the object although the attempt failed: its answer was lost, or cut short, or somebody between gave another.
pub(super) fn may_have_stored(error: &PostError) -> bool {
    match error {
        PostError::S3 { error } => error.status >= 500 || error.status < 300,
        PostError::Stalled { .. } | PostError::Broken { .. } => true,
        PostError::Connect { .. } | PostError::Source(_) | PostError::Cancelled => false,
    }
}

fn one_request(kind: PresignedKind, size_bytes: u64) -> Result<Way, Failure> {
    if size_bytes > MAX_POST_BYTES {
        let max_bytes = MAX_POST_BYTES;
        return Err(Failure::from(&Refusal::TooLarge { size_bytes, max_bytes }));
    }
    Ok(Way::Presigned(kind))
}

fn parts_of(size_bytes: u64) -> Result<Way, Failure> {
    let part_bytes = part_bytes(size_bytes);
    let part_bytes =
        part_bytes.ok_or_else(|| Failure::new(Code::TooLarge, FileReason::TooLargeForParts { size_bytes }))?;
    Ok(Way::Parts { part_bytes })
}
