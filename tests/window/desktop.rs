//! The window and the desktop around it: light and dark, notifications, the file manager.

use super::{PATIENCE, sandbox_window};
use crate::support::display::{Display, Window, WindowManager};
use crate::support::home::Home;
use crate::support::process::Process;
use crate::support::tools::stdout;
use crate::support::wait;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

/// A service of the desktop, in the place of GNOME's or KDE's.
fn service(display: &Display, arguments: &[&str]) -> Process {
    let service = Process::start(display.python("desktop.py").args(arguments));
    service.await_line("ready", |line| (line == "ready").then_some(()));
    service
}

/// Waits until the header, at the window's upper left corner, has a colour.
#[track_caller]
fn await_header(display: &Display, colour: &str) {
    wait::until(&format!("a header in {colour}"), PATIENCE, || {
        let seen = stdout(display.python("pixel.py").args(["3", "3"]));
        (seen.trim() == colour).then_some(())
    });
}

const LIGHT: &str = "ffffff";
const DARK: &str = "212125";

#[test]
fn the_window_follows_the_desktops_light_and_dark() {
    let display = Display::x11();
    let mut portal = service(&display, &["portal"]);
    let _window = display.window(&[]);
    await_header(&display, LIGHT);
    portal.tell("color-scheme 1");
    await_header(&display, DARK);
    portal.tell("color-scheme 2");
    await_header(&display, LIGHT);
}

#[test]
fn a_portal_of_the_first_version_is_asked_in_its_way() {
    let display = Display::x11();
    let mut portal = service(&display, &["portal", "--old"]);
    portal.tell("color-scheme 1");
    let _window = display.window(&[]);
    await_header(&display, DARK);
}

#[test]
fn a_choice_in_the_settings_goes_before_the_desktops() {
    let display = Display::x11();
    let mut portal = service(&display, &["portal"]);
    portal.tell("color-scheme 1");
    display
        .home
        .write("config/dropslot/settings.json", r#"{"theme": "light"}"#);
    let window = display.window(&[]);
    portal.await_line("the question", |line| line.contains("ReadOne").then_some(()));
    window.await_text("Drop files or folders here");
    await_header(&display, LIGHT);
}

#[test]
fn a_batch_that_ends_behind_another_window_is_notified_and_a_click_brings_the_window_back() {
    let display = Display::x11();
    let mut server = service(&display, &["notifications"]);
    let [seen, unseen] = ["seen.txt", "<b>안 보임 & co.txt"].map(|name| display.home.write(name, name));
    let window = sandbox_window(&display);

    let mut manager = WindowManager::of(&display);
    manager.focus(&window.x11_id());
    window.drop_x11(&[seen]);
    window.await_text("Public");
    manager.focus("none");
    window.drop_x11(&[unseen]);

    let told = server.await_line("a notification", notification);
    assert_eq!(told, ["1 file is in S3", "&lt;b&gt;안 보임 &amp; co.txt"]);
    // Dropslot listens for clicks from a little after the notification on.
    wait::until("the window to come to the front", PATIENCE, || {
        server.tell("activate");
        manager.activates(&window.x11_id()).then_some(())
    });
}

#[test]
fn without_a_notification_server_an_upload_ends_as_ever() {
    let display = Display::x11();
    let path = display.home.write("a.txt", "a");
    let window = display.window(&["--sandbox", path.to_str().unwrap()]);
    window.await_text("Public");
    assert!(window.texts().iter().all(|text| !text.contains("otification")));
}

#[test]
fn the_desktop_entry_is_valid_and_names_the_windows_class() {
    let entry = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/dropslot.desktop");
    assert_eq!(stdout(Command::new("desktop-file-validate").arg(entry)), "");
    let display = Display::x11();
    let window = display.window(&[]);
    let entry = std::fs::read_to_string(entry).unwrap();
    let class = WindowManager::of(&display).class(&window.x11_id());
    assert!(
        entry.lines().any(|line| line == format!("StartupWMClass={class}")),
        "{class}"
    );
}

/// What file managers of `GLib` find out about files in a home with Dropslot's desktop entry and MIME type.
const DOUBLE_CLICK: &str = "
from gi.repository import Gio
for name in ('inbox.dropslot-ticket', 'a.json', 'a.png', 'a.bin'):
    kind = Gio.content_type_guess(name, None)[0]
    names = [app.get_id() for app in Gio.AppInfo.get_all_for_type(kind)]
    print(name, kind, 'dropslot.desktop' in names)
";

#[test]
fn a_double_click_opens_tickets_in_dropslot_and_nothing_else() {
    let home = Home::new();
    let assets = |name: &str| std::fs::read(format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    home.write("data/applications/dropslot.desktop", assets("dropslot.desktop"));
    home.write("data/mime/packages/dropslot.xml", assets("linux/mime.xml"));
    // An entry whose program is not installed is not shown.
    let program = home.write("bin/dropslot", "#!/bin/sh\n");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let data = home.path().join("data");
    stdout(Command::new("update-desktop-database").arg(data.join("applications")));
    stdout(Command::new("update-mime-database").arg(data.join("mime")));
    let mut python = home.at_home(Command::new("/usr/bin/python3"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    python.env("PATH", path).args(["-c", DOUBLE_CLICK]);
    assert_eq!(
        stdout(&mut python),
        "inbox.dropslot-ticket application/vnd.dropslot.ticket+json True\n\
         a.json application/json False\na.png image/png False\na.bin application/octet-stream False\n"
    );
}

#[test]
fn a_file_is_shown_in_its_folder_by_the_file_manager() {
    let display = Display::x11();
    let manager = service(&display, &["file-manager"]);
    let path = display.home.write("폴더 이름/그림 1%.txt", "x");
    let window = display.window(&["--sandbox", path.to_str().unwrap()]);
    window.await_text("Public");
    show_in_folder(&window);
    let shown = manager.await_line("a file to show", |line| Some(line.to_owned()));
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let uri = shown[1][0].as_str().unwrap().strip_prefix("file://").unwrap();
    let uri = percent_encoding::percent_decode_str(uri).decode_utf8().unwrap();
    assert_eq!(shown[0], "ShowItems");
    assert_eq!(uri, path.to_str().unwrap());
}

#[test]
fn without_a_file_manager_on_the_bus_the_folder_is_opened_and_a_file_that_is_gone_is_told() {
    let display = Display::x11();
    let path = display.home.write("folder/a.txt", "x");
    let opened = display.home.path().join("opened");
    let script = display
        .home
        .write("bin/xdg-open", format!("#!/bin/sh\nprintf %s \"$1\" >{opened:?}\n"));
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let programs = format!(
        "{}:{}",
        script.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let mut dropslot = display.dropslot();
    let window = display.window_of(
        dropslot
            .env("PATH", programs)
            .args(["--sandbox", path.to_str().unwrap()]),
    );
    window.await_text("Public");
    show_in_folder(&window);
    let folder = path.parent().unwrap();
    wait::until("the folder to be opened", PATIENCE, || {
        let told = std::fs::read_to_string(&opened).unwrap_or_default();
        (told == folder.to_str().unwrap()).then_some(())
    });

    std::fs::remove_file(&path).unwrap();
    show_in_folder(&window);
    window.await_text("The file is not there any more");
}

/// Chooses it in the menu of the only row.
fn show_in_folder(window: &Window<'_>) {
    window.press("More");
    window.await_text("Show in folder");
    window.press("Show in folder");
}

/// Summary and body.
fn notification(line: &str) -> Option<[String; 2]> {
    let call: serde_json::Value = serde_json::from_str(line).ok()?;
    let argument = |index: usize| call[index].as_str().unwrap().to_owned();
    (call[0] == "Notify").then(|| [argument(4), argument(5)])
}
