//! No secret, token, signature or policy in any output, log or file, whatever happens.

use super::rig::{Rig, ends};
use crate::support::home::Home;
use crate::support::stub_server::{StubServer, answer};
use std::path::Path;
use std::process::{Command, Output};

const SECRET: &str = "CANARYsecretCANARYsecretCANARYsecretCANA";
const TOKEN: &str = "CANARYtokenCANARYtoken==";
/// `{"expiration": ` in base64: how every policy begins.
const POLICY: &str = "eyJleHBpcmF0aW9u";

fn with_canaries(mut command: Command) -> Command {
    command
        .env("AWS_ACCESS_KEY_ID", "AKIACANARYCANARY")
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .env("AWS_SESSION_TOKEN", TOKEN)
        .env("RUST_LOG", "trace");
    command
}

#[track_caller]
fn holds_none(place: &str, bytes: &[u8], signatures: &[String]) {
    let text = String::from_utf8_lossy(bytes);
    for canary in [SECRET, TOKEN, POLICY, "x-amz-signature", "X-Amz-Signature"] {
        assert!(!text.contains(canary), "{place} holds {canary}:\n{text}");
    }
    for signature in signatures {
        assert!(!text.contains(signature.as_str()), "{place} holds a signature");
    }
}

#[track_caller]
fn output_holds_none(output: &Output, signatures: &[String]) {
    holds_none("stdout", &output.stdout, signatures);
    holds_none("stderr", &output.stderr, signatures);
}

/// Every file that the program wrote. The sandbox's own keys are its own to keep.
fn files_hold_none(folder: &Path, signatures: &[String]) -> usize {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            seen += files_hold_none(&path, signatures);
        } else if path.file_name().is_some_and(|name| name != "keys.json") {
            holds_none(&path.display().to_string(), &std::fs::read(&path).unwrap(), signatures);
            seen += 1;
        }
    }
    seen
}

/// The signature in a form that was sent.
fn signature(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let after = text
        .split("name=\"x-amz-signature\"")
        .nth(1)
        .expect("a signed form")
        .to_owned();
    after
        .split("\r\n\r\n")
        .nth(1)
        .unwrap()
        .split("\r\n")
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn an_upload_that_succeeds_tells_no_secret() {
    let home = Home::new();
    let keys = format!(r#"{{"access_key_id":"AKIACANARYCANARY","secret_access_key":"{SECRET}"}}"#);
    home.write("data/dropslot/sandbox/keys.json", keys);
    let rig = Rig::in_home(home);
    rig.home.write("a.txt", "a");
    let mut command = with_canaries(rig.put_by_keys());
    // The sandbox has no sessions: it refuses tokens.
    command.env_remove("AWS_SESSION_TOKEN");
    output_holds_none(&ends(command.args(["--json", "a.txt"]), 0), &[]);
    let mut sandbox = with_canaries(rig.put());
    output_holds_none(&ends(sandbox.arg("a.txt"), 0), &[]);
    assert!(files_hold_none(&rig.home.path().join("data"), &[]) > 2);
}

#[test]
fn an_upload_that_fails_tells_no_secret() {
    for (status, body) in [
        (
            "403 Forbidden",
            "<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>",
        ),
        (
            "403 Forbidden",
            "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
        ),
        (
            "400 Bad Request",
            "<Error><Code>InvalidToken</Code><Message>no</Message></Error>",
        ),
        ("200 OK", "not what S3 answers"),
        ("502 Bad Gateway", "<html>"),
    ] {
        let home = Home::new();
        let file = home.write("a.txt", "a");
        // As many answers as there may be attempts; the last ones are not asked for.
        let server = StubServer::answering((0..20).map(|_| answer(status, &[], body)));
        let mut command = with_canaries(home.dropslot());
        command.args([
            "put",
            "--json",
            "--no-probe",
            "--bucket",
            "bucket",
            "--region",
            "us-east-1",
        ]);
        let output = crate::support::tools::run(command.args(["--endpoint-url", &server.url()]).arg(&file));
        let signatures = [signature(&posted(&server))];
        output_holds_none(&output, &signatures);
        files_hold_none(&home.path().join("data"), &signatures);
    }
}

/// The first form that came; looks before it are passed over.
fn posted(server: &StubServer) -> Vec<u8> {
    loop {
        let received = server.received();
        if received.head.starts_with("POST ") {
            return received.body;
        }
    }
}

#[test]
fn listing_buckets_tells_no_secret() {
    let home = Home::new();
    let server = StubServer::answering((0..4).map(|_| {
        answer(
            "403 Forbidden",
            &["Content-Type: application/xml"],
            "<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>",
        )
    }));
    let mut command = with_canaries(home.dropslot());
    output_holds_none(
        &ends(command.args(["buckets", "--endpoint-url", &server.url()]), 1),
        &[],
    );
}
