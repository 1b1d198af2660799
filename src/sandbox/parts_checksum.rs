//! The checksum that a parts upload is started with, and what it comes to when the parts are put together.
//!
//! Without a word about it, an object gets CRC-64/NVME over all of its bytes, as S3 does.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>

use super::answer::Refusal;
use super::checksums::{Checksums, Wanted};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use s3s::dto::{ChecksumAlgorithm, ChecksumType};
use serde::{Deserialize, Serialize};

/// Algorithms, in lower case, that can be over all bytes; all but CRC-64/NVME can be over the parts' checksums.
const OF_ALL_BYTES: [&str; 3] = ["crc64nvme", "crc32", "crc32c"];
const CRC64NVME: &str = "crc64nvme";

/// An algorithm, in lower case, and what it is computed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartsChecksum {
    /// `None` where the client left the choice.
    algorithm: Option<String>,
    /// Over the parts' checksums, not over the bytes.
    composite: bool,
}

impl PartsChecksum {
    /// From `x-amz-checksum-algorithm` and `x-amz-checksum-type`.
    pub(super) fn asked(algorithm: Option<&str>, kind: Option<&str>) -> Result<Self, Refusal> {
        let Some(algorithm) = algorithm.map(str::to_lowercase) else {
            return match kind {
                None => Ok(Self::default()),
                Some(_) => Err(Refusal::invalid_request(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
                )),
            };
        };
        if !Checksums::knows(&algorithm) {
            let message = "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]";
            return Err(Refusal::invalid_request(message));
        }
        let composite = kind.map_or(algorithm != CRC64NVME, |kind| kind != ChecksumType::FULL_OBJECT);
        let possible = if composite {
            algorithm != CRC64NVME
        } else {
            OF_ALL_BYTES.contains(&algorithm.as_str())
        };
        if !possible {
            let kind = kind.unwrap_or_default();
            let message = format!("The {kind} checksum type cannot be used with the {algorithm} checksum algorithm.");
            return Err(Refusal::invalid_request(message));
        }
        Ok(Self {
            algorithm: Some(algorithm),
            composite,
        })
    }

    /// As answers name it: nothing where the client left the choice.
    pub(super) fn named(&self) -> (Option<ChecksumAlgorithm>, Option<ChecksumType>) {
        let algorithm = self.algorithm.as_deref().map(str::to_uppercase);
        let kind = algorithm.is_some().then(|| ChecksumType::from_static(self.kind()));
        (algorithm.map(ChecksumAlgorithm::from), kind)
    }

    /// `FULL_OBJECT` or `COMPOSITE`.
    pub(super) fn kind(&self) -> &'static str {
        if self.composite {
            ChecksumType::COMPOSITE
        } else {
            ChecksumType::FULL_OBJECT
        }
    }

    /// What to compute of a part, beside what its own headers name.
    pub(super) fn wanted_of_part(&self, by_headers: Wanted) -> Wanted {
        by_headers.with(self.algorithm.as_deref())
    }

    /// Refuses a part's checksum by another algorithm.
    pub(super) fn check_part(&self, claims: &Checksums) -> Result<(), Refusal> {
        let Some(expected) = self.algorithm.as_deref() else {
            return Ok(());
        };
        match claims.algorithms().find(|claimed| *claimed != expected) {
            None => Ok(()),
            Some(claimed) => Err(Refusal::invalid_request(format!(
                "Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {claimed}"
            ))),
        }
    }

    /// What to compute of all bytes, beside what the client claims.
    pub(super) fn wanted_of_object(&self, claims: &Checksums) -> Wanted {
        let over_bytes = self.algorithm.as_deref().filter(|_| !self.composite);
        Wanted::by_claims(claims).with(over_bytes)
    }

    /// The object's checksums, from those of its bytes or from those of its parts.
    pub(super) fn of_object<'a>(&self, of_bytes: Checksums, parts: impl Iterator<Item = &'a Checksums>) -> Checksums {
        let Some(algorithm) = self.algorithm.as_deref().filter(|_| self.composite) else {
            return of_bytes;
        };
        let (mut joined, mut count) = (Vec::new(), 0);
        for part in parts {
            // Of every part its algorithm's checksum was computed, and put into base64, here.
            joined.extend(
                STANDARD
                    .decode(part.get(algorithm).unwrap_or_default())
                    .unwrap_or_default(),
            );
            count += 1;
        }
        let mut hasher = Wanted::default().with(Some(algorithm)).hasher();
        hasher.update(&joined);
        let of_parts = Checksums::from(&hasher.finalize()).get(algorithm).unwrap_or_default();
        Checksums::of(algorithm, format!("{of_parts}-{count}"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn kind(algorithm: Option<&str>, kind: Option<&str>) -> Option<&'static str> {
        let asked = PartsChecksum::asked(algorithm, kind).ok()?;
        Some(asked.kind())
    }

    #[test]
    fn every_algorithm_has_the_types_that_s3_gives_it() {
        assert_eq!(kind(None, None), Some("FULL_OBJECT"));
        assert_eq!(kind(None, Some("FULL_OBJECT")), None);
        assert_eq!(kind(Some("CRC64NVME"), None), Some("FULL_OBJECT"));
        assert_eq!(kind(Some("CRC64NVME"), Some("COMPOSITE")), None);
        assert_eq!(kind(Some("CRC32"), None), Some("COMPOSITE"));
        assert_eq!(kind(Some("CRC32C"), Some("FULL_OBJECT")), Some("FULL_OBJECT"));
        assert_eq!(kind(Some("SHA256"), Some("FULL_OBJECT")), None);
        assert_eq!(kind(Some("SHA256"), None), Some("COMPOSITE"));
        assert_eq!(kind(Some("MD5"), None), None);
    }

    #[test]
    fn a_part_is_held_to_the_algorithm_that_was_announced() {
        let announced = PartsChecksum::asked(Some("CRC64NVME"), None).unwrap();
        announced.check_part(&Checksums::default()).unwrap();
        announced
            .check_part(&Checksums::of("crc64nvme", String::new()))
            .unwrap();
        announced
            .check_part(&Checksums::of("crc32", String::new()))
            .unwrap_err();
        PartsChecksum::default()
            .check_part(&Checksums::of("crc32", String::new()))
            .unwrap();
    }
}
