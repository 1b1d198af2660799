//! The form's bytes, beside those of curl.

use super::*;
use crate::support::stub_server::{Received, StubServer, answer};
use crate::support::tools;
use std::ffi::OsStr;

fn created() -> String {
    answer("201 Created", &[], "")
}

/// The body, with the boundary replaced by a word.
fn comparable(received: &Received) -> Vec<u8> {
    let boundary = received
        .header("content-type")
        .unwrap()
        .rsplit_once("boundary=")
        .unwrap()
        .1;
    replace(&received.body, boundary.as_bytes(), b"BOUNDARY")
}

fn replace(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(old.len()).position(|window| window == old) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(new);
        rest = &rest[at + old.len()..];
    }
    replaced.extend_from_slice(rest);
    replaced
}

fn by_curl(server: &StubServer, form: &PresignedPost, file: &OsStr, file_name: &str) {
    let mut curl = tools::curl();
    for (name, value) in &form.fields {
        curl.arg("--form-string").arg(format!("{name}={value}"));
    }
    let mut part = OsStr::new("file=@").to_owned();
    part.push(file);
    part.push(format!(";filename=\"{file_name}\";type=application/octet-stream"));
    tools::stdout(curl.arg("-F").arg(part).arg(server.url()));
}

#[tokio::test]
async fn the_form_is_curls_byte_for_byte() {
    let server = StubServer::answering([created(), created()]);
    let file = file_of(3 * MEBIBYTE + 7);
    let fields = [
        ("key", "폴더/스크린샷 \"1\".png"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("tagging", "<Tagging><TagSet/></Tagging>"),
        ("x-amz-meta-odd\"name", ""),
    ];
    let form = form_with(&server.url(), &fields);
    let options = options();
    posted(attempt(&form, file.path(), &options).await);
    let ours = server.received();
    by_curl(&server, &form, file.path().as_os_str(), "file");
    let curls = server.received();

    assert_eq!(ours.header("content-length").unwrap(), ours.body.len().to_string());
    assert_eq!(ours.header("transfer-encoding"), None);
    assert!(comparable(&ours) == comparable(&curls), "the forms differ");
    assert_eq!(sent(&options), 3 * MEBIBYTE as u64 + 7);
    assert!(ours.header("user-agent").unwrap().starts_with("dropslot/"));
}

#[tokio::test]
async fn an_empty_file_is_a_form_like_any_other() {
    let server = StubServer::answering([created(), created()]);
    let file = file_of(0);
    let form = form(&server.url());
    let outcome = posted(attempt(&form, file.path(), &options()).await);
    let ours = server.received();
    by_curl(&server, &form, file.path().as_os_str(), "file");

    assert_eq!(ours.header("content-length").unwrap(), ours.body.len().to_string());
    assert!(comparable(&ours) == comparable(&server.received()), "the forms differ");
    assert_eq!(outcome.sent.crc64nvme, "AAAAAAAAAAA=");
}

#[tokio::test]
async fn the_files_name_goes_where_the_form_asks_for_it() {
    let server = StubServer::answering([created(), created()]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("한글 \"quoted\".txt");
    std::fs::write(&path, "text").unwrap();
    let form = form_with(&server.url(), &[("key", "in/${filename}")]);
    posted(attempt(&form, &path, &options()).await);
    let ours = server.received();
    by_curl(&server, &form, path.as_os_str(), "한글 \\\"quoted\\\".txt");

    assert!(comparable(&ours) == comparable(&server.received()), "the forms differ");
}

#[tokio::test]
async fn checksums_are_those_of_the_file() {
    let server = StubServer::answering([created()]);
    let file = file_of(5 * MEBIBYTE);
    let options = PostOptions {
        with_md5: true,
        ..options()
    };
    let outcome = posted(attempt(&form(&server.url()), file.path(), &options).await);
    let md5sum = "import hashlib, sys; print(hashlib.md5(open(sys.argv[1], 'rb').read()).hexdigest())";
    let pythons = tools::stdout(tools::python().args(["-c", md5sum]).arg(file.path()));
    assert_eq!(outcome.sent.md5.as_deref(), Some(pythons.trim()));
}
