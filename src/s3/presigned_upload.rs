//! What somebody else has signed: a form, or a PUT.

use super::{PresignedPost, PresignedPut};
use url::Url;

/// One upload that may be made without keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PresignedUpload {
    /// A form.
    Post(PresignedPost),
    /// The bytes alone.
    Put(PresignedPut),
}

impl PresignedUpload {
    /// Where it goes; of a PUT with its signature.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Post(post) => &post.url,
            Self::Put(put) => &put.url,
        }
    }

    /// The host that it goes to, as people read it: `bucket.s3.eu-west-1.amazonaws.com`, `127.0.0.1:9000`.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let url = Url::parse(self.url()).ok()?;
        let host = url.host_str()?;
        Some(match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        })
    }
}
