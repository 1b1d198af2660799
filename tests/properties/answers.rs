//! Whatever a server answers, its reader comes back, says nothing that was not said, and takes no refusal for success.

use super::cases::{bytes_of, config, text_of};
use dropslot::s3::region::is_scope_region;
use dropslot::s3::{S3Error, answer, deletion};
use proptest::prelude::*;
use proptest::sample::select;

/// Longest message that is shown, in characters.
const MAX_MESSAGE_CHARS: usize = 500;

pub(super) const XML: &[&str] = &[
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<Error>",
    "</Error>",
    "<PostResponse>",
    "</PostResponse>",
    "<html>",
    "<Code>",
    "</Code>",
    "<Code>NoSuchKey</Code>",
    "<Code>SlowDown</Code>",
    "<Code/>",
    "<Message>",
    "</Message>",
    "<Message>the region 'us-east-1' is wrong; expecting '",
    "eu-west-1",
    "'",
    "<Region>",
    "</Region>",
    "<Endpoint>b.s3.eu-west-1.amazonaws.com</Endpoint>",
    "<Endpoint>",
    "</Endpoint>",
    "<RequestId>R</RequestId>",
    "<Key>a &amp; b</Key>",
    "<ETag>&quot;0cc175b9c0f1b6a831c399e269772661&quot;</ETag>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE a [<!ENTITY b \"&b;&b;\">]>",
    "&b;",
    "&#0;",
    "&#x1F600;",
    "&#xFFFFFFFFFF;",
    "&",
    "<",
    ">",
    "</",
    "/>",
    " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"",
    " \r\n\t",
    "\u{0}",
    "\u{feff}",
    "\u{1b}[2J",
];
const NAMES: &[&str] = &[
    "etag",
    "location",
    "x-amz-bucket-region",
    "x-amz-checksum-crc64nvme",
    "x-amz-checksum-type",
    "x-amz-delete-marker",
    "x-amz-request-id",
    "x-amz-server-side-encryption",
];
const VALUES: &[&str] = &[
    "\"0cc175b9c0f1b6a831c399e269772661\"",
    "\"0cc175b9c0f1b6a831c399e269772661-2\"",
    "W/\"",
    "\"",
    "rosUhgp5mIg=",
    "FULL_OBJECT",
    "COMPOSITE",
    "true",
    "aws:kms",
    "AES256",
    "eu-west-1",
    "https://b.s3.eu-west-1.amazonaws.com/",
    "https://[",
    "../",
];

pub(super) type Headers = Vec<(&'static str, String)>;

pub(super) fn status() -> impl Strategy<Value = u16> {
    prop_oneof![
        3 => select(&[200, 201, 204, 206, 301, 303, 307, 400, 403, 404, 405, 412, 429, 500, 501, 503][..]),
        1 => any::<u16>(),
    ]
}

pub(super) fn headers() -> impl Strategy<Value = Headers> {
    proptest::collection::vec((select(NAMES), text_of(VALUES, 3)), 0..5)
}

pub(super) fn lookup(headers: &Headers) -> impl Fn(&str) -> Option<String> + '_ {
    move |name| {
        let found = headers.iter().find(|(present, _)| *present == name);
        found.map(|(_, value)| value.clone())
    }
}

fn is_blank(body: &[u8]) -> bool {
    body.trim_ascii().is_empty()
}

fn names(body: &[u8], element: &str) -> bool {
    String::from_utf8_lossy(body).contains(element)
}

/// What is shown to a person is one line, not too long, and says something.
pub(super) fn is_presentable(error: &S3Error) -> Result<(), TestCaseError> {
    let one_line = |text: &str| !text.chars().any(char::is_control) && text.chars().count() <= MAX_MESSAGE_CHARS;
    prop_assert!(
        !error.code.is_empty() && one_line(&error.code) && one_line(&error.message),
        "{error:?}"
    );
    prop_assert!(error.region.as_deref().is_none_or(is_scope_region), "{error:?}");
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_answer_to_an_upload_is_success_unless_s3_says_so(status in status(), headers in headers(), body in bytes_of(text_of(XML, 16))) {
        match answer::read(status, lookup(&headers), &body) {
            Ok(posted) => {
                prop_assert!([200, 201, 204].contains(&status));
                prop_assert!(is_blank(&body) || names(&body, "PostResponse"));
                let etag = posted.etag.clone().unwrap_or_default();
                prop_assert!(!posted.etag_is_md5 || etag.len() == 32, "{posted:?}");
                let composite = headers.iter().find(|(name, _)| *name == "x-amz-checksum-type");
                let composite = composite.is_some_and(|(_, kind)| !kind.eq_ignore_ascii_case("FULL_OBJECT"));
                prop_assert!(!composite || posted.crc64nvme.is_none(), "{posted:?}");
            }
            Err(error) => {
                prop_assert_eq!(error.status, status);
                is_presentable(&error)?;
            }
        }
    }

    #[test]
    fn no_answer_to_a_deletion_is_success_unless_s3_says_so(status in status(), headers in headers(), body in bytes_of(text_of(XML, 16))) {
        match deletion::read(status, lookup(&headers), &body) {
            Ok(_) => prop_assert!(status == 204 || (status == 200 && is_blank(&body)) || names(&body, "NoSuch")),
            Err(error) => is_presentable(&error)?,
        }
    }

    #[test]
    fn what_s3_says_is_read_as_it_was_said(code in "[A-Z][A-Za-z]{0,30}", message in "[ -~가-힣]{0,60}", request_id in "[A-Z0-9]{1,16}") {
        let (escaped_message, blank) = (escaped(&message), message.trim().is_empty());
        let body = format!("<?xml version=\"1.0\"?>\n<Error><Code>{code}</Code><Message>{escaped_message}</Message><RequestId>{request_id}</RequestId></Error>");
        let error = answer::read(400, |_| None, body.as_bytes()).unwrap_err();
        prop_assert_eq!(error.code, code);
        prop_assert_eq!(error.message.as_str(), message.trim());
        prop_assert!(blank == error.message.is_empty());
        prop_assert_eq!(error.request_id, Some(request_id));
    }
}

#[test]
fn a_mebibyte_of_nothing_but_tags_is_read_at_once() {
    for piece in ["<a>", "<Error>", "<!--", "&amp;", "<a", "<![CDATA[", "</a>", "&b;"] {
        let body = piece.repeat((1 << 20) / piece.len());
        let begun = std::time::Instant::now();
        let error = answer::read(400, |_| None, body.as_bytes()).unwrap_err();
        is_presentable(&error).unwrap();
        assert!(begun.elapsed().as_secs() < 5, "{piece}: {:?}", begun.elapsed());
    }
}
