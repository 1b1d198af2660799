//! Where forms come from that are not signed on this machine: a function's URL, a function by its name, or a ticket.

use crate::aws::{AccountOptions, Secret};
use crate::s3::presigned_post::FILE_NAME_VARIABLE;
use crate::s3::{PresignedUpload, VendorReply};

/// A function that hands out forms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LambdaDestination {
    /// Which function, and who may ask it.
    pub target: LambdaTarget,
    /// How a URL is asked; an invocation by name is neither.
    pub method: LambdaMethod,
    /// The request's JSON with `{object_name}`, `{content_type}` and `{size_bytes}` in it; `None`: those three by these names.
    pub body_template: Option<String>,
}

/// Which function.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LambdaTarget {
    /// A function URL, an API Gateway's, or anybody's.
    Url {
        /// HTTPS, or this machine.
        url: String,
        /// What it wants to see.
        auth: LambdaAuth,
    },
    /// A function that a profile may invoke.
    Function {
        /// Its name, or its ARN.
        name: String,
        /// `None`: what `AWS_PROFILE` or the environment says.
        profile: Option<String>,
        /// `None`: the ARN's, else the profile's.
        region: Option<String>,
        /// `None`: AWS, or what the profile says.
        endpoint_url: Option<String>,
    },
}

/// What a URL wants to see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LambdaAuth {
    /// Nothing.
    None,
    /// A request signed by a profile (`AWS_IAM`).
    Iam {
        /// `None`: what `AWS_PROFILE` or the environment says.
        profile: Option<String>,
        /// `None`: the URL's, else the profile's.
        region: Option<String>,
    },
    /// Headers with an API key or a bearer token.
    Headers(Vec<SecretHeader>),
}

/// A header whose value is nobody else's business.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SecretHeader {
    /// `Authorization`, `x-api-key`.
    pub name: String,
    /// Of the command line, for this run alone; `None`: the keychain has it. Never written into a file of ours.
    pub value: Option<Secret>,
}

/// How a URL is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LambdaMethod {
    /// A JSON body.
    #[default]
    Post,
    /// The query string.
    Get,
}

/// A form that somebody has signed already, and what may be told of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ticket {
    /// The form. It is never written down: after a restart it has to be pasted again.
    pub upload: Option<PresignedUpload>,
    /// The link that came with it.
    pub public_url: Option<String>,
    /// Where it goes.
    pub host: String,
    /// The bucket, where the form names it.
    pub bucket: Option<String>,
    /// The object key as the form has it, `${filename}` included.
    pub object_key: Option<String>,
}

impl LambdaDestination {
    /// The session that signs for whoever asks; `None` where nobody does.
    #[must_use]
    pub fn account(&self) -> Option<AccountOptions> {
        match &self.target {
            LambdaTarget::Url {
                auth: LambdaAuth::Iam { profile, region },
                ..
            } => Some(AccountOptions {
                profile: profile.clone(),
                region: region.clone(),
                endpoint_url: None,
            }),
            LambdaTarget::Url { .. } => None,
            LambdaTarget::Function {
                profile,
                region,
                endpoint_url,
                ..
            } => Some(AccountOptions {
                profile: profile.clone(),
                region: region.clone(),
                endpoint_url: endpoint_url.clone(),
            }),
        }
    }

    /// The function as people know it: the URL's host, or the function's name.
    #[must_use]
    pub fn place(&self) -> &str {
        match &self.target {
            LambdaTarget::Url { url, .. } => host_of(url),
            LambdaTarget::Function { name, .. } => name,
        }
    }

    /// The headers that its URL wants to see.
    #[must_use]
    pub fn headers(&self) -> &[SecretHeader] {
        match &self.target {
            LambdaTarget::Url {
                auth: LambdaAuth::Headers(headers),
                ..
            } => headers,
            LambdaTarget::Url { .. } | LambdaTarget::Function { .. } => &[],
        }
    }

    /// Whether a header's value came from the command line.
    pub(super) fn holds_secret(&self) -> bool {
        self.headers().iter().any(|header| header.value.is_some())
    }

    /// What it is remembered by: the URL without its query, or the function's name.
    #[must_use]
    pub fn identity(&self) -> &str {
        match &self.target {
            LambdaTarget::Url { url, .. } => url.split(['?', '#']).next().unwrap_or_default(),
            LambdaTarget::Function { name, .. } => name,
        }
    }
}

impl Ticket {
    /// Of what was pasted.
    #[must_use]
    pub fn of_reply(reply: VendorReply) -> Self {
        let VendorReply { upload, public_url } = reply;
        Self {
            public_url,
            host: upload.host().unwrap_or_default(),
            bucket: upload.bucket(),
            object_key: upload.object_key(FILE_NAME_VARIABLE),
            upload: Some(upload),
        }
    }

    /// The form, where it is here.
    #[must_use]
    pub fn form(&self) -> Option<VendorReply> {
        Some(VendorReply {
            upload: self.upload.clone()?,
            public_url: self.public_url.clone(),
        })
    }

    /// The bucket, or the host where the form does not name it.
    #[must_use]
    pub fn place(&self) -> &str {
        self.bucket.as_deref().unwrap_or(&self.host)
    }
}

/// What stands between the scheme and the path, without a user name and password: it is shown.
fn host_of(url: &str) -> &str {
    let behind_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = behind_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_shows_neither_user_nor_password_of_its_url() {
        for url in [
            "https://forms.example.com/sign?x=1",
            "https://me:hunter2@forms.example.com/sign",
            "https://me:hunt@er2@forms.example.com",
            "me:hunter2@forms.example.com#a@b",
        ] {
            assert_eq!(host_of(url), "forms.example.com", "{url}");
        }
        assert_eq!(host_of("http://127.0.0.1:9000/a@b"), "127.0.0.1:9000");
    }
}
