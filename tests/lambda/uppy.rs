//! Uppy, the uploader of many web pages: its server's forms are taken, and its client takes our function for its server.

use super::{Rig, done, refused};
use crate::support::lambda::Lambda;
use crate::support::process::Process;
use crate::support::tools;
use serde_json::Value;

const TEMPLATE: &str = r#"{"filename": "{object_name}", "type": "{content_type}"}"#;

/// Uppy Companion signs by AWS's JavaScript: `X-Amz-…` and `Policy` have capitals, and `bucket` is a field.
#[test]
fn a_form_of_companion_is_filled_in_as_uppy_would() {
    let rig = Rig::new();
    let mut companion = tools::uppy(include_str!("../support/uppy/companion.mjs"));
    companion
        .env("BUCKET", &rig.store.bucket)
        .env("ENDPOINT_URL", &rig.store.endpoint)
        .env("AWS_ACCESS_KEY_ID", &rig.store.access_key_id)
        .env("AWS_SECRET_ACCESS_KEY", &rig.store.secret_access_key)
        .env("FOLDER", rig.ceph.home.path());
    let companion = Process::start(&mut companion);
    let address = companion.await_line("its address", |line| {
        line.starts_with("http://").then(|| line.to_owned())
    });
    let url = format!("{address}/s3/params");
    let put = |name: &str, content: &str| {
        let mut put = rig.put(["--lambda", &url, "--lambda-method", "get", "--lambda-body", TEMPLATE]);
        put.args(["--key", "{name}"]).arg(rig.file(name, content));
        put
    };

    let result = done(&mut put("스크린샷 1.png", "by Companion")).remove(0);
    assert_eq!(result["object_key"], "uppy/스크린샷 1.png", "{result}");
    assert_eq!(result["content_type"], "image/png");
    assert_eq!(
        result["proof"], "md5",
        "it asks for 201, which carries an ETag: {result}"
    );
    let stored = rig.ceph.object(&rig.store.bucket, "uppy/스크린샷 1.png");
    assert_eq!(stored, b"by Companion");

    let large = refused(&mut put("large.png", &"x".repeat(1001)));
    assert_eq!(
        large.code, "too_large",
        "its owner's limit, before a byte is sent: {large:?}"
    );
    assert_eq!(rig.ceph.object_keys(&rig.store.bucket).len(), 1);
}

#[test]
fn uppys_client_uploads_by_our_function_without_knowing_it() {
    let rig = Rig::new();
    let function = Lambda::ours(&[("DROPSLOT_CONTENT_TYPES", "image/*")], &rig.store);
    let file = rig.file("스크린샷 1.png", "by Uppy");
    let mut uppy = tools::uppy(include_str!("../support/uppy/upload.mjs"));
    uppy.arg(function.url("url")).arg(&file).arg("image/png");

    let printed = tools::stdout(&mut uppy);

    let result: Value = serde_json::from_str(printed.trim()).unwrap();
    let object_key = result["key"].as_str().unwrap();
    assert!(object_key.ends_with("/스크린샷 1.png"), "{printed}");
    assert_eq!(rig.ceph.object(&rig.store.bucket, object_key), b"by Uppy");
    let opened = tools::stdout(tools::curl().args(["--fail", result["url"].as_str().unwrap()]));
    assert_eq!(opened, "by Uppy", "{printed}");

    let mut uppy = tools::uppy(include_str!("../support/uppy/upload.mjs"));
    uppy.arg(function.url("url"))
        .arg(rig.file("a.txt", "a"))
        .arg("text/plain");
    let output = tools::run(&mut uppy);
    assert_eq!(output.status.code(), Some(1), "{}", tools::told(&output));
    assert_eq!(rig.ceph.object_keys(&rig.store.bucket).len(), 1);
}
