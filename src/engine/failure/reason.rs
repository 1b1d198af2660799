//! Why something failed: typed, so that every language says it in its own words.
//!
//! A reason becomes a [`Text`]: one sentence, and what to change. English is here ([`Reason::english`], beside the enums of
//! the areas) and is what the command line prints; the window asks its catalogue.
//!
//! # To add a sentence
//! 1. Add a variant to the enum of its area (`account.rs`, `file.rs`, `s3/reason.rs`, …); what it inserts are named fields.
//! 2. Say it in English in that enum's `english`: a sentence without a full stop, and what to change.
//! 3. Say it in Korean in the file of the same name under `src/ui/words/reasons/`.
//! 4. Give one example in `examples.rs`: the window's tests show each of them.
//!
//! Nothing compiles until all four are done. Make the failure by `Failure::new(Code::…, FileReason::Gone)`.

use super::{
    AccountReason, FileReason, LambdaReason, ObjectReason, ProfileReason, S3Reason, SandboxReason, StoreReason,
    TransferReason, UnfinishedReason, UploadReason, WatchReason,
};
use super::{form, reply};
use crate::s3::upload_options::OptionsError;
use crate::s3::{AddressError, KeyTemplateError, ObjectKeyError, Refusal, TicketError, VendorReplyError};

/// One sentence, and what to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// One sentence, no full stop.
    pub what: String,
    /// What to change, one sentence; empty where there is nothing.
    pub hint: String,
}

impl Text {
    /// A sentence, and what to change.
    #[must_use]
    pub fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: hint.into(),
        }
    }
}

impl std::fmt::Display for Text {
    /// The sentence, and what to change in the next one: what a terminal shows on one line.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.what)?;
        if !self.hint.is_empty() {
            write!(formatter, ". {}", self.hint)?;
        }
        Ok(())
    }
}

/// Why something failed, by area. Errors of [`crate::s3`] that say all there is to say are reasons themselves.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Reason {
    /// Profiles, credentials, buckets.
    Account(AccountReason),
    /// Writing a profile.
    Profile(ProfileReason),
    /// The file on this machine.
    File(FileReason),
    /// The wire.
    Transfer(TransferReason),
    /// What S3 answers.
    S3(S3Reason),
    /// A function that hands out forms.
    Lambda(LambdaReason),
    /// The way of one upload.
    Upload(UploadReason),
    /// Objects that are in S3 already.
    Object(ObjectReason),
    /// Parts uploads that nobody has finished.
    Unfinished(UnfinishedReason),
    /// What stays on disk.
    Store(StoreReason),
    /// The embedded S3.
    Sandbox(SandboxReason),
    /// A folder that is watched.
    Watch(WatchReason),
    /// A name that S3 cannot store.
    #[serde(skip)]
    ObjectKey(ObjectKeyError),
    /// A key template that cannot be read.
    #[serde(skip)]
    KeyTemplate(KeyTemplateError),
    /// Upload options that cannot be signed.
    #[serde(skip)]
    Options(OptionsError),
    /// Bucket, region or endpoint.
    #[serde(skip)]
    Address(AddressError),
    /// What the form's policy would refuse.
    #[serde(skip)]
    Form(Refusal),
    /// A function's answer that is no form to send.
    #[serde(skip)]
    Reply(VendorReplyError),
    /// A text that is no form to send.
    #[serde(skip)]
    Ticket(TicketError),
    /// What was said when it failed, by a process that has ended.
    #[serde(skip)]
    Kept(Text),
}

impl Reason {
    /// What the command line says, whatever the language of the window.
    #[must_use]
    pub fn english(&self) -> Text {
        match self {
            Self::Account(reason) => reason.english(),
            Self::Profile(reason) => reason.english(),
            Self::File(reason) => reason.english(),
            Self::Transfer(reason) => reason.english(),
            Self::S3(reason) => reason.english(),
            Self::Lambda(reason) => reason.english(),
            Self::Upload(reason) => reason.english(),
            Self::Object(reason) => reason.english(),
            Self::Unfinished(reason) => reason.english(),
            Self::Store(reason) => reason.english(),
            Self::Sandbox(reason) => reason.english(),
            Self::Watch(reason) => reason.english(),
            Self::ObjectKey(error) => form::object_key(error),
            Self::KeyTemplate(error) => form::key_template(error),
            Self::Options(error) => form::options(error),
            Self::Address(error) => form::address(error),
            Self::Form(refusal) => form::refusal(refusal),
            Self::Reply(error) => reply::vendor_reply(error),
            Self::Ticket(error) => reply::ticket(error),
            Self::Kept(text) => text.clone(),
        }
    }
}

macro_rules! reasons_of_an_area {
    ($($variant:ident($area:ty)),+) => {
        $(impl From<$area> for Reason {
            fn from(reason: $area) -> Self {
                Self::$variant(reason)
            }
        })+
    };
}

reasons_of_an_area! {
    Account(AccountReason), Profile(ProfileReason), File(FileReason), Transfer(TransferReason), S3(S3Reason), Lambda(LambdaReason), Upload(UploadReason),
    Object(ObjectReason), Unfinished(UnfinishedReason), Store(StoreReason), Sandbox(SandboxReason), Watch(WatchReason), ObjectKey(ObjectKeyError), KeyTemplate(KeyTemplateError),
    Options(OptionsError), Address(AddressError), Form(Refusal), Reply(VendorReplyError), Ticket(TicketError)
}
