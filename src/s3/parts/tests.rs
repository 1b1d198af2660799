//! How files are cut, and S3's answers as its pages print them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use super::*;
use proptest::prelude::*;

fn no_header(_: &str) -> Option<String> {
    None
}

#[test]
fn parts_grow_with_the_file_and_end_at_ten_thousand() {
    let gib = 1024 * MIB;
    for (size_bytes, wanted) in [
        (0, Some(5 * MIB)),
        (1, Some(5 * MIB)),
        (320 * MIB, Some(5 * MIB)),
        (320 * MIB + 1, Some(6 * MIB)),
        (512 * MIB, Some(8 * MIB)),
        (gib, Some(8 * MIB)),
        (8000 * MIB, Some(8 * MIB)),
        (8000 * MIB + 1, Some(9 * MIB)),
        (64_000 * MIB, Some(64 * MIB)),
        (MAX_PARTS_UPLOAD_BYTES, Some(64 * MIB)),
        (MAX_PARTS_UPLOAD_BYTES + 1, None),
    ] {
        assert_eq!(part_bytes(size_bytes), wanted, "{size_bytes}");
    }
}

#[test]
fn an_empty_file_has_one_part() {
    let only = Part {
        number: 1,
        offset: 0,
        size_bytes: 0,
    };
    assert_eq!(parts(0, 8).collect::<Vec<_>>(), [only]);
}

proptest! {
    #[test]
    fn parts_are_the_file_in_order_without_gaps(size_bytes in 1_u64..5000, part_bytes in 1_u64..700) {
        let mut end = 0;
        for (part, number) in parts(size_bytes, part_bytes).zip(1..) {
            prop_assert_eq!((part.number, part.offset), (number, end));
            prop_assert!(part.size_bytes > 0 && part.size_bytes <= part_bytes);
            end += part.size_bytes;
        }
        prop_assert_eq!(end, size_bytes);
    }

    #[test]
    fn no_file_has_too_many_parts(size_bytes in 0..=MAX_PARTS_UPLOAD_BYTES) {
        let bytes = part_bytes(size_bytes).unwrap();
        prop_assert!((MIN_PART_BYTES..=MAX_PART_BYTES).contains(&bytes) && bytes.is_multiple_of(MIB));
        prop_assert!(size_bytes.div_ceil(bytes) <= MAX_PARTS);
    }
}

#[test]
fn an_upload_that_was_begun_has_its_id() {
    let body = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><UploadId>VXBs+/=</UploadId></InitiateMultipartUploadResult>";
    let header = |name: &str| (name == "x-amz-checksum-algorithm").then(|| "CRC64NVME".to_owned());
    let created = read_created(200, header, body).unwrap();
    assert_eq!((created.upload_id.as_str(), created.has_crc64nvme), ("VXBs+/=", true));
    assert!(!read_created(200, no_header, body).unwrap().has_crc64nvme);
    assert!(read_created(200, no_header, b"<html>log in</html>").is_err());
    let error = read_created(403, no_header, b"<Error><Code>AccessDenied</Code></Error>").unwrap_err();
    assert_eq!(error.code, "AccessDenied");
}

#[test]
fn a_list_of_parts_is_read_page_by_page() {
    let body = br#"<ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Bucket>b</Bucket><Key>k</Key><UploadId>u</UploadId>
        <Initiator><ID>arn:aws:iam::1:user/a</ID><DisplayName>a</DisplayName></Initiator>
        <PartNumberMarker>1</PartNumberMarker><NextPartNumberMarker>3</NextPartNumberMarker>
        <MaxParts>2</MaxParts><IsTruncated>true</IsTruncated>
        <Part><PartNumber>2</PartNumber><LastModified>2010-11-10T20:48:34.000Z</LastModified><ETag>"7778aef83f66abc1fa1e8477f296d394"</ETag><Size>10485760</Size></Part>
        <Part><PartNumber>3</PartNumber><ETag>&quot;aaaa18db4cc2f85cedef654fccc4a4x8&quot;</ETag><Size>10485760</Size><ChecksumCRC64NVME>rosUhgp5mIg=</ChecksumCRC64NVME></Part>
        </ListPartsResult>"#;
    let page = read_parts(200, no_header, body).unwrap();
    assert_eq!(page.next, Some(3));
    assert_eq!(page.parts.len(), 2);
    let last = page.parts.last().unwrap();
    assert_eq!((last.number, last.size_bytes), (3, 10_485_760));
    assert_eq!(last.etag, "aaaa18db4cc2f85cedef654fccc4a4x8");
    assert_eq!(last.crc64nvme.as_deref(), Some("rosUhgp5mIg="));
    let cut = body.get(..body.len() - 20).unwrap();
    assert!(read_parts(200, no_header, cut).is_err(), "half a list is none");
    let gone = read_parts(404, no_header, b"<Error><Code>NoSuchUpload</Code></Error>").unwrap_err();
    assert_eq!(gone.code, "NoSuchUpload");
}

#[test]
fn a_list_of_unfinished_uploads_is_read_page_by_page() {
    let body = br"<ListMultipartUploadsResult><Bucket>b</Bucket><KeyMarker></KeyMarker><UploadIdMarker></UploadIdMarker>
        <NextKeyMarker>b &amp; c</NextKeyMarker><NextUploadIdMarker>u2</NextUploadIdMarker><MaxUploads>1</MaxUploads>
        <IsTruncated>true</IsTruncated>
        <Upload><Key>my &lt;movie&gt;.m2ts</Key><UploadId>XMgbGlrZSBl</UploadId><Initiator><ID>a</ID></Initiator><StorageClass>STANDARD</StorageClass><Initiated>2010-11-10T20:48:33.000Z</Initiated></Upload>
        </ListMultipartUploadsResult>";
    let page = read_unfinished(200, no_header, body).unwrap();
    assert_eq!(page.next, Some(("b & c".to_owned(), "u2".to_owned())));
    let upload = page.uploads.first().unwrap();
    assert_eq!(upload.object_key, "my <movie>.m2ts");
    assert_eq!(upload.upload_id, "XMgbGlrZSBl");
    assert_eq!(upload.initiated, "2010-11-10T20:48:33Z".parse().ok());
}

#[test]
fn a_200_may_still_end_with_an_error() {
    let done = b"\n\n<CompleteMultipartUploadResult><Location>l</Location><Bucket>b</Bucket><Key>k</Key><ETag>\"3858f62230ac3c915f300c664312c11f-9\"</ETag><ChecksumCRC64NVME>rosUhgp5mIg=</ChecksumCRC64NVME><ChecksumType>FULL_OBJECT</ChecksumType></CompleteMultipartUploadResult>";
    let posted = read_completed(200, no_header, done).unwrap();
    assert_eq!(posted.etag.as_deref(), Some("3858f62230ac3c915f300c664312c11f-9"));
    assert_eq!(posted.crc64nvme.as_deref(), Some("rosUhgp5mIg="));
    let composite = String::from_utf8_lossy(done).replace("FULL_OBJECT", "COMPOSITE");
    assert_eq!(
        read_completed(200, no_header, composite.as_bytes()).unwrap().crc64nvme,
        None
    );
    let late = b"  <?xml version=\"1.0\"?><Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>";
    let error = read_completed(200, no_header, late).unwrap_err();
    assert_eq!((error.status, error.code.as_str()), (200, "InternalError"));
    assert!(
        read_completed(200, no_header, b"   ").is_err(),
        "spaces, and then the connection ended"
    );
}

#[test]
fn a_completion_names_each_part_as_s3_wants_it() {
    assert_eq!(
        completion([(1, "a"), (2, "b&c")]),
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag></Part><Part><PartNumber>2</PartNumber><ETag>&quot;b&amp;c&quot;</ETag></Part></CompleteMultipartUpload>"
    );
}

#[test]
fn what_is_not_there_needs_no_abort() {
    assert!(read_aborted(204, no_header, b"").is_ok());
    assert!(read_aborted(404, no_header, b"<Error><Code>NoSuchUpload</Code></Error>").is_ok());
    assert!(read_aborted(404, no_header, b"<Error><Code>NoSuchBucket</Code></Error>").is_err());
    assert!(read_aborted(200, no_header, b"<html>log in</html>").is_err());
}
