//! A function under a real runtime, with the doors of `lambda_front.py` before it.

use super::ceph::{Ceph, SessionToken};
use super::home::Home;
use super::process::Process;
use super::sandbox::Sandbox;
use super::tools;
use std::process::Command;

/// The credentials that the front's `/iam` door knows.
pub(crate) const IAM_KEYS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "AKIDFRONT"),
    ("AWS_SECRET_ACCESS_KEY", "CANARYfrontsecret"),
    ("AWS_REGION", "eu-west-1"),
];

/// A store that a function signs for.
#[derive(Clone)]
pub(crate) struct Store {
    pub(crate) endpoint: String,
    pub(crate) bucket: String,
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    /// As Lambda's own keys always have one.
    pub(crate) session_token: Option<String>,
    /// It takes Signature Version 4 alone, as S3 in newer regions; boto3 has to be told where its region is an old one.
    pub(crate) only_v4: bool,
}

impl Store {
    /// A new bucket of Ceph, readable by everyone.
    pub(crate) fn in_ceph(ceph: &Ceph) -> Self {
        let bucket = ceph.new_bucket();
        ceph.make_public(&bucket);
        Self {
            endpoint: ceph.url.clone(),
            bucket,
            access_key_id: ceph.access_key_id.clone(),
            secret_access_key: ceph.secret_access_key.clone(),
            session_token: None,
            only_v4: false,
        }
    }

    /// The same bucket by the temporary keys of a role.
    pub(crate) fn by_session(self, session: SessionToken) -> Self {
        Self {
            access_key_id: session.access_key_id,
            secret_access_key: session.secret_access_key,
            session_token: Some(session.token),
            ..self
        }
    }

    /// The embedded S3.
    pub(crate) fn in_sandbox(sandbox: &Sandbox) -> Self {
        Self {
            endpoint: sandbox.endpoint.clone(),
            bucket: "sandbox".to_owned(),
            access_key_id: sandbox.access_key_id.clone(),
            secret_access_key: sandbox.secret_access_key.clone(),
            session_token: None,
            only_v4: true,
        }
    }

    /// A server that looks at no signature.
    pub(crate) fn at(endpoint: String) -> Self {
        Self {
            endpoint,
            bucket: "bucket".to_owned(),
            access_key_id: "AKIDANY".to_owned(),
            secret_access_key: "CANARYsecret".to_owned(),
            session_token: None,
            only_v4: false,
        }
    }
}

/// It runs until this is dropped.
pub(crate) struct Lambda {
    address: String,
    _function: Option<Process>,
    _front: Process,
    _home: Home,
}

impl Lambda {
    /// A handler of `classic_handler.py` under AWS's own Python runtime client.
    pub(crate) fn python(handler: &str, store: &Store) -> Self {
        Self::start(|front, home| {
            if store.only_v4 {
                home.aws_config("[default]\ns3 =\n    signature_version = s3v4");
            }
            let mut python = tools::lambda_tool("python");
            python.args(["-m", "awslambdaric", &format!("classic_handler.{handler}")]);
            let mut python = in_lambda(home.at_home(python), front, store);
            python
                .env("PYTHONPATH", support_folder())
                .env("BUCKET", &store.bucket)
                .env("AWS_ENDPOINT_URL_S3", &store.endpoint);
            Some(python)
        })
    }

    /// Our own, configured by these variables beside its bucket.
    pub(crate) fn ours(variables: &[(&str, &str)], store: &Store) -> Self {
        Self::start(|front, home| {
            let function = Command::new(env!("CARGO_BIN_EXE_dropslot-lambda"));
            let mut function = in_lambda(home.at_home(function), front, store);
            function
                .env("DROPSLOT_BUCKET", &store.bucket)
                .env("DROPSLOT_ENDPOINT_URL", &store.endpoint)
                .envs(variables.iter().copied());
            Some(function)
        })
    }

    /// Doors with nobody behind them, for what goes wrong before a function is reached.
    pub(crate) fn nobody() -> Self {
        Self::start(|_, _| None)
    }

    fn start(function: impl FnOnce(&str, &Home) -> Option<Command>) -> Self {
        let home = Home::new();
        let mut front = tools::lambda_tool("python");
        front.arg(support_folder() + "/lambda_front.py");
        let front = Process::start(&mut front);
        let address = front.await_line("its address", |line| Some(line.to_owned()));
        let function = function(&address, &home).map(|mut command| Process::start(&mut command));
        Self {
            address,
            _function: function,
            _front: front,
            _home: home,
        }
    }

    /// Where a door is, such as `url/` or `throttled/2/url/`.
    pub(crate) fn url(&self, door: &str) -> String {
        format!("http://{}/{door}", self.address)
    }

    /// How often a door has been reached.
    #[track_caller]
    pub(crate) fn calls(&self) -> u32 {
        self.number("count")
    }

    /// How often anything was asked, whatever became of it.
    #[track_caller]
    pub(crate) fn asked(&self) -> u32 {
        self.number("asked")
    }

    #[track_caller]
    fn number(&self, path: &str) -> u32 {
        let number = tools::stdout(tools::curl().arg(self.url(path)));
        number.trim().parse().unwrap()
    }
}

/// What Lambda sets for every runtime.
fn in_lambda(mut command: Command, front: &str, store: &Store) -> Command {
    command
        .env("AWS_LAMBDA_RUNTIME_API", front)
        .env("AWS_LAMBDA_FUNCTION_NAME", "presign")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", &store.access_key_id)
        .env("AWS_SECRET_ACCESS_KEY", &store.secret_access_key);
    if let Some(token) = &store.session_token {
        command.env("AWS_SESSION_TOKEN", token);
    }
    command
}

fn support_folder() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support").to_owned()
}
