//! A function that hands out forms, while it is written: which it is, who may ask it, and how it is asked.

use super::{DestinationForm, set};
use crate::aws::Secret;
use crate::store::{
    Destination, DestinationKind, LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget, SecretHeader,
};

/// Who signs the forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignedBy {
    /// A profile, for a bucket.
    Profile,
    /// A function.
    Function,
    /// Somebody has signed one already.
    Ticket,
    /// The embedded S3 and this program.
    Sandbox,
}

/// How a function is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FoundBy {
    /// By where it answers.
    Url,
    /// By its name or ARN.
    Name,
}

/// What a function's URL wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccessChoice {
    /// Nothing.
    Open,
    /// A profile's signature.
    Iam,
    /// A header.
    Header,
}

/// All that can be typed or chosen of a function; profile and region are those of the form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LambdaFields {
    pub(crate) found_by: FoundBy,
    pub(crate) url: String,
    pub(crate) name: String,
    pub(crate) access: AccessChoice,
    pub(crate) header: String,
    /// As typed; empty where the keychain has it.
    pub(crate) secret: Secret,
    pub(crate) method: LambdaMethod,
    pub(crate) body_template: String,
}

/// A header's value on its way to the keychain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewSecret {
    /// [`LambdaDestination::identity`].
    pub(crate) lambda: String,
    /// The header's name.
    pub(crate) header: String,
    /// Its value.
    pub(crate) value: Secret,
}

impl SignedBy {
    /// Of a destination.
    pub(super) fn of(kind: &DestinationKind) -> Self {
        match kind {
            DestinationKind::Account { .. } => Self::Profile,
            DestinationKind::Lambda(_) => Self::Function,
            DestinationKind::Ticket(_) => Self::Ticket,
            DestinationKind::Sandbox => Self::Sandbox,
        }
    }
}

impl LambdaFields {
    /// The header that most functions want.
    const FIRST_HEADER: &str = "Authorization";

    /// Of a destination that is none: as a new one begins.
    pub(super) fn of(destination: &Destination) -> Self {
        let mut fields = Self {
            found_by: FoundBy::Url,
            url: String::new(),
            name: String::new(),
            access: AccessChoice::Open,
            header: Self::FIRST_HEADER.to_owned(),
            secret: Secret::default(),
            method: LambdaMethod::default(),
            body_template: String::new(),
        };
        let DestinationKind::Lambda(lambda) = &destination.kind else {
            return fields;
        };
        fields.method = lambda.method;
        fields.body_template = lambda.body_template.clone().unwrap_or_default();
        match &lambda.target {
            LambdaTarget::Url { url, auth } => {
                fields.url.clone_from(url);
                fields.take_auth(auth);
            }
            LambdaTarget::Function { name, .. } => {
                fields.found_by = FoundBy::Name;
                fields.name.clone_from(name);
            }
        }
        fields
    }

    fn take_auth(&mut self, auth: &LambdaAuth) {
        match auth {
            LambdaAuth::None => {}
            LambdaAuth::Iam { .. } => self.access = AccessChoice::Iam,
            LambdaAuth::Headers(headers) => {
                self.access = AccessChoice::Header;
                if let Some(first) = headers.first() {
                    self.header.clone_from(&first.name);
                    self.secret = first.value.clone().unwrap_or_default();
                }
            }
        }
    }

    /// Whether a profile asks the function.
    pub(crate) fn goes_by_profile(&self) -> bool {
        self.found_by == FoundBy::Name || self.access == AccessChoice::Iam
    }

    /// Whether a header is sent.
    pub(crate) fn sends_header(&self) -> bool {
        self.found_by == FoundBy::Url && self.access == AccessChoice::Header
    }
}

impl DestinationForm {
    /// What the form says of a function, without the header's value: that goes to the keychain.
    pub(super) fn lambda(&self) -> LambdaDestination {
        let lambda = &self.fields.lambda;
        let (profile, region) = (self.fields.profile.clone(), set(&self.fields.region));
        let target = match lambda.found_by {
            FoundBy::Url => LambdaTarget::Url {
                url: lambda.url.trim().to_owned(),
                auth: match lambda.access {
                    AccessChoice::Open => LambdaAuth::None,
                    AccessChoice::Iam => LambdaAuth::Iam { profile, region },
                    AccessChoice::Header => LambdaAuth::Headers(self.headers(None)),
                },
            },
            FoundBy::Name => LambdaTarget::Function {
                name: lambda.name.trim().to_owned(),
                profile,
                region,
                endpoint_url: self.function_endpoint(),
            },
        };
        LambdaDestination {
            target,
            method: lambda.method,
            body_template: set(&lambda.body_template),
        }
    }

    /// Whether the keychain has the header's value, and keeps it.
    pub(crate) fn keeps_secret(&self) -> bool {
        let lambda = &self.fields.lambda;
        let is_kept =
            |header: &SecretHeader| header.value.is_none() && header.name.eq_ignore_ascii_case(&lambda.header);
        let DestinationKind::Lambda(before) = &self.destination.kind else {
            return false;
        };
        // By the URL's place and the header's name it is found there.
        self.known_headers().iter().any(is_kept)
            && before.identity() == self.lambda().identity()
            && !self.replaces_secret
    }

    /// What the keychain is to take.
    pub(crate) fn new_secrets(&self) -> Vec<NewSecret> {
        if self.signed_by() != SignedBy::Function || !self.shows_place() || !self.fields.lambda.sends_header() {
            return Vec::new();
        }
        let typed = Some(self.fields.lambda.secret.trimmed());
        let typed = typed.filter(|secret| !secret.is_empty() && !self.keeps_secret());
        let identity = self.lambda().identity().to_owned();
        let new = self.headers(typed).into_iter().filter_map(|header| {
            Some(NewSecret {
                lambda: identity.clone(),
                header: header.name,
                value: header.value?,
            })
        });
        new.collect()
    }

    /// The header that the form shows, with this value, and those that it does not: they go through unchanged.
    fn headers(&self, value: Option<Secret>) -> Vec<SecretHeader> {
        let name = self.fields.lambda.header.trim().to_owned();
        let has_value = value.is_some();
        let mut headers = vec![SecretHeader { name, value }];
        let others = self.known_headers().iter().skip(1).cloned();
        headers.extend(others.map(|other| SecretHeader {
            value: other.value.filter(|_| has_value),
            ..other
        }));
        headers
    }

    fn known_headers(&self) -> &[SecretHeader] {
        match &self.destination.kind {
            DestinationKind::Lambda(lambda) => lambda.headers(),
            _ => &[],
        }
    }

    /// Where Lambda itself answers is not shown: it goes through unchanged.
    fn function_endpoint(&self) -> Option<String> {
        match &self.destination.kind {
            DestinationKind::Lambda(LambdaDestination {
                target: LambdaTarget::Function { endpoint_url, .. },
                ..
            }) => endpoint_url.clone(),
            _ => None,
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
