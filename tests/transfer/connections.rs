//! No connection: nobody there, no such name, no trust, no proxy. And TLS with a certificate authority of one's own.

use super::*;
use crate::support::stub_server::{Step, StubServer, answer, closed_port};
use crate::support::tls_server::TlsServer;
use dropslot::aws::http_client_trusting;
use dropslot::transfer::ConnectKind;

/// Why there was no connection.
#[track_caller]
fn kind(error: &PostError) -> ConnectKind {
    match error {
        PostError::Connect { kind, .. } => *kind,
        _ => panic!("{error:?}"),
    }
}

async fn fails_to(url: &str) -> ConnectKind {
    kind(&failed(attempt(&form(url), file_of(10).path(), &options()).await))
}

#[tokio::test]
async fn nobody_listening_is_told_apart_from_a_name_that_is_not_known() {
    let nobody = fails_to(&format!("http://{}", closed_port())).await;
    assert_eq!(nobody, ConnectKind::Refused);
    let unknown = fails_to("https://no-such-host.invalid").await;
    assert_eq!(unknown, ConnectKind::Dns);
    assert!(nobody.is_passing() && unknown.is_passing());
}

#[tokio::test]
async fn what_is_no_url_is_not_tried_again() {
    let kind = fails_to("no url").await;
    assert_eq!(kind, ConnectKind::Url);
    assert!(!kind.is_passing());
}

#[tokio::test]
async fn plain_http_behind_https_is_a_tls_failure() {
    let server = StubServer::start([vec![
        Step::Read(10),
        Step::Send("HTTP/1.1 400 Bad Request\r\n\r\n".to_owned()),
    ]]);
    let kind = fails_to(&server.url().replace("http://", "https://")).await;
    assert_eq!(kind, ConnectKind::Tls);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_ones_own_authority_is_trusted_by_the_bundle_alone() {
    let server = TlsServer::start();
    let kind = fails_to(&server.url()).await;
    assert_eq!(kind, ConnectKind::NotTrusted);
    assert!(!kind.is_passing());

    let client = http_client_trusting(Some(&server.authority())).unwrap();
    let file = file_of(3 * MEBIBYTE);
    let source = source_of(file.path());
    posted(
        send(
            &client,
            &PresignedUpload::Post(form(&server.url())),
            &source,
            &options(),
        )
        .await,
    );
}

#[test]
fn a_bundle_without_a_certificate_is_told_by_its_path() {
    let empty = file_of(0);
    for path in [empty.path(), Path::new("/nowhere/bundle.pem")] {
        let error = http_client_trusting(Some(path)).unwrap_err().to_string();
        assert!(error.contains(path.to_str().unwrap()), "{error}");
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_not_tried_again() {
    let proxy = StubServer::answering([
        answer("407 Proxy Authentication Required", &["Proxy-Authenticate: Basic"], ""),
        answer("403 Forbidden", &[], ""),
    ]);
    let dead = format!("http://{}", closed_port());
    for proxy in [proxy.url(), proxy.url(), dead] {
        let client = reqwest::Client::builder()
            .proxy(reqwest::Proxy::https(&proxy).unwrap())
            .build()
            .unwrap();
        let file = file_of(10);
        let source = source_of(file.path());
        let error = failed(
            send(
                &client,
                &PresignedUpload::Post(form("https://s3.example")),
                &source,
                &options(),
            )
            .await,
        );
        assert_eq!(kind(&error), ConnectKind::Proxy, "{error:?}");
        assert!(!ConnectKind::Proxy.is_passing());
    }
}
