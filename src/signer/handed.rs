//! Forms that were not signed here: from a ticket, or from a function.

use super::{LambdaSigner, SignRequest, Signed, SignerError};
use crate::aws::buckets::ClockAhead;
use crate::s3::presigned_post::{FILE_NAME_VARIABLE, with_file_name};
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

    pub(super) async fn sign(&self, request: &SignRequest<'_>) -> Result<Signed, SignerError> {
        let mut reply = match &self.0.source {
            Source::Ticket(form) => form.clone(),
            Source::Lambda(function) => function.reply(request).await?,
        };
        reply.upload = reply.upload.fitted(request.content_type)?;
        if matches!(self.0.source, Source::Ticket(_)) {
            take_name_found_free(&mut reply.upload, request);
        }
        let host = reply.upload.host();
        if let Some(region) = self.learned().region
            && let PresignedUpload::Post(post) = &mut reply.upload
            && let Some(url) = aws_url_in_region(&post.url, &region)
        {
            post.url = url;
        }
        let signed = Signed::of_reply(reply, request.file_name)?;
        Ok(Signed { host, ..signed })
    }

    /// A form of AWS that went to the endpoint of another region is good at the right one, too: boto3 writes the global
    /// endpoint, which redirects what is sent to a new bucket. False where a ticket would go where it went before.
    pub(super) fn correct_region(&self, region: &str) -> bool {
        let goes_elsewhere = match &self.0.source {
            Source::Ticket(ticket) => match &ticket.upload {
                PresignedUpload::Post(post) => self.is_news(&post.url, region),
                // The host is signed.
                PresignedUpload::Put(_) => false,
            },
            Source::Lambda(_) => true,
        };
        self.learn(|learned| learned.region = Some(region.to_owned()));
        goes_elsewhere
    }

    fn is_news(&self, url: &str, region: &str) -> bool {
        let known = self.learned().region;
        let now = known.and_then(|known| aws_url_in_region(url, &known));
        let there = aws_url_in_region(url, region);
        there.is_some_and(|there| now.as_deref().unwrap_or(url) != there)
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
        && with_file_name(key, request.file_name) != asked_for
    {
        post.set_field("key", asked_for);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use crate::s3::{Credentials, ObjectKey, PostRequest, PresignedPut, UploadOptions};
    use jiff::Timestamp;
    use std::time::Duration;

    const GLOBAL: &str = "https://media.s3.amazonaws.com/";
    const REGIONAL: &str = "https://media.s3.ap-southeast-5.amazonaws.com/";

    fn ticket(url: &str, object_key: &str) -> VendorReply {
        let mut post = PostRequest {
            address: &crate::s3::BucketAddress::new("media", "eu-west-1", None).unwrap(),
            object_key,
            fields: &[],
            conditions: &[],
            expires_in: Duration::from_hours(1),
        }
        .sign(
            &Credentials::from_keys("AKIDEXAMPLE", "secret", None),
            Timestamp::UNIX_EPOCH,
        );
        url.clone_into(&mut post.url);
        VendorReply {
            upload: PresignedUpload::Post(post),
            public_url: None,
        }
    }

    async fn signed(signer: &HandedSigner, object_key: &str) -> Signed {
        let request = SignRequest {
            object_key: &ObjectKey::new(object_key).unwrap(),
            file_name: "a.png",
            content_type: "image/png",
            size_bytes: 1,
            kind: crate::signer::PresignedKind::Post,
            options: &UploadOptions::default(),
            now: Timestamp::UNIX_EPOCH,
        };
        signer.sign(&request).await.unwrap()
    }

    #[tokio::test]
    async fn a_ticket_of_aws_follows_its_bucket_into_a_region_once_and_stays_the_hosts_that_was_named() {
        let signer = HandedSigner::of_ticket(ticket(GLOBAL, "in/a.png"));
        assert_eq!(signed(&signer, "in/a.png").await.upload.url(), GLOBAL);
        assert!(signer.correct_region("ap-southeast-5"));
        let there = signed(&signer, "in/a.png").await;
        assert_eq!(there.upload.url(), REGIONAL);
        assert_eq!(there.url, format!("{REGIONAL}in/a.png"));
        assert_eq!(there.host.as_deref(), Some("media.s3.amazonaws.com"));
        assert!(!signer.correct_region("ap-southeast-5"), "it has been there");
    }

    #[tokio::test]
    async fn what_is_not_aws_or_is_signed_with_its_host_goes_nowhere_else() {
        let elsewhere = "https://media.s3.example.com/";
        let put = PresignedPut {
            url: format!("{GLOBAL}in/a.png?X-Amz-Signature=x"),
            headers: Vec::new(),
        };
        let put = VendorReply {
            upload: PresignedUpload::Put(put),
            public_url: None,
        };
        for form in [ticket(elsewhere, "in/a.png"), put] {
            let url = form.upload.url().to_owned();
            let signer = HandedSigner::of_ticket(form);
            assert!(!signer.correct_region("ap-southeast-5"), "{url}");
            assert_eq!(signed(&signer, "in/a.png").await.upload.url(), url);
        }
    }

    #[tokio::test]
    async fn a_ticket_for_any_name_takes_the_name_that_was_found_free() {
        let signer = HandedSigner::of_ticket(ticket(GLOBAL, "in/${filename}"));
        let first = signed(&signer, "in/a.png").await;
        assert_eq!(first.object_key.as_str(), "in/a.png");
        let PresignedUpload::Post(post) = &first.upload else {
            unreachable!()
        };
        assert_eq!(post.field("key"), Some("in/${filename}"));
        let second = signed(&signer, "in/a-7kq2x.png").await;
        assert_eq!(second.object_key.as_str(), "in/a-7kq2x.png");
        assert!(second.upload.check(1, "a.png", Timestamp::UNIX_EPOCH).is_ok());
    }

    #[tokio::test]
    async fn a_ticket_without_its_key_takes_any_name_that_its_policy_takes() {
        let mut open = ticket(GLOBAL, "in/${filename}");
        if let PresignedUpload::Post(post) = &mut open.upload {
            post.fields.retain(|(name, _)| name != "key");
        }
        let signer = HandedSigner::of_ticket(open);
        assert_eq!(signed(&signer, "in/a.png").await.object_key.as_str(), "in/a.png");
        assert_eq!(
            signed(&signer, "in/a-7kq2x.png").await.object_key.as_str(),
            "in/a-7kq2x.png"
        );
    }
}
