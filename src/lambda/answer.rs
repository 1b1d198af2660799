//! What is answered: a form, or why there is none.

use crate::s3::ObjectKeyError;
use serde_json::{Value, json};

/// An HTTP answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// JSON; `None` where there is nothing to say.
    pub body: Option<Value>,
}

/// Why there is no form. Codes are a contract; nothing of a token is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The body is no JSON object.
    #[error("the body is no JSON object")]
    NoJson,
    /// No name.
    #[error("object_name is missing")]
    NoObjectName,
    /// The name cannot be part of an object key.
    #[error("object_name cannot be stored: {0}")]
    ObjectName(#[from] ObjectKeyError),
    /// The size is no number.
    #[error("size_bytes is no number of bytes")]
    Size,
    /// No token, or nobody's.
    #[error("a bearer token is needed")]
    NotAllowed,
    /// Neither GET nor POST.
    #[error("ask by POST or GET")]
    Method,
    /// Larger than the owner takes.
    #[error("files of at most {max_bytes} bytes are taken")]
    TooLarge {
        /// The limit.
        max_bytes: u64,
    },
    /// A type that the owner does not take, or none where some are named.
    #[error("files of this type are not taken")]
    ContentType,
    /// A type that cannot be sent.
    #[error("content_type contains a line break or control character")]
    ContentTypeText,
    /// The function's role gives no keys.
    #[error("the function has no credentials")]
    NoCredentials,
}

impl Refusal {
    fn status_and_code(&self) -> (u16, &'static str) {
        match self {
            Self::NoJson => (400, "no_json"),
            Self::NoObjectName => (400, "no_object_name"),
            Self::ObjectName(_) => (400, "object_name"),
            Self::Size => (400, "size"),
            Self::NotAllowed => (401, "not_allowed"),
            Self::Method => (405, "method"),
            Self::TooLarge { .. } => (413, "too_large"),
            Self::ContentType => (415, "content_type"),
            Self::ContentTypeText => (400, "content_type"),
            Self::NoCredentials => (500, "no_credentials"),
        }
    }
}

impl Answer {
    /// A form.
    pub(super) fn form(body: Value) -> Self {
        Self::json(200, body)
    }

    /// Nothing but headers.
    pub(super) fn empty(headers: Vec<(&'static str, String)>) -> Self {
        Self {
            status: 204,
            headers,
            body: None,
        }
    }

    fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: vec![
                ("content-type", "application/json".to_owned()),
                // A form is as good as a password: nobody on the way may keep it.
                ("cache-control", "no-store".to_owned()),
            ],
            body: Some(body),
        }
    }

    /// As an API Gateway or a function URL wants it.
    pub(super) fn to_envelope(&self) -> Value {
        let headers: serde_json::Map<String, Value> = self
            .headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Value::String(value.clone())))
            .collect();
        json!({
            "statusCode": self.status,
            "headers": headers,
            "body": self.body.as_ref().map(Value::to_string).unwrap_or_default(),
            "isBase64Encoded": false,
        })
    }
}

impl From<&Refusal> for Answer {
    fn from(refusal: &Refusal) -> Self {
        let (status, code) = refusal.status_and_code();
        let body = json!({ "error": { "code": code, "message": refusal.to_string() } });
        let mut answer = Self::json(status, body);
        match refusal {
            Refusal::NotAllowed => answer.headers.push(("www-authenticate", "Bearer".to_owned())),
            Refusal::Method => answer.headers.push(("allow", "GET, POST, OPTIONS".to_owned())),
            _ => {}
        }
        answer
    }
}
