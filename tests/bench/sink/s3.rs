//! S3's answers, from a memory of nothing but lengths.

use crate::crc64nvme::Crc64Nvme;
use crate::http::{Body, Head, KEPT_BYTES};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// No MD5, as of objects that are encrypted by a key: nobody computes one to compare with.
const ETAG: &str = "ETag: \"none-of-md5\"\r\n";

pub struct Sink {
    pub bytes_per_second: Option<f64>,
    tells_all: bool,
    /// Base64 of the big-endian 8 bytes.
    checksum_of_file: Option<String>,
    crc64nvme: Crc64Nvme,
    objects: Mutex<HashMap<String, u64>>,
    /// By id.
    parts_uploads: Mutex<HashMap<String, PartsUpload>>,
    ids: AtomicU64,
}

struct PartsUpload {
    begun: Instant,
    /// By number.
    lengths: BTreeMap<u32, u64>,
}

#[derive(Default)]
pub struct Answer {
    pub status: &'static str,
    /// Each with its end of line.
    pub headers: String,
    pub body: String,
    /// Where it is not that of the body.
    pub length: Option<u64>,
}

impl Sink {
    pub fn new(checksum_of_file: Option<String>) -> Self {
        let variable = |name: &str| std::env::var(name).ok();
        let limit = variable("SINK_MIB_PER_SECOND").and_then(|limit| limit.parse::<f64>().ok());
        Self {
            bytes_per_second: limit.map(|limit| limit * 1024.0 * 1024.0),
            tells_all: variable("SINK_TELLS").is_some_and(|tells| tells == "all"),
            checksum_of_file,
            crc64nvme: Crc64Nvme::new(),
            objects: Mutex::default(),
            parts_uploads: Mutex::default(),
            ids: AtomicU64::new(1),
        }
    }

    pub fn answer(&self, head: &Head, body: &Body) -> Answer {
        let is_object = head.path.trim_matches('/').contains('/');
        let upload_id = head.parameter("uploadId");
        match (head.method.as_str(), upload_id) {
            ("POST", None) if head.parameter("uploads").is_some() => self.created(head),
            ("POST", Some(id)) => self.completed(head, id),
            ("POST", None) if head.parameter("delete").is_some() => xml("DeleteResult", ""),
            ("POST", None) => self.posted(body),
            ("PUT", Some(id)) => self.has_part(head, id, body),
            ("PUT", None) if is_object => self.has_object(head, body),
            ("GET", Some(id)) => self.parts(id),
            ("DELETE", _) => {
                upload_id.map(|id| self.parts_uploads.lock().expect("unbroken").remove(id));
                Answer {
                    status: "204 No Content",
                    ..Answer::default()
                }
            }
            ("GET" | "HEAD", None) if is_object => self.seen(&head.path),
            ("GET", None) if head.parameter("location").is_some() => xml("LocationConstraint", ""),
            ("GET", None) if head.parameter("uploads").is_some() => {
                xml("ListMultipartUploadsResult", "<IsTruncated>false</IsTruncated>")
            }
            ("GET", None) if head.path == "/" => xml("ListAllMyBucketsResult", "<Buckets></Buckets>"),
            ("GET", None) => xml(
                "ListBucketResult",
                "<KeyCount>0</KeyCount><IsTruncated>false</IsTruncated>",
            ),
            _ => Answer {
                status: "200 OK",
                ..Answer::default()
            },
        }
    }

    fn posted(&self, body: &Body) -> Answer {
        let file = body.kept.as_deref().and_then(file_of_form);
        let headers = proof(self.checksum(file).as_deref());
        self.tell(body.length, body.took);
        let answer = xml("PostResponse", "<Bucket>bench</Bucket><Key>bench</Key>");
        Answer {
            status: "201 Created",
            headers: headers + &answer.headers,
            ..answer
        }
    }

    fn has_object(&self, head: &Head, body: &Body) -> Answer {
        // In AWS's own chunks there is more than the object.
        let decoded = head.header("x-amz-decoded-content-length");
        let length = decoded.and_then(|length| length.parse().ok()).unwrap_or(body.length);
        let checksum = decoded.is_none().then(|| self.checksum(body.kept.as_deref())).flatten();
        self.objects.lock().expect("unbroken").insert(head.path.clone(), length);
        self.tell(length, body.took);
        Answer {
            status: "200 OK",
            headers: proof(checksum.as_deref()) + ETAG,
            ..Answer::default()
        }
    }

    /// Of what was kept, else of the file that is known.
    fn checksum(&self, kept: Option<&[u8]>) -> Option<String> {
        match kept {
            Some(file) => Some(self.crc64nvme.base64_of(file)),
            None => self.checksum_of_file.clone(),
        }
    }

    fn tell(&self, length: u64, took: Duration) {
        if self.tells_all {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            println!(
                "{length} {:.6} {:.6}",
                took.as_secs_f64(),
                now.unwrap_or_default().as_secs_f64()
            );
        } else if length > KEPT_BYTES {
            println!("{length} {:.6}", took.as_secs_f64());
        }
    }

    fn seen(&self, path: &str) -> Answer {
        match self.objects.lock().expect("unbroken").get(path) {
            Some(length) => Answer {
                status: "200 OK",
                headers: format!("{ETAG}Last-Modified: Sun, 01 Nov 2026 00:00:00 GMT\r\n"),
                length: Some(*length),
                ..Answer::default()
            },
            None => Answer {
                status: "404 Not Found",
                ..xml("Error", "<Code>NoSuchKey</Code>")
            },
        }
    }

    fn created(&self, head: &Head) -> Answer {
        let id = format!("upload{}", self.ids.fetch_add(1, Ordering::Relaxed));
        self.parts_uploads.lock().expect("unbroken").insert(
            id.clone(),
            PartsUpload {
                begun: Instant::now(),
                lengths: BTreeMap::new(),
            },
        );
        let mut answer = xml(
            "InitiateMultipartUploadResult",
            &format!("<Bucket>bench</Bucket><UploadId>{id}</UploadId>"),
        );
        for name in ["x-amz-checksum-algorithm", "x-amz-checksum-type"] {
            if let Some(value) = head.header(name) {
                answer.headers += &format!("{name}: {value}\r\n");
            }
        }
        answer
    }

    fn has_part(&self, head: &Head, id: &str, body: &Body) -> Answer {
        let number = head
            .parameter("partNumber")
            .and_then(|number| number.parse().ok())
            .unwrap_or(0);
        let decoded = head
            .header("x-amz-decoded-content-length")
            .and_then(|length| length.parse().ok());
        match self.parts_uploads.lock().expect("unbroken").get_mut(id) {
            Some(upload) => {
                upload.lengths.insert(number, decoded.unwrap_or(body.length));
                Answer {
                    status: "200 OK",
                    headers: ETAG.to_owned(),
                    ..Answer::default()
                }
            }
            None => no_such_upload(),
        }
    }

    fn parts(&self, id: &str) -> Answer {
        let uploads = self.parts_uploads.lock().expect("unbroken");
        let Some(upload) = uploads.get(id) else {
            return no_such_upload();
        };
        let parts = upload.lengths.iter().map(|(number, length)| {
            format!("<Part><PartNumber>{number}</PartNumber><ETag>none-of-md5</ETag><Size>{length}</Size></Part>")
        });
        xml(
            "ListPartsResult",
            &format!("<IsTruncated>false</IsTruncated>{}", parts.collect::<String>()),
        )
    }

    fn completed(&self, head: &Head, id: &str) -> Answer {
        let Some(upload) = self.parts_uploads.lock().expect("unbroken").remove(id) else {
            return no_such_upload();
        };
        let length = upload.lengths.values().sum();
        self.objects.lock().expect("unbroken").insert(head.path.clone(), length);
        self.tell(length, upload.begun.elapsed());
        // Only to those who say what they expect: they compare.
        let checksum = head
            .header("x-amz-checksum-crc64nvme")
            .and(self.checksum_of_file.as_deref());
        let checksum = checksum.map(|checksum| {
            format!("<ChecksumCRC64NVME>{checksum}</ChecksumCRC64NVME><ChecksumType>FULL_OBJECT</ChecksumType>")
        });
        let facts = format!(
            "<Bucket>bench</Bucket><ETag>none-of-md5</ETag>{}",
            checksum.unwrap_or_default()
        );
        xml("CompleteMultipartUploadResult", &facts)
    }
}

fn proof(checksum: Option<&str>) -> String {
    let lines = checksum
        .map(|checksum| format!("x-amz-checksum-crc64nvme: {checksum}\r\nx-amz-checksum-type: FULL_OBJECT\r\n"));
    lines.unwrap_or_default()
}

fn no_such_upload() -> Answer {
    Answer {
        status: "404 Not Found",
        ..xml("Error", "<Code>NoSuchUpload</Code>")
    }
}

fn xml(root: &str, inner: &str) -> Answer {
    Answer {
        status: "200 OK",
        headers: "Content-Type: application/xml\r\n".to_owned(),
        body: format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{inner}</{root}>"
        ),
        length: None,
    }
}

/// The bytes of the form's last field, which is the file.
fn file_of_form(form: &[u8]) -> Option<&[u8]> {
    let boundary = &form[..find(form, b"\r\n")?];
    let name = find(form, b"name=\"file\"")?;
    let start = name + find(&form[name..], b"\r\n\r\n")? + 4;
    let closing = boundary.len() + 4;
    let end = (start..form.len().saturating_sub(closing) + 1)
        .rev()
        .find(|&at| form[at..].starts_with(b"\r\n") && form[at + 2..].starts_with(boundary))?;
    Some(&form[start..end])
}

fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    within.windows(wanted.len()).position(|window| window == wanted)
}
