//! The code that goes with a reason: by the program's own conversions where they are told apart there, else by the place in
//! the source that names both.

use crate::engine::failure::transfer::connect_code;
use crate::engine::failure::{
    About, Code, Failure, LambdaReason, ObjectReason, Reason, RequestReason, S3Reason, TransferReason, UploadReason,
};
use crate::s3::S3Error;
use crate::signer::LambdaError;
use crate::signer::lambda::LambdaRefusal;
use crate::store::StoreError;
use std::path::Path;

pub(super) fn code(reason: &Reason) -> Code {
    match reason {
        Reason::Transfer(TransferReason::NoConnection(kind)) | Reason::Lambda(LambdaReason::NoConnection(kind)) => {
            connect_code(*kind)
        }
        Reason::Transfer(TransferReason::BrokenEarly { .. } | TransferReason::BrokenLate) => Code::ConnectionBroken,
        Reason::S3(S3Reason::NotAllowed { .. } | S3Reason::Forbidden { .. })
        | Reason::Object(ObjectReason::DeletionDenied { .. }) => Code::AccessDenied,
        Reason::S3(reason) => by_s3(reason).unwrap_or_else(|| named("S3Reason", reason)),
        Reason::Lambda(LambdaReason::Refused { kind, status, message }) => {
            Failure::from(&LambdaError::Refused(Box::new(LambdaRefusal {
                kind: *kind,
                status: *status,
                error_type: None,
                message: message.clone(),
                request_id: None,
                retry_after: None,
            })))
            .code
        }
        Reason::ObjectKey(error) => Failure::from(error).code,
        Reason::KeyTemplate(error) => Failure::from(error).code,
        Reason::Options(error) => Failure::from(error).code,
        Reason::Address(error) => Failure::from(error).code,
        Reason::Form(refusal) => Failure::from(refusal).code,
        Reason::Reply(error) => Failure::from(error).code,
        Reason::Ticket(error) => Failure::from(error).code,
        Reason::Account(reason) => named("AccountReason", reason),
        Reason::Profile(reason) => found("ProfileReason", reason).unwrap_or(Code::ProfileNotWritten),
        Reason::File(reason) => named("FileReason", reason),
        Reason::Transfer(reason) => named("TransferReason", reason),
        Reason::Lambda(reason) => named("LambdaReason", reason),
        Reason::Upload(UploadReason::Exists { .. } | UploadReason::AskExists { .. }) => Code::ObjectExists,
        Reason::Upload(UploadReason::HostChanged { .. }) => Code::HostChanged,
        Reason::Upload(reason) => named("UploadReason", reason),
        Reason::Object(reason) => named("ObjectReason", reason),
        Reason::Unfinished(reason) => named("UnfinishedReason", reason),
        Reason::Store(reason) => found("StoreReason", reason).unwrap_or(Failure::from(&StoreError::DiskFull).code),
        Reason::Sandbox(reason) => found("SandboxReason", reason).unwrap_or(Code::Sandbox),
        Reason::Watch(_) => Code::Watch,
        Reason::Kept(_) => panic!("no example is an old text"),
    }
}

/// What S3 must have answered, turned into a failure by the table of codes.
fn by_s3(reason: &S3Reason) -> Option<Code> {
    let (code, signed_elsewhere) = match reason {
        S3Reason::SecretWrong { .. } => ("SignatureDoesNotMatch", false),
        S3Reason::AccessKeyUnknown { .. } => ("InvalidAccessKeyId", false),
        S3Reason::NotSignedUp { .. } => ("NotSignedUp", false),
        S3Reason::SessionExpired { .. } => ("ExpiredToken", false),
        S3Reason::SignedWrongly => ("SignatureDoesNotMatch", true),
        S3Reason::OtherRegion { .. } => ("PermanentRedirect", false),
        S3Reason::SignedForOtherRegion { .. } => ("PermanentRedirect", true),
        S3Reason::Request(request) => (request_code(*request)?, false),
        _ => return None,
    };
    let error = S3Error {
        code: code.to_owned(),
        ..S3Error::default()
    };
    let about = About {
        signed_elsewhere,
        ..About::default()
    };
    let failure = Failure::from_s3(&error, &about);
    assert_eq!(name(&failure.reason), name(&Reason::S3(reason.clone())), "{code}");
    Some(failure.code)
}

fn request_code(reason: RequestReason) -> Option<&'static str> {
    Some(match reason {
        // Told by its words.
        RequestReason::LockWantsChecksum => return None,
        RequestReason::ObjectKeyTooLong => "KeyTooLongError",
        RequestReason::MetadataTooLarge => "MetadataTooLarge",
        RequestReason::StorageClassUnknown => "InvalidStorageClass",
        RequestReason::TagsRefused => "InvalidTag",
        RequestReason::EncryptionRefused => "KMS.NotFoundException",
        RequestReason::BucketNameRefused => "InvalidBucketName",
        RequestReason::TakesNoForms => "NotImplemented",
        RequestReason::PreconditionFailed => "PreconditionFailed",
        RequestReason::NoS3Here => "HTTP 404",
        RequestReason::GatewayLimit => "HTTP 413",
        RequestReason::ProxyWantsLogin => "HTTP 407",
        RequestReason::FormTooLong => "MaxPostPreDataLengthExceeded",
    })
}

#[track_caller]
fn named(area: &str, reason: &impl std::fmt::Debug) -> Code {
    found(area, reason).unwrap_or_else(|| panic!("no place names a code and {area}::{}", name(reason)))
}

/// `SecretWrong`, `S3(Request(GatewayLimit`: the variants, without what they hold.
fn name(reason: &impl std::fmt::Debug) -> String {
    let shown = format!("{reason:?}");
    let end = shown.find(|character: char| !character.is_alphanumeric() && character != '(');
    shown[..end.unwrap_or(shown.len())].to_owned()
}

/// The code that stands before the reason in the source: `Code::NoRegion, AccountReason::NoRegion { … }`, or before what
/// becomes the reason.
fn found(area: &str, reason: &impl std::fmt::Debug) -> Option<Code> {
    let name = name(reason);
    let variant = name.split('(').next().unwrap_or_default();
    let wanted = format!("{area}::{variant}");
    let mut codes: Vec<Code> = Vec::new();
    for source in sources() {
        for (at, _) in source.match_indices(&wanted) {
            let is_whole = !source[at + wanted.len()..].starts_with(|next: char| next.is_alphanumeric());
            let before = source[..at].trim_end_matches("Reason::File(").trim_end();
            let before = before.strip_suffix(',').filter(|_| is_whole);
            codes.extend(before.and_then(code_at_end));
        }
    }
    codes.dedup();
    codes.first().copied()
}

fn code_at_end(before: &str) -> Option<Code> {
    let (_, name) = before.rsplit_once("Code::")?;
    let snake = name.chars().fold(String::new(), |snake, letter| {
        let apart = if letter.is_uppercase() && !snake.is_empty() {
            "_"
        } else {
            ""
        };
        snake + apart + &letter.to_lowercase().to_string()
    });
    serde_json::from_value(serde_json::Value::String(snake)).ok()
}

/// What is not there for tests.
fn sources() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "rs"))
        .filter(|file| !file.path().to_string_lossy().contains("tests"))
        .map(|file| std::fs::read_to_string(file.path()).unwrap())
        .collect()
}
