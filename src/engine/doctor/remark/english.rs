//! What a checkup finds, in English: what the command line prints, whatever the language of the window.

use super::{Named, Place, Remark, Sent, Signed};
use crate::engine::{Text, UnfinishedList, UnfinishedUpload};
use std::time::Duration;

/// Unfinished uploads that are named on a line.
const NAMED: usize = 5;
const MIB: u64 = 1024 * 1024;

impl Remark {
    /// One sentence, and what to change.
    #[must_use]
    pub fn english(&self) -> Text {
        match self {
            Self::Destination { name, place } => said(format!("{name:?}: {}", place.english())),
            Self::Environment {
                proxies,
                ca_bundle,
                others,
                keys,
            } => said(environment(proxies, ca_bundle.as_deref(), others, keys)),
            Self::KeysElsewhere => said("forms are signed elsewhere: no keys are needed here"),
            Self::Keys {
                access_key_id,
                profile,
                until,
            } => keys(access_key_id, profile.as_deref(), *until),
            Self::Identity { account_id, arn } => said(format!("{arn}, account {account_id}")),
            Self::NoIdentity => said("only AWS says who signs (STS), and this store is another"),
            Self::Listed {
                buckets,
                bucket,
                is_among,
            } => listed(*buckets, bucket, *is_among),
            Self::NothingToList => said("the sandbox has one bucket"),
            Self::MayNotList => Text::new(
                "this profile may not list buckets, which uploads do not need",
                "To choose from a list instead of typing the name, ask for s3:ListAllMyBuckets on *",
            ),
            Self::Region {
                region,
                url,
                is_named,
                takes_no_forms,
            } => {
                let how = if *is_named { "as it was named" } else { "found out" };
                said(format!(
                    "{region}, {how}; the bucket answers at {url}{}",
                    forms(*takes_no_forms)
                ))
            }
            Self::RegionUnsaid {
                region,
                url,
                takes_no_forms,
            } => said(format!(
                "the store names no region, {region} is signed for; the bucket answers at {url}{}",
                forms(*takes_no_forms)
            )),
            Self::OtherRegion { region, url, named, by } => other_region(region, url, named, *by),
            Self::ClockAgrees { seconds: 0 } => said("this machine's clock agrees with the store's"),
            Self::ClockAgrees { seconds } => said(format!(
                "this machine's clock agrees with the store's to within {seconds} s"
            )),
            Self::ClockDiffers { ahead_secs } => clock(*ahead_secs),
            Self::ClockUnknown => said("the store does not tell its time"),
            Self::Signed { signed, elsewhere } => said(signed.english(*elsewhere)),
            Self::SignedEach => said("each request of a parts upload is signed in its headers"),
            Self::HostTrusted { function, host } => said(format!(
                "forms from {function} go to {host}, and from now on to no other"
            )),
            Self::NotSpent {
                minutes_left: Some(minutes),
            } => said(format!(
                "this form is not spent on a trial; it is valid for {minutes} min more"
            )),
            Self::NotSpent { minutes_left: None } => said("this form is not spent on a trial"),
            Self::Sent {
                size_bytes,
                way,
                took,
                attempts,
            } => sent(*size_bytes, *way, *took, *attempts),
            Self::Proven(proof) => said(format!("what is stored is what was sent, by {}", proof.name())),
            Self::NotProven { object } => Text::new(
                "the store names neither a checksum nor the size: nothing could be compared",
                format!("Ask for s3:GetObject on {object}, so that at least the size can be seen"),
            ),
            Self::Public { url } => said(format!("opens for anybody: {url}")),
            Self::Private { url } => Text::new(
                format!("is private: {url}"),
                "Where links are to open for anybody, ask for a bucket policy that allows s3:GetObject to all",
            ),
            Self::AccessUnknown { url } => Text::new(format!("could not be looked at: {url}"), "Open it in a browser"),
            Self::Deleted { place } => said(format!("{place} is gone again")),
            Self::VersionRemains { place } => Text::new(
                format!("the bucket keeps versions: one of {place} stays behind its delete marker"),
                "A lifecycle rule can expire old versions",
            ),
            Self::Stays { place, why } => {
                let Text { what, hint } = why.english();
                Text::new(format!("{what}: {place} stays"), hint)
            }
            Self::DeletedElsewhere { place } => said(format!("only who signs for it can delete it: {place} stays")),
            Self::NoneUnfinished => said("no parts lie about"),
            Self::Unfinished(list) => Text::new(
                unfinished(list),
                "--abort-unfinished deletes their parts, which cost money; another machine may still be sending them",
            ),
            Self::Aborted { aborted: number, stay } => aborted(*number, *stay),
            Self::UnfinishedElsewhere => said("only who signs for the bucket can look"),
        }
    }
}

impl Place {
    fn english(&self) -> String {
        let (bucket, profile, endpoint_url, region) = match self {
            Self::Function(function) => return format!("forms of {function}"),
            Self::Ticket(host) => return format!("a form that was signed already, for {host}"),
            Self::Sandbox => return "the embedded S3 of this machine".to_owned(),
            Self::Account {
                bucket,
                profile,
                endpoint_url,
                region,
            } => (bucket, profile, endpoint_url, region),
        };
        let profile = match profile {
            Some(profile) => format!("profile {profile:?}"),
            None => "the environment's keys or profile".to_owned(),
        };
        let at = endpoint_url.as_deref().unwrap_or("AWS, or what the profile says");
        let region = match region {
            Some(region) => format!("region {region}"),
            None => "region found out".to_owned(),
        };
        format!("bucket {bucket}, {profile}, {at}, {region}")
    }
}

impl Signed {
    fn english(&self, elsewhere: bool) -> String {
        let by = if elsewhere { "the function signs" } else { "signed" };
        let (what, names, expires_in) = match self {
            Self::Form { fields, expires_in } => ("a form, by its fields", fields, expires_in),
            Self::Put { headers, expires_in } => ("a PUT, by its headers", headers, expires_in),
        };
        let names = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(" ")
        };
        let good_for = expires_in.map(|left| format!("; good for {} min", left.as_secs().div_ceil(60)));
        format!("{by} {what}: {names}{}", good_for.unwrap_or_default())
    }
}

fn said(what: impl Into<String>) -> Text {
    Text::new(what, "")
}

fn keys(access_key_id: &str, profile: Option<&str>, until: Option<jiff::Timestamp>) -> Text {
    let profile = profile.map(|profile| format!(" of profile {profile:?}"));
    let until = until.map(|at| format!(", until {}", minute(at)));
    let (profile, until) = (profile.unwrap_or_default(), until.unwrap_or_default());
    said(format!("{access_key_id}{profile}{until}"))
}

fn environment(proxies: &[String], ca_bundle: Option<&str>, others: &[String], keys: &[String]) -> String {
    let mut told = Vec::new();
    if proxies.is_empty() {
        told.push("no proxy".to_owned());
    }
    told.extend(proxies.iter().cloned());
    told.push(match ca_bundle {
        Some(path) => format!("the system's certificates and AWS_CA_BUNDLE={path}"),
        None => "the system's certificates".to_owned(),
    });
    told.extend(others.iter().cloned());
    told.extend(keys.iter().map(|name| format!("{name} is set")));
    told.join(", ")
}

fn listed(buckets: usize, bucket: &str, is_among: bool) -> Text {
    let count = match buckets {
        1 => "1 bucket".to_owned(),
        many => format!("{many} buckets"),
    };
    if is_among {
        return said(format!("{count}, and {bucket} is one of them"));
    }
    said(format!(
        "{count}; {bucket} is none of them: it is another account's, or there is none of this name"
    ))
}

fn forms(takes_none: bool) -> &'static str {
    if takes_none { ", and takes no forms" } else { "" }
}

fn other_region(region: &str, url: &str, named: &str, by: Named) -> Text {
    match by {
        Named::Destination => Text::new(
            format!("the bucket is in {region} and not in {named}; it answers at {url}"),
            format!("Set the destination's region to {region}, or to none: it is found out"),
        ),
        Named::Profile => said(format!(
            "{region}, found out, for this bucket is not in the profile's {named}; it answers at {url}"
        )),
    }
}

fn clock(ahead_secs: i64) -> Text {
    let (seconds, way) = (
        ahead_secs.unsigned_abs(),
        if ahead_secs > 0 { "behind" } else { "ahead of" },
    );
    Text::new(
        format!("this machine's clock is {seconds} s {way} the store's; signatures go by the store's"),
        "Set the clock: other programs are refused from 15 minutes on",
    )
}

fn sent(size_bytes: u64, way: Option<Sent>, took: Duration, attempts: u32) -> Text {
    let way = match way {
        None => "as its signer says",
        Some(Sent::Post) => "by POST",
        Some(Sent::Put) => "by PUT",
        Some(Sent::PutForNoForms) => "by PUT, for this store takes no forms (POST)",
        Some(Sent::Parts) => "in parts",
    };
    let attempts = match attempts {
        1 => String::new(),
        attempts => format!(", {attempts} attempts"),
    };
    said(format!(
        "{size_bytes} bytes {way} in {:.1} s{attempts}",
        took.as_secs_f64()
    ))
}

/// `2026-11-26 10:00`, where this machine is.
fn minute(at: jiff::Timestamp) -> String {
    let at = at.to_zoned_datetime(jiff::tz::TimeZone::system());
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// `2 unfinished uploads: a/b.iso (started 2026-11-26 10:00, 1200 MiB), c.iso (started …)`
fn unfinished(list: &UnfinishedList) -> String {
    let one = |upload: &UnfinishedUpload| {
        let started = upload.started.map(|at| format!("started {}", minute(at)));
        let size = upload.size_bytes.map(|bytes| format!("{} MiB", bytes.div_ceil(MIB)));
        let ours = upload
            .is_resumable
            .then(|| "this machine's queue can go on with it".to_owned());
        let facts: Vec<String> = [started, size, ours].into_iter().flatten().collect();
        format!("{} ({})", upload.object_key, facts.join(", "))
    };
    let mut named: Vec<String> = list.uploads.iter().take(NAMED).map(one).collect();
    let more = list.uploads.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    let at_least = if list.is_cut { "more than " } else { "" };
    format!("{at_least}{}: {}", counted(list.uploads.len()), named.join(", "))
}

fn aborted(number: usize, stay: usize) -> Text {
    let stay = match stay {
        0 => String::new(),
        1 => "; one stays, which this machine's queue can go on with".to_owned(),
        stay => format!("; {stay} stay, which this machine's queue can go on with"),
    };
    said(format!("parts deleted of {}{stay}", counted(number)))
}

fn counted(number: usize) -> String {
    match number {
        1 => "1 unfinished upload".to_owned(),
        number => format!("{number} unfinished uploads"),
    }
}
