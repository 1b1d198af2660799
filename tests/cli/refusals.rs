//! Bad input: one sentence, one thing to change, an exit status, and nothing lost.

use super::rig::{Rig, ends, objects, told};
use crate::support::home::Home;
use crate::support::stub_server::{StubServer, answer, closed_port};
use serde_json::Value;
use std::process::Command;

/// Runs a `put --json` of one file that fails, holds its words to the rules, and gives its error.
#[track_caller]
fn error_of(command: &mut Command) -> Value {
    let output = ends(command, 1);
    let error = objects(&output)[0]["error"].clone();
    let (what, hint) = (error["what"].as_str().unwrap(), error["hint"].as_str().unwrap());
    assert!(!what.is_empty() && !hint.is_empty(), "{error}");
    for sentence in [what, hint] {
        assert!(!sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
        assert!(
            sentence.starts_with(|first: char| first.is_uppercase() || !first.is_alphabetic()),
            "{sentence}"
        );
    }
    error
}

fn stranger(home: &Home, endpoint: &str) -> Command {
    let mut command = home.dropslot();
    command
        .args([
            "put",
            "--json",
            "--no-probe",
            "--bucket",
            "bucket",
            "--region",
            "us-east-1",
            "--endpoint-url",
            endpoint,
        ])
        .arg(home.write("a.txt", "a"))
        .envs([("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "S")]);
    command
}

fn refusing(status: &str, code: &str, message: &str) -> StubServer {
    let body = format!("<Error><Code>{code}</Code><Message>{message}</Message><RequestId>R1</RequestId></Error>");
    StubServer::answering([answer(status, &["Content-Type: application/xml"], &body)])
}

#[test]
fn a_ticket_among_the_files_is_not_uploaded() {
    let rig = Rig::new();
    rig.home.write("in/a.dropslot-ticket", "a form, perhaps");
    let error = error_of(rig.put().args(["--json", "in"]));
    assert_eq!(error["code"], "ticket");
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.contains("--ticket"), "{hint}");
}

#[test]
fn wrong_keys_and_missing_buckets_are_told_of() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    let wrong_secret = error_of(
        rig.put_by_keys()
            .args(["--json", "a.txt"])
            .env("AWS_SECRET_ACCESS_KEY", "wrong"),
    );
    assert_eq!(wrong_secret["code"], "credentials_refused");
    let mut missing = rig.home.dropslot();
    missing.args(["put", "--json", "--bucket", "no-such-bucket", "--region", "us-east-1"]);
    missing.args(["--endpoint-url", &rig.endpoint, "a.txt"]);
    let missing = error_of(&mut rig.with_keys(missing));
    assert_eq!(missing["code"], "no_such_bucket");
}

#[test]
fn what_s3_refuses_is_told_of_with_its_request_id() {
    for (status, code, message, ours) in [
        (
            "400 Bad Request",
            "AccessControlListNotSupported",
            "The bucket does not allow ACLs",
            "acl_refused",
        ),
        ("403 Forbidden", "AccessDenied", "Access Denied", "access_denied"),
        (
            "404 Not Found",
            "NoSuchBucket",
            "The specified bucket does not exist",
            "no_such_bucket",
        ),
    ] {
        let home = Home::new();
        let server = refusing(status, code, message);
        let error = error_of(&mut stranger(&home, &server.url()));
        assert_eq!(error["code"], ours, "{error}");
        assert_eq!(error["request_id"], "R1", "{error}");
    }
}

#[test]
fn profiles_that_cannot_sign_are_told_of() {
    let home = Home::new();
    let file = home.write("a.txt", "a");
    let put = |arguments: &[&str]| {
        let mut command = home.dropslot();
        command
            .args(["put", "--json", "--bucket", "bucket", "--region", "us-east-1"])
            .args(arguments)
            .arg(&file);
        command
    };
    assert_eq!(error_of(&mut put(&[]))["code"], "no_profile");
    assert_eq!(error_of(&mut put(&["--profile", "gone"]))["code"], "unknown_profile");
    home.aws_config(
        "[profile work]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = dev\n\
                     [sso-session corp]\nsso_start_url = https://x\nsso_region = us-east-1\n",
    );
    let expired = error_of(&mut put(&["--profile", "work"]));
    assert_eq!(expired["code"], "login_expired");
    assert!(
        expired["hint"]
            .as_str()
            .unwrap()
            .contains("aws sso login --profile work"),
        "{expired}"
    );
}

#[test]
fn a_network_that_is_not_there_is_told_of() {
    let home = Home::new();
    let error = error_of(&mut stranger(&home, &format!("http://{}", closed_port())));
    assert_eq!(error["code"], "no_connection");
    assert_eq!(error["retryable"], true);
}

#[test]
fn a_proxy_that_refuses_is_told_of() {
    let home = Home::new();
    let proxy = StubServer::answering([answer("403 Forbidden", &[], "no")]);
    let error = error_of(stranger(&home, "https://s3.example.com").env("HTTPS_PROXY", proxy.url()));
    assert_eq!(error["code"], "proxy_refused");
}

#[test]
fn plain_http_to_another_machine_is_refused() {
    let home = Home::new();
    let error = error_of(&mut stranger(&home, "http://192.0.2.1"));
    assert_eq!(error["code"], "bad_request");
    assert!(error["what"].as_str().unwrap().contains("plain HTTP"), "{error}");
}

#[test]
fn a_broken_settings_file_is_set_aside_and_told_of() {
    let rig = Rig::new();
    let settings = rig.home.write("config/dropslot/settings.json", "{ this is no JSON");
    let file = rig.home.write("a.txt", "a");
    let output = ends(rig.home.dropslot().args(["put", "--to", "work"]).arg(&file), 2);
    assert!(told(&output).contains("settings"), "{}", told(&output));
    let kept = std::fs::read_dir(settings.parent().unwrap())
        .unwrap()
        .flatten()
        .any(|entry| std::fs::read_to_string(entry.path()).is_ok_and(|text| text == "{ this is no JSON"));
    assert!(kept, "the broken file is lost");
}

#[test]
fn a_port_in_use_is_told_of() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let home = Home::new();
    let output = ends(home.dropslot().args(["sandbox", "--port", &port]), 1);
    assert!(
        told(&output).contains(&format!("Port {port} is in use")),
        "{}",
        told(&output)
    );
    assert!(told(&output).contains("--port"), "{}", told(&output));
}

#[test]
fn a_public_base_that_no_link_can_begin_with_is_refused_before_anything_is_sent() {
    let home = Home::new();
    let server = StubServer::answering([]);
    for base in [
        "cdn.example.com",
        "ftp://cdn.example.com",
        "https://user:hidden@cdn.example.com",
        "https://cdn.example.com/?token=hidden",
    ] {
        let output = ends(stranger(&home, &server.url()).args(["--public-base", base]), 2);
        let said = told(&output);
        assert!(said.contains("The public base is no URL"), "{said}");
        assert!(said.contains("https://cdn.example.com/files"), "{said}");
        assert!(!said.contains("hidden"), "{said}");
    }
}
