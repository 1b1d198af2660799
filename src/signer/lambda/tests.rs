//! Functions that keep nobody waiting.

use super::*;
use crate::s3::{ObjectKey, UploadOptions};
use std::net::TcpListener;

async fn ask(function: &LambdaSigner) -> Result<VendorReply, LambdaError> {
    let request = SignRequest {
        object_key: &ObjectKey::new("a.png").unwrap(),
        file_name: "a.png",
        content_type: "image/png",
        size_bytes: 1,
        kind: crate::signer::PresignedKind::Post,
        options: &UploadOptions::default(),
        now: jiff::Timestamp::now(),
    };
    function.reply(&request).await
}

/// A function that takes connections, and never answers.
fn silent() -> (TcpListener, LambdaSigner) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let limit = Duration::from_millis(50);
    let (client, shape) = (crate::aws::http_client().unwrap(), RequestShape::post(None).unwrap());
    let function = LambdaSigner::by_url_within(limit, client, &url, LambdaAuth::None, shape).unwrap();
    (listener, function)
}

#[tokio::test]
async fn a_function_that_never_answers_is_given_up_in_time() {
    let (_listener, function) = silent();
    let error = ask(&function).await.unwrap_err();
    assert!(matches!(error, LambdaError::NotInTime { .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_ends_is_given_up_in_time_as_well() {
    use std::io::{Read as _, Write as _};
    let (listener, function) = silent();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.extend(byte);
        }
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"url\":")
            .unwrap();
        // Until the caller hangs up, which may be a reset.
        stream.read_to_end(&mut request).map(drop).unwrap_or_default();
        request
    });
    let error = ask(&function).await.unwrap_err();
    assert!(matches!(error, LambdaError::NotInTime { .. }), "{error}");
    assert!(server.join().unwrap().starts_with(b"POST / HTTP/1.1"));
}
