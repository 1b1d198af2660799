//! What is wrong with a form, field by field, by the same rules that uploads go by.

use super::{DestinationForm, Service, SignedBy, TypeChoice, expiry, pairs};
use crate::s3::upload_options::OptionsError;
use crate::s3::{
    AddressError, BucketAddress, KeyParts, KeyTemplate, KeyTemplateError, ObjectKeyError, UploadOptions,
    check_public_base,
};
use crate::store::{CopyFormat, Destination, UploadMethod};
use crate::ui::copy_text;
use crate::ui::words::{DestinationWords, Words};

/// Stands in for what another field says, while one is looked at.
const A_BUCKET: &str = "bucket";
const A_REGION: &str = "us-east-1";
const AN_ENDPOINT: &str = "https://s3.example.com";

/// A sentence for each field that is wrong, saying what to change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FormErrors {
    pub(crate) name: Option<String>,
    pub(crate) bucket: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) function: Option<String>,
    pub(crate) header: Option<String>,
    pub(crate) secret: Option<String>,
    pub(crate) body_template: Option<String>,
    pub(crate) key_template: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) kms_key_id: Option<String>,
    pub(crate) cache_control: Option<String>,
    pub(crate) metadata: Option<String>,
    pub(crate) tags: Option<String>,
    pub(crate) expires_in: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) public_base: Option<String>,
    pub(crate) copy: Option<String>,
    pub(crate) watch: Option<String>,
}

impl FormErrors {
    /// Whether it can be saved.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether one of them is among the options, which may be folded.
    pub(crate) fn is_in_options(&self) -> bool {
        let place = Self {
            name: self.name.clone(),
            bucket: self.bucket.clone(),
            endpoint: self.endpoint.clone(),
            region: self.region.clone(),
            url: self.url.clone(),
            function: self.function.clone(),
            header: self.header.clone(),
            secret: self.secret.clone(),
            watch: self.watch.clone(),
            ..Self::default()
        };
        *self != place
    }
}

impl DestinationForm {
    /// What is wrong; `saved` are the destinations there are, whose names are taken.
    pub(crate) fn errors(&self, saved: &[Destination], words: &Words) -> FormErrors {
        let (texts, fields) = (&words.destination, &self.fields);
        let mut errors = FormErrors {
            key_template: template_error(&fields.key_template, texts),
            public_base: check_public_base(&fields.public_base)
                .err()
                .map(|_error| texts.wrong_base.to_owned()),
            ..FormErrors::default()
        };
        if fields.type_choice == TypeChoice::Fixed {
            errors.content_type = type_error(fields.content_type.trim(), texts);
        }
        if let CopyFormat::Template(template) = &fields.copy {
            let error = copy_text::check_template(template).err();
            errors.copy = error.map(|error| (words.copying.wrong_template)(&error));
        }
        if self.shows_name() {
            errors.name = self.name_error(saved, texts);
        }
        if self.shows_watch() {
            errors.watch = self.watch_error(saved, words);
        }
        match fields.signed_by {
            SignedBy::Profile | SignedBy::Sandbox => self.check_signed_options(&mut errors, words),
            SignedBy::Function | SignedBy::Ticket => {}
        }
        match fields.signed_by {
            SignedBy::Function if self.shows_place() => self.check_lambda(&mut errors, words),
            SignedBy::Profile if self.shows_place() => self.check_place(&mut errors, texts),
            _ => {}
        }
        errors
    }

    /// What appears in a folder has one link: where two destinations watch it, nobody knows which.
    fn watch_error(&self, saved: &[Destination], words: &Words) -> Option<String> {
        let Some(folder) = self.watched_folder() else {
            let is_empty = self.fields.watch.trim().is_empty();
            return (!is_empty).then(|| words.watching.no_path.to_owned());
        };
        let watches_it = |other: &&Destination| other.watch.as_ref().is_some_and(|watch| watch.folder == folder);
        let others = saved
            .iter()
            .filter(|other| Some(other.name.as_str()) != self.saved_name());
        let other = others.clone().find(watches_it)?;
        Some((words.watching.taken)(&crate::ui::names::harmless(&other.name)))
    }

    /// What only a form that is signed here can hold.
    fn check_signed_options(&self, errors: &mut FormErrors, words: &Words) {
        let (texts, fields) = (&words.destination, &self.fields);
        let metadata = UploadOptions {
            metadata: pairs(&fields.metadata),
            ..UploadOptions::default()
        };
        errors.metadata = options_error(&metadata, texts);
        let tags = UploadOptions {
            tags: pairs(&fields.tags),
            ..UploadOptions::default()
        };
        errors.tags = options_error(&tags, texts);
        errors.cache_control = text_error(&fields.cache_control, texts);
        errors.expires_in = self.expiry_error(words);
        let no_forms = fields.endpoint_url().as_deref().and_then(Service::without_forms);
        let no_forms = no_forms.filter(|_| fields.method == UploadMethod::Post);
        errors.method = no_forms.map(texts.takes_no_forms);
        if fields.uses_kms() {
            errors.kms_key_id = text_error(&fields.kms_key_id, texts);
        }
    }

    /// The same without what is only not filled in yet: nobody is told off before having typed.
    pub(crate) fn errors_to_show(&self, saved: &[Destination], words: &Words) -> FormErrors {
        let mut errors = self.errors(saved, words);
        if !self.tried {
            for (error, text) in [
                (&mut errors.name, &self.fields.name),
                (&mut errors.bucket, &self.fields.bucket),
                (&mut errors.endpoint, &self.fields.endpoint),
                (&mut errors.content_type, &self.fields.content_type),
                (&mut errors.url, &self.fields.lambda.url),
                (&mut errors.function, &self.fields.lambda.name),
                (&mut errors.header, &self.fields.lambda.header),
            ] {
                if text.trim().is_empty() {
                    *error = None;
                }
            }
            if self.fields.lambda.secret.trimmed().is_empty() {
                errors.secret = None;
            }
        }
        errors
    }

    fn name_error(&self, saved: &[Destination], texts: &DestinationWords) -> Option<String> {
        let name = self.fields.name.trim();
        if name.is_empty() {
            return Some(texts.no_name.to_owned());
        }
        if name.chars().any(char::is_control) {
            return Some(texts.control_character.to_owned());
        }
        let is_another = |destination: &&Destination| Some(destination.name.as_str()) != self.saved_name();
        let is_taken = saved.iter().filter(is_another).any(|other| other.name == name);
        is_taken.then(|| (texts.name_taken)(name))
    }

    fn check_place(&self, errors: &mut FormErrors, texts: &DestinationWords) {
        let fields = &self.fields;
        let endpoint = fields.endpoint.trim();
        let on_aws = fields.service == Service::Aws;
        let any_endpoint = (!on_aws).then_some(AN_ENDPOINT);
        if !on_aws {
            let address = BucketAddress::new(A_BUCKET, A_REGION, Some(endpoint));
            errors.endpoint = address.err().map(|error| address_sentence(&error, texts));
        }
        self.check_region(errors, texts);
        let bucket = fields.bucket.trim();
        errors.bucket = if bucket.is_empty() {
            Some(texts.no_bucket.to_owned())
        } else {
            let address = BucketAddress::new(bucket, A_REGION, any_endpoint);
            address.err().map(|error| address_sentence(&error, texts))
        };
    }

    pub(super) fn check_region(&self, errors: &mut FormErrors, texts: &DestinationWords) {
        let fields = &self.fields;
        let region = fields.region.trim();
        if !region.is_empty() {
            let elsewhere = fields.signed_by == SignedBy::Profile && fields.service != Service::Aws;
            let address = BucketAddress::new(A_BUCKET, region, elsewhere.then_some(AN_ENDPOINT));
            errors.region = address.err().map(|error| address_sentence(&error, texts));
        }
    }

    fn expiry_error(&self, words: &Words) -> Option<String> {
        let wrong = || words.destination.wrong_expiry.to_owned();
        let Some(expires_in) = expiry::read(&self.fields.expires_in, words) else {
            return Some(wrong());
        };
        let options = UploadOptions {
            expires_in,
            ..UploadOptions::default()
        };
        options_error(&options, &words.destination)
    }
}

fn address_sentence(error: &AddressError, texts: &DestinationWords) -> String {
    match error {
        AddressError::BucketName { .. } => texts.bucket_name,
        AddressError::DirectoryBucket { .. } => texts.directory_bucket,
        AddressError::Region { .. } => texts.wrong_region,
        AddressError::EndpointUrl => texts.wrong_endpoint,
        AddressError::EndpointExtras => texts.endpoint_extras,
        AddressError::PlainHttp => texts.plain_http,
    }
    .to_owned()
}

/// What an option alone is refused for.
fn options_error(options: &UploadOptions, texts: &DestinationWords) -> Option<String> {
    let error = options.fields_and_conditions("").err()?;
    Some(match error {
        OptionsError::ControlCharacter { .. } => texts.control_character.to_owned(),
        OptionsError::NotForHeaders { .. } => texts.not_for_headers.to_owned(),
        OptionsError::MetadataTooLarge { bytes } => (texts.metadata_too_large)(bytes),
        OptionsError::MetadataName { name } => (texts.metadata_name)(&name),
        OptionsError::MetadataTwice { name } => (texts.metadata_twice)(&name),
        OptionsError::ExpiresIn => texts.wrong_expiry.to_owned(),
        OptionsError::Tags => texts.wrong_tags.to_owned(),
    })
}

/// A header's value, which any one stands for.
fn text_error(text: &str, texts: &DestinationWords) -> Option<String> {
    let options = UploadOptions {
        cache_control: Some(text.to_owned()),
        ..UploadOptions::default()
    };
    options_error(&options, texts)
}

fn type_error(text: &str, texts: &DestinationWords) -> Option<String> {
    let is_type = text
        .split_once('/')
        .is_some_and(|(main, sub)| !main.is_empty() && !sub.is_empty() && !main.contains(char::is_whitespace));
    if is_type {
        text_error(text, texts)
    } else {
        Some(texts.wrong_type.to_owned())
    }
}

/// Where a template is wrong by itself, or makes no key of a plain name.
fn template_error(text: &str, texts: &DestinationWords) -> Option<String> {
    let template = match KeyTemplate::parse(text) {
        Ok(template) => template,
        Err(error) => return Some(template_sentence(text, &error, texts)),
    };
    let parts = KeyParts {
        file_name: "a.txt",
        dir: "",
        now: jiff::civil::date(2026, 1, 2).at(3, 4, 5, 0),
        random: [7; 16],
        user: "user",
        host: "host",
    };
    template.expand(&parts).err().map(|error| key_sentence(&error, texts))
}

/// Why a template cannot be read.
fn template_sentence(text: &str, error: &KeyTemplateError, texts: &DestinationWords) -> String {
    match error {
        KeyTemplateError::UnknownWord { word } => (texts.unknown_word)(word),
        KeyTemplateError::LoneBrace { at } => {
            let rest: String = text.get(*at..).unwrap_or_default().chars().take(8).collect();
            (texts.lone_brace)(&rest)
        }
        KeyTemplateError::Empty => texts.no_template.to_owned(),
    }
}

/// Why what a template comes to is no object key.
fn key_sentence(error: &ObjectKeyError, texts: &DestinationWords) -> String {
    match error {
        ObjectKeyError::Empty => texts.no_key.to_owned(),
        ObjectKeyError::TooLong { bytes } => (texts.key_too_long)(*bytes),
        ObjectKeyError::DoubleDollar => texts.key_dollars.to_owned(),
        ObjectKeyError::ControlCharacter => texts.key_control.to_owned(),
        ObjectKeyError::DotSegment => texts.key_dots.to_owned(),
    }
}
