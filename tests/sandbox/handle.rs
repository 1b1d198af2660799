//! Starting, finding and stopping a sandbox, and its folder.

use super::served::Served;
use crate::support::wait;
use dropslot::sandbox::{Sandbox, SandboxError};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

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
