//! `SigV4` for a POST policy: the string to sign is the base64 text of the policy itself.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html>

use aws_credential_types::Credentials;

/// `20151229/us-east-1/s3/aws4_request`.
#[must_use]
pub fn credential_scope(_now: jiff::Timestamp, _region: &str) -> String {
    todo!()
}

/// `20151229T000000Z`.
#[must_use]
pub fn amz_date(_now: jiff::Timestamp) -> String {
    todo!()
}

/// The signature, 64 lower-case hexadecimal digits.
#[must_use]
pub fn sign_policy(_policy_base64: &str, _credentials: &Credentials, _region: &str, _now: jiff::Timestamp) -> String {
    todo!()
}
