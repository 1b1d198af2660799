//! What may never come of a stranger's answer, by readings of our own: no check of the program is asked.
//!
//! `tests/fuzz/` judges by this file, too.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dropslot::s3::{PresignedPost, PresignedUpload, VendorReply, ticket};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashSet;
use std::net::IpAddr;

/// Largest form before its file (sigv4-HTTPPOSTForms.html).
const MAX_FORM_BYTES: usize = 20_480;

/// Whether it was taken for a form at all; so do all of these.
pub(crate) fn reply(body: &[u8]) -> bool {
    VendorReply::read(body).is_ok_and(|reply| judge(&reply))
}

pub(crate) fn ticket(text: &[u8]) -> bool {
    ticket::read(&String::from_utf8_lossy(text)).is_ok_and(|reply| judge(&reply))
}

/// In a form whose fields look like those of a form.
pub(crate) fn policy(json: &[u8]) -> bool {
    let fields = [
        ("key", "in/${filename}"),
        ("Content-Type", ""),
        ("x-ignore-a", "a"),
        ("policy", &BASE64_STANDARD.encode(json)),
    ];
    let post = PresignedPost {
        url: "https://media.s3.eu-west-1.amazonaws.com/".to_owned(),
        fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
    };
    form(&post, 7, "a.png")
}

fn judge(reply: &VendorReply) -> bool {
    let VendorReply { upload, public_url } = reply;
    assert!(is_safe(upload.url()), "an unsafe target");
    if let Some(link) = public_url {
        assert!(is_safe(link), "an unsafe link");
        assert!(!link.to_ascii_lowercase().contains("x-amz-signature="), "a signed link");
    }
    judge_names(upload);
    if let PresignedUpload::Put(put) = upload {
        for (name, _) in &put.headers {
            assert!(
                name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':'),
                "{name:?}"
            );
            for own in ["host", "content-length", "transfer-encoding", "connection"] {
                assert!(!name.eq_ignore_ascii_case(own), "{name:?}");
            }
        }
    }
    // Whatever is shown of it comes back.
    assert!(upload.host().is_some_and(|host| !host.is_empty()));
    drop((
        upload.bucket(),
        upload.object_url("a.png"),
        upload.limits(),
        upload.acl(),
    ));
    if let PresignedUpload::Post(post) = upload {
        form(post, 7, "그림 1.png");
    }
    true
}

/// Names once each, nothing that ends a line, no file.
fn judge_names(upload: &PresignedUpload) {
    let (pairs, is_form) = match upload {
        PresignedUpload::Post(post) => (&post.fields, true),
        PresignedUpload::Put(put) => (&put.headers, false),
    };
    let mut seen = HashSet::new();
    for (name, value) in pairs {
        assert!(
            !(name.is_empty() || is_form && name.eq_ignore_ascii_case("file")),
            "{name:?}"
        );
        assert!(
            !name.contains(char::is_control) && !value.contains(char::is_control),
            "{name:?}"
        );
        assert!(seen.insert(name.to_ascii_lowercase()), "{name:?} twice");
    }
}

/// By the letters alone: `https://` or `http://`, a host that ends where it seems to end, and without TLS this machine.
fn is_safe(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains(['@', '\\']) || url.contains(|character: char| character.is_control() || character == ' ') {
        return false;
    }
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match scheme.to_ascii_lowercase().as_str() {
        "https" => !host.is_empty(),
        "http" => host.eq_ignore_ascii_case("localhost") || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()),
        _ => false,
    }
}

/// A form that is filled in and passes meets its policy, as a second reading of the policy has it.
pub(crate) fn form(post: &PresignedPost, size_bytes: u64, file_name: &str) -> bool {
    let upload = PresignedUpload::Post(post.clone());
    drop((upload.limits(), upload.check(size_bytes, file_name, Timestamp::MAX)));
    let Ok(fitted) = upload.fitted("image/png") else {
        return false;
    };
    if fitted.check(size_bytes, file_name, Timestamp::UNIX_EPOCH).is_err() {
        return false;
    }
    let PresignedUpload::Post(form) = &fitted else {
        panic!("a form became something else");
    };
    let bytes: usize = form.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!(bytes <= MAX_FORM_BYTES, "{bytes} bytes");
    for (name, value) in &form.fields {
        assert!(
            !name.contains(['\r', '\n']) && !value.contains(['\r', '\n']),
            "{name:?}"
        );
    }
    let has_file = |post: &PresignedPost| post.fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("file"));
    assert!(has_file(post) || !has_file(form), "a file of its own");
    if let Some(policy) = value(form, "policy") {
        judge_policy(form, &policy, size_bytes, file_name);
    }
    true
}

fn value(form: &PresignedPost, name: &str) -> Option<String> {
    let mut fields = form.fields.iter();
    fields
        .find(|(present, _)| present.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.clone())
}

fn judge_policy(form: &PresignedPost, policy: &str, size_bytes: u64, file_name: &str) {
    let decoded: String = policy.split_ascii_whitespace().collect();
    let policy: Value = serde_json::from_slice(&BASE64_STANDARD.decode(decoded).unwrap()).unwrap();
    let base_name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let expanded = |name: &str| value(form, name).map(|value| value.replace("${filename}", base_name));
    let mut covered = HashSet::new();
    for condition in policy["conditions"].as_array().unwrap() {
        if let Value::Object(exact) = condition {
            for (name, wanted) in exact {
                covered.insert(name.to_ascii_lowercase());
                assert_eq!(
                    expanded(name).or_else(|| of_the_url(name, wanted)),
                    Some(text(wanted)),
                    "{name}"
                );
            }
            continue;
        }
        if condition[0]
            .as_str()
            .unwrap()
            .eq_ignore_ascii_case("content-length-range")
        {
            assert!(number(&condition[1]) <= size_bytes && size_bytes <= number(&condition[2]));
            continue;
        }
        let name = condition[1].as_str().unwrap();
        let name = name.strip_prefix('$').unwrap_or(name);
        covered.insert(name.to_ascii_lowercase());
        let is = expanded(name).or_else(|| of_the_url(name, &condition[2])).unwrap();
        if condition[0].as_str().unwrap().eq_ignore_ascii_case("eq") {
            assert_eq!(is, text(&condition[2]), "{name}");
        } else {
            assert!(is.starts_with(&text(&condition[2])), "{name}");
        }
    }
    for (name, _) in &form.fields {
        let name = name.to_ascii_lowercase();
        let is_free = ["policy", "x-amz-signature", "signature", "awsaccesskeyid", "file"].contains(&name.as_str());
        assert!(
            is_free || name.starts_with("x-ignore-") || covered.contains(&name),
            "{name}"
        );
    }
}

/// A bucket that is no field is the URL's; whose host is no bucket's may be any.
fn of_the_url(name: &str, wanted: &Value) -> Option<String> {
    name.eq_ignore_ascii_case("bucket").then(|| text(wanted))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| text(value).trim().parse().unwrap())
}
