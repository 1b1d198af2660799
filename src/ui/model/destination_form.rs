//! A destination while it is written: what is typed, whether it has changed, and what it comes to.

mod check;
mod expiry;
mod lambda;
mod lambda_check;
mod service;

pub(crate) use check::FormErrors;
use lambda::LambdaFields;
pub(super) use lambda::NewSecret;
pub(crate) use lambda::{AccessChoice, FoundBy, SignedBy};
pub(crate) use service::Service;

use crate::aws::AccountOptions;
use crate::engine::{BucketList, UploadId};
use crate::s3::UploadOptions;
use crate::store::{CopyFormat, Destination, DestinationKind, ExistsPolicy, LambdaMethod, UploadMethod, WatchedFolder};
use crate::ui::format;
use crate::ui::pasted_text::PastedText;
use crate::ui::words::Words;
use std::path::PathBuf;

/// What the form is for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Purpose {
    /// One more saved destination.
    Add,
    /// The saved destination of this name.
    Edit(String),
    /// The options of what is chosen, which has no name.
    Current,
    /// An upload that failed: it is tried again by what the form says.
    Retry(UploadId),
}

/// How the file's type is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeChoice {
    /// By its name and bytes.
    ByFile,
    /// As typed.
    Fixed,
}

/// Where the keyboard is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The form has just appeared.
    FirstField,
    /// The options are what it was opened for.
    Template,
    /// There is no dialog to choose a folder: it is typed.
    WatchedFolder,
}

/// Everything that can be typed or chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fields {
    pub(crate) name: String,
    pub(crate) signed_by: SignedBy,
    /// Of a bucket.
    pub(crate) service: Service,
    /// Of a bucket, and of a function that a profile asks.
    pub(crate) profile: Option<String>,
    pub(crate) bucket: String,
    pub(crate) endpoint: String,
    /// As the profile.
    pub(crate) region: String,
    pub(crate) lambda: LambdaFields,
    pub(crate) key_template: String,
    pub(crate) type_choice: TypeChoice,
    pub(crate) content_type: String,
    pub(crate) acl: Option<String>,
    pub(crate) storage_class: Option<String>,
    pub(crate) encryption: Option<String>,
    pub(crate) kms_key_id: String,
    pub(crate) cache_control: String,
    pub(crate) disposition: Option<String>,
    pub(crate) metadata: Vec<(String, String)>,
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) expires_in: String,
    pub(crate) public_base: String,
    pub(crate) if_exists: ExistsPolicy,
    pub(crate) method: UploadMethod,
    pub(crate) copy: CopyFormat,
    /// The folder to watch; empty: none.
    pub(crate) watch: String,
}

/// The dialog of a destination.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, not a state of one machine"
)]
#[derive(Clone, Debug)]
pub(crate) struct DestinationForm {
    pub(crate) purpose: Purpose,
    pub(crate) fields: Fields,
    /// The options are folded out.
    pub(crate) options_open: bool,
    /// It was to be closed with changes in it, and asks.
    pub(crate) asks_to_discard: bool,
    /// It was to be saved: from now on empty fields are told, too.
    pub(crate) tried: bool,
    /// Buckets of the form's own session, where they were asked for.
    pub(crate) buckets: Option<BucketList>,
    pub(crate) buckets_loading: bool,
    /// A header's value that the keychain has is to be replaced.
    pub(crate) replaces_secret: bool,
    /// What is typed for it is not hidden.
    pub(crate) shows_secret: bool,
    /// Where the keyboard goes next.
    pub(crate) wants_focus: Option<Wanted>,
    began_as: Fields,
    /// What is not shown goes through unchanged.
    destination: Destination,
}

impl DestinationForm {
    /// Filled with what `destination` says.
    pub(crate) fn new(purpose: Purpose, destination: Destination, words: &Words) -> Self {
        let fields = Fields::of(&destination, words);
        Self {
            options_open: matches!(purpose, Purpose::Current | Purpose::Retry(_)),
            purpose,
            began_as: fields.clone(),
            fields,
            asks_to_discard: false,
            tried: false,
            buckets: None,
            buckets_loading: false,
            replaces_secret: false,
            shows_secret: false,
            wants_focus: Some(Wanted::FirstField),
            destination,
        }
    }

    /// Whether something would be lost by closing.
    pub(crate) fn has_changed(&self) -> bool {
        self.fields != self.began_as
    }

    /// Whether it is asked where files go: of the sandbox and of a ticket that is known, and what is chosen has been chosen.
    pub(crate) fn shows_place(&self) -> bool {
        let may_change = matches!(self.signed_by(), SignedBy::Profile | SignedBy::Function);
        may_change && self.purpose != Purpose::Current
    }

    /// Who signs the forms.
    pub(crate) fn signed_by(&self) -> SignedBy {
        self.fields.signed_by
    }

    /// How the function is asked: an invocation knows one way alone.
    pub(crate) fn method(&self) -> LambdaMethod {
        match self.fields.lambda.found_by {
            FoundBy::Url => self.fields.lambda.method,
            FoundBy::Name => LambdaMethod::Post,
        }
    }

    /// Whether it gets a name.
    pub(crate) fn shows_name(&self) -> bool {
        matches!(self.purpose, Purpose::Add | Purpose::Edit(_))
    }

    /// Whether it can watch a folder: what has no name is forgotten when something else is chosen, and a ticket is used up.
    pub(crate) fn shows_watch(&self) -> bool {
        self.shows_name() && self.signed_by() != SignedBy::Ticket
    }

    /// The folder that is to be watched, where one is named.
    pub(crate) fn watched_folder(&self) -> Option<PathBuf> {
        match PastedText::of(&self.fields.watch) {
            PastedText::Paths(paths) => paths.into_iter().next(),
            PastedText::Nothing | PastedText::Link | PastedText::Other => None,
        }
    }

    /// The watch goes on where its folder is the same, and begins with another.
    fn watch(&self) -> Option<WatchedFolder> {
        let folder = self.watched_folder().filter(|_| self.shows_watch())?;
        let before = self.destination.watch.clone();
        Some(
            before
                .filter(|before| before.folder == folder)
                .unwrap_or_else(|| WatchedFolder::new(folder)),
        )
    }

    /// The name that it has until it is saved under another.
    pub(crate) fn saved_name(&self) -> Option<&str> {
        match &self.purpose {
            Purpose::Edit(name) => Some(name),
            Purpose::Add | Purpose::Current | Purpose::Retry(_) => None,
        }
    }

    /// The session that the form's profile, endpoint and region make.
    pub(crate) fn account(&self) -> AccountOptions {
        AccountOptions {
            profile: self.fields.profile.clone(),
            region: set(&self.fields.region),
            endpoint_url: self.fields.endpoint_url(),
        }
    }

    /// Another service: its sample stands in for an endpoint that nobody typed.
    pub(crate) fn choose_service(&mut self, service: Service) {
        let fields = &mut self.fields;
        let is_sample = |text: &str, sample: fn(Service) -> &'static str| {
            text.is_empty() || Service::ALL.into_iter().any(|service| sample(service) == text)
        };
        if is_sample(&fields.endpoint, Service::sample_endpoint) {
            service.sample_endpoint().clone_into(&mut fields.endpoint);
        }
        if is_sample(&fields.region, Service::sample_region) {
            service.sample_region().clone_into(&mut fields.region);
        }
        fields.service = service;
    }

    /// The buckets came: whether they are this form's.
    pub(crate) fn buckets_came(&mut self, list: &BucketList) {
        if self.buckets_loading && list.account == self.account() {
            self.buckets = Some(list.clone());
            self.buckets_loading = false;
        }
    }

    /// What the form says, as far as it can be understood; [`Self::errors`] tells what cannot.
    pub(crate) fn destination(&self, words: &Words) -> Destination {
        let fields = &self.fields;
        let mut destination = self.destination.clone();
        if self.shows_name() {
            fields.name.trim().clone_into(&mut destination.name);
        }
        if self.shows_place() {
            destination.kind = match fields.signed_by {
                SignedBy::Function => DestinationKind::Lambda(self.lambda()),
                _ => DestinationKind::Account {
                    profile: fields.profile.clone(),
                    bucket: fields.bucket.trim().to_owned(),
                    region: set(&fields.region),
                    endpoint_url: fields.endpoint_url(),
                },
            };
        }
        destination.key_template.clone_from(&fields.key_template);
        destination.public_base = set(&fields.public_base);
        destination.if_exists = fields.if_exists;
        destination.method = fields.method;
        destination.copy.clone_from(&fields.copy);
        destination.watch = self.watch();
        let options = &mut destination.options;
        options.content_type = set(&fields.content_type).filter(|_| fields.type_choice == TypeChoice::Fixed);
        options.acl.clone_from(&fields.acl);
        options.storage_class.clone_from(&fields.storage_class);
        options.server_side_encryption.clone_from(&fields.encryption);
        options.kms_key_id = set(&fields.kms_key_id).filter(|_| fields.uses_kms());
        options.cache_control = set(&fields.cache_control);
        options.content_disposition.clone_from(&fields.disposition);
        options.metadata = pairs(&fields.metadata);
        options.tags = pairs(&fields.tags);
        if let Some(expires_in) = expiry::read(&fields.expires_in, words) {
            options.expires_in = expires_in;
        }
        if matches!(fields.signed_by, SignedBy::Function | SignedBy::Ticket) {
            // The rest is its owner's to decide.
            destination.method = UploadMethod::Auto;
            *options = UploadOptions {
                content_type: options.content_type.take(),
                ..UploadOptions::default()
            };
        }
        destination
    }
}

impl Fields {
    fn of(destination: &Destination, words: &Words) -> Self {
        let text = |option: &Option<String>| option.clone().unwrap_or_default();
        let options = &destination.options;
        let (profile, bucket, region, endpoint) = match &destination.kind {
            DestinationKind::Account {
                profile,
                bucket,
                region,
                endpoint_url,
            } => (profile.clone(), bucket.clone(), text(region), text(endpoint_url)),
            DestinationKind::Lambda(lambda) => {
                let account = lambda.account().unwrap_or_default();
                (account.profile, String::new(), text(&account.region), String::new())
            }
            DestinationKind::Ticket(_) | DestinationKind::Sandbox => {
                (None, String::new(), String::new(), String::new())
            }
        };
        Self {
            name: destination.name.clone(),
            signed_by: SignedBy::of(&destination.kind),
            service: Service::of_endpoint(&endpoint),
            profile,
            bucket,
            endpoint,
            region,
            lambda: LambdaFields::of(destination),
            key_template: destination.key_template.clone(),
            type_choice: if options.content_type.is_some() {
                TypeChoice::Fixed
            } else {
                TypeChoice::ByFile
            },
            content_type: text(&options.content_type),
            acl: options.acl.clone(),
            storage_class: options.storage_class.clone(),
            encryption: encryption_of(options),
            kms_key_id: text(&options.kms_key_id),
            cache_control: text(&options.cache_control),
            disposition: options.content_disposition.clone(),
            metadata: options.metadata.clone(),
            tags: options.tags.clone(),
            expires_in: format::validity(options.expires_in, words),
            public_base: text(&destination.public_base),
            if_exists: destination.if_exists,
            method: destination.method,
            copy: destination.copy.clone(),
            watch: destination
                .watch
                .as_ref()
                .map(|watch| watch.folder.to_string_lossy().into_owned())
                .unwrap_or_default(),
        }
    }

    /// Whether a key of KMS is asked for.
    pub(crate) fn uses_kms(&self) -> bool {
        self.encryption.as_deref().is_some_and(|by| by.starts_with("aws:kms"))
    }

    fn endpoint_url(&self) -> Option<String> {
        set(&self.endpoint).filter(|_| self.service != Service::Aws)
    }
}

/// A key of KMS alone means encryption by KMS.
fn encryption_of(options: &UploadOptions) -> Option<String> {
    let by_key = options.kms_key_id.as_ref().map(|_| "aws:kms".to_owned());
    options.server_side_encryption.clone().or(by_key)
}

/// Without what surrounds it; nothing where nothing is typed.
fn set(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Without the lines that are empty.
fn pairs(typed: &[(String, String)]) -> Vec<(String, String)> {
    let trimmed = typed
        .iter()
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    trimmed
        .filter(|(name, value)| !name.is_empty() || !value.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
