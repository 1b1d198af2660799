//! Parts uploads: what is taken, what is refused, and what a crash leaves.

use super::served::Served;
use crate::support::home::Home;
use crate::support::process::{Process, peak_memory_kib};
use crate::support::tools::{self, stdout};
use crate::support::wait;
use dropslot::sandbox::{BUCKET, Sandbox};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Runtime;

const CHECKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/parts_uploads.py");
/// Prints the URL of an operation, signed for an endpoint that need not be the sandbox's.
const PRESIGN: &str = "import boto3, json, sys\n\
    from botocore.config import Config\n\
    config = Config(signature_version='s3v4', s3={'addressing_style': 'path'})\n\
    s3 = boto3.client('s3', endpoint_url=sys.argv[1], config=config)\n\
    print(s3.generate_presigned_url(sys.argv[2], Params=json.loads(sys.argv[3])), end='')";

fn presign(served: &Served, endpoint: &str, operation: &str, params: &Value) -> String {
    let mut python = served.keyed(served.home.python());
    stdout(python.args(["-c", PRESIGN, endpoint, operation, &params.to_string()]))
}

/// The AWS CLI's answer, which is JSON.
#[track_caller]
fn s3api(served: &Served, operation: &str, key: &str, args: &[&str]) -> Value {
    let mut aws = served.aws(&["s3api", operation, "--bucket", BUCKET, "--key", key]);
    let answer = stdout(aws.args(args));
    serde_json::from_str(&answer).unwrap_or(Value::Null)
}

#[test]
fn every_answer_about_parts_is_that_of_s3() {
    let served = Served::new();
    assert_eq!(stdout(&mut served.python(CHECKS)), "done\n");
    assert_eq!(served.incoming_files(), 0);
    let left: Vec<_> = std::fs::read_dir(served.dir().join("parts")).unwrap().collect();
    assert_eq!(left.len(), 3, "three were neither finished nor aborted: {left:?}");
}

#[test]
fn the_aws_cli_uploads_in_parts_lists_them_and_aborts() {
    let served = Served::new();
    let content: Vec<u8> = (0..30_000_000_u32)
        .map(|at| (at.wrapping_mul(at) >> 7).to_le_bytes()[0])
        .collect();
    let file = served.home.write("thirty.bin", &content);
    let remote = format!("s3://{BUCKET}/thirty.bin");
    let mut copy = served.aws(&["s3", "cp", "--content-type", "video/mp4", "--metadata", "who=me"]);
    stdout(copy.arg(&file).arg(&remote));
    let head = s3api(&served, "head-object", "thirty.bin", &[]);
    assert!(head["ETag"].as_str().unwrap().ends_with("-4\""), "{head}");
    assert_eq!(head["ContentType"], "video/mp4");
    assert_eq!(head["Metadata"]["who"], "me");
    let back = served.home.path().join("back");
    stdout(served.aws(&["s3", "cp", &remote]).arg(&back));
    assert!(std::fs::read(&back).unwrap() == content);

    let upload = s3api(&served, "create-multipart-upload", "left", &["--content-type", "a/b"]);
    let id = ["--upload-id", upload["UploadId"].as_str().unwrap()];
    for number in ["1", "2"] {
        let part = [id[0], id[1], "--part-number", number, "--body", file.to_str().unwrap()];
        s3api(&served, "upload-part", "left", &part);
    }
    let parts = s3api(&served, "list-parts", "left", &id);
    assert_eq!(parts["Parts"].as_array().unwrap().len(), 2, "{parts}");
    assert_eq!(parts["Parts"][1]["Size"], 30_000_000);
    let uploads = stdout(&mut served.aws(&["s3api", "list-multipart-uploads", "--bucket", BUCKET]));
    assert!(uploads.contains("\"left\""), "{uploads}");
    s3api(&served, "abort-multipart-upload", "left", &id);
    let gone = tools::run(
        served
            .aws(&["s3api", "list-parts", "--bucket", BUCKET, "--key", "left"])
            .args(id),
    );
    assert!(tools::told(&gone).contains("NoSuchUpload"), "{}", tools::told(&gone));
    assert_eq!(std::fs::read_dir(served.dir().join("parts")).unwrap().count(), 0);
}

/// A sandbox in a process of its own, which can be killed.
fn in_a_process(home: Home, dir: &Path) -> (Served, Process) {
    let process = Process::start(home.dropslot().args(["sandbox", "--port", "0", "--dir"]).arg(dir));
    process.await_line("its endpoint", |line| line.starts_with("Endpoint").then_some(()));
    let sandbox = Some(Sandbox::find(dir).unwrap().unwrap());
    let runtime = Runtime::new().unwrap();
    let served = Served { home, runtime, sandbox };
    (served, process)
}

#[test]
fn what_was_taken_outlives_a_kill_and_half_a_part_does_not_count() {
    let home = Home::new();
    let dir = home.path().join("sandbox");
    let (served, mut process) = in_a_process(home, &dir);
    let part = |number: u8| vec![number; 5 << 20];
    let upload = s3api(&served, "create-multipart-upload", "killed", &["--content-type", "a/b"]);
    let id = upload["UploadId"].as_str().unwrap().to_owned();
    let first = served.home.write("first", part(1));
    let first = [
        "--upload-id",
        &id,
        "--part-number",
        "1",
        "--body",
        first.to_str().unwrap(),
    ];
    s3api(&served, "upload-part", "killed", &first);

    // Of a new first part and of a second one, half.
    let halves: Vec<TcpStream> = [1, 2]
        .into_iter()
        .map(|number| {
            let mut stream = begin_part(&served, "killed", &id, number, 5 << 20);
            stream.write_all(&vec![b'x'; 2 << 20]).unwrap();
            stream
        })
        .collect();
    wait::until("the halves on disk", Duration::from_secs(10), || {
        (served.incoming_files() == 2).then_some(())
    });
    process.kill();
    drop(halves);

    let (served, _process) = in_a_process(served.home, &dir);
    assert_eq!(served.incoming_files(), 0);
    let listed = s3api(&served, "list-parts", "killed", &["--upload-id", &id]);
    let parts = listed["Parts"].as_array().unwrap();
    assert_eq!(parts.len(), 1, "{listed}");
    let second = served.home.write("second", part(2));
    let second = [
        "--upload-id",
        &id,
        "--part-number",
        "2",
        "--body",
        second.to_str().unwrap(),
    ];
    let second = s3api(&served, "upload-part", "killed", &second);
    let named = serde_json::json!({"Parts": [
        {"PartNumber": 1, "ETag": parts[0]["ETag"]},
        {"PartNumber": 2, "ETag": second["ETag"]},
    ]});
    let complete = ["--upload-id", &id, "--multipart-upload", &named.to_string()];
    s3api(&served, "complete-multipart-upload", "killed", &complete);
    let stored = std::fs::read(dir.join("objects").join(BUCKET).join("killed")).unwrap();
    assert!(stored == [part(1), part(2)].concat());
    let head = tools::run(tools::curl().args(["--head", &served.url("killed")]));
    assert!(String::from_utf8(head.stdout).unwrap().contains("content-type: a/b"));
}

/// A website that points a name of its own to this machine, and could even sign for it, is not answered.
#[test]
fn operations_of_parts_are_refused_under_other_names_of_this_machine() {
    let served = Served::new();
    let upload = s3api(&served, "create-multipart-upload", "rebound", &[]);
    let id = &upload["UploadId"];
    let port = served.address().rsplit_once(':').unwrap().1.to_owned();
    let key = serde_json::json!({"Bucket": BUCKET, "Key": "rebound"});
    let of_upload = serde_json::json!({"Bucket": BUCKET, "Key": "rebound", "UploadId": id});
    let of_part = serde_json::json!({"Bucket": BUCKET, "Key": "rebound", "UploadId": id, "PartNumber": 1});
    for (operation, method, params) in [
        ("put_object", "PUT", &key),
        ("create_multipart_upload", "POST", &key),
        ("upload_part", "PUT", &of_part),
        ("list_parts", "GET", &of_upload),
        ("list_multipart_uploads", "GET", &serde_json::json!({"Bucket": BUCKET})),
        ("complete_multipart_upload", "POST", &of_upload),
        ("abort_multipart_upload", "DELETE", &of_upload),
    ] {
        let host = format!("rebound.example:{port}");
        let url = presign(&served, &format!("http://{host}"), operation, params);
        let target = url.strip_prefix(&format!("http://{host}")).unwrap();
        let ask = |host: &str| {
            served.raw(&format!(
                "{method} {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            ))
        };
        let answer = ask(&host);
        assert!(
            answer.starts_with("HTTP/1.1 403") && answer.contains("names of this machine alone"),
            "{operation}: {answer}"
        );
        // The name is signed: by the sandbox's own, the same signature is another's.
        assert!(ask(&served.address()).contains("SignatureDoesNotMatch"), "{operation}");
    }
    let listed = s3api(&served, "list-parts", "rebound", &["--upload-id", id.as_str().unwrap()]);
    assert!(listed["Parts"].as_array().is_none_or(Vec::is_empty), "{listed}");
}

/// The head of a part's request, its bytes still to come.
fn begin_part(served: &Served, object_key: &str, upload_id: &str, number: u32, length: u64) -> TcpStream {
    let params = serde_json::json!({"Bucket": BUCKET, "Key": object_key, "UploadId": upload_id, "PartNumber": number});
    let url = presign(served, &served.endpoint(), "upload_part", &params);
    let target = url.strip_prefix(&served.endpoint()).unwrap();
    let mut stream = TcpStream::connect(served.address()).unwrap();
    let head = format!(
        "PUT {target} HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\n\r\n",
        served.address()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// A client that would send 64 MiB into an upload that is gone hears so, instead of a connection that breaks.
#[test]
fn a_refused_part_is_answered_while_its_bytes_are_still_coming() {
    let served = Served::new();
    let id = "0".repeat(64);
    let mut stream = begin_part(&served, "gone", &id, 1, 64 << 20);
    stream.write_all(&vec![0; 8 << 20]).unwrap();
    let mut answer = [0; 512];
    let count = stream.read(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer[..count]);
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
}

#[test]
fn a_quarter_gigabyte_in_parts_passes_in_little_memory() {
    let served = Served::new();
    let file = served.home.path().join("sparse");
    std::fs::File::create(&file).unwrap().set_len(256 << 20).unwrap();
    let before = peak_memory_kib();
    stdout(
        served
            .aws(&["s3", "cp"])
            .arg(&file)
            .arg(format!("s3://{BUCKET}/sparse")),
    );
    let grown = peak_memory_kib() - before;
    assert!(grown < 40 << 10, "{grown} KiB");
    let stored = served.dir().join("objects").join(BUCKET).join("sparse");
    assert_eq!(std::fs::metadata(stored).unwrap().len(), 256 << 20);
}
