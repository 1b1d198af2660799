//! Proof: what was sent against what S3 says it stored.

use super::{Source, SourceError};
use crate::s3::Posted;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest as _, Md5};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;

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

impl SentChecksums {
    /// The CRC as a number.
    #[must_use]
    pub fn crc(&self) -> Option<u64> {
        let bytes = BASE64_STANDARD.decode(&self.crc64nvme).ok()?;
        Some(u64::from_be_bytes(bytes.try_into().ok()?))
    }
}

/// Base64 of the CRC-64/NVME of a whole, from its parts in order, each with its length in bytes.
#[must_use]
pub fn combined_crc64nvme<'a>(parts: impl IntoIterator<Item = (&'a SentChecksums, u64)>) -> Option<String> {
    let mut whole = crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, &[]);
    for (part, size_bytes) in parts {
        whole = crc_fast::checksum_combine(crc_fast::CrcAlgorithm::Crc64Nvme, whole, part.crc()?, size_bytes);
    }
    Some(BASE64_STANDARD.encode(whole.to_be_bytes()))
}

/// The `ETag` that a parts upload gets: the MD5 of its parts' MD5s, and their number. `None` where one was not computed.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>
#[must_use]
pub fn parts_etag<'a>(parts: impl IntoIterator<Item = &'a SentChecksums>) -> Option<String> {
    let mut all = Md5::new();
    let mut count = 0_u32;
    for part in parts {
        let md5 = u128::from_str_radix(part.md5.as_deref()?, 16).ok()?;
        all.update(md5.to_be_bytes());
        count += 1;
    }
    Some(format!("{}-{count}", hexadecimal(all)))
}

/// Checksums of a file's bytes without sending them, in constant memory. Blocks: call it off the runtime's threads.
///
/// # Errors
/// [`SourceError`], a change of the file included.
pub fn file_checksums(source: &Source, range: Range<u64>, with_md5: bool) -> Result<SentChecksums, SourceError> {
    let mut file = source.open()?;
    file.seek(SeekFrom::Start(range.start))?;
    let mut bytes = file.take(range.end.saturating_sub(range.start));
    let mut checksums = Checksums::new(with_md5);
    let mut block = vec![0; 256 * 1024];
    loop {
        let length = match bytes.read(&mut block) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        checksums.update(block.get(..length).unwrap_or_default());
    }
    source.is_still(bytes.get_ref())?;
    Ok(checksums.finish())
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
    fn parts_add_up_to_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let bytes: Vec<u8> = (0..700_001_u32).map(|number| (number % 251) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let source = Source::open_new(&path).unwrap().0;
        let of = |range| file_checksums(&source, range, true).unwrap();
        let parts = [of(0..300_000), of(300_000..600_000), of(600_000..700_001)];
        let sizes = [300_000, 300_000, 100_001];
        let whole = of(0..700_001);
        assert_eq!(combined_crc64nvme(parts.iter().zip(sizes)), Some(whole.crc64nvme));
        assert_eq!(combined_crc64nvme([]).as_deref(), Some("AAAAAAAAAAA="), "of nothing");
        // By md5sum: printf '%s%s' of the three digests in binary, and so on.
        let md5s: Vec<u8> = parts
            .iter()
            .flat_map(|part| {
                u128::from_str_radix(part.md5.as_deref().unwrap(), 16)
                    .unwrap()
                    .to_be_bytes()
            })
            .collect();
        assert_eq!(
            parts_etag(&parts),
            Some(format!("{}-3", hexadecimal(Md5::new_with_prefix(md5s))))
        );
        assert!(matches!(
            file_checksums(
                &Source {
                    size_bytes: 5,
                    ..source
                },
                0..5,
                false
            ),
            Err(SourceError::Changed)
        ));
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
