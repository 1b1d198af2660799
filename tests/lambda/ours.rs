//! Our own function under the real protocol of Lambda's runtimes.

use super::{Rig, done, refused};
use crate::signing::oracle;
use crate::support::lambda::{IAM_KEYS, Lambda};
use crate::support::tools;
use dropslot::lambda::{Config, Moment, answer_event};
use dropslot::s3::Credentials;
use serde_json::{Value, json};

const TOKEN: &str = "0123456789abcdef0123456789CANARY";

#[test]
fn our_function_serves_our_client_by_every_door() {
    let rig = Rig::new();
    let function = Lambda::ours(&[], &rig.store);
    let file = rig.file("스크린샷 1.png", "ours");
    for (door, more) in [
        ("url/", &[][..]),
        ("url/", &["--lambda-method", "get"][..]),
        ("http1/", &[][..]),
        ("http2/", &[][..]),
        ("rest/prod/presign", &[][..]),
        ("event/", &[][..]),
    ] {
        let result = done(&mut rig.put_by(&function, door, more, &file)).remove(0);
        assert_eq!(result["proof"], "md5", "{door}: {result}");
        let object_key = result["object_key"].as_str().unwrap();
        assert!(object_key.ends_with("/스크린샷 1.png"), "{object_key}");
        assert_eq!(rig.ceph.object(&rig.store.bucket, object_key), b"ours");
    }
    let mut invoked = rig.put(["--lambda-function", "presign"]);
    invoked
        .arg(&file)
        .envs(IAM_KEYS)
        .env("AWS_ENDPOINT_URL_LAMBDA", function.url("").trim_end_matches('/'));
    done(&mut invoked);
}

#[test]
fn its_owners_limits_hold_before_and_in_the_store() {
    let rig = Rig::new();
    let limits = [
        ("DROPSLOT_MAX_BYTES", "10"),
        ("DROPSLOT_CONTENT_TYPES", "image/*"),
        ("DROPSLOT_TOKENS", &format!("anna/={TOKEN}")),
        ("DROPSLOT_PUBLIC_BASE", "https://cdn.example.com"),
    ];
    let function = Lambda::ours(&limits, &rig.store);
    let url = function.url("url/");
    let bearer = format!("Authorization: Bearer {TOKEN}");
    let put = |name: &str, content: &str| {
        let mut put = rig.put(["--no-probe", "--lambda", &url, "--lambda-header", &bearer]);
        put.arg(rig.file(name, content));
        put
    };
    let result = done(&mut put("a.png", "0123456789")).remove(0);
    assert!(result["object_key"].as_str().unwrap().starts_with("anna/"), "{result}");
    assert!(
        result["url"]
            .as_str()
            .unwrap()
            .starts_with("https://cdn.example.com/anna/"),
        "{result}"
    );
    assert!(refused(&mut put("b.png", "0123456789a")).said.contains("10 bytes"));
    assert!(refused(&mut put("c.txt", "c")).said.contains("type"));
    let anonymous = refused(rig.put(["--lambda", &url]).arg(rig.file("d.png", "d")));
    assert_eq!(anonymous.code, "lambda_refused", "{anonymous:?}");

    // The store holds to them as well, whatever a client does with the form.
    let question = r#"{"object_name":"e.png","content_type":"image/png"}"#;
    let header = format!("Authorization: Bearer {TOKEN}");
    let form: Value = serde_json::from_str(&tools::stdout(
        tools::curl().args(["--header", &header, "--data", question, &url]),
    ))
    .unwrap();
    let large = rig.file("e.png", "0123456789a");
    let mut curl = tools::curl();
    for (name, value) in form["fields"].as_object().unwrap() {
        curl.arg("--form-string")
            .arg(format!("{name}={}", value.as_str().unwrap()));
    }
    let file = format!("file=@{}", large.display());
    curl.args([
        "--form",
        &file,
        "--write-out",
        "%{http_code}",
        form["url"].as_str().unwrap(),
    ]);
    let answer = tools::stdout(&mut curl);
    assert!(answer.contains("EntityTooLarge"), "{answer}");
}

/// With the temporary keys that Lambda's roles have, and a name that JSON escapes.
#[test]
fn its_policy_and_signature_are_botocores() {
    let environment = [
        ("DROPSLOT_BUCKET", "media-assets"),
        ("DROPSLOT_REGION", "eu-west-1"),
        ("DROPSLOT_KEY_PREFIX", "in/"),
        ("DROPSLOT_KEY_TEMPLATE", "{date}/{name}"),
        ("DROPSLOT_EXPIRES_IN", "600"),
    ];
    let config = Config::from_environment(|name| {
        let found = environment.iter().find(|(present, _)| *present == name);
        found.map(|(_, value)| (*value).to_owned())
    });
    let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", Some("session/token+==".to_owned()));
    let moment = Moment {
        now: "2026-11-24T09:30:15Z".parse().unwrap(),
        random: [7; 16],
    };
    let question = json!({"object_name": "각 \"1\".png", "content_type": "image/png", "size_bytes": 7});
    let form = answer_event(&config.unwrap(), Some(&credentials), &moment, &question);

    let fields = json!([["success_action_status", "201"], ["Content-Type", "image/png"]]);
    let expected = oracle::ask([json!({
        "ask": "post", "now": "2026-11-24T09:30:15+00:00", "bucket": "media-assets", "region": "eu-west-1", "endpoint_url": null,
        "access_key_id": "AKIDEXAMPLE", "secret_access_key": "secret", "session_token": "session/token+==",
        "object_key": "in/2026-11-24/각 \"1\".png", "fields": fields, "expires_in": 600,
        "conditions": [{"success_action_status": "201"}, {"Content-Type": "image/png"}, ["content-length-range", 7, 7]],
    })]);
    let fields: Vec<(&String, &Value)> = form["fields"].as_object().unwrap().iter().collect();
    assert_eq!(json!([form["url"], fields]), expected[0]);
}
