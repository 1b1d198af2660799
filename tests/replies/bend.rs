//! Answers of the corpus, bent: wrapped, renamed, doubled, cut, flipped, spliced, pointed elsewhere.

use super::corpus;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::sync::LazyLock;

static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| corpus::files().into_values().collect());

/// Names that mean something to the reader, in anybody's spelling.
const NAMES: &[&str] = &[
    "url",
    "fields",
    "key",
    "policy",
    "file",
    "File",
    "data",
    "body",
    "statusCode",
    "errorMessage",
    "uploadUrl",
    "presignedPost",
    "signedUrl",
    "headers",
    "method",
    "formData",
    "inputs",
    "attributes",
    "publicUrl",
    "message",
    "isBase64Encoded",
    "Host",
    "share",
    "bucket",
    "Policy",
    "parameters",
    "signature",
    "name",
    "value",
];

/// Where no file may go, and what makes a place look like another.
const TARGETS: &[&str] = &[
    "http://evil.example.com/",
    "http://127.0.0.1.evil.example.com/",
    "http://127.0.0.1@evil.example.com/",
    "http://localhost:80@evil.example.com/",
    "http://evil.example.com\\\\@127.0.0.1/",
    "http://evil.example.com#@127.0.0.1/",
    "http://[::ffff:1.2.3.4]/",
    "http://[::1]:1/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://127.1/",
    "http://localhost./",
    "http://localhost%2eevil.example.com/",
    "https://user:secret@b.s3.amazonaws.com/",
    "https:evil.example.com",
    "https:///evil.example.com",
    "https:\\\\\\\\evil.example.com",
    "https://\\u0000evil.example.com/",
    "https://b.s3.amazonaws.com/\\r\\nHost: evil",
    "HTTPS://B.S3.AMAZONAWS.COM/",
    "https://[::1",
    "https://",
    "https:// /",
    "//evil.example.com/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "ftp://127.0.0.1/",
    "https://b.s3.amazonaws.com/a?X-Amz-Signature=x",
    "http://evil.example.com/a?X-Amz-Signature=x",
    "https://b.s3.amazonaws.com/?Signature=x&Expires=99999999999999999999",
    "https://b.s3.amazonaws.com/%ff%00?X-Amz-Signature=x&X-Amz-SignedHeaders=a;b&X-Amz-Date=20261124T000000Z&X-Amz-Expires=-9",
];

/// What breaks lines, quotes and trees.
const SNIPPETS: &[&str] = &[
    "\\r\\n",
    "\r\n",
    "\"",
    "\\u0000",
    "\u{0}",
    "\\ud83d",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "1e999",
    "-1",
    "true",
    "${filename}",
    "<NAME>",
    "\\",
    "'",
    "=",
    ";type=",
    "@",
    "<",
    " -F ",
    "\u{feff}",
    "\u{2028}",
    "\u{202e}",
    "한",
    "\"file\":\"x\",",
    "\"key\":\"b\",",
    "\"Key\":\"b\",",
    "\"fields\":{},",
    "\"url\":\"http://evil.example.com/\",",
];

#[derive(Clone, Debug)]
enum Bend {
    Wrap(&'static str),
    WrapAsText(&'static str),
    WrapInList,
    AsText,
    InEnvelope(u16),
    Rename(Index, &'static str),
    Double(Index),
    Retarget(Index, &'static str),
    Insert(Index, &'static str),
    Cut(Index),
    CutOut(Index, u8),
    Flip(Index, u8),
    Splice(Index, Index, Index),
}

fn bend() -> impl Strategy<Value = Bend> {
    let name = || select(NAMES);
    let at = any::<Index>;
    prop_oneof![
        1 => name().prop_map(Bend::Wrap),
        1 => name().prop_map(Bend::WrapAsText),
        1 => Just(Bend::WrapInList),
        1 => Just(Bend::AsText),
        1 => any::<u16>().prop_map(Bend::InEnvelope),
        4 => (at(), name()).prop_map(|(at, name)| Bend::Rename(at, name)),
        4 => at().prop_map(Bend::Double),
        6 => (at(), select(TARGETS)).prop_map(|(at, target)| Bend::Retarget(at, target)),
        3 => (at(), select(SNIPPETS)).prop_map(|(at, snippet)| Bend::Insert(at, snippet)),
        1 => at().prop_map(Bend::Cut),
        2 => (at(), any::<u8>()).prop_map(|(at, length)| Bend::CutOut(at, length)),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Bend::Flip(at, byte)),
        1 => (at(), at(), at()).prop_map(|(other, from, to)| Bend::Splice(other, from, to)),
    ]
}

/// A file of the corpus, bent up to three times.
pub(super) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let bent = (any::<Index>(), proptest::collection::vec(bend(), 0..4));
    bent.prop_map(|(which, bends)| {
        let body = CORPUS[which.index(CORPUS.len())].clone();
        bends.iter().fold(body, bent_once)
    })
}

/// A policy, bent.
pub(super) fn policy() -> impl Strategy<Value = Vec<u8>> {
    const POLICY: &str = r#"{"expiration":"2026-11-24T10:00:00Z","conditions":[{"bucket":"media"},["starts-with","$key","in/"],["content-length-range",1,10],["starts-with","$Content-Type","image/"],["eq","$acl","private"],{"x-amz-meta-a":"b"}]}"#;
    let bends = proptest::collection::vec(bend(), 0..6);
    bends.prop_map(|bends| bends.iter().fold(POLICY.as_bytes().to_vec(), bent_once))
}

/// One word of a `curl` line, or what looks like one.
pub(super) fn curl_word() -> impl Strategy<Value = String> {
    let option = select(
        &[
            "-F",
            "--form",
            "--form-string",
            "-H",
            "-X",
            "PUT",
            "-T",
            "--url",
            "-sSF",
            "--data",
            "-d",
            "-u",
            "\\\n",
            "^\r\n",
        ][..],
    );
    let pair = (select(NAMES), ".{0,12}").prop_map(|(name, value)| format!("'{name}={value}'"));
    prop_oneof![
        option.prop_map(str::to_owned),
        pair,
        select(TARGETS).prop_map(str::to_owned),
        (select(TARGETS)).prop_map(|target| format!("'{target}'")),
        select(SNIPPETS).prop_map(str::to_owned),
        ".{0,8}",
    ]
}

fn bent_once(body: Vec<u8>, bend: &Bend) -> Vec<u8> {
    let text = || String::from_utf8_lossy(&body).into_owned();
    let as_text = || serde_json::to_string(&text()).unwrap();
    match *bend {
        Bend::Wrap(name) => format!("{{\"{name}\":{}}}", text()).into_bytes(),
        Bend::WrapAsText(name) => format!("{{\"{name}\":{}}}", as_text()).into_bytes(),
        Bend::WrapInList => format!("[{}]", text()).into_bytes(),
        Bend::AsText => as_text().into_bytes(),
        Bend::InEnvelope(status) => format!("{{\"statusCode\":{status},\"body\":{}}}", as_text()).into_bytes(),
        Bend::Rename(at, name) => replaced(&body, at, b"\"", b"\":", format!("\"{name}\":").as_bytes()),
        Bend::Double(at) => doubled(body, at),
        Bend::Retarget(at, target) => replaced(&body, at, b"http", b"\"", format!("{target}\"").as_bytes()),
        Bend::Insert(at, snippet) => inserted(body, at, snippet.as_bytes()),
        Bend::Cut(at) => {
            let end = at.index(body.len() + 1);
            body[..end].to_vec()
        }
        Bend::CutOut(at, length) => {
            let from = at.index(body.len() + 1);
            let to = (from + usize::from(length)).min(body.len());
            [&body[..from], &body[to..]].concat()
        }
        Bend::Flip(at, byte) => {
            let mut body = body;
            let length = body.len();
            if length > 0 {
                body[at.index(length)] ^= byte;
            }
            body
        }
        Bend::Splice(other, from, to) => {
            let other = &CORPUS[other.index(CORPUS.len())];
            [&body[..from.index(body.len() + 1)], &other[to.index(other.len() + 1)..]].concat()
        }
    }
}

/// From one of the places where `begin` stands to the next `end`, something else.
fn replaced(body: &[u8], at: Index, begin: &[u8], end: &[u8], by: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = places(body, begin);
    if places.is_empty() {
        return body.to_vec();
    }
    let from = places[at.index(places.len())];
    let to = body[from..]
        .windows(end.len())
        .position(|window| window == end)
        .map_or(body.len(), |length| from + length + end.len());
    [&body[..from], by, &body[to..]].concat()
}

/// One member, once more at its end.
fn doubled(body: Vec<u8>, at: Index) -> Vec<u8> {
    let commas = places(&body, b",");
    if commas.len() < 2 {
        return body;
    }
    let which = at.index(commas.len() - 1);
    let member = body[commas[which]..commas[which + 1]].to_vec();
    [&body[..commas[which]], &member, &body[commas[which]..]].concat()
}

fn inserted(mut body: Vec<u8>, at: Index, snippet: &[u8]) -> Vec<u8> {
    let place = at.index(body.len() + 1);
    body.splice(place..place, snippet.iter().copied());
    body
}

fn places(body: &[u8], needle: &[u8]) -> Vec<usize> {
    let windows = body.windows(needle.len()).enumerate();
    windows
        .filter(|(_, window)| *window == needle)
        .map(|(place, _)| place)
        .collect()
}
