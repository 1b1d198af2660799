//! The Lambda that hands out forms: the other end of a destination without keys.
//!
//! A question comes as JSON, as a query, as a web form, or as the bare event of an invocation; the answer is
//! `{url, fields, key, publicUrl, expires}`, which boto3-style and Uppy-style clients understand as well. Everything
//! but [`run`] is pure: the environment, the time and the randomness come in as arguments.
//!
//! Nothing is logged: neither a question nor an answer is anybody else's business, and Lambda itself writes when it
//! was called.
//!
//! | variable | what it says | unless set |
//! |---|---|---|
//! | `DROPSLOT_BUCKET` | the bucket | must be set |
//! | `DROPSLOT_REGION` | its region | `AWS_REGION`, which Lambda sets |
//! | `DROPSLOT_ENDPOINT_URL` | a store other than AWS | AWS |
//! | `DROPSLOT_KEY_TEMPLATE` | object keys, in the words of [`KeyTemplate`](crate::s3::KeyTemplate) | `{rand}/{name}` |
//! | `DROPSLOT_KEY_PREFIX` | what every key begins with | nothing |
//! | `DROPSLOT_ALLOW_KEYS` | `1`: the object name asked for is the key below the prefix | the template decides |
//! | `DROPSLOT_MAX_BYTES` | largest file, in bytes | 5 GiB, S3's own limit |
//! | `DROPSLOT_CONTENT_TYPES` | types that are taken: `image/*, application/pdf` | all |
//! | `DROPSLOT_EXPIRES_IN` | how long a form is good, in seconds | 900 |
//! | `DROPSLOT_PUBLIC_BASE` | what links begin with: `https://cdn.example.com` | the bucket's own address |
//! | `DROPSLOT_TOKENS` | who may ask: `PREFIX=TOKEN` each, the prefix may be empty | anybody who may call |
//! | `DROPSLOT_CORS_ORIGINS` | web pages that may ask: `https://app.example.com`, or `*` | none |
//!
//! Lists are separated by commas or white space.

mod answer;
mod config;
mod cors;
mod event;
mod form;
mod question;
mod tokens;

pub use answer::{Answer, Refusal};
pub use config::{Config, ConfigError};
pub use event::answer_event;
pub use form::Moment;

use lambda_http::lambda_runtime::{self, LambdaEvent};
use serde_json::Value;
use std::sync::Arc;

/// Serves until Lambda stops the process.
///
/// # Errors
/// A configuration that cannot be served by, and what the runtime says.
pub async fn run() -> Result<(), lambda_runtime::Error> {
    let environment = |name: &str| std::env::var(name).ok();
    if environment("AWS_LAMBDA_RUNTIME_API").is_none() {
        return Err("this program is started by AWS Lambda, or by what stands in for it (cargo lambda watch)".into());
    }
    let config = Arc::new(Config::from_environment(environment)?);
    let serve = move |event: LambdaEvent<Value>| {
        let config = Arc::clone(&config);
        async move {
            let mut random = [0; 16];
            getrandom::fill(&mut random)?;
            let moment = Moment {
                now: jiff::Timestamp::now(),
                random,
            };
            // Lambda renews them between calls.
            let credentials = config::credentials(environment);
            Ok::<_, lambda_runtime::Error>(answer_event(&config, credentials.as_ref(), &moment, &event.payload))
        }
    };
    lambda_runtime::run(lambda_runtime::service_fn(serve)).await
}
