//! Failures before any byte leaves: keys, templates, options, addresses, and what the policy would refuse.
//!
//! Their errors say all there is to say: they are reasons themselves, and only their English is here.

use super::{Code, Failure, FileReason, Reason, Text};
use crate::s3::policy_check::MAX_POST_BYTES;
use crate::s3::upload_options::OptionsError;
use crate::s3::{AddressError, KeyTemplateError, ObjectKeyError, Refusal};

impl From<&ObjectKeyError> for Failure {
    fn from(error: &ObjectKeyError) -> Self {
        Self::new(Code::BadRequest, error.clone())
    }
}

impl From<&KeyTemplateError> for Failure {
    fn from(error: &KeyTemplateError) -> Self {
        Self::new(Code::BadRequest, error.clone())
    }
}

impl From<&OptionsError> for Failure {
    fn from(error: &OptionsError) -> Self {
        Self::new(Code::BadRequest, error.clone())
    }
}

impl From<&AddressError> for Failure {
    fn from(error: &AddressError) -> Self {
        Self::new(Code::BadRequest, error.clone())
    }
}

impl From<&Refusal> for Failure {
    fn from(error: &Refusal) -> Self {
        let code = match error {
            Refusal::Expired { .. } => Code::FormExpired,
            Refusal::TooLarge { size_bytes, .. } if *size_bytes > MAX_POST_BYTES => {
                return too_large_for_post(*size_bytes);
            }
            Refusal::Key(error) => return error.into(),
            Refusal::TooLarge { .. } => Code::TooLarge,
            Refusal::TooSmall { .. } => Code::TooSmall,
            Refusal::ExtraField { .. } | Refusal::ConditionFailed { .. } | Refusal::NoKey | Refusal::Policy(_) => {
                Code::PolicyRefused
            }
            Refusal::ContentType { .. } | Refusal::SignedHeader { .. } => Code::PolicyRefused,
            Refusal::FormTooLarge { .. } | Refusal::LineBreak { .. } | Refusal::UnsafeTarget => Code::BadRequest,
        };
        let failure = Self::new(code, error.clone());
        // A new form is signed for every attempt.
        if code == Code::FormExpired {
            failure.retryable()
        } else {
            failure
        }
    }
}

pub(crate) fn too_large_for_post(size_bytes: u64) -> Failure {
    Failure::new(Code::TooLarge, Reason::File(FileReason::TooLarge { size_bytes }))
}

pub(super) fn object_key(error: &ObjectKeyError) -> Text {
    let hint = match error {
        ObjectKeyError::Empty => "Let the key template name something, such as {name}",
        ObjectKeyError::TooLong { .. } => "Shorten the file's name or the key template",
        ObjectKeyError::DoubleDollar => "Rename the file, or leave {name} out of the key template",
        ObjectKeyError::ControlCharacter => "Take it out of the key template",
        ObjectKeyError::DotSegment => "Give the segment another name in the key template",
    };
    Text::new(sentence(error), hint)
}

pub(super) fn key_template(error: &KeyTemplateError) -> Text {
    match error {
        KeyTemplateError::UnknownWord { word } => Text::new(
            format!("The key template has no word {{{word}}}"),
            "It knows {name} {stem} {ext} {dir} {date} {year} {month} {day} {time} {rand} {uuid} {user} {host}",
        ),
        KeyTemplateError::LoneBrace { at } => Text::new(
            format!("The key template has a lone brace at byte {at}"),
            "Write {{ or }} for a brace itself",
        ),
        KeyTemplateError::Empty => Text::new(sentence(error), "The usual one is {rand}/{name}"),
    }
}

pub(super) fn options(error: &OptionsError) -> Text {
    let hint = match error {
        OptionsError::ControlCharacter { .. } => "Write it on one line",
        OptionsError::NotForHeaders { .. } => "Write it in plain letters, or send by a presigned POST",
        OptionsError::MetadataTooLarge { .. } => "Shorten the metadata",
        OptionsError::MetadataName { .. } => "Rename it",
        OptionsError::MetadataTwice { .. } => "Leave one of the two out",
        OptionsError::ExpiresIn => "Choose an expiry between the two",
        OptionsError::Tags => "Use fewer or shorter tags",
    };
    Text::new(sentence(error), hint)
}

pub(super) fn address(error: &AddressError) -> Text {
    match error {
        AddressError::BucketName { bucket } => Text::new(
            format!("{bucket:?} is no bucket name"),
            "A bucket name has 3 to 63 lower-case letters, digits, dots and hyphens",
        ),
        AddressError::DirectoryBucket { bucket } => Text::new(
            format!("{bucket:?} is a directory bucket, which takes no presigned POST"),
            "Use a general purpose bucket",
        ),
        AddressError::Region { region } => {
            Text::new(format!("{region:?} is no region"), "A region looks like us-east-1")
        }
        AddressError::EndpointUrl => Text::new(
            "The endpoint is no URL",
            "An endpoint looks like https://s3.example.com",
        ),
        AddressError::EndpointExtras => Text::new(
            "The endpoint has a user name, a query or a fragment",
            "An endpoint looks like https://s3.example.com",
        ),
        AddressError::PlainHttp => Text::new(
            "The endpoint uses plain HTTP: file and signature would travel in the open",
            "Use https://; only this machine itself (127.0.0.1, localhost) may do without",
        ),
    }
}

pub(super) fn refusal(refusal: &Refusal) -> Text {
    let hint = match refusal {
        Refusal::Expired { .. } => "Try again: a new form is signed",
        Refusal::TooLarge { .. } => "Send a smaller file, or ask the form's owner for more",
        Refusal::TooSmall { .. } => "Send a larger file, or ask the form's owner for less",
        Refusal::ExtraField { .. } | Refusal::ConditionFailed { .. } => {
            "Let the policy and the form agree on this field: S3 would refuse them as they are"
        }
        Refusal::ContentType { .. } => "Send a file of that type, or ask the form's owner for more",
        Refusal::NoKey => "The form's owner must add a key field",
        Refusal::Key(error) => return object_key(error),
        Refusal::Policy(_) => "The form's owner must sign it anew",
        Refusal::FormTooLarge { .. } => "Use less metadata and fewer tags",
        Refusal::LineBreak { .. } => "Write the value on one line",
        Refusal::SignedHeader { .. } => "Whoever signs the URL must answer its headers too, or sign it without them",
        Refusal::UnsafeTarget => "Use https://; only this machine itself (127.0.0.1, localhost) may do without",
    };
    Text::new(sentence(refusal), hint)
}

/// An error's text as a sentence of its own.
fn sentence(error: &dyn std::error::Error) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
