//! The dialog "Add a profile…": what is typed, what is wrong with it, and where its adding stands.

use super::{Dialog, Message, Model};
use crate::aws::{FieldProblem, NewAccess, NewProfile, PastedProfile, ProfileField, Secret};
use crate::engine::{Code, Command, Failure};
use crate::ui::action::Effect;
use std::collections::BTreeMap;

/// What the dialog asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ProfileAction {
    /// Open it.
    Open,
    /// Another way to credentials.
    SetKind(ProfileKind),
    /// Show what is typed into the fields of secrets.
    ShowSecrets(bool),
    /// A value was chosen from a list.
    Set(ProfileField, String),
    /// A whole profile was pasted.
    Fill(PastedProfile),
    /// Write it.
    Add,
    /// Write it in the place of the one of that name.
    Replace,
    /// Go back to the fields.
    Back,
}

/// How the new profile comes to credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum ProfileKind {
    /// Access keys.
    #[default]
    Keys,
    /// A login by IAM Identity Center.
    Sso,
    /// A role that another profile takes.
    Role,
}

impl ProfileKind {
    /// In the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Keys, Self::Sso, Self::Role];
}

/// Where the adding stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Adding {
    /// Not begun.
    #[default]
    Typing,
    /// There is one of that name: asking whether to replace it.
    Asking,
    /// On its way to the files.
    Writing,
    /// It could not be written.
    Failed(Failure),
}

/// All that is typed. Secrets are overwritten in memory when the dialog closes.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProfileForm {
    pub(crate) kind: ProfileKind,
    pub(crate) shows_secrets: bool,
    pub(crate) adding: Adding,
    /// "Add" was pressed: what is missing is told.
    pub(crate) tried: bool,
    /// The dialog has just opened: the keyboard goes to its first field.
    pub(crate) wants_focus: bool,
    texts: BTreeMap<ProfileField, Secret>,
}

impl ProfileForm {
    /// What is typed into a field.
    pub(crate) fn text(&self, field: ProfileField) -> &str {
        self.texts.get(&field).map_or("", Secret::reveal)
    }

    /// A field's text, to be typed into.
    pub(crate) fn typed(&mut self, field: ProfileField) -> &mut String {
        self.texts.entry(field).or_default().typed()
    }

    fn value(&self, field: ProfileField) -> String {
        self.text(field).trim().to_owned()
    }

    /// The profile's name: `default` where none is typed, as with `aws configure`.
    pub(crate) fn name(&self) -> String {
        Some(self.value(ProfileField::Name))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "default".to_owned())
    }

    /// The SSO session's name: the portal's where none is typed.
    pub(crate) fn session(&self) -> String {
        let typed = self.value(ProfileField::SsoSession);
        if !typed.is_empty() {
            return typed;
        }
        let start_url = self.text(ProfileField::SsoStartUrl).trim();
        let host = start_url.strip_prefix("https://").unwrap_or_default();
        host.split(['.', '/', ':']).next().unwrap_or_default().to_owned()
    }

    /// The profile as it would be written.
    pub(crate) fn profile(&self, replace: bool) -> NewProfile {
        let secret = |field| Secret::from(self.text(field).trim());
        let access = match self.kind {
            ProfileKind::Keys => NewAccess::Keys {
                access_key_id: self.value(ProfileField::AccessKeyId),
                secret_access_key: secret(ProfileField::SecretAccessKey),
                session_token: secret(ProfileField::SessionToken),
            },
            ProfileKind::Sso => NewAccess::Sso {
                session: self.session(),
                start_url: self.value(ProfileField::SsoStartUrl),
                region: self.value(ProfileField::SsoRegion),
                // As the console spells it: 1234-5678-9012.
                account_id: self.value(ProfileField::SsoAccountId).replace('-', ""),
                role_name: self.value(ProfileField::SsoRoleName),
            },
            ProfileKind::Role => NewAccess::Role {
                role_arn: self.value(ProfileField::RoleArn),
                source_profile: self.value(ProfileField::SourceProfile),
            },
        };
        NewProfile {
            name: self.name(),
            access,
            region: self.value(ProfileField::Region),
            endpoint_url: self.value(ProfileField::EndpointUrl),
            replace,
        }
    }

    /// What is wrong, by field; what is not typed yet is not wrong before "Add" is pressed.
    pub(crate) fn problems(&self) -> Vec<(ProfileField, FieldProblem)> {
        let mut problems = self.profile(false).problems();
        if !self.tried {
            problems.retain(|(_, problem)| *problem != FieldProblem::Missing);
        }
        problems
    }

    /// Keys of another look than AWS gives out are no mistake (other stores have their own), but worth a second look.
    pub(crate) fn access_key_id_is_unusual(&self) -> bool {
        let id = self.text(ProfileField::AccessKeyId).trim();
        let is_usual = (id.starts_with("AKIA") || id.starts_with("ASIA"))
            && (16..=128).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        !id.is_empty() && !is_usual && self.value(ProfileField::EndpointUrl).is_empty()
    }

    /// Temporary keys open nothing without their token.
    pub(crate) fn token_is_missing(&self) -> bool {
        let is_temporary = self.text(ProfileField::AccessKeyId).trim().starts_with("ASIA");
        is_temporary && self.value(ProfileField::SessionToken).is_empty()
    }

    fn fill(&mut self, pasted: PastedProfile) {
        let has = |field| pasted.values.iter().any(|(known, _)| *known == field);
        if has(ProfileField::AccessKeyId) {
            self.kind = ProfileKind::Keys;
            // The token of other keys would be mixed with these.
            self.texts.remove(&ProfileField::SessionToken);
        } else if has(ProfileField::RoleArn) {
            self.kind = ProfileKind::Role;
        } else if has(ProfileField::SsoStartUrl) || has(ProfileField::SsoSession) {
            self.kind = ProfileKind::Sso;
        }
        for (field, value) in pasted.values {
            // A name that the person has typed is meant.
            if field != ProfileField::Name || self.text(field).is_empty() {
                self.texts.insert(field, value);
            }
        }
    }
}

impl Model {
    /// The form, while its dialog is open.
    fn profile_form(&mut self) -> Option<&mut ProfileForm> {
        match &mut self.dialog {
            Some(Dialog::Profile(form)) => Some(form),
            _ => None,
        }
    }

    /// Carries out what the dialog asks for.
    pub(super) fn act_on_profile(&mut self, action: ProfileAction, now: f64) -> Vec<Effect> {
        if action == ProfileAction::Open {
            let form = ProfileForm {
                wants_focus: true,
                ..ProfileForm::default()
            };
            self.dialog = Some(Dialog::Profile(Box::new(form)));
            return Vec::new();
        }
        let profiles = self.picker.known_profiles().iter();
        let names: Vec<String> = profiles.map(|profile| profile.name.clone()).collect();
        let Some(form) = self.profile_form().filter(|form| form.adding != Adding::Writing) else {
            return Vec::new();
        };
        match action {
            ProfileAction::Open => {}
            ProfileAction::SetKind(kind) => {
                (form.kind, form.tried, form.adding) = (kind, false, Adding::Typing);
            }
            ProfileAction::ShowSecrets(shows) => form.shows_secrets = shows,
            ProfileAction::Set(field, value) => *form.typed(field) = value,
            ProfileAction::Back => form.adding = Adding::Typing,
            ProfileAction::Fill(pasted) => {
                form.fill(pasted);
                self.toast(Message::ProfileFilled, true, now);
            }
            ProfileAction::Add => {
                form.tried = true;
                if !form.problems().is_empty() {
                    form.adding = Adding::Typing;
                } else if names.contains(&form.name()) {
                    form.adding = Adding::Asking;
                } else {
                    return self.write_profile(false);
                }
            }
            ProfileAction::Replace => return self.write_profile(true),
        }
        Vec::new()
    }

    fn write_profile(&mut self, replace: bool) -> Vec<Effect> {
        let Some(form) = self.profile_form() else {
            return Vec::new();
        };
        form.adding = Adding::Writing;
        vec![Effect::send(Command::AddProfile(Box::new(form.profile(replace))))]
    }

    /// A profile was written, or could not be: then nothing that was typed is lost.
    pub(super) fn profile_added(&mut self, name: String, written: Result<(), Failure>, now: f64) -> Vec<Effect> {
        match (written, self.profile_form()) {
            (Ok(()), form) => {
                if form.is_some() {
                    self.dialog = None;
                }
                self.toast(Message::ProfileAdded(name.clone()), true, now);
                let mut effects = vec![Effect::send(Command::ListProfiles)];
                let picked = self.picker.pick_profile(Some(name));
                effects.extend(self.destination_changed(picked));
                effects
            }
            (Err(failure), Some(form)) => {
                form.adding = if failure.code == Code::ProfileExists {
                    Adding::Asking
                } else {
                    Adding::Failed(failure)
                };
                Vec::new()
            }
            (Err(failure), None) => {
                self.trouble(failure);
                Vec::new()
            }
        }
    }

    /// Text from the clipboard, pasted beside the fields; false where no profile is being added.
    pub(super) fn pasted_into_profile(&mut self, text: &str, now: f64) -> bool {
        if self.profile_form().is_none() {
            return false;
        }
        match PastedProfile::read(text) {
            Some(pasted) => {
                self.act_on_profile(ProfileAction::Fill(pasted), now);
            }
            None => self.toast(Message::NoProfilePasted, false, now),
        }
        true
    }
}
