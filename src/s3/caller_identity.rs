//! `GetCallerIdentity` of STS: what is asked, and whose keys they are.
//!
//! Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>; it needs no permission.

use super::S3Error;
use super::answer::s3_error;
use super::answer_xml::{AnswerXml, read_xml};

/// The form that is posted to STS, signed for the service `sts`; [`read`] reads the answer.
///
/// ```
/// assert!(dropslot::s3::caller_identity::REQUEST.starts_with("Action=GetCallerIdentity&"));
/// ```
pub const REQUEST: &str = "Action=GetCallerIdentity&Version=2011-06-15";

/// Whose keys sign.
///
/// ```
/// use dropslot::s3::caller_identity::{CallerIdentity, read};
///
/// let body = b"<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/Alice</Arn>\
///     <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
/// let CallerIdentity { account_id, .. } = read(200, |_| None, body)?;
/// assert_eq!(account_id, "123456789012");
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerIdentity {
    /// Twelve digits.
    pub account_id: String,
    /// Of the user, or of the role's session.
    pub arn: String,
}

/// Reads STS's answer.
///
/// ```
/// use dropslot::s3::caller_identity;
///
/// let body = b"<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/Alice</Arn>\
///     <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
/// let who = caller_identity::read(200, |_| None, body)?;
/// assert_eq!(who.arn, "arn:aws:iam::123456789012:user/Alice");
/// assert_eq!(who.account_id, "123456789012");
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
///
/// # Errors
/// [`S3Error`] in STS's words (`InvalidClientTokenId`, `ExpiredToken`, `SignatureDoesNotMatch`, …).
pub fn read(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<CallerIdentity, S3Error> {
    let xml = read_xml(&String::from_utf8_lossy(body));
    let result = xml.records("GetCallerIdentityResult").next();
    if let (200, Some(result)) = (status, result)
        && let (Some(account_id), Some(arn)) = (result.text("Account"), result.text("Arn"))
    {
        return Ok(CallerIdentity {
            account_id: account_id.trim().to_owned(),
            arn: arn.trim().to_owned(),
        });
    }
    let mut error = s3_error(status, &header, &AnswerXml::default());
    let said = xml.records("Error").next();
    if let Some(code) = said.and_then(|said| said.text("Code")) {
        code.trim().clone_into(&mut error.code);
        // Of a wrong signature STS repeats the request, which holds the session token.
        let message = said.and_then(|said| said.text("Message")).unwrap_or_default();
        let message = message.split(" The Canonical String").next().unwrap_or_default();
        message.trim().clone_into(&mut error.message);
    }
    error.request_id = xml.text("RequestId").map(str::to_owned).or(error.request_id);
    Err(error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    /// The answers of AWS's own page.
    #[test]
    fn account_and_arn_are_read_and_a_refusal_is_told_without_the_request() {
        let body = r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult>
            <Arn>arn:aws:iam::123456789012:user/Alice</Arn>
            <UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>
            <Account>123456789012</Account>
          </GetCallerIdentityResult>
          <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>
        </GetCallerIdentityResponse>"#;
        let who = read(200, |_| None, body.as_bytes()).unwrap();
        assert_eq!(who.account_id, "123456789012");
        assert_eq!(who.arn, "arn:aws:iam::123456789012:user/Alice");

        let refused = r"<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code>
            <Message>The request signature we calculated does not match. The Canonical String for this request should have been 'CANARY'</Message></Error>
            <RequestId>r-1</RequestId></ErrorResponse>";
        let error = read(403, |_| None, refused.as_bytes()).unwrap_err();
        assert_eq!((error.status, error.code.as_str()), (403, "SignatureDoesNotMatch"));
        assert_eq!(error.request_id.as_deref(), Some("r-1"));
        assert!(!error.message.contains("CANARY"), "{}", error.message);

        assert_eq!(read(502, |_| None, b"<html>").unwrap_err().code, "HTTP 502");
    }
}
