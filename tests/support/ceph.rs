//! The Ceph that `tests/run` starts: a real S3, with STS, that nobody here wrote.

use super::home::Home;
use super::tools::stdout;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// The running one, and a person with a profile `rgw` for it.
pub(crate) struct Ceph {
    pub(crate) url: String,
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) home: Home,
}

impl Ceph {
    /// Finds it.
    pub(crate) fn running() -> Self {
        let ceph = Self {
            url: variable("DROPSLOT_TEST_CEPH_URL"),
            access_key_id: variable("DROPSLOT_TEST_CEPH_ACCESS_KEY_ID"),
            secret_access_key: variable("DROPSLOT_TEST_CEPH_SECRET_ACCESS_KEY"),
            home: Home::new(),
        };
        ceph.home.aws_config("[profile rgw]\nregion = us-east-1\n");
        ceph.credentials("rgw", &ceph.secret_access_key, None);
        ceph
    }

    /// Adds keys to the credentials file.
    pub(crate) fn credentials(&self, profile: &str, secret_access_key: &str, token: Option<&SessionToken>) {
        let access_key_id = token.map_or(&self.access_key_id, |token| &token.access_key_id);
        let mut section =
            format!("[{profile}]\naws_access_key_id = {access_key_id}\naws_secret_access_key = {secret_access_key}\n");
        if let Some(token) = token {
            section.extend(["aws_session_token = ", &token.token, "\n"]);
        }
        self.home.aws_credentials(&section);
    }

    /// The AWS CLI as this person, pointed here.
    pub(crate) fn aws(&self, arguments: &[&str]) -> Command {
        let mut aws = self.home.aws();
        aws.args(["--profile", "rgw", "--endpoint-url", &self.url, "--output", "json"])
            .args(arguments);
        aws
    }

    /// Makes a bucket that no other test has.
    pub(crate) fn new_bucket(&self) -> String {
        let bucket = unique("bucket");
        stdout(&mut self.aws(&["s3api", "create-bucket", "--bucket", &bucket]));
        bucket
    }

    /// The keys in a bucket.
    pub(crate) fn object_keys(&self, bucket: &str) -> Vec<String> {
        let answer = stdout(&mut self.aws(&[
            "s3api",
            "list-objects-v2",
            "--bucket",
            bucket,
            "--query",
            "Contents[].Key",
        ]));
        serde_json::from_str::<Option<Vec<String>>>(&answer)
            .unwrap()
            .unwrap_or_default()
    }

    /// An object's bytes, as the AWS CLI downloads them.
    pub(crate) fn object(&self, bucket: &str, object_key: &str) -> Vec<u8> {
        let file = self.home.path().join(unique("object"));
        let mut get = self.aws(&["s3api", "get-object", "--bucket", bucket, "--key", object_key]);
        stdout(get.arg(&file));
        std::fs::read(file).unwrap()
    }

    /// Lets everyone read a bucket's objects.
    pub(crate) fn make_public(&self, bucket: &str) {
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{bucket}/*"}}]}}"#
        );
        stdout(&mut self.aws(&["s3api", "put-bucket-policy", "--bucket", bucket, "--policy", &policy]));
    }

    /// Makes a role that may do `actions`, such as `s3:*`, everywhere, and gives its ARN.
    pub(crate) fn new_role(&self, actions: &str) -> String {
        self.new_role_by(&format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":["{actions}"],"Resource":["arn:aws:s3:::*"]}}]}}"#
        ))
    }

    /// Makes a role that may do what this policy allows, and gives its ARN.
    pub(crate) fn new_role_by(&self, policy: &str) -> String {
        let name = unique("role");
        let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/tester"]},"Action":["sts:AssumeRole"]}]}"#;
        let create = [
            "iam",
            "create-role",
            "--role-name",
            &name,
            "--assume-role-policy-document",
            trust,
        ];
        stdout(&mut self.aws(&create));
        let allow = [
            "iam",
            "put-role-policy",
            "--role-name",
            &name,
            "--policy-name",
            "all",
            "--policy-document",
            policy,
        ];
        stdout(&mut self.aws(&allow));
        format!("arn:aws:iam:::role/{name}")
    }

    /// What STS hands out for a role.
    pub(crate) fn assume_role(&self, role_arn: &str) -> SessionToken {
        let assume = [
            "sts",
            "assume-role",
            "--role-arn",
            role_arn,
            "--role-session-name",
            "dropslot-test",
        ];
        let answer: serde_json::Value = serde_json::from_str(&stdout(&mut self.aws(&assume))).unwrap();
        let text = |name: &str| answer["Credentials"][name].as_str().unwrap().to_owned();
        SessionToken {
            access_key_id: text("AccessKeyId"),
            secret_access_key: text("SecretAccessKey"),
            token: text("SessionToken"),
        }
    }
}

/// Temporary keys.
pub(crate) struct SessionToken {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    pub(crate) token: String,
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: start the tests by tests/run, which starts Ceph"))
}

/// A name that no other test, in whatever process, uses.
fn unique(prefix: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{prefix}-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}
