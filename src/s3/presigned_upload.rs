//! What somebody else has signed: a form, or a PUT.

use super::presigned_post::{FILE_NAME_VARIABLE, with_file_name};
use super::target_url::{bucket_on_shared_host, host_and_port};
use super::{Condition, Limits, ObjectKey, PresignedPost, PresignedPut, Refusal, policy_check};
use jiff::Timestamp;
use url::Url;

/// One upload that may be made without keys.
///
/// ```
/// use dropslot::s3::{PresignedUpload, VendorReply};
///
/// let reply = VendorReply::read(br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/",
///     "fields": {"key": "in/${filename}", "acl": "private", "Content-Type": "image/png"}}"#)?;
/// match reply.upload {
///     PresignedUpload::Post(post) => assert_eq!(post.fields.len(), 3),
///     PresignedUpload::Put(put) => panic!("no PUT was answered: {put:?}"),
/// }
/// # Ok::<(), dropslot::s3::VendorReplyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PresignedUpload {
    /// A form.
    Post(PresignedPost),
    /// The bytes alone.
    Put(PresignedPut),
}

impl PresignedUpload {
    /// Where it goes; of a PUT with its signature.
    ///
    /// ```
    /// # use dropslot::s3::VendorReply;
    /// let reply = VendorReply::read(br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/",
    ///     "fields": {"key": "in/${filename}", "acl": "private", "Content-Type": "image/png"}}"#)?;
    /// assert_eq!(reply.upload.url(), "https://media.s3.eu-west-1.amazonaws.com/");
    /// # Ok::<(), dropslot::s3::VendorReplyError>(())
    /// ```
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Post(post) => &post.url,
            Self::Put(put) => &put.url,
        }
    }

    /// The host that it goes to, as people read it: `bucket.s3.eu-west-1.amazonaws.com`, `127.0.0.1:9000`. Where anybody's
    /// bucket may be behind it, with the bucket: `s3.eu-west-1.amazonaws.com/bucket`.
    ///
    /// ```
    /// # use dropslot::s3::VendorReply;
    /// let reply = VendorReply::read(br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/",
    ///     "fields": {"key": "in/${filename}", "acl": "private", "Content-Type": "image/png"}}"#)?;
    /// assert_eq!(reply.upload.host().as_deref(), Some("media.s3.eu-west-1.amazonaws.com"));
    /// # Ok::<(), dropslot::s3::VendorReplyError>(())
    /// ```
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let url = Url::parse(self.url()).ok()?;
        let host = host_and_port(&url)?;
        let bucket = bucket_on_shared_host(&url).filter(|_| url.port().is_none());
        Some(match bucket {
            Some(bucket) => format!("{host}/{bucket}"),
            None => host,
        })
    }

    /// The bucket, where the policy or the URL names it.
    ///
    /// ```
    /// # use dropslot::s3::VendorReply;
    /// let reply = VendorReply::read(br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/",
    ///     "fields": {"key": "in/${filename}", "acl": "private", "Content-Type": "image/png"}}"#)?;
    /// assert_eq!(reply.upload.bucket().as_deref(), Some("media"));
    /// # Ok::<(), dropslot::s3::VendorReplyError>(())
    /// ```
    #[must_use]
    pub fn bucket(&self) -> Option<String> {
        match self {
            Self::Post(post) => post.bucket(),
            Self::Put(put) => put.bucket(),
        }
    }

    /// The key that a file of this name gets; where the form leaves it out, one that its policy takes.
    ///
    /// ```
    /// # use dropslot::s3::VendorReply;
    /// let reply = VendorReply::read(br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/",
    ///     "fields": {"key": "in/${filename}", "acl": "private", "Content-Type": "image/png"}}"#)?;
    /// assert_eq!(reply.upload.object_key("a 1.png").as_deref(), Some("in/a 1.png"));
    /// # Ok::<(), dropslot::s3::VendorReplyError>(())
    /// ```
    #[must_use]
    pub fn object_key(&self, file_name: &str) -> Option<String> {
        match self {
            Self::Post(post) => key_pattern(post).map(|key| with_file_name(&key, file_name)),
            Self::Put(put) => put.object_key(),
        }
    }

    /// Where the object answers: a form's URL and the key below it, a PUT's URL without its query.
    ///
    /// ```
    /// # use dropslot::s3::VendorReply;
    /// let reply = VendorReply::read(br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/",
    ///     "fields": {"key": "in/${filename}", "acl": "private", "Content-Type": "image/png"}}"#)?;
    /// let url = reply.upload.object_url("a 1.png");
    /// assert_eq!(url.as_deref(), Some("https://media.s3.eu-west-1.amazonaws.com/in/a%201.png"));
    /// # Ok::<(), dropslot::s3::VendorReplyError>(())
    /// ```
    #[must_use]
    pub fn object_url(&self, file_name: &str) -> Option<String> {
        let mut url = Url::parse(self.url()).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        match self {
            Self::Post(_) => {
                let object_key = ObjectKey::new(self.object_key(file_name)?).ok()?;
                let bucket = url.as_str().trim_end_matches('/');
                Some(format!("{bucket}/{}", object_key.to_url_path()))
            }
            Self::Put(_) => Some(url.into()),
        }
    }

    /// The type that the object gets, where it is part of what was signed or goes with it.
    ///
    /// ```
    /// # use dropslot::s3::VendorReply;
    /// let reply = VendorReply::read(br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/",
    ///     "fields": {"key": "in/${filename}", "acl": "private", "Content-Type": "image/png"}}"#)?;
    /// assert_eq!(reply.upload.content_type(), Some("image/png"));
    /// # Ok::<(), dropslot::s3::VendorReplyError>(())
    /// ```
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        match self {
            Self::Post(post) => post.field("Content-Type"),
            Self::Put(put) => put.header("Content-Type"),
        }
    }

    /// The ACL that was signed.
    ///
    /// ```
    /// # use dropslot::s3::VendorReply;
    /// let reply = VendorReply::read(br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/",
    ///     "fields": {"key": "in/${filename}", "acl": "private", "Content-Type": "image/png"}}"#)?;
    /// assert_eq!(reply.upload.acl(), Some("private"));
    /// # Ok::<(), dropslot::s3::VendorReplyError>(())
    /// ```
    #[must_use]
    pub fn acl(&self) -> Option<&str> {
        match self {
            Self::Post(post) => post.field("acl"),
            Self::Put(put) => put.header("x-amz-acl"),
        }
    }

    /// What its owner allows, as far as it can be read.
    ///
    /// ```
    /// use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, PresignedUpload};
    /// use std::time::Duration;
    ///
    /// let now = "2026-11-24T09:30:15Z".parse()?;
    /// let post = PostRequest {
    ///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
    ///     object_key: "in/${filename}",
    ///     fields: &[],
    ///     conditions: &[Condition::StartsWith { field: "Content-Type".into(), prefix: "image/".into() }],
    ///     expires_in: Duration::from_mins(10),
    /// }
    /// .sign(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), now);
    /// let upload = PresignedUpload::Post(post);
    /// assert_eq!(upload.limits().content_type.as_deref(), Some("image/"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn limits(&self) -> Limits {
        match self {
            Self::Post(post) => post
                .policy()
                .map(|policy| policy_check::limits(&policy))
                .unwrap_or_default(),
            Self::Put(put) => put.limits(),
        }
    }

    /// Holds it against a file of `size_bytes`, named `file_name`, at `now` (the server's clock where it is known).
    ///
    /// # Errors
    /// What S3 would refuse.
    ///
    /// ```
    /// use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, PresignedUpload, Refusal};
    /// use std::time::Duration;
    ///
    /// let now = "2026-11-24T09:30:15Z".parse()?;
    /// let post = PostRequest {
    ///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
    ///     object_key: "in/${filename}",
    ///     fields: &[],
    ///     conditions: &[Condition::StartsWith { field: "Content-Type".into(), prefix: "image/".into() }],
    ///     expires_in: Duration::from_mins(10),
    /// }
    /// .sign(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), now);
    /// let upload = PresignedUpload::Post(post);
    /// // The policy asks for a type, and the form as it came has none.
    /// let refused = upload.check(1000, "a.png", now);
    /// assert_eq!(refused, Err(Refusal::ConditionFailed { field: "Content-Type".into() }));
    /// assert!(upload.fitted("image/png")?.check(1000, "a.png", now).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self, size_bytes: u64, file_name: &str, now: Timestamp) -> Result<Limits, Refusal> {
        match self {
            Self::Post(post) => policy_check::check(post, size_bytes, file_name, now),
            Self::Put(put) => put.check(size_bytes, now),
        }
    }

    /// With what its owner leaves to whoever sends it: a field that a condition asks for and the form lacks, the type
    /// where the policy names only its beginning.
    ///
    /// # Errors
    /// [`Refusal::ContentType`] where the owner takes no files of this type.
    ///
    /// ```
    /// use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, PresignedUpload};
    /// use std::time::Duration;
    ///
    /// let now = "2026-11-24T09:30:15Z".parse()?;
    /// let post = PostRequest {
    ///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
    ///     object_key: "in/${filename}",
    ///     fields: &[],
    ///     conditions: &[Condition::StartsWith { field: "Content-Type".into(), prefix: "image/".into() }],
    ///     expires_in: Duration::from_mins(10),
    /// }
    /// .sign(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), now);
    /// let upload = PresignedUpload::Post(post);
    /// assert!(upload.clone().fitted("text/plain").is_err());
    /// assert_eq!(upload.fitted("image/png")?.content_type(), Some("image/png"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fitted(self, content_type: &str) -> Result<Self, Refusal> {
        match self {
            Self::Post(post) => fitted_post(post, content_type).map(Self::Post),
            Self::Put(put) => Ok(Self::Put(put.fitted(content_type))),
        }
    }
}

fn key_pattern(post: &PresignedPost) -> Option<String> {
    if let Some(key) = post.field("key").filter(|key| !key.is_empty()) {
        return Some(key.to_owned());
    }
    let conditions = post.policy().ok()?.conditions;
    let of_key = |condition: &Condition| match condition {
        Condition::Exact { field, value } if field.eq_ignore_ascii_case("key") => Some(value.clone()),
        Condition::StartsWith { field, prefix } if field.eq_ignore_ascii_case("key") => {
            Some(format!("{prefix}{FILE_NAME_VARIABLE}"))
        }
        _ => None,
    };
    conditions.iter().find_map(of_key)
}

/// Conditions that name a value come first: of a beginning and a whole value for one field, the whole one is meant.
fn fitted_post(mut post: PresignedPost, content_type: &str) -> Result<PresignedPost, Refusal> {
    // Before anything is done with all of a policy that S3 would not read.
    policy_check::refuse_large(&post, "")?;
    let conditions = post.policy().map(|policy| policy.conditions).unwrap_or_default();
    let (exact, open): (Vec<_>, Vec<_>) = conditions
        .into_iter()
        .partition(|condition| matches!(condition, Condition::Exact { .. }));
    for condition in exact.iter().chain(&open) {
        if let Some((field, value)) = left_open(condition, &post, content_type)? {
            post.set_field(&field, &value);
        }
    }
    Ok(post)
}

/// The field that a condition asks for, where the form has none.
fn left_open(
    condition: &Condition,
    post: &PresignedPost,
    content_type: &str,
) -> Result<Option<(String, String)>, Refusal> {
    // The bucket is the URL's, and the file is not the policy's to name.
    let is_elsewhere = |field: &str| ["bucket", "file"].iter().any(|name| name.eq_ignore_ascii_case(field));
    let is_open = |field: &str| post.field(field).is_none_or(str::is_empty) && !is_elsewhere(field);
    Ok(match condition {
        Condition::Exact { field, value } if is_open(field) => Some((field.clone(), value.clone())),
        Condition::StartsWith { field, prefix } if is_open(field) => {
            let value = match field.to_ascii_lowercase().as_str() {
                "content-type" if content_type.starts_with(prefix.as_str()) => content_type.to_owned(),
                "content-type" => {
                    return Err(Refusal::ContentType {
                        content_type: content_type.to_owned(),
                        allowed: prefix.clone(),
                    });
                }
                "key" => format!("{prefix}{FILE_NAME_VARIABLE}"),
                _ => prefix.clone(),
            };
            Some((field.clone(), value))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests;
