//! `doctor` where something is wrong: S3's own words in, and what to ask for out.

use super::doctor::{denied, doctor, here, said, states, steps, stored};
use super::rig::{Rig, ends, objects, told};
use crate::support::home::Home;
use crate::support::stub_server::{Step, StubServer, answer};
use crate::support::tls_server::TlsServer;
use serde_json::Value;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

fn refusal(status: &str, code: &str, message: &str) -> String {
    let body = format!("<Error><Code>{code}</Code><Message>{message}</Message><RequestId>R1</RequestId></Error>");
    answer(status, &["Content-Type: application/xml"], &body)
}

const USER: &str = "User: arn:aws:iam::111122223333:user/me is not authorized to perform: ";
const KEY_ARN: &str = "arn:aws:kms:us-east-1:111122223333:key/1234";

/// What S3 answers to the upload (codes and sentences of AWS's own pages), and what a person is to read of it.
#[test]
fn what_s3_refuses_is_said_with_what_to_ask_for() {
    let cases = [
        (
            "400 Bad Request",
            "AccessControlListNotSupported",
            "The bucket does not allow ACLs".to_owned(),
            ["ACL", "Drop the ACL"],
        ),
        (
            "403 Forbidden",
            "AccessDenied",
            format!("{USER}kms:GenerateDataKey on resource: {KEY_ARN} because no identity-based policy allows the kms:GenerateDataKey action"),
            ["lacks the permission kms:GenerateDataKey", "Ask for kms:GenerateDataKey on arn:aws:kms:us-east-1:111122223333:key/1234"],
        ),
        (
            "403 Forbidden",
            "AccessDenied",
            format!("{USER}s3:PutObject on resource: \"arn:aws:s3:::bucket/a\" with an explicit deny in a resource-based policy"),
            ["explicit deny in the resource-based policy", "TLS, from a VPC endpoint"],
        ),
        (
            "403 Forbidden",
            "AccessDenied",
            "Access Denied".to_owned(),
            ["Ask for s3:PutObject on arn:aws:s3:::bucket/", "requester pay"],
        ),
        (
            "400 Bad Request",
            "InvalidRequest",
            "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters".to_owned(),
            ["Object Lock", "Send in parts"],
        ),
        (
            "404 Not Found",
            "NoSuchBucket",
            "The specified bucket does not exist".to_owned(),
            ["no bucket named \"bucket\"", "spelling"],
        ),
    ];
    for (status, code, message, expected) in cases {
        let refused = refusal(status, code, &message);
        let server = StubServer::answering([here(), denied(), refused, denied()]);
        let home = Home::new();
        let output = ends(&mut doctor(&home, &server), 1);
        let steps = steps(&output);
        let upload = said(&steps, "upload");
        for words in expected {
            assert!(upload.contains(words), "{words}: {upload}");
        }
        assert!(states(&steps).contains(&("FAILED", "upload")), "{steps:?}");
        assert!(told(&output).contains(code), "the store's own words are in the details");
    }
}

#[test]
fn a_missing_permission_is_named_with_its_resource_and_the_policy_that_gives_it() {
    let lacks = format!(
        "{USER}s3:PutObject on resource: \"arn:aws:s3:::bucket/k\" because no identity-based policy allows the s3:PutObject action"
    );
    let server = StubServer::answering([
        here(),
        denied(),
        refusal("403 Forbidden", "AccessDenied", &lacks),
        denied(),
    ]);
    let home = Home::new();
    let lines = objects(&ends(doctor(&home, &server).arg("--json"), 1));
    let line = |step: &str| lines.iter().find(|line| line["step"] == step).unwrap();
    let missing = &line("upload")["missing"][0];
    assert_eq!(missing["action"], "s3:PutObject");
    assert_eq!(missing["resource"], "arn:aws:s3:::bucket/k");
    assert_eq!(line("listing")["missing"][0]["action"], "s3:ListAllMyBuckets");
    assert_eq!(
        line("unfinished")["missing"][0]["action"],
        "s3:ListBucketMultipartUploads"
    );
    let printed = &lines.last().unwrap()["policy"];
    assert_eq!(printed["Statement"][0]["Action"], "s3:PutObject");

    let mut alone = home.dropslot();
    alone.args(["doctor", "--policy", "--bucket", "bucket", "--region", "us-east-1"]);
    let policy: Value = serde_json::from_slice(&ends(&mut alone, 0).stdout).unwrap();
    assert_eq!(&policy, printed);

    let below = ends(alone.args(["--key", "team-a/{rand}/{name}"]), 0);
    let policy: Value = serde_json::from_slice(&below.stdout).unwrap();
    assert_eq!(policy["Statement"][0]["Resource"], "arn:aws:s3:::bucket/team-a/*");
    let mut wrong = home.dropslot();
    ends(
        wrong.args(["doctor", "--policy", "--bucket", "bucket", "--key", "{nmae}"]),
        2,
    );
}

/// Both services by an endpoint of their own.
fn with_sts(home: &Home, server: &StubServer, sts: &StubServer) -> Command {
    let mut doctor = home.dropslot();
    doctor
        .args(["doctor", "--bucket", "bucket", "--region", "us-east-1"])
        .envs([("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "S")])
        .env("AWS_ENDPOINT_URL_S3", server.url())
        .env("AWS_ENDPOINT_URL_STS", sts.url());
    doctor
}

/// STS's answer by AWS's own page.
#[test]
fn who_signs_is_asked_of_sts_where_there_is_one() {
    let who = "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
        <Arn>arn:aws:iam::123456789012:user/Alice</Arn><UserId>A</UserId><Account>123456789012</Account>\
        </GetCallerIdentityResult></GetCallerIdentityResponse>";
    let sts = StubServer::answering([answer("200 OK", &["Content-Type: text/xml"], who)]);
    let list =
        "<ListAllMyBucketsResult><Buckets><Bucket><Name>bucket</Name></Bucket></Buckets></ListAllMyBucketsResult>";
    let listed = answer("200 OK", &["Content-Type: application/xml"], list);
    let server = StubServer::answering([here(), listed, stored(), denied(), denied(), denied()]);
    let home = Home::new();
    let mut doctor = with_sts(&home, &server, &sts);
    let steps = steps(&ends(&mut doctor, 0));
    assert_eq!(
        said(&steps, "identity"),
        "arn:aws:iam::123456789012:user/Alice, account 123456789012"
    );
    assert_eq!(said(&steps, "listing"), "1 bucket, and bucket is one of them");
    let asked = sts.received();
    assert_eq!(asked.body, b"Action=GetCallerIdentity&Version=2011-06-15");
    let scope = asked.header("authorization").unwrap();
    assert!(scope.contains("/us-east-1/sts/aws4_request"), "{scope}");
}

#[test]
fn keys_that_sts_does_not_know_fail_there_already() {
    let refused = "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code>\
        <Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>";
    let sts = StubServer::answering([answer("403 Forbidden", &["Content-Type: text/xml"], refused)]);
    let server = StubServer::answering([here(), denied(), denied(), denied()]);
    let home = Home::new();
    let mut doctor = with_sts(&home, &server, &sts);
    let steps = steps(&ends(&mut doctor, 1));
    assert!(said(&steps, "identity").contains("access key"), "{steps:?}");
    assert!(states(&steps).contains(&("FAILED", "identity")), "{steps:?}");
}

#[test]
fn a_clock_that_is_wrong_is_told_in_seconds_and_corrected() {
    let ahead = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(1800);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&ahead);
    let here = answer(
        "200 OK",
        &["x-amz-bucket-region: eu-west-1", &format!("Date: {}", date.unwrap())],
        "",
    );
    let server = StubServer::answering([here, denied(), stored(), denied(), denied(), denied()]);
    let home = Home::new();
    let steps = steps(&ends(&mut doctor(&home, &server), 0));
    let clock = said(&steps, "clock");
    let seconds: i64 = clock
        .split("clock is ")
        .nth(1)
        .unwrap()
        .split(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1770..=1800).contains(&seconds), "{clock}");
    assert!(clock.contains("behind the store's"), "{clock}");
    let region = said(&steps, "region");
    assert!(
        region.contains("in eu-west-1 and not in us-east-1") && region.contains("Set the destination's region"),
        "{region}"
    );
    let requests: Vec<_> = (0..6).map(|_| server.received()).collect();
    let form = String::from_utf8_lossy(&requests[2].body).into_owned();
    assert!(form.contains("/eu-west-1/s3/aws4_request"), "{form}");
    let hour = ahead.strftime("%Y%m%dT%H").to_string();
    assert!(form.contains(&hour), "{hour}: {form}");
}

fn over_https(home: &Home, url: &str) -> Command {
    let mut doctor = home.dropslot();
    doctor
        .args(["doctor", "--bucket", "bucket", "--region", "us-east-1"])
        .args(["--endpoint-url", url])
        .envs([("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "S")]);
    doctor
}

#[test]
fn a_proxy_that_wants_a_login_is_named() {
    let home = Home::new();
    let proxy = StubServer::answering([answer("407 Proxy Authentication Required", &[], "")]);
    let mut doctor = over_https(&home, "https://store.example");
    doctor.env("HTTPS_PROXY", proxy.url());
    let steps = steps(&ends(&mut doctor, 1));
    let region = said(&steps, "region");
    assert!(
        region.contains("proxy") && region.contains("HTTPS_PROXY (address, user and password)"),
        "{region}"
    );
    let environment = said(&steps, "environment");
    assert!(
        environment.starts_with(&format!("HTTPS_PROXY={}", proxy.url())),
        "{environment}"
    );
    assert_eq!(steps.last().unwrap().1, "region", "nothing more can be found out");
}

#[test]
fn a_certificate_that_nobody_here_trusts_is_told_with_where_its_authority_goes() {
    let rig = Rig::new();
    let front = TlsServer::before(rig.endpoint.rsplit_once(':').unwrap().1.parse().unwrap());
    let steps = steps(&ends(&mut over_https(&rig.home, &front.url()), 1));
    let region = said(&steps, "region");
    assert!(
        region.contains("not trusted") && region.contains("AWS_CA_BUNDLE"),
        "{region}"
    );
}

#[test]
fn a_login_that_has_expired_is_told_with_the_command_that_renews_it() {
    let home = Home::new();
    home.aws_config(
        "[profile work]\nsso_session = us\nsso_account_id = 111122223333\nsso_role_name = press\nregion = us-east-1\n\
         [sso-session us]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n",
    );
    let mut doctor = home.dropslot();
    doctor.args(["doctor", "--bucket", "bucket", "--profile", "work"]);
    let steps = steps(&ends(&mut doctor, 1));
    assert_eq!(steps.last().unwrap().1, "keys");
    assert!(
        said(&steps, "keys").contains("aws sso login --profile work"),
        "{steps:?}"
    );
}

#[test]
fn no_profile_at_all_is_told_as_that() {
    let home = Home::new();
    let mut doctor = home.dropslot();
    doctor.args(["doctor", "--bucket", "bucket"]);
    let steps = steps(&ends(&mut doctor, 1));
    let keys = said(&steps, "keys");
    assert!(
        keys.contains("No AWS profile") && keys.contains("Run: aws configure"),
        "{keys}"
    );
}

/// Ctrl-C while S3 has the bytes and has not answered.
#[test]
fn a_trial_that_is_stopped_in_the_middle_is_deleted_all_the_same() {
    let answering = |answer: String| vec![Step::ReadRequest, Step::Send(answer)];
    let slow = vec![Step::ReadRequest, Step::Wait, Step::Send(stored())];
    let gone = answer("204 No Content", &[], "");
    let server = StubServer::start([
        answering(here()),
        answering(denied()),
        slow,
        answering(denied()),
        answering(gone),
    ]);
    let home = Home::new();
    let mut child = doctor(&home, &server).stdout(Stdio::piped()).spawn().unwrap();
    // From here on the upload is on its way.
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let signed = lines.map_while(Result::ok).find(|line| line.contains("signing"));
    assert!(signed.is_some_and(|line| line.starts_with("ok")));
    let stop = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(stop.unwrap().success());
    server.go_on();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let requests: Vec<_> = (0..5).map(|_| server.received().head).collect();
    assert!(requests[2].starts_with("POST "), "{requests:?}");
    assert!(requests[4].starts_with("DELETE "), "{requests:?}");
}
