//! Forms held against the vectors of AWS and botocore in `tests/data/presigned_post.json`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
#![allow(clippy::let_underscore_must_use, reason = "where only coming back counts")]

use super::*;
use crate::s3::signature::sign_policy;
use base64::prelude::{BASE64_STANDARD, Engine};
use proptest::prelude::*;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../tests/data/presigned_post.json")).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn texts(object: &Value) -> Vec<(String, String)> {
    object
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

fn credentials(input: &Value) -> Credentials {
    let session_token = input["session_token"].as_str().map(str::to_owned);
    Credentials::from_keys(
        text(&input["access_key_id"]),
        text(&input["secret_access_key"]),
        session_token,
    )
}

fn sign(input: &Value, in_utf8: bool) -> PresignedPost {
    let address = BucketAddress::new(text(&input["bucket"]), text(&input["region"]), None).unwrap();
    let conditions: Vec<Condition> = input["conditions"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(texts)
        .map(|(field, value)| Condition::exact(field, value))
        .collect();
    let request = PostRequest {
        address: &address,
        object_key: &text(&input["key"]),
        fields: &texts(&input["fields"]),
        conditions: &conditions,
        expires_in: Duration::from_secs(input["expires_in"].as_u64().unwrap()),
    };
    let (credentials, now) = (credentials(input), text(&input["now_utc"]).parse().unwrap());
    if in_utf8 {
        request.sign_in_utf8(&credentials, now)
    } else {
        request.sign(&credentials, now)
    }
}

#[test]
fn every_vector_of_botocore_is_met_byte_for_byte() {
    for vector in vectors()["vectors"].as_array().unwrap() {
        let (name, expect) = (&vector["name"], &vector["expect"]);
        let post = sign(&vector["input"], false);
        let order: Vec<&str> = post.fields.iter().map(|(name, _)| name.as_str()).collect();
        let expected_order: Vec<&str> = expect["field_order"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(order, expected_order, "{name}");
        for (field, value) in texts(&expect["fields"]) {
            assert_eq!(post.field(&field), Some(value.as_str()), "{name}: {field}");
        }
        assert_eq!(post.policy().unwrap().to_json(), text(&expect["policy_json"]), "{name}");
        // Without `addressing_style` botocore names the global host, which fails for newer regions.
        if vector["input"]["s3_config"]["addressing_style"] == "virtual" {
            assert_eq!(post.url, text(&expect["url"]), "{name}");
        } else {
            assert_eq!(
                post.url, "https://sigv4examplebucket.s3.us-east-1.amazonaws.com/",
                "{name}"
            );
        }
    }
}

#[test]
fn the_utf8_spelling_is_that_of_compact_serialisers() {
    for vector in vectors()["vectors"].as_array().unwrap() {
        let (input, expect) = (&vector["input"], &vector["expect_compact_utf8"]);
        let post = sign(input, true);
        assert_eq!(
            post.field("policy"),
            expect["policy_b64"].as_str(),
            "{}",
            vector["name"]
        );
        assert_eq!(
            post.field("x-amz-signature"),
            expect["signature"].as_str(),
            "{}",
            vector["name"]
        );
    }
}

#[test]
fn the_example_that_aws_publishes_is_met() {
    let vectors = vectors();
    let (input, expect) = (
        &vectors["aws_docs_example"]["input"],
        &vectors["aws_docs_example"]["expect"],
    );
    let policy = BASE64_STANDARD.encode(text(&input["policy_utf8"]));
    assert_eq!(policy, text(&expect["policy_b64"]));
    let now = "2015-12-29T00:00:00Z".parse().unwrap();
    assert_eq!(
        sign_policy(&policy, &credentials(input), "us-east-1", now),
        text(&expect["signature"])
    );
    assert_eq!(PostPolicy::from_base64(&policy).unwrap().conditions.len(), 11);
}

fn request<'a>(address: &'a BucketAddress, fields: &'a [(String, String)], expires_in: Duration) -> PostRequest<'a> {
    PostRequest {
        address,
        object_key: "up/${filename}",
        fields,
        conditions: &[],
        expires_in,
    }
}

#[test]
fn a_key_for_any_file_name_is_held_by_its_prefix() {
    let address = BucketAddress::new("media", "eu-west-1", None).unwrap();
    let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
    let own_key = [
        ("key".to_owned(), "mine".to_owned()),
        ("acl".to_owned(), "private".to_owned()),
    ];
    let post = request(&address, &own_key, Duration::MAX).sign(&credentials, Timestamp::UNIX_EPOCH);
    assert_eq!(post.field("key"), Some("up/${filename}"));
    assert_eq!(post.fields[0].0, "key", "it keeps the caller's place");
    let policy = post.policy().unwrap();
    assert_eq!(
        policy.conditions[1],
        Condition::StartsWith {
            field: "key".to_owned(),
            prefix: "up/".to_owned()
        }
    );
}

#[test]
fn debug_shows_nothing_that_sends() {
    let address = BucketAddress::new("media", "eu-west-1", None).unwrap();
    let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", Some("token".to_owned()));
    let post = request(&address, &[], Duration::from_mins(1)).sign(&credentials, Timestamp::UNIX_EPOCH);
    assert_eq!(
        format!("{post:?}"),
        "PresignedPost { key: Some(\"up/${filename}\"), .. }"
    );
}

#[test]
fn json_goes_out_with_its_order() {
    let post = PresignedPost {
        url: "https://b.example.com/".to_owned(),
        fields: [("z", "1"), ("Key", "각"), ("a", "true")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
    };
    let json = r#"{"url": "https://b.example.com/", "fields": {"z": "1", "Key": "\uac01", "a": "true"}}"#;
    assert_eq!(post.to_json(), json);
    assert_eq!(post.field("key"), Some("각"));
}

#[test]
fn the_bucket_is_in_the_policy_or_in_the_url() {
    let address = BucketAddress::new("media.example", "eu-west-1", None).unwrap();
    let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
    let mut post = request(&address, &[], Duration::from_mins(1)).sign(&credentials, Timestamp::UNIX_EPOCH);
    assert_eq!(post.bucket().as_deref(), Some("media.example"));
    post.url = "https://cdn.example.com/".to_owned();
    assert_eq!(post.bucket().as_deref(), Some("media.example"));
    post.fields.clear();
    assert_eq!(post.bucket(), None);
}

proptest! {
    #[test]
    fn no_url_and_no_policy_makes_it_panic(url in ".*", policy in "[A-Za-z0-9+/=]{0,60}") {
        let post = PresignedPost { url, fields: vec![("policy".to_owned(), policy)] };
        let _ = post.policy();
        let _ = post.bucket();
    }
}
