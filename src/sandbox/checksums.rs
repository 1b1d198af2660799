//! Checksums: which ones an upload asks for, and whether its bytes have them.
//!
//! CRC-64/NVME is computed for every object, asked for or not, as S3 does. Values are base64 of the big-endian bytes.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>

use super::answer::Refusal;
use http::HeaderMap;
use s3s::checksum::ChecksumHasher;
use s3s::crypto::Checksum as _;
use s3s::dto::{Checksum, ChecksumType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The algorithms, as header names end: `x-amz-checksum-` + …
const ALGORITHMS: [&str; 5] = ["crc64nvme", "crc32", "crc32c", "sha1", "sha256"];
const PREFIX: &str = "x-amz-checksum-";

/// Checksums by algorithm, in base64.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checksums(BTreeMap<String, String>);

impl Checksums {
    /// What a form's fields or a request's headers claim; `field` looks a value up by its lower-case name.
    pub(super) fn claimed<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Self {
        let claims = ALGORITHMS.iter().filter_map(|algorithm| {
            let value = field(&format!("{PREFIX}{algorithm}"))?;
            Some(((*algorithm).to_owned(), value.to_owned()))
        });
        Self(claims.collect())
    }

    /// Adds what stands in a request's trailer.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether an algorithm, in lower case, is one of S3's.
    pub(super) fn knows(algorithm: &str) -> bool {
        ALGORITHMS.contains(&algorithm)
    }

    /// One checksum.
    pub(super) fn of(algorithm: &str, value: String) -> Self {
        Self(BTreeMap::from([(algorithm.to_owned(), value)]))
    }

    /// Refuses a claim that the bytes do not bear out.
    pub(super) fn hold_against(&self, computed: &Self) -> Result<(), Refusal> {
        self.first_that_differs(computed).map_or(Ok(()), |algorithm| {
            let name = algorithm.to_uppercase();
            let message = format!("The {name} you specified did not match the calculated checksum.");
            Err(Refusal::bad_digest(message))
        })
    }

    /// Of these claims, the first algorithm whose value `computed` has not, or has not the same.
    pub(super) fn first_that_differs(&self, computed: &Self) -> Option<&str> {
        let mut claims = self.0.iter();
        let (algorithm, _) = claims.find(|(algorithm, value)| computed.0.get(*algorithm) != Some(value))?;
        Some(algorithm)
    }

    /// The algorithms.
    pub(super) fn algorithms(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn get(&self, algorithm: &str) -> Option<String> {
        self.0.get(algorithm).cloned()
    }

    /// A checksum of the parts' checksums ends in the number of parts; all others are of the bytes.
    pub(super) fn kind(&self) -> ChecksumType {
        let composite = self.0.values().any(|value| value.contains('-'));
        ChecksumType::from_static(if composite {
            ChecksumType::COMPOSITE
        } else {
            ChecksumType::FULL_OBJECT
        })
    }
}

impl From<&Checksum> for Checksums {
    fn from(checksum: &Checksum) -> Self {
        let values = [
            ("crc64nvme", &checksum.checksum_crc64nvme),
            ("crc32", &checksum.checksum_crc32),
            ("crc32c", &checksum.checksum_crc32c),
            ("sha1", &checksum.checksum_sha1),
            ("sha256", &checksum.checksum_sha256),
        ];
        let values = values
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
        Self(values.collect())
    }
}

/// Which checksums to compute while the bytes pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted(Vec<&'static str>);

impl Wanted {
    /// Those of the claims.
    pub(super) fn by_claims(claims: &Checksums) -> Self {
        Self::by(|algorithm| claims.0.contains_key(algorithm))
    }

    /// One more.
    pub(super) fn with(self, added: Option<&str>) -> Self {
        Self::by(|algorithm| self.0.contains(&algorithm) || added == Some(algorithm))
    }

    /// Those that a PUT's headers give, announce for the trailer, or ask for.
    pub(super) fn by_headers(headers: &HeaderMap) -> Self {
        let text = |name: &str| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        let trailer = text("x-amz-trailer").to_ascii_lowercase();
        Self::by(|algorithm| {
            let name = format!("{PREFIX}{algorithm}");
            headers.contains_key(&name)
                || trailer.split(',').any(|announced| announced.trim() == name)
                || text("x-amz-sdk-checksum-algorithm").eq_ignore_ascii_case(algorithm)
        })
    }

    fn by(asked: impl Fn(&str) -> bool) -> Self {
        Self(ALGORITHMS.into_iter().filter(|algorithm| asked(algorithm)).collect())
    }

    /// A hasher for these and for CRC-64/NVME.
    pub(super) fn hasher(&self) -> ChecksumHasher {
        let asked = |algorithm: &str| self.0.contains(&algorithm);
        ChecksumHasher {
            crc32: asked("crc32").then(s3s::crypto::Crc32::new),
            crc32c: asked("crc32c").then(s3s::crypto::Crc32c::new),
            sha1: asked("sha1").then(s3s::crypto::Sha1::new),
            sha256: asked("sha256").then(s3s::crypto::Sha256::new),
            crc64nvme: Some(s3s::crypto::Crc64Nvme::new()),
        }
    }
}
