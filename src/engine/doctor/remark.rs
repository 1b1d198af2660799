//! What a checkup finds where nothing has failed: typed, for every language says it in its own words. English is in the file below.

mod english;

use crate::engine::{Failure, UnfinishedList};
use crate::transfer::Proof;
use std::time::Duration;

/// Who has named the region that a bucket is not in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The destination itself.
    Destination,
    /// The profile or the environment, for all buckets.
    Profile,
}

/// What was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// A form, by the names of its fields.
    Form {
        /// In their order.
        fields: Vec<String>,
        /// How long it is good for.
        expires_in: Option<Duration>,
    },
    /// A PUT, by the names of its headers.
    Put {
        /// In their order.
        headers: Vec<String>,
        /// How long it is good for.
        expires_in: Option<Duration>,
    },
}

/// How the trial has travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// By a form.
    Post,
    /// By a PUT.
    Put,
    /// By a PUT, for the store takes no forms.
    PutForNoForms,
    /// In parts.
    Parts,
}

/// Where a destination's files go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A bucket.
    Account {
        /// Its name.
        bucket: String,
        /// `None`: what the environment says.
        profile: Option<String>,
        /// `None`: AWS, or what the profile says.
        endpoint_url: Option<String>,
        /// `None`: found out.
        region: Option<String>,
    },
    /// Where a function says, as people know it.
    Function(String),
    /// Where a form says: its host.
    Ticket(String),
    /// The embedded S3.
    Sandbox,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// What is examined.
    Destination {
        /// The destination's.
        name: String,
        /// Where files would go.
        place: Place,
    },
    /// Variables that bend the way, without what is secret in them.
    Environment {
        /// `HTTPS_PROXY=http://proxy:3128`; none: no proxy.
        proxies: Vec<String>,
        /// `AWS_CA_BUNDLE`; `None`: the system's certificates.
        ca_bundle: Option<String>,
        /// `AWS_PROFILE=work`, …
        others: Vec<String>,
        /// Those that hold keys, by name.
        keys: Vec<String>,
    },
    /// Forms are signed elsewhere.
    KeysElsewhere,
    /// Credentials.
    Keys {
        /// No secret.
        access_key_id: String,
        /// Whose; `None` for the sandbox.
        profile: Option<String>,
        /// When the session ends.
        until: Option<jiff::Timestamp>,
    },
    /// Who signs, to AWS.
    Identity {
        /// Twelve digits.
        account_id: String,
        /// Of the user or the role's session.
        arn: String,
    },
    /// Only AWS has an STS that everybody may ask.
    NoIdentity,
    /// Buckets may be listed.
    Listed {
        /// How many there are.
        buckets: usize,
        /// The destination's.
        bucket: String,
        /// It is one of them.
        is_among: bool,
    },
    /// The sandbox has one bucket.
    NothingToList,
    /// They may not.
    MayNotList,
    /// Where the bucket is.
    Region {
        /// What is signed for.
        region: String,
        /// Where it takes uploads.
        url: String,
        /// Destination or profile say the same.
        is_named: bool,
        /// It takes no forms.
        takes_no_forms: bool,
    },
    /// The store does not say.
    RegionUnsaid {
        /// What is signed for.
        region: String,
        /// Where it takes uploads.
        url: String,
        /// It takes no forms.
        takes_no_forms: bool,
    },
    /// Not where somebody has said.
    OtherRegion {
        /// What is signed for.
        region: String,
        /// Where it takes uploads.
        url: String,
        /// What was said.
        named: String,
        /// By whom.
        by: Named,
    },
    /// The clocks agree.
    ClockAgrees {
        /// To within so many seconds.
        seconds: u64,
    },
    /// They do not, and signatures go by the store's.
    ClockDiffers {
        /// The store's less ours.
        ahead_secs: i64,
    },
    /// The store tells no time.
    ClockUnknown,
    /// What was signed for the trial.
    Signed {
        /// What.
        signed: Signed,
        /// By a function.
        elsewhere: bool,
    },
    /// Requests of a parts upload are signed each.
    SignedEach,
    /// A function's first form has come.
    HostTrusted {
        /// The function.
        function: String,
        /// Where its forms go.
        host: String,
    },
    /// A form for one file is not spent.
    NotSpent {
        /// How long it is good for.
        minutes_left: Option<i64>,
    },
    /// The trial is stored.
    Sent {
        /// Its size.
        size_bytes: u64,
        /// How it went; `None`: as its signer says.
        way: Option<Sent>,
        /// From its turn to the proof.
        took: Duration,
        /// 1 where the first was enough.
        attempts: u32,
    },
    /// What is stored is what was sent.
    Proven(Proof),
    /// Nothing could be compared.
    NotProven {
        /// The object's ARN.
        object: String,
    },
    /// The link opens.
    Public {
        /// It.
        url: String,
    },
    /// The link does not.
    Private {
        /// It.
        url: String,
    },
    /// Nobody has said.
    AccessUnknown {
        /// It.
        url: String,
    },
    /// The trial is gone again.
    Deleted {
        /// Bucket and object key.
        place: String,
    },
    /// One version of it is not.
    VersionRemains {
        /// Bucket and object key.
        place: String,
    },
    /// It stays, which is no fault: an upload needs no permission to delete.
    Stays {
        /// Bucket and object key.
        place: String,
        /// Why.
        why: Box<Failure>,
    },
    /// Only who signs can delete it.
    DeletedElsewhere {
        /// Bucket and object key.
        place: String,
    },
    /// No parts lie about.
    NoneUnfinished,
    /// Some do.
    Unfinished(UnfinishedList),
    /// They were deleted.
    Aborted {
        /// How many uploads.
        aborted: usize,
        /// How many this machine's queue goes on with.
        stay: usize,
    },
    /// Only who signs can look.
    UnfinishedElsewhere,
}
