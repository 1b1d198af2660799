//! The policy held against the form, as S3 does it: written apart from the client's own check, so that each tests the
//! other.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use super::form::Fields;
use crate::s3::policy_check::MAX_POST_BYTES;
use crate::s3::{Condition, PostPolicy};
use crate::sandbox::answer::Refusal;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use http::StatusCode;
use std::collections::HashSet;

/// Sizes of the file that the policy takes, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SizeRange {
    min_bytes: u64,
    max_bytes: u64,
}

impl SizeRange {
    /// Ends the stream with a refusal as soon as it is too long.
    pub(super) fn limit(
        self,
        stream: impl Stream<Item = Result<Bytes, Refusal>>,
    ) -> impl Stream<Item = Result<Bytes, Refusal>> {
        let mut bytes: u64 = 0;
        stream.map(move |block| {
            let block = block?;
            bytes += block.len() as u64;
            if bytes > self.max_bytes {
                Err(self.too_large(bytes))
            } else {
                Ok(block)
            }
        })
    }

    /// Refuses a file that is too short.
    pub(super) fn check_min(self, size_bytes: u64) -> Result<(), Refusal> {
        if size_bytes >= self.min_bytes {
            return Ok(());
        }
        Err(Refusal::entity_too_small()
            .with_detail("ProposedSize", size_bytes.to_string())
            .with_detail("MinSizeAllowed", self.min_bytes.to_string()))
    }

    fn too_large(self, bytes: u64) -> Refusal {
        Refusal::entity_too_large()
            .with_detail("ProposedSize", bytes.to_string())
            .with_detail("MaxSizeAllowed", self.max_bytes.to_string())
    }
}

/// Refuses an expired policy, a condition that does not hold and a field that no condition covers.
pub(super) fn check(fields: &Fields, bucket: &str, now: jiff::Timestamp) -> Result<SizeRange, Refusal> {
    let policy = PostPolicy::from_base64(fields.get("policy").unwrap_or_default()).map_err(|error| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            "InvalidPolicyDocument",
            format!("Invalid Policy: {error}."),
        )
    })?;
    if now > policy.expiration {
        return Err(Refusal::access_denied("Invalid according to Policy: Policy expired."));
    }
    let mut covered = HashSet::new();
    let mut size_range = SizeRange {
        min_bytes: 0,
        max_bytes: MAX_POST_BYTES,
    };
    for condition in &policy.conditions {
        if let Condition::ContentLengthRange { min_bytes, max_bytes } = condition {
            size_range.min_bytes = size_range.min_bytes.max(*min_bytes);
            size_range.max_bytes = size_range.max_bytes.min(*max_bytes);
            continue;
        }
        let field = hold(condition, fields, bucket)?;
        covered.insert(field);
    }
    match fields
        .iter()
        .find(|(name, _)| !needs_no_condition(name) && !covered.contains(*name))
    {
        Some((name, _)) => Err(Refusal::access_denied(format!(
            "Invalid according to Policy: Extra input fields: {name}"
        ))),
        None => Ok(size_range),
    }
}

/// Names the field that the condition covers.
fn hold(condition: &Condition, fields: &Fields, bucket: &str) -> Result<String, Refusal> {
    let (operator, field, wanted) = match condition {
        Condition::Exact { field, value } => ("eq", field, value),
        Condition::StartsWith { field, prefix } => ("starts-with", field, prefix),
        Condition::ContentLengthRange { .. } => return Ok(String::new()),
    };
    let name = field.to_ascii_lowercase();
    let value = if name == "bucket" {
        Some(bucket)
    } else {
        fields.get(&name)
    };
    let holds = match (operator, value) {
        (_, None) => false,
        ("eq", Some(value)) => value == wanted,
        // A list of types is good where each of them is.
        (_, Some(value)) if name == "content-type" => value.split(',').all(|part| part.trim().starts_with(wanted)),
        (_, Some(value)) => value.starts_with(wanted),
    };
    if holds {
        return Ok(name);
    }
    let shown = serde_json::json!([operator, format!("${field}"), wanted]);
    let shown = shown.to_string().replace("\",\"", "\", \"");
    Err(Refusal::access_denied(format!(
        "Invalid according to Policy: Policy Condition failed: {shown}"
    )))
}

fn needs_no_condition(name: &str) -> bool {
    matches!(name, "policy" | "x-amz-signature") || name.starts_with("x-ignore-")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn check_with(conditions: Vec<Condition>, fields: &[(&str, &str)]) -> Result<SizeRange, Refusal> {
        let expiration = "2030-01-01T00:00:00Z".parse().unwrap();
        let policy = PostPolicy { expiration, conditions }.to_base64();
        let fields = [
            fields,
            &[
                ("policy", policy.as_str()),
                ("x-amz-signature", ""),
                ("x-ignore-me", ""),
            ],
        ]
        .concat();
        check(
            &Fields::from_pairs(&fields),
            "bucket",
            "2029-12-31T23:59:59Z".parse().unwrap(),
        )
    }

    fn starts_with(field: &str, prefix: &str) -> Condition {
        Condition::StartsWith {
            field: field.to_owned(),
            prefix: prefix.to_owned(),
        }
    }

    #[test]
    fn names_of_conditions_have_no_case() {
        assert!(
            check_with(
                vec![starts_with("Content-Type", "image/")],
                &[("content-type", "image/png")]
            )
            .is_ok()
        );
    }

    #[test]
    fn each_type_of_a_list_must_match() {
        let condition = vec![starts_with("content-type", "image/")];
        assert!(check_with(condition.clone(), &[("content-type", "image/png, image/gif")]).is_ok());
        assert!(check_with(condition, &[("content-type", "image/png, text/html")]).is_err());
    }

    #[test]
    fn of_two_size_ranges_both_count() {
        let range = |min_bytes, max_bytes| Condition::ContentLengthRange { min_bytes, max_bytes };
        let both = check_with(vec![range(1, 9), range(3, 20)], &[]).unwrap();
        assert_eq!(
            both,
            SizeRange {
                min_bytes: 3,
                max_bytes: 9
            }
        );
    }

    #[test]
    fn an_empty_prefix_takes_any_value_but_not_a_missing_field() {
        assert!(check_with(vec![starts_with("x-amz-meta-a", "")], &[("x-amz-meta-a", "")]).is_ok());
        assert!(check_with(vec![starts_with("x-amz-meta-a", "")], &[]).is_err());
    }
}
