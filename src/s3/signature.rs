//! `SigV4` for a POST policy: the string to sign is the base64 text of the policy itself.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html>

use aws_credential_types::Credentials;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use std::time::UNIX_EPOCH;

/// `20151229/us-east-1/s3/aws4_request`.
///
/// ```
/// use dropslot::s3::signature::credential_scope;
///
/// let now = "2015-12-29T00:00:00Z".parse()?;
/// assert_eq!(credential_scope(now, "us-east-1"), "20151229/us-east-1/s3/aws4_request");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn credential_scope(now: jiff::Timestamp, region: &str) -> String {
    format!("{}/{region}/s3/aws4_request", now.strftime("%Y%m%d"))
}

/// `20151229T000000Z`.
///
/// ```
/// use dropslot::s3::signature::amz_date;
///
/// assert_eq!(amz_date("2015-12-29T00:00:00Z".parse()?), "20151229T000000Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn amz_date(now: jiff::Timestamp) -> String {
    now.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The signature, 64 lower-case hexadecimal digits.
///
/// ```
/// use dropslot::s3::signature::sign_policy;
/// use dropslot::s3::Credentials;
///
/// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
/// let now = "2015-12-29T00:00:00Z".parse()?;
/// let signature = sign_policy("eyJleHBpcmF0aW9uIjoi…", &credentials, "us-east-1", now);
/// assert_eq!(signature.len(), 64);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn sign_policy(policy_base64: &str, credentials: &Credentials, region: &str, now: jiff::Timestamp) -> String {
    // Nobody signs outside the years that the SDK can tell.
    let time = now.try_into().unwrap_or(UNIX_EPOCH);
    let signing_key = generate_signing_key(credentials.secret_access_key(), time, region, "s3");
    calculate_signature(signing_key, policy_base64.as_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn scope_and_date_are_written_in_utc() {
        let now = "2015-12-29T23:59:59.9+00:00".parse().unwrap();
        assert_eq!(credential_scope(now, "us-east-1"), "20151229/us-east-1/s3/aws4_request");
        assert_eq!(amz_date(now), "20151229T235959Z");
    }
}
