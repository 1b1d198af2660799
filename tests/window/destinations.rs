//! A destination added in the window: what its form says is what the store keeps.

use super::PATIENCE;
use crate::support::display::{Display, Window};
use crate::support::process::Process;
use crate::support::tools::{run, stdout};
use crate::support::wait;
use std::process::Command;

/// An S3 of its own, which the window knows nothing of: an endpoint, and a profile with keys for it.
struct Store {
    endpoint: String,
    _server: Process,
}

impl Store {
    fn with_profile(display: &Display, profile: &str) -> Self {
        let server = Process::start(display.home.dropslot().args(["sandbox", "--port", "0"]));
        let example = server.await_line("an example", |line| {
            line.starts_with("AWS_ACCESS_KEY_ID=").then(|| line.to_owned())
        });
        let after = |name: &str| {
            let rest = example.split(name).nth(1).unwrap();
            rest.split_whitespace().next().unwrap().to_owned()
        };
        display
            .home
            .aws_config(&format!("[profile {profile}]\nregion = us-east-1\n"));
        display.home.aws_credentials(&format!(
            "[{profile}]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            after("AWS_ACCESS_KEY_ID="),
            after("AWS_SECRET_ACCESS_KEY=")
        ));
        Self {
            endpoint: after("--endpoint-url "),
            _server: server,
        }
    }

    /// What the AWS CLI reads of an object.
    fn head(&self, display: &Display, profile: &str, object_key: &str) -> serde_json::Value {
        let mut head = display.home.aws();
        head.args([
            "--profile",
            profile,
            "--endpoint-url",
            &self.endpoint,
            "--output",
            "json",
        ]);
        head.args(["s3api", "head-object", "--bucket", "sandbox", "--key", object_key]);
        serde_json::from_str(&stdout(&mut head)).unwrap()
    }
}

fn keys(display: &Display, arguments: &[&str]) {
    stdout(display.at_display(Command::new("xdotool")).args(arguments));
}

/// The name of what the keyboard is on.
fn focused(display: &Display) -> Option<String> {
    let tree = stdout(display.python("accessibility.py").args(["tree", "dropslot"]));
    let mut nodes = tree
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let focused = nodes.rfind(|node| node["focused"] == true)?;
    focused["name"].as_str().map(str::to_owned)
}

/// Types over what a field says.
#[track_caller]
fn fill(display: &Display, field: &str, text: &str) {
    wait::until(field, PATIENCE, || {
        let mut focus = display.python("accessibility.py");
        run(focus.args(["focus", "dropslot", field]))
            .status
            .success()
            .then_some(())
    });
    wait::until(&format!("the keyboard to be on {field}"), PATIENCE, || {
        (focused(display).as_deref() == Some(field)).then_some(())
    });
    keys(display, &["key", "ctrl+a"]);
    keys(display, &["type", "--delay", "20", text]);
}

/// Picks one of what a field offers.
fn choose(window: &Window<'_>, field: &str, choice: &str) {
    window.press(field);
    window.press_when_there(choice);
}

#[test]
fn a_store_added_in_the_window_gets_files_with_the_options_of_its_form() {
    let display = Display::x11();
    let store = Store::with_profile(&display, "lab");
    let window = display.window(&[]);
    window.await_text("Profile: lab");
    keys(&display, &["windowfocus", "--sync", &window.x11_id()]);

    window.press("Profile: lab");
    window.press_when_there("Add a destination…");
    window.await_text("Who runs the storage");
    fill(&display, "Name", "lab");
    choose(&window, "Service", "Ceph, MinIO or another");
    window.await_text("Where the service answers; https, or http on this computer");
    fill(&display, "Endpoint URL", &store.endpoint);
    fill(&display, "Bucket", "sandbox");
    window.press("Options");
    window.await_text("Cache-Control");
    fill(&display, "Object key", "docs/{name}");
    choose(&window, "Content type", "Always the same");
    fill(&display, "Always the same", "text/x-notes");
    fill(&display, "Cache-Control", "max-age=60");
    choose(&window, "Content-Disposition", "attachment");
    window.press("Add");
    fill(&display, "Metadata: Name", "team");
    fill(&display, "Metadata: Value", "design");
    window.press("Save");
    window.await_text("Destination: lab");

    let path = display.home.write("notes.txt", "what was said");
    window.drop_x11(&[path.to_str().unwrap()]);
    window.await_text("copied");

    let head = store.head(&display, "lab", "docs/notes.txt");
    assert_eq!(head["ContentType"], "text/x-notes");
    assert_eq!(head["CacheControl"], "max-age=60");
    assert_eq!(head["ContentDisposition"], "attachment");
    assert_eq!(head["Metadata"], serde_json::json!({"team": "design"}));

    // The command line knows it by its name.
    let path = display.home.write("more.txt", "more");
    wait::until("the settings to be written", PATIENCE, || {
        let mut put = display.home.dropslot();
        let output = put.args(["put", "--to", "lab"]).arg(&path).output().unwrap();
        output.status.success().then_some(())
    });
    assert_eq!(
        store.head(&display, "lab", "docs/more.txt")["CacheControl"],
        "max-age=60"
    );
}
