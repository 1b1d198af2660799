//! One attempt against a scripted server: the form's bytes, and what becomes of every way in which a wire can fail.

mod answers;
mod changes;
mod connections;
mod form_bytes;
mod links;
mod put;
mod waiting;

use crate::support::wait;
use dropslot::s3::{PresignedPost, PresignedUpload};
use dropslot::transfer::{Attempt, PostError, PostOptions, PostOutcome, SentBytes, Source, first_look, send};
use std::path::Path;
use std::time::Duration;
use tempfile::NamedTempFile;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Values that must never be seen in an error.
const SECRETS: [&str; 3] = ["canary-policy", "canary-signature", "canary-query"];

const MEBIBYTE: usize = 1024 * 1024;

/// A signed form for `url`, with secrets in it.
fn form(url: &str) -> PresignedPost {
    form_with(url, &[("key", "some/key")])
}

fn form_with(url: &str, fields: &[(&str, &str)]) -> PresignedPost {
    let secrets = [("policy", SECRETS[0]), ("x-amz-signature", SECRETS[1])];
    PresignedPost {
        url: format!("{url}/bucket?{}", SECRETS[2]),
        fields: fields
            .iter()
            .chain(&secrets)
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    }
}

/// A file of bytes that do not repeat within a block.
fn file_of(size_bytes: usize) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes_of(size_bytes)).unwrap();
    file
}

fn bytes_of(size_bytes: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let words = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.flatten().take(size_bytes).collect()
}

fn options() -> PostOptions {
    PostOptions {
        sent_bytes: SentBytes::default(),
        cancel: CancellationToken::new(),
        with_md5: false,
        stall_timeout: Duration::from_secs(30),
        rate_limit: None,
        held: None,
    }
}

fn sent(options: &PostOptions) -> u64 {
    options.sent_bytes.bytes()
}

fn source_of(file: &Path) -> Source {
    first_look(file, None).unwrap().source
}

/// One attempt by the program's own client.
async fn attempt(form: &PresignedPost, file: &Path, options: &PostOptions) -> Attempt {
    attempt_of(&PresignedUpload::Post(form.clone()), file, options).await
}

async fn attempt_of(upload: &PresignedUpload, file: &Path, options: &PostOptions) -> Attempt {
    let client = dropslot::aws::http_client_trusting(None).unwrap();
    send(&client, upload, &source_of(file), options).await
}

/// Begins an attempt, and comes back when the first bytes have gone.
fn begin(upload: PresignedUpload, file: &Path, options: &PostOptions) -> JoinHandle<Attempt> {
    let (file, options_there) = (file.to_owned(), options.clone());
    let running = tokio::spawn(async move { attempt_of(&upload, &file, &options_there).await });
    tokio::task::block_in_place(|| {
        wait::until("the first bytes", Duration::from_secs(20), || {
            (sent(options) > 0).then_some(())
        });
    });
    running
}

#[track_caller]
fn posted(attempt: Attempt) -> PostOutcome {
    attempt.result.unwrap_or_else(|error| panic!("{error}"))
}

/// How it failed; without a secret in any form of the error.
#[track_caller]
fn failed(attempt: Attempt) -> PostError {
    let error = attempt.result.expect_err("the attempt must fail");
    let words = format!("{error} {error:?}");
    for secret in SECRETS {
        assert!(!words.contains(secret), "{words}");
    }
    error
}
