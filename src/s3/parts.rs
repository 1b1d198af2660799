//! A parts upload: how a file is cut, what is asked of S3, and what it answers.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html> and the pages of the operations.

mod answers;

pub(super) use answers::of_root;
pub use answers::{
    Created, PartsPage, StoredPart, Unfinished, UnfinishedPage, read_aborted, read_completed, read_created, read_part,
    read_parts, read_unfinished,
};
use std::fmt::Write as _;

/// Most parts of an upload (qfacts.html).
///
/// ```
/// use dropslot::s3::parts::{MAX_PARTS, MAX_PARTS_UPLOAD_BYTES, part_bytes, parts};
///
/// let size_bytes = MAX_PARTS_UPLOAD_BYTES;
/// let part_bytes = part_bytes(size_bytes).ok_or("too large")?;
/// assert_eq!(parts(size_bytes, part_bytes).count() as u64, MAX_PARTS);
/// # Ok::<(), &str>(())
/// ```
pub const MAX_PARTS: u64 = 10_000;
/// Bytes of the smallest part that S3 takes, but for the last one (qfacts.html).
///
/// ```
/// use dropslot::s3::parts::{MIN_PART_BYTES, part_bytes};
///
/// assert_eq!(part_bytes(6 << 20), Some(MIN_PART_BYTES));
/// ```
pub const MIN_PART_BYTES: u64 = 5 * MIB;
/// What a part usually has: fewer requests are cheaper, and between two of them a connection waits for an answer.
const USUAL_PART_BYTES: u64 = 8 * MIB;
/// Bytes of the largest part: so much is sent again where a connection breaks at its end.
///
/// ```
/// use dropslot::s3::parts::{MAX_PART_BYTES, part_bytes};
///
/// assert_eq!(part_bytes(600 << 30), Some(MAX_PART_BYTES));
/// ```
pub const MAX_PART_BYTES: u64 = 64 * MIB;
/// Largest file: 625 GiB.
///
/// ```
/// use dropslot::s3::parts::{MAX_PARTS_UPLOAD_BYTES, part_bytes};
///
/// assert_eq!(part_bytes(MAX_PARTS_UPLOAD_BYTES + 1), None);
/// ```
pub const MAX_PARTS_UPLOAD_BYTES: u64 = MAX_PARTS * MAX_PART_BYTES;
/// A smaller file has so many, if S3 takes them so small: then a line of sixteen connections is in use to the end, and
/// little is sent again where one breaks.
const PARTS_OF_SMALL_FILES: u64 = 64;
/// As many parts as a large file has before they grow.
const PARTS_BEFORE_GROWING: u64 = 1000;
const MIB: u64 = 1024 * 1024;

/// One part of a file.
///
/// ```
/// use dropslot::s3::parts::{Part, parts};
///
/// let last = parts(12, 5).last();
/// assert_eq!(last, Some(Part { number: 3, offset: 10, size_bytes: 2 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub number: u32,
    /// Where it begins in the file.
    pub offset: u64,
    /// Its length; 0 only where the file is empty.
    pub size_bytes: u64,
}

/// Bytes of each part but the last for a file of `size_bytes`: whole MiB, 5 to 64. `None` above
/// [`MAX_PARTS_UPLOAD_BYTES`].
///
/// ```
/// use dropslot::s3::parts::part_bytes;
///
/// assert_eq!(part_bytes(1 << 30), Some(8 << 20));
/// ```
#[must_use]
pub fn part_bytes(size_bytes: u64) -> Option<u64> {
    let in_parts = |count: u64| size_bytes.div_ceil(count).div_ceil(MIB) * MIB;
    let usual = in_parts(PARTS_OF_SMALL_FILES).clamp(MIN_PART_BYTES, USUAL_PART_BYTES);
    let bytes = in_parts(PARTS_BEFORE_GROWING).clamp(usual, MAX_PART_BYTES);
    (size_bytes.div_ceil(bytes) <= MAX_PARTS).then_some(bytes)
}

/// The parts of a file of `size_bytes`, each of `part_bytes` but the last. An empty file has one, which is empty.
///
/// ```
/// use dropslot::s3::parts::parts;
///
/// let sizes: Vec<u64> = parts(12, 5).map(|part| part.size_bytes).collect();
/// assert_eq!(sizes, [5, 5, 2]);
/// ```
pub fn parts(size_bytes: u64, part_bytes: u64) -> impl Iterator<Item = Part> {
    let part_bytes = part_bytes.max(1);
    let count = size_bytes.div_ceil(part_bytes).max(1);
    (0..count).zip(1..).map(move |(index, number)| {
        let offset = index * part_bytes;
        Part {
            number,
            offset,
            size_bytes: part_bytes.min(size_bytes - offset),
        }
    })
}

/// The body of `CompleteMultipartUpload`: numbers and `ETag`s in order.
///
/// ```
/// use dropslot::s3::parts::completion;
///
/// let body = completion([(1, "a54357aff0632cce46d942af68356b38")]);
/// assert!(body.contains("<Part><PartNumber>1</PartNumber><ETag>&quot;a54357aff0632cce46d942af68356b38&quot;</ETag></Part>"));
/// ```
#[must_use]
pub fn completion<'a>(parts: impl IntoIterator<Item = (u32, &'a str)>) -> String {
    let mut xml = String::from("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    for (number, etag) in parts {
        let etag = quick_xml::escape::escape(etag);
        // Writing to a `String` cannot fail.
        write!(
            xml,
            "<Part><PartNumber>{number}</PartNumber><ETag>&quot;{etag}&quot;</ETag></Part>"
        )
        .unwrap_or_default();
    }
    xml.push_str("</CompleteMultipartUpload>");
    xml
}

#[cfg(test)]
mod tests;
