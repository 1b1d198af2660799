//! Headers' values: in the system's keychain, else in a file that only this user may read.
//!
//! Every call may wait for a person, who is asked to unlock the keychain: none belongs on a thread that must not wait.

use super::SettingsError;
use super::settings_disk;
use crate::aws::Secret;
use keyring_core::{CredentialStore, Entry, Error};
use serde_json::Value;
use std::collections::HashMap;
#[cfg(unix)]
use std::fs::Permissions;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// What all entries have in common.
const SERVICE: &str = "dropslot";

/// The system's keychain, and the file that stands in for it.
#[derive(Debug)]
pub struct Keychain {
    /// Asked for when it is needed first: that may start a service.
    system: OnceLock<Option<Arc<CredentialStore>>>,
    /// `None` where nothing is kept.
    file: Option<PathBuf>,
}

/// Why a value is not kept, or cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    /// Neither a keychain nor a folder to keep anything in.
    #[error("there is no keychain and no folder to keep a header's value in")]
    Nowhere,
    /// The file.
    #[error(transparent)]
    File(#[from] SettingsError),
}

impl Keychain {
    /// The system's keychain, and `file` (`secrets.json` of the data folder) where there is none.
    #[must_use]
    pub fn new(file: Option<PathBuf>) -> Self {
        Self {
            system: OnceLock::new(),
            file,
        }
    }

    /// Keeps a value for the header `header` of the function with the identity `lambda`.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub fn write(&self, lambda: &str, header: &str, value: &Secret) -> Result<(), KeychainError> {
        if let Some(entry) = self.entry(lambda, header) {
            match entry.set_password(value.reveal()) {
                // Two truths would be one too many.
                Ok(()) => return self.remove_from_file(lambda, header),
                Err(error) => tracing::info!(kind = kind(&error), "the keychain takes nothing: a file is used"),
            }
        }
        let file = self.file.as_ref().ok_or(KeychainError::Nowhere)?;
        settings_disk::change(file, |secrets| {
            let mut secrets = secrets.unwrap_or_default();
            secrets.insert(name(lambda, header), Value::from(value.reveal()));
            secrets
        })?;
        Ok(())
    }

    /// The value that was kept last; `None` where there is none. What the file holds was kept while the keychain took
    /// nothing, so it is newer than what the keychain has.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub fn read(&self, lambda: &str, header: &str) -> Result<Option<Secret>, KeychainError> {
        if let Some(value) = self.in_file(lambda, header)? {
            return Ok(Some(value));
        }
        let Some(entry) = self.entry(lambda, header) else {
            return Ok(None);
        };
        match entry.get_password() {
            Ok(value) => return Ok(Some(Secret::from(value))),
            Err(Error::NoEntry) => {}
            Err(error) => tracing::info!(kind = kind(&error), "the keychain says nothing"),
        }
        Ok(None)
    }

    /// Forgets a value, wherever it is kept.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub fn delete(&self, lambda: &str, header: &str) -> Result<(), KeychainError> {
        if let Some(entry) = self.entry(lambda, header)
            && let Err(error) = entry.delete_credential()
        {
            tracing::debug!(kind = kind(&error), "nothing was deleted from the keychain");
        }
        self.remove_from_file(lambda, header)
    }

    fn entry(&self, lambda: &str, header: &str) -> Option<Entry> {
        let store = self.system.get_or_init(system).as_ref()?;
        let label = format!("Dropslot: {header} of {lambda}");
        let modifiers = HashMap::from([("label", label.as_str())]);
        let name = name(lambda, header);
        // Only the Secret Service shows labels of one's own.
        let labelled = Entry::new_in_store_with_modifiers(store, SERVICE, &name, &modifiers);
        labelled.or_else(|_| Entry::new_in_store(store, SERVICE, &name)).ok()
    }

    fn in_file(&self, lambda: &str, header: &str) -> Result<Option<Secret>, KeychainError> {
        let Some(file) = &self.file else { return Ok(None) };
        let secrets = settings_disk::read(file)?.unwrap_or_default();
        if !secrets.is_empty() {
            keep_to_this_user(file);
        }
        let value = secrets.get(&name(lambda, header)).and_then(Value::as_str);
        Ok(value.map(Secret::from))
    }

    /// Writes no file where nothing is to be taken out of it.
    fn remove_from_file(&self, lambda: &str, header: &str) -> Result<(), KeychainError> {
        let Some(file) = &self.file else { return Ok(()) };
        if self.in_file(lambda, header)?.is_none() {
            return Ok(());
        }
        settings_disk::change(file, |secrets| {
            let mut secrets = secrets.unwrap_or_default();
            secrets.remove(&name(lambda, header));
            secrets
        })?;
        Ok(())
    }
}

/// Mends what a copy from a backup or a careless `chmod` has opened to others.
#[cfg(unix)]
fn keep_to_this_user(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let is_open = std::fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0);
    if is_open && let Err(error) = std::fs::set_permissions(file, Permissions::from_mode(0o600)) {
        tracing::warn!(%error, "others may read the file of headers' values");
    }
}

/// Elsewhere the user's own folder keeps others out.
#[cfg(not(unix))]
fn keep_to_this_user(_file: &Path) {}

/// What an entry is called: header names know no upper and lower case.
fn name(lambda: &str, header: &str) -> String {
    format!("{} {lambda}", header.to_ascii_lowercase())
}

/// An error without its words, which may hold what was to be kept.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::PlatformFailure(_) => "platform failure",
        Error::NoStorageAccess(_) => "no access",
        Error::NoEntry => "no entry",
        Error::TooLong(..) => "too long",
        Error::Ambiguous(_) => "ambiguous",
        _ => "other",
    }
}

#[cfg(target_os = "linux")]
fn system() -> Option<Arc<CredentialStore>> {
    let store = zbus_secret_service_keyring_store::Store::new();
    store.ok().map(|store| store as Arc<CredentialStore>)
}

#[cfg(target_os = "macos")]
fn system() -> Option<Arc<CredentialStore>> {
    let store = apple_native_keyring_store::keychain::Store::new();
    store.ok().map(|store| store as Arc<CredentialStore>)
}

#[cfg(windows)]
fn system() -> Option<Arc<CredentialStore>> {
    let store = windows_native_keyring_store::Store::new();
    store.ok().map(|store| store as Arc<CredentialStore>)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn system() -> Option<Arc<CredentialStore>> {
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    const LAMBDA: &str = "https://a.example/";
    const HEADER: &str = "x-api-key";

    /// As on a machine without any.
    fn without_system(file: Option<PathBuf>) -> Keychain {
        Keychain {
            system: OnceLock::from(None),
            file,
        }
    }

    #[test]
    fn without_a_keychain_a_file_of_this_user_alone_keeps_the_values() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data/secrets.json");
        let keychain = without_system(Some(file.clone()));
        let read = |lambda: &str, header: &str| keychain.read(lambda, header).unwrap();
        assert_eq!(read("https://a.example/", "x-api-key"), None);
        keychain.delete("https://a.example/", "x-api-key").unwrap();
        assert!(!file.exists(), "nothing to keep");

        keychain
            .write("https://a.example/", "X-Api-Key", &Secret::from("one"))
            .unwrap();
        keychain
            .write("https://b.example/", "x-api-key", &Secret::from("two"))
            .unwrap();
        assert_eq!(read("https://a.example/", "x-api-key"), Some(Secret::from("one")));
        assert_eq!(read("https://b.example/", "x-api-key"), Some(Secret::from("two")));
        assert_eq!(read("https://a.example/", "Authorization"), None);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&file), 0o600);
            assert_eq!(mode(file.parent().unwrap()), 0o700);
        }
        keychain.delete("https://a.example/", "x-api-key").unwrap();
        assert_eq!(read("https://a.example/", "x-api-key"), None);
        assert_eq!(read("https://b.example/", "x-api-key"), Some(Secret::from("two")));
    }

    /// A keychain that can be locked.
    fn with_system(file: PathBuf) -> Keychain {
        let store = keyring_core::mock::Store::new().unwrap();
        Keychain {
            system: OnceLock::from(Some(store as Arc<CredentialStore>)),
            file: Some(file),
        }
    }

    /// The next call of the entry is refused.
    fn lock(keychain: &Keychain) {
        let entry = keychain.entry(LAMBDA, HEADER).unwrap();
        let credential: &keyring_core::mock::Cred = entry.as_any().downcast_ref().unwrap();
        credential.set_error(Error::NoStorageAccess("locked".into()));
    }

    #[test]
    fn what_was_kept_while_the_keychain_was_locked_goes_before_what_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets.json");
        let keychain = with_system(file.clone());
        let read = || keychain.read(LAMBDA, HEADER).unwrap();
        keychain.write(LAMBDA, HEADER, &Secret::from("old")).unwrap();
        assert!(!file.exists(), "the keychain has it");
        lock(&keychain);
        keychain.write(LAMBDA, HEADER, &Secret::from("new")).unwrap();
        assert_eq!(read(), Some(Secret::from("new")));

        keychain.write(LAMBDA, HEADER, &Secret::from("newest")).unwrap();
        assert_eq!(
            std::fs::read_to_string(&file).unwrap().trim(),
            "{}",
            "the keychain alone has it"
        );
        assert_eq!(read(), Some(Secret::from("newest")));
        lock(&keychain);
        assert_eq!(read(), None);
        keychain.delete(LAMBDA, HEADER).unwrap();
        assert_eq!(read(), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_closed_to_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secrets.json");
        let keychain = without_system(Some(file.clone()));
        keychain.write(LAMBDA, HEADER, &Secret::from("one")).unwrap();
        std::fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        assert_eq!(keychain.read(LAMBDA, HEADER).unwrap(), Some(Secret::from("one")));
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn nowhere_to_keep_a_value_is_said() {
        let error = without_system(None).write("a", "b", &Secret::from("c")).unwrap_err();
        assert!(matches!(error, KeychainError::Nowhere), "{error}");
    }
}
