//! The actions that change what made an upload fail.

use crate::engine::failure::{Reason, S3Reason, UploadReason};
use crate::engine::{Code, Failure};
use crate::s3::{Refusal, UploadOptions};
use crate::store::{Destination, DestinationKind, ExistsPolicy};
use crate::ui::words::Words;

/// One way on: the upload again, to `destination`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fix {
    pub(super) label: String,
    pub(super) destination: Destination,
}

/// What can be changed here and now, the likeliest first.
pub(super) fn fixes(
    failure: &Failure,
    sent_to: Option<&Destination>,
    current: Option<&Destination>,
    words: &Words,
) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if let Some(sent_to) = sent_to {
        fixes.extend(match other_region(failure) {
            Some(region) => region_fix(region, sent_to, words).into_iter().collect(),
            None => option_fixes(failure, sent_to, words),
        });
    }
    let elsewhere = current.filter(|current| sent_to.is_none_or(|sent_to| sent_to.kind != current.kind));
    let is_about_the_place =
        is_about_the_place(failure.code) || sent_to.is_some_and(|sent_to| needs_form(failure, sent_to));
    if let (Some(current), true) = (elsewhere, is_about_the_place) {
        fixes.push(Fix {
            label: (words.fix_send_to)(&words.destination_name(&current.name)),
            destination: current.clone(),
        });
    }
    fixes
}

fn option_fixes(failure: &Failure, sent_to: &Destination, words: &Words) -> Vec<Fix> {
    let changed = |label: &str, change: &dyn Fn(&mut Destination)| {
        let mut destination = sent_to.clone();
        change(&mut destination);
        (destination != *sent_to).then(|| Fix {
            label: label.to_owned(),
            destination,
        })
    };
    let replace = |destination: &mut Destination| destination.if_exists = ExistsPolicy::Replace;
    let fixes = match failure.code {
        Code::AclRefused => vec![changed(words.fix_drop_acl, &|destination| {
            destination.options.acl = None;
        })],
        Code::ObjectExists => vec![
            changed(words.fix_keep_both, &|destination| {
                destination.if_exists = ExistsPolicy::Unique;
            }),
            changed(words.fix_replace, &replace),
        ],
        Code::Ticket if is_used_up(failure) => vec![changed(words.fix_replace, &replace)],
        Code::NoRegion => vec![changed(words.fix_forget_region, &forget_region)],
        Code::AccessDenied => vec![
            changed(words.fix_drop_acl, &|destination| {
                destination.options.acl = None;
            }),
            changed(words.destination.fix_without_tags, &|destination| {
                destination.options.tags.clear();
            }),
            changed(words.destination.fix_default_encryption, &|destination| {
                destination.options.server_side_encryption = None;
                destination.options.kms_key_id = None;
            }),
        ],
        Code::BadRequest => vec![changed(words.fix_default_options, &|destination| {
            destination.options = UploadOptions {
                content_type: destination.options.content_type.clone(),
                expires_in: destination.options.expires_in,
                ..UploadOptions::default()
            };
        })],
        _ => Vec::new(),
    };
    fixes.into_iter().flatten().collect()
}

/// The host that a function's form goes to, where nobody has trusted it so far.
pub(super) fn new_host(failure: &Failure) -> Option<&str> {
    match &failure.reason {
        Reason::Upload(UploadReason::HostChanged { host, .. }) => Some(host),
        _ => None,
    }
}

/// Only another form helps an upload that went by one that was pasted.
pub(super) fn needs_form(failure: &Failure, sent_to: &Destination) -> bool {
    let is_ticket = matches!(sent_to.kind, DestinationKind::Ticket(_));
    is_ticket
        && matches!(
            failure.code,
            Code::Ticket
                | Code::FormExpired
                | Code::PolicyRefused
                | Code::TooLarge
                | Code::TooSmall
                | Code::BadRequest
                | Code::AccessDenied
                | Code::CredentialsRefused
        )
}

/// A form for one object key was used for another file.
fn is_used_up(failure: &Failure) -> bool {
    matches!(failure.reason, Reason::Upload(UploadReason::TicketUsed { .. }))
}

/// What is wrong stands in the destination, and can be changed there. Of a form that was pasted nothing can.
pub(super) fn may_be_edited(code: Code, sent_to: &Destination) -> bool {
    if matches!(sent_to.kind, DestinationKind::Ticket(_)) {
        return false;
    }
    is_about_the_place(code)
        || matches!(
            code,
            Code::AclRefused | Code::ObjectExists | Code::PolicyRefused | Code::FormExpired | Code::ProxyRefused
        )
}

/// A permission, the keys or the way there may be at fault: an examination tells which. A form that was pasted is not spent.
pub(super) fn may_be_examined(code: Code, sent_to: &Destination) -> bool {
    !matches!(sent_to.kind, DestinationKind::Ticket(_))
        && matches!(
            code,
            Code::AccessDenied
                | Code::CredentialsRefused
                | Code::NoSuchBucket
                | Code::NoRegion
                | Code::NoConnection
                | Code::NotTrusted
                | Code::ProxyRefused
                | Code::ConnectionBroken
                | Code::ClockWrong
                | Code::LambdaRefused
        )
}

/// The region that S3 names where the bucket is not in the one that was signed for.
fn other_region(failure: &Failure) -> Option<&str> {
    match &failure.reason {
        Reason::S3(S3Reason::OtherRegion { region, .. }) => region.as_deref(),
        _ => None,
    }
}

fn region_fix(region: &str, sent_to: &Destination, words: &Words) -> Option<Fix> {
    let mut destination = sent_to.clone();
    let DestinationKind::Account { region: signed_for, .. } = &mut destination.kind else {
        return None;
    };
    *signed_for = Some(region.to_owned());
    (destination != *sent_to).then(|| Fix {
        label: (words.destination.fix_region)(region),
        destination,
    })
}

fn forget_region(destination: &mut Destination) {
    if let DestinationKind::Account { region, .. } = &mut destination.kind {
        *region = None;
    }
}

/// Another profile, bucket or endpoint may mend it.
fn is_about_the_place(code: Code) -> bool {
    matches!(
        code,
        Code::NoProfile
            | Code::UnknownProfile
            | Code::LoginExpired
            | Code::NoCredentials
            | Code::CredentialsRefused
            | Code::AccessDenied
            | Code::NoSuchBucket
            | Code::NoRegion
            | Code::BadRequest
            | Code::NoConnection
            | Code::NotTrusted
            | Code::LambdaRefused
            | Code::LambdaFailed
            | Code::LambdaAnswer
            | Code::Sandbox
    )
}

/// Whether sending the same file again can come to something else: a file too large stays too large.
pub(super) fn may_help_again(failure: &Failure) -> bool {
    let by_code = matches!(failure.code, Code::TooLarge | Code::TooSmall | Code::NotAFile);
    failure.retryable || !(by_code || needs_other(&failure.reason))
}

/// The form that was pasted does not change by itself, nor does the file's type.
fn needs_other(reason: &Reason) -> bool {
    use UploadReason::{TicketExpired, TicketGone, TicketUsed};
    matches!(
        reason,
        Reason::Form(Refusal::ContentType { .. })
            | Reason::Upload(TicketExpired { .. } | TicketGone | TicketUsed { .. })
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::words::ENGLISH;

    fn failure(code: Code) -> Failure {
        Failure::new(code, UploadReason::Mistake)
    }

    fn account(bucket: &str) -> Destination {
        let kind = DestinationKind::Account {
            profile: Some("work".to_owned()),
            bucket: bucket.to_owned(),
            region: None,
            endpoint_url: None,
        };
        Destination::new(format!("work · {bucket}"), kind)
    }

    #[test]
    fn a_refused_acl_can_be_dropped() {
        let mut sent_to = account("one");
        sent_to.options.acl = Some("public-read".to_owned());
        let fixes = fixes(&failure(Code::AclRefused), Some(&sent_to), Some(&sent_to), &ENGLISH);
        assert_eq!(
            fixes,
            [Fix {
                label: "Drop the ACL".to_owned(),
                destination: account("one")
            }]
        );
    }

    #[test]
    fn a_missing_bucket_offers_the_one_chosen_now() {
        let fixes = fixes(
            &failure(Code::NoSuchBucket),
            Some(&account("gone")),
            Some(&account("here")),
            &ENGLISH,
        );
        assert_eq!(
            fixes,
            [Fix {
                label: "Send to work · here".to_owned(),
                destination: account("here")
            }]
        );
    }

    #[test]
    fn the_region_that_s3_names_can_be_used() {
        let other_region = |region: Option<&str>| {
            let reason = S3Reason::OtherRegion {
                bucket: Some("one".to_owned()),
                region: region.map(str::to_owned),
            };
            Failure::new(Code::BadRequest, reason)
        };
        let sent_to = account("one");
        let mut there = account("one");
        if let DestinationKind::Account { region, .. } = &mut there.kind {
            *region = Some("eu-west-1".to_owned());
        }
        let named = other_region(Some("eu-west-1"));
        assert_eq!(
            fixes(&named, Some(&sent_to), Some(&sent_to), &ENGLISH),
            [Fix {
                label: "Use eu-west-1".to_owned(),
                destination: there.clone()
            }]
        );
        // It was used already.
        assert_eq!(fixes(&named, Some(&there), Some(&there), &ENGLISH), []);
        assert_eq!(fixes(&other_region(None), Some(&sent_to), Some(&sent_to), &ENGLISH), []);
    }

    #[test]
    fn nothing_is_offered_that_changes_nothing() {
        for code in [Code::AclRefused, Code::NoSuchBucket, Code::AccessDenied, Code::NoRegion] {
            assert_eq!(
                fixes(&failure(code), Some(&account("one")), Some(&account("one")), &ENGLISH),
                []
            );
        }
        assert!(!may_help_again(&failure(Code::TooLarge)));
        assert!(may_help_again(&failure(Code::NoConnection)));
    }
}
