//! What will happen, before it does: the object key, the access, the validity and the type that the next file gets.

use super::handed::{handed_facts, ticket_key, ticket_template};
use crate::engine::Reason;
use crate::s3::{BucketAddress, KeyParts, KeyTemplate, ObjectKey, public_url};
use crate::store::{Destination, DestinationKind, ExistsPolicy, UploadMethod};
use crate::ui::model::{ExampleFile, Model};
use crate::ui::{format, names};

/// The line below the drop zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Preview {
    /// `{rand}/{name}`; empty where the key does not go by the file.
    pub(crate) template: String,
    /// The key that the example gets, or why there is none.
    pub(crate) object_key: Result<String, String>,
    /// `Public · form valid for 1 h · image/png`.
    pub(crate) facts: String,
}

/// What a destination that is written comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormPreview {
    /// The key that the example gets; `None` where the template is wrong.
    pub(crate) object_key: Option<String>,
    /// Its link; `None` where the bucket or its region is not known.
    pub(crate) url: Option<String>,
}

/// `None` while there is no destination.
pub(crate) fn preview(model: &Model, now: jiff::civil::DateTime) -> Option<Preview> {
    let destination = model.picker.destination()?;
    let file = example_file(model);
    let (template, object_key) = if let DestinationKind::Ticket(ticket) = &destination.kind {
        (ticket_template(ticket), ticket_key(ticket, &file.name))
    } else {
        let object_key = object_key(model, &destination.key_template, &file, now);
        (destination.key_template.clone(), object_key)
    };
    Some(Preview {
        object_key: object_key
            .map(|key| names::harmless(key.as_str()))
            .map_err(|reason| model.words.reason(&reason).what),
        facts: facts(model, &destination, &file.name),
        template,
    })
}

/// Of a destination that is not right yet, what can be said.
pub(crate) fn form_preview(model: &Model, destination: &Destination, now: jiff::civil::DateTime) -> FormPreview {
    let object_key = object_key(model, &destination.key_template, &example_file(model), now).ok();
    let url = object_key.as_ref().and_then(|object_key| {
        let address = address(model, &destination.kind)?;
        Some(public_url(
            &address.object_url(object_key),
            destination.public_base.as_deref(),
            object_key,
        ))
    });
    FormPreview {
        object_key: object_key.map(|key| names::harmless(key.as_str())),
        url: url.map(|url| names::harmless(&url)),
    }
}

/// What hovers, or came in last, or stands for it.
fn example_file(model: &Model) -> ExampleFile {
    let given_itself = |name: &str| ExampleFile {
        name: name.to_owned(),
        dir: String::new(),
    };
    let hovered = model.hover.as_ref().and_then(|hover| hover.names.first());
    let hovered = hovered.map(|name| given_itself(name));
    let last = || model.example.file.clone();
    hovered
        .or_else(last)
        .unwrap_or_else(|| given_itself(model.words.example_name))
}

fn object_key(
    model: &Model,
    template: &str,
    file: &ExampleFile,
    now: jiff::civil::DateTime,
) -> Result<ObjectKey, Reason> {
    let parts = KeyParts {
        file_name: &file.name,
        dir: &file.dir,
        now,
        random: model.example.random,
        user: &model.example.user,
        host: &model.example.host,
    };
    let template = KeyTemplate::parse(template)?;
    Ok(template.expand(&parts)?)
}

/// Where the bucket answers, as far as it is known without asking.
fn address(model: &Model, kind: &DestinationKind) -> Option<BucketAddress> {
    let DestinationKind::Account {
        profile,
        bucket,
        region,
        endpoint_url,
    } = kind
    else {
        return None;
    };
    let of_bucket = || model.settings.bucket_regions.get(bucket).cloned();
    let of_profile = || model.picker.region_of(profile.as_deref()).map(str::to_owned);
    // Of other stores than AWS the region is no part of a link.
    let any = || endpoint_url.as_ref().map(|_| "us-east-1".to_owned());
    let region = region.clone().or_else(of_bucket).or_else(of_profile).or_else(any)?;
    BucketAddress::new(bucket, region, endpoint_url.as_deref()).ok()
}

fn facts(model: &Model, destination: &Destination, file_name: &str) -> String {
    if let Some(facts) = handed_facts(model, destination) {
        return facts;
    }
    let words = model.words;
    let options = &destination.options;
    let access = match (&destination.kind, options.acl.as_deref()) {
        (DestinationKind::Sandbox, _) => words.access_sandbox.to_owned(),
        (_, None) => words.access_by_bucket.to_owned(),
        (_, Some("public-read" | "public-read-write")) => words.access_public.to_owned(),
        (_, Some(acl)) => (words.access_acl)(acl),
    };
    let validity = (words.form_good_for)(&format::validity(options.expires_in, words));
    let by_name = || mime_guess::from_path(file_name).first_or_octet_stream().to_string();
    let content_type = options.content_type.clone().unwrap_or_else(by_name);
    let mut facts = vec![access];
    // No form is valid for long where each part is signed in its turn.
    facts.extend(Some(validity).filter(|_| destination.method != UploadMethod::Parts));
    facts.push(content_type);
    facts.extend(options.storage_class.clone());
    let encryption = options.server_side_encryption.as_deref();
    facts.extend(encryption.map(|by| (words.destination.encrypted_by)(by)));
    match destination.if_exists {
        ExistsPolicy::Replace => facts.push(words.destination.replaces.to_owned()),
        ExistsPolicy::Fail => facts.push(words.destination.fails_if_exists.to_owned()),
        ExistsPolicy::Ask => facts.push(words.destination.asks_if_exists.to_owned()),
        ExistsPolicy::Unique => {}
    }
    match destination.method {
        UploadMethod::Auto => {}
        UploadMethod::Post => facts.push(words.destination.goes_by_form.to_owned()),
        UploadMethod::Parts => facts.push(words.destination.goes_in_parts.to_owned()),
        UploadMethod::Put => facts.push(words.destination.goes_by_put.to_owned()),
    }
    facts.join(" · ")
}
