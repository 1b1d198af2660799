//! Parts uploads and PUTs to Ceph, which answers no CRC-64/NVME: they are proven by MD5, part by part.

use super::{json_lines, put_command};
use crate::support::ceph::Ceph;
use crate::support::tools::stdout;
use serde_json::Value;

const OPTIONS: [&str; 8] = [
    "--content-type",
    "video/mp4",
    "--metadata",
    "from=ceph",
    "--cache-control",
    "max-age=60",
    "--tag",
    "team=a&b",
];

fn send(ceph: &Ceph, bucket: &str, options: &[&str], content: &[u8]) -> Value {
    let path = ceph.home.write("film.mp4", content);
    json_lines(&stdout(&mut put_command(ceph, bucket, options, [path]))).remove(0)
}

fn head(ceph: &Ceph, bucket: &str, object_key: &str) -> Value {
    let head = ["s3api", "head-object", "--bucket", bucket, "--key", object_key];
    serde_json::from_str(&stdout(&mut ceph.aws(&head))).unwrap()
}

fn random(bytes: usize) -> Vec<u8> {
    let mut content = vec![0; bytes];
    getrandom::fill(&mut content).unwrap();
    content
}

#[test]
fn a_file_in_parts_is_read_back_with_all_its_options() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let content = random(20 * 1024 * 1024 + 1);
    let options = [&["--profile", "rgw", "--method", "parts"], &OPTIONS[..]].concat();
    let result = send(&ceph, &bucket, &options, &content);
    assert_eq!(result["proof"], "md5", "{result}");
    let object_key = result["object_key"].as_str().unwrap();
    assert!(ceph.object(&bucket, object_key) == content);
    let head = head(&ceph, &bucket, object_key);
    assert_eq!(head["ContentType"], "video/mp4");
    assert_eq!(head["CacheControl"], "max-age=60");
    assert_eq!(head["Metadata"]["from"], "ceph");
    assert_eq!(head["ETag"], format!("\"{}\"", result["etag"].as_str().unwrap()));
    assert!(result["etag"].as_str().unwrap().ends_with("-5"), "{result}");
    // Ceph 16 takes no tags with CreateMultipartUpload, and says nothing of it.
    let unfinished = stdout(&mut ceph.aws(&["s3api", "list-multipart-uploads", "--bucket", &bucket]));
    assert!(!unfinished.contains("UploadId"), "{unfinished}");
}

#[test]
fn a_put_is_read_back_with_all_its_options() {
    let ceph = Ceph::running();
    let bucket = ceph.new_bucket();
    let content = random(3 * 1024 * 1024);
    let options = [&["--profile", "rgw", "--method", "put"], &OPTIONS[..]].concat();
    let result = send(&ceph, &bucket, &options, &content);
    assert_eq!(result["proof"], "md5", "{result}");
    let object_key = result["object_key"].as_str().unwrap();
    assert!(ceph.object(&bucket, object_key) == content);
    let head = head(&ceph, &bucket, object_key);
    assert_eq!(head["ContentType"], "video/mp4");
    assert_eq!(head["Metadata"]["from"], "ceph");
    let tagging = ["s3api", "get-object-tagging", "--bucket", &bucket, "--key", object_key];
    let tags: Value = serde_json::from_str(&stdout(&mut ceph.aws(&tagging))).unwrap();
    assert_eq!(tags["TagSet"], serde_json::json!([{"Key": "team", "Value": "a&b"}]));
}
