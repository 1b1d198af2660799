//! POST Object: a signed form, taken as a stream in constant memory.
//!
//! What the fields give away is refused before the file's bytes are read. The bytes go to a temporary file; the object
//! appears when all of them are there and right.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>

mod authenticity;
mod form;
mod policy;
mod success;
mod upload;

use super::answer::Refusal;
use super::checksums::Wanted;
use super::objects::Objects;
use super::operations::{in_thread, known_bucket};
use super::{linger, loopback, server};
use crate::s3::Credentials;
use form::Form;
use http::request::Parts;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use s3s::Body;
use std::sync::Arc;
use success::Success;
use upload::Upload;

/// Answers one form.
pub(super) async fn answer(
    request: Request<Incoming>,
    objects: &Arc<Objects>,
    credentials: &Credentials,
    request_id: &str,
) -> Response<Body> {
    let (parts, mut body) = request.into_parts();
    let result = post_object(&parts, &mut body, objects, credentials).await;
    linger::read_off(body.into_data_stream());
    result.map_or_else(|refusal| refusal.into_response(request_id), Success::into_response)
}

async fn post_object(
    parts: &Parts,
    body: &mut Incoming,
    objects: &Arc<Objects>,
    credentials: &Credentials,
) -> Result<Success, Refusal> {
    let bucket = bucket(parts)?;
    known_bucket(bucket)?;
    if !parts.headers.contains_key(header::CONTENT_LENGTH) {
        let message = "You must provide the Content-Length HTTP header.";
        return Err(Refusal::new(
            StatusCode::LENGTH_REQUIRED,
            "MissingContentLength",
            message,
        ));
    }
    let content_type = server::text(&parts.headers, header::CONTENT_TYPE).unwrap_or_default();

    let mut form = Form::new(body, content_type)?;
    let (fields, file) = form.read_fields().await?;
    authenticity::verify(&fields, credentials)?;
    let size_range = policy::check(&fields, bucket, jiff::Timestamp::now())?;
    let upload = Upload::from_fields(&fields)?;
    objects.check(&upload.object_key)?;

    let bytes = std::pin::pin!(size_range.limit(form::file_stream(file)));
    let received = objects.receive(Wanted::by_claims(&upload.claims), bytes).await?;
    size_range.check_min(received.size_bytes)?;
    upload.claims.hold_against(&received.checksums)?;

    let (file, stored) = received.into_object(upload.attributes);
    let (object_key, attributes) = (upload.object_key.clone(), stored.clone());
    in_thread(objects, move |objects| {
        objects.commit(&object_key, file, &attributes, true)
    })
    .await?;
    let host = server::text(&parts.headers, header::HOST).unwrap_or_default();
    Ok(Success {
        host: host.to_owned(),
        bucket: bucket.to_owned(),
        object_key: upload.object_key,
        stored,
        reply: upload.reply,
    })
}

/// From the host's name, else from the path: a form goes to a bucket, never to an object.
fn bucket(parts: &Parts) -> Result<&str, Refusal> {
    let host = server::text(&parts.headers, header::HOST).unwrap_or_default();
    let path = parts.uri.path().trim_start_matches('/');
    match (
        loopback::virtual_host_bucket(host),
        path.strip_suffix('/').unwrap_or(path),
    ) {
        (Some(bucket), "") => Ok(bucket),
        (None, bucket) if !bucket.is_empty() && !bucket.contains('/') => Ok(bucket),
        _ => Err(Refusal::method_not_allowed()),
    }
}
