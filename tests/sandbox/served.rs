//! A sandbox with its clients' home folder, and its clients.

use crate::support::home::Home;
use crate::support::tools::{self, stdout};
use dropslot::sandbox::{BUCKET, REGION, Sandbox};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use tokio::runtime::Runtime;

/// A sandbox with a home folder for its clients.
pub(super) struct Served {
    pub(super) home: Home,
    pub(super) runtime: Runtime,
    pub(super) sandbox: Option<Sandbox>,
}

impl Served {
    pub(super) fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let home = Home::new();
        let sandbox = runtime
            .block_on(Sandbox::start(home.path().join("sandbox"), 0))
            .unwrap();
        Self {
            home,
            runtime,
            sandbox: Some(sandbox),
        }
    }

    pub(super) fn dir(&self) -> PathBuf {
        self.home.path().join("sandbox")
    }

    pub(super) fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().unwrap()
    }

    pub(super) fn endpoint(&self) -> String {
        self.sandbox().endpoint_url()
    }

    pub(super) fn address(&self) -> String {
        self.endpoint().trim_start_matches("http://").to_owned()
    }

    pub(super) fn url(&self, object_key: &str) -> String {
        format!("{}/{BUCKET}/{object_key}", self.endpoint())
    }

    /// With the sandbox's keys.
    pub(super) fn keyed(&self, mut command: Command) -> Command {
        let credentials = self.sandbox().credentials();
        command
            .env("AWS_ACCESS_KEY_ID", credentials.access_key_id())
            .env("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key())
            .env("AWS_ENDPOINT_URL", self.endpoint())
            .env("AWS_REGION", REGION);
        command
    }

    pub(super) fn aws(&self, args: &[&str]) -> Command {
        let mut aws = self.keyed(self.home.aws());
        aws.args(args);
        aws
    }

    pub(super) fn python(&self, script: &str) -> Command {
        let mut python = self.keyed(self.home.python());
        python.args([script, &self.endpoint(), BUCKET]);
        python
    }

    /// `name=value` for each field of a form that boto3 signed.
    pub(super) fn form(&self, object_key: &str) -> Vec<String> {
        let program = "import boto3, json, sys\n\
            from botocore.config import Config\n\
            s3 = boto3.client('s3', config=Config(signature_version='s3v4', s3={'addressing_style': 'path'}))\n\
            fields = s3.generate_presigned_post(sys.argv[1], sys.argv[2])['fields']\n\
            print(json.dumps([f'{n}={v}' for n, v in fields.items()]))";
        let mut python = self.keyed(self.home.python());
        let json = stdout(python.args(["-c", program, BUCKET, object_key]));
        serde_json::from_str(&json).unwrap()
    }

    /// curl, about to post a file.
    pub(super) fn curl_form(&self, object_key: &str, file: &Path) -> Command {
        let mut curl = tools::curl();
        curl.args(["--write-out", "%{http_code}"]);
        for field in self.form(object_key) {
            curl.arg("--form-string").arg(field);
        }
        curl.arg("-F").arg(format!("file=@{}", file.display()));
        curl.arg(format!("{}/{BUCKET}", self.endpoint()));
        curl
    }

    pub(super) fn incoming_files(&self) -> usize {
        std::fs::read_dir(self.dir().join("incoming")).unwrap().count()
    }

    pub(super) fn is_stored(&self, object_key: &str) -> bool {
        self.dir().join("objects").join(BUCKET).join(object_key).exists()
    }

    /// Sends bytes as they are; the answer up to the end of the connection.
    pub(super) fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub(super) fn get_with_host(&self, host: &str) -> String {
        self.raw(&format!(
            "GET /{BUCKET}/none HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
        ))
    }
}
