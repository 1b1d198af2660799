//! The presigned POST: `{url, fields}`, signed here or by somebody else.
//!
//! Fields and conditions stand in botocore's order: the caller's, `key`, `x-amz-algorithm`, `x-amz-credential`,
//! `x-amz-date`, (`x-amz-security-token`), `policy`, `x-amz-signature`.

use super::target_url::bucket_in_url;
use super::{BucketAddress, Condition, PolicyError, PostPolicy, python_json, signature};
use aws_credential_types::Credentials;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// What S3 replaces, in a form field, by the name of the file (sigv4-HTTPPOSTForms.html).
///
/// ```
/// use dropslot::s3::presigned_post::{FILE_NAME_VARIABLE, with_file_name};
///
/// let pattern = format!("in/{FILE_NAME_VARIABLE}");
/// assert_eq!(with_file_name(&pattern, "a.png"), "in/a.png");
/// ```
pub const FILE_NAME_VARIABLE: &str = "${filename}";

/// S3 puts the file's name, without its folders, in the variable's place.
///
/// ```
/// use dropslot::s3::presigned_post::with_file_name;
///
/// assert_eq!(with_file_name("in/${filename}", "folder/a.png"), "in/a.png");
/// ```
#[must_use]
pub fn with_file_name(value: &str, file_name: &str) -> String {
    let base_name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    value.replace(FILE_NAME_VARIABLE, base_name)
}

/// A signed form: where to send it, and the fields to send, in order.
///
/// `Debug` hides every value but `key`'s: they are as good as a password until they expire.
///
/// ```
/// use dropslot::s3::{BucketAddress, Credentials, PostRequest};
/// use std::time::Duration;
///
/// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
/// let post = PostRequest {
///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
///     object_key: "in/${filename}",
///     fields: &[],
///     conditions: &[],
///     expires_in: Duration::from_hours(1),
/// }
/// .sign(&credentials, "2026-11-24T09:30:15Z".parse()?);
/// assert_eq!(post.url, "https://media-assets.s3.eu-west-1.amazonaws.com/");
/// let names: Vec<&str> = post.fields.iter().map(|(name, _)| name.as_str()).collect();
/// assert_eq!(names, ["key", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "policy", "x-amz-signature"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PresignedPost {
    /// Where the form goes.
    pub url: String,
    /// Names and values, opaque, in the order to send.
    pub fields: Vec<(String, String)>,
}

/// What is to be signed.
///
/// ```
/// use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, UploadOptions};
///
/// let options = UploadOptions { cache_control: Some("max-age=60".into()), ..UploadOptions::default() };
/// let (fields, mut conditions) = options.fields_and_conditions("text/html")?;
/// conditions.push(Condition::ContentLengthRange { min_bytes: 1, max_bytes: 1 << 20 });
/// let post = PostRequest {
///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
///     object_key: "index.html",
///     fields: &fields,
///     conditions: &conditions,
///     expires_in: options.expires_in,
/// }
/// .sign(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), "2026-11-24T09:30:15Z".parse()?);
/// assert_eq!(post.field("Cache-Control"), Some("max-age=60"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct PostRequest<'a> {
    /// Where to.
    pub address: &'a BucketAddress,
    /// The exact key, or one that ends in `${filename}`.
    pub object_key: &'a str,
    /// The caller's fields, in order.
    pub fields: &'a [(String, String)],
    /// The caller's conditions, in order. Fields are *not* turned into conditions.
    pub conditions: &'a [Condition],
    /// How long the form is valid.
    pub expires_in: Duration,
}

impl PostRequest<'_> {
    /// Signs at `now`. Pure: the same inputs give the same form, byte for byte botocore's.
    ///
    /// ```
    /// use dropslot::s3::{BucketAddress, Credentials, PostRequest};
    /// use std::time::Duration;
    ///
    /// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
    /// let post = PostRequest {
    ///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
    ///     object_key: "in/${filename}",
    ///     fields: &[],
    ///     conditions: &[],
    ///     expires_in: Duration::from_hours(1),
    /// }
    /// .sign(&credentials, "2026-11-24T09:30:15Z".parse()?);
    /// assert_eq!(post.field("x-amz-credential"), Some("AKIDEXAMPLE/20261124/eu-west-1/s3/aws4_request"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sign(&self, credentials: &Credentials, now: Timestamp) -> PresignedPost {
        self.sign_spelled(credentials, now, PostPolicy::to_base64)
    }

    /// The form that the address's store reads: AWS gets [`Self::sign`]; of another endpoint the policy's JSON
    /// is plain UTF-8, for Ceph's reader does not know every `\uXXXX` that AWS documents.
    ///
    /// ```
    /// use dropslot::s3::{BucketAddress, Credentials, PostRequest};
    /// use std::time::Duration;
    ///
    /// let post = PostRequest {
    ///     address: &BucketAddress::new("media", "default", Some("https://ceph.example.com"))?,
    ///     object_key: "🙂.png",
    ///     fields: &[],
    ///     conditions: &[],
    ///     expires_in: Duration::from_hours(1),
    /// }
    /// .sign_for_store(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), "2026-11-24T09:30:15Z".parse()?);
    /// assert_eq!(post.url, "https://ceph.example.com/media");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sign_for_store(&self, credentials: &Credentials, now: Timestamp) -> PresignedPost {
        if self.address.endpoint_url().is_some() {
            self.sign_in_utf8(credentials, now)
        } else {
            self.sign(credentials, now)
        }
    }

    /// The same form with [`PostPolicy::to_utf8_base64`].
    fn sign_in_utf8(&self, credentials: &Credentials, now: Timestamp) -> PresignedPost {
        self.sign_spelled(credentials, now, PostPolicy::to_utf8_base64)
    }

    fn sign_spelled(
        &self,
        credentials: &Credentials,
        now: Timestamp,
        spell: impl Fn(&PostPolicy) -> String,
    ) -> PresignedPost {
        let signing_fields = signing_fields(credentials, self.address.region(), now);
        let policy = spell(&PostPolicy {
            expiration: expiration(now, self.expires_in),
            conditions: self.all_conditions(&signing_fields),
        });
        let signature = signature::sign_policy(&policy, credentials, self.address.region(), now);

        let mut fields = Vec::with_capacity(self.fields.len() + signing_fields.len() + 3);
        for (name, value) in self.fields {
            set_field(&mut fields, name, value.clone());
        }
        set_field(&mut fields, "key", self.object_key.to_owned());
        for (name, value) in signing_fields {
            set_field(&mut fields, name, value);
        }
        set_field(&mut fields, "policy", policy);
        set_field(&mut fields, "x-amz-signature", signature);
        PresignedPost {
            url: self.address.post_url(),
            fields,
        }
    }

    fn all_conditions(&self, signing_fields: &[(&'static str, String)]) -> Vec<Condition> {
        let key = match self.object_key.strip_suffix(FILE_NAME_VARIABLE) {
            Some(prefix) => Condition::StartsWith {
                field: "key".to_owned(),
                prefix: prefix.to_owned(),
            },
            None => Condition::exact("key", self.object_key),
        };
        let mut conditions = self.conditions.to_vec();
        conditions.push(Condition::exact("bucket", self.address.bucket()));
        conditions.push(key);
        conditions.extend(
            signing_fields
                .iter()
                .map(|(name, value)| Condition::exact(*name, value)),
        );
        conditions
    }
}

/// What says who signed, when, and for which region: each a field and a condition.
fn signing_fields(credentials: &Credentials, region: &str, now: Timestamp) -> Vec<(&'static str, String)> {
    let scope = signature::credential_scope(now, region);
    let mut fields = vec![
        ("x-amz-algorithm", "AWS4-HMAC-SHA256".to_owned()),
        ("x-amz-credential", format!("{}/{scope}", credentials.access_key_id())),
        ("x-amz-date", signature::amz_date(now)),
    ];
    if let Some(token) = credentials.session_token() {
        fields.push(("x-amz-security-token", token.to_owned()));
    }
    fields
}

fn expiration(now: Timestamp, expires_in: Duration) -> Timestamp {
    SignedDuration::try_from(expires_in)
        .ok()
        .and_then(|expires_in| now.checked_add(expires_in).ok())
        .unwrap_or(Timestamp::MAX)
}

/// As Python's `dict` does: a name that is there keeps its place and gets the new value.
fn set_field(fields: &mut Vec<(String, String)>, name: &str, value: String) {
    match fields.iter_mut().find(|(present, _)| present == name) {
        Some((_, present)) => *present = value,
        None => fields.push((name.to_owned(), value)),
    }
}

impl PresignedPost {
    /// `{"url": …, "fields": {…}}` as Python's `json.dumps` writes it, one line.
    ///
    /// ```
    /// use dropslot::s3::PresignedPost;
    ///
    /// let post = PresignedPost {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/".into(),
    ///     fields: vec![("key".into(), "é.png".into())],
    /// };
    /// assert_eq!(
    ///     post.to_json(),
    ///     r#"{"url": "https://media.s3.eu-west-1.amazonaws.com/", "fields": {"key": "\u00e9.png"}}"#
    /// );
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let fields: Map<String, Value> = self
            .fields
            .iter()
            .map(|(name, value)| (name.clone(), Value::String(value.clone())))
            .collect();
        python_json::to_string(&json!({"url": self.url, "fields": fields}))
    }

    /// A field's value by its name, whatever the case of its letters.
    ///
    /// ```
    /// # use dropslot::s3::PresignedPost;
    /// let post = PresignedPost {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/".into(),
    ///     fields: vec![("Key".into(), "a.png".into())],
    /// };
    /// assert_eq!(post.field("key"), Some("a.png"));
    /// assert_eq!(post.field("policy"), None);
    /// ```
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(present, _)| present.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Gives a field another value, whatever the case of its name; adds it where there is none.
    ///
    /// ```
    /// # use dropslot::s3::PresignedPost;
    /// let mut post = PresignedPost {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/".into(),
    ///     fields: vec![("Key".into(), "a.png".into())],
    /// };
    /// post.set_field("key", "b.png");
    /// assert_eq!(post.fields, [("Key".to_owned(), "b.png".to_owned())]);
    /// ```
    pub fn set_field(&mut self, name: &str, value: &str) {
        let present = self
            .fields
            .iter_mut()
            .find(|(present, _)| present.eq_ignore_ascii_case(name));
        match present {
            Some((_, present)) => value.clone_into(present),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
    }

    /// The decoded policy.
    ///
    /// # Errors
    /// See [`PolicyError`].
    ///
    /// ```
    /// use dropslot::s3::{BucketAddress, Credentials, PostRequest};
    /// use std::time::Duration;
    ///
    /// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
    /// let post = PostRequest {
    ///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
    ///     object_key: "in/${filename}",
    ///     fields: &[],
    ///     conditions: &[],
    ///     expires_in: Duration::from_hours(1),
    /// }
    /// .sign(&credentials, "2026-11-24T09:30:15Z".parse()?);
    /// assert_eq!(post.policy()?.expiration.to_string(), "2026-11-24T10:30:15Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn policy(&self) -> Result<PostPolicy, PolicyError> {
        let policy = self
            .field("policy")
            .ok_or(PolicyError::Unreadable("the form has none"))?;
        PostPolicy::from_base64(policy)
    }

    /// The bucket: from the policy's condition, else from the URL's path or host.
    ///
    /// ```
    /// # use dropslot::s3::PresignedPost;
    /// let post = PresignedPost {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/".into(),
    ///     fields: vec![("Key".into(), "a.png".into())],
    /// };
    /// assert_eq!(post.bucket().as_deref(), Some("media"));
    /// ```
    #[must_use]
    pub fn bucket(&self) -> Option<String> {
        let from_policy = self.policy().ok().and_then(|policy| {
            policy.conditions.into_iter().find_map(|condition| match condition {
                Condition::Exact { field, value } if field.eq_ignore_ascii_case("bucket") => Some(value),
                _ => None,
            })
        });
        from_policy.or_else(|| bucket_in_url(&self.url))
    }
}

impl std::fmt::Debug for PresignedPost {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PresignedPost")
            .field("key", &self.field("key"))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
