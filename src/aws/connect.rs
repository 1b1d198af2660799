//! Why there is no connection to S3 or to a function: told apart, because each asks the person for something else.

use std::error::Error;
use std::io;

/// What failed before the first byte of the request left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum ConnectKind {
    /// The form's URL cannot be used at all.
    Url,
    /// The host's name is not known: a wrong endpoint or region, or no network.
    Dns,
    /// Nobody listens there.
    Refused,
    /// No connection within 10 s.
    TimedOut,
    /// The server's certificate is not trusted, expired, or another host's.
    NotTrusted,
    /// TLS failed otherwise; often plain HTTP is spoken there.
    Tls,
    /// The proxy could not be reached, wants a login, or refused to connect.
    Proxy,
    /// Anything else: no route, network down.
    Network,
}

impl ConnectKind {
    /// Waiting may help.
    #[must_use]
    pub fn is_passing(self) -> bool {
        match self {
            Self::Dns | Self::Refused | Self::TimedOut | Self::Network => true,
            Self::Url | Self::NotTrusted | Self::Tls | Self::Proxy => false,
        }
    }

    /// The network may be gone: the name is not found, there is no way there, or what is sent comes to nobody. Where a
    /// connection is refused, somebody was reached.
    #[must_use]
    pub fn is_unreachable(self) -> bool {
        match self {
            Self::Dns | Self::TimedOut | Self::Network => true,
            Self::Url | Self::Refused | Self::NotTrusted | Self::Tls | Self::Proxy => false,
        }
    }

    /// By the words of a whole chain: the SDK keeps the types of its causes to itself.
    pub(crate) fn by_words(reason: &str) -> Self {
        let signs = [
            ("tunnel error", Self::Proxy),
            ("certificate", Self::NotTrusted),
            ("TLS", Self::Tls),
            ("failed to lookup address", Self::Dns),
            ("dns error", Self::Dns),
            ("Connection refused", Self::Refused),
            ("timed out", Self::TimedOut),
            ("timeout", Self::TimedOut),
        ];
        let found = signs.into_iter().find(|(sign, _)| reason.contains(sign));
        found.map_or(Self::Network, |(_, kind)| kind)
    }

    /// Looks through the whole chain of a failed connection.
    pub(crate) fn of(error: &reqwest::Error) -> Self {
        if error.is_builder() {
            return Self::Url;
        }
        let chain: Vec<_> = causes(error).collect();
        // hyper-util does not export the type of a tunnel's error.
        if chain.iter().any(|cause| cause.to_string().starts_with("tunnel error")) {
            return Self::Proxy;
        }
        if error.is_dns() {
            return Self::Dns;
        }
        if let Some(kind) = chain.iter().find_map(|cause| of_cause(*cause)) {
            return kind;
        }
        if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Network
        }
    }
}

fn of_cause(cause: &(dyn Error + 'static)) -> Option<ConnectKind> {
    if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
        return Some(of_tls(tls));
    }
    let io = cause.downcast_ref::<io::Error>()?;
    match io.kind() {
        io::ErrorKind::ConnectionRefused => Some(ConnectKind::Refused),
        io::ErrorKind::TimedOut => Some(ConnectKind::TimedOut),
        // `getaddrinfo` has no error kind of its own.
        _ if io.to_string().contains("failed to lookup address") => Some(ConnectKind::Dns),
        _ => None,
    }
}

fn of_tls(error: &rustls::Error) -> ConnectKind {
    match error {
        rustls::Error::InvalidCertificate(_) => ConnectKind::NotTrusted,
        _ => ConnectKind::Tls,
    }
}

/// The chain in one line, outermost first, without URL and without repetitions.
pub(crate) fn reason(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut parts: Vec<String> = Vec::new();
    for cause in causes(&error) {
        let text = cause.to_string();
        if !parts.iter().any(|part| part.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ")
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause| {
        // An `io::Error` leaves out of its chain what it wraps.
        match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => cause.source(),
        }
    })
}
