//! Looking at what was stored: its size, and whether anyone may open the link.

use std::time::Duration;

/// Who can open the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// An anonymous request opened it.
    Public,
    /// An anonymous request was refused.
    Private,
    /// Could not be seen.
    Unknown,
}

impl Access {
    /// `public`, `private`, `unknown`: the names of the command line's JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Unknown => "unknown",
        }
    }
}

/// One anonymous HEAD (GET of one byte where HEAD is not allowed).
pub async fn look_at_link(_client: &reqwest::Client, _url: &str, _timeout: Duration) -> Access {
    todo!()
}

/// The object's length by an anonymous or presigned HEAD; `None` where it cannot be seen.
pub async fn stored_size(_client: &reqwest::Client, _url: &str, _timeout: Duration) -> Option<u64> {
    todo!()
}
