//! Signing held against botocore, for requests at random, and addresses held against the AWS SDK's own resolver.
//!
//! `DROPSLOT_TEST_SEED` sets the seed of the random requests; without it, it is always the same.

pub(crate) mod oracle;
mod requests;

use aws_sdk_s3::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use dropslot::s3::{BucketAddress, ObjectKey, RequestToSign, Resource, partition, presigned_url};
use requests::Request;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const POSTS: usize = 300;
const URLS: usize = 100;

#[test]
fn every_presigned_post_is_botocores_byte_for_byte() {
    let requests = requests::random(POSTS, &real_regions());
    let answers = oracle::ask(requests.iter().map(Request::as_post));
    for (request, answer) in requests.iter().zip(answers) {
        let post = request.sign();
        assert_eq!(json!([post.url, post.fields]), answer, "{request:#?}");
    }
}

#[test]
fn every_presigned_url_is_botocores() {
    let requests: Vec<Request> = requests::random(POSTS, &real_regions())
        .into_iter()
        .filter(|request| ObjectKey::new(request.object_key.as_str()).is_ok())
        .take(URLS)
        .collect();
    assert_eq!(requests.len(), URLS);
    for method in ["GET", "HEAD"] {
        let answers = oracle::ask(requests.iter().map(|request| request.as_url(method)));
        for (request, answer) in requests.iter().zip(answers) {
            let object_key = ObjectKey::new(request.object_key.as_str()).unwrap();
            let url = presigned_url(
                method,
                &request.address(),
                &object_key,
                &request.credentials(),
                request.expires_in(),
                request.now,
            );
            assert_eq!(parts(&url), parts(answer.as_str().unwrap()), "{request:#?}");
        }
    }
}

/// The requests of a parts upload, and a look at an object, are signed in their headers.
#[test]
fn every_signed_header_is_botocores() {
    let requests: Vec<Request> = requests::random(POSTS, &real_regions())
        .into_iter()
        .filter(|request| ObjectKey::new(request.object_key.as_str()).is_ok())
        .take(URLS)
        .collect();
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let kinds = [
        (
            "POST",
            true,
            vec![("uploads", "")],
            vec![own("content-type", "image/png"), own("x-amz-meta-a", "b  c")],
            Some(""),
        ),
        (
            "PUT",
            true,
            vec![("partNumber", "7"), ("uploadId", "a+b/c=d&e~f g")],
            vec![],
            None,
        ),
        (
            "POST",
            true,
            vec![("uploadId", "2~x")],
            vec![own("if-none-match", "*")],
            Some("<Complete/>"),
        ),
        (
            "GET",
            false,
            vec![("uploads", ""), ("key-marker", "한 글"), ("max-uploads", "200")],
            vec![],
            Some(""),
        ),
        (
            "HEAD",
            true,
            vec![],
            vec![own("x-amz-checksum-mode", "ENABLED")],
            Some(""),
        ),
    ];
    for (method, of_object, query, headers, body) in kinds {
        let signed: Vec<_> = requests
            .iter()
            .map(|request| {
                let object_key = ObjectKey::new(request.object_key.as_str()).unwrap();
                let to_sign = RequestToSign {
                    method,
                    address: &request.address(),
                    resource: if of_object {
                        Resource::Object(&object_key)
                    } else {
                        Resource::Bucket
                    },
                    query: &query,
                    headers: &headers,
                    body: body.map(str::as_bytes),
                };
                to_sign.sign(&request.credentials(), request.now)
            })
            .collect();
        let asked = requests.iter().zip(&signed);
        let answers =
            oracle::ask(asked.map(|(request, signed)| request.as_headers(method, &signed.url, &headers, body)));
        for (signed, answer) in signed.iter().zip(answers) {
            let theirs: Vec<(String, String)> = serde_json::from_value(answer).unwrap();
            let theirs: BTreeSet<_> = theirs.into_iter().filter(|(name, _)| name != "host").collect();
            let ours: BTreeSet<_> = signed.headers.iter().cloned().collect();
            assert_eq!(ours, theirs, "{method} {}", signed.url);
        }
    }
}

/// What counts of a signed URL: the parameters' order does not.
fn parts(url: &str) -> (&str, BTreeSet<&str>) {
    let (path, query) = url.split_once('?').unwrap();
    (path, query.split('&').collect())
}

#[tokio::test]
async fn every_region_has_the_sdks_endpoint() {
    let regions = real_regions();
    assert!(regions.len() > 40, "{regions:?}");
    for region in &regions {
        for bucket in ["amzn-s3-demo-bucket", "files.example.com"] {
            let address = BucketAddress::new(bucket, region.as_str(), None).unwrap();
            let params = Params::builder().region(region.as_str()).bucket(bucket);
            assert_eq!(
                address.post_url().trim_end_matches('/'),
                resolve(params).await,
                "{region}"
            );
            let params = Params::builder().region(region.as_str());
            let store_url = resolve(params).await;
            assert_eq!(address.store_url().trim_end_matches('/'), store_url);
        }
    }
}

#[tokio::test]
async fn a_given_endpoint_is_addressed_as_the_sdk_does_it() {
    for endpoint_url in [
        "http://127.0.0.1:9000",
        "http://[::1]:9000",
        "https://s3.example.com",
        "https://gate.example.com:8443/storage/",
    ] {
        for bucket in ["media", "files.example.com"] {
            let address = BucketAddress::new(bucket, "us-east-1", Some(endpoint_url)).unwrap();
            let params = Params::builder()
                .region("us-east-1")
                .bucket(bucket)
                .endpoint(endpoint_url)
                .force_path_style(true);
            assert_eq!(address.post_url(), resolve(params).await);
        }
    }
}

async fn resolve(params: aws_sdk_s3::config::endpoint::ParamsBuilder) -> String {
    let params = params.build().unwrap();
    let endpoint = DefaultResolver::new().resolve_endpoint(&params).await.unwrap();
    endpoint.url().trim_end_matches('/').to_owned()
}

#[test]
fn every_partition_of_botocore_has_a_region_here() {
    let partitions: BTreeSet<String> = all_regions().into_iter().map(|(partition, _)| partition).collect();
    let known = [
        "aws",
        "aws-cn",
        "aws-eusc",
        "aws-iso",
        "aws-iso-b",
        "aws-iso-e",
        "aws-iso-f",
        "aws-us-gov",
    ];
    assert_eq!(partitions.iter().map(String::as_str).collect::<Vec<_>>(), known);
    let suffixes: BTreeSet<&str> = real_regions()
        .iter()
        .map(|region| partition::dns_suffix(region))
        .collect();
    assert_eq!(suffixes.len(), 7, "GovCloud shares the commercial suffix: {suffixes:?}");
}

/// The SDKs list `aws-global` and its kin beside the regions: no bucket lies there.
fn real_regions() -> Vec<String> {
    let regions = all_regions().into_iter().map(|(_, region)| region);
    let (pseudo, real): (Vec<_>, Vec<_>) = regions.partition(|region| region.ends_with("-global"));
    for region in pseudo {
        assert!(BucketAddress::new("media", region.as_str(), None).is_err(), "{region}");
    }
    real
}

/// Partition and region.
fn all_regions() -> Vec<(String, String)> {
    let answers: Vec<Value> = oracle::ask([json!({"ask": "regions"})]);
    serde_json::from_value(answers.into_iter().next().unwrap()).unwrap()
}
