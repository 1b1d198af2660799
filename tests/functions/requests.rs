//! What a function sees.

use super::*;

#[tokio::test]
async fn a_post_carries_json_and_asks_for_it_as_it_is() {
    let server = StubServer::answering([form()]);
    let signed = ask(&function(&format!("{}/prod/sign?stage=a%2Fb", server.url()), by_post()))
        .await
        .unwrap();
    assert_eq!(signed.bucket, "media");
    let received = server.received();
    assert!(
        received.head.starts_with("POST /prod/sign?stage=a%2Fb HTTP/1.1\r\n"),
        "{}",
        received.head
    );
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(received.header("accept"), Some("application/json"));
    assert_eq!(received.header("accept-encoding"), Some("identity"));
    assert_eq!(received.header("authorization"), Some(TOKEN));
    let body: serde_json::Value = serde_json::from_slice(&received.body).unwrap();
    let expected = serde_json::json!({"object_name": NAME, "content_type": "image/png", "size_bytes": 5});
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_get_carries_a_query_behind_the_urls_own_and_no_body() {
    let server = StubServer::answering([form()]);
    ask(&function(&format!("{}/sign?code=x", server.url()), by_get()))
        .await
        .unwrap();
    let received = server.received();
    let line = received.head.lines().next().unwrap();
    let query = "code=x&object_name=in%2F%EC%8A%A4%ED%81%AC%EB%A6%B0%EC%83%B7%20%221%22.png&content_type=image%2Fpng&size_bytes=5";
    assert_eq!(line, format!("GET /sign?{query} HTTP/1.1"));
    assert_eq!((received.header("content-type"), received.body.len()), (None, 0));
    assert_eq!(received.header("authorization"), Some(TOKEN));
}

#[tokio::test]
async fn a_template_names_things_as_the_function_does() {
    let server = StubServer::answering([form()]);
    let shape = RequestShape::post(Some(r#"{"file":{"name":"{object_name}"},"v":2}"#)).unwrap();
    ask(&function(&server.url(), shape)).await.unwrap();
    let body: serde_json::Value = serde_json::from_slice(&server.received().body).unwrap();
    assert_eq!(body, serde_json::json!({"file": {"name": NAME}, "v": 2}));
}
