//! One question to a function on a real socket: what is sent to whom, and what becomes of every answer.

mod answers;
mod identity;
mod redirects;
mod requests;

use crate::support::stub_server::{StubServer, answer};
use dropslot::aws::{Secret, http_client_trusting};
use dropslot::s3::{ObjectKey, UploadOptions};
use dropslot::signer::lambda::{LambdaAuth, RequestShape, SecretHeaders};
use dropslot::signer::{HandedSigner, LambdaError, LambdaSigner, SignRequest, Signed, Signer, SignerError};

/// What only the function itself may see.
const TOKEN: &str = "Bearer CANARYtoken";
const NAME: &str = "in/스크린샷 \"1\".png";
const FORM: &str = r#"{"url":"https://media.s3.eu-west-1.amazonaws.com/","fields":{"key":"k"}}"#;

/// The function at `url`, asked with a bearer token.
fn function(url: &str, shape: RequestShape) -> LambdaSigner {
    let token = Secret::from(TOKEN);
    let headers = SecretHeaders::new([("Authorization", &token)]).unwrap();
    LambdaSigner::by_url(
        http_client_trusting(None).unwrap(),
        url,
        LambdaAuth::Headers(headers),
        shape,
    )
    .unwrap()
}

fn by_post() -> RequestShape {
    RequestShape::post(None).unwrap()
}

fn by_get() -> RequestShape {
    RequestShape::get(None).unwrap()
}

async fn ask(function: &LambdaSigner) -> Result<Signed, LambdaError> {
    let request = SignRequest {
        object_key: &ObjectKey::new(NAME).unwrap(),
        file_name: NAME,
        content_type: "image/png",
        size_bytes: 5,
        kind: dropslot::signer::PresignedKind::Post,
        options: &UploadOptions::default(),
        now: jiff::Timestamp::now(),
    };
    let way = Signer::Handed(HandedSigner::of_lambda(function.clone()));
    match way.sign(&request).await {
        Ok(signed) => Ok(signed),
        Err(SignerError::Lambda(error)) => {
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("CANARY"), "{shown}");
            Err(error)
        }
        Err(other) => panic!("{other}"),
    }
}

/// One question, one answer.
async fn asked(answer: String) -> Result<Signed, LambdaError> {
    let server = StubServer::answering([answer]);
    ask(&function(&server.url(), by_post())).await
}

/// A form as an answer.
fn form() -> String {
    answer("200 OK", &["Content-Type: application/json"], FORM)
}
