//! The requests of a parts upload, each sent once: create, send a part, list, complete, abort; and the look at an object.

use super::answer::{self, ask, ask_within};
use super::form::Form;
use super::post::Outgoing;
use super::reader::PART_BLOCK_BYTES;
use super::{Attempt, PostOptions, Source};
use crate::aws::http::request_of;
use crate::s3::parts::{Created, Part, PartsPage, UnfinishedPage};
use crate::s3::{self, BucketAddress, Credentials, ObjectKey, Posted, RequestToSign, Resource, SignedRequest};
use bytes::Bytes;
use std::time::Duration;

/// What S3 may take for an answer to a request that carries no file.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);
/// What it may take to put parts together beyond twice that, which depends on the store: a second for so many bytes. AWS
/// answers at once, says nothing for up to several minutes, and then what became of it (`API_CompleteMultipartUpload.html`).
const COMPLETED_BYTES_PER_SEC: u64 = 16 * 1024 * 1024;
/// Rows of a page of unfinished uploads: with the longest keys they fit into the answer that is read.
const UNFINISHED_PAGE: &str = "200";

/// The bucket, whose keys sign, and when.
#[derive(Clone, Debug)]
pub struct BucketAccess {
    /// The bucket.
    pub address: BucketAddress,
    /// Whose keys.
    pub credentials: Credentials,
    /// Now, by the server's clock where it is known.
    pub now: jiff::Timestamp,
}

/// A parts upload, once it was created.
#[derive(Clone, Copy, Debug)]
pub struct UploadInParts<'a> {
    /// The key that the object gets.
    pub object_key: &'a ObjectKey,
    /// What S3 named it.
    pub upload_id: &'a str,
}

/// What `CompleteMultipartUpload` is told.
#[derive(Clone, Debug)]
pub struct Completion {
    /// Numbers and `ETag`s, in order.
    pub parts: Vec<(u32, String)>,
    /// Base64 of the CRC-64/NVME of the full object, where S3 was asked for one: it refuses to complete with another.
    pub crc64nvme: Option<String>,
    /// The full object's length.
    pub size_bytes: u64,
    /// Only where there is no object of this key.
    pub if_none_match: bool,
}

impl BucketAccess {
    /// `CreateMultipartUpload`. `headers` are the object's; `with_crc64nvme` asks for a checksum of the full object.
    pub async fn create(
        &self,
        client: &reqwest::Client,
        object_key: &ObjectKey,
        headers: &[(String, String)],
        with_crc64nvme: bool,
    ) -> Attempt<Created> {
        let mut headers = headers.to_vec();
        if with_crc64nvme {
            headers.push(pair("x-amz-checksum-algorithm", "CRC64NVME"));
            headers.push(pair("x-amz-checksum-type", "FULL_OBJECT"));
        }
        let request = self.sign("POST", Some(object_key), &[("uploads", "")], &headers, Some(b""));
        let request = request_of(client, &request).timeout(ANSWER_TIMEOUT);
        ask(request, |status, header, body| {
            s3::parts::read_created(status, header, body)
        })
        .await
    }

    /// `UploadPart`, streamed from the file and watched as a form is.
    pub async fn send_part(
        &self,
        client: &reqwest::Client,
        upload: UploadInParts<'_>,
        part: Part,
        source: &Source,
        options: &PostOptions,
    ) -> Attempt {
        let number = part.number.to_string();
        let query = [("partNumber", number.as_str()), ("uploadId", upload.upload_id)];
        let signed = self.sign("PUT", Some(upload.object_key), &query, &[], None);
        let outgoing = Outgoing {
            request: client.put(&signed.url),
            form: Form::bare(signed.headers, part.size_bytes),
            source,
            range: part.offset..part.offset + part.size_bytes,
            block_bytes: PART_BLOCK_BYTES,
        };
        outgoing.send(options, answer::read_part).await
    }

    /// One page of `ListParts`, behind part `after`.
    pub async fn list_parts(
        &self,
        client: &reqwest::Client,
        upload: UploadInParts<'_>,
        after: Option<u32>,
    ) -> Attempt<PartsPage> {
        let after = after.map(|number| number.to_string());
        let mut query = vec![("uploadId", upload.upload_id)];
        query.extend(after.as_deref().map(|after| ("part-number-marker", after)));
        let request = self.sign("GET", Some(upload.object_key), &query, &[], Some(b""));
        let request = request_of(client, &request).timeout(ANSWER_TIMEOUT);
        ask(request, |status, header, body| {
            s3::parts::read_parts(status, header, body)
        })
        .await
    }

    /// `CompleteMultipartUpload`.
    pub async fn complete(
        &self,
        client: &reqwest::Client,
        upload: UploadInParts<'_>,
        completion: &Completion,
    ) -> Attempt<Posted> {
        let mut headers = vec![pair("content-type", "application/xml")];
        if let Some(crc64nvme) = &completion.crc64nvme {
            headers.push(pair("x-amz-checksum-crc64nvme", crc64nvme));
            headers.push(pair("x-amz-checksum-type", "FULL_OBJECT"));
            headers.push(pair("x-amz-mp-object-size", &completion.size_bytes.to_string()));
        }
        if completion.if_none_match {
            headers.push(pair("if-none-match", "*"));
        }
        let parts = completion.parts.iter().map(|(number, etag)| (*number, etag.as_str()));
        let body = Bytes::from(s3::parts::completion(parts));
        let query = [("uploadId", upload.upload_id)];
        let request = self.sign("POST", Some(upload.object_key), &query, &headers, Some(&body));
        let timeout = ANSWER_TIMEOUT * 2 + Duration::from_secs(completion.size_bytes / COMPLETED_BYTES_PER_SEC);
        let request = request_of(client, &request).body(body).timeout(timeout);
        let read: answer::Read<Posted> = |status, header, body| s3::parts::read_completed(status, header, body);
        ask_within(request, read, timeout).await
    }

    /// `AbortMultipartUpload`: its parts are deleted, and no longer paid for.
    pub async fn abort(&self, client: &reqwest::Client, upload: UploadInParts<'_>) -> Attempt<()> {
        let query = [("uploadId", upload.upload_id)];
        let request = self.sign("DELETE", Some(upload.object_key), &query, &[], Some(b""));
        let request = request_of(client, &request).timeout(ANSWER_TIMEOUT);
        ask(request, |status, header, body| {
            s3::parts::read_aborted(status, header, body)
        })
        .await
    }

    /// One page of `ListMultipartUploads` of the bucket, behind the markers that the last page named.
    pub async fn list_unfinished(
        &self,
        client: &reqwest::Client,
        after: Option<&(String, String)>,
    ) -> Attempt<UnfinishedPage> {
        let mut query = vec![("uploads", ""), ("max-uploads", UNFINISHED_PAGE)];
        if let Some((object_key, upload_id)) = after {
            query.push(("key-marker", object_key));
            query.push(("upload-id-marker", upload_id));
        }
        let request = self.sign("GET", None, &query, &[], Some(b""));
        let request = request_of(client, &request).timeout(ANSWER_TIMEOUT);
        ask(request, |status, header, body| {
            s3::parts::read_unfinished(status, header, body)
        })
        .await
    }

    /// A HEAD of the object with its checksum; `None`: it is not there.
    pub async fn look(&self, client: &reqwest::Client, object_key: &ObjectKey) -> Attempt<Option<s3::head::Seen>> {
        let headers = [pair("x-amz-checksum-mode", "ENABLED")];
        let request = self.sign("HEAD", Some(object_key), &[], &headers, Some(b""));
        let request = request_of(client, &request).timeout(ANSWER_TIMEOUT);
        ask(request, |status, header, _body| s3::head::read(status, header)).await
    }

    fn sign(
        &self,
        method: &str,
        object_key: Option<&ObjectKey>,
        query: &[(&str, &str)],
        headers: &[(String, String)],
        body: Option<&[u8]>,
    ) -> SignedRequest {
        let request = RequestToSign {
            method,
            address: &self.address,
            resource: object_key.map_or(Resource::Bucket, Resource::Object),
            query,
            headers,
            body,
        };
        request.sign(&self.credentials, self.now)
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
