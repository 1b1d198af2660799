//! Forms from functions, through real runtimes, into real stores: `dropslot put --lambda`, as people run it.

mod attempts;
mod clock;
mod doors;
mod ours;
mod refusals;
mod stores;
mod template;
mod trust;
mod uppy;

use crate::support::ceph::Ceph;
use crate::support::lambda::{Lambda, Store};
use crate::support::tools::{self, told};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// A person without any keys, and the store that a function of somebody else's signs for.
struct Rig {
    ceph: Ceph,
    store: Store,
}

impl Rig {
    fn new() -> Self {
        let ceph = Ceph::running();
        let store = Store::in_ceph(&ceph);
        Self { ceph, store }
    }

    /// `dropslot put --json` with these options; no AWS files and no keys are where it runs.
    fn put<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut put = self.ceph.home.dropslot();
        put.args(["put", "--json"])
            .args(arguments)
            .env("AWS_CONFIG_FILE", "/nonexistent")
            .env("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
            .env("RUST_LOG", "trace")
            .current_dir(self.ceph.home.path());
        put
    }

    /// One file by a function's door.
    fn put_by(&self, function: &Lambda, door: &str, more: &[&str], file: &Path) -> Command {
        let mut put = self.put(["--lambda", &function.url(door)]);
        put.args(more).arg(file);
        put
    }

    /// A file of the person's.
    fn file(&self, name: &str, content: &str) -> std::path::PathBuf {
        self.ceph.home.write(name, content)
    }
}

/// What was printed for each file, where all went well.
#[track_caller]
fn done(command: &mut Command) -> Vec<Value> {
    lines(&ends(command, 0))
}

/// What was printed for the one file that was not sent.
#[track_caller]
fn refused(command: &mut Command) -> Refused {
    let output = ends(command, 1);
    let error = lines(&output).remove(0)["error"].take();
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    Refused {
        code: text("code"),
        said: format!("{}. {}", text("what"), text("hint")),
    }
}

#[derive(Debug)]
struct Refused {
    code: String,
    said: String,
}

#[track_caller]
fn ends(command: &mut Command, status: i32) -> Output {
    let output = tools::run(command);
    assert_eq!(output.status.code(), Some(status), "{command:?}\n{}", told(&output));
    let all = told(&output);
    for secret in ["CANARY", "x-amz-signature", "X-Amz-Signature=", "eyJleHBpcmF0aW9uIj"] {
        assert!(!all.contains(secret), "{secret} was shown\n{all}");
    }
    output
}

#[track_caller]
fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
