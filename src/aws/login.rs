//! Logins that run out: SSO sessions and `aws login`, and the exact command that renews each.
//!
//! Source: <https://docs.aws.amazon.com/sdkref/latest/guide/access-sso.html>,
//! <https://docs.aws.amazon.com/sdkref/latest/guide/access-login.html>

use aws_config::profile::{Profile, ProfileSet};
use shell_words::quote;

/// A profile's login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Login {
    /// The profile that holds the login: of a role, the one at the end of its `source_profile`s.
    profile: String,
    kind: LoginKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LoginKind {
    Sso,
    Console,
}

/// The login that `name` rests on, if it rests on one.
pub(super) fn of_profile(set: &ProfileSet, name: &str) -> Option<Login> {
    sources(set, name).find_map(|profile| {
        let kind = if profile.get("sso_session").is_some() || profile.get("sso_start_url").is_some() {
            LoginKind::Sso
        } else {
            profile.get("login_session").map(|_session| LoginKind::Console)?
        };
        Some(Login {
            profile: profile.name().to_owned(),
            kind,
        })
    })
}

/// Whether a role on the way wants the code of an MFA device, which the SDK cannot ask for.
pub(super) fn wants_mfa(set: &ProfileSet, name: &str) -> bool {
    sources(set, name).any(|profile| profile.get("mfa_serial").is_some())
}

/// The profile, and those below it by `source_profile`, each once.
fn sources<'a>(set: &'a ProfileSet, name: &str) -> impl Iterator<Item = &'a Profile> {
    let mut visited: Vec<&str> = Vec::new();
    std::iter::successors(set.get_profile(name), move |profile| {
        visited.push(profile.name());
        let source = profile.get("source_profile")?;
        set.get_profile(source)
            .filter(|source| !visited.contains(&source.name()))
    })
}

/// What asks for the code of an MFA device, in a terminal, and keeps what it gives.
pub(super) fn mfa_command(profile: &str) -> String {
    format!("aws sts get-caller-identity --profile {}", quote(profile))
}

impl Login {
    /// `aws sso login --profile work`.
    pub(super) fn renew_command(&self) -> String {
        let verb = match self.kind {
            LoginKind::Sso => "aws sso login",
            LoginKind::Console => "aws login",
        };
        format!("{verb} --profile {}", quote(&self.profile))
    }

    /// Whether an error's chain, in words, says that the login has ended or was never made. The SDK's types for this
    /// are private; its sentences are all there is to go by.
    pub(super) fn has_ended(&self, chain: &str) -> bool {
        if chain.contains("dispatch failure") || chain.contains("timed out") {
            return false;
        }
        match self.kind {
            LoginKind::Sso => ["SSO token", "UnauthorizedException"]
                .iter()
                .any(|sign| chain.contains(sign)),
            LoginKind::Console => chain.contains("Login token") || chain.contains("login/cache"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;
    use aws_config::profile;
    use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
    use aws_types::os_shim_internal::{Env, Fs};

    async fn set(config: &str) -> ProfileSet {
        let files = EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, config)
            .build();
        profile::load(&Fs::real(), &Env::from_slice(&[]), &files, None)
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn each_kind_of_login_has_its_own_command() {
        let set = set(
            "[default]\nlogin_session = arn:aws:iam::1:user/a\n[profile work]\nsso_session = corp\n\
                       [profile old]\nsso_start_url = https://x.awsapps.com/start\n\
                       [profile role]\nsource_profile = old\n[profile keys]\naws_access_key_id = A\n\
                       [profile a]\nsource_profile = b\n[profile b]\nsource_profile = a\n",
        )
        .await;
        let command = |name: &str| of_profile(&set, name).map(|login| login.renew_command());
        assert_eq!(command("default").as_deref(), Some("aws login --profile default"));
        assert_eq!(command("work").as_deref(), Some("aws sso login --profile work"));
        assert_eq!(command("role").as_deref(), Some("aws sso login --profile old"));
        assert_eq!(command("keys"), None);
        assert!(!wants_mfa(&set, "role"));
        assert_eq!(command("a"), None);
    }
}
