//! The fields of the dialog "Add a profile…": which, in which order, and what stands below each.

use super::Tone;
use crate::aws::{FieldProblem, ProfileField};
use crate::s3::region::KNOWN_REGIONS;
use crate::ui::model::{Model, ProfileForm, ProfileKind};
use crate::ui::words::{Explained, ProfileWords};

/// A field as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FormField {
    pub(crate) field: ProfileField,
    pub(crate) text: Explained,
    pub(crate) hint: String,
    /// What is wrong or doubtful.
    pub(crate) note: Option<(&'static str, Tone)>,
    pub(crate) is_secret: bool,
    /// What may be chosen instead of typed.
    pub(crate) choices: Vec<String>,
}

/// From the top.
pub(crate) fn profile_fields(form: &ProfileForm, model: &Model) -> Vec<FormField> {
    let problems = form.problems();
    let field = |field: &ProfileField| form_field(*field, form, &problems, model);
    fields(form.kind).iter().map(field).collect()
}

fn fields(kind: ProfileKind) -> &'static [ProfileField] {
    use ProfileField::{
        AccessKeyId, EndpointUrl, Name, Region, RoleArn, SecretAccessKey, SessionToken, SourceProfile, SsoAccountId,
        SsoRegion, SsoRoleName, SsoSession, SsoStartUrl,
    };
    match kind {
        ProfileKind::Keys => &[Name, Region, AccessKeyId, SecretAccessKey, SessionToken, EndpointUrl],
        ProfileKind::Sso => &[
            Name,
            Region,
            SsoStartUrl,
            SsoRegion,
            SsoSession,
            SsoAccountId,
            SsoRoleName,
        ],
        ProfileKind::Role => &[Name, Region, RoleArn, SourceProfile],
    }
}

fn form_field(
    field: ProfileField,
    form: &ProfileForm,
    problems: &[(ProfileField, FieldProblem)],
    model: &Model,
) -> FormField {
    let words = &model.words.profile_dialog;
    let problem = problems.iter().find(|(wrong, _)| *wrong == field);
    let note = match problem {
        Some((_, problem)) => Some(((words.problem)(*problem), Tone::Bad)),
        None => warning(field, form, words).map(|warning| (warning, Tone::Careful)),
    };
    FormField {
        field,
        text: Explained {
            label: (words.label)(field),
            explanation: (words.about)(field),
        },
        hint: hint(field, form, words),
        note,
        is_secret: matches!(field, ProfileField::SecretAccessKey | ProfileField::SessionToken),
        choices: choices(field, model),
    }
}

fn warning(field: ProfileField, form: &ProfileForm, words: &ProfileWords) -> Option<&'static str> {
    match field {
        ProfileField::AccessKeyId => form.access_key_id_is_unusual().then_some(words.unusual_key),
        ProfileField::SessionToken => form.token_is_missing().then_some(words.token_missing),
        _ => None,
    }
}

fn hint(field: ProfileField, form: &ProfileForm, words: &ProfileWords) -> String {
    match field {
        ProfileField::Name => "default".to_owned(),
        ProfileField::AccessKeyId => "AKIA…".to_owned(),
        ProfileField::SecretAccessKey | ProfileField::SourceProfile | ProfileField::SsoRoleName => String::new(),
        ProfileField::SessionToken => words.optional.to_owned(),
        ProfileField::SsoStartUrl => "https://example.awsapps.com/start".to_owned(),
        ProfileField::SsoRegion | ProfileField::Region => "us-east-1".to_owned(),
        ProfileField::SsoSession => form.session(),
        ProfileField::SsoAccountId => "123456789012".to_owned(),
        ProfileField::RoleArn => "arn:aws:iam::123456789012:role/uploads".to_owned(),
        ProfileField::EndpointUrl => "https://s3.example.com".to_owned(),
    }
}

fn choices(field: ProfileField, model: &Model) -> Vec<String> {
    match field {
        ProfileField::Region | ProfileField::SsoRegion => KNOWN_REGIONS.map(str::to_owned).to_vec(),
        ProfileField::SourceProfile => {
            let profiles = model.picker.known_profiles().iter();
            profiles.map(|profile| profile.name.clone()).collect()
        }
        _ => Vec::new(),
    }
}
