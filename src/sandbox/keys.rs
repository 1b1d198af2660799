//! The sandbox's own keys: made at the first start, kept in `keys.json`, readable by its owner alone.

use super::hexadecimal::hexadecimal;
use crate::s3::Credentials;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

const KEYS: &str = "keys.json";

#[derive(Serialize, Deserialize)]
struct Keys {
    access_key_id: String,
    secret_access_key: String,
}

/// The folder's keys; made where there are none.
pub(super) fn load_or_make(dir: &Path) -> io::Result<Credentials> {
    if let Some(credentials) = load(dir)? {
        return Ok(credentials);
    }
    let keys = Keys::random()?;
    // Temporary files are 0600 from their first moment, and the name appears with the whole content or not at all.
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    serde_json::to_writer_pretty(&mut file, &keys)?;
    file.persist(dir.join(KEYS))?;
    Ok(keys.into_credentials())
}

/// The folder's keys, where it has any.
pub(super) fn load(dir: &Path) -> io::Result<Option<Credentials>> {
    match std::fs::read(dir.join(KEYS)) {
        Ok(json) => Ok(Some(serde_json::from_slice::<Keys>(&json)?.into_credentials())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

impl Keys {
    /// In AWS's lengths: 20 and 40 characters. The id cannot be taken for one of AWS's.
    fn random() -> io::Result<Self> {
        Ok(Self {
            access_key_id: format!("DROPSLOT{}", hexadecimal(&random_bytes::<6>()?).to_uppercase()),
            secret_access_key: URL_SAFE_NO_PAD.encode(random_bytes::<30>()?),
        })
    }

    fn into_credentials(self) -> Credentials {
        Credentials::from_keys(self.access_key_id, self.secret_access_key, None)
    }
}

fn random_bytes<const LENGTH: usize>() -> io::Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}
