//! HTTP on loopback: forms to our own handler, the rest to s3s.

use super::activity::Activity;
use super::answer::Refusal;
use super::hexadecimal::hexadecimal;
use super::objects::Objects;
use super::operations::{Keys, Operations, PublicRead};
use super::{REGION, loopback, post_object};
use crate::s3::Credentials;
use http::header::{self, HeaderValue};
use http::{HeaderMap, Method, Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How long to wait where the system has no more sockets to give.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What all connections share.
#[derive(Debug)]
pub(super) struct Front {
    objects: Arc<Objects>,
    credentials: Credentials,
    s3: S3Service,
    activity: Activity,
}

/// Takes connections until it is aborted; they end with it.
pub(super) async fn accept(listener: TcpListener, front: Arc<Front>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                front.activity.connected();
                connections.spawn(serve(stream, Arc::clone(&front)));
            }
            Err(error) => {
                tracing::warn!(%error, "the sandbox could not accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, front: Arc<Front>) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let service = service_fn(|request| {
        let front = Arc::clone(&front);
        async move { front.answer(request).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection to the sandbox broke off");
    }
}

impl Front {
    pub(super) fn new(objects: Arc<Objects>, files: s3s_fs::FileSystem, credentials: Credentials) -> Self {
        let mut builder = S3ServiceBuilder::new(Operations::new(Arc::clone(&objects), files));
        builder.set_auth(Keys(credentials.clone()));
        builder.set_access(PublicRead);
        builder.set_host(loopback::LoopbackHost);
        Self {
            objects,
            credentials,
            s3: builder.build(),
            activity: Activity::new(),
        }
    }

    pub(super) fn activity(&self) -> &Activity {
        &self.activity
    }

    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Body>, HttpError> {
        let _under_way = self.activity.request();
        let request_id = request_id();
        let names_bucket = request.method() == Method::HEAD;
        let asks_first = request.headers().contains_key(header::EXPECT);
        let mut response = if !is_for_this_machine(&request) {
            Refusal::access_denied("The sandbox answers to names of this machine alone.").into_response(&request_id)
        } else if is_form(&request) {
            post_object::answer(request, &self.objects, &self.credentials, &request_id).await
        } else {
            self.s3.call(request.map(Body::from)).await?
        };
        let is_refused = !response.status().is_success();
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::try_from(request_id) {
            headers.entry("x-amz-request-id").or_insert(value);
        }
        if asks_first && is_refused {
            // The body that was announced never comes: the next request on this connection would be taken for it.
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if names_bucket {
            // S3 names the region to everybody, whether access is allowed or not.
            headers.insert("x-amz-bucket-region", HeaderValue::from_static(REGION));
        }
        Ok(response)
    }
}

fn is_form(request: &Request<Incoming>) -> bool {
    let content_type = text(request.headers(), header::CONTENT_TYPE).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    request.method() == Method::POST && essence.eq_ignore_ascii_case("multipart/form-data")
}

fn is_for_this_machine(request: &Request<Incoming>) -> bool {
    let one_host = request.headers().get_all(header::HOST).iter().count() == 1;
    let authority = request.uri().authority().map(http::uri::Authority::as_str);
    one_host
        && text(request.headers(), header::HOST).is_some_and(loopback::is_loopback)
        && authority.is_none_or(loopback::is_loopback)
}

/// A header as text, where it is text.
pub(super) fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// 16 hexadecimal digits. Where the system has no randomness, all zero: nothing depends on it.
fn request_id() -> String {
    let mut bytes = [0; 8];
    if let Err(error) = getrandom::fill(&mut bytes) {
        tracing::debug!(%error, "no randomness for a request id");
    }
    hexadecimal(&bytes).to_uppercase()
}
