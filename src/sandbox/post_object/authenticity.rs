//! Whether the form was signed with the sandbox's keys. `SigV4` only.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html>

use super::form::Fields;
use crate::s3::{Credentials, signature};
use crate::sandbox::REGION;
use crate::sandbox::answer::Refusal;
use http::StatusCode;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use subtle::ConstantTimeEq;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// `x-amz-credential`, taken apart.
struct Credential<'a> {
    access_key_id: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
}

/// Refuses a form that was not signed with `credentials` for this region.
pub(super) fn verify(fields: &Fields, credentials: &Credentials) -> Result<(), Refusal> {
    // Nobody may write without a signature.
    let policy = fields
        .get("policy")
        .ok_or_else(|| Refusal::access_denied("Access Denied"))?;
    if fields.get("awsaccesskeyid").is_some() {
        let message = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
        return Err(Refusal::invalid_request(message));
    }
    if required(fields, "x-amz-algorithm", "X-Amz-Algorithm")? != ALGORITHM {
        return Err(Refusal::invalid_argument(
            "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"",
        ));
    }
    let credential = parse_credential(required(fields, "x-amz-credential", "X-Amz-Credential")?)?;
    let date = required(fields, "x-amz-date", "X-Amz-Date")?;
    let signature = required(fields, "x-amz-signature", "X-Amz-Signature")?;

    if credential.access_key_id != credentials.access_key_id() {
        let message = "The AWS Access Key Id you provided does not exist in our records.";
        return Err(Refusal::new(StatusCode::FORBIDDEN, "InvalidAccessKeyId", message));
    }
    check_scope(&credential, date)?;
    if fields.get("x-amz-security-token").is_some() {
        // The sandbox's keys are not temporary.
        let message = "The provided token is malformed or otherwise invalid.";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "InvalidToken", message));
    }
    let expected = signature::sign_policy(policy, credentials, REGION, parse_date(date)?);
    if bool::from(expected.as_bytes().ct_eq(signature.as_bytes())) {
        return Ok(());
    }
    let message = "The request signature we calculated does not match the signature you provided. Check your key and \
                   signing method.";
    Err(Refusal::new(StatusCode::FORBIDDEN, "SignatureDoesNotMatch", message))
}

fn required<'a>(fields: &'a Fields, name: &str, shown: &str) -> Result<&'a str, Refusal> {
    fields.get(name).ok_or_else(|| {
        Refusal::invalid_argument(format!(
            "Bucket POST must contain a field named '{shown}'.  If it is specified, please check the order of the fields."
        ))
    })
}

fn parse_credential(text: &str) -> Result<Credential<'_>, Refusal> {
    // From the right: an access key id of another store may hold slashes.
    let mut parts = text.rsplitn(5, '/');
    let mut part = || parts.next().filter(|part| !part.is_empty());
    match (part(), part(), part(), part(), part()) {
        (Some("aws4_request"), Some(service), Some(region), Some(date), Some(access_key_id)) => Ok(Credential {
            access_key_id,
            date,
            region,
            service,
        }),
        _ => Err(malformed_credential(
            "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
        )),
    }
}

fn check_scope(credential: &Credential<'_>, date: &str) -> Result<(), Refusal> {
    if credential.region != REGION {
        let message = format!("the region '{}' is wrong; expecting '{REGION}'", credential.region);
        return Err(malformed_credential(&message).with_detail("Region", REGION));
    }
    if credential.service != "s3" {
        let message = format!(
            "incorrect service \"{}\". This endpoint belongs to \"s3\".",
            credential.service
        );
        return Err(malformed_credential(&message));
    }
    if !date.starts_with(credential.date) || credential.date.len() != "YYYYMMDD".len() {
        let message = format!(
            "incorrect date \"{}\". Expected the date of X-Amz-Date.",
            credential.date
        );
        return Err(malformed_credential(&message));
    }
    Ok(())
}

fn malformed_credential(message: &str) -> Refusal {
    Refusal::invalid_argument(format!("Error parsing the X-Amz-Credential parameter; {message}"))
        .with_detail("ArgumentName", "X-Amz-Credential")
}

/// `20151229T000000Z`.
fn parse_date(text: &str) -> Result<jiff::Timestamp, Refusal> {
    DateTime::strptime("%Y%m%dT%H%M%SZ", text)
        .and_then(|civil| TimeZone::UTC.to_timestamp(civil))
        .map_err(|_cause| {
            Refusal::invalid_argument("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
        })
}
