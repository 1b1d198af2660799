//! The form as a stream: its fields, at most 20,480 bytes of them, then the file's bytes.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html>

use crate::s3::policy_check::MAX_PRE_DATA_BYTES;
use crate::sandbox::answer::Refusal;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use http::{HeaderMap, StatusCode};
use hyper::body::{Body as _, Incoming};
use multer::{Field, Multipart};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

/// S3 closes a connection that is silent for this long, and says so.
const IDLE_LIMIT: Duration = Duration::from_secs(20);
/// Bytes that may be buffered before the file begins: the fields, and what one read brings along of the file.
const MAX_BUFFERED_BYTES: usize = MAX_PRE_DATA_BYTES + 1024 * 1024;
/// Stands in a key for the file's name.
const FILE_NAME_VARIABLE: &str = "${filename}";

/// A form that is being read.
pub(super) struct Form<'a> {
    parts: Multipart<'a>,
    boundary_bytes: usize,
    file_reached: Arc<AtomicBool>,
}

/// The fields before the file, by lower-case name, in their order; `${filename}` in the key is replaced.
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// A value by its lower-case name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// Names and values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    #[cfg(test)]
    pub(super) fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        Self(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }
}

impl<'a> Form<'a> {
    /// `content_type` names the boundary.
    pub(super) fn new(body: &'a mut Incoming, content_type: &str) -> Result<Self, Refusal> {
        let boundary = multer::parse_boundary(content_type).map_err(refusal)?;
        let boundary_bytes = boundary.len();
        let file_reached = Arc::new(AtomicBool::new(false));
        let stream = FormBytes {
            body,
            buffered_bytes: 0,
            file_reached: Arc::clone(&file_reached),
            pause: false,
        };
        Ok(Self {
            parts: Multipart::new(stream, boundary),
            boundary_bytes,
            file_reached,
        })
    }

    /// Everything up to the file's first byte.
    pub(super) async fn read_fields(&mut self) -> Result<(Fields, Field<'a>), Refusal> {
        let mut fields = Vec::new();
        let mut bytes = 0;
        loop {
            let Some(mut part) = in_time(self.parts.next_field()).await?.map_err(refusal)? else {
                let message = "POST requires exactly one file upload per request.";
                return Err(Refusal::new(
                    StatusCode::BAD_REQUEST,
                    "IncorrectNumberOfFilesInPostRequest",
                    message,
                ));
            };
            bytes += part_head_bytes(self.boundary_bytes, part.headers());
            if bytes > MAX_PRE_DATA_BYTES {
                return Err(pre_data_too_long());
            }
            let name = part.name().ok_or_else(malformed)?.to_owned();
            if name == "file" {
                self.file_reached.store(true, Ordering::Relaxed);
                expand_file_name(&mut fields, part.file_name().unwrap_or_default());
                return Ok((Fields(fields), part));
            }
            let value = read_value(&mut part, MAX_PRE_DATA_BYTES - bytes).await?;
            bytes += value.len() + "\r\n".len();
            push_field(&mut fields, &name, value)?;
        }
    }
}

/// The file's bytes; a client that falls silent is refused.
pub(super) fn file_stream(file: Field<'_>) -> impl Stream<Item = Result<Bytes, Refusal>> {
    stream::try_unfold(file, |mut file| async move {
        let block = in_time(file.chunk()).await?.map_err(refusal)?;
        Ok(block.map(|block| (block, file)))
    })
}

async fn read_value(part: &mut Field<'_>, max_bytes: usize) -> Result<String, Refusal> {
    let mut value = Vec::new();
    while let Some(block) = in_time(part.next()).await? {
        value.extend_from_slice(&block.map_err(refusal)?);
        if value.len() > max_bytes {
            return Err(pre_data_too_long());
        }
    }
    String::from_utf8(value).map_err(|_not_utf8| malformed())
}

fn push_field(fields: &mut Vec<(String, String)>, name: &str, value: String) -> Result<(), Refusal> {
    let name = name.to_ascii_lowercase();
    if fields.iter().any(|(known, _)| *known == name) {
        return Err(Refusal::invalid_argument(format!(
            "The form has more than one field named '{name}'."
        )));
    }
    fields.push((name, value));
    Ok(())
}

/// S3 takes only the text after the last slash or backslash.
fn expand_file_name(fields: &mut [(String, String)], file_name: &str) {
    let file_name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    for (_, value) in fields.iter_mut().filter(|(name, _)| name == "key") {
        *value = value.replace(FILE_NAME_VARIABLE, file_name);
    }
}

/// `--BOUNDARY`, the part's headers and the empty line, in bytes.
fn part_head_bytes(boundary_bytes: usize, headers: &HeaderMap) -> usize {
    let lines = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    "--\r\n\r\n".len() + boundary_bytes + lines.sum::<usize>()
}

async fn in_time<T>(work: impl Future<Output = T>) -> Result<T, Refusal> {
    tokio::time::timeout(IDLE_LIMIT, work).await.map_err(|_elapsed| {
        let message = "Your socket connection to the server was not read from or written to within the timeout period.";
        Refusal::new(StatusCode::BAD_REQUEST, "RequestTimeout", message)
    })
}

fn refusal(error: multer::Error) -> Refusal {
    match error {
        multer::Error::StreamReadFailed(cause) if cause.is::<PreDataTooLong>() => pre_data_too_long(),
        multer::Error::StreamReadFailed(_) => Refusal::incomplete_body(),
        _ => malformed(),
    }
}

fn malformed() -> Refusal {
    let message = "The body of your POST request is not well-formed multipart/form-data.";
    Refusal::new(StatusCode::BAD_REQUEST, "MalformedPOSTRequest", message)
}

fn pre_data_too_long() -> Refusal {
    let message = "Your POST request fields preceding the upload file were too large.";
    Refusal::new(StatusCode::BAD_REQUEST, "MaxPostPreDataLengthExceeded", message)
}

#[derive(Debug, thiserror::Error)]
#[error("too many bytes before the file")]
struct PreDataTooLong;

/// The body as multer wants it. multer takes all that is ready into one buffer: so it is given one block at a time.
struct FormBytes<'a> {
    body: &'a mut Incoming,
    buffered_bytes: usize,
    file_reached: Arc<AtomicBool>,
    pause: bool,
}

impl Stream for FormBytes<'_> {
    type Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.pause) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            let frame = match std::task::ready!(Pin::new(&mut *self.body).poll_frame(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                Some(Ok(frame)) => frame,
            };
            // Trailers say nothing here.
            let Ok(block) = frame.into_data() else { continue };
            self.pause = true;
            if !self.file_reached.load(Ordering::Relaxed) {
                self.buffered_bytes += block.len();
                if self.buffered_bytes > MAX_BUFFERED_BYTES {
                    return Poll::Ready(Some(Err(PreDataTooLong.into())));
                }
            }
            return Poll::Ready(Some(Ok(block)));
        }
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_part_of_a_file_name_replaces_the_variable() {
        for file_name in ["고양이.jpg", "C:\\사진\\고양이.jpg", "사진/고양이.jpg"] {
            let mut fields = vec![("key".to_owned(), "in/${filename}".to_owned())];
            expand_file_name(&mut fields, file_name);
            assert_eq!(fields[0].1, "in/고양이.jpg");
        }
    }
}
