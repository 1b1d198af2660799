//! What to do about a refusal: the table, in one place.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use super::S3Error;

/// What an error asks for.
///
/// ```
/// use dropslot::s3::{Remedy, answer};
///
/// let body = b"<Error><Code>AuthorizationHeaderMalformed</Code>\
///              <Message>the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message></Error>";
/// let error = answer::read(400, |_| None, body).unwrap_err();
/// assert_eq!(error.remedy(), Remedy::OtherRegion("eu-west-1".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Sign again for this region and send again.
    OtherRegion(String),
    /// The credentials ran out or changed: refresh once, sign and send again.
    RefreshCredentials,
    /// The clock differs: correct it by the answer's `Date`, sign and send again, once.
    CorrectClock,
    /// Passing: back off, sign, send again.
    Retry,
    /// Nothing that the program can change by itself.
    Tell,
}

impl S3Error {
    /// The table of what to do, in one place. The caller sees to it that each but [`Remedy::Retry`] is tried once: a
    /// region that S3 names twice helps no more than the first time.
    ///
    /// ```
    /// use dropslot::s3::{Remedy, S3Error};
    ///
    /// let refused = |code: &str| S3Error { status: 403, code: code.to_owned(), ..S3Error::default() };
    /// assert_eq!(refused("ExpiredToken").remedy(), Remedy::RefreshCredentials);
    /// assert_eq!(refused("AccessDenied").remedy(), Remedy::Tell);
    /// ```
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        if self.is_about_the_region() {
            return self.other_region();
        }
        match self.code.as_str() {
            "SignatureDoesNotMatch"
            | "InvalidAccessKeyId"
            | "InvalidToken"
            | "ExpiredToken"
            | "TokenRefreshRequired" => Remedy::RefreshCredentials,
            "RequestTimeTooSkewed" => Remedy::CorrectClock,
            "AccessDenied" if self.is_about_the_time() => Remedy::CorrectClock,
            "RequestTimeout"
            | "BadDigest"
            | "IncompleteBody"
            | "SlowDown"
            | "ServiceUnavailable"
            | "InternalError"
            | "OperationAborted"
            | "ConditionalRequestConflict" => Remedy::Retry,
            // The answer to what was done was cut short, or somebody between has spoken.
            _ if matches!(self.status, 200..=299) => Remedy::Retry,
            _ if matches!(self.status, 408 | 429 | 500 | 502 | 503 | 504) => Remedy::Retry,
            _ => Remedy::Tell,
        }
    }

    /// Whether S3 asks everybody to slow down, so that other uploads are to wait as well.
    ///
    /// ```
    /// # use dropslot::s3::S3Error;
    /// let error = S3Error { status: 503, code: "SlowDown".to_owned(), ..S3Error::default() };
    /// assert!(error.is_throttling());
    /// ```
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        let by_code = matches!(
            self.code.as_str(),
            "SlowDown" | "ServiceUnavailable" | "TooManyRequests" | "RequestLimitExceeded" | "ThrottlingException"
        );
        self.remedy() == Remedy::Retry && (by_code || matches!(self.status, 429 | 503) || self.retry_after.is_some())
    }

    /// Whether the wire or S3 took too long, as against a refusal.
    ///
    /// ```
    /// # use dropslot::s3::S3Error;
    /// let error = S3Error { status: 400, code: "RequestTimeout".to_owned(), ..S3Error::default() };
    /// assert!(error.is_timeout());
    /// ```
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.code == "RequestTimeout" || matches!(self.status, 408 | 504)
    }

    /// Whether the region or the endpoint was wrong. That S3 names the bucket's region is not enough: it does so in
    /// refusals of every kind.
    fn is_about_the_region(&self) -> bool {
        match self.code.as_str() {
            "PermanentRedirect" | "TemporaryRedirect" | "Redirect" | "IllegalLocationConstraintException" => true,
            "InvalidArgument"
            | "InvalidRequest"
            | "AuthorizationHeaderMalformed"
            | "AuthorizationQueryParametersError" => {
                self.message.contains("region") && self.message.contains("expecting")
            }
            _ => matches!(self.status, 301 | 307 | 308),
        }
    }

    fn other_region(&self) -> Remedy {
        match &self.region {
            Some(region) => Remedy::OtherRegion(region.clone()),
            // The name of a new bucket takes a while to be known everywhere.
            None if self.status == 307 => Remedy::Retry,
            None => Remedy::Tell,
        }
    }

    /// "Invalid according to Policy: Policy expired.", "Request has expired".
    fn is_about_the_time(&self) -> bool {
        let message = self.message.to_ascii_lowercase();
        message.contains("policy expired") || message.contains("request has expired")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, code: &str, message: &str) -> S3Error {
        S3Error {
            status,
            code: code.to_owned(),
            message: message.to_owned(),
            region: Some("eu-west-1".to_owned()),
            ..S3Error::default()
        }
    }

    #[test]
    fn every_line_of_the_table_has_its_remedy() {
        let region = || Remedy::OtherRegion("eu-west-1".to_owned());
        for (status, code, message, remedy) in [
            (
                403,
                "AccessDenied",
                "Invalid according to Policy: Policy expired.",
                Remedy::CorrectClock,
            ),
            (
                403,
                "AccessDenied",
                "Invalid according to Policy: Extra input fields: acl",
                Remedy::Tell,
            ),
            (403, "AccessDenied", "Access Denied", Remedy::Tell),
            (403, "SignatureDoesNotMatch", "", Remedy::RefreshCredentials),
            (403, "InvalidAccessKeyId", "", Remedy::RefreshCredentials),
            (400, "InvalidToken", "", Remedy::RefreshCredentials),
            (400, "ExpiredToken", "", Remedy::RefreshCredentials),
            (
                400,
                "InvalidArgument",
                "the region 'A' is wrong; expecting 'eu-west-1'",
                region(),
            ),
            (400, "InvalidArgument", "Invalid storage class", Remedy::Tell),
            (
                400,
                "AuthorizationHeaderMalformed",
                "the region 'A' is wrong; expecting 'eu-west-1'",
                region(),
            ),
            (301, "PermanentRedirect", "", region()),
            (307, "TemporaryRedirect", "", region()),
            (400, "IllegalLocationConstraintException", "", region()),
            (400, "EntityTooLarge", "", Remedy::Tell),
            (400, "EntityTooSmall", "", Remedy::Tell),
            (400, "AccessControlListNotSupported", "", Remedy::Tell),
            (400, "MaxPostPreDataLengthExceeded", "", Remedy::Tell),
            (400, "MalformedPOSTRequest", "", Remedy::Tell),
            (400, "InvalidPolicyDocument", "", Remedy::Tell),
            (412, "PreconditionFailed", "", Remedy::Tell),
            (411, "MissingContentLength", "", Remedy::Tell),
            (404, "NoSuchBucket", "", Remedy::Tell),
            (400, "KeyTooLongError", "", Remedy::Tell),
            (400, "MetadataTooLarge", "", Remedy::Tell),
            (400, "InvalidStorageClass", "", Remedy::Tell),
            (403, "RequestTimeTooSkewed", "", Remedy::CorrectClock),
            (400, "RequestTimeout", "", Remedy::Retry),
            (400, "BadDigest", "", Remedy::Retry),
            (503, "SlowDown", "", Remedy::Retry),
            (503, "ServiceUnavailable", "", Remedy::Retry),
            (500, "InternalError", "", Remedy::Retry),
            (409, "OperationAborted", "", Remedy::Retry),
            (409, "ConditionalRequestConflict", "", Remedy::Retry),
            (201, "HTTP 201", "", Remedy::Retry),
            (502, "HTTP 502", "", Remedy::Retry),
            (504, "HTTP 504", "", Remedy::Retry),
            (501, "NotImplemented", "", Remedy::Tell),
            (413, "HTTP 413", "", Remedy::Tell),
        ] {
            assert_eq!(
                error(status, code, message).remedy(),
                remedy,
                "{status} {code} {message}"
            );
        }
    }
}
