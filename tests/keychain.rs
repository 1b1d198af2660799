//! Headers' values in a real Secret Service: GNOME's keyring on a session bus of its own, looked into by its own tool.
//!
//! A process finds its session bus by its environment, so each test runs once more inside of such a session.

use crate::support::home::Home;
use crate::support::stub_server::{StubServer, answer};
use crate::support::tools::{self, told};
use dropslot::aws::Secret;
use dropslot::store::Keychain;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const LAMBDA: &str = "https://abc.lambda-url.eu-west-1.on.aws/";
const VALUE: &str = "CANARY 값";
/// Says to a test that it is the one inside.
const INSIDE: &str = "DROPSLOT_TEST_INSIDE";

/// What the person's session has.
#[derive(Clone, Copy)]
enum Session {
    /// A keyring that was unlocked by logging in.
    Unlocked,
    /// A keyring that nobody has unlocked, and nobody there to ask, as over SSH.
    Locked,
    /// No session bus at all.
    None,
}

/// `true` inside of the session; outside of it the same test is run there, and has to succeed.
#[track_caller]
fn is_inside(session: Session, test: &str) -> bool {
    if std::env::var_os(INSIDE).is_some() {
        match session {
            Session::Unlocked => keyring(&["--unlock"]),
            Session::Locked => keyring(&["--start"]),
            Session::None => {}
        }
        return true;
    }
    let home = Home::new();
    std::fs::set_permissions(home.path().join("run"), std::fs::Permissions::from_mode(0o700)).unwrap();
    let this = std::env::current_exe().unwrap();
    let mut command = match session {
        Session::None => Command::new(this),
        Session::Unlocked | Session::Locked => {
            let mut command = Command::new("dbus-run-session");
            command.arg("--").arg(this);
            command
        }
    };
    command.args([&format!("keychain::{test}"), "--exact", "--nocapture"]);
    let output = tools::run(home.at_home(command).env(INSIDE, home.path()).stdin(Stdio::null()));
    assert!(output.status.success(), "{}", told(&output));
    let all = told(&output);
    assert!(all.contains("1 passed"), "it ran: {all}");
    false
}

/// Starts GNOME's keyring, which ends with its bus.
#[track_caller]
fn keyring(arguments: &[&str]) {
    let mut daemon = Command::new("gnome-keyring-daemon");
    daemon
        .args(arguments)
        .arg("--components=secrets")
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let mut daemon = daemon.spawn().unwrap();
    daemon.stdin.take().unwrap().write_all(b"the login's password").unwrap();
    assert!(daemon.wait().unwrap().success());
}

fn secret_tool(arguments: &[&str]) -> Command {
    let mut tool = Command::new("secret-tool");
    tool.args(arguments);
    tool
}

/// What the keyring's own tool finds for the header `x-api-key` of [`LAMBDA`].
fn found() -> Option<String> {
    let user = format!("x-api-key {LAMBDA}");
    let output = tools::run(&mut secret_tool(&["lookup", "service", "dropslot", "username", &user]));
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap())
}

/// Where values are kept that the keyring does not take.
fn file() -> PathBuf {
    PathBuf::from(std::env::var_os("XDG_DATA_HOME").unwrap()).join("dropslot/secrets.json")
}

#[test]
fn what_dropslot_keeps_is_seen_by_the_keyrings_own_tool_and_is_nowhere_else() {
    if !is_inside(
        Session::Unlocked,
        "what_dropslot_keeps_is_seen_by_the_keyrings_own_tool_and_is_nowhere_else",
    ) {
        return;
    }
    let keychain = Keychain::new(Some(file()));
    assert_eq!(keychain.read(LAMBDA, "X-Api-Key").unwrap(), None);
    keychain.write(LAMBDA, "X-Api-Key", &Secret::from("old")).unwrap();
    keychain.write(LAMBDA, "x-api-key", &Secret::from(VALUE)).unwrap();

    assert_eq!(found().as_deref(), Some(VALUE));
    let all = tools::run(&mut secret_tool(&["search", "--all", "service", "dropslot"]));
    let all = String::from_utf8(all.stdout).unwrap();
    assert_eq!(all.matches("secret = ").count(), 1, "one value a header: {all}");
    assert!(
        all.contains(&format!(" of {LAMBDA}")),
        "people can tell what it is: {all}"
    );
    assert!(!file().exists());

    keychain.delete(LAMBDA, "X-Api-Key").unwrap();
    assert_eq!(found(), None);
    assert_eq!(keychain.read(LAMBDA, "X-Api-Key").unwrap(), None);
}

#[test]
fn what_the_keyrings_own_tool_keeps_is_sent_to_the_function_and_shown_nowhere() {
    if !is_inside(
        Session::Unlocked,
        "what_the_keyrings_own_tool_keeps_is_sent_to_the_function_and_shown_nowhere",
    ) {
        return;
    }
    let home = Home::new();
    let server = StubServer::answering([answer("400 Bad Request", &[], r#"{"message":"not today"}"#)]);
    let url = format!("{}/", server.url());
    let user = format!("x-api-key {url}");
    let mut store = secret_tool(&["store", "--label", "key", "service", "dropslot", "username", &user]);
    let mut store = store.stdin(Stdio::piped()).spawn().unwrap();
    store.stdin.take().unwrap().write_all(VALUE.as_bytes()).unwrap();
    assert!(store.wait().unwrap().success());

    put_is_refused(&home, &url);

    assert_eq!(server.received().header("x-api-key"), Some(VALUE));
}

#[test]
fn without_a_session_bus_a_file_of_this_user_alone_keeps_the_value() {
    if !is_inside(
        Session::None,
        "without_a_session_bus_a_file_of_this_user_alone_keeps_the_value",
    ) {
        return;
    }
    file_keeps_it();
    let home = Home::new();
    let server = StubServer::answering([answer("400 Bad Request", &[], r#"{"message":"not today"}"#)]);
    let url = format!("{}/", server.url());
    let theirs = home.path().join("data/dropslot/secrets.json");
    Keychain::new(Some(theirs))
        .write(&url, "x-api-key", &Secret::from(VALUE))
        .unwrap();

    put_is_refused(&home, &url);

    assert_eq!(server.received().header("x-api-key"), Some(VALUE));
}

#[test]
fn a_keyring_that_nobody_unlocks_is_stood_in_for_by_the_file() {
    if is_inside(
        Session::Locked,
        "a_keyring_that_nobody_unlocks_is_stood_in_for_by_the_file",
    ) {
        file_keeps_it();
        assert_eq!(found(), None);
    }
}

#[track_caller]
fn file_keeps_it() {
    let keychain = Keychain::new(Some(file()));
    keychain.write(LAMBDA, "x-api-key", &Secret::from(VALUE)).unwrap();
    assert_eq!(keychain.read(LAMBDA, "X-Api-Key").unwrap(), Some(Secret::from(VALUE)));
    assert!(std::fs::read_to_string(file()).unwrap().contains(VALUE));
    assert_eq!(file().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    keychain.delete(LAMBDA, "x-api-key").unwrap();
    assert_eq!(keychain.read(LAMBDA, "x-api-key").unwrap(), None);
    assert!(!std::fs::read_to_string(file()).unwrap().contains(VALUE));
}

/// `dropslot put` to a saved destination whose header's value is kept on this machine.
#[track_caller]
fn put_is_refused(home: &Home, url: &str) {
    let destination = serde_json::json!({
        "name": "theirs", "kind": "lambda",
        "lambda": {"url": url, "auth": "headers", "headers": ["x-api-key"]},
    });
    let settings = serde_json::json!({"destinations": [destination]});
    home.write("config/dropslot/settings.json", settings.to_string());
    let file = home.write("a.txt", "a");
    let mut put = home.dropslot();
    put.args(["put", "--json", "--to", "theirs"])
        .arg(file)
        .env("RUST_LOG", "trace");
    if let Some(bus) = std::env::var_os("DBUS_SESSION_BUS_ADDRESS") {
        put.env("DBUS_SESSION_BUS_ADDRESS", bus);
    }
    let output = tools::run(&mut put);
    let all = told(&output);
    assert_eq!(output.status.code(), Some(1), "{all}");
    assert!(all.contains("not today"), "{all}");
    assert!(!all.contains("CANARY"), "{all}");
}
