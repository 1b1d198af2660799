//! Where the two files of profiles are.
//!
//! Source: <https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html>

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// `~/.aws/config` and `~/.aws/credentials`, or where the environment says that they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFiles {
    /// Regions, roles, SSO: `AWS_CONFIG_FILE`.
    pub config: PathBuf,
    /// Keys: `AWS_SHARED_CREDENTIALS_FILE`.
    pub credentials: PathBuf,
}

impl ProfileFiles {
    /// Those of this process; `None` where neither the environment nor a home folder names them.
    #[must_use]
    pub fn of_environment() -> Option<Self> {
        let file = |variable: &str, name: &str| match std::env::var_os(variable) {
            Some(path) => in_home(&path),
            None => Some(std::env::home_dir()?.join(".aws").join(name)),
        };
        Some(Self {
            config: file("AWS_CONFIG_FILE", "config")?,
            credentials: file("AWS_SHARED_CREDENTIALS_FILE", "credentials")?,
        })
    }
}

/// A path in which `~/` stands for the home folder: the SDKs expand it themselves, as no shell does within a variable.
fn in_home(path: &OsStr) -> Option<PathBuf> {
    match Path::new(path).strip_prefix("~") {
        Ok(below) => Some(std::env::home_dir()?.join(below)),
        Err(_) => Some(PathBuf::from(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_folder() {
        let home = std::env::home_dir();
        assert_eq!(
            in_home(OsStr::new("~/x/config")),
            home.map(|home| home.join("x/config"))
        );
        assert_eq!(in_home(OsStr::new("/x/~")), Some(PathBuf::from("/x/~")));
    }
}
