//! The settings without their names.

use crate::store::{CopyFormat, Destination, DestinationKind, Settings};

/// `theme System, language Korean, 125%, jobs as many as help, copies, notifies; found out: 2 regions, …`
pub(super) fn choices(settings: &Settings) -> String {
    let jobs = settings
        .jobs
        .map_or("as many as help".to_owned(), |jobs| jobs.to_string());
    let newer = if settings.not_all_known {
        "; written by a newer version"
    } else {
        ""
    };
    format!(
        "theme {:?}, language {:?}, {}%, jobs {jobs}, copies when done {}, notifies {}; found out: {} regions, {} hosts of \
         functions, {} stores without forms{newer}",
        settings.theme,
        settings.language,
        settings.zoom_percent,
        settings.copy_when_done,
        settings.notify,
        settings.bucket_regions.len(),
        settings.lambda_hosts.len(),
        settings.stores_without_forms.len(),
    )
}

/// The one that was used last, then the saved ones.
pub(super) fn destinations(settings: &Settings) -> Vec<String> {
    let last = settings
        .last_destination
        .iter()
        .map(|last| format!("last: {}", of(last)));
    last.chain(
        settings
            .destinations
            .iter()
            .map(|saved| format!("saved: {}", of(saved))),
    )
    .collect()
}

fn of(destination: &Destination) -> String {
    let kind = match &destination.kind {
        DestinationKind::Account {
            profile,
            region,
            endpoint_url,
            ..
        } => format!(
            "account by {}, {}, {}",
            if profile.is_some() {
                "a profile"
            } else {
                "the environment"
            },
            if endpoint_url.is_some() {
                "an endpoint of its own"
            } else {
                "AWS"
            },
            region.as_deref().unwrap_or("region found out"),
        ),
        DestinationKind::Lambda(_) => "function".to_owned(),
        DestinationKind::Ticket(_) => "ticket".to_owned(),
        DestinationKind::Sandbox => "sandbox".to_owned(),
    };
    let options = &destination.options;
    let set = [
        ("content type", options.content_type.is_some()),
        ("ACL", options.acl.is_some()),
        ("storage class", options.storage_class.is_some()),
        ("encryption", options.server_side_encryption.is_some()),
        ("KMS key", options.kms_key_id.is_some()),
        ("cache control", options.cache_control.is_some()),
        ("disposition", options.content_disposition.is_some()),
        ("metadata", !options.metadata.is_empty()),
        ("tags", !options.tags.is_empty()),
        ("public base", destination.public_base.is_some()),
    ];
    let set: Vec<&str> = set
        .iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(name, _)| *name)
        .collect();
    let set = if set.is_empty() {
        "no options".to_owned()
    } else {
        set.join(", ")
    };
    let copy = match destination.copy {
        CopyFormat::Url => "URL",
        CopyFormat::Markdown => "Markdown",
        CopyFormat::Html => "HTML",
        CopyFormat::Template(_) => "a template",
    };
    format!(
        "{kind}; method {:?}, if it exists {:?}, key {}, copies {copy}; {set}",
        destination.method,
        destination.if_exists,
        key_words(&destination.key_template),
    )
}

/// `{rand}…{name}`: the words of a key template, without what was written between them.
fn key_words(template: &str) -> String {
    let mut words = String::new();
    let mut left = template;
    while let Some((before, from)) = left.find('{').and_then(|at| left.split_at_checked(at)) {
        words.push_str(if matches!(before, "" | "/" | ".") {
            before
        } else {
            "…"
        });
        let end = from.find('}').map_or(from.len(), |end| end + 1);
        let (word, after) = from.split_at_checked(end).unwrap_or((from, ""));
        words.push_str(word);
        left = after;
    }
    words.push_str(if left.is_empty() { "" } else { "…" });
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_template_is_told_without_its_names() {
        assert_eq!(key_words("{rand}/{name}"), "{rand}/{name}");
        assert_eq!(key_words("secret-project/{date}/{stem}.{ext}"), "…{date}/{stem}.{ext}");
        assert_eq!(key_words("literal"), "…");
    }
}
