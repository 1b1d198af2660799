//! What functions answer that is no form to send: each has its sentence, and no byte of a file goes anywhere.

use super::{Rig, refused};
use crate::support::lambda::Lambda;

#[test]
fn answers_that_are_no_form_are_told_apart() {
    let rig = Rig::new();
    let function = Lambda::nobody();
    let file = rig.file("a.png", "a");
    for (door, code, said) in [
        ("forbidden/url/", "lambda_refused", "lambda:InvokeFunctionUrl"),
        ("forbidden/url/", "lambda_refused", "lambda:InvokeFunction"),
        ("unauthorized/url/", "lambda_refused", "wants to know who asks"),
        ("nothing-here/", "lambda_refused", "404"),
        ("html/url/", "lambda_answer", "web page"),
        ("big/url/", "lambda_answer", "1 MiB"),
        ("nested/url/", "lambda_answer", "nested too deeply"),
        ("elsewhere/url/", "lambda_refused", "localhost"),
    ] {
        let refused = refused(&mut rig.put_by(&function, door, &[], &file));
        assert_eq!(refused.code, code, "{door}: {refused:?}");
        assert!(refused.said.contains(said), "{door}: {refused:?}");
    }
    assert_eq!(rig.ceph.object_keys(&rig.store.bucket), Vec::<String>::new());
}

#[test]
fn a_url_that_is_not_safe_or_leads_nowhere_is_refused_before_it_is_asked() {
    let rig = Rig::new();
    let file = rig.file("a.png", "a");
    for (url, said) in [
        ("http://192.0.2.1/", "without HTTPS"),
        ("https://user:CANARY@example.com/", "a user name or a password"),
        ("presign", "not a URL"),
    ] {
        let refused = refused(rig.put(["--lambda", url]).arg(&file));
        assert!(refused.said.contains(said), "{url}: {refused:?}");
    }
}

#[test]
fn a_function_that_breaks_off_is_told_by_its_own_words() {
    let rig = Rig::new();
    let function = Lambda::python("broken", &rig.store);
    let file = rig.file("a.png", "a");
    let refused = refused(&mut rig.put_by(&function, "event/", &[], &file));
    assert_eq!(refused.code, "lambda_failed", "{refused:?}");
    assert!(refused.said.contains("KeyError"), "{refused:?}");
}

#[test]
fn forms_that_must_not_be_sent_are_not() {
    let rig = Rig::new();
    let function = Lambda::python("hostile", &rig.store);
    for (kind, code, said) in [
        ("expired", "form_expired", "expired"),
        ("other-key", "policy_refused", "\"key\""),
        ("file-field", "lambda_answer", "\"file\""),
        ("line-break", "lambda_answer", "line break"),
        ("plain-http", "lambda_answer", "HTTPS"),
        ("duplicate", "lambda_answer", "twice"),
    ] {
        let file = rig.file(&format!("{kind}.png"), "a");
        let refused = refused(&mut rig.put_by(&function, "event/", &[], &file));
        assert_eq!(refused.code, code, "{kind}: {refused:?}");
        assert!(refused.said.contains(said), "{kind}: {refused:?}");
    }
    assert_eq!(rig.ceph.object_keys(&rig.store.bucket), Vec::<String>::new());
}

#[test]
fn what_the_owner_does_not_take_is_told_before_a_byte_is_sent() {
    let rig = Rig::new();
    let function = Lambda::python("images_only", &rig.store);
    let text = refused(&mut rig.put_by(&function, "event/", &[], &rig.file("a.txt", "a")));
    assert!(text.said.contains("image/"), "{text:?}");
    let large = refused(&mut rig.put_by(&function, "event/", &[], &rig.file("b.png", &"b".repeat(1001))));
    assert_eq!(large.code, "too_large", "{large:?}");
    let image = super::done(&mut rig.put_by(&function, "event/", &[], &rig.file("c.png", "c"))).remove(0);
    assert_eq!(image["content_type"], "image/png");
}

#[test]
fn two_files_never_get_one_key() {
    let rig = Rig::new();
    let function = Lambda::python("same_key", &rig.store);
    let files = ["a.png", "b.png"].map(|name| rig.file(name, name));
    let output = super::ends(
        rig.put(["--jobs", "1", "--lambda", &function.url("event/")])
            .args(&files),
        1,
    );
    let lines = super::lines(&output);
    assert_eq!(lines[0]["object_key"], "always-the-same.png", "{lines:?}");
    assert_eq!(lines[1]["error"]["code"], "object_exists", "{lines:?}");
    assert_eq!(rig.ceph.object(&rig.store.bucket, "always-the-same.png"), b"a.png");
}
