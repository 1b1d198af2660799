//! What stands before S3: names, certificates, proxies. No byte of a file leaves, and the file goes when it is mended.

use super::rig::{LIMIT, Person, TrueStore, add, outcome, sandbox, stop};
use crate::support::fault_server::{Canned, Fault, FaultServer, Operation};
use crate::support::home::Home;
use crate::support::stub_server::closed_port;
use crate::support::tls_server::TlsServer;
use crate::support::tools;
use dropslot::engine::{Code, Command};

/// Fails at `endpoint_url` with `code`, and is done when the endpoint is the store's.
async fn fails_and_is_done_when_mended(endpoint_url: &str, code: Code) {
    let store = TrueStore::start().await;
    let person = Person::new(store.store());
    let mut engine = person.engine(endpoint_url, 1);
    let path = person.file("a.bin", b"content");
    add(&engine, vec![path.clone()], sandbox());
    let (upload, failed) = outcome(&mut engine, LIMIT).await.expect("stuck");
    assert_eq!(failed.unwrap_err().code, code);
    assert!(person.is_queued(&path), "its row must stay");

    let mended = person.access(&store.store().endpoint_url);
    engine.send(Command::UseSandbox(mended)).unwrap();
    let again = Command::Retry {
        upload,
        destination: None,
    };
    engine.send(again).unwrap();
    let done = outcome(&mut engine, LIMIT).await.expect("stuck").1.unwrap();
    assert_eq!(store.store().object(&done.object_key).await.unwrap(), b"content");
    assert_eq!(person.history().len(), 1);
    assert!(!person.is_queued(&path));
    stop(engine).await;
}

#[tokio::test]
async fn nobody_listening() {
    fails_and_is_done_when_mended(&format!("http://{}", closed_port()), Code::NoConnection).await;
}

#[tokio::test]
async fn a_certificate_of_an_authority_that_nobody_trusts() {
    let server = TlsServer::start();
    fails_and_is_done_when_mended(&server.url(), Code::NotTrusted).await;
}

#[tokio::test]
async fn a_handshake_that_is_cut() {
    let store = TrueStore::start().await;
    let server = FaultServer::passing(store.store());
    fails_and_is_done_when_mended(&server.tls_url(), Code::NoConnection).await;
    assert!(!server.log().of(Operation::Tls).is_empty());
    assert_eq!(server.log().file_bytes(), 0);
}

#[tokio::test]
async fn a_proxy_that_wants_a_login_is_named_and_hears_of_no_file() {
    let store = TrueStore::start().await;
    let server = FaultServer::start(store.store(), |_| Fault::Answer(Canned::plain(407)));
    let home = Home::new();
    home.write("a.bin", "content");
    let mut put = home.dropslot();
    put.args(["put", "--bucket", "bucket", "--region", "us-east-1", "--endpoint-url"])
        .args(["https://s3.dropslot.invalid", "--json", "a.bin"])
        .current_dir(home.path())
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "not-a-secret")
        .env("HTTPS_PROXY", server.url());
    let output = tokio::task::spawn_blocking(move || tools::run(&mut put)).await.unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", tools::told(&output));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["error"]["code"], "proxy_refused", "{told}");
    let asked = server.log().exchanges();
    assert!(asked.iter().all(|exchange| exchange.operation == Operation::Connect));
    assert!(!asked.is_empty());
}
