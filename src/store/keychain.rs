//! Headers' values: in the system's keychain, else in a file that only this user may read.
//!
//! Every call may wait for a person, who is asked to unlock the keychain: none belongs on a thread that must not wait.

use super::SettingsError;
use super::settings_disk;
use crate::aws::Secret;
use keyring_core::{CredentialStore, Entry, Error};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::path::PathBuf;
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
                Ok(()) => return self.change_file(|secrets| drop(secrets.remove(&name(lambda, header)))),
                Err(error) => tracing::info!(kind = kind(&error), "the keychain takes nothing: a file is used"),
            }
        }
        if self.file.is_none() {
            return Err(KeychainError::Nowhere);
        }
        self.change_file(|secrets| {
            secrets.insert(name(lambda, header), Value::from(value.reveal()));
        })
    }

    /// The value that was kept; `None` where there is none.
    ///
    /// # Errors
    /// See [`KeychainError`].
    pub fn read(&self, lambda: &str, header: &str) -> Result<Option<Secret>, KeychainError> {
        if let Some(entry) = self.entry(lambda, header) {
            match entry.get_password() {
                Ok(value) => return Ok(Some(Secret::from(value))),
                Err(Error::NoEntry) => {}
                Err(error) => tracing::info!(kind = kind(&error), "the keychain says nothing: the file is read"),
            }
        }
        let Some(file) = &self.file else { return Ok(None) };
        let secrets = settings_disk::read(file)?.unwrap_or_default();
        let value = secrets.get(&name(lambda, header)).and_then(Value::as_str);
        Ok(value.map(Secret::from))
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
        self.change_file(|secrets| drop(secrets.remove(&name(lambda, header))))
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

    /// Leaves a file that does not exist where nothing is to be written.
    fn change_file(&self, change: impl FnOnce(&mut Map<String, Value>)) -> Result<(), KeychainError> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut secrets = settings_disk::read(file)?.unwrap_or_default();
        let before = secrets.clone();
        change(&mut secrets);
        if secrets == before {
            return Ok(());
        }
        // Another process's change between the two is one of the same person's, a moment ago.
        settings_disk::change(file, |_| secrets)?;
        Ok(())
    }
}

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

    #[test]
    fn nowhere_to_keep_a_value_is_said() {
        let error = without_system(None).write("a", "b", &Secret::from("c")).unwrap_err();
        assert!(matches!(error, KeychainError::Nowhere), "{error}");
    }
}
