//! Credentials that the SDK finds without a profile: in variables, or where variables point to.
//!
//! Source: <https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html>. Nothing is asked of the network:
//! an EC2 instance's role counts only where a variable says that there is one to ask for.

/// What the environment holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EnvironmentKeys {
    /// Nothing: only profiles are left.
    #[default]
    None,
    /// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`: they go before every profile that is not asked for by name.
    Keys,
    /// A role by a web identity, a container or an instance: it comes after the profile that is selected.
    Role,
}

/// What the environment says of where credentials are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Those that stand in no profile.
    pub keys: EnvironmentKeys,
    /// `AWS_PROFILE`: the profile that is used where none is asked for by name.
    pub profile: Option<String>,
}

impl Environment {
    /// Of this process.
    #[must_use]
    pub fn of_process() -> Self {
        Self {
            keys: environment_keys(),
            profile: variable("AWS_PROFILE"),
        }
    }
}

/// Of this process.
#[must_use]
pub fn environment_keys() -> EnvironmentKeys {
    keys_by(variable)
}

/// Of this process; a blank one is as good as none.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn keys_by(variable: impl Fn(&str) -> Option<String>) -> EnvironmentKeys {
    let is_set = |name| variable(name).is_some();
    let web_identity = is_set("AWS_WEB_IDENTITY_TOKEN_FILE") && is_set("AWS_ROLE_ARN");
    let container = is_set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") || is_set("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    let disabled = variable("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let instance = is_set("AWS_EC2_METADATA_SERVICE_ENDPOINT") && !disabled;
    if is_set("AWS_ACCESS_KEY_ID") && is_set("AWS_SECRET_ACCESS_KEY") {
        EnvironmentKeys::Keys
    } else if web_identity || container || instance {
        EnvironmentKeys::Role
    } else {
        EnvironmentKeys::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(variables: &[(&str, &str)]) -> EnvironmentKeys {
        keys_by(|name| {
            let found = variables.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn keys_are_both_halves_of_a_key() {
        let id = ("AWS_ACCESS_KEY_ID", "AKIA");
        let secret = ("AWS_SECRET_ACCESS_KEY", "secret");
        assert_eq!(keys(&[id, secret]), EnvironmentKeys::Keys);
        assert_eq!(keys(&[id]), EnvironmentKeys::None);
        assert_eq!(keys(&[secret]), EnvironmentKeys::None);
        assert_eq!(keys(&[("AWS_PROFILE", "work")]), EnvironmentKeys::None);
    }

    #[test]
    fn a_role_is_what_a_container_an_instance_or_a_web_identity_points_to() {
        let role = [
            vec![("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials")],
            vec![(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://169.254.170.23/v1/credentials",
            )],
            vec![("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"), ("AWS_ROLE_ARN", "arn")],
            vec![("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://[::1]")],
        ];
        for variables in role {
            assert_eq!(keys(&variables), EnvironmentKeys::Role, "{variables:?}");
        }
        assert_eq!(
            keys(&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")]),
            EnvironmentKeys::None
        );
        let disabled = [
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://[::1]"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ];
        assert_eq!(keys(&disabled), EnvironmentKeys::None);
    }
}
