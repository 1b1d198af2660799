//! `ListBuckets`: what is asked for a page, and what S3 answers.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>

use super::S3Error;
use super::parts::of_root;

/// Buckets a page: the answer stays small for accounts with thousands.
const PAGE: &str = "1000";

/// One page of the account's buckets.
///
/// ```
/// use dropslot::s3::bucket_list;
///
/// let body = b"<ListAllMyBucketsResult><Buckets><Bucket><Name>media</Name></Bucket></Buckets></ListAllMyBucketsResult>";
/// let page = bucket_list::read(200, |_| None, body)?;
/// assert_eq!((page.names, page.next), (vec!["media".to_owned()], None));
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct BucketsPage {
    /// In the order in which they were told.
    pub names: Vec<String>,
    /// What to ask the next page by.
    pub next: Option<String>,
}

/// The query of the page behind the one that told `next`, or of the first.
///
/// ```
/// use dropslot::s3::bucket_list;
///
/// assert_eq!(bucket_list::query(None), [("max-buckets", "1000")]);
/// assert_eq!(bucket_list::query(Some("token"))[0], ("continuation-token", "token"));
/// ```
#[must_use]
pub fn query(next: Option<&str>) -> Vec<(&'static str, &str)> {
    let more = next.map(|token| ("continuation-token", token));
    more.into_iter().chain([("max-buckets", PAGE)]).collect()
}

/// Reads a page.
///
/// # Errors
/// [`S3Error`], also where the list was cut short.
///
/// ```
/// use dropslot::s3::bucket_list;
///
/// let body = b"<ListAllMyBucketsResult><Buckets><Bucket><Name>media</Name></Bucket></Buckets></ListAllMyBucketsResult>";
/// assert_eq!(bucket_list::read(200, |_| None, body)?.names, ["media"]);
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
pub fn read(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<BucketsPage, S3Error> {
    let xml = of_root(status, &header, body, "ListAllMyBucketsResult")?;
    let names = xml.records("Buckets").flat_map(|all| all.texts_below("Name"));
    Ok(BucketsPage {
        names: names.map(str::to_owned).collect(),
        next: xml
            .text("ContinuationToken")
            .filter(|token| !token.is_empty())
            .map(str::to_owned),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn read_body(status: u16, body: &str) -> Result<BucketsPage, S3Error> {
        read(status, |_| None, body.as_bytes())
    }

    #[test]
    fn names_and_the_way_to_the_next_page_are_read() {
        let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
            <Owner><ID>i</ID><DisplayName>Name</DisplayName></Owner><Buckets>\
            <Bucket><Name>b</Name><CreationDate>2026-11-24T09:30:00.000Z</CreationDate></Bucket>\n<Bucket>\n<Name>a</Name></Bucket>\
            </Buckets><ContinuationToken>t/+=</ContinuationToken></ListAllMyBucketsResult>";
        let page = read_body(200, body).unwrap();
        assert_eq!(page.names, ["b", "a"]);
        assert_eq!(page.next.as_deref(), Some("t/+="));
        assert_eq!(
            query(page.next.as_deref()),
            [("continuation-token", "t/+="), ("max-buckets", "1000")]
        );
        let none = read_body(200, "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>");
        assert_eq!(none, Ok(BucketsPage::default()));
        assert_eq!(query(None), [("max-buckets", "1000")]);
    }

    #[test]
    fn a_refusal_and_a_list_that_was_cut_short_are_errors() {
        let denied = read_body(403, "<Error><Code>AccessDenied</Code></Error>").unwrap_err();
        assert_eq!(denied.code, "AccessDenied");
        let cut = "<ListAllMyBucketsResult><Buckets><Bucket><Name>a</Name></Bucket>";
        assert_eq!(read_body(200, cut).unwrap_err().status, 200);
        assert!(read_body(200, "<html>Log in</html>").is_err());
    }
}
