//! Services that take upload forms, with what their endpoints look like.
//!
//! POST Object: documented by AWS and Scaleway; Ceph has it, and with it Spaces, which runs Ceph; `MinIO` and Wasabi are used
//! by it. Cloudflare R2 and Backblaze B2 answer it by 501 `NotImplemented`.

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
    /// An installation of one's own.
    Other,
}

impl Service {
    /// In the order offered.
    pub(crate) const ALL: [Self; 5] = [Self::Aws, Self::Other, Self::Spaces, Self::Wasabi, Self::Scaleway];

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
            Self::Other => None,
        }
    }

    /// An endpoint of it; empty where there are as many as installations.
    pub(crate) fn sample_endpoint(self) -> &'static str {
        match self {
            Self::Aws | Self::Other => "",
            Self::Spaces => "https://nyc3.digitaloceanspaces.com",
            Self::Wasabi => "https://s3.eu-central-1.wasabisys.com",
            Self::Scaleway => "https://s3.fr-par.scw.cloud",
        }
    }

    /// What stands in an empty endpoint field.
    pub(crate) fn endpoint_hint(self) -> &'static str {
        match self {
            Self::Aws | Self::Other => "https://s3.example.com",
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
        }
    }

    /// The service at an endpoint that takes no forms, whatever it is offered as.
    pub(crate) fn without_forms(endpoint: &str) -> Option<&'static str> {
        let host = host(endpoint);
        [
            ("r2.cloudflarestorage.com", "Cloudflare R2"),
            ("backblazeb2.com", "Backblaze B2"),
        ]
        .into_iter()
        .find(|(domain, _)| host.ends_with(domain))
        .map(|(_, name)| name)
    }
}

fn host(endpoint: &str) -> String {
    let rest = endpoint.trim().split_once("://").map_or(endpoint, |(_, rest)| rest);
    let end = rest.find(['/', ':']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default().to_ascii_lowercase()
}
