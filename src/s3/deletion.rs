//! What S3 says to a DELETE of an object.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html>

use super::S3Error;
use super::answer::s3_error;
use super::answer_xml::read_xml;

/// The object is gone.
///
/// ```
/// use dropslot::s3::deletion;
///
/// let header = |name: &str| (name == "x-amz-delete-marker").then(|| "true".to_owned());
/// assert!(deletion::read(204, header, b"")?.versions_remain);
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Deleted {
    /// The bucket keeps versions: a delete marker now lies over them (`x-amz-delete-marker`).
    pub versions_remain: bool,
}

/// Reads an answer; see [`super::answer::read`]. That there was no such object is as good as a deletion.
///
/// # Errors
/// [`S3Error`] for everything else, a 404 that is not about the object included: it may be a wrong address that answers.
///
/// ```
/// use dropslot::s3::deletion;
///
/// assert!(deletion::read(204, |_| None, b"").is_ok());
/// assert!(deletion::read(403, |_| None, b"<Error><Code>AccessDenied</Code></Error>").is_err());
/// ```
pub fn read(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<Deleted, S3Error> {
    let deleted = Deleted {
        versions_remain: header("x-amz-delete-marker").is_some_and(|marker| marker.eq_ignore_ascii_case("true")),
    };
    let is_blank = body.trim_ascii().is_empty();
    if status == 204 || (status == 200 && is_blank) {
        return Ok(deleted);
    }
    let error = s3_error(status, &header, &read_xml(&String::from_utf8_lossy(body)));
    match error.code.as_str() {
        "NoSuchKey" | "NoSuchVersion" => Ok(deleted),
        _ => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, marker: Option<&str>, body: &str) -> Result<Deleted, S3Error> {
        let header = |name: &str| marker.filter(|_| name == "x-amz-delete-marker").map(str::to_owned);
        read(status, header, body.as_bytes())
    }

    #[test]
    fn gone_is_gone_whether_or_not_it_was_there() {
        let gone = |versions_remain| Ok(Deleted { versions_remain });
        assert_eq!(answer(204, None, ""), gone(false));
        assert_eq!(answer(204, Some("true"), ""), gone(true));
        assert_eq!(answer(204, Some("false"), ""), gone(false));
        assert_eq!(answer(200, None, ""), gone(false));
        assert_eq!(answer(404, None, "<Error><Code>NoSuchKey</Code></Error>"), gone(false));
    }

    #[test]
    fn an_answer_that_is_not_about_the_object_deletes_nothing() {
        for (status, body, code) in [
            (404, "", "HTTP 404"),
            (404, "<Error><Code>NoSuchBucket</Code></Error>", "NoSuchBucket"),
            (200, "<html>log in first</html>", "HTTP 200"),
            (403, "<Error><Code>AccessDenied</Code></Error>", "AccessDenied"),
        ] {
            let error = answer(status, None, body).err();
            assert_eq!(error.map(|error| error.code).as_deref(), Some(code), "{status} {body}");
        }
    }
}
