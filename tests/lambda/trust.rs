//! The store's host: told the first time, known from then on, and no other without a word.

use super::{Rig, done, ends, refused};
use crate::support::lambda::{Lambda, Store};

#[test]
fn another_host_is_taken_only_when_the_person_says_so() {
    let rig = Rig::new();
    let first = Lambda::python("plain", &rig.store);
    let file = rig.file("a.png", "a");
    let url = first.url("event/");
    let told = String::from_utf8(ends(rig.put(["--lambda", &url]).arg(&file), 0).stderr).unwrap();
    let host = rig.store.endpoint.trim_start_matches("http://").to_owned();
    assert!(told.contains(&host), "{told}");
    let told = String::from_utf8(ends(rig.put(["--lambda", &url]).arg(&file), 0).stderr).unwrap();
    assert!(!told.contains("from now on"), "told once: {told}");

    // The same function, whose forms go elsewhere now: to the same store by another name.
    let elsewhere = Store {
        endpoint: rig.store.endpoint.replace("127.0.0.1", "localhost"),
        ..rig.store.clone()
    };
    let second = Lambda::python("plain", &elsewhere);
    let settings = rig.ceph.home.path().join("config/dropslot/settings.json");
    let known = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, known.replace(&url, &second.url("event/"))).unwrap();
    let url = second.url("event/");
    let other = host.replace("127.0.0.1", "localhost");
    let changed = refused(rig.put(["--lambda", &url]).arg(&file));
    assert_eq!(changed.code, "host_changed", "{changed:?}");
    assert!(
        changed.said.contains(&other) && changed.said.contains(&host),
        "{changed:?}"
    );
    done(rig.put(["--lambda", &url, "--s3-host", &other]).arg(&file));
    done(rig.put(["--lambda", &url]).arg(&file));
}
