//! Redirects: within the host they are followed with everything, to anybody else nothing goes.

use super::*;
use std::io::ErrorKind;
use std::net::TcpListener;

fn redirect(status: &str, location: &str) -> String {
    answer(status, &[&format!("Location: {location}")], "")
}

/// A host that must not be asked.
struct Stranger(TcpListener);

impl Stranger {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn host(&self) -> String {
        self.0.local_addr().unwrap().to_string()
    }

    #[track_caller]
    fn was_not_asked(&self) {
        // A connection would be waiting here, even one that was closed again.
        assert_eq!(self.0.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
    }
}

#[tokio::test]
async fn no_redirect_leads_to_another_host() {
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        for shape in [by_post(), by_get()] {
            let stranger = Stranger::new();
            let server = StubServer::answering([redirect(status, &format!("http://{}/sign", stranger.host()))]);
            let error = ask(&function(&server.url(), shape)).await.unwrap_err();
            assert!(
                matches!(&error, LambdaError::OtherHost { host } if *host == stranger.host()),
                "{status}: {error}"
            );
            assert!(!error.is_passing());
            stranger.was_not_asked();
        }
    }
}

#[tokio::test]
async fn a_redirect_to_a_login_page_names_its_host() {
    let login = "https://login.example.com/?state=CANARY";
    let error = asked(redirect("302 Found", login)).await.unwrap_err();
    assert!(
        matches!(&error, LambdaError::OtherHost { host } if host == "https://login.example.com"),
        "{error}"
    );
}

#[tokio::test]
async fn a_trailing_slash_that_the_host_wants_is_followed_with_headers_and_body() {
    let server = StubServer::answering([redirect("308 Permanent Redirect", "/prod/"), form()]);
    ask(&function(&format!("{}/prod", server.url()), by_post()))
        .await
        .unwrap();
    let (first, second) = (server.received(), server.received());
    assert!(first.head.starts_with("POST /prod HTTP"), "{}", first.head);
    assert!(second.head.starts_with("POST /prod/ HTTP"), "{}", second.head);
    assert_eq!(second.header("authorization"), Some(TOKEN));
    assert_eq!(second.header("content-type"), Some("application/json"));
    assert_eq!(first.body, second.body);
}

#[tokio::test]
async fn a_get_is_followed_wherever_the_host_moved_it() {
    let server = StubServer::answering([
        redirect("301 Moved Permanently", "/a?x=1"),
        redirect("302 Found", "b"),
        form(),
    ]);
    ask(&function(&server.url(), by_get())).await.unwrap();
    let lines = [(); 3].map(|()| server.received().head.lines().next().unwrap().to_owned());
    assert_eq!(&lines[1..], ["GET /a?x=1 HTTP/1.1", "GET /b HTTP/1.1"]);
}

#[tokio::test]
async fn a_post_that_would_become_a_get_and_a_round_trip_without_end_are_told() {
    let error = asked(redirect("302 Found", "/prod/?token=CANARY")).await.unwrap_err();
    assert!(
        matches!(&error, LambdaError::Moved { path } if path == "/prod/"),
        "{error}"
    );
    let server = StubServer::answering([(); 3].map(|()| redirect("307 Temporary Redirect", "/again")));
    let error = ask(&function(&server.url(), by_post())).await.unwrap_err();
    assert!(
        matches!(&error, LambdaError::Moved { path } if path == "/again"),
        "{error}"
    );
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_a_refusal() {
    let error = asked(answer("307 Temporary Redirect", &[], "")).await.unwrap_err();
    assert!(
        matches!(&error, LambdaError::Refused(refusal) if refusal.status == 307),
        "{error}"
    );
}
