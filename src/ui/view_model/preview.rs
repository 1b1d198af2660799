//! What will happen, before it does: the object key, the access, the validity and the type that the next file gets.

use crate::engine::Reason;
use crate::s3::{KeyParts, KeyTemplate};
use crate::store::{Destination, DestinationKind};
use crate::ui::model::Model;
use crate::ui::{format, names};

/// The line below the drop zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Preview {
    /// `{rand}/{name}`.
    pub(crate) template: String,
    /// The key that the example gets, or why there is none.
    pub(crate) object_key: Result<String, String>,
    /// `Public · form good for 1 h · image/png`.
    pub(crate) facts: String,
}

/// `None` while there is no destination.
pub(crate) fn preview(model: &Model, now: jiff::civil::DateTime) -> Option<Preview> {
    let destination = model.picker.destination()?;
    let hovered = model.hover.as_ref().and_then(|hover| hover.names.first().cloned());
    let file_name = hovered.unwrap_or_else(|| model.words.example_name.to_owned());
    let object_key = KeyTemplate::parse(&destination.key_template)
        .map_err(Reason::from)
        .and_then(|template| {
            let parts = KeyParts {
                file_name: &file_name,
                dir: "",
                now,
                random: model.example.random,
                user: &model.example.user,
                host: &model.example.host,
            };
            template.expand(&parts).map_err(Reason::from)
        });
    Some(Preview {
        object_key: object_key
            .map(|key| names::harmless(key.as_str()))
            .map_err(|reason| model.words.reason(&reason).what),
        facts: facts(model, &destination, &file_name),
        template: destination.key_template,
    })
}

fn facts(model: &Model, destination: &Destination, file_name: &str) -> String {
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
    [access, validity, content_type].join(" · ")
}
