//! What S3 answers to the requests of a parts upload.

use crate::s3::answer::{Posted, S3Error, covers_object, posted, s3_error, unquoted};
use crate::s3::answer_xml::{AnswerXml, Record, read_xml};

/// What `CreateMultipartUpload` gives.
///
/// ```
/// use dropslot::s3::parts;
///
/// let body = b"<InitiateMultipartUploadResult><UploadId>VXBsb2Fk</UploadId></InitiateMultipartUploadResult>";
/// let created = parts::read_created(200, |_| None, body)?;
/// assert_eq!(created.upload_id, "VXBsb2Fk");
/// assert!(!created.has_crc64nvme);
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Names the upload from now on.
    pub upload_id: String,
    /// S3 will answer with a CRC-64/NVME of the full object.
    pub has_crc64nvme: bool,
}

/// A part that S3 has.
///
/// ```
/// use dropslot::s3::parts;
///
/// let body = b"<ListPartsResult><IsTruncated>false</IsTruncated>\
///              <Part><PartNumber>1</PartNumber><ETag>\"a1\"</ETag><Size>5242880</Size></Part></ListPartsResult>";
/// let page = parts::read_parts(200, |_| None, body)?;
/// assert_eq!((page.parts[0].number, page.parts[0].size_bytes), (1, 5 << 20));
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPart {
    /// From 1.
    pub number: u32,
    /// Without quotes.
    pub etag: String,
    /// Its length.
    pub size_bytes: u64,
    /// Base64 of the big-endian 8 bytes, where S3 has it.
    pub crc64nvme: Option<String>,
}

/// One page of `ListParts`.
///
/// ```
/// use dropslot::s3::parts;
///
/// let body = b"<ListPartsResult><IsTruncated>false</IsTruncated>\
///              <Part><PartNumber>1</PartNumber><ETag>\"a1\"</ETag><Size>5242880</Size></Part></ListPartsResult>";
/// let page = parts::read_parts(200, |_| None, body)?;
/// assert_eq!((page.parts.len(), page.next), (1, None));
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PartsPage {
    /// In order.
    pub parts: Vec<StoredPart>,
    /// After which part the next page begins, where there is one.
    pub next: Option<u32>,
}

/// A parts upload that was begun and neither completed nor aborted: its parts are paid for.
///
/// ```
/// use dropslot::s3::parts;
///
/// let body = b"<ListMultipartUploadsResult><Upload><Key>a.mp4</Key><UploadId>VXBsb2Fk</UploadId>\
///              <Initiated>2026-11-24T09:30:15Z</Initiated></Upload></ListMultipartUploadsResult>";
/// let page = parts::read_unfinished(200, |_| None, body)?;
/// assert_eq!(page.uploads[0].object_key, "a.mp4");
/// assert!(page.uploads[0].initiated.is_some());
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The key that the object would get.
    pub object_key: String,
    /// Names it.
    pub upload_id: String,
    /// When it was begun.
    pub initiated: Option<jiff::Timestamp>,
}

/// One page of `ListMultipartUploads`.
///
/// ```
/// use dropslot::s3::parts;
///
/// let body = b"<ListMultipartUploadsResult><Upload><Key>a.mp4</Key><UploadId>VXBsb2Fk</UploadId>\
///              <Initiated>2026-11-24T09:30:15Z</Initiated></Upload></ListMultipartUploadsResult>";
/// let page = parts::read_unfinished(200, |_| None, body)?;
/// assert_eq!((page.uploads.len(), page.next), (1, None));
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UnfinishedPage {
    /// By key, then by beginning.
    pub uploads: Vec<Unfinished>,
    /// `key-marker` and `upload-id-marker` of the next page, where there is one.
    pub next: Option<(String, String)>,
}

/// Reads the answer to `CreateMultipartUpload`.
///
/// # Errors
/// [`S3Error`], also where a 200 names no upload.
///
/// ```
/// use dropslot::s3::parts;
///
/// assert!(parts::read_created(200, |_| None, b"<html>").is_err());
/// assert!(parts::read_created(403, |_| None, b"<Error><Code>AccessDenied</Code></Error>").is_err());
/// ```
pub fn read_created(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<Created, S3Error> {
    let xml = of_root(status, &header, body, "InitiateMultipartUploadResult")?;
    let upload_id = xml.text("UploadId").filter(|id| !id.is_empty());
    Ok(Created {
        upload_id: upload_id.ok_or_else(|| s3_error(status, &header, &xml))?.to_owned(),
        has_crc64nvme: header("x-amz-checksum-algorithm").is_some_and(|name| name.eq_ignore_ascii_case("CRC64NVME")),
    })
}

/// Reads the answer to `UploadPart`: its facts are in its headers.
///
/// # Errors
/// [`S3Error`], also where a 200 has no `ETag`, without which nothing can be completed.
///
/// ```
/// use dropslot::s3::parts;
///
/// let header = |name: &str| (name == "etag").then(|| "\"a1\"".to_owned());
/// assert_eq!(parts::read_part(200, header, b"")?.etag.as_deref(), Some("a1"));
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
pub fn read_part(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<Posted, S3Error> {
    let xml = read_xml(&String::from_utf8_lossy(body));
    let posted = posted(&header, &xml);
    if status == 200 && posted.etag.is_some() {
        return Ok(posted);
    }
    Err(s3_error(status, &header, &xml))
}

/// Reads the answer to `ListParts`.
///
/// # Errors
/// [`S3Error`], also where the list was cut short.
///
/// ```
/// use dropslot::s3::parts;
///
/// let body = b"<ListPartsResult><IsTruncated>false</IsTruncated>\
///              <Part><PartNumber>1</PartNumber><ETag>\"a1\"</ETag><Size>5242880</Size></Part></ListPartsResult>";
/// let page = parts::read_parts(200, |_| None, body)?;
/// assert_eq!(page.parts[0].etag, "a1");
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
pub fn read_parts(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<PartsPage, S3Error> {
    let xml = of_root(status, &header, body, "ListPartsResult")?;
    Ok(PartsPage {
        next: xml
            .text("NextPartNumberMarker")
            .filter(|_| is_truncated(&xml))
            .and_then(|number| number.trim().parse().ok()),
        parts: xml.records("Part").filter_map(stored_part).collect(),
    })
}

/// Reads the answer to `ListMultipartUploads`.
///
/// # Errors
/// [`S3Error`], also where the list was cut short.
///
/// ```
/// use dropslot::s3::parts;
///
/// let body = b"<ListMultipartUploadsResult><Upload><Key>a.mp4</Key><UploadId>VXBsb2Fk</UploadId>\
///              <Initiated>2026-11-24T09:30:15Z</Initiated></Upload></ListMultipartUploadsResult>";
/// let page = parts::read_unfinished(200, |_| None, body)?;
/// assert_eq!(page.uploads[0].upload_id, "VXBsb2Fk");
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
pub fn read_unfinished(
    status: u16,
    header: impl Fn(&str) -> Option<String>,
    body: &[u8],
) -> Result<UnfinishedPage, S3Error> {
    let xml = of_root(status, &header, body, "ListMultipartUploadsResult")?;
    let marker = |name: &str| xml.text(name).unwrap_or_default().to_owned();
    let next = is_truncated(&xml).then(|| (marker("NextKeyMarker"), marker("NextUploadIdMarker")));
    Ok(UnfinishedPage {
        // Without a key the next page would be the first one again.
        next: next.filter(|(key, _)| !key.is_empty()),
        uploads: xml.records("Upload").filter_map(unfinished).collect(),
    })
}

/// Reads the answer to `CompleteMultipartUpload`. S3 begins with a 200 and may end with an error.
///
/// # Errors
/// [`S3Error`], with status 200 where that is how S3 had begun.
///
/// ```
/// use dropslot::s3::parts;
///
/// let body = b"<CompleteMultipartUploadResult><ETag>\"a1-2\"</ETag></CompleteMultipartUploadResult>";
/// assert_eq!(parts::read_completed(200, |_| None, body)?.etag.as_deref(), Some("a1-2"));
///
/// // S3 may say 200 and then that it failed.
/// let failed = b"<Error><Code>InternalError</Code></Error>";
/// assert!(parts::read_completed(200, |_| None, failed).is_err());
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
pub fn read_completed(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<Posted, S3Error> {
    let xml = of_root(status, &header, body, "CompleteMultipartUploadResult")?;
    let kind = xml
        .text("ChecksumType")
        .map(str::to_owned)
        .or_else(|| header("x-amz-checksum-type"));
    let crc64nvme = xml.text("ChecksumCRC64NVME").map(str::to_owned);
    Ok(Posted {
        etag: xml.text("ETag").map(unquoted),
        object_key: xml.text("Key").map(str::to_owned),
        crc64nvme: crc64nvme.filter(|_| covers_object(kind.as_deref())),
        request_id: header("x-amz-request-id"),
        etag_is_md5: false,
    })
}

/// Reads the answer to `AbortMultipartUpload`. That there was no such upload is as good.
///
/// # Errors
/// [`S3Error`] for everything else.
///
/// ```
/// use dropslot::s3::parts;
///
/// assert!(parts::read_aborted(204, |_| None, b"").is_ok());
/// assert!(parts::read_aborted(404, |_| None, b"<Error><Code>NoSuchUpload</Code></Error>").is_ok());
/// ```
pub fn read_aborted(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<(), S3Error> {
    let xml = read_xml(&String::from_utf8_lossy(body));
    if status == 204 || (status == 200 && body.trim_ascii().is_empty()) {
        return Ok(());
    }
    let error = s3_error(status, &header, &xml);
    if error.code == "NoSuchUpload" {
        Ok(())
    } else {
        Err(error)
    }
}

/// A 200 whose XML is whole and has this root.
pub(in crate::s3) fn of_root(
    status: u16,
    header: &impl Fn(&str) -> Option<String>,
    body: &[u8],
    root: &str,
) -> Result<AnswerXml, S3Error> {
    let xml = read_xml(&String::from_utf8_lossy(body));
    if status == 200 && xml.root() == Some(root) && xml.is_whole() {
        Ok(xml)
    } else {
        Err(s3_error(status, header, &xml))
    }
}

fn is_truncated(xml: &AnswerXml) -> bool {
    xml.text("IsTruncated").is_some_and(|text| text.trim() == "true")
}

fn stored_part(part: &Record) -> Option<StoredPart> {
    Some(StoredPart {
        number: part.text("PartNumber")?.trim().parse().ok()?,
        etag: unquoted(part.text("ETag")?),
        size_bytes: part.text("Size")?.trim().parse().ok()?,
        crc64nvme: part.text("ChecksumCRC64NVME").map(str::to_owned),
    })
}

fn unfinished(upload: &Record) -> Option<Unfinished> {
    Some(Unfinished {
        object_key: upload.text("Key")?.to_owned(),
        upload_id: upload.text("UploadId")?.to_owned(),
        initiated: upload.text("Initiated").and_then(|time| time.trim().parse().ok()),
    })
}
