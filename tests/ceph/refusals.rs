//! What Ceph refuses is told in a sentence, with what to change, and nothing is stored.

use super::{json_lines, put_command, refused};
use crate::support::ceph::Ceph;
use crate::support::tools::{run, told};

#[test]
fn a_wrong_secret_is_refused() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let wrong = "wrongwrongwrongwrongwrongwrongwrongwrong";
    ceph.credentials("wrong", wrong, None);
    let path = ceph.home.write("a.txt", "a");

    let mut put = put_command(&ceph, &bucket, &["--profile", "wrong"], [path]);
    let error = refused(&mut put);

    // Ceph does not say which it is: it answers a form with a wrong signature by a bare AccessDenied.
    assert_eq!(error["code"], "access_denied", "{error}");
    assert_eq!(error["retryable"], false);
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.contains("secret access key of profile \"wrong\""), "{hint}");
    assert!(
        error["request_id"].as_str().is_some_and(|id| id.starts_with("tx")),
        "{error}"
    );
    assert!(!told(&run(&mut put)).contains(wrong), "the secret was printed");
    assert_eq!(ceph.object_keys(&bucket), [""; 0]);
}

/// Ceph reads a body to its end before it refuses; others close early. Both end in the same sentence.
#[test]
fn a_wrong_secret_is_refused_for_a_large_file_as_for_a_small_one() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    ceph.credentials("wrong", "wrongwrongwrongwrongwrongwrongwrongwrong", None);
    let large = ceph.home.write("large.bin", vec![7; 64 * 1024 * 1024]);
    let error = refused(&mut put_command(&ceph, &bucket, &["--profile", "wrong"], [large]));
    assert_eq!(error["code"], "access_denied", "{error}");
}

#[test]
fn a_bucket_that_does_not_exist_is_named() {
    let ceph = Ceph::running();
    let path = ceph.home.write("a.txt", "a");
    let error = refused(&mut put_command(&ceph, "no-such-bucket-anywhere", &[], [path]));
    assert_eq!(error["code"], "no_such_bucket", "{error}");
    assert!(
        error["what"].as_str().unwrap().contains("no-such-bucket-anywhere"),
        "{error}"
    );
}

#[test]
fn an_acl_that_the_server_does_not_know_is_refused() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let path = ceph.home.write("a.txt", "a");
    let output = run(&mut put_command(&ceph, &bucket, &["--acl", "nonsense"], [path]));
    assert!(matches!(output.status.code(), Some(1 | 2)), "{}", told(&output));
    assert_eq!(ceph.object_keys(&bucket), [""; 0]);
}

#[test]
fn the_rest_is_sent_where_one_file_cannot_be() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let good = ["하나.txt", "둘.txt"].map(|name| ceph.home.write(name, name));
    let gone = ceph.home.path().join("없음.txt");

    let output = run(&mut put_command(&ceph, &bucket, &[], [&good[0], &gone, &good[1]]));

    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    let lines = json_lines(&String::from_utf8(output.stdout).unwrap());
    let codes: Vec<&str> = lines
        .iter()
        .map(|line| line["error"]["code"].as_str().unwrap_or("done"))
        .collect();
    assert_eq!(codes, ["done", "file_gone", "done"], "in the order given");
    assert_eq!(ceph.object_keys(&bucket).len(), 2);
}

#[test]
fn plain_http_to_another_machine_is_refused_before_anything_is_sent() {
    let ceph = Ceph::running();
    let path = ceph.home.write("a.txt", "a");
    let mut put = ceph.home.dropslot();
    put.args([
        "put",
        "--json",
        "--profile",
        "rgw",
        "--bucket",
        "bucket",
        "--endpoint-url",
        "http://192.0.2.1:1",
    ])
    .arg(path);
    let output = run(&mut put);
    assert!(matches!(output.status.code(), Some(1 | 2)), "{}", told(&output));
    assert!(told(&output).to_lowercase().contains("https"), "{}", told(&output));
}
