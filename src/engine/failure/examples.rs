//! One example of every reason: each names the one that comes after it, so that a new one does not compile until it has a
//! place in the chain.

mod handed;
mod lambda;
mod s3;

use super::{
    AccountReason, FileReason, LambdaReason, ObjectReason, ProfileReason, Reason, S3Reason, SandboxReason, StoreReason,
    TransferReason, UnfinishedReason, UploadReason, WatchReason,
};
use crate::s3::upload_options::OptionsError;
use crate::s3::{AddressError, KeyTemplateError, ObjectKeyError, PolicyError, Refusal, TicketError, VendorReplyError};
use crate::transfer::ConnectKind;

const PROFILE: &str = "work";
const BUCKET: &str = "media-assets";
const OBJECT: &str = "arn:aws:s3:::media-assets/a/b.png";
const FIELD: &str = "x-amz-meta-author";
const SHOTS: &str = "/x/Screenshots";
const S3_WORDS: &str = "POLICY";

/// One of every reason, of every area.
pub(crate) fn examples() -> Vec<Reason> {
    let mut all = Vec::new();
    all.extend(chain(AccountReason::NoProfile, after_account));
    all.extend(chain(
        ProfileReason::Exists {
            name: PROFILE.to_owned(),
        },
        after_profile,
    ));
    all.extend(chain(FileReason::Gone, after_file));
    all.extend(chain(TransferReason::Stalled { seconds: 60 }, after_transfer));
    all.extend(chain(S3Reason::AccountDisabled, s3::after_s3));
    all.extend(chain(VendorReplyError::TooLong, handed::after_reply));
    all.extend(chain(TicketError::Neither, handed::after_ticket));
    all.extend(chain(LambdaReason::Broken, lambda::after_lambda));
    all.extend(chain(UploadReason::Cancelled, after_upload));
    all.extend(chain(
        ObjectReason::DeletionDenied {
            profile: Some(PROFILE.to_owned()),
            object: OBJECT.to_owned(),
            secret_may_be_wrong: false,
        },
        after_object,
    ));
    all.extend(chain(
        UnfinishedReason::ListDenied {
            bucket: "arn:aws:s3:::media-assets".to_owned(),
        },
        after_unfinished,
    ));
    all.extend(chain(StoreReason::DiskFull, after_store));
    all.extend(chain(SandboxReason::NotRunning, after_sandbox));
    all.extend(chain(WatchReason::NoFolder { folder: SHOTS.into() }, after_watch));
    all.extend(chain(ObjectKeyError::Empty, after_object_key));
    all.extend(chain(
        KeyTemplateError::UnknownWord {
            word: "nmae".to_owned(),
        },
        after_key_template,
    ));
    all.extend(chain(
        OptionsError::ControlCharacter {
            field: FIELD.to_owned(),
        },
        after_options,
    ));
    all.extend(chain(
        AddressError::BucketName {
            bucket: "Media".to_owned(),
        },
        after_address,
    ));
    all.extend(chain(Refusal::Expired { ago_secs: 5 }, after_form));
    all
}

fn chain<T: Into<Reason> + Clone>(first: T, after: fn(&T) -> Option<T>) -> impl Iterator<Item = Reason> {
    std::iter::successors(Some(first), after).map(Into::into)
}

fn after_account(reason: &AccountReason) -> Option<AccountReason> {
    use AccountReason as R;
    Some(match reason {
        R::NoProfile => R::UnknownProfile {
            name: PROFILE.to_owned(),
        },
        R::UnknownProfile { .. } => R::LoginExpired {
            profile: PROFILE.to_owned(),
            command: "aws sso login".to_owned(),
        },
        R::LoginExpired { .. } => R::WantsMfa {
            profile: PROFILE.to_owned(),
            command: "aws sts get-caller-identity".to_owned(),
        },
        R::WantsMfa { .. } => R::NoCredentials {
            profile: PROFILE.to_owned(),
        },
        R::NoCredentials { .. } => R::Files,
        R::Files => R::CaBundle {
            path: "/etc/ca.pem".to_owned(),
        },
        R::CaBundle { .. } => R::HttpClient,
        R::HttpClient => R::ListDenied,
        R::ListDenied => R::NoRegion {
            bucket: BUCKET.to_owned(),
        },
        R::NoRegion { .. } => R::NoSuchBucket { bucket: None },
        R::NoSuchBucket { bucket: None } => R::NoSuchBucket {
            bucket: Some(BUCKET.to_owned()),
        },
        R::NoSuchBucket { bucket: Some(_) } => return None,
    })
}

fn after_profile(reason: &ProfileReason) -> Option<ProfileReason> {
    use ProfileReason as R;
    let path = || "/home/me/.aws/config".to_owned();
    Some(match reason {
        R::Exists { .. } => R::SessionExists {
            name: "corp".to_owned(),
        },
        R::SessionExists { .. } => R::Unwritable,
        R::Unwritable => R::Mistake,
        R::Mistake => R::NoHome,
        R::NoHome => R::NotText { path: path() },
        R::NotText { .. } => R::Changing { path: path() },
        R::Changing { .. } => R::NotWritten { path: path() },
        R::NotWritten { .. } => return None,
    })
}

fn after_file(reason: &FileReason) -> Option<FileReason> {
    use FileReason as R;
    Some(match reason {
        R::Gone => R::DanglingLink,
        R::DanglingLink => R::NotReadable,
        R::NotReadable => R::NotRegular,
        R::NotRegular => R::TooLarge {
            size_bytes: 5_368_709_121,
        },
        R::TooLarge { .. } => R::TooLargeForParts { size_bytes: 700 << 30 },
        R::TooLargeForParts { .. } => R::Changed,
        R::Changed => R::ReadError,
        R::ReadError => R::BrokenOff,
        R::BrokenOff => R::NotReadAgain,
        R::NotReadAgain => R::EmptyFolder,
        R::EmptyFolder => R::FolderNotReadable,
        R::FolderNotReadable => R::Ticket,
        R::Ticket => R::NoTrial,
        R::NoTrial => return None,
    })
}

fn after_transfer(reason: &TransferReason) -> Option<TransferReason> {
    use TransferReason as R;
    Some(match reason {
        R::Stalled { .. } => R::NoConnection(ConnectKind::Url),
        R::NoConnection(ConnectKind::Url) => R::NoConnection(ConnectKind::Dns),
        R::NoConnection(ConnectKind::Dns) => R::NoConnection(ConnectKind::Refused),
        R::NoConnection(ConnectKind::Refused) => R::NoConnection(ConnectKind::TimedOut),
        R::NoConnection(ConnectKind::TimedOut) => R::NoConnection(ConnectKind::NotTrusted),
        R::NoConnection(ConnectKind::NotTrusted) => R::NoConnection(ConnectKind::Tls),
        R::NoConnection(ConnectKind::Tls) => R::NoConnection(ConnectKind::Proxy),
        R::NoConnection(ConnectKind::Proxy) => R::NoConnection(ConnectKind::Network),
        R::NoConnection(ConnectKind::Network) => R::BrokenEarly { sent_bytes: 4096 },
        R::BrokenEarly { .. } => R::BrokenLate,
        R::BrokenLate => return None,
    })
}

fn after_upload(reason: &UploadReason) -> Option<UploadReason> {
    use UploadReason as R;
    Some(match reason {
        R::Cancelled => R::Stopped,
        R::Stopped => R::NotWhatWasSent,
        R::NotWhatWasSent => R::NoRandomNumbers,
        R::NoRandomNumbers => R::ExistenceUnknown {
            object_key: "a/b.png".to_owned(),
        },
        R::ExistenceUnknown { .. } => R::Exists {
            object_key: "a/b.png".to_owned(),
        },
        R::Exists { .. } => R::AskExists {
            object_key: "a/b.png".to_owned(),
        },
        R::AskExists { .. } => R::HostChanged {
            lambda: "abc.lambda-url.eu-west-1.on.aws".to_owned(),
            host: "other.s3.eu-west-1.amazonaws.com".to_owned(),
            known: vec!["media.s3.eu-west-1.amazonaws.com".to_owned()],
        },
        R::HostChanged { .. } => R::KeyTaken {
            object_key: "a/b.png".to_owned(),
        },
        R::KeyTaken { .. } => R::TicketUsed {
            object_key: "a/b.png".to_owned(),
        },
        R::TicketUsed { .. } => R::TicketExpired { ago_secs: 40 },
        R::TicketExpired { .. } => R::TicketGone,
        R::TicketGone => R::NotSignedHere,
        R::NotSignedHere => R::Mistake,
        R::Mistake => R::NotStarted,
        R::NotStarted => return None,
    })
}

fn after_object(reason: &ObjectReason) -> Option<ObjectReason> {
    use ObjectReason as R;
    Some(match reason {
        R::DeletionDenied { profile: Some(_), .. } => R::DeletionDenied {
            profile: None,
            object: OBJECT.to_owned(),
            secret_may_be_wrong: true,
        },
        R::DeletionDenied { profile: None, .. } => R::Locked,
        R::Locked => R::StoreDeletesNothing,
        R::StoreDeletesNothing => R::NotOnTheList,
        R::NotOnTheList => R::NotInTheHistory,
        R::NotInTheHistory => R::DestinationUnknown,
        R::DestinationUnknown => return None,
    })
}

fn after_unfinished(reason: &UnfinishedReason) -> Option<UnfinishedReason> {
    use UnfinishedReason as R;
    Some(match reason {
        R::ListDenied { .. } => R::AbortDenied {
            object: OBJECT.to_owned(),
        },
        R::AbortDenied { .. } => R::StoreKnowsNone,
        R::StoreKnowsNone => return None,
    })
}

fn after_store(reason: &StoreReason) -> Option<StoreReason> {
    use StoreReason as R;
    Some(match reason {
        R::DiskFull => R::NotADatabase {
            path: "/x/dropslot.db".to_owned(),
        },
        R::NotADatabase { .. } => R::Newer { version: 9 },
        R::Newer { .. } => R::Folder,
        R::Folder => R::Destination,
        R::Destination => R::Database,
        R::Database => R::SettingsBroken {
            set_aside: "/x/settings.json.broken".into(),
        },
        R::SettingsBroken { .. } => R::Settings,
        R::Settings => R::Keychain,
        R::Keychain => return None,
    })
}

fn after_sandbox(reason: &SandboxReason) -> Option<SandboxReason> {
    use SandboxReason as R;
    Some(match reason {
        R::NotRunning => R::NoHome,
        R::NoHome => R::FolderInUse {
            dir: "/x/sandbox".into(),
        },
        R::FolderInUse { .. } => R::Folder {
            dir: "/x/sandbox".into(),
        },
        R::Folder { .. } => R::NotStarted,
        R::NotStarted => return None,
    })
}

fn after_watch(reason: &WatchReason) -> Option<WatchReason> {
    use WatchReason as R;
    let folder = SHOTS.into();
    Some(match reason {
        R::NoFolder { .. } => R::NotReadable { folder },
        R::NotReadable { .. } => R::OwnFolder { folder },
        R::OwnFolder { .. } => R::TooMany {
            folder,
            parameter: "fs.inotify.max_user_watches".to_owned(),
        },
        R::TooMany { .. } => R::NotTold { folder },
        R::NotTold { .. } => R::NotRemembered { folder },
        R::NotRemembered { .. } => return None,
    })
}

fn after_object_key(reason: &ObjectKeyError) -> Option<ObjectKeyError> {
    use ObjectKeyError as R;
    Some(match reason {
        R::Empty => R::TooLong { bytes: 1025 },
        R::TooLong { .. } => R::DoubleDollar,
        R::DoubleDollar => R::ControlCharacter,
        R::ControlCharacter => R::DotSegment,
        R::DotSegment => return None,
    })
}

fn after_key_template(reason: &KeyTemplateError) -> Option<KeyTemplateError> {
    use KeyTemplateError as R;
    Some(match reason {
        R::UnknownWord { .. } => R::LoneBrace { at: 3 },
        R::LoneBrace { .. } => R::Empty,
        R::Empty => return None,
    })
}

fn after_options(reason: &OptionsError) -> Option<OptionsError> {
    use OptionsError as R;
    Some(match reason {
        R::ControlCharacter { .. } => R::NotForHeaders {
            field: "Content-Disposition".to_owned(),
        },
        R::NotForHeaders { .. } => R::MetadataTooLarge { bytes: 2049 },
        R::MetadataTooLarge { .. } => R::MetadataName {
            name: "größe".to_owned(),
        },
        R::MetadataName { .. } => R::MetadataTwice {
            name: "author".to_owned(),
        },
        R::MetadataTwice { .. } => R::ExpiresIn,
        R::ExpiresIn => R::Tags,
        R::Tags => return None,
    })
}

fn after_address(reason: &AddressError) -> Option<AddressError> {
    use AddressError as R;
    Some(match reason {
        R::BucketName { .. } => R::DirectoryBucket {
            bucket: "media--apne2-az1--x-s3".to_owned(),
        },
        R::DirectoryBucket { .. } => R::Region {
            region: "Seoul".to_owned(),
        },
        R::Region { .. } => R::EndpointUrl,
        R::EndpointUrl => R::EndpointExtras,
        R::EndpointExtras => R::PlainHttp,
        R::PlainHttp => return None,
    })
}

fn after_form(reason: &Refusal) -> Option<Refusal> {
    use Refusal as R;
    Some(match reason {
        R::Expired { .. } => R::TooLarge {
            size_bytes: 2_097_152,
            max_bytes: 1_048_576,
        },
        R::TooLarge { .. } => R::TooSmall {
            size_bytes: 1,
            min_bytes: 10,
        },
        R::TooSmall { .. } => R::ExtraField {
            field: FIELD.to_owned(),
        },
        R::ExtraField { .. } => R::ConditionFailed {
            field: FIELD.to_owned(),
        },
        R::ConditionFailed { .. } => R::ContentType {
            content_type: "text/plain".to_owned(),
            allowed: "image/".to_owned(),
        },
        R::ContentType { .. } => R::NoKey,
        R::NoKey => R::Key(ObjectKeyError::Empty),
        R::Key(_) => R::Policy(PolicyError::Unreadable("no JSON")),
        R::Policy(PolicyError::Unreadable(_)) => R::FormTooLarge { bytes: 20_481 },
        R::FormTooLarge { .. } => R::LineBreak {
            field: FIELD.to_owned(),
        },
        R::LineBreak { .. } => R::SignedHeader { name: FIELD.to_owned() },
        R::SignedHeader { .. } => R::UnsafeTarget,
        R::UnsafeTarget => return None,
    })
}
