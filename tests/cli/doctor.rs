//! `doctor`: a step a line, each failure with what to change, and nothing left behind.

use super::rig::{Rig, ends, objects, told};
use crate::support::home::Home;
use crate::support::stub_server::{StubServer, answer};
use crate::support::tools;
use dropslot::store::{Database, Destination, DestinationKind, PartsUpload, QueuedFile};
use serde_json::Value;
use std::process::{Command, Output};

/// State, step and sentence of each line, up to the policy.
#[track_caller]
pub(super) fn steps(output: &Output) -> Vec<(String, String, String)> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    let words = |line: &str| {
        let (state, rest) = line.split_once(' ').unwrap();
        let (step, sentence) = rest.trim_start().split_once(' ').unwrap();
        (state.to_owned(), step.to_owned(), sentence.trim_start().to_owned())
    };
    text.lines().take_while(|line| *line != "{").map(words).collect()
}

pub(super) fn states(steps: &[(String, String, String)]) -> Vec<(&str, &str)> {
    steps
        .iter()
        .map(|(state, step, _)| (state.as_str(), step.as_str()))
        .collect()
}

/// What is said of a step.
#[track_caller]
pub(super) fn said<'a>(steps: &'a [(String, String, String)], of: &str) -> &'a str {
    let found = steps.iter().find(|(_, step, _)| step == of);
    &found.unwrap_or_else(|| panic!("{of}: {steps:?}")).2
}

const WELL: [(&str, &str); 13] = [
    ("ok", "destination"),
    ("ok", "environment"),
    ("ok", "keys"),
    ("ok", "region"),
    ("ok", "clock"),
    ("skipped", "identity"),
    ("skipped", "listing"),
    ("ok", "signing"),
    ("ok", "upload"),
    ("ok", "proof"),
    ("ok", "link"),
    ("ok", "deletion"),
    ("ok", "unfinished"),
];

#[test]
fn a_healthy_store_is_walked_through_step_by_step_and_nothing_is_left() {
    let rig = Rig::new();
    let output = ends(rig.home.dropslot().args(["doctor", "--sandbox"]), 0);
    let steps = steps(&output);
    assert_eq!(states(&steps), WELL);
    assert!(said(&steps, "region").contains(&rig.endpoint), "{steps:?}");
    let signing = said(&steps, "signing");
    assert!(
        signing.contains(" policy") && signing.ends_with("good for 60 min"),
        "{signing}"
    );
    assert!(said(&steps, "proof").ends_with("by crc64nvme"), "{steps:?}");
    let url = said(&steps, "link").strip_prefix("opens for anybody: ").unwrap();
    assert!(
        !tools::run(tools::curl().args(["--fail", url])).status.success(),
        "{url}"
    );
    let history = ends(rig.home.dropslot().arg("history"), 0);
    assert!(history.stdout.is_empty(), "a trial is no upload that anybody looks for");
    assert!(output.stderr.is_empty(), "{}", told(&output));
}

#[test]
fn a_script_reads_the_same_as_json() {
    let rig = Rig::new();
    let lines = objects(&ends(rig.home.dropslot().args(["doctor", "--sandbox", "--json"]), 0));
    for (line, (state, step)) in lines.iter().zip(WELL) {
        assert_eq!((&line["state"], &line["step"]), (&state.into(), &step.into()), "{line}");
        assert!(line["what"].as_str().unwrap().len() > 3, "{line}");
        assert_eq!(line["hint"], "");
    }
    assert_eq!(lines.len(), WELL.len());
    assert_eq!(lines[3]["region"], "us-east-1");
}

#[test]
fn wrong_keys_are_told_where_the_store_refuses_them() {
    let rig = Rig::new();
    let mut doctor = rig.by_keys("doctor");
    doctor.env("AWS_SECRET_ACCESS_KEY", "canary-secret");
    let output = ends(&mut doctor, 1);
    let steps = steps(&output);
    let found = [
        ("ok", "destination"),
        ("ok", "environment"),
        ("ok", "keys"),
        ("ok", "region"),
        ("ok", "clock"),
        ("skipped", "identity"),
        ("FAILED", "listing"),
        ("ok", "signing"),
        ("FAILED", "upload"),
        ("FAILED", "unfinished"),
    ];
    assert_eq!(states(&steps), found);
    assert!(said(&steps, "upload").contains("secret"), "{steps:?}");
    assert!(said(&steps, "environment").contains("AWS_SECRET_ACCESS_KEY is set"));
    let printed = format!("{}{}", String::from_utf8_lossy(&output.stdout), told(&output));
    assert!(!printed.contains("canary-secret"), "{printed}");
}

/// The last line of a run that fails there.
#[track_caller]
fn fails_at(command: &mut Command) -> (String, String) {
    let steps = steps(&ends(command, 1));
    let (state, step, sentence) = steps.last().unwrap().clone();
    assert_eq!(state, "FAILED", "{steps:?}");
    (step, sentence)
}

#[test]
fn what_is_missing_on_this_machine_is_told_before_anything_is_sent() {
    let home = Home::new();
    let doctor = |profile: &str| {
        let mut doctor = home.dropslot();
        doctor.args(["doctor", "--bucket", "b-1", "--region", "eu-west-1"]);
        doctor.args(["--profile", profile]);
        doctor
    };
    let (step, sentence) = fails_at(&mut doctor("nobody"));
    assert_eq!(step, "keys");
    assert!(sentence.contains("nobody"), "{sentence}");

    let (step, sentence) = fails_at(doctor("nobody").env("AWS_CA_BUNDLE", "/nowhere/ca.pem"));
    assert_eq!(step, "environment");
    assert!(sentence.contains("/nowhere/ca.pem"), "{sentence}");
}

pub(super) const ACCESS_DENIED: &str = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";

#[test]
fn what_may_not_be_deleted_is_told_by_its_place_and_is_no_failure() {
    let server = StubServer::answering([here(), denied(), stored(), denied(), denied(), denied()]);
    let home = Home::new();
    let steps = steps(&ends(&mut doctor(&home, &server), 0));
    assert_eq!(said(&steps, "proof"), "what is stored is what was sent, by md5");
    assert!(said(&steps, "link").starts_with("is private"), "{steps:?}");
    let deletion = said(&steps, "deletion");
    assert!(
        deletion.contains("bucket/") && deletion.contains(" stays"),
        "{deletion}"
    );
    assert!(deletion.contains("s3:DeleteObject"), "{deletion}");
    let unfinished = said(&steps, "unfinished");
    assert!(
        unfinished.contains("s3:ListBucketMultipartUploads on arn:aws:s3:::bucket"),
        "{unfinished}"
    );
    let listing = said(&steps, "listing");
    assert!(listing.contains("s3:ListAllMyBuckets on *"), "{listing}");
    assert!(said(&steps, "policy").contains("the least"), "{steps:?}");
    let history = ends(home.dropslot().arg("history"), 0);
    assert!(!history.stdout.is_empty(), "what stays can be found again");
}

/// The bucket is there, and says where.
pub(super) fn here() -> String {
    answer("200 OK", &["x-amz-bucket-region: us-east-1"], "")
}

/// By MD5 of the file that is sent, by md5sum(1).
pub(super) fn stored() -> String {
    answer("204 No Content", &["ETag: \"2142bca60ad2c9ae3bbe517f7113c5d9\""], "")
}

pub(super) fn denied() -> String {
    answer("403 Forbidden", &["Content-Type: application/xml"], ACCESS_DENIED)
}

/// Of a bucket that the stub serves.
pub(super) fn doctor(home: &Home, server: &StubServer) -> Command {
    let mut doctor = home.dropslot();
    doctor
        .args(["doctor", "--bucket", "bucket", "--region", "us-east-1"])
        .args(["--endpoint-url", &server.url()])
        .envs([("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "S")]);
    doctor
}

#[test]
fn a_store_that_takes_no_forms_gets_a_put_and_that_is_said_and_remembered() {
    let no_forms = || {
        let xml = "<Error><Code>NotImplemented</Code><Message>no POST</Message></Error>";
        answer("501 Not Implemented", &["Content-Type: application/xml"], xml)
    };
    let stored = || answer("200 OK", &["ETag: \"2142bca60ad2c9ae3bbe517f7113c5d9\""], "");
    let mut answers = vec![here(), denied(), no_forms(), stored()];
    answers.extend([denied(), denied(), denied()]);
    answers.extend([here(), denied(), stored(), denied(), denied(), denied()]);
    let server = StubServer::answering(answers);
    let home = Home::new();
    for known in [false, true] {
        let steps = steps(&ends(&mut doctor(&home, &server), 0));
        assert_eq!(said(&steps, "region").contains("takes no forms"), known, "{steps:?}");
        let upload = said(&steps, "upload");
        assert!(upload.contains("by PUT, for this store takes no forms"), "{upload}");
        assert_eq!(said(&steps, "proof"), "what is stored is what was sent, by md5");
    }
}

/// Begun by the AWS CLI, and ended by nobody: its id.
fn begin(rig: &Rig, key: &str) -> String {
    let begun = ends(rig.s3api("create-multipart-upload").args(["--key", key]), 0);
    let begun: Value = serde_json::from_slice(&begun.stdout).unwrap();
    begun["UploadId"].as_str().unwrap().to_owned()
}

/// What the AWS CLI sees of them.
fn left(rig: &Rig) -> Vec<String> {
    let listed = ends(&mut rig.s3api("list-multipart-uploads"), 0);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap_or_default();
    let uploads = listed["Uploads"].as_array().cloned().unwrap_or_default();
    let key = |upload: &Value| upload["Key"].as_str().unwrap().to_owned();
    uploads.iter().map(key).collect()
}

/// A file of this machine's queue goes on with it.
fn queue(rig: &Rig, key: &str, upload_id: String) {
    let destination = Destination::new("Sandbox", DestinationKind::Sandbox);
    let mut database = Database::open(&rig.home.path().join("data/dropslot/dropslot.sqlite3")).unwrap();
    let file = QueuedFile {
        path: rig.home.path().join("large.iso"),
        dir: String::new(),
        destination: destination.clone().into(),
    };
    let id = database.enqueue(&[file]).unwrap()[0];
    let begun = PartsUpload {
        destination,
        object_key: key.to_owned(),
        upload_id,
        part_bytes: 8 << 20,
        size_bytes: 24 << 20,
        modified_ns: 0,
        has_crc64nvme: true,
    };
    database.begin_parts_upload(id, &begun).unwrap();
}

#[test]
fn unfinished_uploads_are_listed_and_discarded_only_where_that_is_asked_for() {
    let rig = Rig::new();
    begin(&rig, "in/film.mov");
    begin(&rig, "in/디스크.img");
    let own = begin(&rig, "own/large.iso");
    queue(&rig, "own/large.iso", own);
    let doctor = |more: &[&str]| {
        let mut doctor = rig.home.dropslot();
        doctor.args(["doctor", "--sandbox"]).args(more);
        doctor
    };
    let seen = steps(&ends(&mut doctor(&[]), 0));
    let unfinished = said(&seen, "unfinished");
    assert!(unfinished.starts_with("3 unfinished uploads: in/"), "{unfinished}");
    let own = unfinished.split("own/large.iso (started ").nth(1).unwrap();
    assert!(own.contains("this machine's queue can go on with it"), "{own}");
    assert!(unfinished.contains("--abort-unfinished"), "{unfinished}");

    let lines = objects(&ends(&mut doctor(&["--json"]), 0));
    let uploads = lines.last().unwrap()["uploads"].as_array().unwrap();
    let resumable: Vec<_> = uploads.iter().map(|upload| &upload["resumable"]).collect();
    assert_eq!(resumable, [false, false, true]);
    assert_eq!(left(&rig).len(), 3);

    let gone = steps(&ends(&mut doctor(&["--abort-unfinished"]), 0));
    let told = "parts deleted of 2 unfinished uploads; one stays, which this machine's queue can go on with";
    assert_eq!(said(&gone, "unfinished"), told);
    assert_eq!(left(&rig), ["own/large.iso"]);
}

/// A form for the sandbox, as it is printed.
fn form(rig: &Rig, object_key: &str) -> Vec<u8> {
    let mut presign = rig.home.dropslot();
    ends(presign.args(["presign", "--sandbox", object_key]), 0).stdout
}

/// Forms for the sandbox, handed out as a function would.
#[test]
fn a_function_needs_no_keys_here_and_keeps_what_was_sent() {
    let rig = Rig::new();
    let form: Value = serde_json::from_slice(&form(&rig, "in/${filename}")).unwrap();
    let reply = answer("200 OK", &["Content-Type: application/json"], &form.to_string());
    let function = StubServer::answering([reply]);
    let mut doctor = rig.home.dropslot();
    doctor.args(["doctor", "--lambda", &function.url()]);
    let steps = steps(&ends(&mut doctor, 0));
    let found = [
        ("ok", "destination"),
        ("ok", "environment"),
        ("skipped", "keys"),
        ("note", "host"),
        ("ok", "signing"),
        ("ok", "upload"),
        ("ok", "proof"),
        ("ok", "link"),
        ("skipped", "deletion"),
        ("skipped", "unfinished"),
    ];
    assert_eq!(states(&steps), found);
    let url = said(&steps, "link").strip_prefix("opens for anybody: ").unwrap();
    assert_eq!(super::rig::download(url), b"dropslot doctor was here\n");
}

#[test]
fn a_form_for_one_file_is_not_spent_on_a_trial() {
    let rig = Rig::new();
    let ticket = rig.home.write("ticket.json", form(&rig, "in/one.txt"));
    let mut doctor = rig.home.dropslot();
    let steps = steps(&ends(doctor.args(["doctor", "--ticket"]).arg(ticket), 0));
    let upload = said(&steps, "upload");
    assert!(upload.contains("not spent") && upload.contains("59 min"), "{upload}");
}
