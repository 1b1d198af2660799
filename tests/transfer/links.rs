//! Looking at the link: who may open it, and how long the object is.

use super::*;
use crate::support::stub_server::{StubServer, answer};
use dropslot::transfer::{Access, look_at_link, stored_size};

const LIMIT: Duration = Duration::from_secs(10);

async fn look(server: &StubServer) -> Access {
    let client = dropslot::aws::http_client_trusting(None).unwrap();
    look_at_link(&client, &format!("{}/bucket/key", server.url()), LIMIT).await
}

fn status(status: &str) -> String {
    answer(status, &[], "")
}

#[tokio::test]
async fn the_status_tells_who_may_open_it() {
    for (line, access) in [
        ("200 OK", Access::Public),
        ("403 Forbidden", Access::Private),
        ("401 Unauthorized", Access::Private),
        ("404 Not Found", Access::Unknown),
        ("500 Internal Server Error", Access::Unknown),
    ] {
        let server = StubServer::answering([status(line)]);
        assert_eq!(look(&server).await, access, "{line}");
        let head = server.received().head;
        assert!(head.starts_with("HEAD /bucket/key HTTP/1.1\r\n"), "{head}");
        assert!(!head.to_lowercase().contains("authorization"), "{head}");
    }
}

#[tokio::test]
async fn one_byte_is_asked_for_where_head_is_not_allowed() {
    for line in ["206 Partial Content", "416 Range Not Satisfiable"] {
        let server = StubServer::answering([status("405 Method Not Allowed"), status(line)]);
        assert_eq!(look(&server).await, Access::Public, "{line}");
        server.received();
        assert_eq!(server.received().header("range"), Some("bytes=0-0"));
    }
}

#[tokio::test]
async fn a_redirect_is_followed_to_the_same_path_and_not_to_a_login_page() {
    let there = StubServer::answering([status("200 OK")]);
    let same = answer(
        "301 Moved Permanently",
        &[&format!("Location: {}/bucket/key", there.url())],
        "",
    );
    assert_eq!(look(&StubServer::answering([same])).await, Access::Public);

    let login = answer("302 Found", &["Location: /login?next=/bucket/key"], "");
    assert_eq!(look(&StubServer::answering([login])).await, Access::Unknown);
    let no_location = status("301 Moved Permanently");
    assert_eq!(look(&StubServer::answering([no_location])).await, Access::Unknown);
}

#[tokio::test]
async fn the_stored_size_is_the_heads_content_length() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 5368709120\r\nConnection: close\r\n\r\n".to_owned();
    let server = StubServer::answering([head, status("403 Forbidden")]);
    let client = dropslot::aws::http_client_trusting(None).unwrap();
    assert_eq!(
        stored_size(&client, &server.url(), LIMIT).await.unwrap(),
        Some(5_368_709_120)
    );
    assert_eq!(stored_size(&client, &server.url(), LIMIT).await.unwrap(), None);
    assert!(stored_size(&client, "http://127.0.0.1:1/", LIMIT).await.is_err());
}
