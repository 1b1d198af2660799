//! Every way to ask, and every refusal.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]

use super::*;
use crate::s3::{PresignedUpload, VendorReply};
use serde_json::json;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fn config(more: &[(&str, &str)]) -> Config {
    let mut pairs = vec![("DROPSLOT_BUCKET", "media"), ("AWS_REGION", "eu-west-1")];
    pairs.extend(more);
    Config::from_environment(|name| {
        let found = pairs.iter().find(|(present, _)| *present == name);
        found.map(|(_, value)| (*value).to_owned())
    })
    .unwrap()
}

fn moment() -> Moment {
    Moment {
        now: "2026-11-24T09:30:15Z".parse().unwrap(),
        random: [7; 16],
    }
}

fn ask(config: &Config, event: &Value) -> Value {
    let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", Some("session".to_owned()));
    answer_event(config, Some(&credentials), &moment(), event)
}

/// Of a function URL or an HTTP API, payload 2.0.
fn http(method: &str, query: &str, headers: &Value, body: Option<&str>) -> Value {
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": "/", "rawQueryString": query, "headers": headers,
        "requestContext": {
            "accountId": "anonymous", "apiId": "local", "domainName": "local", "domainPrefix": "local",
            "http": {"method": method, "path": "/", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "test"},
            "requestId": "id", "routeKey": "$default", "stage": "$default",
            "time": "24/Nov/2026:09:30:15 +0000", "timeEpoch": 1_795_512_615_000_u64
        },
        "body": body, "isBase64Encoded": false
    })
}

fn body(envelope: &Value) -> Value {
    serde_json::from_str(envelope["body"].as_str().unwrap()).unwrap()
}

#[test]
fn every_way_to_ask_gives_the_same_form() {
    let config = config(&[]);
    let question = r#"{"object_name":"a b.png","content_type":"image/png","size_bytes":7}"#;
    let bare = ask(&config, &serde_json::from_str(question).unwrap());
    let json = json!({"content-type": "application/json"});
    let web_form = json!({"content-type": "application/x-www-form-urlencoded"});
    let mut encoded = http("POST", "", &json, None);
    encoded["body"] = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, question).into();
    encoded["isBase64Encoded"] = true.into();
    let query = "object_name=a+b.png&content_type=image/png&size_bytes=7";
    for event in [
        http("POST", "", &json, Some(question)),
        http("POST", "", &web_form, Some(query)),
        http("POST", "", &web_form, Some(question)),
        http("POST", query, &json!({}), None),
        http("GET", query, &json!({}), None),
        encoded,
    ] {
        let envelope = ask(&config, &event);
        assert_eq!(envelope["statusCode"], 200, "{envelope}");
        assert_eq!(envelope["headers"]["cache-control"], "no-store");
        assert_eq!(body(&envelope), bare);
    }
    let key = bare["key"].as_str().unwrap();
    assert!(key.ends_with("/a b.png"), "{key}");
    assert_eq!(bare["fields"]["key"], key);
    assert_eq!(bare["fields"]["Content-Type"], "image/png");
    assert_eq!(bare["expires"], 900);
    let link = format!("https://media.s3.eu-west-1.amazonaws.com/{}", key.replace(' ', "%20"));
    assert_eq!(bare["publicUrl"], link.as_str());
}

#[test]
fn our_own_client_reads_it_and_finds_it_good_for_this_file_alone() {
    let form = ask(
        &config(&[]),
        &json!({"object_name": "a.png", "content_type": "image/png", "size_bytes": 7}),
    );
    let reply = VendorReply::read(form.to_string().as_bytes()).unwrap();
    assert!(matches!(reply.upload, PresignedUpload::Post(_)));
    assert_eq!(reply.public_url.as_deref(), form["publicUrl"].as_str());
    assert!(reply.upload.check(7, "a.png", moment().now).is_ok());
    assert!(reply.upload.check(8, "a.png", moment().now).is_err());
}

#[test]
fn callers_choose_no_key_unless_they_may() {
    let key = |config: &Config, name: &str| {
        ask(config, &json!({ "object_name": name }))["key"]
            .as_str()
            .map(str::to_owned)
    };
    let template = config(&[
        ("DROPSLOT_KEY_PREFIX", "in/"),
        ("DROPSLOT_KEY_TEMPLATE", "{date}/{name}"),
    ]);
    for name in ["../../etc/passwd", "other/passwd", r"c:\users\passwd", "passwd"] {
        assert_eq!(key(&template, name).as_deref(), Some("in/2026-11-24/passwd"), "{name}");
    }
    let free = config(&[("DROPSLOT_KEY_PREFIX", "in/"), ("DROPSLOT_ALLOW_KEYS", "1")]);
    assert_eq!(key(&free, "a/b.png").as_deref(), Some("in/a/b.png"));
    assert_eq!(key(&free, "../b.png"), None);
    let refused = ask(&free, &json!({"object_name": "a$$"}));
    assert_eq!(body(&refused)["error"]["code"], "object_name");
}

#[test]
fn each_token_has_its_prefix_and_nobody_else_gets_a_form() {
    let config = config(&[("DROPSLOT_TOKENS", &format!("anna/={TOKEN}"))]);
    let question = Some(r#"{"object_name":"a.png"}"#);
    for headers in [
        json!({"authorization": format!("Bearer {TOKEN}")}),
        json!({"authorization": format!("bearer {TOKEN}")}),
        json!({"x-api-key": TOKEN}),
    ] {
        let form = body(&ask(&config, &http("POST", "", &headers, question)));
        assert!(form["key"].as_str().unwrap().starts_with("anna/"), "{form}");
    }
    for headers in [
        json!({}),
        json!({"authorization": "Bearer wrong"}),
        json!({"authorization": TOKEN}),
    ] {
        let envelope = ask(&config, &http("POST", "", &headers, question));
        assert_eq!(envelope["statusCode"], 401, "{headers}");
        assert_eq!(envelope["headers"]["www-authenticate"], "Bearer");
        assert!(!envelope.to_string().contains(TOKEN));
    }
    assert_eq!(ask(&config, &json!({"object_name": "a.png"}))["statusCode"], 401);
    assert!(ask(&config, &json!({"object_name": "a.png", "token": TOKEN}))["key"].is_string());
}

#[test]
fn what_the_owner_does_not_take_is_refused_by_status_and_code() {
    let config = config(&[
        ("DROPSLOT_MAX_BYTES", "10"),
        ("DROPSLOT_CONTENT_TYPES", "image/*, text/plain"),
    ]);
    let refused = |method: &str, question: &str| {
        let envelope = ask(&config, &http(method, "", &json!({}), Some(question)));
        (
            envelope["statusCode"].as_u64().unwrap(),
            body(&envelope)["error"]["code"].as_str().unwrap().to_owned(),
        )
    };
    let image = |more: &str| format!(r#"{{"object_name":"a.png","content_type":"image/png"{more}}}"#);
    for (method, question, status, code) in [
        ("POST", "no json".to_owned(), 400, "no_json"),
        ("POST", "{}".to_owned(), 400, "no_object_name"),
        ("POST", image(r#","size_bytes":"x""#), 400, "size"),
        ("POST", image(r#","size_bytes":11"#), 413, "too_large"),
        (
            "POST",
            r#"{"object_name":"a","content_type":"video/mp4"}"#.to_owned(),
            415,
            "content_type",
        ),
        ("POST", r#"{"object_name":"a"}"#.to_owned(), 415, "content_type"),
        (
            "POST",
            r#"{"object_name":"a","content_type":"image/\r\n"}"#.to_owned(),
            400,
            "content_type",
        ),
        ("DELETE", image(""), 405, "method"),
    ] {
        assert_eq!(
            refused(method, &question),
            (status, code.to_owned()),
            "{method} {question}"
        );
    }
    let taken = ask(
        &config,
        &http("POST", "", &json!({}), Some(&image(r#","size_bytes":10"#))),
    );
    assert_eq!(taken["statusCode"], 200);
    let charset = r#"{"object_name":"a","content_type":"text/plain; charset=utf-8"}"#;
    assert_eq!(
        ask(&config, &http("POST", "", &json!({}), Some(charset)))["statusCode"],
        200
    );
}

#[test]
fn a_web_page_may_ask_where_it_is_named_and_reads_refusals_too() {
    let config = config(&[("DROPSLOT_CORS_ORIGINS", "https://app.example.com")]);
    let origin = json!({"origin": "https://app.example.com"});
    let preflight = ask(&config, &http("OPTIONS", "", &origin, None));
    assert_eq!(preflight["statusCode"], 204);
    assert_eq!(
        preflight["headers"]["access-control-allow-origin"],
        "https://app.example.com"
    );
    assert_eq!(preflight["headers"]["access-control-allow-methods"], "GET, POST");
    let refused = ask(&config, &http("POST", "", &origin, Some("{}")));
    assert_eq!(
        refused["headers"]["access-control-allow-origin"],
        "https://app.example.com"
    );
    let other = ask(
        &config,
        &http("OPTIONS", "", &json!({"origin": "https://evil.example"}), None),
    );
    assert_eq!(other["headers"].get("access-control-allow-origin"), None);
}

#[test]
fn without_credentials_the_function_says_so() {
    let answer = answer_event(&config(&[]), None, &moment(), &json!({"object_name": "a"}));
    assert_eq!(
        (answer["statusCode"].as_u64(), body(&answer)["error"]["code"].as_str()),
        (Some(500), Some("no_credentials"))
    );
}
