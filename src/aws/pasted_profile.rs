//! A profile as consoles, portals and files spell it, so that one paste fills in all of it.
//!
//! Taken: lines of a shell (`export`, `set`, `$Env:`), sections of an AWS file, the console's `.csv`, JSON of the AWS CLI.

use super::new_profile::ProfileField;
use super::secret::Secret;
use serde_json::Value;

/// Its values. Any of them may be a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastedProfile {
    /// In the order in which they stand there.
    pub values: Vec<(ProfileField, Secret)>,
}

impl PastedProfile {
    /// What `text` says; `None` where it says less than two values: then it is one value itself.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}').trim();
        let mut pasted = Self::default();
        match serde_json::from_str::<Value>(text) {
            Ok(json @ (Value::Object(_) | Value::Array(_))) => pasted.take_json(&json),
            _ if !pasted.take_csv(text) => text.lines().for_each(|line| pasted.take_line(line.trim())),
            _ => {}
        }
        let is_profile = pasted
            .values
            .iter()
            .filter(|(field, _)| *field != ProfileField::Name)
            .count()
            >= 2;
        is_profile.then_some(pasted)
    }

    fn take(&mut self, name: &str, value: &str) {
        let value = value.trim().trim_end_matches(';').trim();
        let quoted = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
        let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value);
        if let Some(field) = field_of(name).filter(|_| !value.is_empty()) {
            self.values.retain(|(known, _)| *known != field);
            self.values.push((field, value.into()));
        }
    }

    fn take_json(&mut self, json: &Value) {
        match json {
            Value::Object(members) => members.iter().for_each(|(name, value)| match value {
                Value::String(text) => self.take(name, text),
                other => self.take_json(other),
            }),
            Value::Array(values) => values.iter().for_each(|value| self.take_json(value)),
            _ => {}
        }
    }

    /// A heading of columns and the line below it, or a line of access key id and secret alone.
    fn take_csv(&mut self, text: &str) -> bool {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let (Some(first), second) = (lines.next(), lines.next()) else {
            return false;
        };
        let columns = |line: &'_ str| {
            line.split(',')
                .map(|column| column.trim().to_owned())
                .collect::<Vec<_>>()
        };
        let first = columns(first);
        let is_heading = first
            .iter()
            .any(|name| field_of(name.trim_matches('"')) == Some(ProfileField::AccessKeyId));
        match (is_heading, second, &first[..]) {
            (true, Some(values), _) if first.len() > 1 => {
                let values = columns(values);
                let pairs = first.iter().zip(&values);
                pairs.for_each(|(name, value)| self.take(name.trim_matches('"'), value));
                true
            }
            (false, None, [id, secret]) if id.starts_with("AKIA") && !id.contains('=') => {
                self.take("AccessKeyId", id);
                self.take("SecretAccessKey", secret);
                true
            }
            _ => false,
        }
    }

    fn take_line(&mut self, line: &str) {
        if line.starts_with(['#', ';']) {
            return;
        }
        if let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            self.take_heading(heading.trim());
            return;
        }
        let is_word = |word: &&str| !["export", "set", "&&"].contains(&word.to_ascii_lowercase().as_str());
        let words: Vec<&str> = line.split_whitespace().filter(is_word).collect();
        let are_all_pairs = words.iter().all(|word| word.find('=').is_some_and(|at| at > 0));
        let pairs = if are_all_pairs { words } else { vec![line] };
        for (name, value) in pairs.into_iter().filter_map(|pair| pair.split_once('=')) {
            self.take(name, value);
        }
    }

    fn take_heading(&mut self, heading: &str) {
        let name = heading.split_once(char::is_whitespace);
        let (field, name) = match name {
            None => (ProfileField::Name, heading),
            Some(("profile", name)) => (ProfileField::Name, name),
            Some(("sso-session", name)) => (ProfileField::SsoSession, name),
            Some(_) => return,
        };
        let name = name.trim().trim_matches(['"', '\'']);
        self.values.retain(|(known, _)| *known != field);
        self.values.push((field, name.into()));
    }
}

/// `AWS_ACCESS_KEY_ID`, `$Env:AWS_ACCESS_KEY_ID`, `aws_access_key_id`, `AccessKeyId`, `Access key ID`.
fn field_of(name: &str) -> Option<ProfileField> {
    let name = name.trim().to_ascii_lowercase();
    let name = name
        .strip_prefix("export ")
        .or_else(|| name.strip_prefix("set "))
        .unwrap_or(&name)
        .trim();
    let name: String = name
        .strip_prefix("$env:")
        .unwrap_or(name)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let field = match name.strip_prefix("aws").unwrap_or(&name) {
        "accesskeyid" => ProfileField::AccessKeyId,
        "secretaccesskey" => ProfileField::SecretAccessKey,
        "sessiontoken" | "securitytoken" => ProfileField::SessionToken,
        "region" | "defaultregion" => ProfileField::Region,
        "endpointurl" | "endpointurls3" => ProfileField::EndpointUrl,
        "ssostarturl" => ProfileField::SsoStartUrl,
        "ssoregion" => ProfileField::SsoRegion,
        "ssosession" => ProfileField::SsoSession,
        "ssoaccountid" => ProfileField::SsoAccountId,
        "ssorolename" => ProfileField::SsoRoleName,
        "rolearn" => ProfileField::RoleArn,
        "sourceprofile" => ProfileField::SourceProfile,
        _ => return None,
    };
    Some(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProfileField::{AccessKeyId, Name, Region, SecretAccessKey, SessionToken, SsoSession, SsoStartUrl};

    #[track_caller]
    fn reads(text: &str, expected: &[(ProfileField, &str)]) {
        let read = PastedProfile::read(text).unwrap_or_default();
        let read: Vec<_> = read
            .values
            .iter()
            .map(|(field, value)| (*field, value.reveal()))
            .collect();
        assert_eq!(read, expected, "{text}");
    }

    const KEYS: [(ProfileField, &str); 3] = [
        (AccessKeyId, "ASIAEXAMPLE"),
        (SecretAccessKey, "a/b+c="),
        (SessionToken, "t/o+k=="),
    ];

    #[test]
    fn what_the_access_portal_offers_is_read_for_every_shell() {
        reads(
            "export AWS_ACCESS_KEY_ID=\"ASIAEXAMPLE\"\nexport AWS_SECRET_ACCESS_KEY=\"a/b+c=\"\nexport AWS_SESSION_TOKEN=\"t/o+k==\"\n",
            &KEYS,
        );
        reads(
            "SET AWS_ACCESS_KEY_ID=ASIAEXAMPLE\r\nSET AWS_SECRET_ACCESS_KEY=a/b+c=\r\nSET AWS_SESSION_TOKEN=t/o+k==",
            &KEYS,
        );
        reads(
            "$Env:AWS_ACCESS_KEY_ID=\"ASIAEXAMPLE\"\n$Env:AWS_SECRET_ACCESS_KEY=\"a/b+c=\"\n$Env:AWS_SESSION_TOKEN=\"t/o+k==\"",
            &KEYS,
        );
        reads(
            "export AWS_ACCESS_KEY_ID=ASIAEXAMPLE AWS_SECRET_ACCESS_KEY=a/b+c= AWS_SESSION_TOKEN=t/o+k==",
            &KEYS,
        );
    }

    #[test]
    fn sections_of_the_files_are_read_with_their_names() {
        reads(
            "[123456789012_Admin]\naws_access_key_id = AKIA1\n# note\naws_secret_access_key=s\nregion = us-east-1\noutput = json",
            &[
                (Name, "123456789012_Admin"),
                (AccessKeyId, "AKIA1"),
                (SecretAccessKey, "s"),
                (Region, "us-east-1"),
            ],
        );
        reads(
            "[profile \"work\"]\nsso_session = corp\n[sso-session corp]\nsso_start_url = https://c.awsapps.com/start#/",
            &[
                (Name, "work"),
                (SsoSession, "corp"),
                (SsoStartUrl, "https://c.awsapps.com/start#/"),
            ],
        );
    }

    #[test]
    fn the_consoles_csv_is_read_with_and_without_its_heading() {
        let keys = [(AccessKeyId, "AKIA1"), (SecretAccessKey, "a/b+c")];
        reads("\u{feff}Access key ID,Secret access key\r\nAKIA1,a/b+c\r\n", &keys);
        reads(
            "User name,Password,Access key ID,Secret access key,Console login link\nme,,AKIA1,a/b+c,https://x",
            &keys,
        );
        reads("AKIA1,a/b+c", &keys);
    }

    #[test]
    fn json_of_the_aws_cli_is_read() {
        reads(
            r#"{"Credentials": {"AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "a/b+c=", "SessionToken": "t/o+k==", "Expiration": "2026"}}"#,
            &KEYS,
        );
    }

    #[test]
    fn one_value_is_itself() {
        for text in [
            "",
            "AKIA1",
            "a/b+c=",
            "a=b",
            "key, key",
            "AWS_ACCESS_KEY_ID=AKIA1",
            "[work]",
            "{\"a\": 1}",
        ] {
            assert_eq!(PastedProfile::read(text), None, "{text}");
        }
    }
}
