//! S3's operations: buckets and listings of objects by s3s-fs; objects and parts uploads by our own [`Objects`].
//!
//! s3s-fs reads in 4 KiB blocks, stores an object in spite of a wrong checksum, and forgets CRC-64/NVME, tags and
//! storage class; of parts it lists no `ETag` and takes whatever `ETag` it is told. There is one bucket, so making and removing buckets is left out (s3s answers `NotImplemented`).

mod access;
mod complete_parts;
mod copy;
mod parts;
mod put;
mod read;

pub(super) use access::{Keys, PublicRead};

use super::answer::Refusal;
use super::attributes::Attributes;
use super::objects::Objects;
use super::{BUCKET, REGION, options};
use http::HeaderMap;
use s3s::dto::{
    AbortMultipartUploadInput, AbortMultipartUploadOutput, CompleteMultipartUploadInput, CompleteMultipartUploadOutput,
    CopyObjectInput, CopyObjectOutput, CreateMultipartUploadInput, CreateMultipartUploadOutput, DeleteObjectInput,
    DeleteObjectOutput, DeleteObjectsInput, DeleteObjectsOutput, DeletedObject, GetBucketLocationInput,
    GetBucketLocationOutput, GetObjectInput, GetObjectOutput, GetObjectTaggingInput, GetObjectTaggingOutput,
    HeadBucketInput, HeadBucketOutput, HeadObjectInput, HeadObjectOutput, ListBucketsInput, ListBucketsOutput,
    ListMultipartUploadsInput, ListMultipartUploadsOutput, ListObjectsInput, ListObjectsOutput, ListObjectsV2Input,
    ListObjectsV2Output, ListPartsInput, ListPartsOutput, PutObjectInput, PutObjectOutput, UploadPartInput,
    UploadPartOutput,
};
use s3s::{S3, S3Request, S3Response, S3Result};
use s3s_fs::FileSystem;
use std::sync::Arc;

/// S3 for s3s.
#[derive(Debug)]
pub(super) struct Operations {
    objects: Arc<Objects>,
    files: FileSystem,
}

impl Operations {
    pub(super) fn new(objects: Arc<Objects>, files: FileSystem) -> Self {
        Self { objects, files }
    }
}

#[async_trait::async_trait]
impl S3 for Operations {
    async fn put_object(&self, request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        put::put(self, request).await
    }

    async fn get_object(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        read::get(self, request).await
    }

    async fn head_object(&self, request: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        read::head(self, request).await
    }

    async fn get_object_tagging(
        &self,
        request: S3Request<GetObjectTaggingInput>,
    ) -> S3Result<S3Response<GetObjectTaggingOutput>> {
        read::tags(self, &request.input)
    }

    async fn copy_object(&self, request: S3Request<CopyObjectInput>) -> S3Result<S3Response<CopyObjectOutput>> {
        copy::copy(self, request).await
    }

    async fn delete_object(&self, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
        known_bucket(&request.input.bucket)?;
        in_thread(&self.objects, move |objects| objects.remove(&request.input.key)).await?;
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }

    async fn delete_objects(
        &self,
        request: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        known_bucket(&request.input.bucket)?;
        let keys: Vec<String> = request
            .input
            .delete
            .objects
            .into_iter()
            .map(|object| object.key)
            .collect();
        let deleted = in_thread(&self.objects, move |objects| {
            keys.iter().try_for_each(|key| objects.remove(key))?;
            Ok(keys)
        });
        let deleted = deleted.await?.into_iter().map(|key| DeletedObject {
            key: Some(key),
            ..Default::default()
        });
        Ok(S3Response::new(DeleteObjectsOutput {
            deleted: Some(deleted.collect()),
            ..Default::default()
        }))
    }

    async fn head_bucket(&self, request: S3Request<HeadBucketInput>) -> S3Result<S3Response<HeadBucketOutput>> {
        known_bucket(&request.input.bucket)?;
        Ok(S3Response::new(HeadBucketOutput {
            bucket_region: Some(REGION.to_owned()),
            ..Default::default()
        }))
    }

    async fn get_bucket_location(
        &self,
        request: S3Request<GetBucketLocationInput>,
    ) -> S3Result<S3Response<GetBucketLocationOutput>> {
        self.files.get_bucket_location(request).await
    }

    async fn list_buckets(&self, request: S3Request<ListBucketsInput>) -> S3Result<S3Response<ListBucketsOutput>> {
        self.files.list_buckets(request).await
    }

    async fn list_objects(&self, mut request: S3Request<ListObjectsInput>) -> S3Result<S3Response<ListObjectsOutput>> {
        // s3s-fs says that it encodes, and does not.
        request.input.encoding_type = None;
        self.files.list_objects(request).await
    }

    async fn list_objects_v2(
        &self,
        mut request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        request.input.encoding_type = None;
        self.files.list_objects_v2(request).await
    }

    async fn create_multipart_upload(
        &self,
        request: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        parts::create(self, request).await
    }

    async fn upload_part(&self, request: S3Request<UploadPartInput>) -> S3Result<S3Response<UploadPartOutput>> {
        parts::upload(self, request).await
    }

    async fn list_parts(&self, request: S3Request<ListPartsInput>) -> S3Result<S3Response<ListPartsOutput>> {
        parts::list(self, request.input).await
    }

    async fn list_multipart_uploads(
        &self,
        request: S3Request<ListMultipartUploadsInput>,
    ) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
        parts::list_uploads(self, request.input).await
    }

    async fn complete_multipart_upload(
        &self,
        request: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        complete_parts::complete(self, request).await
    }

    async fn abort_multipart_upload(
        &self,
        request: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        parts::abort(self, request.input).await
    }
}

/// Refuses every bucket but the one.
pub(super) fn known_bucket(bucket: &str) -> Result<(), Refusal> {
    if bucket == BUCKET {
        Ok(())
    } else {
        Err(Refusal::no_such_bucket())
    }
}

fn check_options(headers: &HeaderMap) -> Result<(), Refusal> {
    options::check(|name| text(headers, if name == "acl" { "x-amz-acl" } else { name }))
}

/// A header as S3 keeps it: UTF-8, not ASCII alone.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    std::str::from_utf8(headers.get(name)?.as_bytes()).ok()
}

/// Runs what touches the disk where it blocks nobody.
pub(super) async fn in_thread<T: Send + 'static>(
    objects: &Arc<Objects>,
    work: impl FnOnce(&Objects) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let objects = Arc::clone(objects);
    match tokio::task::spawn_blocking(move || work(&objects)).await {
        Ok(result) => result,
        Err(error) => Err(Refusal::internal(&std::io::Error::other(error))),
    }
}

/// What an upload's request says about the object to be.
fn attributes(headers: &HeaderMap, metadata: Option<s3s::dto::Metadata>, tagging: Option<&str>) -> Attributes {
    let mut attributes = Attributes::from_headers(|name| text(headers, name));
    attributes.metadata = metadata.unwrap_or_default();
    attributes.tags = tagging.map(parse_tags).unwrap_or_default();
    attributes
}

/// `a=1&b=2`, as the `x-amz-tagging` header has it.
fn parse_tags(header: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    let pairs = header.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect()
}
