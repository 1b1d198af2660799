//! The least that IAM must allow for a bucket and the keys of a template: what a person asks the account's owner for.
//!
//! Source: what each operation needs,
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>, and what each action is on,
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>; for KMS
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>

use super::{KeyTemplate, UploadOptions, partition};
use serde_json::{Value, json};

/// What uploads to a bucket are to be allowed.
///
/// ```
/// use dropslot::s3::{IamPolicy, KeyTemplate, UploadOptions};
///
/// let policy = IamPolicy {
///     bucket: "media-assets",
///     region: Some("eu-west-1"),
///     key_template: &KeyTemplate::parse("shots/{year}/{name}")?,
///     options: &UploadOptions::default(),
///     in_parts: false,
///     looks_first: false,
/// };
/// let needed = &policy.document()["Statement"][0];
/// assert_eq!(needed["Action"], "s3:PutObject");
/// assert_eq!(needed["Resource"], "arn:aws:s3:::media-assets/shots/*");
/// assert!(policy.text().starts_with("{\n  \"Version\": \"2012-10-17\""));
/// # Ok::<(), dropslot::s3::KeyTemplateError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct IamPolicy<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// Its region, where it is known: it names the partition of the ARNs, and the S3 that may use a KMS key.
    pub region: Option<&'a str>,
    /// Where the keys come from: their literal beginning is all that is allowed.
    pub key_template: &'a KeyTemplate,
    /// What the objects are sent with.
    pub options: &'a UploadOptions,
    /// Files, or large ones, go by a parts upload.
    pub in_parts: bool,
    /// Whether a key is free is looked at before anything is sent.
    pub looks_first: bool,
}

impl IamPolicy<'_> {
    /// The policy's document. What uploads need comes first; what stands below `Sid`s that begin with `Optional` may be
    /// left out, and each `Sid` says what would be missed.
    ///
    /// ```
    /// # use dropslot::s3::{IamPolicy, KeyTemplate, UploadOptions};
    /// let policy = IamPolicy {
    ///     bucket: "media-assets",
    ///     region: None,
    ///     key_template: &KeyTemplate::parse("{rand}/{name}")?,
    ///     options: &UploadOptions::default(),
    ///     in_parts: true,
    ///     looks_first: false,
    /// };
    /// assert_eq!(policy.document()["Version"], "2012-10-17");
    /// # Ok::<(), dropslot::s3::KeyTemplateError>(())
    /// ```
    #[must_use]
    pub fn document(&self) -> Value {
        json!({"Version": "2012-10-17", "Statement": self.statements()})
    }

    /// The document as it is pasted into the console: indented.
    ///
    /// ```
    /// # use dropslot::s3::{IamPolicy, KeyTemplate, UploadOptions};
    /// let policy = IamPolicy {
    ///     bucket: "media-assets",
    ///     region: None,
    ///     key_template: &KeyTemplate::parse("{rand}/{name}")?,
    ///     options: &UploadOptions::default(),
    ///     in_parts: true,
    ///     looks_first: false,
    /// };
    /// assert!(policy.text().contains("s3:AbortMultipartUpload"));
    /// # Ok::<(), dropslot::s3::KeyTemplateError>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> String {
        format!("{:#}", self.document())
    }

    fn statements(&self) -> Vec<Value> {
        let (bucket, objects) = (Value::from(self.bucket_arn()), self.object_arns());
        let allowed = |sid: &str, actions: &[&str], resource: &Value| json!({"Sid": sid, "Effect": "Allow", "Action": one_or_many(actions), "Resource": resource});
        let mut statements = vec![allowed("UploadFiles", &["s3:PutObject"], &objects)];
        if is_set(self.options.acl.as_deref()) {
            statements.push(allowed("SetTheirAcl", &["s3:PutObjectAcl"], &objects));
        }
        if !self.options.tags.is_empty() {
            statements.push(allowed("SetTheirTags", &["s3:PutObjectTagging"], &objects));
        }
        let of_parts = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];
        if self.in_parts {
            statements.push(allowed("SendLargeFilesInParts", &of_parts, &objects));
        }
        statements.extend(self.encryption());
        let (read, list) = if self.looks_first {
            ("SeeWhetherAFileExists", "SeeThatNoFileExists")
        } else {
            ("OptionalTemporaryLinksAndProofBySize", "OptionalSeeThatNoFileExists")
        };
        statements.extend([
            allowed(read, &["s3:GetObject"], &objects),
            allowed(list, &["s3:ListBucket"], &bucket),
            allowed("OptionalDeleteFromS3", &["s3:DeleteObject"], &objects),
            allowed("OptionalChooseFromAllBuckets", &["s3:ListAllMyBuckets"], &json!("*")),
            allowed(
                "OptionalFindUnfinishedUploads",
                &["s3:ListBucketMultipartUploads"],
                &bucket,
            ),
        ]);
        if !self.in_parts {
            statements.push(allowed("OptionalDiscardUnfinishedUploads", &of_parts, &objects));
        }
        statements
    }

    /// A key of one's own wants permissions of its own; the one that AWS manages is open to all of its account.
    fn encryption(&self) -> Option<Value> {
        let key_id = self.options.kms_key_id.as_deref().filter(|key_id| !key_id.is_empty())?;
        // S3 reads parts that it has encrypted to put them together.
        let actions: &[&str] = if self.in_parts {
            &["kms:GenerateDataKey", "kms:Decrypt"]
        } else {
            &["kms:GenerateDataKey"]
        };
        let region = self.region.unwrap_or("*");
        let (resource, alias) = match key_id {
            arn if arn.starts_with("arn:") && !arn.contains(":alias/") => (arn.to_owned(), None),
            alias if alias.contains("alias/") => {
                let name = alias.split_once(":alias/").map(|(_, name)| format!("alias/{name}"));
                (
                    self.arn("kms", region, "*", "key/*"),
                    Some(name.unwrap_or(alias.to_owned())),
                )
            }
            key_id => (self.arn("kms", region, "*", &format!("key/{key_id}")), None),
        };
        let mut condition = serde_json::Map::new();
        if let Some(region) = self.region {
            let s3 = format!("s3.{region}.{}", partition::dns_suffix(region));
            condition.insert("StringEquals".to_owned(), json!({"kms:ViaService": s3}));
        }
        if let Some(alias) = alias {
            let any = json!({"kms:ResourceAliases": alias});
            condition.insert("ForAnyValue:StringEquals".to_owned(), any);
        }
        let mut statement = json!({
            "Sid": "EncryptByKms", "Effect": "Allow", "Action": one_or_many(actions), "Resource": resource,
        });
        if let (Some(statement), false) = (statement.as_object_mut(), condition.is_empty()) {
            statement.insert("Condition".to_owned(), condition.into());
        }
        Some(statement)
    }

    fn bucket_arn(&self) -> String {
        self.arn("s3", "", "", self.bucket)
    }

    fn object_arns(&self) -> Value {
        let bucket = self.bucket_arn();
        let patterns = self.key_template.patterns();
        let arns: Vec<String> = patterns.iter().map(|keys| format!("{bucket}/{keys}")).collect();
        one_or_many(&arns)
    }

    fn arn(&self, service: &str, region: &str, account: &str, resource: &str) -> String {
        let partition = partition::arn_partition(self.region.unwrap_or_default());
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

fn is_set(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty())
}

fn one_or_many<T: AsRef<str>>(texts: &[T]) -> Value {
    match texts {
        [one] => one.as_ref().into(),
        many => many.iter().map(AsRef::as_ref).collect(),
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;

    fn statements(template: &str, change: impl FnOnce(&mut IamPolicy<'_>, &mut UploadOptions)) -> Vec<Value> {
        let template = KeyTemplate::parse(template).unwrap();
        let plain = UploadOptions::default();
        let mut options = UploadOptions::default();
        let mut policy = IamPolicy {
            bucket: "media",
            region: Some("eu-west-1"),
            key_template: &template,
            options: &plain,
            in_parts: false,
            looks_first: false,
        };
        change(&mut policy, &mut options);
        let policy = IamPolicy {
            options: &options,
            ..policy
        };
        policy.statements()
    }

    fn sids(statements: &[Value]) -> Vec<&str> {
        let needed = statements.iter().map(|statement| statement["Sid"].as_str().unwrap());
        needed.filter(|sid| !sid.starts_with("Optional")).collect()
    }

    #[test]
    fn a_plain_upload_needs_one_action_on_the_keys_of_its_prefix() {
        let found = statements("shots/{year}/{name}", |_, _| {});
        assert_eq!(
            found[0],
            json!({"Sid": "UploadFiles", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::media/shots/*"})
        );
        assert_eq!(sids(&found), ["UploadFiles"]);
    }

    #[test]
    fn every_option_asks_for_what_it_needs() {
        let found = statements("{rand}/{name}", |policy, options| {
            policy.in_parts = true;
            policy.looks_first = true;
            options.acl = Some("public-read".to_owned());
            options.tags = vec![("team".to_owned(), "press".to_owned())];
            options.kms_key_id = Some("1234abcd-12ab-34cd-56ef-1234567890ab".to_owned());
        });
        assert_eq!(
            sids(&found),
            [
                "UploadFiles",
                "SetTheirAcl",
                "SetTheirTags",
                "SendLargeFilesInParts",
                "EncryptByKms",
                "SeeWhetherAFileExists",
                "SeeThatNoFileExists"
            ]
        );
        let kms = &found[4];
        assert_eq!(kms["Action"], json!(["kms:GenerateDataKey", "kms:Decrypt"]));
        assert_eq!(
            kms["Resource"],
            "arn:aws:kms:eu-west-1:*:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        );
        assert_eq!(
            kms["Condition"],
            json!({"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}})
        );
    }

    #[test]
    fn a_kms_key_is_named_by_its_arn_or_found_by_its_alias() {
        let kms = |key_id: &str| {
            let found = statements("{name}", |_, options| options.kms_key_id = Some(key_id.to_owned()));
            found
                .into_iter()
                .find(|statement| statement["Sid"] == "EncryptByKms")
                .unwrap()
        };
        let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234";
        assert_eq!(kms(arn)["Resource"], arn);
        for alias in ["alias/press", "arn:aws:kms:eu-west-1:111122223333:alias/press"] {
            let statement = kms(alias);
            assert_eq!(statement["Resource"], "arn:aws:kms:eu-west-1:*:key/*");
            let aliases = &statement["Condition"]["ForAnyValue:StringEquals"]["kms:ResourceAliases"];
            assert_eq!(aliases, "alias/press");
        }
    }

    #[test]
    fn the_partition_goes_by_the_region() {
        for (region, arn) in [
            (Some("cn-north-1"), "arn:aws-cn:s3:::media/*"),
            (Some("us-gov-west-1"), "arn:aws-us-gov:s3:::media/*"),
            (None, "arn:aws:s3:::media/*"),
        ] {
            let found = statements("{rand}/{name}", |policy, _| policy.region = region);
            assert_eq!(found[0]["Resource"], arn);
        }
    }

    /// IAM takes no other signs in a `Sid`, and each only once.
    #[test]
    fn a_sid_has_letters_and_digits_alone_and_stands_once() {
        let found = statements("{name}", |_, _| {});
        let mut sids: Vec<_> = found
            .iter()
            .map(|statement| statement["Sid"].as_str().unwrap())
            .collect();
        let is_fit = |sid: &&str| sid.bytes().all(|byte| byte.is_ascii_alphanumeric());
        assert!(sids.iter().all(is_fit), "{sids:?}");
        sids.sort_unstable();
        let count = sids.len();
        sids.dedup();
        assert_eq!(sids.len(), count);
    }
}
