//! Forms for other stores than a bucket by lasting keys: the embedded S3, and temporary keys as Lambda's roles have them.

use super::{Rig, done, refused};
use crate::support::lambda::{Lambda, Store};
use crate::support::sandbox::Sandbox;
use crate::support::tools;

/// Through every kind of function, and what anybody gets at the link is the file.
#[test]
fn forms_for_the_embedded_s3_are_taken_from_every_kind_of_function() {
    let rig = Rig::new();
    let sandbox = Sandbox::start();
    let store = Store::in_sandbox(&sandbox);
    for (function, door) in [
        (Lambda::python("plain", &store), "event/"),
        (Lambda::python("proxy", &store), "http2/"),
        (Lambda::python("put", &store), "url/"),
        (Lambda::ours(&[], &store), "rest/prod/presign"),
    ] {
        let file = rig.file("스크린샷 1.png", door);
        let result = done(&mut rig.put_by(&function, door, &[], &file)).remove(0);
        assert_eq!(result["bucket"], "sandbox", "{result}");
        assert_eq!(result["access"], "public", "{result}");
        let opened = tools::stdout(tools::curl().args(["--fail", result["url"].as_str().unwrap()]));
        assert_eq!(opened, door);
    }
}

/// boto3 signs so unasked in us-east-1, and only S3's oldest regions take it.
#[test]
fn a_form_with_the_old_signature_is_told_apart_where_it_is_not_taken() {
    let rig = Rig::new();
    let sandbox = Sandbox::start();
    let store = Store {
        only_v4: false,
        ..Store::in_sandbox(&sandbox)
    };
    let function = Lambda::python("plain", &store);
    let old = refused(&mut rig.put_by(&function, "event/", &[], &rig.file("a.png", "a")));
    assert!(old.said.contains("Signature Version 4"), "{old:?}");
}

#[test]
fn a_functions_role_signs_with_its_session_token() {
    let rig = Rig::new();
    let session = rig.ceph.assume_role(&rig.ceph.new_role("s3:PutObject"));
    let token = session.token.clone();
    let store = Store::in_ceph(&rig.ceph).by_session(session);
    for (function, door) in [
        (Lambda::python("plain", &store), "event/"),
        (Lambda::ours(&[], &store), "url/"),
    ] {
        let file = rig.file("세션.png", door);
        let mut put = rig.put_by(&function, door, &[], &file);
        let output = super::ends(&mut put, 0);
        assert!(!tools::told(&output).contains(&token), "the token was shown");
        let result = super::lines(&output).remove(0);
        let object_key = result["object_key"].as_str().unwrap();
        assert_eq!(rig.ceph.object(&store.bucket, object_key), door.as_bytes());
    }
}
