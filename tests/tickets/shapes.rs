//! Every shape that a ticket has, made by the programs that make them, and read back from where it went.

use super::{Store, ceph_owner, ends, put, result, signed};
use crate::support::ceph::Ceph;
use crate::support::home::Home;
use crate::support::sandbox::Sandbox;
use crate::support::tools;
use serde_json::Value;
use std::io::Write as _;
use std::process::{Command, Stdio};

const OBJECT_KEY: &str = "받은 것/스크린샷 (1) & \"2\".png";

/// What anybody gets at the URL that was printed.
#[track_caller]
fn opened(result: &Value) -> String {
    tools::stdout(tools::curl().args(["--fail", result["url"].as_str().unwrap()]))
}

#[test]
fn every_shape_of_a_ticket_reaches_ceph() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    ceph.make_public(&bucket);
    let store = Store {
        endpoint: ceph.url.clone(),
        bucket,
    };
    for how in ["boto3", "boto3-v2", "mc", "mc-json", "put", "curl-put"] {
        let home = Home::new();
        let object_key = format!("{how}/{OBJECT_KEY}");
        home.write("ticket", signed(ceph_owner(&ceph), how, &store, &object_key));
        let content = format!("그림 by {how}");
        let file = home.write("스크린샷 1.png", &content);

        let result = result(&ends(&mut put(&home, &file), 0));

        assert_eq!(result["object_key"], object_key.as_str(), "{how}: {result}");
        assert_eq!(result["bucket"], store.bucket.as_str(), "{how}: {result}");
        assert_eq!(result["access"], "public", "{how}: {result}");
        assert_eq!(opened(&result), content, "{how}");
    }
}

/// The store replaces `${filename}`, and mc's `<NAME>` stands for it.
#[test]
fn a_ticket_for_a_prefix_takes_several_files_by_their_names() {
    let ceph = Ceph::running();
    let store = Store {
        endpoint: ceph.url.clone(),
        bucket: ceph.new_bucket(),
    };
    let home = Home::new();
    home.write("ticket", signed(ceph_owner(&ceph), "mc-recursive", &store, "받은 것/"));
    let first = home.write("하나 1.png", "하나");
    let second = home.write("둘.txt", "둘");

    let output = ends(put(&home, &first).arg(&second), 0);

    let told = String::from_utf8(output.stdout).unwrap();
    for (line, (name, content)) in told.lines().zip([("하나 1.png", "하나"), ("둘.txt", "둘")]) {
        let result: Value = serde_json::from_str(line).unwrap();
        let object_key = format!("받은 것/{name}");
        assert_eq!(result["object_key"], object_key.as_str());
        assert_eq!(ceph.object(&store.bucket, &object_key), content.as_bytes());
    }
    assert_eq!(told.lines().count(), 2);
}

/// What curl makes of the line, Dropslot makes of it: the same key, the same bytes.
#[test]
fn a_line_of_mc_means_what_it_means_to_a_shell() {
    let ceph = Ceph::running();
    let store = Store {
        endpoint: ceph.url.clone(),
        bucket: ceph.new_bucket(),
    };
    let home = Home::new();
    let message = signed(ceph_owner(&ceph), "mc", &store, OBJECT_KEY);
    home.write("ticket", &message);
    let file = home.write("a.png", "by whom?");

    let line = message.split("Share: ").nth(1).unwrap().trim();
    let line = line.replacen("curl ", "curl --disable --noproxy '*' --fail --silent --show-error ", 1);
    tools::stdout(
        Command::new("sh")
            .args(["-c", &line.replace("<FILE>", "a.png")])
            .current_dir(home.path()),
    );
    let by_curl = ceph.object(&store.bucket, OBJECT_KEY);
    tools::stdout(&mut ceph.aws(&["s3api", "delete-object", "--bucket", &store.bucket, "--key", OBJECT_KEY]));

    ends(&mut put(&home, &file), 0);

    assert_eq!(ceph.object(&store.bucket, OBJECT_KEY), by_curl);
    assert_eq!(by_curl, b"by whom?");
}

#[test]
fn a_ticket_comes_through_a_pipe() {
    let ceph = Ceph::running();
    let store = Store {
        endpoint: ceph.url.clone(),
        bucket: ceph.new_bucket(),
    };
    let home = Home::new();
    let ticket = signed(ceph_owner(&ceph), "boto3", &store, "piped");
    let file = home.write("a.png", "piped");
    let mut put = home.dropslot();
    put.args(["put", "--ticket", "-", "--quiet"])
        .arg(&file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut put = put.spawn().unwrap();
    put.stdin.take().unwrap().write_all(ticket.as_bytes()).unwrap();
    let output = put.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", tools::told(&output));
    assert_eq!(ceph.object(&store.bucket, "piped"), b"piped");
}

/// The embedded S3 is as strange to a ticket as any other store.
#[test]
fn tickets_for_the_embedded_s3_are_taken_as_well() {
    let sandbox = Sandbox::start();
    let store = Store {
        endpoint: sandbox.endpoint.clone(),
        bucket: "sandbox".to_owned(),
    };
    for how in ["boto3", "mc", "put"] {
        let home = Home::new();
        let mut python = home.python();
        python
            .args(["-X", "utf8"])
            .env("AWS_ACCESS_KEY_ID", &sandbox.access_key_id)
            .env("AWS_SECRET_ACCESS_KEY", &sandbox.secret_access_key)
            .env("AWS_REGION", "us-east-1");
        let object_key = format!("{how}/{OBJECT_KEY}");
        home.write("ticket", signed(python, how, &store, &object_key));
        let file = home.write("a.png", how);

        let result = result(&ends(&mut put(&home, &file), 0));

        assert_eq!(result["object_key"], object_key.as_str());
        assert_eq!(result["access"], "public", "{result}");
        assert_eq!(opened(&result), how);
    }
}
