//! Proof: what was sent against what S3 says it stored.

use crate::s3::Posted;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest as _, Md5};
use std::io::Read as _;
use std::path::Path;

/// By what an upload is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// CRC-64/NVME of the full object, computed while sending, equals S3's.
    Crc64Nvme,
    /// MD5 of the bytes equals the `ETag`.
    Md5,
    /// A HEAD saw the length.
    Size,
    /// Nothing could be compared.
    None,
}

impl Proof {
    /// `crc64nvme`, `md5`, `size`, `none`: the names of the command line's JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc64Nvme => "crc64nvme",
            Self::Md5 => "md5",
            Self::Size => "size",
            Self::None => "none",
        }
    }
}

/// Checksums of the bytes as they left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentChecksums {
    /// Base64 of the big-endian 8 bytes.
    pub crc64nvme: String,
    /// Lower-case hexadecimal, where it was asked for.
    pub md5: Option<String>,
}

/// What comparing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Proven(Proof),
    /// Different: what S3 stored is not what was sent.
    Mismatch(Proof),
    /// The answer carries an MD5 `ETag`, but no MD5 was computed while sending: compute it from the file.
    NeedsMd5,
    /// The answer carries nothing to compare: look at the size.
    NothingToCompare,
}

/// Holds what was sent against what S3 says it stored: the CRC where the answer carries one, else the `ETag` where it is an MD5.
#[must_use]
pub fn compare(sent: &SentChecksums, answer: &Posted) -> Comparison {
    if let Some(stored) = &answer.crc64nvme {
        return verdict(*stored == sent.crc64nvme, Proof::Crc64Nvme);
    }
    let Some(stored) = answer.etag.as_deref().filter(|etag| answer.etag_is_md5 && is_md5(etag)) else {
        return Comparison::NothingToCompare;
    };
    match &sent.md5 {
        Some(md5) => verdict(md5.eq_ignore_ascii_case(stored), Proof::Md5),
        None => Comparison::NeedsMd5,
    }
}

fn verdict(equal: bool, proof: Proof) -> Comparison {
    if equal {
        Comparison::Proven(proof)
    } else {
        Comparison::Mismatch(proof)
    }
}

/// 32 hexadecimal digits; an object sent in parts has `-N` behind them.
fn is_md5(etag: &str) -> bool {
    etag.len() == 32 && etag.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// MD5 of a file as lower-case hexadecimal, in constant memory. Blocks: call it off the runtime's threads.
///
/// # Errors
/// Reading.
pub fn file_md5(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut block = vec![0; 256 * 1024];
    let mut md5 = Md5::new();
    loop {
        let length = match file.read(&mut block) {
            Ok(0) => return Ok(hexadecimal(md5)),
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        md5.update(block.get(..length).unwrap_or_default());
    }
}

fn hexadecimal(md5: Md5) -> String {
    format!("{:032x}", u128::from_be_bytes(md5.finalize().into()))
}

/// Computes [`SentChecksums`] block by block.
pub(super) struct Checksums {
    crc64nvme: crc_fast::Digest,
    md5: Option<Md5>,
}

impl Checksums {
    pub(super) fn new(with_md5: bool) -> Self {
        Self {
            crc64nvme: crc_fast::Digest::new(crc_fast::CrcAlgorithm::Crc64Nvme),
            md5: with_md5.then(Md5::new),
        }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.crc64nvme.update(bytes);
        if let Some(md5) = &mut self.md5 {
            md5.update(bytes);
        }
    }

    pub(super) fn finish(self) -> SentChecksums {
        SentChecksums {
            crc64nvme: BASE64_STANDARD.encode(self.crc64nvme.finalize().to_be_bytes()),
            md5: self.md5.map(hexadecimal),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn sent(with_md5: bool) -> SentChecksums {
        let mut checksums = Checksums::new(with_md5);
        checksums.update(b"1234");
        checksums.update(b"56789");
        checksums.finish()
    }

    #[test]
    fn the_check_values_of_the_catalogues_come_out() {
        let sent = sent(true);
        assert_eq!(sent.crc64nvme, "rosUhgp5mIg=");
        assert_eq!(sent.md5.as_deref(), Some("25f9e794323b453885f5181f1b624d0b"));
    }

    #[test]
    fn the_md5_of_a_file_is_that_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, b"123456789").unwrap();
        assert_eq!(file_md5(&path).unwrap(), "25f9e794323b453885f5181f1b624d0b");
        assert!(file_md5(&folder.path().join("missing")).is_err());
    }

    #[test]
    fn a_crc_in_the_answer_decides_alone() {
        let mut answer = Posted {
            crc64nvme: Some("rosUhgp5mIg=".to_owned()),
            etag: Some("0".repeat(32)),
            etag_is_md5: true,
            ..Posted::default()
        };
        assert_eq!(compare(&sent(true), &answer), Comparison::Proven(Proof::Crc64Nvme));
        answer.crc64nvme = Some("AAAAAAAAAAA=".to_owned());
        assert_eq!(compare(&sent(true), &answer), Comparison::Mismatch(Proof::Crc64Nvme));
    }

    #[test]
    fn an_etag_is_compared_where_it_is_an_md5() {
        let mut answer = Posted {
            etag: Some("25F9E794323B453885F5181F1B624D0B".to_owned()),
            etag_is_md5: true,
            ..Posted::default()
        };
        assert_eq!(compare(&sent(true), &answer), Comparison::Proven(Proof::Md5));
        assert_eq!(compare(&sent(false), &answer), Comparison::NeedsMd5);
        answer.etag_is_md5 = false;
        assert_eq!(compare(&sent(true), &answer), Comparison::NothingToCompare);
        answer.etag_is_md5 = true;
        answer.etag = Some("0".repeat(32));
        assert_eq!(compare(&sent(true), &answer), Comparison::Mismatch(Proof::Md5));
        answer.etag = Some("25f9e794323b453885f5181f1b624d0b-2".to_owned());
        assert_eq!(compare(&sent(true), &answer), Comparison::NothingToCompare);
    }
}
