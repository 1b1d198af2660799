//! Failures before any byte leaves: keys, templates, options, addresses, and what the policy would refuse.

use super::{Code, Failure};
use crate::s3::policy_check::MAX_POST_BYTES;
use crate::s3::upload_options::OptionsError;
use crate::s3::{AddressError, KeyTemplateError, ObjectKeyError, Refusal};

impl From<&ObjectKeyError> for Failure {
    fn from(error: &ObjectKeyError) -> Self {
        let hint = match error {
            ObjectKeyError::Empty => "Let the key template name something, such as {name}",
            ObjectKeyError::TooLong { .. } => "Shorten the file's name or the key template",
            ObjectKeyError::DoubleDollar => "Rename the file, or leave {name} out of the key template",
            ObjectKeyError::ControlCharacter => "Take it out of the key template",
            ObjectKeyError::DotSegment => "Give the segment another name in the key template",
        };
        Self::new(Code::BadRequest, sentence(error), hint)
    }
}

impl From<&KeyTemplateError> for Failure {
    fn from(error: &KeyTemplateError) -> Self {
        let (what, hint) = match error {
            KeyTemplateError::UnknownWord { word } => (
                format!("The key template has no word {{{word}}}"),
                "It knows {name} {stem} {ext} {dir} {date} {year} {month} {day} {time} {rand} {uuid} {user} {host}",
            ),
            KeyTemplateError::LoneBrace { at } => (
                format!("The key template has a lone brace at byte {at}"),
                "Write {{ or }} for a brace itself",
            ),
            KeyTemplateError::Empty => (sentence(error), "The usual one is {rand}/{name}"),
        };
        Self::new(Code::BadRequest, what, hint)
    }
}

impl From<&OptionsError> for Failure {
    fn from(error: &OptionsError) -> Self {
        let hint = match error {
            OptionsError::ControlCharacter { .. } => "Write it on one line",
            OptionsError::MetadataTooLarge { .. } => "Shorten the metadata",
            OptionsError::MetadataName { .. } => "Rename it",
            OptionsError::MetadataTwice { .. } => "Leave one of the two out",
            OptionsError::ExpiresIn => "Choose an expiry between the two",
            OptionsError::Tags => "Use fewer or shorter tags",
        };
        Self::new(Code::BadRequest, sentence(error), hint)
    }
}

impl From<&AddressError> for Failure {
    fn from(error: &AddressError) -> Self {
        let (what, hint) = match error {
            AddressError::BucketName { bucket } => (
                format!("{bucket:?} is no bucket name"),
                "A bucket name has 3 to 63 lower-case letters, digits, dots and hyphens",
            ),
            AddressError::DirectoryBucket { bucket } => (
                format!("{bucket:?} is a directory bucket, which takes no presigned POST"),
                "Use a general purpose bucket",
            ),
            AddressError::Region { region } => (format!("{region:?} is no region"), "A region looks like us-east-1"),
            AddressError::EndpointUrl => (
                "The endpoint is no URL".to_owned(),
                "An endpoint looks like https://s3.example.com",
            ),
            AddressError::EndpointExtras => (
                "The endpoint has a user name, a query or a fragment".to_owned(),
                "An endpoint looks like https://s3.example.com",
            ),
            AddressError::PlainHttp => (
                "The endpoint uses plain HTTP: file and signature would travel in the open".to_owned(),
                "Use https://; only this machine itself (127.0.0.1, localhost) may do without",
            ),
        };
        Self::new(Code::BadRequest, what, hint)
    }
}

impl From<&Refusal> for Failure {
    fn from(error: &Refusal) -> Self {
        let new = |code, hint| Self::new(code, sentence(error), hint);
        match error {
            Refusal::Expired { .. } => new(Code::FormExpired, "Try again: a new form is signed").retryable(),
            Refusal::TooLarge { size_bytes, .. } if *size_bytes > MAX_POST_BYTES => too_large_for_post(*size_bytes),
            Refusal::TooLarge { .. } => new(Code::TooLarge, "Send a smaller file, or ask the form's owner for more"),
            Refusal::TooSmall { .. } => new(Code::TooSmall, "Send a larger file, or ask the form's owner for less"),
            Refusal::ExtraField { .. } | Refusal::ConditionFailed { .. } => new(
                Code::PolicyRefused,
                "Let the policy and the form agree on this field: S3 would refuse them as they are",
            ),
            Refusal::NoKey => new(Code::PolicyRefused, "The form's owner must add a key field"),
            Refusal::Key(error) => error.into(),
            Refusal::Policy(_) => new(Code::PolicyRefused, "The form's owner must sign it anew"),
            Refusal::FormTooLarge { .. } => new(Code::BadRequest, "Use less metadata and fewer tags"),
            Refusal::LineBreak { .. } => new(Code::BadRequest, "Write the value on one line"),
            Refusal::UnsafeTarget => new(
                Code::BadRequest,
                "Use https://; only this machine itself (127.0.0.1, localhost) may do without",
            ),
        }
    }
}

pub(super) fn too_large_for_post(size_bytes: u64) -> Failure {
    Failure::new(
        Code::TooLarge,
        format!("The file has {size_bytes} bytes; a presigned POST takes at most 5 GiB ({MAX_POST_BYTES} bytes)"),
        "Split the file",
    )
}

/// An error's text as a sentence of its own.
pub(super) fn sentence(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
