//! `dropslot put --ticket`: forms that others signed, by their own programs, into Ceph and into the embedded S3.

mod shapes;
mod wrong;

use crate::support::ceph::Ceph;
use crate::support::home::Home;
use crate::support::tools::{self, told};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/ticket.py");
/// What no output may hold: how every policy begins in base64, and the signature's field in both its spellings.
const NEVER_SHOWN: [&str; 4] = ["eyJleHBpcmF0aW9u", "x-amz-signature", "X-Amz-Signature", "CANARY"];

/// Where forms are signed for.
struct Store {
    endpoint: String,
    bucket: String,
}

/// Somebody with keys makes a ticket.
#[track_caller]
fn signed(owner: Command, how: &str, store: &Store, object_key: &str) -> String {
    let mut owner = owner;
    owner.args([SCRIPT, how, &store.bucket, object_key, &store.endpoint]);
    tools::stdout(&mut owner)
}

/// Python as the person who has Ceph's keys.
fn ceph_owner(ceph: &Ceph) -> Command {
    let mut python = ceph.home.python();
    python.args(["-X", "utf8"]).env("AWS_PROFILE", "rgw");
    python
}

/// `dropslot put --ticket` by somebody who has nothing but the ticket, which is in the file `ticket` of `home`.
fn put(home: &Home, file: &Path) -> Command {
    let mut put = home.dropslot();
    put.args(["put", "--json", "--ticket", "ticket"])
        .arg(file)
        .env("RUST_LOG", "trace")
        .current_dir(home.path());
    put
}

/// Runs to its end, demands an exit status, and that nothing of the form was shown.
#[track_caller]
fn ends(command: &mut Command, status: i32) -> Output {
    let output = tools::run(command);
    let all = told(&output);
    assert_eq!(output.status.code(), Some(status), "{command:?}\n{all}");
    for secret in NEVER_SHOWN {
        assert!(!all.contains(secret), "{secret} was shown\n{all}");
    }
    output
}

/// What was printed of the only file.
#[track_caller]
fn result(output: &Output) -> Value {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    let mut lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let result = lines.next().unwrap();
    assert_eq!(lines.next(), None, "{text}");
    result
}
