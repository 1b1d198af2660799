//! Services, with what their endpoints look like.
//!
//! POST Object: documented by AWS and Scaleway; Ceph has it, and with it Spaces, which runs Ceph; `MinIO` and Wasabi are used
//! by it. Cloudflare R2 and Backblaze B2 answer it by 501 `NotImplemented`: files go there by a presigned PUT.

/// Who runs the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    /// Amazon: no endpoint is typed.
    Aws,
    /// Of `DigitalOcean`.
    Spaces,
    /// Wasabi.
    Wasabi,
    /// Scaleway.
    Scaleway,
    /// R2 of Cloudflare.
    R2,
    /// B2 of Backblaze.
    B2,
    /// An installation of one's own.
    Other,
}

impl Service {
    /// In the order offered.
    pub(crate) const ALL: [Self; 7] = [
        Self::Aws,
        Self::Other,
        Self::R2,
        Self::B2,
        Self::Spaces,
        Self::Wasabi,
        Self::Scaleway,
    ];

    /// The service that answers at an endpoint.
    pub(crate) fn of_endpoint(endpoint: &str) -> Self {
        let host = host(endpoint);
        let is_of = |domain: &str| host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'));
        if endpoint.is_empty() {
            Self::Aws
        } else if is_of("digitaloceanspaces.com") {
            Self::Spaces
        } else if is_of("wasabisys.com") {
            Self::Wasabi
        } else if is_of("scw.cloud") {
            Self::Scaleway
        } else if is_of("r2.cloudflarestorage.com") {
            Self::R2
        } else if is_of("backblazeb2.com") {
            Self::B2
        } else {
            Self::Other
        }
    }

    /// Its name, where it has one.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Aws => Some("AWS S3"),
            Self::Spaces => Some("DigitalOcean Spaces"),
            Self::Wasabi => Some("Wasabi"),
            Self::Scaleway => Some("Scaleway"),
            Self::R2 => Some("Cloudflare R2"),
            Self::B2 => Some("Backblaze B2"),
            Self::Other => None,
        }
    }

    /// An endpoint of it; empty where there are as many as installations.
    pub(crate) fn sample_endpoint(self) -> &'static str {
        match self {
            // Of R2 each account has one of its own.
            Self::Aws | Self::Other | Self::R2 => "",
            Self::Spaces => "https://nyc3.digitaloceanspaces.com",
            Self::Wasabi => "https://s3.eu-central-1.wasabisys.com",
            Self::Scaleway => "https://s3.fr-par.scw.cloud",
            Self::B2 => "https://s3.us-west-004.backblazeb2.com",
        }
    }

    /// What stands in an empty endpoint field.
    pub(crate) fn endpoint_hint(self) -> &'static str {
        match self {
            Self::Aws | Self::Other => "https://s3.example.com",
            Self::R2 => "https://ACCOUNT_ID.r2.cloudflarestorage.com",
            hosted => hosted.sample_endpoint(),
        }
    }

    /// The region that goes with the sample.
    pub(crate) fn sample_region(self) -> &'static str {
        match self {
            Self::Aws | Self::Other => "",
            Self::Spaces => "nyc3",
            Self::Wasabi => "eu-central-1",
            Self::Scaleway => "fr-par",
            Self::R2 => "auto",
            Self::B2 => "us-west-004",
        }
    }

    /// The name of the service at an endpoint that takes no forms, whatever it is offered as.
    pub(crate) fn without_forms(endpoint: &str) -> Option<&'static str> {
        match Self::of_endpoint(endpoint) {
            service @ (Self::R2 | Self::B2) => service.name(),
            _ => None,
        }
    }
}

fn host(endpoint: &str) -> String {
    let rest = endpoint.trim().split_once("://").map_or(endpoint, |(_, rest)| rest);
    let end = rest.find(['/', ':']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().to_ascii_lowercase()
}
