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
    for step in [
        "destination",
        "environment",
        "keys",
        "region",
        "clock",
        "listing",
        "signing",
        "upload",
        "proof",
        "deletion",
    ] {
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

/// The policy as `doctor` prints it, enforced by a store that nobody here wrote.
#[test]
fn the_printed_policy_suffices_and_each_action_that_is_taken_away_is_named() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let mut print = ceph.home.dropslot();
    print.args(["doctor", "--policy", "--region", "us-east-1", "--bucket", &bucket]);
    let policy: Value = serde_json::from_str(&stdout(&mut print)).unwrap();
    let as_role = |policy: &Value, profile: &str| {
        let session = ceph.assume_role(&ceph.new_role_by(&policy.to_string()));
        ceph.credentials(profile, &session.secret_access_key, Some(&session));
        let output = crate::support::tools::run(&mut doctor(&ceph, &bucket, profile));
        json_lines(std::str::from_utf8(&output.stdout).unwrap())
    };
    let lines = as_role(&policy, "whole");
    for step in ["listing", "upload", "proof", "deletion", "unfinished"] {
        assert_eq!(line(&lines, step)["state"], "ok", "{lines:#?}");
    }
    for (number, (action, step, state)) in [
        ("s3:PutObject", "upload", "failed"),
        ("s3:DeleteObject", "deletion", "note"),
        ("s3:ListBucketMultipartUploads", "unfinished", "note"),
        ("s3:ListAllMyBuckets", "listing", "note"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut less = policy.clone();
        let statements = less["Statement"].as_array_mut().unwrap();
        let before = statements.len();
        statements.retain(|statement| statement["Action"] != action);
        assert_eq!(statements.len(), before - 1, "{action}");
        let lines = as_role(&less, &format!("less-{number}"));
        let told = line(&lines, step);
        assert_eq!(told["state"], state, "{lines:#?}");
        assert_eq!(told["missing"][0]["action"], action, "{lines:#?}");
    }
}
