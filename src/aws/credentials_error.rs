//! What the SDK says when a profile gives no credentials, as one of ours: short, and without a secret.

use super::AccountError;
use super::login::{Login, mfa_command};
use aws_credential_types::provider::error::CredentialsError;

/// What is known of the profile that gave none.
#[derive(Debug, Default)]
pub(super) struct About<'a> {
    pub(super) profile: &'a str,
    /// It stands in the files.
    pub(super) known: bool,
    /// The login that it rests on.
    pub(super) login: Option<&'a Login>,
    /// A role of it wants the code of an MFA device.
    pub(super) wants_mfa: bool,
}

pub(super) fn account_error(error: &CredentialsError, about: &About<'_>) -> AccountError {
    let &About {
        profile,
        known,
        login,
        wants_mfa,
    } = about;
    let chain = chain_in_one_line(error);
    if let Some(login) = login
        && login.has_ended(&chain)
    {
        return AccountError::LoginExpired {
            profile: profile.to_owned(),
            command: login.renew_command(),
        };
    }
    // STS says no more than that it is denied.
    if wants_mfa && chain.contains("AccessDenied") {
        return AccountError::WantsMfa {
            profile: profile.to_owned(),
            command: mfa_command(profile),
        };
    }
    let not_loaded = matches!(error, CredentialsError::CredentialsNotLoaded(_));
    // Nobody asked for an instance's role: that the metadata service refused tells them nothing.
    if !known && (not_loaded || chain.contains("IMDS")) {
        return AccountError::NoProfile;
    }
    let reason = if not_loaded && login.is_none() && !chain.contains('`') {
        "it holds no keys, no role, no credential_process and no login".to_owned()
    } else {
        without_secrets(&chain)
    };
    AccountError::NoCredentials {
        profile: profile.to_owned(),
        reason,
    }
}

/// Every layer's sentence, joined by ": ", without those that only repeat their cause.
pub(crate) fn chain_in_one_line(error: &(dyn std::error::Error + 'static)) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        next = error.source();
        if parts.last().is_some_and(|last| last.contains(&text)) {
            continue;
        }
        if parts.last().is_some_and(|last| text.contains(last.as_str())) {
            parts.pop();
        }
        parts.push(text);
    }
    parts.join(": ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The chain without what a person does not need and with nothing that may hold a secret: what a `credential_process`
/// printed, and the canonical request that STS repeats when a signature is wrong (it holds the session token).
fn without_secrets(chain: &str) -> String {
    if let Some((_, after)) = chain.split_once("external process exited with code ") {
        let status = after.split(". Stderr").next().unwrap_or_default();
        return format!("its credential_process ended with {status}; run it in a terminal to see what it says");
    }
    if chain.contains("external process, could not parse response") {
        return "its credential_process did not print the JSON that the AWS SDKs expect".to_owned();
    }
    let end = ["The Canonical String", "The String-to-Sign"]
        .iter()
        .filter_map(|mark| chain.find(mark))
        .min()
        .unwrap_or(chain.len());
    let kept = chain.get(..end).unwrap_or(chain).trim();
    kept.trim_start_matches("an error occurred while loading credentials: ")
        .trim_start_matches("the credential provider was not enabled: ")
        .trim_start_matches("the credentials provider was not properly configured: ")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(profile: &str, known: bool) -> About<'_> {
        About {
            profile,
            known,
            ..About::default()
        }
    }

    fn reason(error: &CredentialsError) -> String {
        match account_error(error, &about("work", true)) {
            AccountError::NoCredentials { reason, .. } => reason,
            other => other.to_string(),
        }
    }

    #[test]
    fn what_a_credential_process_printed_is_not_repeated() {
        let told = reason(&CredentialsError::provider_error(
            "Error retrieving credentials: external process exited with code exit status: 3. Stderr: CANARY",
        ));
        assert!(told.contains("exit status: 3"), "{told}");
        assert!(!told.contains("CANARY"), "{told}");
        let told = reason(&CredentialsError::provider_error(
            "Error retrieving credentials from external process, could not parse response: Invalid field CANARY",
        ));
        assert!(!told.contains("CANARY"), "{told}");
    }

    #[test]
    fn the_canonical_request_that_sts_repeats_is_cut_off() {
        let told = reason(&CredentialsError::provider_error(
            "SignatureDoesNotMatch: The request signature we calculated does not match. The Canonical String for this \
             request should have been 'x-amz-security-token:CANARY'",
        ));
        assert_eq!(
            told,
            "SignatureDoesNotMatch: The request signature we calculated does not match."
        );
    }

    #[test]
    fn nothing_loaded_and_no_profile_means_no_profile() {
        let error = CredentialsError::not_loaded_no_source();
        assert!(matches!(
            account_error(&error, &about("default", false)),
            AccountError::NoProfile
        ));
        assert!(matches!(
            account_error(&error, &about("default", true)),
            AccountError::NoCredentials { .. }
        ));
        let refused = CredentialsError::provider_error("failed to load IMDS session token: request forbidden");
        assert!(matches!(
            account_error(&refused, &about("default", false)),
            AccountError::NoProfile
        ));
    }
}
