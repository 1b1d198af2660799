//! Whatever AWS's two files hold, a new profile takes nothing away: every line that is not the profile's own stays, byte
//! for byte, and the AWS SDK reads of all other profiles what it read before.

use super::cases::{bytes_of, config, text_of};
use super::folder::folder;
use aws_config::profile::{self, ProfileSet};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};
use dropslot::aws::{NewAccess, NewProfile, ProfileFiles, write_profile};
use futures_util::FutureExt;
use proptest::prelude::*;
use proptest::sample::select;

const HEADINGS: &[&str] = &[
    "[default]",
    "[profile default]",
    "[work]",
    "[profile work]",
    "[ profile  work ]",
    "[profile \"work\"]",
    "[profile 'work'] # x",
    "[other]",
    "[profile other]",
    "[sso-session corp]",
    "[sso-session other]",
    "[services s3]",
    "[plugins]",
    "[workshop]",
    "\u{feff}[default]",
    "  [work]",
    "[work",
    "[]",
    "[profile ]",
];
const KEYS: &[&str] = &[
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "region",
    "output",
    "role_arn",
    "source_profile",
    "credential_source",
    "credential_process",
    "sso_session",
    "sso_start_url",
    "sso_region",
    "sso_account_id",
    "sso_role_name",
    "sso_registration_scopes",
    "login_session",
    "web_identity_token_file",
    "endpoint_url",
    "s3",
    "keep_me",
    "REGION",
];
const VALUES: &[&str] = &[
    "us-east-1",
    "AKIA1",
    "a = b",
    "x # y",
    "x;y",
    "",
    "https://corp.awsapps.com/start",
    "한글",
    "\"quoted\"",
];
const LINE_ENDS: &[&str] = &["\n", "\n", "\n", "\n", "\r\n", ""];

fn line() -> impl Strategy<Value = String> {
    let entry = (
        select(&["", "", "", " ", "\t", "    "][..]),
        select(KEYS),
        select(&["=", " = ", ":", " ="][..]),
        select(VALUES),
    );
    prop_oneof![
        3 => select(HEADINGS).prop_map(str::to_owned),
        8 => entry.prop_map(|(indent, key, sign, value)| format!("{indent}{key}{sign}{value}")),
        1 => select(&["s3 =\n    region = nested\n    addressing_style = path", "# note", "  ; note", "", "  ", "no sign"][..]).prop_map(str::to_owned),
        1 => text_of(VALUES, 3),
    ]
}

/// A file as people, and programs, leave it.
fn text() -> impl Strategy<Value = String> {
    let lines = proptest::collection::vec((line(), select(LINE_ENDS)), 0..12);
    lines.prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// A file that is as it should be: the SDK reads it.
fn tidy_text(of_config: bool) -> impl Strategy<Value = String> {
    let headings: &[&str] = if of_config {
        &[
            "[default]\n",
            "[profile work]\n",
            "[profile other]\n",
            "[sso-session corp]\n",
        ]
    } else {
        &["[default]\n", "[work]\n", "[other]\n"]
    };
    let line = prop_oneof![
        8 => (select(KEYS), select(&["=", " = "][..]), select(VALUES)).prop_map(|(key, sign, value)| format!("{key}{sign}{value}\n")),
        1 => select(&["s3 =\n    region = nested\n", "# note\n", "; note\n", "\n"][..]).prop_map(str::to_owned),
    ];
    let section = (select(headings), proptest::collection::vec(line, 0..6));
    let section = section.prop_map(|(heading, lines)| heading.to_owned() + &lines.concat());
    proptest::collection::vec(section, 0..4).prop_map(|sections| sections.concat())
}

fn new_profile() -> impl Strategy<Value = NewProfile> {
    let keys = select(&["", "token=="][..]).prop_map(|token| NewAccess::Keys {
        access_key_id: "AKIANEW".to_owned(),
        secret_access_key: "new/secret+#;".into(),
        session_token: token.into(),
    });
    let sso = Just(NewAccess::Sso {
        session: "corp".to_owned(),
        start_url: "https://corp.awsapps.com/start".to_owned(),
        region: "us-east-1".to_owned(),
        account_id: "123456789012".to_owned(),
        role_name: "Uploads".to_owned(),
    });
    let role = Just(NewAccess::Role {
        role_arn: "arn:aws:iam::123456789012:role/deploy".to_owned(),
        source_profile: "other".to_owned(),
    });
    let access = prop_oneof![keys, sso, role];
    let place = (
        select(&["default", "work"][..]),
        select(&["", "eu-west-1"][..]),
        select(&["", "https://s3.example.com"][..]),
    );
    (access, place).prop_map(|(access, (name, region, endpoint_url))| NewProfile {
        name: name.to_owned(),
        access,
        region: region.to_owned(),
        endpoint_url: endpoint_url.to_owned(),
        replace: true,
    })
}

/// What the SDK reads; `None` where it refuses the files.
fn read(config: &str, credentials: &str) -> Option<ProfileSet> {
    let files = EnvConfigFiles::builder()
        .with_contents(EnvConfigFileKind::Config, config)
        .with_contents(EnvConfigFileKind::Credentials, credentials)
        .build();
    let (fs, env) = (Fs::from_slice(&[]), Env::from_slice(&[]));
    // Nothing is waited for: the files are in memory.
    let loaded = profile::load(&fs, &env, &files, None).now_or_never();
    loaded.unwrap().ok()
}

fn values<'a>(profiles: &'a ProfileSet, name: &str) -> Vec<Option<&'a str>> {
    let profile = profiles.get_profile(name);
    KEYS.iter()
        .map(|key| profile.and_then(|profile| profile.get(key)))
        .collect()
}

/// Lines that are nobody's but their section's: none of them may go or change.
fn lines_of_others(text: &str, profile: &NewProfile) -> Vec<String> {
    let mut ours = false;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let trimmed = line.trim_start_matches('\u{feff}').trim();
        if trimmed.starts_with('[') && trimmed.contains(']') {
            ours = trimmed.contains(&profile.name) || trimmed.contains("corp");
        }
        if !ours {
            lines.push(line.trim_end_matches('\r').to_owned());
        }
    }
    lines
}

fn notes(text: &str) -> usize {
    text.lines()
        .filter(|line| line.trim_start().starts_with(['#', ';']))
        .count()
}

fn is_subsequence(wanted: &[String], text: &str) -> bool {
    let mut lines = text.split('\n').map(|line| line.trim_end_matches('\r'));
    wanted
        .iter()
        .all(|wanted| wanted.is_empty() || lines.any(|line| line == wanted))
}

/// The files after the profile was written, or `None` where it was refused.
fn write(config: &[u8], credentials: &[u8], profile: &NewProfile) -> Result<Option<(String, String)>, TestCaseError> {
    let folder = folder();
    let files = ProfileFiles {
        config: folder.path().join("config"),
        credentials: folder.path().join("credentials"),
    };
    std::fs::write(&files.config, config).unwrap();
    std::fs::write(&files.credentials, credentials).unwrap();
    let written = write_profile(profile, &files);
    let after = [&files.config, &files.credentials].map(|file| std::fs::read(file).unwrap());
    prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    if written.is_err() {
        prop_assert_eq!(&after[..], &[config.to_owned(), credentials.to_owned()]);
        return Ok(None);
    }
    let [config, credentials] = after.map(|bytes| String::from_utf8(bytes).unwrap());
    Ok(Some((config, credentials)))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_line_of_others_is_lost(config in bytes_of(text()), credentials in bytes_of(text()), profile in new_profile()) {
        if let Some((new_config, new_credentials)) = write(&config, &credentials, &profile)? {
            for (old, new) in [(config, &new_config), (credentials, &new_credentials)] {
                let old = String::from_utf8(old).unwrap();
                prop_assert!(is_subsequence(&lines_of_others(&old, &profile), new), "{new}");
                prop_assert!(notes(&old) <= notes(new), "{new}");
            }
            let again = write(new_config.as_bytes(), new_credentials.as_bytes(), &profile)?;
            prop_assert_eq!(again, Some((new_config, new_credentials)));
        }
    }

    #[test]
    fn the_sdk_reads_the_new_profile_and_all_others_as_before(config in tidy_text(true), credentials in tidy_text(false), profile in new_profile()) {
        let Some(before) = read(&config, &credentials) else {
            return Err(TestCaseError::reject("the SDK refuses these files"));
        };
        if let Some((config, credentials)) = write(config.as_bytes(), credentials.as_bytes(), &profile)? {
            let after = read(&config, &credentials);
            prop_assert!(after.is_some(), "{config}\n---\n{credentials}");
            let after = after.unwrap();
            for name in before.profiles().filter(|name| *name != profile.name) {
                prop_assert_eq!(values(&before, name), values(&after, name), "{}", name);
            }
            let written = after.get_profile(&profile.name).unwrap();
            let wanted = match &profile.access {
                NewAccess::Keys { access_key_id, secret_access_key, session_token } => vec![
                    ("aws_access_key_id", access_key_id.as_str()),
                    ("aws_secret_access_key", secret_access_key.reveal()),
                    ("aws_session_token", session_token.reveal()),
                    ("role_arn", ""),
                    ("sso_session", ""),
                    ("credential_process", ""),
                ],
                NewAccess::Sso { session, account_id, role_name, .. } => vec![
                    ("sso_session", session.as_str()),
                    ("sso_account_id", account_id.as_str()),
                    ("sso_role_name", role_name.as_str()),
                    ("role_arn", ""),
                    ("credential_process", ""),
                ],
                NewAccess::Role { role_arn, source_profile } => vec![
                    ("role_arn", role_arn.as_str()),
                    ("source_profile", source_profile.as_str()),
                    ("sso_session", ""),
                    ("credential_process", ""),
                ],
            };
            for (key, value) in wanted {
                prop_assert_eq!(written.get(key).unwrap_or_default(), value, "{}\n{}\n---\n{}", key, config, credentials);
            }
            for (key, value) in [("region", &profile.region), ("endpoint_url", &profile.endpoint_url)] {
                prop_assert!(value.is_empty() || written.get(key) == Some(value), "{key}\n{config}\n---\n{credentials}");
            }
            let kept = before.get_profile(&profile.name).and_then(|before| before.get("keep_me"));
            prop_assert_eq!(written.get("keep_me"), kept);
        }
    }
}
