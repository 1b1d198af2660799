//! The answer to a form whose object is stored.

use super::form::Fields;
use crate::sandbox::answer::{IN_LOCATION, location, xml_response};
use crate::sandbox::attributes::Attributes;
use http::header::{self, HeaderName, HeaderValue};
use http::{Response, StatusCode, Uri};
use percent_encoding::utf8_percent_encode;
use quick_xml::escape::escape;
use s3s::Body;

/// How the client wants to hear of its success.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// `success_action_status`; 204 unless it is 200 or 201.
    Status(StatusCode),
    /// `success_action_redirect`.
    Redirect(String),
}

impl Reply {
    /// S3 ignores what it does not understand.
    pub(super) fn by_fields(fields: &Fields) -> Self {
        // An URL that S3 cannot read counts as none; `redirect` is the old name.
        let redirect = fields.get("success_action_redirect").or_else(|| fields.get("redirect"));
        if let Some(url) = redirect.filter(|url| url.parse::<Uri>().is_ok_and(|uri| uri.scheme().is_some())) {
            return Self::Redirect(url.to_owned());
        }
        Self::Status(match fields.get("success_action_status") {
            Some("200") => StatusCode::OK,
            Some("201") => StatusCode::CREATED,
            _ => StatusCode::NO_CONTENT,
        })
    }
}

/// A stored object.
pub(super) struct Success {
    pub(super) host: String,
    pub(super) bucket: String,
    pub(super) object_key: String,
    pub(super) stored: Attributes,
    pub(super) reply: Reply,
}

impl Success {
    pub(super) fn into_response(self) -> Response<Body> {
        let location = location(&self.host, &self.bucket, &self.object_key);
        let mut response = match &self.reply {
            Reply::Status(StatusCode::CREATED) => xml_response(StatusCode::CREATED, self.xml(&location)),
            Reply::Status(status) => empty_response(*status),
            Reply::Redirect(_) => empty_response(StatusCode::SEE_OTHER),
        };
        let location = match &self.reply {
            Reply::Status(_) => location,
            Reply::Redirect(url) => self.redirect_url(url),
        };
        let headers = [
            (header::LOCATION, Some(location)),
            (header::ETAG, Some(format!("\"{}\"", self.stored.etag))),
            (
                HeaderName::from_static("x-amz-checksum-crc64nvme"),
                self.stored.checksums.get("crc64nvme"),
            ),
            (
                HeaderName::from_static("x-amz-checksum-type"),
                Some("FULL_OBJECT".to_owned()),
            ),
            (
                HeaderName::from_static("x-amz-server-side-encryption"),
                self.stored.headers.get("x-amz-server-side-encryption").cloned(),
            ),
        ];
        for (name, value) in headers {
            if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }

    fn redirect_url(&self, url: &str) -> String {
        let separator = if url.contains('?') { '&' } else { '?' };
        let encode = |text: &str| utf8_percent_encode(text, IN_LOCATION).to_string();
        let etag = encode(&format!("\"{}\"", self.stored.etag));
        format!(
            "{url}{separator}bucket={}&key={}&etag={etag}",
            encode(&self.bucket),
            encode(&self.object_key)
        )
    }

    fn xml(&self, location: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>{}</Location><Bucket>{}</Bucket>\
             <Key>{}</Key><ETag>&quot;{}&quot;</ETag></PostResponse>",
            escape(location),
            escape(&self.bucket),
            escape(&self.object_key),
            self.stored.etag
        )
    }
}

fn empty_response(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
