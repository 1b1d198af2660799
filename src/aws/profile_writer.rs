//! Writes a profile into `~/.aws/credentials` and `~/.aws/config`, as `aws configure` does.
//!
//! Both files are made ready beside the old ones and then put in their places, so that a full disk leaves no half of a
//! profile; a file that another program changes meanwhile is read again. Keys are stored nowhere else.

mod staged_file;

use super::ini_edit::{IniText, Section};
use super::new_profile::{FieldProblem, NewAccess, NewProfile, ProfileField};
use super::profile_files::ProfileFiles;
use staged_file::{Mode, OpenFile, Staged};
use std::path::PathBuf;

/// How often a file that changes under our hands is read again.
const ATTEMPTS: u32 = 5;

/// Keys of the other ways to credentials: readers would take them before the new ones, or find both and refuse.
const OF_ROLES: [&str; 4] = [
    "role_arn",
    "source_profile",
    "credential_source",
    "web_identity_token_file",
];
const OF_SSO: [&str; 5] = [
    "sso_session",
    "sso_start_url",
    "sso_region",
    "sso_account_id",
    "sso_role_name",
];
const OF_PROGRAMS: [&str; 2] = ["credential_process", "login_session"];

/// Why a profile was not written.
#[derive(Debug, thiserror::Error)]
pub enum ProfileWriteError {
    /// A value that would not be read back.
    #[error("{field:?} cannot be written: {problem:?}")]
    Refused {
        /// Which.
        field: ProfileField,
        /// Why.
        problem: FieldProblem,
    },
    /// There is one of this name, and it was not said that it is to be replaced.
    #[error("there is a profile named {name:?}")]
    Exists {
        /// Its name.
        name: String,
    },
    /// There is an SSO session of this name with another address: other profiles may use it.
    #[error("there is an SSO session named {name:?} with another address or region")]
    SessionExists {
        /// Its name.
        name: String,
    },
    /// Neither the environment nor a home folder says where the files are.
    #[error("there is no home folder")]
    NoHome,
    /// It holds bytes that are no text.
    #[error("{} is not UTF-8 text", path.display())]
    NotText {
        /// Which.
        path: PathBuf,
    },
    /// Another program writes it all the time.
    #[error("{} keeps changing", path.display())]
    Changing {
        /// Which.
        path: PathBuf,
    },
    /// Reading or writing.
    #[error("{} could not be written", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Writes `profile` into `files`.
///
/// # Errors
/// See [`ProfileWriteError`]; nothing has been written then.
pub fn write_profile(profile: &NewProfile, files: &ProfileFiles) -> Result<(), ProfileWriteError> {
    if let Some((field, problem)) = profile.problems().into_iter().next() {
        return Err(ProfileWriteError::Refused { field, problem });
    }
    for _ in 1..ATTEMPTS {
        match write_once(profile, files) {
            Err(ProfileWriteError::Changing { .. }) => {}
            written => return written,
        }
    }
    write_once(profile, files)
}

fn write_once(profile: &NewProfile, files: &ProfileFiles) -> Result<(), ProfileWriteError> {
    let mut config = OpenFile::read(&files.config)?;
    let mut credentials = OpenFile::read(&files.credentials)?;
    let exists =
        config.text.has(Section::Profile(&profile.name)) || credentials.text.has(Section::Credentials(&profile.name));
    if exists && !profile.replace {
        return Err(ProfileWriteError::Exists {
            name: profile.name.clone(),
        });
    }
    let staged = if config.path == credentials.path {
        // Two variables may name one file: both parts of the profile go into it, one after the other.
        change(profile, &mut config.text, &mut IniText::new(""))?;
        change(profile, &mut IniText::new(""), &mut config.text)?;
        [config.stage(Mode::Private)?, None]
    } else {
        change(profile, &mut config.text, &mut credentials.text)?;
        unshadow(profile, &mut credentials.text);
        [config.stage(Mode::AsItWas)?, credentials.stage(Mode::Private)?]
    };
    let staged: Vec<Staged> = staged.into_iter().flatten().collect();
    for file in &staged {
        file.check_unchanged()?;
    }
    staged.into_iter().try_for_each(Staged::put_in_place)
}

/// The order of keys is that of `aws configure` and `aws configure sso`.
fn change(profile: &NewProfile, config: &mut IniText, credentials: &mut IniText) -> Result<(), ProfileWriteError> {
    let section = Section::Profile(&profile.name);
    let keys = Section::Credentials(&profile.name);
    let shared = [
        ("region", profile.region.as_str()),
        ("endpoint_url", profile.endpoint_url.as_str()),
    ];
    match &profile.access {
        NewAccess::Keys {
            access_key_id,
            secret_access_key,
            session_token,
        } => {
            for others in [&OF_ROLES[..], &OF_SSO, &OF_PROGRAMS] {
                config.remove(section, others);
                credentials.remove(keys, others);
            }
            // Keys in the other file, and the token of the keys before: they would be mixed with the new ones.
            config.remove(
                section,
                &["aws_access_key_id", "aws_secret_access_key", "aws_session_token"],
            );
            credentials.remove(
                keys,
                if session_token.is_empty() {
                    &["aws_session_token"]
                } else {
                    &[]
                },
            );
            credentials.set(
                keys,
                &[
                    ("aws_access_key_id", access_key_id),
                    ("aws_secret_access_key", secret_access_key.reveal()),
                    ("aws_session_token", session_token.reveal()),
                ],
            );
            config.set(section, &shared);
        }
        NewAccess::Sso {
            session,
            start_url,
            region,
            account_id,
            role_name,
        } => {
            let address = [("sso_start_url", start_url.as_str()), ("sso_region", region.as_str())];
            set_session(config, session, address)?;
            for others in [&OF_ROLES[..], &OF_PROGRAMS, &["sso_start_url", "sso_region"]] {
                config.remove(section, others);
            }
            let login = [
                ("sso_session", session.as_str()),
                ("sso_account_id", account_id.as_str()),
                ("sso_role_name", role_name.as_str()),
            ];
            config.set(section, &[&login[..], &shared].concat());
        }
        NewAccess::Role {
            role_arn,
            source_profile,
        } => {
            for others in [
                &OF_SSO[..],
                &OF_PROGRAMS,
                &["credential_source", "web_identity_token_file"],
            ] {
                config.remove(section, others);
            }
            let role = [
                ("role_arn", role_arn.as_str()),
                ("source_profile", source_profile.as_str()),
            ];
            config.set(section, &[&role[..], &shared].concat());
        }
    }
    Ok(())
}

/// Of a value that both files have, that of `credentials` counts: what now stands in `config` goes from there.
fn unshadow(profile: &NewProfile, credentials: &mut IniText) {
    let keys = Section::Credentials(&profile.name);
    if !matches!(profile.access, NewAccess::Keys { .. }) {
        for ways in [&OF_ROLES[..], &OF_SSO, &OF_PROGRAMS] {
            credentials.remove(keys, ways);
        }
    }
    for (key, value) in [("region", &profile.region), ("endpoint_url", &profile.endpoint_url)] {
        if !value.is_empty() {
            credentials.remove(keys, &[key]);
        }
    }
}

/// A session that is there is shared with other profiles: it is used as it is, or not at all.
fn set_session(config: &mut IniText, name: &str, address: [(&str, &str); 2]) -> Result<(), ProfileWriteError> {
    let section = Section::SsoSession(name);
    if !config.has(section) {
        let [start_url, region] = address;
        config.set(
            section,
            &[start_url, region, ("sso_registration_scopes", "sso:account:access")],
        );
        return Ok(());
    }
    let is_same = address
        .iter()
        .all(|(key, value)| config.value(section, key).is_none_or(|present| present == *value));
    if !is_same {
        return Err(ProfileWriteError::SessionExists { name: name.to_owned() });
    }
    // What it lacks is added.
    config.set(section, &address);
    Ok(())
}
