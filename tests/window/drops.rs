//! Everything that can be dropped on the real window, on an X server and on Wayland: it arrives, or a sentence says why
//! not.

use super::{PATIENCE, assert_opens, copied_links, hold_until, sandbox_window, stored_files};
use crate::support::display::{Display, Window};
use crate::support::home::Home;
use crate::support::process::Process;
use crate::support::wait;
use std::ffi::{OsStr, OsString};
use std::net::TcpListener;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::PathBuf;

/// Files with long names, which are three times as long in a list.
fn korean_files(home: &Home, count: usize) -> Vec<PathBuf> {
    let name = |index| format!("많은 파일/아주 긴 이름의 화면 갈무리 {index:05}.txt");
    (0..count).map(|index| home.write(name(index), "x")).collect()
}

/// A file with the bytes of a list of files.
fn list_file(home: &Home, list: &[u8]) -> [OsString; 2] {
    ["--list".into(), home.write("list", list).into()]
}

/// A list as a file manager makes it.
fn uri_list(paths: &[PathBuf]) -> String {
    let uri = |path: &PathBuf| {
        let path = percent_encoding::percent_encode(path.as_os_str().as_bytes(), percent_encoding::NON_ALPHANUMERIC);
        format!("file://{}\r\n", path.to_string().replace("%2F", "/"))
    };
    paths.iter().map(uri).collect()
}

fn has_text(window: &Window<'_>, part: &str) -> bool {
    window.texts().iter().any(|text| text.contains(part))
}

#[test]
fn links_gone_files_and_names_of_any_bytes_arrive_on_x11() {
    let display = Display::x11();
    let home = &display.home;
    let plain = home.write("plain.txt", "plain");
    let link = home.path().join("link-name.txt");
    std::os::unix::fs::symlink(&plain, &link).unwrap();
    let latin = home.write(OsString::from_vec(b"caf\xE9.txt".to_vec()), "latin");
    let gone = home.path().join("gone.txt");
    let window = sandbox_window(&display);

    let mut source = window.hover_x11(&[&link, &latin, &gone]);
    window.await_text("link-name.txt");
    source.tell("drop");
    source.succeed();

    // A name that is not UTF-8 is shown with a mark in place of what is not.
    window.await_text("caf\u{FFFD}.txt");
    window.await_text("gone.txt");
    window.await_text("file is gone");
    let links = copied_links(&display, &window, 2);
    assert!(links[0].ends_with("/link-name.txt"), "{links:?}");
    assert_opens(&links[0], &plain);
    assert_opens(&links[1], &latin);
}

#[test]
fn every_form_of_list_that_file_managers_send_arrives_on_x11() {
    let display = Display::x11();
    let home = &display.home;
    let [first, second, third] = ["한글.txt", "b#c.txt", "d.txt"].map(|name| home.write(name, "x"));
    let list = format!(
        "# copied\nfile://localhost{}\nfile://{}\nfile:{}\n\0",
        first.display(),
        second.display(),
        third.display()
    );
    let window = sandbox_window(&display);
    window.drop_x11(&list_file(home, list.as_bytes()));
    window.await_text("3 files go");
    for name in ["한글.txt", "b#c.txt", "d.txt"] {
        window.await_text(name);
    }
}

#[test]
fn a_source_that_tells_its_list_late_or_in_pieces_is_waited_for() {
    let display = Display::x11();
    let [late, pieces, both] = ["late.txt", "pieces.txt", "both.txt"].map(|name| display.home.write(name, "x"));
    let window = sandbox_window(&display);
    window.drop_x11(&[OsStr::new("--late"), late.as_os_str()]);
    window.await_text("late.txt");
    window.drop_x11(&[OsStr::new("--pieces"), pieces.as_os_str()]);
    window.await_text("pieces.txt");
    window.drop_x11(&[OsStr::new("--late"), OsStr::new("--pieces"), both.as_os_str()]);
    window.await_text("both.txt");
}

#[test]
fn drops_that_are_too_fast_for_an_answer_arrive_each_with_its_own_files() {
    let display = Display::x11();
    let paths = ["first.txt", "second.txt"].map(|name| display.home.write(name, "x"));
    let window = sandbox_window(&display);
    for path in &paths {
        window.drag_x11(&[OsStr::new("--fast"), path.as_os_str()]).succeed();
    }
    window.await_text("first.txt");
    window.await_text("second.txt");
    window.await_text("of 2 done");
}

#[test]
fn a_source_that_knows_no_proxy_is_served_all_the_same_and_once() {
    let display = Display::x11();
    let path = display.home.write("직접.txt", "x");
    let window = sandbox_window(&display);
    window.drop_x11(&[OsStr::new("--direct"), path.as_os_str()]);
    window.await_text("직접.txt");
    window.await_text("of 1 done");
}

#[test]
fn what_is_no_file_is_refused_in_a_sentence_on_x11() {
    let display = Display::x11();
    let window = sandbox_window(&display);
    let refused = |arguments: &[OsString], sentence: &str| {
        let mut source = window.hover_x11(arguments);
        source.tell("drop");
        let status = wait::until("the drop", PATIENCE, || source.ended());
        assert!(!status.success(), "the source was told that it was taken");
        window.await_text(sentence);
    };
    refused(
        &["--types".into(), "text/plain,UTF8_STRING".into()],
        "That was not a file",
    );
    let browser = "text/x-moz-url,text/html,_NETSCAPE_URL,text/plain,text/uri-list";
    let mut web = list_file(&display.home, b"https://example.org/a.png\r\n").to_vec();
    web.extend(["--types".into(), browser.into()]);
    refused(&web, "Those were links");

    // The same types with a file: a browser's picture that lies on this machine.
    let picture = display.home.write("picture.png", "x");
    window.drop_x11(&["--types".as_ref(), browser.as_ref(), picture.as_os_str()]);
    window.await_text("picture.png");
}

#[test]
fn a_source_that_ends_takes_its_drag_with_it() {
    let display = Display::x11();
    let paths = korean_files(&display.home, 1000);
    let window = sandbox_window(&display);
    let mut hovering = window.hover_x11(&paths[..1]);
    window.await_text("Drop to send to");
    hovering.kill();
    wait::until("the overlay to go", PATIENCE, || {
        (!has_text(&window, "Drop to send to")).then_some(())
    });

    let mut dying = vec![OsString::from("--dies"), "--pieces".into(), "--late".into()];
    dying.extend(paths.iter().map(OsString::from));
    let mut source = window.hover_x11(&dying);
    source.tell("drop");
    window.await_text("took their names back");
}

#[test]
fn three_thousand_korean_names_from_gtk_arrive_on_x11_and_the_window_answers() {
    many_names_from_gtk(&Display::x11());
}

#[test]
fn three_thousand_korean_names_from_gtk_arrive_on_wayland_and_the_window_answers() {
    many_names_from_gtk(&Display::wayland());
}

/// More than 256 KiB of names: GTK hands them over in pieces.
fn many_names_from_gtk(display: &Display) {
    let list = uri_list(&korean_files(&display.home, 3000));
    assert!(list.len() > 256 * 1024);
    let window = drop_from_gtk(display, &list_file(&display.home, list.as_bytes()));
    window.await_text("of 3,000 done");
    window.press("Undo");
    window.await_text("Their URLs are on the clipboard");
    assert_eq!(stored_files(display), [""; 0]);
}

/// Drags out of GTK's window, and drops on ours.
fn drop_from_gtk<'display>(display: &'display Display, arguments: &[OsString]) -> Window<'display> {
    let mut pointer = display.mouse();
    let backend = if display.is_wayland() { "wayland" } else { "x11" };
    let mut source = display.python("gtk_source.py");
    let source = Process::start(source.env("GDK_BACKEND", backend).args(arguments));
    source.await_line("ready", |line| (line == "ready").then_some(()));
    let window = sandbox_window(display);
    pointer.drag(&source, display.place_of("drag-source"), display.place_of("Dropslot"));
    hold_until(&mut pointer, &window, "Drop to send to");
    pointer.release();
    source.await_line("drag-end", |line| (line == "drag-end").then_some(()));
    window
}

#[test]
fn five_thousand_files_at_once_are_all_there_on_x11_and_the_window_answers() {
    let display = Display::x11();
    let paths = korean_files(&display.home, 5000);
    let window = sandbox_window(&display);
    window.drop_x11(&paths);
    window.await_text("of 5,000 done");
    window.press("Undo");
    window.await_text("Their URLs are on the clipboard");
    assert_eq!(stored_files(&display), [""; 0]);
}

#[test]
fn a_folder_keeps_its_tree_and_one_of_two_thousand_files_is_there_whole() {
    let display = Display::x11();
    let small = display.home.write("작은 폴더/안/a.txt", "a");
    let many = korean_files(&display.home, 2000);
    let window = sandbox_window(&display);
    window.drop_x11(&[display.home.path().join("작은 폴더")]);
    window.await_text("1 file goes");
    window.press("Send now");
    let links = copied_links(&display, &window, 1);
    assert!(links[0].ends_with("/a.txt"), "{links:?}");
    assert_opens(&links[0], &small);

    window.drop_x11(&[many[0].parent().unwrap()]);
    window.await_text("of 2,001 done");
    window.press("Undo");
    window.await_text("1 of 1 done");
}

#[test]
fn a_drop_while_another_batch_runs_joins_it() {
    let display = Display::x11();
    let home = &display.home;
    let [first, second] = ["first.txt", "second.txt"].map(|name| home.write(name, "x"));
    home.aws_config("[default]\nregion = us-east-1");
    home.aws_credentials("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret");
    // A server that takes everything and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let window = display.window(&[
        "--profile",
        "default",
        "--bucket",
        "media",
        "--endpoint-url",
        &endpoint,
        first.to_str().unwrap(),
    ]);
    window.await_text("of 1 done");
    window.drop_x11(&[second]);
    window.await_text("second.txt");
    window.await_text("of 2 done");
    window.press("Undo");
    window.await_text("of 1 done");
    assert!(has_text(&window, "first.txt"));
}

#[test]
fn a_name_as_long_as_names_can_be_arrives_and_a_key_too_long_is_refused_in_a_sentence() {
    let display = Display::x11();
    let longest = "가".repeat(84) + "txt";
    assert_eq!(longest.len(), 255);
    let path = display.home.write(&longest, "long");
    let folders = vec!["나".repeat(80); 5].join("/");
    display.home.write(format!("{folders}/deep.txt"), "deep");
    let window = sandbox_window(&display);

    window.drop_x11(&[&path]);
    window.press_when_there("Send now");
    assert_opens(&copied_links(&display, &window, 1)[0], &path);

    window.drop_x11(&[display.home.path().join("나".repeat(80))]);
    window.press_when_there("Send now");
    window.await_text("S3 takes at most 1,024");
}

#[test]
fn a_file_deleted_between_drop_and_upload_says_so_and_the_rest_goes() {
    let display = Display::x11();
    let [stays, goes] = ["stays.txt", "goes.txt"].map(|name| display.home.write(name, "x"));
    let window = sandbox_window(&display);
    window.drop_x11(&[&stays, &goes]);
    window.await_text("2 files go");
    std::fs::remove_file(&goes).unwrap();
    window.press("Send now");
    window.await_text("file is gone");
    assert_opens(&copied_links(&display, &window, 1)[0], &stays);
}

#[test]
fn links_gone_files_and_names_of_any_bytes_arrive_on_wayland() {
    let display = Display::wayland();
    let home = &display.home;
    let plain = home.write("plain.txt", "plain");
    let link = home.path().join("link-name.txt");
    std::os::unix::fs::symlink(&plain, &link).unwrap();
    let latin = home.write(OsString::from_vec(b"caf\xE9.txt".to_vec()), "latin");
    let gone = home.path().join("gone.txt");
    let folder = home.write("폴더/in-folder.txt", "x").parent().unwrap().to_owned();
    let list = uri_list(&[link, latin, gone, folder]).replacen("file://", "# copied\nfile://localhost", 1);
    let window = drop_from_gtk(&display, &list_file(home, list.as_bytes()));
    for text in [
        "in-folder.txt",
        "link-name.txt",
        "caf\u{FFFD}.txt",
        "gone.txt",
        "file is gone",
        "Public",
    ] {
        window.await_text(text);
    }
}
