//! Forms that were not signed here: from a ticket, or from a function.

use super::{LambdaSigner, SignRequest, Signed, SignerError};
use crate::aws::buckets::ClockAhead;
use crate::s3::presigned_post::FILE_NAME_VARIABLE;
use crate::s3::{PresignedUpload, VendorReply, aws_url_in_region};
use std::sync::{Arc, Mutex, PoisonError};

/// Who hands forms out. Clones share what was learned.
#[derive(Clone, Debug)]
pub struct HandedSigner(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    source: Source,
    learned: Mutex<Learned>,
}

#[derive(Debug)]
enum Source {
    Ticket(VendorReply),
    Lambda(LambdaSigner),
}

/// What S3 has told. The lock is never held across an await.
#[derive(Clone, Debug, Default)]
struct Learned {
    region: Option<String>,
    clock_ahead: Option<ClockAhead>,
}

impl HandedSigner {
    /// One form, for as long as it is good.
    #[must_use]
    pub fn of_ticket(form: VendorReply) -> Self {
        Self::new(Source::Ticket(form))
    }

    /// A new form for every attempt.
    #[must_use]
    pub fn of_lambda(function: LambdaSigner) -> Self {
        Self::new(Source::Lambda(function))
    }

    fn new(source: Source) -> Self {
        Self(Arc::new(Inner {
            source,
            learned: Mutex::default(),
        }))
    }

    /// Whether asking again gives a new form.
    #[must_use]
    pub fn renews(&self) -> bool {
        match &self.0.source {
            Source::Ticket(_) => false,
            Source::Lambda(_) => true,
        }
    }

    #[allow(clippy::unused_async, reason = "functions are asked here")]
    pub(super) async fn sign(&self, request: &SignRequest<'_>) -> Result<Signed, SignerError> {
        let mut reply = match &self.0.source {
            Source::Ticket(form) => form.clone(),
            Source::Lambda(function) => function.reply(request).await?,
        };
        reply.upload = reply.upload.fitted(request.content_type)?;
        if matches!(self.0.source, Source::Ticket(_)) {
            take_name_found_free(&mut reply.upload, request);
        }
        if let Some(region) = self.learned().region
            && let PresignedUpload::Post(post) = &mut reply.upload
            && let Some(url) = aws_url_in_region(&post.url, &region)
        {
            post.url = url;
        }
        Signed::of_reply(reply, request.file_name)
    }

    /// A form of AWS that went to the endpoint of another region is good at the right one, too: boto3 writes the global
    /// endpoint, which redirects what is sent to a new bucket.
    pub(super) fn correct_region(&self, region: &str) {
        self.learn(|learned| learned.region = Some(region.to_owned()));
    }

    pub(super) fn note_clock(&self, clock_ahead: ClockAhead) {
        self.learn(|learned| learned.clock_ahead = Some(clock_ahead));
    }

    /// S3's clock less ours, else the function's.
    pub(super) fn clock_ahead(&self) -> Option<ClockAhead> {
        self.learned().clock_ahead.or_else(|| match &self.0.source {
            Source::Ticket(_) => None,
            Source::Lambda(function) => function.clock_ahead(),
        })
    }

    fn learned(&self) -> Learned {
        self.0.learned.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn learn(&self, change: impl FnOnce(&mut Learned)) {
        change(&mut self.0.learned.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// A ticket that takes any file's name takes the name that was found free, too.
fn take_name_found_free(form: &mut PresignedUpload, request: &SignRequest<'_>) {
    let asked_for = request.object_key.as_str();
    if let PresignedUpload::Post(post) = form
        && let Some(key) = post.field("key")
        && key.contains(FILE_NAME_VARIABLE)
        && key.replace(FILE_NAME_VARIABLE, request.file_name) != asked_for
    {
        post.set_field("key", asked_for);
    }
}
