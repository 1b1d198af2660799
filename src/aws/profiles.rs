//! The profiles of `~/.aws/config` and `~/.aws/credentials`, as the AWS SDK reads them.

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

/// All of them, `default` first, then by name. Empty where there are no files.
///
/// # Errors
/// See [`ProfilesError`].
pub async fn profiles() -> Result<Vec<Profile>, ProfilesError> {
    todo!()
}
