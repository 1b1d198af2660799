//! Tickets that must not be sent: each has its sentence, nothing of it is shown, and nothing reaches the store.

use super::{Store, ceph_owner, ends, put, result, signed};
use crate::support::ceph::Ceph;
use crate::support::home::Home;
use serde_json::Value;

struct Rig {
    ceph: Ceph,
    store: Store,
    home: Home,
}

impl Rig {
    fn new() -> Self {
        let ceph = Ceph::running();
        let store = Store {
            endpoint: ceph.url.clone(),
            bucket: ceph.new_bucket(),
        };
        let home = Home::new();
        Self { ceph, store, home }
    }

    fn form(&self, how: &str) -> String {
        signed(ceph_owner(&self.ceph), how, &self.store, "k")
    }

    #[track_caller]
    fn is_empty(&self) {
        assert_eq!(self.ceph.object_keys(&self.store.bucket), Vec::<String>::new());
    }
}

#[test]
fn a_ticket_past_its_end_is_not_sent() {
    let rig = Rig::new();
    rig.home.write("ticket", rig.form("expired"));
    let file = rig.home.write("a.png", "a");
    let refused = result(&ends(&mut put(&rig.home, &file), 1));
    assert_eq!(refused["error"]["code"], "form_expired", "{refused}");
    assert_eq!(
        refused["error"]["retryable"], false,
        "another ticket is needed: {refused}"
    );
    // A fast clock looks the same from here.
    assert!(
        refused["error"]["hint"].as_str().unwrap().contains("clock"),
        "{refused}"
    );
    rig.is_empty();
}

#[test]
fn a_second_file_with_the_only_key_is_not_sent() {
    let rig = Rig::new();
    rig.home.write("ticket", rig.form("boto3"));
    let first = rig.home.write("a.png", "a");
    let second = rig.home.write("b.png", "b");
    let output = ends(put(&rig.home, &first).args(["--jobs", "1"]).arg(&second), 1);
    let told = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["object_key"], "k", "{told}");
    assert!(lines[1]["error"]["what"].is_string(), "{told}");
    assert_eq!(rig.ceph.object(&rig.store.bucket, "k"), b"a");
}

/// What is no ticket at all is a wrong command line; nothing of the text is repeated.
#[test]
fn what_is_no_ticket_is_said_before_anything_is_done() {
    let rig = Rig::new();
    let file = rig.home.write("a.png", "a");
    let form: Value = serde_json::from_str(&rig.form("boto3")).unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut form = form.clone();
        change(&mut form);
        form.to_string()
    };
    let nested = format!("{}1{}", r#"{"data":"#.repeat(1000), "}".repeat(1000));
    let twice = form.to_string().replace("\"key\":", "\"key\":\"CANARY\",\"key\":");
    for (what, ticket, said) in [
        ("words", "CANARY is no ticket".to_owned(), "curl"),
        ("html", "<!DOCTYPE html><p>CANARY</p>".to_owned(), "web page"),
        ("nested", nested, "nested"),
        ("twice", twice, "twice"),
        ("large", format!("{form}{}", " ".repeat(10_000_000)), "1 MiB"),
        (
            "file",
            changed(&|form| form["fields"]["file"] = "CANARY".into()),
            "file",
        ),
        (
            "line break",
            changed(&|form| form["fields"]["acl"] = "a\r\nCANARY: b".into()),
            "line break",
        ),
        (
            "plain http",
            changed(&|form| form["url"] = "http://192.0.2.1/CANARY".into()),
            "HTTPS",
        ),
        ("no URL", "curl -F key=CANARY -F file=@a".to_owned(), "URL"),
        ("no fields", "curl https://example.com/CANARY".to_owned(), "field"),
        (
            "a quotation mark",
            "curl 'https://example.com/CANARY -F key=k".to_owned(),
            "quotation",
        ),
        (
            "from a file",
            "curl https://example.com/ -F policy=@CANARY -F file=@a".to_owned(),
            "policy",
        ),
    ] {
        rig.home.write("ticket", ticket);
        let output = ends(&mut put(&rig.home, &file), 2);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(said), "{what}: {told}");
    }
    rig.is_empty();
}
