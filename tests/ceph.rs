//! Uploads to Ceph's S3 gateway, read back by the AWS CLI and by curl. Ceph checks signatures, policies and session
//! tokens as S3 does, and shares no line with Dropslot.

mod doctor;
mod form;
mod parts;
mod refusals;
mod sessions;

use crate::support::ceph::Ceph;
use crate::support::tools::{curl, run, stdout, told};
use md5::{Digest as _, Md5};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn files_and_folders_are_read_back_byte_for_byte() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let mut content = vec![0; 20 * 1024 * 1024];
    getrandom::fill(&mut content).unwrap();
    let paths = [
        ceph.home.write("스크린샷 1.png", "\x1a그림"),
        ceph.home.write("empty.txt", ""),
        ceph.home.write("twenty-mib.bin", &content),
    ];
    ceph.home.write("폴더/가.txt", "가");
    ceph.home.write("폴더/속/나 다.txt", "나 다");
    ceph.home.write("폴더/속/더 속/empty", "");

    let folder = ceph.home.path().join("폴더");
    let results = put(&ceph, &bucket, paths.iter().chain([&folder]));

    assert_eq!(results.len(), 6, "{results:#?}");
    for result in &results {
        let sent = std::fs::read(result["path"].as_str().unwrap()).unwrap();
        let object_key = result["object_key"].as_str().unwrap();
        assert!(
            ceph.object(&bucket, object_key) == sent,
            "{object_key} came back different"
        );
        assert_eq!(result["size_bytes"], sent.len());
        assert_eq!(result["etag"], md5(&sent), "{result}");
        assert_eq!(result["proof"], "md5", "Ceph answers without crc64nvme: {result}");
        assert_eq!(result["bucket"], bucket);
        assert_eq!(result["attempts"], 1, "{result}");
    }
    let keys: Vec<&str> = results
        .iter()
        .map(|result| result["object_key"].as_str().unwrap())
        .collect();
    assert!(keys[0].ends_with("/스크린샷 1.png"), "{keys:?}");
    assert!(
        keys.iter().any(|key| key.ends_with("폴더/속/더 속/empty")),
        "a folder keeps its tree: {keys:?}"
    );
}

#[test]
fn a_folder_is_read_back_by_one_recursive_copy() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    ceph.home.write("사진/하나.txt", "하나");
    ceph.home.write("사진/둘/셋.txt", "셋");
    let mut put = put_command(
        &ceph,
        &bucket,
        &["--key", "{dir}/{name}"],
        [ceph.home.path().join("사진")],
    );
    stdout(&mut put);

    let back = ceph.home.path().join("back");
    let mut copy = ceph.aws(&[
        "s3",
        "cp",
        "--recursive",
        "--only-show-errors",
        &format!("s3://{bucket}/사진"),
    ]);
    stdout(copy.arg(&back));

    stdout(
        Command::new("diff")
            .arg("--recursive")
            .arg(ceph.home.path().join("사진"))
            .arg(back),
    );
}

/// Each of these names breaks some uploader: signs that end a form's header, or mean something in URLs or in XML.
#[test]
fn odd_names_are_stored_as_they_are_and_their_urls_open() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    ceph.make_public(&bucket);
    let names = [
        "two \"quotes\".txt",
        "it's.txt",
        "a+b.txt",
        "100%.txt",
        "%41.txt",
        "  spaces  .txt",
        "semi;colon=1.txt",
        "back\\slash.txt",
        "amp&lt;<tag>.txt",
        "#hash?query.txt",
        "comma,colon:@.txt",
        "~tilde!*().txt",
        "é ß ﬁ 漢字.txt",
        "파티 🎉🙂.txt",
    ];
    let paths: Vec<PathBuf> = names
        .iter()
        .map(|name| ceph.home.write(Path::new("odd").join(name), *name))
        .collect();

    let results = put(&ceph, &bucket, &paths);

    for (name, result) in names.iter().zip(&results) {
        let object_key = result["object_key"].as_str().unwrap_or_else(|| panic!("{result}"));
        assert!(object_key.ends_with(&format!("/{name}")), "{object_key}");
        assert_eq!(ceph.object(&bucket, object_key), name.as_bytes());
        assert_eq!(result["access"], "public", "{result}");
        assert_eq!(stdout(curl().arg("--fail").arg(result["url"].as_str().unwrap())), *name);
    }
    assert_eq!(results.len(), names.len());
    assert_eq!(ceph.object_keys(&bucket).len(), names.len());
}

#[test]
fn what_options_ask_for_is_what_ceph_stores() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let path = ceph.home.write("page", "<p>");
    let options = [
        "--key",
        "a/{name}.html",
        "--content-type",
        "text/html; charset=utf-8",
        "--metadata",
        "author=dropslot",
        "--acl",
        "public-read",
    ];
    let results = json_lines(&stdout(&mut put_command(&ceph, &bucket, &options, [&path])));

    assert_eq!(results[0]["object_key"], "a/page.html");
    assert_eq!(
        results[0]["access"], "public",
        "the ACL lets everyone read: {results:?}"
    );
    let head = stdout(&mut ceph.aws(&["s3api", "head-object", "--bucket", &bucket, "--key", "a/page.html"]));
    let head: Value = serde_json::from_str(&head).unwrap();
    assert_eq!(head["ContentType"], "text/html; charset=utf-8");
    assert_eq!(head["Metadata"]["author"], "dropslot");
}

#[test]
fn an_object_that_nobody_may_read_is_called_private() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let results = put(&ceph, &bucket, [ceph.home.write("secret.txt", "secret")]);
    assert_eq!(results[0]["access"], "private");
}

#[test]
fn the_buckets_are_those_that_the_aws_cli_lists() {
    let ceph = Ceph::running();
    ceph.new_bucket();
    ceph.new_bucket();
    // Other tests make buckets meanwhile: both lists are taken until they agree about those that are older.
    let ours = || {
        let mut buckets = ceph.home.dropslot();
        buckets.args(["buckets", "--profile", "rgw", "--endpoint-url", &ceph.url]);
        stdout(&mut buckets).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let theirs = || {
        let listed = stdout(&mut ceph.aws(&["s3", "ls"]));
        listed
            .lines()
            .map(|line| line.rsplit(' ').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    crate::support::wait::until("the two lists to agree", std::time::Duration::from_mins(1), || {
        let before = theirs();
        let listed = ours();
        (before == theirs())
            .then_some((before, listed))
            .filter(|(theirs, ours)| {
                assert_eq!(theirs, ours);
                theirs.len() >= 2
            })
    });
}

/// `dropslot put` for this person's bucket.
fn put_command<P: AsRef<Path>>(
    ceph: &Ceph,
    bucket: &str,
    options: &[&str],
    paths: impl IntoIterator<Item = P>,
) -> Command {
    let mut put = ceph.home.dropslot();
    put.args(["put", "--json", "--endpoint-url", &ceph.url, "--bucket", bucket])
        .args(options);
    if !options.contains(&"--profile") {
        put.args(["--profile", "rgw"]);
    }
    put.args(paths.into_iter().map(|path| path.as_ref().to_path_buf()));
    put
}

/// Puts files with the default options and gives the results, all of them good.
#[track_caller]
fn put<P: AsRef<Path>>(ceph: &Ceph, bucket: &str, paths: impl IntoIterator<Item = P>) -> Vec<Value> {
    json_lines(&stdout(&mut put_command(ceph, bucket, &[], paths)))
}

/// Puts one file, which must fail, and gives the error.
#[track_caller]
fn refused(command: &mut Command) -> Value {
    let output = run(command);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let lines = json_lines(&String::from_utf8(output.stdout.clone()).unwrap());
    let error = lines.first().map(|line| line["error"].clone()).unwrap_or_default();
    for part in ["code", "what", "hint"] {
        assert!(
            error[part].as_str().is_some_and(|text| !text.is_empty()),
            "no {part}: {}",
            told(&output)
        );
    }
    error
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

fn md5(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
