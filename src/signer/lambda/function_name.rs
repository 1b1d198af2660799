//! A function's name as Lambda's API takes it: a name or an ARN, in whole or in part, with or without a version or alias.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>, `FunctionName`

/// Longest name that the API takes, an ARN's prefix included.
const MAX_CHARS: usize = 256;

/// Why a text names no function.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It is a URL.
    #[error("this is a URL, not the name of a function")]
    IsUrl,
    /// An ARN of something else than a function.
    #[error("this ARN is not one of a Lambda function")]
    OtherArn,
    /// Letters, digits, `-`, `_` and `.`, in parts divided by `:`.
    #[error("this is not the name of a function")]
    NotAName,
}

/// A checked name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FunctionName(String);

impl FunctionName {
    pub(super) fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        if text.contains("://") {
            return Err(NameError::IsUrl);
        }
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_.:$".contains(letter);
        let parts: Vec<&str> = text.split(':').collect();
        if text.len() > MAX_CHARS || !text.chars().all(is_allowed) || parts.iter().any(|part| part.is_empty()) {
            return Err(NameError::NotAName);
        }
        match parts.as_slice() {
            ["arn", _, "lambda", _, _, "function", _] | ["arn", _, "lambda", _, _, "function", _, _] => {}
            ["arn", ..] => return Err(NameError::OtherArn),
            // NAME, NAME:ALIAS, ACCOUNT:function:NAME, ACCOUNT:function:NAME:ALIAS
            [_] | [_, _] | [_, "function", _] | [_, "function", _, _] => {}
            _ => return Err(NameError::NotAName),
        }
        Ok(Self(text.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The region of a whole ARN.
    pub(super) fn region(&self) -> Option<&str> {
        self.0.strip_prefix("arn:")?.split(':').nth(2)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;

    #[test]
    fn names_and_arns_in_whole_or_in_part_are_functions() {
        let arn = "arn:aws-cn:lambda:cn-north-1:123456789012:function:sign";
        for (text, region) in [
            ("sign", None),
            ("sign:prod", None),
            ("sign:$LATEST", None),
            ("123456789012:function:sign", None),
            ("123456789012:function:sign:prod", None),
            (arn, Some("cn-north-1")),
            (&*format!("{arn}:prod"), Some("cn-north-1")),
        ] {
            let name = FunctionName::parse(text).unwrap();
            assert_eq!((name.as_str(), name.region()), (text, region));
        }
    }

    #[test]
    fn anything_else_is_told_apart() {
        for (text, error) in [
            ("https://abc.lambda-url.eu-west-1.on.aws/", NameError::IsUrl),
            ("arn:aws:s3:::bucket", NameError::NotAName),
            ("arn:aws:sns:eu-west-1:123456789012:topic", NameError::OtherArn),
            ("arn:aws:lambda:eu-west-1:123456789012:layer:sign", NameError::OtherArn),
            ("", NameError::NotAName),
            ("a b", NameError::NotAName),
            ("a/b", NameError::NotAName),
            ("이름", NameError::NotAName),
            (":sign", NameError::NotAName),
            (&*"a".repeat(257), NameError::NotAName),
        ] {
            assert_eq!(FunctionName::parse(text), Err(error), "{text}");
        }
    }
}
