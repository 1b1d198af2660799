//! A profile that a person sets up, and what can be wrong with each of its values.

use super::secret::Secret;
use crate::s3::region::{is_aws_region, is_scope_region};

/// A profile to be written; an empty text is a value that is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProfile {
    /// Its name, `default` among them.
    pub name: String,
    /// How it comes to credentials.
    pub access: NewAccess,
    /// Where it works.
    pub region: String,
    /// A store other than AWS.
    pub endpoint_url: String,
    /// A profile of this name may be there already: its values are replaced.
    pub replace: bool,
}

/// How a new profile comes to credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewAccess {
    /// Access keys.
    Keys {
        /// `AKIA…`; with a session token, `ASIA…`.
        access_key_id: String,
        /// Its secret.
        secret_access_key: Secret,
        /// Of temporary keys.
        session_token: Secret,
    },
    /// A login by IAM Identity Center.
    Sso {
        /// The name of the login, shared by the profiles that use it.
        session: String,
        /// The portal's address.
        start_url: String,
        /// Where the portal is.
        region: String,
        /// Whose buckets.
        account_id: String,
        /// The permission set.
        role_name: String,
    },
    /// A role that another profile takes.
    Role {
        /// Which.
        role_arn: String,
        /// The profile that takes it.
        source_profile: String,
    },
}

/// One value of a [`NewProfile`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProfileField {
    /// [`NewProfile::name`].
    Name,
    /// Of [`NewAccess::Keys`].
    AccessKeyId,
    /// Of [`NewAccess::Keys`].
    SecretAccessKey,
    /// Of [`NewAccess::Keys`].
    SessionToken,
    /// Of [`NewAccess::Sso`].
    SsoStartUrl,
    /// Of [`NewAccess::Sso`].
    SsoRegion,
    /// Of [`NewAccess::Sso`].
    SsoSession,
    /// Of [`NewAccess::Sso`].
    SsoAccountId,
    /// Of [`NewAccess::Sso`].
    SsoRoleName,
    /// Of [`NewAccess::Role`].
    RoleArn,
    /// Of [`NewAccess::Role`].
    SourceProfile,
    /// [`NewProfile::region`].
    Region,
    /// [`NewProfile::endpoint_url`].
    EndpointUrl,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// It is needed.
    Missing,
    /// It would not be read back: white space within, a line break, a comment's sign in front.
    Unwritable,
    /// A name of letters, digits and `_ - / . % @ : +` alone is read by every SDK.
    NotAName,
    /// `https://…`.
    NotHttps,
    /// `https://…` or `http://…`.
    NotAUrl,
    /// Twelve digits.
    NotAnAccount,
    /// `arn:aws:iam::123456789012:role/…`.
    NotARole,
    /// `us-east-1`.
    NotARegion,
}

impl NewProfile {
    /// What is wrong, in the order of the fields; empty where it can be written.
    #[must_use]
    pub fn problems(&self) -> Vec<(ProfileField, FieldProblem)> {
        let mut checks = vec![(ProfileField::Name, name_problem(&self.name))];
        match &self.access {
            NewAccess::Keys {
                access_key_id,
                secret_access_key,
                session_token,
            } => checks.extend([
                (ProfileField::AccessKeyId, needed(access_key_id, value_problem)),
                (
                    ProfileField::SecretAccessKey,
                    needed(secret_access_key.reveal(), value_problem),
                ),
                (
                    ProfileField::SessionToken,
                    optional(session_token.reveal(), value_problem),
                ),
            ]),
            NewAccess::Sso {
                session,
                start_url,
                region,
                account_id,
                role_name,
            } => checks.extend([
                (ProfileField::SsoStartUrl, needed(start_url, https_problem)),
                (ProfileField::SsoRegion, needed(region, region_problem)),
                (ProfileField::SsoAccountId, needed(account_id, account_problem)),
                (ProfileField::SsoRoleName, needed(role_name, value_problem)),
                (ProfileField::SsoSession, name_problem(session)),
            ]),
            NewAccess::Role {
                role_arn,
                source_profile,
            } => checks.extend([
                (ProfileField::RoleArn, needed(role_arn, role_problem)),
                (ProfileField::SourceProfile, needed(source_profile, value_problem)),
            ]),
        }
        let region_problem = if self.endpoint_url.is_empty() {
            region_problem
        } else {
            scope_problem
        };
        checks.extend([
            (ProfileField::Region, optional(&self.region, region_problem)),
            (ProfileField::EndpointUrl, optional(&self.endpoint_url, url_problem)),
        ]);
        let wrong = checks
            .into_iter()
            .filter_map(|(field, problem)| Some((field, problem?)));
        wrong.collect()
    }
}

fn needed(text: &str, check: fn(&str) -> Option<FieldProblem>) -> Option<FieldProblem> {
    if text.is_empty() {
        return Some(FieldProblem::Missing);
    }
    check(text)
}

fn optional(text: &str, check: fn(&str) -> Option<FieldProblem>) -> Option<FieldProblem> {
    if text.is_empty() { None } else { check(text) }
}

/// The AWS SDK for Rust ignores sections whose names hold anything else.
fn name_problem(text: &str) -> Option<FieldProblem> {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_-/.%@:+".contains(letter);
    match text {
        "" => Some(FieldProblem::Missing),
        _ => (!text.chars().all(is_letter)).then_some(FieldProblem::NotAName),
    }
}

/// White space and what follows it may be a comment to one SDK and part of the value to another.
fn value_problem(text: &str) -> Option<FieldProblem> {
    let unwritable =
        text.starts_with(['#', ';']) || text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    unwritable.then_some(FieldProblem::Unwritable)
}

fn https_problem(text: &str) -> Option<FieldProblem> {
    let is_https = url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.has_host());
    value_problem(text).or_else(|| (!is_https).then_some(FieldProblem::NotHttps))
}

fn url_problem(text: &str) -> Option<FieldProblem> {
    let is_web = url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    value_problem(text).or_else(|| (!is_web).then_some(FieldProblem::NotAUrl))
}

fn account_problem(text: &str) -> Option<FieldProblem> {
    (!is_account(text)).then_some(FieldProblem::NotAnAccount)
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit())
}

fn region_problem(text: &str) -> Option<FieldProblem> {
    (!is_aws_region(text)).then_some(FieldProblem::NotARegion)
}

/// Another store's region only stands in signatures.
fn scope_problem(text: &str) -> Option<FieldProblem> {
    (!is_scope_region(text)).then_some(FieldProblem::NotARegion)
}

fn role_problem(text: &str) -> Option<FieldProblem> {
    let mut parts = text.splitn(6, ':');
    let is_role = parts.next() == Some("arn")
        && parts.next().is_some_and(|partition| partition.starts_with("aws"))
        && parts.next() == Some("iam")
        && parts.next() == Some("")
        && parts.next().is_some_and(is_account)
        && parts
            .next()
            .and_then(|role| role.strip_prefix("role/"))
            .is_some_and(|role| !role.is_empty());
    value_problem(text).or_else(|| (!is_role).then_some(FieldProblem::NotARole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str, access_key_id: &str, secret: &str) -> NewProfile {
        NewProfile {
            name: name.to_owned(),
            access: NewAccess::Keys {
                access_key_id: access_key_id.to_owned(),
                secret_access_key: secret.into(),
                session_token: Secret::default(),
            },
            region: String::new(),
            endpoint_url: String::new(),
            replace: false,
        }
    }

    #[test]
    fn what_would_not_be_read_back_is_refused() {
        for name in ["a b", "a]", "[a", "a\nb", " a", "한글", "\"a\"", "a#"] {
            let problems = keys(name, "AKIA", "s").problems();
            assert_eq!(problems, [(ProfileField::Name, FieldProblem::NotAName)], "{name:?}");
        }
        for secret in ["a b", "a\nregion = x", "#a", ";a", "a\r", "a\u{0}"] {
            let problems = keys("work", "AKIA", secret).problems();
            assert_eq!(
                problems,
                [(ProfileField::SecretAccessKey, FieldProblem::Unwritable)],
                "{secret:?}"
            );
        }
        assert_eq!(keys("a.b_1/c@d:e+f%", "minioadmin", "a/b+c=#;").problems(), []);
    }

    #[test]
    fn values_of_a_known_form_are_checked_by_it() {
        for (role, right) in [
            ("arn:aws:iam::123456789012:role/deploy", true),
            ("arn:aws-cn:iam::123456789012:role/path/deploy", true),
            ("arn:aws:iam::123456789012:user/deploy", false),
            ("arn:aws:iam::12345:role/deploy", false),
            ("arn:aws:iam::123456789012:role/", false),
            ("deploy", false),
        ] {
            assert_eq!(role_problem(role).is_none(), right, "{role}");
        }
        assert_eq!(https_problem("https://corp.awsapps.com/start#/"), None);
        assert_eq!(
            https_problem("http://corp.awsapps.com/start"),
            Some(FieldProblem::NotHttps)
        );
        assert_eq!(https_problem("corp.awsapps.com"), Some(FieldProblem::NotHttps));
        assert_eq!(url_problem("http://127.0.0.1:9000"), None);
        assert_eq!(url_problem("127.0.0.1:9000"), Some(FieldProblem::NotAUrl));
        assert_eq!(region_problem("us-east-1"), None);
        assert_eq!(region_problem("US East"), Some(FieldProblem::NotARegion));
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", keys("work", "AKIA", "CANARYsecret"));
        assert!(!shown.contains("CANARY"), "{shown}");
    }
}
