//! A home with a sandbox that serves it, and what the program printed, taken apart.

use crate::support::home::Home;
use crate::support::process::Process;
use crate::support::{sandbox, tools};
use dropslot::s3::Credentials;
use serde_json::Value;
use std::process::{Command, Output};

/// A person's home, and `dropslot sandbox` on a free port in it.
pub(super) struct Rig {
    pub(super) home: Home,
    pub(super) endpoint: String,
    _server: Process,
}

impl Rig {
    pub(super) fn new() -> Self {
        Self::in_home(Home::new())
    }

    pub(super) fn in_home(home: Home) -> Self {
        let (server, endpoint) = sandbox::serve(&home);
        Self {
            home,
            endpoint,
            _server: server,
        }
    }

    /// `dropslot put --sandbox` in the home's folder.
    pub(super) fn put(&self) -> Command {
        let mut command = self.home.dropslot();
        command.args(["put", "--sandbox"]).current_dir(self.home.path());
        command
    }

    /// `dropslot put` into the sandbox by its keys, as if it were anybody's store.
    pub(super) fn put_by_keys(&self) -> Command {
        self.by_keys("put")
    }

    /// The same by another name of the store.
    pub(super) fn put_by_keys_at(&self, endpoint_url: &str) -> Command {
        self.by_keys_at("put", endpoint_url)
    }

    /// Another command, as above.
    pub(super) fn by_keys(&self, subcommand: &str) -> Command {
        self.by_keys_at(subcommand, &self.endpoint)
    }

    fn by_keys_at(&self, subcommand: &str, endpoint_url: &str) -> Command {
        let mut command = self.home.dropslot();
        command.args([
            subcommand,
            "--bucket",
            "sandbox",
            "--region",
            "us-east-1",
            "--endpoint-url",
            endpoint_url,
        ]);
        self.with_keys(command)
    }

    /// `aws s3api` of the sandbox's bucket.
    pub(super) fn s3api(&self, operation: &str) -> Command {
        let mut aws = self.home.aws();
        aws.args(["s3api", operation, "--bucket", "sandbox"]).args([
            "--region",
            "us-east-1",
            "--endpoint-url",
            &self.endpoint,
        ]);
        self.with_keys(aws)
    }

    /// With the sandbox's keys in its environment.
    pub(super) fn with_keys(&self, mut command: Command) -> Command {
        let keys = sandbox::keys(&self.home);
        command
            .env("AWS_ACCESS_KEY_ID", keys.access_key_id())
            .env("AWS_SECRET_ACCESS_KEY", keys.secret_access_key())
            .current_dir(self.home.path());
        command
    }

    /// The sandbox's own keys.
    pub(super) fn credentials(&self) -> Credentials {
        sandbox::keys(&self.home)
    }
}

/// The lines of standard output as JSON.
#[track_caller]
pub(super) fn objects(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

/// Runs to its end and demands an exit status.
#[track_caller]
pub(super) fn ends(command: &mut Command, status: i32) -> Output {
    let output = tools::run(command);
    assert_eq!(
        output.status.code(),
        Some(status),
        "{command:?}\n{}",
        tools::told(&output)
    );
    output
}

/// Standard error as text.
pub(super) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What anybody gets at a URL.
#[track_caller]
pub(super) fn download(url: &str) -> Vec<u8> {
    let output = tools::run(tools::curl().args(["--fail", url]));
    assert!(output.status.success(), "{url}\n{}", tools::told(&output));
    output.stdout
}
