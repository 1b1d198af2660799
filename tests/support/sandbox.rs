//! `dropslot sandbox` as a store for others: its endpoint and its keys.

use super::home::Home;
use super::process::Process;
use dropslot::s3::Credentials;
use serde_json::Value;

/// A running one, in a home of its own.
pub(crate) struct Sandbox {
    pub(crate) endpoint: String,
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: String,
    _server: Process,
    _home: Home,
}

impl Sandbox {
    /// On a free port.
    pub(crate) fn start() -> Self {
        let home = Home::new();
        let (server, endpoint) = serve(&home);
        let keys = keys(&home);
        Self {
            endpoint,
            access_key_id: keys.access_key_id().to_owned(),
            secret_access_key: keys.secret_access_key().to_owned(),
            _server: server,
            _home: home,
        }
    }
}

/// Serves the home's own sandbox on a free port until it is dropped; and its endpoint.
#[track_caller]
pub(crate) fn serve(home: &Home) -> (Process, String) {
    let server = Process::start(home.dropslot().args(["sandbox", "--port", "0"]));
    let endpoint = server.await_line("its endpoint", |line| {
        line.strip_prefix("Endpoint").map(|rest| rest.trim().to_owned())
    });
    (server, endpoint)
}

/// The keys of the home's own sandbox, which has been served.
#[track_caller]
pub(crate) fn keys(home: &Home) -> Credentials {
    let keys = std::fs::read(home.path().join("data/dropslot/sandbox/keys.json")).unwrap();
    let keys: Value = serde_json::from_slice(&keys).unwrap();
    let key = |name: &str| keys[name].as_str().unwrap();
    Credentials::from_keys(key("access_key_id"), key("secret_access_key"), None)
}
