//! `dropslot doctor` before a real store, and what the AWS CLI has left there.

use super::json_lines;
use crate::support::ceph::Ceph;
use crate::support::tools::stdout;
use serde_json::Value;
use std::process::Command;

fn doctor(ceph: &Ceph, bucket: &str, profile: &str) -> Command {
    let mut doctor = ceph.home.dropslot();
    doctor
        .args(["doctor", "--json", "--endpoint-url", &ceph.url])
        .args(["--bucket", bucket, "--profile", profile]);
    doctor
}

/// The line of a step.
#[track_caller]
fn line<'a>(lines: &'a [Value], step: &str) -> &'a Value {
    let found = lines.iter().find(|line| line["step"] == step);
    found.unwrap_or_else(|| panic!("{step}: {lines:#?}"))
}

#[test]
fn every_step_is_well_and_what_another_client_left_is_discarded() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let create = [
        "s3api",
        "create-multipart-upload",
        "--bucket",
        &bucket,
        "--key",
        "영상/a b.mov",
    ];
    let begun: Value = serde_json::from_str(&stdout(&mut ceph.aws(&create))).unwrap();
    let upload_id = begun["UploadId"].as_str().unwrap();
    let part = ceph.home.write("part", vec![7; 5 << 20]);
    let mut send = ceph.aws(&["s3api", "upload-part", "--bucket", &bucket, "--key", "영상/a b.mov"]);
    stdout(
        send.args(["--part-number", "1", "--upload-id", upload_id, "--body"])
            .arg(part),
    );

    let lines = json_lines(&stdout(&mut doctor(&ceph, &bucket, "rgw")));
    for step in ["destination", "environment", "keys", "upload", "proof", "deletion"] {
        assert_eq!(line(&lines, step)["state"], "ok", "{lines:#?}");
    }
    assert!(line(&lines, "proof")["what"].as_str().unwrap().ends_with("by md5"));
    assert!(ceph.object_keys(&bucket).is_empty(), "nothing is left of the trial");
    let found = &line(&lines, "unfinished")["uploads"][0];
    assert_eq!(found["object_key"], "영상/a b.mov");
    assert_eq!(found["upload_id"], upload_id);
    assert_eq!(found["size_bytes"], 5 << 20);
    assert_eq!(found["resumable"], false);
    let started: jiff::Timestamp = found["started"].as_str().unwrap().parse().unwrap();
    assert!(
        jiff::Timestamp::now().duration_since(started).as_secs() < 600,
        "{found}"
    );

    let lines = json_lines(&stdout(doctor(&ceph, &bucket, "rgw").arg("--abort-unfinished")));
    assert_eq!(line(&lines, "unfinished")["state"], "ok", "{lines:#?}");
    let left = stdout(&mut ceph.aws(&["s3api", "list-multipart-uploads", "--bucket", &bucket]));
    assert!(!left.contains("UploadId"), "{left}");
}

#[test]
fn who_may_only_put_is_told_what_to_ask_for_and_is_well() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let session = ceph.assume_role(&ceph.new_role("s3:PutObject"));
    ceph.credentials("session", &session.secret_access_key, Some(&session));
    let lines = json_lines(&stdout(&mut doctor(&ceph, &bucket, "session")));
    assert_eq!(line(&lines, "upload")["state"], "ok", "{lines:#?}");
    for (step, permission) in [
        ("deletion", "s3:DeleteObject"),
        ("unfinished", "s3:ListBucketMultipartUploads"),
    ] {
        let told = line(&lines, step);
        assert_eq!(told["state"], "note", "{lines:#?}");
        let hint = told["hint"].as_str().unwrap();
        assert!(hint.contains(permission) && hint.contains(&bucket), "{hint}");
    }
    assert_eq!(ceph.object_keys(&bucket).len(), 1);
}
