//! The profiles of `~/.aws/config` and `~/.aws/credentials`, as the AWS SDK reads them.

use super::profile_files::ProfileFiles;
use aws_config::profile::{self, ProfileFileLoadError, ProfileSet};
use aws_types::os_shim_internal::{Env, Fs};
use std::path::PathBuf;

/// A profile as the picker and `dropslot profiles` show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name, `default` among them.
    pub name: String,
    /// Its `region`, where set.
    pub region: Option<String>,
    /// Whether it signs in by SSO (or `aws login`): its login can run out.
    pub login: bool,
}

/// Why profiles cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ProfilesError {
    /// A file exists and is not readable or not in the documented format.
    #[error("the AWS configuration files could not be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A file that the SDK would pass over with no more than a warning.
#[derive(Debug, thiserror::Error)]
#[error("{} may not be read", path.display())]
struct FileUnreadable {
    path: PathBuf,
    #[source]
    source: std::io::Error,
}

/// All of them, `default` first, then by name. Empty where there are no files.
///
/// # Errors
/// See [`ProfilesError`].
pub async fn profiles() -> Result<Vec<Profile>, ProfilesError> {
    let set = profile_set(None).await?;
    let mut profiles: Vec<Profile> = set
        .profiles()
        .map(|name| Profile {
            name: name.to_owned(),
            region: set
                .get_profile(name)
                .and_then(|profile| profile.get("region"))
                .map(str::to_owned),
            login: super::login::of_profile(&set, name).is_some(),
        })
        .collect();
    profiles.sort_by(|a, b| (a.name != "default", &a.name).cmp(&(b.name != "default", &b.name)));
    Ok(profiles)
}

/// The parsed files, with `selected` (else `AWS_PROFILE`, else `default`) selected.
pub(super) async fn profile_set(selected: Option<&str>) -> Result<ProfileSet, ProfilesError> {
    if let Some(unreadable) = unreadable_file() {
        return Err(ProfilesError::Unreadable(Box::new(unreadable)));
    }
    profile::load(
        &Fs::real(),
        &Env::real(),
        &aws_runtime::env_config::file::EnvConfigFiles::default(),
        selected.map(|name| name.to_owned().into()),
    )
    .await
    .map_err(|error: ProfileFileLoadError| ProfilesError::Unreadable(Box::new(error)))
}

/// The first of the two files that exists and cannot be opened: the SDK would take it for an empty one, and the person
/// would look in vain for a profile.
fn unreadable_file() -> Option<FileUnreadable> {
    let files = ProfileFiles::of_environment()?;
    [files.config, files.credentials].into_iter().find_map(|path| {
        let source = std::fs::File::open(&path).err()?;
        (source.kind() == std::io::ErrorKind::PermissionDenied).then_some(FileUnreadable { path, source })
    })
}
