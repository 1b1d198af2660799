//! Listing buckets, and what stands between this computer and S3: proxies, certificates, plain HTTP.

use super::{asked, presign, refusal, stub};
use crate::support::home::Home;
use crate::support::stub_server::closed_port;
use crate::support::tools;

fn home_with_keys() -> Home {
    let home = Home::new();
    home.aws_config("[default]\nregion = us-east-1\naws_access_key_id = A\naws_secret_access_key = S\n");
    home
}

#[test]
fn buckets_are_listed_over_all_pages() {
    let home = home_with_keys();
    let page = |name: &str, token: &str| {
        format!(
            r#"<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets><Bucket><Name>{name}</Name></Bucket></Buckets>{token}</ListAllMyBucketsResult>"#
        )
    };
    let first = page("second-by-name", "<ContinuationToken>more</ContinuationToken>");
    let last = page("first-by-name", "");
    let s3 = stub(&[
        ("200 OK", "application/xml", &first),
        ("200 OK", "application/xml", &last),
    ]);
    let listed = tools::stdout(home.dropslot().args(["buckets", "--endpoint-url", &s3.url()]));
    assert_eq!(listed, "first-by-name\nsecond-by-name\n");
    assert!(!asked(&s3).contains("continuation-token"));
    assert!(asked(&s3).contains("continuation-token=more"));
}

#[test]
fn a_list_that_fails_in_passing_is_asked_for_again() {
    let home = home_with_keys();
    let busy = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate</Message></Error>";
    let list =
        "<ListAllMyBucketsResult><Buckets><Bucket><Name>media</Name></Bucket></Buckets></ListAllMyBucketsResult>";
    let s3 = stub(&[
        ("503 Slow Down", "application/xml", busy),
        ("200 OK", "application/xml", list),
    ]);
    let listed = tools::stdout(home.dropslot().args(["buckets", "--endpoint-url", &s3.url()]));
    assert_eq!(listed, "media\n");

    let s3 = stub(&[("503 Slow Down", "application/xml", busy)]);
    let told = refusal(
        home.dropslot()
            .args(["buckets", "--endpoint-url", &s3.url()])
            .env("AWS_MAX_ATTEMPTS", "1"),
    );
    assert!(told.contains("SlowDown"), "{told}");
}

#[test]
fn a_profile_that_may_not_list_buckets_is_told_to_type_the_name() {
    let home = home_with_keys();
    let denied = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
    let s3 = stub(&[("403 Forbidden", "application/xml", denied)]);
    let told = refusal(home.dropslot().args(["buckets", "--endpoint-url", &s3.url()]));
    assert!(
        told.contains("This profile may not list buckets. Type the bucket's name"),
        "{told}"
    );
}

#[test]
fn a_proxy_that_refuses_and_one_that_is_not_for_this_host_are_told_apart() {
    let home = home_with_keys();
    let proxy = stub(&[("403 Forbidden", "text/plain", "no")]);
    let told = refusal(
        home.dropslot()
            .arg("buckets")
            .env("HTTPS_PROXY", proxy.url())
            .env("AWS_MAX_ATTEMPTS", "1"),
    );
    let request = asked(&proxy);
    assert!(
        request.starts_with("CONNECT s3.us-east-1.amazonaws.com:443 "),
        "{request}"
    );
    assert!(told.to_lowercase().contains("proxy"), "{told}");

    let s3 = stub(&[(
        "200 OK",
        "application/xml",
        "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>",
    )]);
    tools::stdout(
        home.dropslot()
            .args(["buckets", "--endpoint-url", &s3.url()])
            .env("HTTP_PROXY", format!("http://{}", closed_port()))
            .env("NO_PROXY", "127.0.0.1"),
    );
}

#[test]
fn a_certificate_file_that_holds_none_is_named() {
    let home = home_with_keys();
    let empty = home.write("ca.pem", "no certificate");
    let told = refusal(home.dropslot().arg("buckets").env("AWS_CA_BUNDLE", &empty));
    assert!(told.contains("AWS_CA_BUNDLE"), "{told}");
}

#[test]
fn plain_http_to_another_machine_is_refused_before_anything_is_sent() {
    let home = home_with_keys();
    for command in [
        home.dropslot()
            .args(["buckets", "--endpoint-url", "http://192.0.2.1:9000"]),
        &mut presign(&home, &["--endpoint-url", "http://192.0.2.1:9000"]),
    ] {
        let told = refusal(command);
        assert!(told.contains("plain HTTP"), "{told}");
    }
}
