//! Every door that a function is reached by, and every shape that it answers in.

use super::{Rig, done};
use crate::support::lambda::{IAM_KEYS, Lambda};

/// Through one door, and what is in the store is the file.
#[track_caller]
fn goes_through(rig: &Rig, function: &Lambda, door: &str, more: &[&str]) -> serde_json::Value {
    let name = format!("스크린샷 {}.png", door.replace('/', "-"));
    let file = rig.file(&name, &format!("by {door}"));
    let result = done(&mut rig.put_by(function, door, more, &file)).remove(0);
    let object_key = result["object_key"].as_str().unwrap();
    let stored = rig.ceph.object(&rig.store.bucket, object_key);
    assert_eq!(stored, format!("by {door}").as_bytes(), "{result}");
    assert_eq!(result["bucket"], rig.store.bucket.as_str());
    assert_eq!(result["access"], "public", "{result}");
    result
}

/// The tutorial's own handler: the body is the event, the dict of boto3 the answer. It asks for no 201, and Ceph answers
/// a 204 without an `ETag`: what stands there is looked at by its link.
#[test]
fn the_classic_handler_hands_out_forms_unchanged() {
    let rig = Rig::new();
    let function = Lambda::python("classic", &rig.store);
    let result = goes_through(&rig, &function, "event/", &[]);
    assert_eq!(result["content_type"], "png");
    assert_eq!(result["proof"], "size");
    assert_eq!(function.calls(), 1);
}

#[test]
fn a_handler_behind_a_proxy_is_asked_by_a_body() {
    let rig = Rig::new();
    let function = Lambda::python("proxy", &rig.store);
    for door in ["url/", "http1/", "http2/", "rest/prod/presign"] {
        let result = goes_through(&rig, &function, door, &[]);
        assert_eq!(result["proof"], "md5", "{result}");
        assert_eq!(result["content_type"], "image/png");
    }
}

#[test]
fn a_handler_that_reads_the_query_is_asked_by_one() {
    let rig = Rig::new();
    let function = Lambda::python("encoded", &rig.store);
    for door in ["url/", "http1/", "rest/prod/presign"] {
        goes_through(&rig, &function, door, &["--lambda-method", "get"]);
    }
}

#[test]
fn a_handler_with_other_names_is_asked_by_a_template() {
    let rig = Rig::new();
    let function = Lambda::python("renamed", &rig.store);
    let template = r#"{"file": {"name": "{object_name}", "bytes": "{size_bytes}"}}"#;
    goes_through(&rig, &function, "url/", &["--lambda-body", template]);
}

#[test]
fn a_handler_that_signs_a_put_is_served_as_well() {
    let rig = Rig::new();
    let function = Lambda::python("put", &rig.store);
    let result = goes_through(&rig, &function, "url/", &[]);
    assert_eq!(result["proof"], "md5", "{result}");
}

/// The front signs every request once more, by botocore, and compares.
#[test]
fn a_url_that_wants_a_signature_gets_one() {
    let rig = Rig::new();
    let function = Lambda::python("proxy", &rig.store);
    let file = rig.file("signed 1.png", "signed");
    for (door, more) in [
        ("iam/lambda/url/", &["--lambda-auth", "iam"][..]),
        (
            "iam/lambda/url/a b?stage=x y&z=",
            &["--lambda-auth", "iam", "--lambda-method", "get"][..],
        ),
    ] {
        let mut put = rig.put_by(&function, door, more, &file);
        let result = done(put.envs(IAM_KEYS)).remove(0);
        assert_eq!(result["proof"], "md5", "{result}");
    }
    let unsigned = super::refused(&mut rig.put_by(&function, "iam/lambda/url/", &[], &file));
    assert_eq!(unsigned.code, "lambda_refused", "{unsigned:?}");
}

#[test]
fn a_url_that_wants_a_key_gets_it_from_the_command_line_or_a_file() {
    let rig = Rig::new();
    let function = Lambda::python("proxy", &rig.store);
    let file = rig.file("key.png", "key");
    let door = "key/x-api-key/CANARYkey/url/";
    let headers = rig.file("headers.txt", "x-api-key: CANARYkey\n");
    let from_file = format!("@{}", headers.display());
    for header in ["x-api-key: CANARYkey", from_file.as_str()] {
        let mut put = rig.put(["--lambda", &function.url(door)]);
        // The command is printed where a test fails; the program must not print it at all.
        put.args(["--lambda-header", header]).arg(&file);
        done(&mut put);
    }
    let wrong = super::refused(
        rig.put(["--lambda", &function.url(door), "--lambda-header", "x-api-key: no"])
            .arg(&file),
    );
    assert_eq!(wrong.code, "lambda_refused", "{wrong:?}");
}

#[test]
fn a_function_is_invoked_by_its_name_and_by_its_arn() {
    let rig = Rig::new();
    let function = Lambda::python("plain", &rig.store);
    let file = rig.file("invoked.png", "invoked");
    for name in ["presign", "arn:aws:lambda:eu-west-1:000000000000:function:presign"] {
        let mut put = rig.put(["--lambda-function", name]);
        put.arg(&file)
            .envs(IAM_KEYS)
            .env("AWS_ENDPOINT_URL_LAMBDA", function.url("").trim_end_matches('/'));
        let result = done(&mut put).remove(0);
        let object_key = result["object_key"].as_str().unwrap();
        assert_eq!(rig.ceph.object(&rig.store.bucket, object_key), b"invoked");
    }
}

#[test]
fn each_file_has_a_form_of_its_own_and_a_busy_function_is_asked_again() {
    let rig = Rig::new();
    let function = Lambda::python("proxy", &rig.store);
    let files = ["a.png", "b.png", "c.png"].map(|name| rig.file(name, name));
    let results = done(rig.put(["--lambda", &function.url("url/")]).args(&files));
    assert_eq!(results.len(), 3);
    assert_eq!(function.calls(), 3);
    for door in ["throttled/1/url/", "busy/1/url/", "slow/2/url/", "moved/url/"] {
        goes_through(&rig, &function, door, &[]);
    }
}
