//! Functions and tickets as the settings file and the queue write them. No secret is among it: a header's value lives in the
//! keychain, and a ticket's form in memory alone.

use super::{LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget, SecretHeader, Ticket};
use serde::de::Error as _;
use serde::{Deserialize, Serialize};

/// A function. Without `function` it is a URL.
#[derive(Serialize, Deserialize)]
pub(super) struct LambdaFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    function: Option<String>,
    #[serde(default)]
    auth: AuthFile,
    /// Names alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    headers: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endpoint_url: Option<String>,
    #[serde(default)]
    method: MethodFile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body_template: Option<String>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AuthFile {
    #[default]
    None,
    Iam,
    Headers,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MethodFile {
    #[default]
    Post,
    Get,
}

/// A ticket without its form.
#[derive(Serialize, Deserialize)]
pub(super) struct TicketFile {
    host: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bucket: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    object_key: Option<String>,
}

impl LambdaFile {
    /// Into what the program works with.
    pub(super) fn read(self) -> serde_json::Result<LambdaDestination> {
        let target = match (self.function, self.url) {
            (Some(name), _) => LambdaTarget::Function {
                name,
                profile: self.profile,
                region: self.region,
                endpoint_url: self.endpoint_url,
            },
            (None, Some(url)) => LambdaTarget::Url {
                url,
                auth: match self.auth {
                    AuthFile::None => LambdaAuth::None,
                    AuthFile::Iam => LambdaAuth::Iam {
                        profile: self.profile,
                        region: self.region,
                    },
                    AuthFile::Headers => {
                        let header = |name| SecretHeader { name, value: None };
                        LambdaAuth::Headers(self.headers.into_iter().map(header).collect())
                    }
                },
            },
            (None, None) => return Err(serde_json::Error::missing_field("url")),
        };
        Ok(LambdaDestination {
            target,
            method: match self.method {
                MethodFile::Post => LambdaMethod::Post,
                MethodFile::Get => LambdaMethod::Get,
            },
            body_template: self.body_template,
        })
    }
}

impl From<&LambdaDestination> for LambdaFile {
    fn from(lambda: &LambdaDestination) -> Self {
        let mut file = Self {
            url: None,
            function: None,
            auth: AuthFile::None,
            headers: Vec::new(),
            profile: None,
            region: None,
            endpoint_url: None,
            method: match lambda.method {
                LambdaMethod::Post => MethodFile::Post,
                LambdaMethod::Get => MethodFile::Get,
            },
            body_template: lambda.body_template.clone(),
        };
        match &lambda.target {
            LambdaTarget::Url { url, auth } => {
                file.url = Some(url.clone());
                match auth {
                    LambdaAuth::None => {}
                    LambdaAuth::Iam { profile, region } => {
                        file.auth = AuthFile::Iam;
                        file.profile.clone_from(profile);
                        file.region.clone_from(region);
                    }
                    LambdaAuth::Headers(headers) => {
                        file.auth = AuthFile::Headers;
                        file.headers = headers.iter().map(|header| header.name.clone()).collect();
                    }
                }
            }
            LambdaTarget::Function {
                name,
                profile,
                region,
                endpoint_url,
            } => {
                file.function = Some(name.clone());
                file.profile.clone_from(profile);
                file.region.clone_from(region);
                file.endpoint_url.clone_from(endpoint_url);
            }
        }
        file
    }
}

impl TicketFile {
    /// Into what the program works with; the form is not there.
    pub(super) fn read(self) -> Ticket {
        Ticket {
            upload: None,
            public_url: None,
            host: self.host,
            bucket: self.bucket,
            object_key: self.object_key,
        }
    }
}

impl From<&Ticket> for TicketFile {
    fn from(ticket: &Ticket) -> Self {
        Self {
            host: ticket.host.clone(),
            bucket: ticket.bucket.clone(),
            object_key: ticket.object_key.clone(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use crate::aws::Secret;
    use crate::s3::{PresignedPost, PresignedUpload};
    use crate::store::destination_file::{from_json, to_json};
    use crate::store::{
        Destination, DestinationKind, LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget, SecretHeader, Ticket,
    };

    fn written(kind: DestinationKind) -> (String, DestinationKind) {
        let text = to_json(&Destination::new("d", kind)).unwrap();
        let kind = from_json(&text).unwrap().kind;
        (text, kind)
    }

    fn lambda(target: LambdaTarget) -> DestinationKind {
        DestinationKind::Lambda(LambdaDestination {
            target,
            method: LambdaMethod::Get,
            body_template: Some("{}".to_owned()),
        })
    }

    #[test]
    fn every_kind_of_function_is_read_as_it_was_written() {
        let url = |auth| LambdaTarget::Url {
            url: "https://a.example/".to_owned(),
            auth,
        };
        let some = |text: &str| Some(text.to_owned());
        for target in [
            url(LambdaAuth::None),
            url(LambdaAuth::Iam {
                profile: some("work"),
                region: some("eu-west-1"),
            }),
            url(LambdaAuth::Headers(vec![SecretHeader {
                name: "x-api-key".to_owned(),
                value: None,
            }])),
            LambdaTarget::Function {
                name: "presign".to_owned(),
                profile: some("work"),
                region: None,
                endpoint_url: some("http://127.0.0.1:1"),
            },
        ] {
            let kind = lambda(target);
            assert_eq!(written(kind.clone()).1, kind);
        }
    }

    #[test]
    fn no_secret_of_a_function_and_no_form_of_a_ticket_is_written() {
        let header = SecretHeader {
            name: "Authorization".to_owned(),
            value: Some(Secret::from("CANARY")),
        };
        let (text, kind) = written(lambda(LambdaTarget::Url {
            url: "https://a.example/".to_owned(),
            auth: LambdaAuth::Headers(vec![header]),
        }));
        assert!(!text.contains("CANARY"), "{text}");
        assert!(!format!("{kind:?}").contains("CANARY"));

        let post = PresignedPost {
            url: "https://b.s3.amazonaws.com/".to_owned(),
            fields: vec![("policy".to_owned(), "CANARY".to_owned())],
        };
        let ticket = Ticket {
            upload: Some(PresignedUpload::Post(post)),
            public_url: Some("https://cdn.example/CANARY".to_owned()),
            host: "b.s3.amazonaws.com".to_owned(),
            bucket: Some("b".to_owned()),
            object_key: Some("in/${filename}".to_owned()),
        };
        let (text, kind) = written(DestinationKind::Ticket(ticket.clone()));
        assert!(!text.contains("CANARY"), "{text}");
        let kept = Ticket {
            upload: None,
            public_url: None,
            ..ticket
        };
        assert_eq!(kind, DestinationKind::Ticket(kept));
    }
}
