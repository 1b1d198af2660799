//! `presign` against boto3, by way of the program itself: the clock is read back from the form.

use super::rig::{Rig, download, ends};
use crate::signing::oracle;
use crate::support::home::Home;
use crate::support::tools;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

/// An option, and the field that it becomes.
const OPTIONS: [(&str, &str, &str); 8] = [
    ("--content-type", "Content-Type", "text/plain; charset=utf-8"),
    ("--acl", "acl", "bucket-owner-full-control"),
    ("--cache-control", "Cache-Control", "public, max-age=31536000"),
    (
        "--content-disposition",
        "Content-Disposition",
        "inline; filename=\"é 한.txt\"",
    ),
    ("--storage-class", "x-amz-storage-class", "STANDARD_IA"),
    ("--server-side-encryption", "x-amz-server-side-encryption", "aws:kms"),
    ("--metadata", "x-amz-meta-color", "deep \"blue\" \\ 색"),
    ("--field", "x-amz-meta-extra", "=a=b="),
];

const CONDITIONS: [&str; 3] = [
    r#"["content-length-range",0,1048576]"#,
    r#"["starts-with","$x-amz-meta-free",""]"#,
    r#"{"success_action_status":"201"}"#,
];

#[derive(Clone, Debug)]
struct Sample {
    options: Vec<(&'static str, &'static str, &'static str)>,
    conditions: Vec<&'static str>,
    object_key: &'static str,
    region: &'static str,
    bucket: &'static str,
    token: Option<&'static str>,
    expires_in: u64,
}

fn samples() -> Vec<Sample> {
    let strategy = (
        subsequence(OPTIONS.to_vec(), 0..=OPTIONS.len()),
        subsequence(CONDITIONS.to_vec(), 0..=CONDITIONS.len()),
        select(vec![
            "a.txt",
            "한글/스크린샷 1.png",
            "q\"uote\\ %20+&.txt",
            "in/${filename}",
            "\u{1F389}/<b>",
        ]),
        select(vec![
            "us-east-1",
            "ap-northeast-2",
            "cn-north-1",
            "us-gov-west-1",
            "eu-south-2",
        ]),
        select(vec!["media-assets", "dotted.bucket.name"]),
        select(vec![None, Some("TOKEN/with+signs==")]),
        1..=604_800_u64,
    )
        .prop_map(
            |(options, conditions, object_key, region, bucket, token, expires_in)| Sample {
                options,
                conditions,
                object_key,
                region,
                bucket,
                token,
                expires_in,
            },
        );
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[42; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    (0..30)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

impl Sample {
    fn sign(&self, home: &Home) -> Value {
        let mut command = home.dropslot();
        command.args(["presign", "--bucket", self.bucket, "--region", self.region]);
        command.args(["--expires-in", &self.expires_in.to_string()]);
        for (option, field, value) in &self.options {
            match *option {
                "--metadata" => command.args([option, &*format!("color={value}")]),
                "--field" => command.args([option, &*format!("{field}={value}")]),
                option => command.args([option, value]),
            };
        }
        for condition in &self.conditions {
            command.args(["--condition", condition]);
        }
        command
            .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG");
        if let Some(token) = self.token {
            command.env("AWS_SESSION_TOKEN", token);
        }
        serde_json::from_str(&tools::stdout(command.arg(self.object_key))).unwrap()
    }

    fn question(&self, form: &Value) -> Value {
        let date = form["fields"]["x-amz-date"].as_str().unwrap();
        let now = format!(
            "{}-{}-{}T{}:{}:{}+00:00",
            &date[..4],
            &date[4..6],
            &date[6..8],
            &date[9..11],
            &date[11..13],
            &date[13..15]
        );
        let fields: Vec<_> = self
            .options
            .iter()
            .map(|(_, field, value)| json!([field, value]))
            .collect();
        let mut conditions: Vec<Value> = self
            .options
            .iter()
            .map(|(_, field, value)| json!({*field: value}))
            .collect();
        conditions.extend(
            self.conditions
                .iter()
                .map(|text| serde_json::from_str::<Value>(text).unwrap()),
        );
        json!({
            "ask": "post", "now": now, "bucket": self.bucket, "object_key": self.object_key, "region": self.region,
            "endpoint_url": null, "access_key_id": "AKIAIOSFODNN7EXAMPLE",
            "secret_access_key": "wJalrXUtnFEMI/K7MDENG", "session_token": self.token, "fields": fields,
            "conditions": conditions, "expires_in": self.expires_in,
        })
    }
}

#[test]
fn the_form_is_botocores_for_the_same_options_and_clock() {
    let home = Home::new();
    let samples = samples();
    let forms: Vec<Value> = samples.iter().map(|sample| sample.sign(&home)).collect();
    let theirs = oracle::ask(samples.iter().zip(&forms).map(|(sample, form)| sample.question(form)));
    for ((sample, form), theirs) in samples.iter().zip(&forms).zip(theirs) {
        let fields: Vec<_> = form["fields"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| json!([name, value]))
            .collect();
        assert_eq!(json!([form["url"], fields]), theirs, "{sample:?}");
    }
}

#[test]
fn a_form_for_the_sandbox_is_taken_from_curl() {
    let rig = Rig::new();
    let file = rig.home.write("a.txt", "by curl");
    let printed = ends(rig.home.dropslot().args(["presign", "--sandbox", "in/한.txt"]), 0).stdout;
    let form: Value = serde_json::from_slice(&printed).unwrap();
    let mut curl = tools::curl();
    curl.arg("--fail");
    for (name, value) in form["fields"].as_object().unwrap() {
        curl.args(["--form-string", &format!("{name}={}", value.as_str().unwrap())]);
    }
    tools::stdout(
        curl.arg("-F")
            .arg(format!("file=@{}", file.display()))
            .arg(form["url"].as_str().unwrap()),
    );
    assert_eq!(
        download(&format!("{}/sandbox/in/%ED%95%9C.txt", rig.endpoint)),
        b"by curl"
    );
}
