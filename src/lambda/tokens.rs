//! Who may ask: shared bearer tokens, each with a prefix of its own.

use super::config::items;
use subtle::{Choice, ConstantTimeEq as _};

/// Shorter ones can be guessed.
const MIN_TOKEN_BYTES: usize = 16;

/// All of them; `Debug` shows how many.
#[derive(Default)]
pub(super) struct Tokens(Vec<Token>);

struct Token {
    prefix: String,
    value: Vec<u8>,
}

/// Why the list cannot be read. It holds nothing of it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum TokensError {
    #[error("write each as PREFIX=TOKEN, or =TOKEN without a prefix")]
    NoPrefix,
    #[error("a token has less than 16 bytes, which can be guessed: make one by `openssl rand -hex 32`")]
    TooShort,
}

impl Tokens {
    pub(super) fn parse(list: &str) -> Result<Self, TokensError> {
        let token = |item: &str| {
            let (prefix, value) = item.split_once('=').ok_or(TokensError::NoPrefix)?;
            if value.len() < MIN_TOKEN_BYTES {
                return Err(TokensError::TooShort);
            }
            Ok(Token {
                prefix: prefix.to_owned(),
                value: value.as_bytes().to_vec(),
            })
        };
        items(list).map(token).collect::<Result<_, _>>().map(Self)
    }

    /// The prefix of whoever shows this token; `None` where nobody's is shown. Without tokens anybody may ask who may call.
    ///
    /// Each is compared, and in the same time wherever it differs: how long an answer takes tells nothing of them.
    pub(super) fn prefix(&self, shown: Option<&str>) -> Option<&str> {
        if self.0.is_empty() {
            return Some("");
        }
        let shown = shown.unwrap_or_default().as_bytes();
        let mut found = None;
        for token in &self.0 {
            let same: Choice = token.value.as_slice().ct_eq(shown);
            if bool::from(same) {
                found = Some(token.prefix.as_str());
            }
        }
        found
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Tokens({})", self.0.len())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn each_token_has_a_prefix_of_its_own() {
        let tokens = Tokens::parse("anna/=aaaaaaaaaaaaaaaa, =bbbbbbbbbbbbbbbb\nc/=cccccccccccccc==").unwrap();
        assert_eq!(tokens.prefix(Some("aaaaaaaaaaaaaaaa")), Some("anna/"));
        assert_eq!(tokens.prefix(Some("bbbbbbbbbbbbbbbb")), Some(""));
        assert_eq!(tokens.prefix(Some("cccccccccccccc==")), Some("c/"));
        for wrong in [
            None,
            Some(""),
            Some("aaaaaaaaaaaaaaa"),
            Some("aaaaaaaaaaaaaaaab"),
            Some("anna/"),
        ] {
            assert_eq!(tokens.prefix(wrong), None, "{wrong:?}");
        }
        assert_eq!(format!("{tokens:?}"), "Tokens(3)");
    }

    #[test]
    fn without_tokens_anybody_may_ask() {
        assert_eq!(Tokens::parse("").unwrap().prefix(None), Some(""));
    }

    #[test]
    fn a_token_that_can_be_guessed_is_refused() {
        assert_eq!(Tokens::parse("a/=short").unwrap_err(), TokensError::TooShort);
        assert_eq!(Tokens::parse("aaaaaaaaaaaaaaaa").unwrap_err(), TokensError::NoPrefix);
    }
}
