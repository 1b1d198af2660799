//! A function as its destination describes it, made ready to be asked.

use super::failure::LambdaReason;
use super::secrets::Secrets;
use super::{Code, Failure};
use crate::aws::{Account, Secret};
use crate::signer::lambda::{LambdaAuth as Auth, RequestShape, SecretHeaders};
use crate::signer::{LambdaError, LambdaSigner};
use crate::store::{LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget, SecretHeader};

/// With its profile loaded and its headers' values found.
pub(super) async fn signer(
    lambda: &LambdaDestination,
    client: reqwest::Client,
    secrets: &Secrets,
) -> Result<LambdaSigner, Failure> {
    let template = lambda.body_template.as_deref();
    let shape = match (&lambda.target, lambda.method) {
        (LambdaTarget::Url { .. }, LambdaMethod::Get) => RequestShape::get(template),
        (LambdaTarget::Url { .. }, LambdaMethod::Post) | (LambdaTarget::Function { .. }, _) => {
            RequestShape::post(template)
        }
    };
    let shape = shape.map_err(|error| failure(&error.into()))?;
    let signer = match &lambda.target {
        LambdaTarget::Url { url, auth } => {
            let auth = auth_of(auth, lambda, secrets).await?;
            LambdaSigner::by_url(client, url, auth, shape)
        }
        LambdaTarget::Function { name, .. } => LambdaSigner::by_name(account(lambda).await?, name, shape),
    };
    signer.map_err(|error| failure(&error))
}

async fn auth_of(auth: &LambdaAuth, lambda: &LambdaDestination, secrets: &Secrets) -> Result<Auth, Failure> {
    Ok(match auth {
        LambdaAuth::None => Auth::None,
        LambdaAuth::Iam { .. } => Auth::Iam(account(lambda).await?),
        LambdaAuth::Headers(headers) => {
            let mut found = Vec::with_capacity(headers.len());
            for header in headers {
                found.push((header.name.as_str(), value_of(header, lambda, secrets).await?));
            }
            let headers = SecretHeaders::new(found.iter().map(|(name, value)| (*name, value)));
            Auth::Headers(headers.map_err(|error| failure(&error.into()))?)
        }
    })
}

/// The command line's, else what the keychain has.
async fn value_of(header: &SecretHeader, lambda: &LambdaDestination, secrets: &Secrets) -> Result<Secret, Failure> {
    if let Some(value) = &header.value {
        return Ok(value.clone());
    }
    let value = secrets.find(lambda.identity(), &header.name).await?;
    value.ok_or_else(|| {
        Failure::new(
            Code::NoCredentials,
            LambdaReason::HeaderUnknown {
                lambda: lambda.place().to_owned(),
                header: header.name.clone(),
            },
        )
    })
}

/// Without options it is whose the environment names.
async fn account(lambda: &LambdaDestination) -> Result<Account, Failure> {
    let options = lambda.account().unwrap_or_default();
    Account::load(&options).await.map_err(|error| Failure::from(&error))
}

fn failure(error: &LambdaError) -> Failure {
    error.into()
}
