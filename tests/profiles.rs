//! Profiles, credentials and buckets, held against boto3 and against servers that answer as AWS does.
//!
//! What `presign` prints shows which keys signed: the access key id and the session token stand in its fields.

mod logins;
mod network;

use crate::support::home::Home;
use crate::support::stub_server::{StubServer, answer};
use crate::support::tools;
use serde_json::Value;
use std::process::Command;
use std::time::{Duration, Instant};

/// The command line that signs a form without asking the network for anything.
fn presign(home: &Home, destination: &[&str]) -> Command {
    let mut command = home.dropslot();
    command
        .arg("presign")
        .args(destination)
        .args(["--bucket", "bucket", "a.txt"]);
    command
}

/// Access key id, region and session token of a form.
fn signer(command: &mut Command) -> (String, String, Option<String>) {
    let form: Value = serde_json::from_str(&tools::stdout(command)).unwrap();
    let fields = &form["fields"];
    let mut scope = fields["x-amz-credential"].as_str().unwrap().split('/');
    let access_key_id = scope.next().unwrap().to_owned();
    let region = scope.nth(1).unwrap().to_owned();
    (
        access_key_id,
        region,
        fields["x-amz-security-token"].as_str().map(str::to_owned),
    )
}

/// What a command that fails says on standard error.
#[track_caller]
fn refusal(command: &mut Command) -> String {
    let output = tools::run(command);
    assert_eq!(output.status.code(), Some(1), "{}", tools::told(&output));
    assert!(output.stdout.is_empty(), "{}", tools::told(&output));
    String::from_utf8(output.stderr).unwrap()
}

/// Answers as AWS does: status, content type, body, one a connection.
fn stub(answers: &[(&str, &str, &str)]) -> StubServer {
    let answers = answers
        .iter()
        .map(|(status, kind, body)| answer(status, &[&format!("Content-Type: {kind}")], body));
    StubServer::answering(answers.collect::<Vec<_>>())
}

/// The next request, head and body.
fn asked(server: &StubServer) -> String {
    let received = server.received();
    received.head + &String::from_utf8(received.body).unwrap()
}

#[test]
fn the_profiles_are_those_that_boto3_lists() {
    let home = Home::new();
    home.aws_config(
        "[default]\nregion = us-east-1\n\n[profile work]\nregion=ap-northeast-2 ; comment\nsso_session = corp\n\
         [sso-session corp]\nsso_start_url = https://x\nsso_region = us-east-1\n\
         [services local]\ns3 =\n  endpoint_url = http://127.0.0.1:1\n\
         [profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = only-keys\n# [profile commented]\n\
         [profile dotted.name_1]\noutput = json\n[other]\nkey = x\n",
    );
    home.aws_credentials(
        "[only-keys]\naws_access_key_id = A\naws_secret_access_key = B\n[default]\naws_access_key_id = C\n",
    );
    let sorted = |text: String| {
        let mut names: Vec<String> = text.lines().map(str::to_owned).collect();
        names.sort();
        names
    };
    let list = "import boto3; print('\\n'.join(boto3.Session().available_profiles))";
    let theirs = sorted(tools::stdout(home.python().args(["-c", list])));
    let ours = tools::stdout(home.dropslot().arg("profiles"));
    assert!(ours.starts_with("default\n"), "{ours}");
    assert_eq!(sorted(ours), theirs);
}

#[test]
fn no_files_are_no_profiles_and_no_error() {
    let home = Home::new();
    assert_eq!(tools::stdout(home.dropslot().arg("profiles")), "");
}

#[test]
fn a_file_that_is_no_configuration_is_told_of() {
    let home = Home::new();
    home.aws_config("[profile broken\nregion = us-east-1\n");
    let told = refusal(home.dropslot().arg("profiles"));
    assert!(told.contains("The AWS configuration files could not be read"), "{told}");
}

#[test]
fn an_explicit_profile_goes_before_keys_in_the_environment_and_aws_profile_behind_them() {
    let home = Home::new();
    home.aws_credentials("[work]\naws_access_key_id = WORK\naws_secret_access_key = S\n");
    home.aws_config("[profile work]\nregion = eu-west-1\n");
    let keys = |mut command: Command| {
        command.envs([
            ("AWS_ACCESS_KEY_ID", "ENV"),
            ("AWS_SECRET_ACCESS_KEY", "S"),
            ("AWS_SESSION_TOKEN", "T"),
        ]);
        command
    };
    let explicit = signer(&mut keys(presign(&home, &["--profile", "work"])));
    assert_eq!(explicit, ("WORK".into(), "eu-west-1".into(), None));
    let both = signer(keys(presign(&home, &[])).env("AWS_PROFILE", "work"));
    assert_eq!(both, ("ENV".into(), "eu-west-1".into(), Some("T".into())));
    let profile = signer(presign(&home, &[]).env("AWS_PROFILE", "work"));
    assert_eq!(profile, ("WORK".into(), "eu-west-1".into(), None));
}

#[test]
fn the_region_comes_from_the_option_then_the_environment_then_the_profile() {
    let home = Home::new();
    home.aws_config("[default]\nregion = eu-west-1\naws_access_key_id = A\naws_secret_access_key = S\n");
    let region = |command: &mut Command| signer(command).1;
    assert_eq!(region(&mut presign(&home, &[])), "eu-west-1");
    assert_eq!(
        region(presign(&home, &[]).env("AWS_DEFAULT_REGION", "eu-west-2")),
        "eu-west-2"
    );
    let both = [("AWS_DEFAULT_REGION", "eu-west-2"), ("AWS_REGION", "eu-west-3")];
    assert_eq!(region(presign(&home, &[]).envs(both)), "eu-west-3");
    assert_eq!(
        region(presign(&home, &["--region", "sa-east-1"]).envs(both)),
        "sa-east-1"
    );
}

#[test]
fn the_endpoint_comes_from_every_place_that_the_sdk_reads() {
    let home = Home::new();
    home.aws_config(
        "[default]\nregion = eu-west-1\naws_access_key_id = A\naws_secret_access_key = S\nservices = local\n\
         [services local]\ns3 =\n  endpoint_url = https://services.example.com\n\
         [profile plain]\nregion = eu-west-1\naws_access_key_id = A\naws_secret_access_key = S\nendpoint_url = https://plain.example.com\n",
    );
    let url = |command: &mut Command| {
        let form: Value = serde_json::from_str(&tools::stdout(command)).unwrap();
        form["url"].as_str().unwrap().to_owned()
    };
    assert!(url(&mut presign(&home, &[])).starts_with("https://services.example.com/"));
    assert!(url(&mut presign(&home, &["--profile", "plain"])).starts_with("https://plain.example.com/"));
    let environment = ("AWS_ENDPOINT_URL_S3", "https://env.example.com");
    assert!(url(presign(&home, &[]).envs([environment])).starts_with("https://env.example.com/"));
    let option = ["--endpoint-url", "https://option.example.com"];
    assert!(url(presign(&home, &option).envs([environment])).starts_with("https://option.example.com/"));
    let ignored = url(presign(&home, &[]).env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));
    assert!(
        ignored.starts_with("https://bucket.s3.eu-west-1.amazonaws.com/"),
        "{ignored}"
    );
}

#[test]
fn a_credential_process_gives_keys_and_a_token() {
    let home = Home::new();
    let answer = r#"{"Version":1,"AccessKeyId":"PROCESS","SecretAccessKey":"S","SessionToken":"TOKEN","Expiration":"2999-01-01T00:00:00Z"}"#;
    let script = home.write("credentials.sh", format!("echo '{answer}'\n"));
    home.aws_config(&format!(
        "[profile made]\nregion = us-east-1\ncredential_process = sh {}\n",
        script.display()
    ));
    assert_eq!(
        signer(&mut presign(&home, &["--profile", "made"])),
        ("PROCESS".into(), "us-east-1".into(), Some("TOKEN".into()))
    );
}

#[test]
fn a_credential_process_that_fails_is_told_of_without_what_it_printed() {
    let home = Home::new();
    let broken = home.write("broken.sh", "echo CANARY-ERR >&2; echo CANARY-OUT; exit 7\n");
    let babble = home.write("babble.sh", "echo CANARY-OUT\n");
    for (script, sign) in [(&broken, "exit status: 7"), (&babble, "did not print the JSON")] {
        let home = Home::new();
        home.aws_config(&format!(
            "[profile made]\nregion = us-east-1\ncredential_process = sh {}\n",
            script.display()
        ));
        let told = refusal(presign(&home, &["--profile", "made"]).env("RUST_LOG", "trace"));
        assert!(told.contains(sign), "{told}");
        assert!(!told.contains("CANARY"), "{told}");
    }
}

#[test]
fn no_profile_and_no_keys_are_told_of_at_once() {
    let home = Home::new();
    let start = Instant::now();
    let told = refusal(&mut presign(&home, &["--region", "us-east-1"]));
    assert!(told.contains("No AWS profile and no AWS keys were found"), "{told}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_machine_without_instance_metadata_does_not_keep_anybody_waiting() {
    let home = Home::new();
    let start = Instant::now();
    // A port where nobody listens stands for the address where, outside of EC2, nobody answers.
    let told = refusal(
        presign(&home, &["--region", "us-east-1"])
            .env_remove("AWS_EC2_METADATA_DISABLED")
            .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:9"),
    );
    assert!(told.contains("No AWS profile and no AWS keys were found"), "{told}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn an_unknown_profile_is_named() {
    let home = Home::new();
    home.aws_config("[profile work]\nregion = us-east-1\n");
    let told = refusal(&mut presign(&home, &["--profile", "wrok"]));
    assert!(told.contains(r#"no AWS profile named "wrok""#), "{told}");
    let told = refusal(presign(&home, &[]).env("AWS_PROFILE", "wrok"));
    assert!(told.contains(r#"no AWS profile named "wrok""#), "{told}");
}

#[test]
fn a_profile_without_credentials_says_what_is_missing() {
    let home = Home::new();
    home.aws_config("[profile bare]\nregion = us-east-1\n[profile loop]\nregion = us-east-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = gone\n");
    let told = refusal(&mut presign(&home, &["--profile", "bare"]));
    assert!(
        told.contains("no keys, no role, no credential_process and no login"),
        "{told}"
    );
    let told = refusal(&mut presign(&home, &["--profile", "loop"]));
    assert!(told.contains("`gone`"), "{told}");
}
