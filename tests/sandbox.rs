//! The embedded S3, against clients that nobody here wrote: boto3, requests, curl, the AWS CLI.

use crate::support::home::Home;
use crate::support::tools::{self, stdout};
use crate::support::wait;
use dropslot::sandbox::{BUCKET, REGION, Sandbox, SandboxError};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const REFUSALS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/post_refusals.py");
const BODIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/post_bodies.py");

/// A sandbox with a home folder for its clients.
struct Served {
    home: Home,
    runtime: Runtime,
    sandbox: Option<Sandbox>,
}

impl Served {
    fn new() -> Self {
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

    fn dir(&self) -> PathBuf {
        self.home.path().join("sandbox")
    }

    fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().unwrap()
    }

    fn endpoint(&self) -> String {
        self.sandbox().endpoint_url()
    }

    fn address(&self) -> String {
        self.endpoint().trim_start_matches("http://").to_owned()
    }

    fn url(&self, object_key: &str) -> String {
        format!("{}/{BUCKET}/{object_key}", self.endpoint())
    }

    /// With the sandbox's keys.
    fn keyed(&self, mut command: Command) -> Command {
        let credentials = self.sandbox().credentials();
        command
            .env("AWS_ACCESS_KEY_ID", credentials.access_key_id())
            .env("AWS_SECRET_ACCESS_KEY", credentials.secret_access_key())
            .env("AWS_ENDPOINT_URL", self.endpoint())
            .env("AWS_REGION", REGION);
        command
    }

    fn aws(&self, args: &[&str]) -> Command {
        let mut aws = self.keyed(self.home.aws());
        aws.args(args);
        aws
    }

    fn python(&self, script: &str) -> Command {
        let mut python = self.keyed(self.home.python());
        python.args([script, &self.endpoint(), BUCKET]);
        python
    }

    /// `name=value` for each field of a form that boto3 signed.
    fn form(&self, object_key: &str) -> Vec<String> {
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
    fn curl_form(&self, object_key: &str, file: &Path) -> Command {
        let mut curl = tools::curl();
        curl.args(["--write-out", "%{http_code}"]);
        for field in self.form(object_key) {
            curl.arg("--form-string").arg(field);
        }
        curl.arg("-F").arg(format!("file=@{}", file.display()));
        curl.arg(format!("{}/{BUCKET}", self.endpoint()));
        curl
    }

    fn incoming_files(&self) -> usize {
        std::fs::read_dir(self.dir().join("incoming")).unwrap().count()
    }

    fn is_stored(&self, object_key: &str) -> bool {
        self.dir().join("objects").join(BUCKET).join(object_key).exists()
    }

    /// Sends bytes as they are; the answer up to the end of the connection.
    fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get_with_host(&self, host: &str) -> String {
        self.raw(&format!(
            "GET /{BUCKET}/none HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
        ))
    }
}

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
fn curl_posts_a_form_and_reads_it_without_keys() {
    let served = Served::new();
    let file = served.home.write(
        "사진.bin",
        (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>(),
    );
    assert_eq!(stdout(&mut served.curl_form("앨범/사진.bin", &file)), "204");
    let url = served.url("%EC%95%A8%EB%B2%94/%EC%82%AC%EC%A7%84.bin");
    let read = tools::run(tools::curl().args(["--fail", &url]));
    assert!(read.status.success() && read.stdout == std::fs::read(&file).unwrap());
    let part = tools::run(tools::curl().args(["--fail", "--range", "5-8", &url]));
    assert_eq!(part.stdout, [0, 0, 0, 2]);
}

#[test]
fn the_aws_cli_lists_reads_writes_copies_and_removes() {
    let served = Served::new();
    let small = served.home.write("작은 파일.txt", "hello");
    let large = served.home.write("large.bin", vec![7; 20 << 20]);
    let bucket = format!("s3://{BUCKET}");
    let remote = |key: &str| format!("{bucket}/{key}");
    stdout(&mut served.aws(&["s3", "cp", small.to_str().unwrap(), &remote("폴더/작은 파일.txt")]));
    stdout(&mut served.aws(&["s3", "cp", large.to_str().unwrap(), &remote("large.bin")]));
    assert!(stdout(&mut served.aws(&["s3", "ls"])).contains(BUCKET));
    let list = stdout(&mut served.aws(&["s3", "ls", "--recursive", &bucket]));
    assert!(
        list.contains("20971520 large.bin") && list.contains("5 폴더/작은 파일.txt"),
        "{list}"
    );

    let head = [
        "s3api",
        "head-object",
        "--checksum-mode",
        "ENABLED",
        "--bucket",
        BUCKET,
        "--key",
        "폴더/작은 파일.txt",
    ];
    let head: serde_json::Value = serde_json::from_str(&stdout(&mut served.aws(&head))).unwrap();
    assert_eq!(head["ContentType"], "text/plain");
    assert_eq!(head["ETag"], "\"5d41402abc4b2a76b9719d911017c592\"");

    stdout(&mut served.aws(&["s3", "mv", &remote("폴더/작은 파일.txt"), &remote("moved")]));
    for (key, original) in [("moved", &small), ("large.bin", &large)] {
        let back = served.home.path().join("back");
        stdout(&mut served.aws(&["s3", "cp", &remote(key), back.to_str().unwrap()]));
        assert!(
            std::fs::read(&back).unwrap() == std::fs::read(original).unwrap(),
            "{key}"
        );
    }
    let moved = tools::run(tools::curl().args(["--head", &served.url("moved")]));
    assert!(
        String::from_utf8(moved.stdout)
            .unwrap()
            .contains("content-type: text/plain")
    );
    stdout(&mut served.aws(&["s3", "rm", "--recursive", &bucket]));
    assert_eq!(stdout(&mut served.aws(&["s3", "ls", "--recursive", &bucket])), "");
    assert!(!served.is_stored("폴더"), "a folder that became empty stays");
}

#[test]
fn strangers_read_objects_and_do_nothing_else() {
    let served = Served::new();
    let file = served.home.write("a", "a");
    stdout(&mut served.curl_form("a", &file));
    let code = |args: &[&str], url: &str| {
        stdout(
            tools::curl()
                .args(["--output", "/dev/null", "--write-out", "%{http_code}"])
                .args(args)
                .arg(url),
        )
    };
    assert_eq!(code(&[], &served.url("a")), "200");
    assert_eq!(code(&["--head"], &served.url("a")), "200");
    assert_eq!(code(&[], &served.url("none")), "404");
    assert_eq!(code(&[], &served.url("a/below")), "404");
    assert_eq!(code(&[], &served.endpoint()), "403");
    assert_eq!(code(&[], &format!("{}/{BUCKET}", served.endpoint())), "403");
    assert_eq!(code(&["--request", "DELETE"], &served.url("a")), "403");
    assert_eq!(
        code(&["--upload-file", file.to_str().unwrap()], &served.url("b")),
        "403"
    );
    for escape in ["..%2f..%2fkeys.json", "%2e%2e/%2e%2e/keys.json", "..%2fkeys.json"] {
        assert_eq!(code(&["--path-as-is"], &served.url(escape)), "404", "{escape}");
    }
    assert!(served.is_stored("a"));
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let served = Served::new();
    let port = served.address().rsplit_once(':').unwrap().1.to_owned();
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        let answer = served.get_with_host(&format!("Host: {host}:{port}\r\n"));
        assert!(
            answer.starts_with("HTTP/1.1 404") && answer.contains("NoSuchKey"),
            "{host}: {answer}"
        );
    }
    for host in [
        "Host: rebound.example\r\n",
        "Host: localhost.example:80\r\n",
        "",
        "Host: a\r\nHost: localhost\r\n",
    ] {
        let answer = served.get_with_host(host);
        assert!(
            answer.starts_with("HTTP/1.1 4") && !answer.contains("NoSuchKey"),
            "{host}: {answer}"
        );
    }
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
fn a_quarter_gigabyte_passes_in_little_memory() {
    let served = Served::new();
    let file = served.home.path().join("sparse");
    std::fs::File::create(&file).unwrap().set_len(256 << 20).unwrap();
    let mut curl = served.curl_form("sparse", &file);
    let before = peak_kib();
    assert_eq!(stdout(&mut curl), "204");
    let mut read = tools::curl();
    read.args(["--fail", "--output", "/dev/null", &served.url("sparse")]);
    stdout(&mut read);
    let grown = peak_kib() - before;
    assert!(grown < 40 << 10, "{grown} KiB");
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
fn its_keys_are_made_once_and_readable_by_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mut served = Served::new();
    let first = served.sandbox().credentials();
    let mode = std::fs::metadata(served.dir().join("keys.json"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!format!("{:?}", served.sandbox()).contains(first.secret_access_key()));
    let address = served.address();
    served.sandbox = None;
    wait::until("the port to be free", Duration::from_secs(10), || {
        TcpStream::connect(&address).err()
    });
    let again = served.runtime.block_on(Sandbox::start(served.dir(), 0)).unwrap();
    assert_eq!(again.credentials().secret_access_key(), first.secret_access_key());
}

#[test]
fn dropping_it_ends_its_connections() {
    let mut served = Served::new();
    let mut stream = TcpStream::connect(served.address()).unwrap();
    stream
        .write_all(b"GET /sandbox/a HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
    served.sandbox = None;
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
    }
}

#[test]
fn a_port_in_use_and_a_folder_in_use_are_told_apart() {
    let served = Served::new();
    let port: u16 = served.address().rsplit_once(':').unwrap().1.parse().unwrap();
    let other = served.home.path().join("other");
    let error = served.runtime.block_on(Sandbox::start(other, port)).unwrap_err();
    assert!(
        matches!(error, SandboxError::PortInUse { port: told } if told == port),
        "{error}"
    );
    let error = served.runtime.block_on(Sandbox::start(served.dir(), 0)).unwrap_err();
    assert!(matches!(error, SandboxError::FolderInUse { .. }), "{error}");
}

#[test]
fn a_running_sandbox_is_found_by_its_folder() {
    let mut served = Served::new();
    let found = Sandbox::find(&served.dir()).unwrap().unwrap();
    assert_eq!(found.endpoint_url(), served.endpoint());
    assert_eq!(
        found.credentials().secret_access_key(),
        served.sandbox().credentials().secret_access_key()
    );
    drop(found);
    let answer = served.get_with_host("Host: localhost\r\n");
    assert!(answer.contains("NoSuchKey"), "{answer}");
    served.sandbox = None;
    wait::until("the folder to be free", Duration::from_secs(10), || {
        Sandbox::find(&served.dir()).unwrap().is_none().then_some(())
    });
    assert!(Sandbox::find(&served.home.path().join("never")).unwrap().is_none());
}

#[test]
fn what_a_killed_sandbox_left_is_swept_at_the_next_start() {
    let mut served = Served::new();
    served.sandbox = None;
    let left = served.dir().join("incoming/half an upload");
    std::fs::write(&left, "half").unwrap();
    let _again = served.runtime.block_on(Sandbox::start(served.dir(), 0)).unwrap();
    assert!(!left.exists());
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

/// Most memory that this process ever had, in KiB.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
