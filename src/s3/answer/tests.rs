//! Answers as S3, Ceph and others give them, and what proxies make of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
#![allow(clippy::let_underscore_must_use, reason = "where only coming back counts")]

use super::*;
use crate::s3::Remedy;
use proptest::prelude::*;

const POST_RESPONSE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>https://media.s3.amazonaws.com/a%2Fb</Location><Bucket>media</Bucket><Key>a/b &amp; c</Key><ETag>&quot;0cc175b9c0f1b6a831c399e269772661&quot;</ETag></PostResponse>";

fn headers<'a>(list: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
    |name| {
        list.iter()
            .find(|(present, _)| *present == name)
            .map(|(_, value)| (*value).to_owned())
    }
}

fn error(status: u16, list: &[(&str, &str)], body: &str) -> S3Error {
    read(status, headers(list), body.as_bytes()).unwrap_err()
}

#[test]
fn a_created_object_is_told_by_body_and_headers() {
    let list = [
        ("x-amz-request-id", "R1"),
        ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
        ("x-amz-checksum-type", "FULL_OBJECT"),
    ];
    let posted = read(201, headers(&list), POST_RESPONSE.as_bytes()).unwrap();
    assert_eq!(
        posted,
        Posted {
            etag: Some("0cc175b9c0f1b6a831c399e269772661".to_owned()),
            object_key: Some("a/b & c".to_owned()),
            crc64nvme: Some("rosUhgp5mIg=".to_owned()),
            request_id: Some("R1".to_owned()),
            etag_is_md5: true,
        }
    );
}

#[test]
fn an_empty_body_is_success_too() {
    for status in [200, 201, 204] {
        let posted = read(
            status,
            headers(&[("etag", "\"0cc175b9c0f1b6a831c399e269772661\"")]),
            b"",
        )
        .unwrap();
        assert_eq!(posted.etag.as_deref(), Some("0cc175b9c0f1b6a831c399e269772661"));
        assert!(posted.etag_is_md5);
    }
    assert_eq!(read(204, headers(&[]), b"").unwrap(), Posted::default());
}

#[test]
fn an_etag_is_no_md5_under_a_key_or_of_parts() {
    let md5 = ("etag", "\"0cc175b9c0f1b6a831c399e269772661\"");
    for list in [
        vec![md5, ("x-amz-server-side-encryption", "aws:kms")],
        vec![md5, ("x-amz-server-side-encryption", "aws:kms:dsse")],
        vec![md5, ("x-amz-server-side-encryption-customer-algorithm", "AES256")],
        vec![("etag", "\"0cc175b9c0f1b6a831c399e269772661-3\"")],
        vec![("etag", "W/\"1\"")],
    ] {
        assert!(!read(204, headers(&list), b"").unwrap().etag_is_md5, "{list:?}");
    }
    assert!(
        read(204, headers(&[md5, ("x-amz-server-side-encryption", "AES256")]), b"")
            .unwrap()
            .etag_is_md5
    );
}

#[test]
fn a_checksum_of_parts_proves_nothing_about_the_object() {
    let list = [
        ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
        ("x-amz-checksum-type", "COMPOSITE"),
    ];
    assert_eq!(read(204, headers(&list), b"").unwrap().crc64nvme, None);
    assert_eq!(
        read(204, headers(&[list[0]]), b"").unwrap().crc64nvme.as_deref(),
        Some("rosUhgp5mIg=")
    );
}

#[test]
fn a_page_of_a_proxy_is_no_success() {
    assert_eq!(
        error(200, &[], "<html><body>Please log in</body></html>").code,
        "HTTP 200"
    );
    assert_eq!(
        error(200, &[], "<Error><Code>InternalError</Code></Error>").code,
        "InternalError"
    );
    assert_eq!(error(200, &[], "ok").code, "HTTP 200");
    assert_eq!(error(500, &[], "<Error><Code>\n</Code></Error>").code, "HTTP 500");
}

#[test]
fn a_refusal_is_told_in_s3s_words() {
    let refusal = error(
        403,
        &[("x-amz-request-id", "header")],
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$key&quot;, &quot;a&quot;]</Message><RequestId>R2</RequestId><HostId>h</HostId></Error>",
    );
    assert_eq!(refusal.request_id.as_deref(), Some("R2"));
    assert_eq!(refusal.remedy(), Remedy::Tell);
    assert_eq!(
        refusal.to_string(),
        "S3 answered 403 AccessDenied: Invalid according to Policy: Policy Condition failed: [\"eq\", \"$key\", \"a\"]"
    );
}

#[test]
fn junk_keeps_its_status() {
    for body in [
        "",
        "<html><h1>502</h1>",
        "\u{0}\u{1}",
        "<Error><Message>half</Message>",
        "<Error><Code></Code></Error>",
    ] {
        let refusal = error(502, &[("x-amz-request-id", "R")], body);
        assert_eq!(
            (refusal.code.as_str(), refusal.request_id.as_deref()),
            ("HTTP 502", Some("R")),
            "{body}"
        );
        assert_eq!(refusal.remedy(), Remedy::Retry);
    }
    let invalid = read(400, headers(&[]), b"<Error><Code>Inv\xff\xfealid</Code></Error>").unwrap_err();
    assert_eq!(invalid.remedy(), Remedy::Tell);
}

#[test]
fn a_message_stays_one_short_line() {
    let body = format!(
        "<Error><Code>A</Code><Message>a\r\nb{}</Message></Error>",
        "x".repeat(100_000)
    );
    let message = error(400, &[], &body).message;
    assert!(message.starts_with("a  bx") || message.starts_with("a bx"), "{message}");
    assert_eq!(message.chars().count(), 500);
}

#[test]
fn the_region_is_read_wherever_s3_says_it() {
    let wrong = "<Error><Code>InvalidArgument</Code><Message>the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message></Error>";
    let endpoint = |host: &str| format!("<Error><Code>PermanentRedirect</Code><Endpoint>{host}</Endpoint></Error>");
    let other = |region: &str| Remedy::OtherRegion(region.to_owned());

    assert_eq!(
        error(301, &[("x-amz-bucket-region", "ap-northeast-2")], "").remedy(),
        other("ap-northeast-2")
    );
    assert_eq!(error(400, &[], wrong).remedy(), other("eu-west-1"));
    let named = wrong.replace("</Message>", "</Message><Region>eu-west-2</Region>");
    assert_eq!(error(400, &[], &named).remedy(), other("eu-west-2"));
    for (host, region) in [
        ("media.s3.ap-northeast-2.amazonaws.com", "ap-northeast-2"),
        ("s3.dualstack.eu-west-3.amazonaws.com", "eu-west-3"),
        ("media.s3-us-west-2.amazonaws.com", "us-west-2"),
        ("s3-eu-west-1.amazonaws.com", "eu-west-1"),
        ("media.s3.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("media.s3.amazonaws.com", "us-east-1"),
    ] {
        assert_eq!(error(301, &[], &endpoint(host)).remedy(), other(region), "{host}");
    }
    let location = [("location", "https://media.s3.sa-east-1.amazonaws.com/")];
    assert_eq!(error(307, &location, "").remedy(), other("sa-east-1"));
}

#[test]
fn a_redirect_to_nowhere_known_is_told_or_waited_for() {
    let elsewhere = "<Error><Code>PermanentRedirect</Code><Endpoint>s3.example.com</Endpoint></Error>";
    assert_eq!(
        error(301, &[("location", "https://s3.example.com/")], elsewhere).remedy(),
        Remedy::Tell
    );
    let soon = "<Error><Code>TemporaryRedirect</Code></Error>";
    assert_eq!(error(307, &[], soon).remedy(), Remedy::Retry);
    assert_eq!(
        error(302, &[("location", "https://login.example.com/")], "").remedy(),
        Remedy::Tell
    );
}

#[test]
fn a_text_that_is_no_region_is_not_believed() {
    for region in ["evil.example.com/", "a b", "", "é"] {
        assert_eq!(
            error(301, &[("x-amz-bucket-region", region)], "").region,
            None,
            "{region}"
        );
    }
}

proptest! {
    #[test]
    fn no_answer_makes_it_panic(status in any::<u16>(), value in ".*", body in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Err(refusal) = read(status, |_| Some(value.clone()), &body) {
            let _ = refusal.remedy();
        }
    }

    #[test]
    fn no_cut_makes_it_panic(end in 0..POST_RESPONSE.len()) {
        let cut = POST_RESPONSE.as_bytes().get(..end).unwrap();
        let _ = read(201, |_| None, cut);
    }
}

#[test]
fn how_long_s3_is_to_be_left_alone_is_read_in_seconds_or_by_its_own_clock() {
    let wait = |list: &[(&str, &str)]| error(503, list, "").retry_after.map(|wait| wait.as_secs());
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(wait(&[]), None);
    assert_eq!(wait(&[("retry-after", "17")]), Some(17));
    assert_eq!(wait(&[("retry-after", " 0 ")]), Some(0));
    assert_eq!(wait(&[("retry-after", "86400")]), Some(300), "nobody waits for a day");
    assert_eq!(
        wait(&[("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT"), date]),
        Some(60)
    );
    assert_eq!(wait(&[("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT"), date]), Some(0));
    assert_eq!(wait(&[("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT")]), None);
    assert_eq!(wait(&[("retry-after", "soon"), date]), None);
    assert_eq!(wait(&[("retry-after", "-5")]), None);
}
