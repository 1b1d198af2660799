//! Signs a presigned POST and prints it: `{"url": …, "fields": {…}}` on standard output, the `curl` line that sends a file
//! by it on standard error.
//!
//! ```text
//! AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… cargo run --no-default-features --example presign_post -- BUCKET REGION OBJECT_KEY [ENDPOINT_URL]
//! ```

use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, Timestamp};
use std::env;
use std::error::Error;
use std::time::Duration;

const MAX_BYTES: u64 = 10 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (bucket, region, object_key, endpoint_url) = match arguments.as_slice() {
        [bucket, region, object_key] => (bucket, region, object_key, None),
        [bucket, region, object_key, endpoint_url] => (bucket, region, object_key, Some(endpoint_url.as_str())),
        _ => return Err("usage: presign_post BUCKET REGION OBJECT_KEY [ENDPOINT_URL]".into()),
    };
    let credentials = Credentials::from_keys(
        env::var("AWS_ACCESS_KEY_ID")?,
        env::var("AWS_SECRET_ACCESS_KEY")?,
        env::var("AWS_SESSION_TOKEN").ok(),
    );
    let post = PostRequest {
        address: &BucketAddress::new(bucket, region, endpoint_url)?,
        object_key,
        fields: &[],
        conditions: &[Condition::ContentLengthRange {
            min_bytes: 0,
            max_bytes: MAX_BYTES,
        }],
        expires_in: Duration::from_mins(15),
    }
    .sign_for_store(&credentials, Timestamp::now());

    println!("{}", post.to_json());
    let fields: Vec<String> = post
        .fields
        .iter()
        .map(|(name, value)| format!("--form-string {}", shell_words::quote(&format!("{name}={value}"))))
        .collect();
    eprintln!("curl --fail {} -F file=@FILE {}", fields.join(" "), post.url);
    Ok(())
}
