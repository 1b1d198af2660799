//! Requests at random, the same for the same seed: unicode and escapes, tokens, every region, dotted buckets, endpoints.

use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, PresignedPost};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use std::time::Duration;

const SEED: u64 = 20_261_124;

/// What is signed, and with which keys.
#[derive(Clone, Debug)]
pub(super) struct Request {
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    region: String,
    bucket: String,
    endpoint_url: Option<&'static str>,
    pub(super) object_key: String,
    fields: Vec<(String, String)>,
    conditions: Vec<Condition>,
    expires_in_secs: u64,
    pub(super) now: jiff::Timestamp,
}

impl Request {
    pub(super) fn address(&self) -> BucketAddress {
        BucketAddress::new(self.bucket.as_str(), self.region.as_str(), self.endpoint_url).unwrap()
    }

    pub(super) fn credentials(&self) -> Credentials {
        Credentials::from_keys(&self.access_key_id, &self.secret_access_key, self.session_token.clone())
    }

    pub(super) fn expires_in(&self) -> Duration {
        Duration::from_secs(self.expires_in_secs)
    }

    pub(super) fn sign(&self) -> PresignedPost {
        PostRequest {
            address: &self.address(),
            object_key: &self.object_key,
            fields: &self.fields,
            conditions: &self.conditions,
            expires_in: self.expires_in(),
        }
        .sign(&self.credentials(), self.now)
    }

    pub(super) fn as_post(&self) -> Value {
        self.as_json(json!({
            "ask": "post",
            "fields": self.fields,
            "conditions": self.conditions.iter().map(as_botocore_takes_it).collect::<Vec<_>>(),
        }))
    }

    pub(super) fn as_url(&self, method: &str) -> Value {
        self.as_json(json!({"ask": "url", "method": method}))
    }

    /// A request signed in its headers, with these headers of its own.
    pub(super) fn as_headers(
        &self,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        body: Option<&str>,
    ) -> Value {
        self.as_json(json!({"ask": "headers", "method": method, "url": url, "headers": headers, "body": body}))
    }

    fn as_json(&self, mut question: Value) -> Value {
        let rest = json!({
            "access_key_id": self.access_key_id,
            "secret_access_key": self.secret_access_key,
            "session_token": self.session_token,
            "region": self.region,
            "bucket": self.bucket,
            "endpoint_url": self.endpoint_url,
            "object_key": self.object_key,
            "expires_in": self.expires_in_secs,
            "now": self.now.to_string(),
        });
        question
            .as_object_mut()
            .unwrap()
            .extend(rest.as_object().unwrap().clone());
        question
    }
}

fn as_botocore_takes_it(condition: &Condition) -> Value {
    match condition {
        Condition::Exact { field, value } => json!({ field: value }),
        Condition::StartsWith { field, prefix } => json!(["starts-with", format!("${field}"), prefix]),
        Condition::ContentLengthRange { min_bytes, max_bytes } => json!(["content-length-range", min_bytes, max_bytes]),
    }
}

/// `count` requests, which go through all of `regions` in turn.
pub(super) fn random(count: usize, regions: &[String]) -> Vec<Request> {
    let seed = std::env::var("DROPSLOT_TEST_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    println!("DROPSLOT_TEST_SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    regions
        .iter()
        .cycle()
        .take(count)
        .map(|region| request(region.clone()).new_tree(&mut runner).unwrap().current())
        .collect()
}

fn request(region: String) -> impl Strategy<Value = Request> {
    let keys = (
        "[A-Z0-9]{16,20}",
        "[A-Za-z0-9/+]{40}",
        proptest::option::of("[A-Za-z0-9/+=]{20,400}"),
    );
    let expires_in_secs = 1..=604_800_u64;
    // Microseconds, as finely as Python tells the time; 1971 to 2099.
    let now =
        (31_536_000_000_000..4_070_908_800_000_000_i64).prop_map(|at| jiff::Timestamp::from_microsecond(at).unwrap());
    (keys, place(), object_key(), caller(), expires_in_secs, now).prop_map(
        move |(keys, (bucket, endpoint_url), object_key, (fields, conditions), expires_in_secs, now)| Request {
            access_key_id: keys.0,
            secret_access_key: keys.1,
            session_token: keys.2,
            region: region.clone(),
            bucket,
            endpoint_url,
            object_key,
            fields,
            conditions,
            expires_in_secs,
            now,
        },
    )
}

/// A bucket, dotted or not, at AWS or at an endpoint of its own.
fn place() -> impl Strategy<Value = (String, Option<&'static str>)> {
    let bucket = prop_oneof![
        3 => "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
        1 => "[a-z][a-z0-9]{1,10}\\.[a-z0-9]{1,10}(\\.[a-z]{2,5})?",
    ];
    let endpoint_url = select(vec![
        None,
        None,
        None,
        Some("http://127.0.0.1:9000"),
        Some("http://localhost:9310"),
        Some("http://[::1]:8080"),
        Some("https://s3.example.com"),
        Some("https://gate.example.com:8443"),
        Some("https://gate.example.com/storage"),
    ]);
    (bucket, endpoint_url)
}

/// What JSON escapes, what URLs escape, and what has several spellings.
fn awkward_text(longest: usize) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => proptest::char::range(' ', '~'),
        2 => proptest::char::range('가', '힣'),
        1 => proptest::char::range('\u{1100}', '\u{11ff}'),
        1 => proptest::char::range('😀', '🙏'),
        1 => proptest::char::range('\u{0}', '\u{a0}'),
        1 => select(vec!['"', '\\', '/', '\u{2028}', '\u{2029}', '\u{feff}', '\u{ffff}', '\u{10ffff}', '\u{202e}', '$', '{', '}']),
        1 => any::<char>(),
    ];
    proptest::collection::vec(character, 0..longest).prop_map(|characters| characters.into_iter().collect())
}

fn object_key() -> impl Strategy<Value = String> {
    let visible = proptest::collection::vec("[ -~가-힣é😀]{1,12}", 1..5).prop_map(|segments| segments.join("/"));
    prop_oneof![
        3 => visible,
        2 => awkward_text(60).prop_filter("botocore wants a key", |text| !text.is_empty()),
        1 => awkward_text(20).prop_map(|prefix| format!("{prefix}${{filename}}")),
    ]
}

/// The caller's fields and conditions, which need not agree: botocore signs what it is given.
fn caller() -> impl Strategy<Value = (Vec<(String, String)>, Vec<Condition>)> {
    let name = prop_oneof![
        select(vec![
            "acl",
            "Content-Type",
            "success_action_status",
            "tagging",
            "Cache-Control",
            "key",
            "policy"
        ])
        .prop_map(str::to_owned),
        "x-amz-meta-[a-z0-9-]{1,12}",
    ];
    let fields = proptest::collection::vec((name, awkward_text(40)), 0..6);
    let prefix =
        ("[$A-Za-z-]{1,20}", awkward_text(20)).prop_map(|(field, prefix)| Condition::StartsWith { field, prefix });
    let range =
        any::<(u64, u64)>().prop_map(|(min_bytes, max_bytes)| Condition::ContentLengthRange { min_bytes, max_bytes });
    let others = proptest::collection::vec(prop_oneof![prefix, range], 0..4);
    (fields, others).prop_map(|(fields, others)| {
        let exact = fields.iter().map(|(name, value)| Condition::exact(name, value));
        let conditions = exact.chain(others).collect();
        (fields, conditions)
    })
}
