//! What a server answers about parts: read as it was said, or not at all; half a list is none, and no list is endless.

use super::answers::{XML, headers, is_presentable, lookup, status};
use super::cases::{bytes_of, config, text_of};
use dropslot::s3::S3Error;
use dropslot::s3::parts::{
    StoredPart, completion, read_aborted, read_completed, read_created, read_part, read_parts, read_unfinished,
};
use proptest::prelude::*;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

const PARTS: &[&str] = &[
    "<InitiateMultipartUploadResult>",
    "</InitiateMultipartUploadResult>",
    "<UploadId>",
    "</UploadId>",
    "<UploadId>u</UploadId>",
    "<ListPartsResult>",
    "</ListPartsResult>",
    "<ListMultipartUploadsResult>",
    "</ListMultipartUploadsResult>",
    "<CompleteMultipartUploadResult>",
    "</CompleteMultipartUploadResult>",
    "<IsTruncated>true</IsTruncated>",
    "<NextPartNumberMarker>2</NextPartNumberMarker>",
    "<NextPartNumberMarker>",
    "</NextPartNumberMarker>",
    "<NextKeyMarker>a</NextKeyMarker>",
    "<NextUploadIdMarker>u</NextUploadIdMarker>",
    "<Part>",
    "</Part>",
    "<PartNumber>1</PartNumber>",
    "<PartNumber>",
    "</PartNumber>",
    "<Size>5</Size>",
    "<Size>-99999999999999999999</Size>",
    "<ETag>\"a\"</ETag>",
    "<Upload>",
    "</Upload>",
    "<Key>k</Key>",
    "<Initiated>2010-11-10T20:48:33.000Z</Initiated>",
    "<Initiated>",
    "</Initiated>",
    "<ChecksumCRC64NVME>rosUhgp5mIg=</ChecksumCRC64NVME>",
    "<ChecksumType>COMPOSITE</ChecksumType>",
    "<Code>NoSuchUpload</Code>",
];

/// As S3 writes a list of parts, with what needs escaping escaped.
fn list_of(parts: &[StoredPart], next: Option<u32>) -> String {
    let part = |part: &StoredPart| {
        let crc = part.crc64nvme.as_deref().map_or(String::new(), |crc| {
            format!("<ChecksumCRC64NVME>{crc}</ChecksumCRC64NVME>")
        });
        format!(
            "<Part><PartNumber>{}</PartNumber><LastModified>2026-11-29T00:00:00.000Z</LastModified><ETag>&quot;{}&quot;</ETag><Size>{}</Size>{crc}</Part>",
            part.number, part.etag, part.size_bytes
        )
    };
    let marker = next.map_or(String::new(), |next| {
        format!("<NextPartNumberMarker>{next}</NextPartNumberMarker>")
    });
    let parts: String = parts.iter().map(part).collect();
    format!(
        "<?xml version=\"1.0\"?>\n<ListPartsResult><UploadId>u</UploadId>{marker}<IsTruncated>{}</IsTruncated>{parts}</ListPartsResult>",
        next.is_some()
    )
}

fn stored_part() -> impl Strategy<Value = StoredPart> {
    let crc = proptest::option::of("[A-Za-z0-9+/]{11}=");
    (1_u32..=10_000, "[0-9a-f]{32}", any::<u64>(), crc).prop_map(|(number, etag, size_bytes, crc64nvme)| StoredPart {
        number,
        etag,
        size_bytes,
        crc64nvme,
    })
}

/// What stands within the innermost elements, in order.
fn texts(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut texts, mut text) = (Vec::new(), None);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(_) => text = Some(String::new()),
            Event::Text(part) => text.get_or_insert_default().push_str(&part),
            Event::GeneralRef(name) => {
                text.get_or_insert_default()
                    .push_str(resolve_predefined_entity(&name).unwrap());
            }
            Event::End(_) => texts.extend(text.take()),
            Event::Eof => return texts,
            other => panic!("{other:?}"),
        }
    }
}

/// A refusal to be shown, whatever was asked.
fn refused<T>(answer: Result<T, S3Error>) -> Result<Option<T>, TestCaseError> {
    match answer {
        Ok(said) => Ok(Some(said)),
        Err(error) => is_presentable(&error).map(|()| None),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_answer_about_parts_is_success_unless_s3_says_so(
        status in status(), headers in headers(), body in bytes_of((text_of(PARTS, 12), text_of(XML, 4)).prop_map(|(parts, xml)| parts + &xml)),
    ) {
        let header = || lookup(&headers);
        let says = |root: &str| status == 200 && String::from_utf8_lossy(&body).contains(&format!("</{root}"));
        if let Some(created) = refused(read_created(status, header(), &body))? {
            prop_assert!(says("InitiateMultipartUploadResult") && !created.upload_id.is_empty());
        }
        if let Some(part) = refused(read_part(status, header(), &body))? {
            prop_assert!(status == 200 && part.etag.is_some());
        }
        if let Some(page) = refused(read_parts(status, header(), &body))? {
            prop_assert!(says("ListPartsResult"));
            prop_assert!(page.parts.len() <= body.len() / "<Part></Part>".len());
        }
        if let Some(page) = refused(read_unfinished(status, header(), &body))? {
            prop_assert!(says("ListMultipartUploadsResult"));
            // A page that begins where the first one began would be asked for again and again.
            prop_assert!(page.next.is_none_or(|(key, _)| !key.is_empty()));
        }
        if let Some(completed) = refused(read_completed(status, header(), &body))? {
            prop_assert!(says("CompleteMultipartUploadResult") && !completed.etag_is_md5);
        }
        if refused(read_aborted(status, header(), &body))?.is_some() {
            prop_assert!(status == 204 || status == 200 || String::from_utf8_lossy(&body).contains("NoSuchUpload"));
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_said_and_half_of_it_not_at_all(
        parts in proptest::collection::vec(stored_part(), 0..4), next in proptest::option::of(1_u32..10_000), cut: proptest::sample::Index,
    ) {
        let list = list_of(&parts, next);
        let page = read_parts(200, |_| None, list.as_bytes()).unwrap();
        prop_assert_eq!(page.parts, parts);
        prop_assert_eq!(page.next, next);
        let half = &list.as_bytes()[..cut.index(list.len())];
        prop_assert!(read_parts(200, |_| None, half).is_err());
    }

    #[test]
    fn a_completion_says_each_part_once_and_in_order(parts in proptest::collection::vec((1_u32..=10_000, "[ -~]{0,40}"), 1..5)) {
        let xml = completion(parts.iter().map(|(number, etag)| (*number, etag.as_str())));
        let quoted = |(number, etag): &(u32, String)| [number.to_string(), format!("\"{etag}\"")];
        let wanted: Vec<String> = parts.iter().flat_map(quoted).collect();
        prop_assert_eq!(texts(&xml), wanted);
    }
}
