//! No secret, token, signature or policy in any output, log or file, whatever happens.

use super::rig::{Rig, ends};
use crate::support::home::Home;
use crate::support::process::Process;
use crate::support::stub_server::{Received, StubServer, answer};
use crate::support::wait;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

const SECRET: &str = "CANARYsecretCANARYsecretCANARYsecretCANA";
const TOKEN: &str = "CANARYtokenCANARYtoken==";
/// `{"expiration": ` in base64: how every policy begins.
const POLICY: &str = "eyJleHBpcmF0aW9u";
/// Of a proxy that nobody asks: loopback needs none.
const PROXY: &str = "http://someone:CANARYproxy@127.0.0.1:9";
/// What may stand nowhere: it is a secret, or leads to one.
const CANARIES: [&str; 8] = [
    SECRET,
    TOKEN,
    POLICY,
    "CANARYproxy",
    "x-amz-signature",
    "X-Amz-Signature",
    "AWS4-HMAC-SHA256",
    "Signature=",
];
/// In two parts.
const LARGE_BYTES: usize = 9 << 20;

fn with_canaries(mut command: Command) -> Command {
    command
        .env("AWS_ACCESS_KEY_ID", "AKIACANARYCANARY")
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .env("AWS_SESSION_TOKEN", TOKEN)
        .env("HTTPS_PROXY", PROXY)
        .env("RUST_LOG", "trace");
    command
}

#[track_caller]
fn holds_none(place: &str, bytes: &[u8], signatures: &[String]) {
    let text = String::from_utf8_lossy(bytes);
    for canary in CANARIES {
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

/// The signatures in what was sent: of a form, of an URL, of headers.
fn signatures(requests: &[Received]) -> Vec<String> {
    let mut found = Vec::new();
    for request in requests {
        let sent = request.head.clone() + &String::from_utf8_lossy(&request.body);
        for before in ["name=\"x-amz-signature\"\r\n\r\n", "X-Amz-Signature=", "Signature="] {
            let after = sent.split(before).skip(1);
            found.extend(after.map(|after| after.chars().take_while(char::is_ascii_hexdigit).collect::<String>()));
        }
    }
    assert!(
        found.iter().all(|signature| signature.len() == 64) && !found.is_empty(),
        "{found:?}"
    );
    found
}

/// A sandbox whose keys are canaries.
fn rig() -> Rig {
    let home = Home::new();
    let keys = format!(r#"{{"access_key_id":"AKIACANARYCANARY","secret_access_key":"{SECRET}"}}"#);
    home.write("data/dropslot/sandbox/keys.json", keys);
    let rig = Rig::in_home(home);
    rig.home.write("a.txt", "a");
    rig.home.write("large.bin", vec![1; LARGE_BYTES]);
    rig
}

/// The sandbox has no sessions: it refuses tokens.
fn without_session(command: Command) -> Command {
    let mut command = with_canaries(command);
    command.env_remove("AWS_SESSION_TOKEN");
    command
}

/// All that the program keeps: settings, queue, history, what is left of parts.
#[track_caller]
fn keeps_none(home: &Home, signatures: &[String]) {
    let data = files_hold_none(&home.path().join("data"), signatures);
    assert!(data > 0, "no queue and no history was looked at");
    if home.path().join("config").exists() {
        files_hold_none(&home.path().join("config"), signatures);
    }
}

#[test]
fn an_upload_that_succeeds_tells_no_secret() {
    let rig = rig();
    for method in ["post", "put", "parts"] {
        let mut command = without_session(rig.put_by_keys());
        command.args(["--json", "--method", method, "a.txt", "large.bin"]);
        output_holds_none(&ends(&mut command, 0), &[]);
    }
    let mut sandbox = with_canaries(rig.put());
    output_holds_none(&ends(sandbox.arg("a.txt"), 0), &[]);
    let mut history = with_canaries(rig.home.dropslot());
    output_holds_none(&ends(history.args(["history", "--json"]), 0), &[]);
    let log = std::fs::read_to_string(rig.home.path().join("data/dropslot/log/dropslot.log")).unwrap();
    assert!(log.contains("an upload is done"), "the log was not looked at");
    keeps_none(&rig.home, &[]);
}

#[test]
fn the_doctor_tells_no_secret() {
    let rig = rig();
    for json in [&["--json"][..], &[]] {
        output_holds_none(&ends(without_session(rig.by_keys("doctor")).args(json), 0), &[]);
    }
    let refusal = "<Error><Code>InvalidToken</Code><Message>no</Message></Error>";
    let server = StubServer::answering((0..40).map(|_| answer("400 Bad Request", &[], refusal)));
    let mut command = with_canaries(rig.home.dropslot());
    command.args([
        "doctor",
        "--bucket",
        "bucket",
        "--region",
        "us-east-1",
        "--endpoint-url",
        &server.url(),
    ]);
    let output = ends(&mut command, 1);
    let signatures = signatures(&server.received_so_far());
    output_holds_none(&output, &signatures);
    keeps_none(&rig.home, &signatures);
}

/// What lies there while the parts are on their way is what a stolen disk tells.
#[test]
fn an_upload_in_parts_that_was_killed_and_resumed_leaves_no_secret() {
    let rig = rig();
    let mut command = without_session(rig.put_by_keys());
    command.args(["--method", "parts", "--limit-rate", "2M", "large.bin"]);
    let mut process = Process::start(&mut command);
    let parts = rig.home.path().join("data/dropslot/sandbox/parts");
    wait::until("the upload", Duration::from_secs(30), || {
        std::fs::read_dir(&parts)
            .is_ok_and(|mut uploads| uploads.next().is_some())
            .then_some(())
    });
    keeps_none(&rig.home, &[]);
    process.kill();
    keeps_none(&rig.home, &[]);
    let mut resume = without_session(rig.home.dropslot());
    output_holds_none(&ends(resume.args(["put", "--resume", "--json"]), 0), &[]);
    keeps_none(&rig.home, &[]);
}

#[test]
fn an_upload_that_fails_tells_no_secret() {
    let error = |code: &str| format!("<Error><Code>{code}</Code><Message>no</Message></Error>");
    let answers = [
        ("403 Forbidden", error("SignatureDoesNotMatch")),
        ("403 Forbidden", error("AccessDenied")),
        ("400 Bad Request", error("InvalidToken")),
        ("200 OK", "not what S3 answers".to_owned()),
        ("502 Bad Gateway", "<html>".to_owned()),
    ];
    // Most of the time of each goes by in waiting for the next attempt.
    std::thread::scope(|scope| {
        for (status, body) in &answers {
            for method in ["post", "put", "parts"] {
                scope.spawn(move || fails_and_tells_no_secret(method, status, body));
            }
        }
    });
}

fn fails_and_tells_no_secret(method: &str, status: &str, body: &str) {
    let home = Home::new();
    let file = home.write("a.txt", "a");
    // As many answers as there may be attempts; the last ones are not asked for.
    let refusals = (0..40).map(|_| answer(status, &[], body));
    let begun = "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>";
    let begun = (method == "parts").then(|| answer("200 OK", &[], begun));
    let server = StubServer::answering(begun.into_iter().chain(refusals));
    let mut command = with_canaries(home.dropslot());
    command.args(["put", "--json", "--no-probe", "--method", method]);
    command.args([
        "--bucket",
        "bucket",
        "--region",
        "us-east-1",
        "--endpoint-url",
        &server.url(),
    ]);
    let output = crate::support::tools::run(command.arg(&file));
    assert_eq!(output.status.code(), Some(1), "{method}, {status}");
    let signatures = signatures(&server.received_so_far());
    output_holds_none(&output, &signatures);
    keeps_none(&home, &signatures);
    let mut diagnostics = with_canaries(home.dropslot());
    output_holds_none(&ends(diagnostics.arg("diagnostics"), 0), &signatures);
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
