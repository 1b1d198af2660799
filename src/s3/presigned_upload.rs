//! What somebody else has signed: a form, or a PUT.

use super::presigned_post::{FILE_NAME_VARIABLE, with_file_name};
use super::target_url::{bucket_on_shared_host, host_and_port};
use super::{Condition, Limits, ObjectKey, PresignedPost, PresignedPut, Refusal, policy_check};
use jiff::Timestamp;
use url::Url;

/// One upload that may be made without keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PresignedUpload {
    /// A form.
    Post(PresignedPost),
    /// The bytes alone.
    Put(PresignedPut),
}

impl PresignedUpload {
    /// Where it goes; of a PUT with its signature.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Post(post) => &post.url,
            Self::Put(put) => &put.url,
        }
    }

    /// The host that it goes to, as people read it: `bucket.s3.eu-west-1.amazonaws.com`, `127.0.0.1:9000`. Where anybody's
    /// bucket may be behind it, with the bucket: `s3.eu-west-1.amazonaws.com/bucket`.
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
    #[must_use]
    pub fn bucket(&self) -> Option<String> {
        match self {
            Self::Post(post) => post.bucket(),
            Self::Put(put) => put.bucket(),
        }
    }

    /// The key that a file of this name gets; where the form leaves it out, one that its policy takes.
    #[must_use]
    pub fn object_key(&self, file_name: &str) -> Option<String> {
        match self {
            Self::Post(post) => key_pattern(post).map(|key| with_file_name(&key, file_name)),
            Self::Put(put) => put.object_key(),
        }
    }

    /// Where the object answers: a form's URL and the key below it, a PUT's URL without its query.
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
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        match self {
            Self::Post(post) => post.field("Content-Type"),
            Self::Put(put) => put.header("Content-Type"),
        }
    }

    /// The ACL that was signed.
    #[must_use]
    pub fn acl(&self) -> Option<&str> {
        match self {
            Self::Post(post) => post.field("acl"),
            Self::Put(put) => put.header("x-amz-acl"),
        }
    }

    /// What its owner allows, as far as it can be read.
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
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use crate::s3::{BucketAddress, Credentials, PostRequest};
    use std::time::Duration;

    fn form(conditions: &[Condition], fields: &[(String, String)]) -> PresignedUpload {
        let post = PostRequest {
            address: &BucketAddress::new("media", "eu-west-1", None).unwrap(),
            object_key: "in/${filename}",
            fields,
            conditions,
            expires_in: Duration::from_hours(1),
        }
        .sign(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), now());
        PresignedUpload::Post(post)
    }

    fn now() -> Timestamp {
        "2026-11-24T09:30:15Z".parse().unwrap()
    }

    fn images() -> Condition {
        Condition::StartsWith {
            field: "Content-Type".to_owned(),
            prefix: "image/".to_owned(),
        }
    }

    #[test]
    fn a_form_says_where_the_object_will_be() {
        let form = form(&[], &[]);
        assert_eq!(form.host().as_deref(), Some("media.s3.eu-west-1.amazonaws.com"));
        assert_eq!(form.bucket().as_deref(), Some("media"));
        assert_eq!(form.object_key("a 1.png").as_deref(), Some("in/a 1.png"));
        assert_eq!(
            form.object_url("a 1.png").as_deref(),
            Some("https://media.s3.eu-west-1.amazonaws.com/in/a%201.png")
        );
    }

    #[test]
    fn a_host_that_serves_anybodys_buckets_is_told_with_the_bucket() {
        for (url, host) in [
            (
                "https://media.s3.eu-west-1.amazonaws.com/a?x",
                "media.s3.eu-west-1.amazonaws.com",
            ),
            (
                "https://s3.eu-west-1.amazonaws.com/my.media/a?x",
                "s3.eu-west-1.amazonaws.com/my.media",
            ),
            (
                "https://s3.us-west-004.backblazeb2.com/media/a",
                "s3.us-west-004.backblazeb2.com/media",
            ),
            ("https://storage.googleapis.com/media/a", "storage.googleapis.com/media"),
            ("https://media.storage.googleapis.com/a", "media.storage.googleapis.com"),
            ("https://s3.example.com/media/a", "s3.example.com"),
            ("http://127.0.0.1:9000/media/a", "127.0.0.1:9000"),
        ] {
            let headers = Vec::new();
            let url = url.to_owned();
            let put = PresignedUpload::Put(PresignedPut { url, headers });
            assert_eq!(put.host().as_deref(), Some(host));
        }
    }

    #[test]
    fn what_the_owner_left_open_is_filled_in_and_then_meets_the_policy() {
        let conditions = [images(), Condition::exact("acl", "private")];
        let open = form(&conditions, &[]);
        assert!(open.check(1, "a.png", now()).is_err(), "as it came");
        let fitted = open.clone().fitted("image/png").unwrap();
        assert_eq!(fitted.content_type(), Some("image/png"));
        assert_eq!(fitted.acl(), Some("private"));
        assert!(fitted.check(1, "a.png", now()).is_ok());
        assert_eq!(
            open.fitted("text/plain"),
            Err(Refusal::ContentType {
                content_type: "text/plain".to_owned(),
                allowed: "image/".to_owned()
            })
        );
    }

    #[test]
    fn of_a_beginning_and_a_whole_value_the_whole_one_is_filled_in() {
        let conditions = [images(), Condition::exact("content-type", "image/gif")];
        let fitted = form(&conditions, &[]).fitted("image/png").unwrap();
        assert_eq!(fitted.content_type(), Some("image/gif"));
        assert!(fitted.check(1, "a.gif", now()).is_ok());
    }

    #[test]
    fn an_empty_type_is_filled_in_and_an_empty_beginning_takes_any() {
        let any = Condition::StartsWith {
            field: "Content-Type".to_owned(),
            prefix: String::new(),
        };
        let form = form(&[any], &[("content-type".to_owned(), String::new())]);
        assert_eq!(form.limits().content_type, None);
        let fitted = form.fitted("text/plain").unwrap();
        assert_eq!(fitted.content_type(), Some("text/plain"));
        assert!(fitted.check(1, "a.txt", now()).is_ok());
    }

    #[test]
    fn a_form_without_its_key_takes_the_files_name_where_any_key_will_do() {
        let PresignedUpload::Post(mut post) = form(&[], &[]) else {
            unreachable!()
        };
        for (key, object_key) in [("", "in/a.png"), ("in/b.png", "in/b.png")] {
            post.set_field("key", key);
            let open = PresignedUpload::Post(post.clone());
            assert_eq!(open.object_key("a.png").as_deref(), Some(object_key), "as it came");
            let fitted = PresignedUpload::Post(post.clone()).fitted("image/png").unwrap();
            assert_eq!(fitted.object_key("a.png").as_deref(), Some(object_key));
            assert!(fitted.check(1, "a.png", now()).is_ok());
        }
    }

    #[test]
    fn a_policy_adds_no_file_of_its_own() {
        let PresignedUpload::Post(post) = form(&[Condition::exact("File", "x")], &[]).fitted("image/png").unwrap()
        else {
            unreachable!()
        };
        assert_eq!(post.field("file"), None);
    }

    #[test]
    fn a_form_that_s3_would_not_read_is_not_filled_in() {
        let fields = [("x-amz-meta-a".to_owned(), "a".repeat(30_000))];
        assert!(matches!(
            form(&[], &fields).fitted("image/png"),
            Err(Refusal::FormTooLarge { .. })
        ));
    }

    #[test]
    fn what_the_owner_has_written_stays() {
        let fields = [("Content-Type".to_owned(), "image/gif".to_owned())];
        let form = form(&[images()], &fields);
        assert_eq!(form.clone().fitted("text/plain"), Ok(form));
    }
}
