//! The form itself: what `dropslot presign` prints, sent by curl. Ceph takes it as it is and refuses it as soon as
//! anything in it is changed, so the policy and the signature hold without Dropslot's own check.

use crate::support::ceph::Ceph;
use crate::support::tools::{curl, stdout};
use crate::support::wait;
use serde_json::{Map, Value};
use std::time::Duration;

type Fields = Map<String, Value>;

#[test]
fn a_printed_form_is_taken_by_ceph() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let (url, fields) = presign(&ceph, &bucket, &["--metadata", "from=양식"], "양식/스크린샷 1.png");
    assert!(is_taken(post(&ceph, &url, &fields, "그림")));
    assert_eq!(ceph.object(&bucket, "양식/스크린샷 1.png"), "그림".as_bytes());
}

#[test]
fn a_form_that_was_changed_in_any_way_is_refused() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let options = ["--content-type", "image/png", "--metadata", "a=b"];
    let (url, fields) = presign(&ceph, &bucket, &options, "a.png");
    let changed = |name: &str, value: &str| {
        let mut fields = fields.clone();
        fields.insert(name.to_owned(), value.into());
        fields
    };
    let without = |name: &str| {
        let mut fields = fields.clone();
        assert!(fields.remove(name).is_some(), "{fields:?}");
        fields
    };
    let other_policy = presign(&ceph, &bucket, &options, "b.png").1["policy"]
        .as_str()
        .unwrap()
        .to_owned();
    let tampered = [
        ("another key", changed("key", "b.png")),
        ("another type", changed("Content-Type", "text/html")),
        ("no type", without("Content-Type")),
        ("other metadata", changed("x-amz-meta-a", "c")),
        ("a field more", changed("x-amz-meta-more", "d")),
        ("an ACL more", changed("acl", "public-read")),
        ("a status more", changed("success_action_status", "200")),
        ("another policy", changed("policy", &other_policy)),
        ("another signature", changed("x-amz-signature", &"0".repeat(64))),
        ("no signature", without("x-amz-signature")),
        ("another date", changed("x-amz-date", "20200101T000000Z")),
    ];
    for (what, fields) in &tampered {
        let status = post(&ceph, &url, fields, "x");
        assert!((400..500).contains(&status), "{what} was answered by {status}");
        assert_eq!(ceph.object_keys(&bucket), [""; 0], "{what} was stored");
    }
    assert!(
        is_taken(post(&ceph, &url, &fields, "x")),
        "unchanged it would have been taken"
    );
}

#[test]
fn a_form_of_a_session_is_worth_nothing_without_its_token() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let session = ceph.assume_role(&ceph.new_role("s3:*"));
    ceph.credentials("session", &session.secret_access_key, Some(&session));
    let (url, fields) = presign(&ceph, &bucket, &["--profile", "session"], "a.txt");
    let mut bare = fields.clone();
    assert!(bare.remove("x-amz-security-token").is_some(), "{fields:?}");
    assert_eq!(post(&ceph, &url, &bare, "x"), 403);
    assert!(is_taken(post(&ceph, &url, &fields, "x")));
}

#[test]
fn a_form_that_has_run_out_is_refused() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let (url, fields) = presign(&ceph, &bucket, &["--expires-in", "1"], "late.txt");
    wait::until("the form to run out", Duration::from_secs(20), || {
        (post(&ceph, &url, &fields, "x") == 403).then_some(())
    });
}

/// What `dropslot presign` prints.
#[track_caller]
fn presign(ceph: &Ceph, bucket: &str, options: &[&str], object_key: &str) -> (String, Fields) {
    let mut presign = ceph.home.dropslot();
    presign
        .args(["presign", "--endpoint-url", &ceph.url, "--bucket", bucket])
        .args(options);
    if !options.contains(&"--profile") {
        presign.args(["--profile", "rgw"]);
    }
    let printed: Value = serde_json::from_str(&stdout(presign.arg(object_key))).unwrap();
    (
        printed["url"].as_str().unwrap().to_owned(),
        printed["fields"].as_object().unwrap().clone(),
    )
}

/// Sends a form by curl, in its order, and gives the HTTP status.
#[track_caller]
fn post(ceph: &Ceph, url: &str, fields: &Fields, content: &str) -> u16 {
    let file = ceph.home.write("form-file", content);
    let mut curl = curl();
    curl.args(["--output", "/dev/null", "--write-out", "%{http_code}"]);
    for (name, value) in fields {
        curl.arg("--form-string")
            .arg(format!("{name}={}", value.as_str().unwrap()));
    }
    stdout(curl.arg("--form").arg(format!("file=@{}", file.display())).arg(url))
        .parse()
        .unwrap()
}

fn is_taken(status: u16) -> bool {
    (200..300).contains(&status)
}
