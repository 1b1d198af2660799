//! A function that hands out forms, as one would write it behind any HTTP server: the request's JSON in, a status and a
//! JSON out. Here a line of standard input is a request.
//!
//! ```text
//! echo '{"object_name": "a.png", "content_type": "image/png"}' | cargo run --no-default-features --example signing_function
//! ```

use dropslot::s3::{
    BucketAddress, Condition, Credentials, KeyParts, KeyTemplate, PostRequest, Timestamp, UploadOptions,
};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{self, BufRead as _};

/// What stays the same from request to request.
struct Signer {
    address: BucketAddress,
    template: KeyTemplate,
    credentials: Credentials,
}

impl Signer {
    /// A picture of at most 5 MiB, under a key that cannot be guessed; everything else is refused.
    fn answer(&self, request: &str, now: Timestamp, random: [u8; 16]) -> (u16, String) {
        match self.form(request, now, random) {
            Ok(form) => (200, form),
            Err(error) => (400, json!({"message": error.to_string()}).to_string()),
        }
    }

    fn form(&self, request: &str, now: Timestamp, random: [u8; 16]) -> Result<String, Box<dyn Error>> {
        let request: Value = serde_json::from_str(request)?;
        let text = |name: &str| request.get(name).and_then(Value::as_str);
        let file_name = text("object_name").ok_or("object_name is missing")?;
        let content_type = text("content_type").unwrap_or_default();
        if !content_type.starts_with("image/") {
            return Err("only pictures are taken".into());
        }
        let options = UploadOptions::default();
        let (fields, mut conditions) = options.fields_and_conditions(content_type)?;
        conditions.push(Condition::ContentLengthRange {
            min_bytes: 1,
            max_bytes: 5 << 20,
        });
        let object_key = self.template.expand(&KeyParts {
            file_name,
            dir: "",
            now: jiff::tz::TimeZone::UTC.to_datetime(now),
            random,
            user: "",
            host: "",
        })?;
        let post = PostRequest {
            address: &self.address,
            object_key: object_key.as_str(),
            fields: &fields,
            conditions: &conditions,
            expires_in: options.expires_in,
        };
        Ok(post.sign_for_store(&self.credentials, now).to_json())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let signer = Signer {
        address: BucketAddress::new("media-assets", "eu-west-1", None)?,
        template: KeyTemplate::parse("in/{rand}/{name}")?,
        credentials: Credentials::from_keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None),
    };
    for request in io::stdin().lock().lines() {
        // A real one asks its system for randomness.
        let random = [7; 16];
        let (status, body) = signer.answer(&request?, Timestamp::now(), random);
        println!("{status} {body}");
    }
    Ok(())
}
