//! What S3 says to a HEAD of an object: whether it is there, and what it is.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>

use super::answer::{Posted, S3Error, posted, s3_error};
use super::answer_xml::AnswerXml;

/// An object that is there.
///
/// ```
/// use dropslot::s3::head;
///
/// let header = |name: &str| (name == "content-length").then(|| "17".to_owned());
/// assert_eq!(head::read(200, header)?.map(|seen| seen.size_bytes), Some(17));
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its length.
    pub size_bytes: u64,
    /// What the answer to its upload would have said.
    pub answer: Posted,
}

/// Reads the answer to a HEAD with `x-amz-checksum-mode: ENABLED`; `None`: there is no such object.
///
/// # Errors
/// [`S3Error`] for everything else, 403 for one: without the permission to list S3 does not say what is not there.
///
/// ```
/// use dropslot::s3::head;
///
/// assert_eq!(head::read(404, |_| None), Ok(None));
/// assert!(head::read(403, |_| None).is_err(), "S3 does not say whether it is there");
/// ```
pub fn read(status: u16, header: impl Fn(&str) -> Option<String>) -> Result<Option<Seen>, S3Error> {
    let none = AnswerXml::default();
    let length = header("content-length").and_then(|length| length.trim().parse().ok());
    match (status, length) {
        (200, Some(size_bytes)) => Ok(Some(Seen {
            size_bytes,
            answer: posted(&header, &none),
        })),
        (404, _) => Ok(None),
        _ => Err(s3_error(status, &header, &none)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_there_or_not_or_nobody_says() {
        let header = |name: &str| match name {
            "content-length" => Some("9".to_owned()),
            "etag" => Some("\"25f9e794323b453885f5181f1b624d0b\"".to_owned()),
            "x-amz-checksum-crc64nvme" => Some("rosUhgp5mIg=".to_owned()),
            _ => None,
        };
        let seen = read(200, header).ok().flatten();
        assert_eq!(seen.as_ref().map(|seen| seen.size_bytes), Some(9));
        assert_eq!(
            seen.and_then(|seen| seen.answer.crc64nvme).as_deref(),
            Some("rosUhgp5mIg=")
        );
        assert_eq!(read(404, header), Ok(None));
        assert_eq!(read(403, header).map_err(|error| error.status), Err(403));
        assert!(
            read(200, |_| None).is_err(),
            "a length that is not said is not that of the object"
        );
    }
}
