//! `dropslot sandbox` as a store for others: its endpoint and its keys.

use super::home::Home;
use super::process::Process;
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
        let server = Process::start(home.dropslot().args(["sandbox", "--port", "0"]));
        let endpoint = server.await_line("its endpoint", |line| {
            line.strip_prefix("Endpoint").map(|rest| rest.trim().to_owned())
        });
        let keys = std::fs::read(home.path().join("data/dropslot/sandbox/keys.json")).unwrap();
        let keys: Value = serde_json::from_slice(&keys).unwrap();
        let text = |name: &str| keys[name].as_str().unwrap().to_owned();
        Self {
            endpoint,
            access_key_id: text("access_key_id"),
            secret_access_key: text("secret_access_key"),
            _server: server,
            _home: home,
        }
    }
}
