//! Addresses of AWS and of other stores, and texts that are none.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
#![allow(clippy::let_underscore_must_use, reason = "where only coming back counts")]

use super::*;
use proptest::prelude::*;

fn address(bucket: &str, region: &str, endpoint_url: Option<&str>) -> BucketAddress {
    BucketAddress::new(bucket, region, endpoint_url).unwrap()
}

#[test]
fn aws_answers_at_the_regional_virtual_host() {
    let address = address("amzn-s3-demo-bucket", "ap-northeast-2", None);
    assert_eq!(
        address.post_url(),
        "https://amzn-s3-demo-bucket.s3.ap-northeast-2.amazonaws.com/"
    );
    let object_key = ObjectKey::new("폴더/a b.txt").unwrap();
    assert_eq!(
        address.object_url(&object_key),
        "https://amzn-s3-demo-bucket.s3.ap-northeast-2.amazonaws.com/%ED%8F%B4%EB%8D%94/a%20b.txt"
    );
}

#[test]
fn a_dotted_bucket_answers_path_style() {
    let address = address("files.example.com", "cn-north-1", None);
    assert_eq!(
        address.post_url(),
        "https://s3.cn-north-1.amazonaws.com.cn/files.example.com"
    );
    let object_key = ObjectKey::new("a").unwrap();
    assert_eq!(
        address.object_url(&object_key),
        "https://s3.cn-north-1.amazonaws.com.cn/files.example.com/a"
    );
}

#[test]
fn a_given_endpoint_answers_path_style_with_its_path_kept() {
    for (endpoint_url, post_url) in [
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000/media"),
        ("http://[::1]:9000/", "http://[::1]:9000/media"),
        ("http://localhost", "http://localhost/media"),
        ("https://s3.example.com/", "https://s3.example.com/media"),
        (
            "https://gate.example.com:8443/storage/",
            "https://gate.example.com:8443/storage/media",
        ),
    ] {
        assert_eq!(address("media", "RegionOne", Some(endpoint_url)).post_url(), post_url);
    }
}

#[test]
fn an_endpoint_that_cannot_be_one_is_refused() {
    let refusal = |endpoint_url| BucketAddress::new("media", "us-east-1", Some(endpoint_url)).unwrap_err();
    for text in [
        "",
        "s3.example.com",
        "https://",
        "ftp://s3.example.com",
        "https:s3.example.com",
        "https://a b",
        "https://a\\b",
        "http://\n127.0.0.1",
    ] {
        assert_eq!(refusal(text), AddressError::EndpointUrl, "{text}");
    }
    for text in [
        "https://user@s3.example.com",
        "https://u:p@s3.example.com",
        "https://@h",
        "https://h/?a=1",
        "https://h/#x",
    ] {
        assert_eq!(refusal(text), AddressError::EndpointExtras, "{text}");
    }
    for text in [
        "http://s3.example.com",
        "http://10.0.0.1:9000",
        "http://localhost.example.com",
        "http://[::2]",
    ] {
        assert_eq!(refusal(text), AddressError::PlainHttp, "{text}");
    }
}

#[test]
fn names_that_aws_does_not_give_are_refused() {
    assert!(matches!(
        BucketAddress::new("Photos", "us-east-1", None),
        Err(AddressError::BucketName { .. })
    ));
    assert!(matches!(
        BucketAddress::new("photos", "Seoul", None),
        Err(AddressError::Region { .. })
    ));
    assert!(matches!(
        BucketAddress::new("photos--apne2-az1--x-s3", "ap-northeast-2", None),
        Err(AddressError::DirectoryBucket { .. })
    ));
}

#[test]
fn a_region_from_the_wire_cannot_move_the_host() {
    let here = address("media", "us-east-1", None);
    assert_eq!(here.in_region("eu-west-1").region(), "eu-west-1");
    assert_eq!(here.in_region("evil.example.com/"), here);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(bucket in ".*", region in ".*", endpoint_url in ".*") {
        let _ = BucketAddress::new("media", region.as_str(), None);
        let _ = BucketAddress::new(bucket, region, Some(&endpoint_url));
    }
}
