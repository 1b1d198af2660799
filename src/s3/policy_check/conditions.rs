//! Every field covered by a condition, and every condition met by its field.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>, "Condition matching"

use super::Refusal;
use crate::s3::presigned_post::with_file_name;
use crate::s3::target_url::bucket_in_aws_url;
use crate::s3::{Condition, PresignedPost};

/// Fields that need no condition: what signs the form (of `SigV4` and `SigV2`), and the file itself.
const NEVER_COVERED: [&str; 5] = ["policy", "x-amz-signature", "signature", "AWSAccessKeyId", "file"];
/// Fields that S3 reads over.
const IGNORED_PREFIX: &str = "x-ignore-";

/// Names count without regard to case, values with it.
pub(super) fn check(post: &PresignedPost, conditions: &[Condition], file_name: &str) -> Result<(), Refusal> {
    if let Some((field, _)) = post.fields.iter().find(|(name, _)| !is_covered(name, conditions)) {
        return Err(Refusal::ExtraField { field: field.clone() });
    }
    match conditions.iter().find(|condition| !is_met(condition, post, file_name)) {
        Some(condition) => Err(Refusal::ConditionFailed {
            field: condition.field().unwrap_or_default().to_owned(),
        }),
        None => Ok(()),
    }
}

fn is_covered(name: &str, conditions: &[Condition]) -> bool {
    let is_ignored = name
        .get(..IGNORED_PREFIX.len())
        .is_some_and(|beginning| beginning.eq_ignore_ascii_case(IGNORED_PREFIX));
    is_ignored
        || NEVER_COVERED.iter().any(|never| never.eq_ignore_ascii_case(name))
        || conditions
            .iter()
            .filter_map(Condition::field)
            .any(|field| field.eq_ignore_ascii_case(name))
}

fn is_met(condition: &Condition, post: &PresignedPost, file_name: &str) -> bool {
    let Some(field) = condition.field() else {
        // The size range has been held against the file already.
        return true;
    };
    let value = match post.field(field) {
        Some(value) => with_file_name(value, file_name),
        None if field.eq_ignore_ascii_case("bucket") => return is_bucket_met(condition, &post.url),
        None => return false,
    };
    match condition {
        Condition::Exact { value: exact, .. } => value == *exact,
        Condition::StartsWith { prefix, .. } if field.eq_ignore_ascii_case("content-type") => {
            // Read as a list, each of which must begin so.
            value
                .split(',')
                .all(|content_type| content_type.trim_start().starts_with(prefix.as_str()))
        }
        Condition::StartsWith { prefix, .. } => value.starts_with(prefix.as_str()),
        Condition::ContentLengthRange { .. } => true,
    }
}

/// A bucket that has no field is the URL's. A host of one's own may stand for any bucket: the store will tell.
fn is_bucket_met(condition: &Condition, url: &str) -> bool {
    let Some(in_url) = bucket_in_aws_url(url) else {
        return true;
    };
    match condition {
        Condition::Exact { value, .. } => in_url == *value,
        Condition::StartsWith { prefix, .. } => in_url.starts_with(prefix.as_str()),
        Condition::ContentLengthRange { .. } => true,
    }
}
