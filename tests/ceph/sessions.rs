//! Temporary keys: session tokens from Ceph's own STS.

use super::{json_lines, put_command, refused};
use crate::support::ceph::Ceph;
use crate::support::tools::stdout;

#[test]
fn a_session_token_in_a_profile_signs() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let session = ceph.assume_role(&ceph.new_role("s3:*"));
    ceph.credentials("session", &session.secret_access_key, Some(&session));
    let path = ceph.home.write("세션.txt", "by a session");

    let results = json_lines(&stdout(&mut put_command(
        &ceph,
        &bucket,
        &["--profile", "session"],
        [path],
    )));

    assert_eq!(results[0]["proof"], "md5", "{results:?}");
    let object_key = results[0]["object_key"].as_str().unwrap();
    assert_eq!(ceph.object(&bucket, object_key), b"by a session");
}

/// The profile names a role: Dropslot asks STS for it, at the profile's own endpoint.
#[test]
fn a_role_in_a_profile_is_assumed() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let role = ceph.new_role("s3:*");
    ceph.home.aws_config(&format!(
        "[profile by-role]\nrole_arn = {role}\nsource_profile = rgw\nregion = us-east-1\nendpoint_url = {}\n",
        ceph.url
    ));
    let path = ceph.home.write("role.txt", "by a role");

    let mut put = ceph.home.dropslot();
    put.args(["put", "--json", "--profile", "by-role", "--bucket", &bucket])
        .arg(path);
    let results = json_lines(&stdout(&mut put));

    let object_key = results[0]["object_key"]
        .as_str()
        .unwrap_or_else(|| panic!("{results:?}"));
    assert_eq!(ceph.object(&bucket, object_key), b"by a role");
}

#[test]
fn a_token_that_was_tampered_with_is_refused() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let mut session = ceph.assume_role(&ceph.new_role("s3:*"));
    session.token.replace_range(0..8, "AAAAAAAA");
    ceph.credentials("tampered", &session.secret_access_key, Some(&session));
    let path = ceph.home.write("a.txt", "a");

    let error = refused(&mut put_command(&ceph, &bucket, &["--profile", "tampered"], [path]));

    assert!(
        ["credentials_refused", "access_denied"].contains(&error["code"].as_str().unwrap()),
        "{error}"
    );
    assert_eq!(ceph.object_keys(&bucket), [""; 0]);
}

#[test]
fn a_role_that_may_only_read_is_told_which_permission_it_lacks() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let session = ceph.assume_role(&ceph.new_role("s3:GetObject"));
    ceph.credentials("reader", &session.secret_access_key, Some(&session));
    let path = ceph.home.write("a.txt", "a");

    let error = refused(&mut put_command(&ceph, &bucket, &["--profile", "reader"], [path]));

    assert_eq!(error["code"], "access_denied");
    assert!(error["hint"].as_str().unwrap().contains("s3:PutObject"), "{error}");
    assert_eq!(ceph.object_keys(&bucket), [""; 0]);
}

#[test]
fn a_role_that_may_not_list_buckets_is_told_to_name_one() {
    let ceph = Ceph::running();
    let session = ceph.assume_role(&ceph.new_role("s3:GetObject"));
    ceph.credentials("reader", &session.secret_access_key, Some(&session));

    let mut buckets = ceph.home.dropslot();
    buckets.args(["buckets", "--profile", "reader", "--endpoint-url", &ceph.url]);
    let output = crate::support::tools::run(&mut buckets);

    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("list") && said.contains("bucket"), "{said}");
}
