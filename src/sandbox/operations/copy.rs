//! `CopyObject`: the bytes once more, with their attributes or with new ones.

use super::{Operations, check_options, in_thread, known_bucket, read, text};
use crate::sandbox::answer::Refusal;
use crate::sandbox::attributes::Attributes;
use crate::sandbox::checksums::Wanted;
use futures_util::StreamExt;
use s3s::dto::{CopyObjectInput, CopyObjectOutput, CopyObjectResult, CopySource, ETag, MetadataDirective, Timestamp};
use s3s::{S3Request, S3Response, S3Result};
use tokio_util::io::ReaderStream;

pub(super) async fn copy(
    operations: &Operations,
    request: S3Request<CopyObjectInput>,
) -> S3Result<S3Response<CopyObjectOutput>> {
    let input = request.input;
    known_bucket(&input.bucket)?;
    let CopySource::Bucket {
        bucket,
        key: source_key,
        ..
    } = &input.copy_source
    else {
        return Err(Refusal::not_implemented().into());
    };
    let source = read::find(operations, bucket, source_key).await?;
    operations.objects.check(&input.key)?;
    check_options(&request.headers)?;

    let replaces = input
        .metadata_directive
        .is_some_and(|directive| directive.as_str() == MetadataDirective::REPLACE);
    let mut attributes = source.attributes.unwrap_or_default();
    if replaces {
        let headers = &request.headers;
        let tags = attributes.tags;
        attributes = Attributes::from_headers(|name| text(headers, name));
        attributes.metadata = input.metadata.unwrap_or_default();
        attributes.tags = tags;
    }

    let file = tokio::fs::File::open(&source.path)
        .await
        .map_err(|error| Refusal::internal(&error))?;
    let blocks = ReaderStream::with_capacity(file, read::READ_BLOCK_BYTES);
    let blocks = blocks.map(|block| block.map_err(|error| Refusal::internal(&error)));
    let received = operations.objects.receive(Wanted::default(), blocks).await?;
    let (file, stored) = received.into_object(attributes);
    let stored = in_thread(&operations.objects, move |objects| {
        objects.commit(&input.key, file, &stored, true)?;
        let modified = objects
            .find(&input.key)?
            .file
            .modified()
            .map_err(|error| Refusal::internal(&error))?;
        Ok((stored, modified))
    });
    let (stored, modified) = stored.await?;
    let result = CopyObjectResult {
        e_tag: Some(ETag::Strong(stored.etag)),
        last_modified: Some(Timestamp::from(modified)),
        checksum_crc64nvme: stored.checksums.get("crc64nvme"),
        ..Default::default()
    };
    Ok(S3Response::new(CopyObjectOutput {
        copy_object_result: Some(result),
        ..Default::default()
    }))
}
