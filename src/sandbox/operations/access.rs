//! Who may do what: anybody on this machine reads objects; all else needs the sandbox's own keys.

use crate::s3::Credentials;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::{S3Auth, SecretKey};
use s3s::{S3Error, S3ErrorCode, S3Result};

/// The one pair of keys.
#[derive(Debug)]
pub(in crate::sandbox) struct Keys(pub(in crate::sandbox) Credentials);

#[async_trait::async_trait]
impl S3Auth for Keys {
    async fn get_secret_key(&self, access_key: &str) -> S3Result<SecretKey> {
        if access_key == self.0.access_key_id() {
            return Ok(SecretKey::from(self.0.secret_access_key()));
        }
        let message = "The AWS Access Key Id you provided does not exist in our records.";
        Err(S3Error::with_message(S3ErrorCode::InvalidAccessKeyId, message))
    }
}

/// Objects are public, the bucket is not.
#[derive(Debug)]
pub(in crate::sandbox) struct PublicRead;

#[async_trait::async_trait]
impl S3Access for PublicRead {
    async fn check(&self, context: &mut S3AccessContext<'_>) -> S3Result<()> {
        let public = matches!(context.s3_op().name(), "GetObject" | "HeadObject");
        if public || context.credentials().is_some() {
            return Ok(());
        }
        Err(S3Error::with_message(S3ErrorCode::AccessDenied, "Access Denied"))
    }
}
