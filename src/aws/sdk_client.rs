//! The AWS SDK's HTTP client, with the proxy and the certificates of the environment: its own default knows neither.

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

/// `HTTPS_PROXY`, `NO_PROXY` and `AWS_CA_BUNDLE` mean what they mean to the AWS CLI.
///
/// # Errors
/// One sentence where `AWS_CA_BUNDLE` cannot be used.
pub(super) fn sdk_http_client() -> Result<SharedHttpClient, String> {
    let tls = tls_context()?;
    let client = Builder::new().build_with_connector_fn(move |settings, components| {
        let mut builder = Connector::builder().proxy_config(ProxyConfig::from_env());
        builder.set_connector_settings(settings.cloned());
        builder.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
        builder
            .tls_provider(Provider::rustls(CryptoMode::AwsLc))
            .tls_context(tls.clone())
            .build()
    });
    Ok(SharedHttpClient::new(WhenAsked(client)))
}

/// Makes a connector when something is to be sent. The SDK's client makes one for every client of a service that comes
/// into being, to see it fail early, and so reads the system's certificates for keys that stand in a file.
#[derive(Debug)]
struct WhenAsked(SharedHttpClient);

impl HttpClient for WhenAsked {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        self.0.http_connector(settings, components)
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.0.connector_metadata()
    }
}

fn tls_context() -> Result<TlsContext, String> {
    let mut trust = TrustStore::default();
    if let Some(path) = std::env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty()) {
        // The SDK's connector panics on a certificate that it cannot read. The client for forms reads the same file
        // and reports.
        super::http::http_client().map_err(|error| error.to_string())?;
        let pem = std::fs::read(&path).map_err(|error| format!("AWS_CA_BUNDLE: {error}"))?;
        trust = TrustStore::empty().with_pem_certificate(pem);
    }
    TlsContext::builder()
        .with_trust_store(trust)
        .build()
        .map_err(|error| error.to_string())
}
