//! A store as AWS's own SDK sees it, past every proxy: what is really there.

use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Region, RequestChecksumCalculation};
use aws_sdk_s3::primitives::ByteStream;
use dropslot::s3::Credentials;
use std::net::SocketAddr;
use std::path::Path;
use tokio::io::AsyncReadExt as _;

/// Where it is, and whose keys open it.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pub(crate) endpoint_url: String,
    pub(crate) bucket: String,
    pub(crate) credentials: Credentials,
}

impl Store {
    /// The embedded S3.
    pub(crate) fn sandbox(endpoint_url: &str, credentials: Credentials) -> Self {
        Self {
            endpoint_url: endpoint_url.to_owned(),
            bucket: dropslot::sandbox::BUCKET.to_owned(),
            credentials,
        }
    }

    /// For a proxy.
    pub(crate) fn address(&self) -> SocketAddr {
        self.endpoint_url.strip_prefix("http://").unwrap().parse().unwrap()
    }

    /// The SDK's client, with nothing of this machine.
    pub(crate) fn client(&self) -> Client {
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&self.endpoint_url)
            .region(Region::from_static("us-east-1"))
            .credentials_provider(self.credentials.clone())
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .force_path_style(true);
        Client::from_conf(config.build())
    }

    /// An object's bytes.
    pub(crate) async fn object(&self, object_key: &str) -> Option<Vec<u8>> {
        let get = self.client().get_object().bucket(&self.bucket).key(object_key);
        let body = get.send().await.ok()?.body;
        Some(body.collect().await.unwrap().to_vec())
    }

    /// Puts other bytes in an object's place.
    pub(crate) async fn replace(&self, object_key: &str, bytes: Vec<u8>) {
        let put = self.client().put_object().bucket(&self.bucket).key(object_key);
        put.body(ByteStream::from(bytes)).send().await.unwrap();
    }

    /// Every key.
    pub(crate) async fn object_keys(&self) -> Vec<String> {
        let list = self.client().list_objects_v2().bucket(&self.bucket);
        let mut pages = list.into_paginator().send();
        let mut keys = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            let found = page.contents().iter().filter_map(|object| object.key());
            keys.extend(found.map(str::to_owned));
        }
        keys
    }

    /// Keys of parts uploads that are neither completed nor aborted.
    pub(crate) async fn unfinished(&self) -> Vec<String> {
        let list = self.client().list_multipart_uploads().bucket(&self.bucket);
        let answer = list.send().await.unwrap();
        let keys = answer.uploads().iter().filter_map(|upload| upload.key());
        keys.map(str::to_owned).collect()
    }
}

/// Whether an object's bytes are those of a file, whatever its size.
pub(crate) async fn holds(client: &Client, bucket: &str, object_key: &str, file: &Path) -> bool {
    let Ok(object) = client.get_object().bucket(bucket).key(object_key).send().await else {
        return false;
    };
    let mut stored = object.body.into_async_read();
    let mut file = tokio::fs::File::open(file).await.unwrap();
    let mut blocks = (vec![0; 256 * 1024], vec![0; 256 * 1024]);
    loop {
        let length = file.read(&mut blocks.0).await.unwrap();
        if length == 0 {
            return matches!(stored.read(&mut blocks.1).await, Ok(0));
        }
        let same = stored.read_exact(&mut blocks.1[..length]).await.is_ok();
        if !same || blocks.0[..length] != blocks.1[..length] {
            return false;
        }
    }
}
