//! All but forms: the AWS CLI, curl without keys, and those who have no business here.

use super::served::Served;
use crate::support::tools::{self, stdout};
use dropslot::sandbox::BUCKET;

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
    let small = served.home.write("작은 파일 100%25+.txt", "hello");
    let large = served.home.write("large.bin", vec![7; 20 << 20]);
    let bucket = format!("s3://{BUCKET}");
    let remote = |key: &str| format!("{bucket}/{key}");
    stdout(&mut served.aws(&[
        "s3",
        "cp",
        small.to_str().unwrap(),
        &remote("폴더/작은 파일 100%25+.txt"),
    ]));
    stdout(&mut served.aws(&["s3", "cp", large.to_str().unwrap(), &remote("large.bin")]));
    assert!(stdout(&mut served.aws(&["s3", "ls"])).contains(BUCKET));
    let list = stdout(&mut served.aws(&["s3", "ls", "--recursive", &bucket]));
    assert!(
        list.contains("20971520 large.bin") && list.contains("5 폴더/작은 파일 100%25+.txt"),
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
        "폴더/작은 파일 100%25+.txt",
    ];
    let head: serde_json::Value = serde_json::from_str(&stdout(&mut served.aws(&head))).unwrap();
    assert_eq!(head["ContentType"], "text/plain");
    assert_eq!(head["ETag"], "\"5d41402abc4b2a76b9719d911017c592\"");

    stdout(&mut served.aws(&["s3", "mv", &remote("폴더/작은 파일 100%25+.txt"), &remote("moved")]));
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

/// With the connection kept, the client's next request would be taken for the body that it has not sent.
#[test]
fn a_body_that_was_announced_and_refused_ends_its_connection() {
    let served = Served::new();
    let refused = served.raw(&format!(
        "PUT /{BUCKET}/a HTTP/1.1\r\nHost: {}\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
        served.address()
    ));
    let refused = refused.to_lowercase();
    assert!(refused.starts_with("http/1.1 403"), "{refused}");
    assert!(refused.contains("\r\nconnection: close\r\n"), "{refused}");
}
