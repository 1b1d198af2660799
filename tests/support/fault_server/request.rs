//! A request as far as its head, and a form's first fields, tell.

use percent_encoding::percent_decode_str;

/// What is asked of S3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    PostObject,
    PutObject,
    CreateUpload,
    UploadPart(u32),
    CompleteUpload,
    AbortUpload,
    ListParts,
    HeadObject,
    /// A proxy is asked for a tunnel.
    Connect,
    /// A TLS handshake.
    Tls,
    Other,
}

impl Operation {
    /// Whether bytes of a file come with it.
    pub(crate) fn carries_file(self) -> bool {
        matches!(self, Self::PostObject | Self::PutObject | Self::UploadPart(_))
    }

    /// Whether its success is that of the whole object.
    pub(crate) fn makes_object(self) -> bool {
        matches!(self, Self::PostObject | Self::PutObject | Self::CompleteUpload)
    }
}

/// A request whose body is still to come.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(super) method: String,
    pub(crate) content_length: u64,
    pub(crate) operation: Operation,
    pub(crate) object_key: Option<String>,
    /// Of a parts upload.
    pub(super) upload_id: Option<String>,
    /// How often this operation has come for this object before.
    pub(crate) turn: usize,
    /// As it came.
    pub(super) head: Vec<u8>,
}

impl Request {
    /// From a head; a form's object key is still to be found.
    pub(super) fn parse(head: Vec<u8>) -> Self {
        let text = String::from_utf8_lossy(&head).into_owned();
        let mut words = text.split(' ');
        let method = words.next().unwrap().to_owned();
        let target = words.next().unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let content_length = header(&text, "content-length").map_or(0, |length| length.parse().unwrap());
        assert!(
            header(&text, "transfer-encoding").is_none(),
            "bodies come with their length"
        );
        let object_key = object_key(path);
        let is_form = header(&text, "content-type").is_some_and(|kind| kind.starts_with("multipart/form-data"));
        Self {
            operation: operation(&method, query, object_key.is_some(), is_form),
            upload_id: parameter(query, "uploadId").map(str::to_owned),
            method,
            content_length,
            object_key,
            turn: 0,
            head,
        }
    }

    /// A handshake in place of a request.
    pub(super) fn tls() -> Self {
        Self {
            method: "TLS".to_owned(),
            content_length: 0,
            operation: Operation::Tls,
            object_key: None,
            upload_id: None,
            turn: 0,
            head: Vec::new(),
        }
    }

    pub(super) fn is_head(&self) -> bool {
        self.method == "HEAD"
    }

    pub(super) fn is_connect(&self) -> bool {
        self.operation == Operation::Connect
    }
}

/// A header's value in the text of a head.
pub(super) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (header, value) = line.split_once(':')?;
        header.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Path style: the bucket, then the key.
fn object_key(path: &str) -> Option<String> {
    let (_bucket, key) = path.strip_prefix('/')?.split_once('/')?;
    let key = percent_decode_str(key).decode_utf8_lossy().into_owned();
    (!key.is_empty()).then_some(key)
}

/// A parameter of a query, as it was encoded.
fn parameter<'a>(query: &'a str, wanted: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name == wanted).then_some(value)
    })
}

fn operation(method: &str, query: &str, has_key: bool, is_form: bool) -> Operation {
    let parameter = |wanted: &str| parameter(query, wanted);
    let part = parameter("partNumber").and_then(|number| number.parse().ok());
    match (method, part) {
        ("POST", _) if is_form => Operation::PostObject,
        ("POST", _) if parameter("uploads").is_some() => Operation::CreateUpload,
        ("POST", _) if parameter("uploadId").is_some() => Operation::CompleteUpload,
        ("PUT", Some(part)) => Operation::UploadPart(part),
        ("PUT", None) if has_key => Operation::PutObject,
        ("DELETE", _) if parameter("uploadId").is_some() => Operation::AbortUpload,
        ("GET", _) if parameter("uploadId").is_some() => Operation::ListParts,
        ("HEAD", _) => Operation::HeadObject,
        ("CONNECT", _) => Operation::Connect,
        _ => Operation::Other,
    }
}

/// The value of the form field `key`, where `start` reaches so far.
pub(super) fn form_key(start: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(start);
    let (_, rest) = text.split_once("name=\"key\"\r\n\r\n")?;
    Some(rest.split_once("\r\n")?.0.to_owned())
}
