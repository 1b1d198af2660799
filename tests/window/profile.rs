//! A profile is added in the real window, and read by another program; nothing else ever holds its keys.

use super::PATIENCE;
use super::paste::{keys, offer};
use crate::support::display::{Display, Window};
use crate::support::tools::stdout;
use crate::support::wait;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

const ID: &str = "ASIACANARYCANARY0001";
const SECRET: &str = "CANARYsecret/CANARYsecret+CANARYsecret00";
const TOKEN: &str = "CANARYtoken==";

/// Dropslot, telling all that it can tell into a file.
fn told_into(display: &Display, log: &Path) -> Command {
    let mut shell = display.at_display(Command::new("sh"));
    shell
        .args(["-c", "exec \"$0\" 2>\"$1\"", env!("CARGO_BIN_EXE_dropslot")])
        .arg(log)
        .env("RUST_LOG", "trace");
    shell
}

fn type_into(display: &Display, window: &Window<'_>, field: &str, text: &str) {
    let mut typist = display.at_display(Command::new("xdotool"));
    stdout(typist.args(["type", "--delay", "5", text]));
    window.await_typed(field, text);
}

/// Whether a file below `folder`, but for those of AWS, holds a secret.
fn leaks(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !path.ends_with(".aws") {
                leaks(&path, found);
            }
        } else if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            if [SECRET, TOKEN].iter().any(|secret| text.contains(secret)) {
                found.push(path.display().to_string());
            }
        }
    }
}

#[test]
fn a_profile_that_is_pasted_is_read_by_boto3_and_its_keys_are_nowhere_else() {
    let display = Display::x11();
    let log = display.home.path().join("log.txt");
    display.home.aws_config("# mine\n[profile old]\nregion = us-east-1");
    let window = display.window_of(&mut told_into(&display, &log));
    window.await_text("Drop files or folders here");

    // From the menu of profiles, by assistive technology; what follows by the keyboard.
    window.press("Profile: old");
    window.press_when_there("Add a profile…");
    window.await_text("How you and the AWS CLI call it");
    // The first field has the keyboard as soon as the window has it.
    keys(&display, &window, &["ctrl+a"]);
    type_into(&display, &window, "Profile name", "new");
    let block = format!(
        "export AWS_ACCESS_KEY_ID=\"{ID}\"\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\nexport AWS_SESSION_TOKEN=\"{TOKEN}\"\nexport AWS_REGION=eu-west-1\n"
    );
    // Outside of the home, which is searched for secrets below.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clipboard");
    std::fs::write(&file, block).unwrap();
    let mut owner = offer(&display, "UTF8_STRING", &file);
    keys(&display, &window, &["ctrl+v"]);
    window.await_typed("Access key ID", ID);
    window.await_typed("Secret access key", &"•".repeat(SECRET.len()));
    keys(&display, &window, &["Return"]);

    let credentials = display.home.path().join(".aws/credentials");
    wait::until("the profile", PATIENCE, || credentials.exists().then_some(()));
    window.await_text("Profile: new");
    owner.kill();
    let script = "
import botocore.session
session = botocore.session.Session(profile='new')
keys = session.get_credentials()
print(keys.access_key, keys.secret_key, keys.token, session.get_config_variable('region'))";
    assert_eq!(
        stdout(display.home.python().args(["-c", script])).trim(),
        format!("{ID} {SECRET} {TOKEN} eu-west-1")
    );
    assert_eq!(
        std::fs::read_to_string(display.home.path().join(".aws/config")).unwrap(),
        "# mine\n[profile old]\nregion = us-east-1\n[profile new]\nregion = eu-west-1\n"
    );
    let mode = std::fs::metadata(&credentials).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // The log tells nothing of them; nor do settings, queue and history.
    assert!(log.is_file());
    let mut found = Vec::new();
    leaks(display.home.path(), &mut found);
    assert_eq!(found, [""; 0]);
}

#[test]
fn settings_that_cannot_be_written_say_so_in_the_window() {
    let display = Display::x11();
    // A folder stands where the file would be: root, too, cannot write that.
    std::fs::create_dir_all(display.home.path().join("config/dropslot/settings.json/x")).unwrap();
    let window = display.window(&["--sandbox"]);
    window.await_text("The settings file could not be read or written");
    window.press("Settings");
    window.press_when_there("Dark");
    window.await_text("The settings file could not be read or written");
    // The choice holds all the same.
    window.press("한국어");
    window.await_text("화면 모드");
}
