//! POST Object: what is taken, what is refused, and what is left behind.

use super::served::Served;
use crate::support::home::Home;
use crate::support::process::peak_memory_kib;
use crate::support::tools::{self, stdout};
use crate::support::wait;
use dropslot::sandbox::{BUCKET, Sandbox};
use std::io::Write;
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const REFUSALS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/post_refusals.py");
const BODIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/post_bodies.py");

#[test]
fn every_refusal_has_the_code_the_status_and_the_sentence_of_s3() {
    let served = Served::new();
    assert_eq!(stdout(&mut served.python(REFUSALS)), "49 refusals\n");
    assert_eq!(served.incoming_files(), 0);
    let stray = std::fs::read_dir(served.dir().join("objects")).unwrap();
    let names: Vec<_> = stray.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, [BUCKET]);
}

#[test]
fn forms_of_every_size_and_name_come_back_byte_for_byte() {
    let served = Served::new();
    let seed = std::process::id().to_string();
    assert_eq!(stdout(served.python(BODIES).arg(&seed)), "done\n", "seed {seed}");
    assert_eq!(served.incoming_files(), 0);
}

#[test]
fn a_connection_is_used_again() {
    let served = Served::new();
    let file = served.home.write("file", "content");
    let mut curl = served.curl_form("kept alive", &file);
    curl.args([
        "--verbose",
        "--next",
        "--disable",
        "--silent",
        "--show-error",
        "--verbose",
        "--noproxy",
        "*",
    ]);
    curl.arg(served.url("kept%20alive"));
    let output = tools::run(&mut curl);
    let told = tools::told(&output);
    assert!(
        output.status.success() && told.contains("content") && told.contains("Re-using existing"),
        "{told}"
    );
}

#[test]
fn ten_forms_at_once_all_arrive() {
    let served = Served::new();
    let file = served.home.write("file", vec![1; 4 << 20]);
    let mut curls: Vec<_> = (0..10)
        .map(|number| {
            served
                .curl_form(&format!("at once/{number}"), &file)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for curl in curls.drain(..) {
        assert_eq!(curl.wait_with_output().unwrap().stdout, b"204");
    }
    assert!((0..10).all(|number| served.is_stored(&format!("at once/{number}"))));
}

#[test]
fn a_quarter_gigabyte_passes_in_little_memory() {
    let served = Served::new();
    let file = served.home.path().join("sparse");
    std::fs::File::create(&file).unwrap().set_len(256 << 20).unwrap();
    let mut curl = served.curl_form("sparse", &file);
    let before = peak_memory_kib();
    assert_eq!(stdout(&mut curl), "204");
    let mut read = tools::curl();
    read.args(["--fail", "--output", "/dev/null", &served.url("sparse")]);
    stdout(&mut read);
    let grown = peak_memory_kib() - before;
    assert!(grown < 40 << 10, "{grown} KiB");
}

#[test]
fn a_refused_form_is_answered_long_before_its_bytes_are_sent() {
    let served = Served::new();
    let file = served.home.path().join("sparse");
    std::fs::File::create(&file).unwrap().set_len(64 << 20).unwrap();
    let mut curl = tools::curl();
    // The file first: fields that follow it are ignored, the policy among them.
    curl.args(["--write-out", "%{http_code}", "--limit-rate", "8M", "-F"])
        .arg(format!("file=@{}", file.display()));
    curl.args(["-F", "key=refused"])
        .arg(format!("{}/{BUCKET}", served.endpoint()));
    let start = Instant::now();
    let answer = stdout(&mut curl);
    assert!(answer.contains("AccessDenied") && answer.ends_with("403"), "{answer}");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

#[test]
fn a_client_that_vanishes_leaves_nothing() {
    let served = Served::new();
    let size = 8 << 20;
    let form: String = served.form("vanished").iter().fold(String::new(), |form, field| {
        let (name, value) = field.split_once('=').unwrap();
        form + &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    }) + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";
    let mut stream = TcpStream::connect(served.address()).unwrap();
    let head = format!(
        "POST /{BUCKET} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        form.len() + size + "\r\n--b--\r\n".len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(form.as_bytes()).unwrap();
    stream.write_all(&vec![b'x'; size / 2]).unwrap();
    let limit = Duration::from_secs(10);
    wait::until("the first bytes on disk", limit, || {
        (served.incoming_files() == 1).then_some(())
    });
    drop(stream);
    wait::until("the temporary file to go", limit, || {
        (served.incoming_files() == 0).then_some(())
    });
    assert!(!served.is_stored("vanished"));
}

#[test]
fn a_disk_that_takes_no_more_is_the_fault_of_the_server_and_nothing_is_left() {
    let home = Home::new();
    let dir = home.path().join("sandbox");
    // No file over 1 MiB; the signal that would end the process is ignored, and the write fails.
    let script = "trap '' XFSZ; ulimit -f 1024; exec \"$@\"";
    let mut limited = home.at_home(Command::new("bash"));
    limited.args([
        "-c",
        script,
        "bash",
        env!("CARGO_BIN_EXE_dropslot"),
        "sandbox",
        "--port",
        "0",
        "--dir",
    ]);
    let mut process = limited.arg(&dir).stdout(Stdio::null()).spawn().unwrap();
    let sandbox = wait::until("the sandbox", Duration::from_secs(10), || {
        Sandbox::find(&dir).ok().flatten()
    });
    let served = Served {
        home,
        runtime: Runtime::new().unwrap(),
        sandbox: Some(sandbox),
    };
    for (size, status) in [(2 << 20, "500"), (1000, "204")] {
        let file = served.home.write("file", vec![0; size]);
        let answer = stdout(&mut served.curl_form("limited", &file));
        assert!(
            answer.ends_with(status) && (status == "204") != answer.contains("InternalError"),
            "{answer}"
        );
        assert_eq!(served.incoming_files(), 0);
        assert_eq!(served.is_stored("limited"), status == "204");
    }
    Sandbox::ask_to_leave(&dir).unwrap();
    assert!(process.wait().unwrap().success());
}
