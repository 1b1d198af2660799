//! `dropslot presign`: a form for somebody else to send, exactly as botocore's `generate_presigned_post` writes it.
//!
//! Only what the options say stands in it: no size range, no content type by itself.

use super::args::{DestinationArgs, PresignArgs};
use super::problem::{Problem, Status};
use super::stderr;
use super::stdout::Lines;
use crate::aws::{Account, AccountOptions, BucketsError, bucket_home, http_client};
use crate::engine::Failure;
use crate::s3::{BucketAddress, Condition, Credentials, ObjectKey, PostRequest, UploadOptions};
use crate::signer::SignerError;
use crate::store::DestinationKind;
use std::time::{Duration, SystemTime};

/// The region where any bucket can be asked for its own.
const ANY_REGION: &str = "us-east-1";
/// Longest wait for the bucket's answer.
const ASK_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn run(args: PresignArgs) -> Result<Status, Problem> {
    ObjectKey::new(&args.object_key).map_err(|error| Problem::usage_of(Failure::from(&error)))?;
    let (fields, conditions, expires_in) = form(&args)?;
    let (address, credentials) = signing(&args.destination).await?;
    let request = PostRequest {
        address: &address,
        object_key: &args.object_key,
        fields: &fields,
        conditions: &conditions,
        expires_in,
    };
    if credentials
        .expiry()
        .is_some_and(|expiry| expiry < SystemTime::now() + expires_in)
    {
        stderr::tell("The form ends earlier than asked for, with the session of the profile that signed it.");
    }
    let form = request.sign(&credentials, jiff::Timestamp::now());
    Lines::default().line(&form.to_json())?;
    Ok(Status::Done)
}

type Form = (Vec<(String, String)>, Vec<Condition>, Duration);

/// Fields and conditions in the order of the help text: object options, `--field`, `--condition`.
fn form(args: &PresignArgs) -> Result<Form, Problem> {
    let mut destination = super::destination::of_args(&args.destination)?;
    super::destination::with_object_args(&mut destination.options, &args.object)?;
    let options: UploadOptions = destination.options;
    let (mut fields, mut conditions) = options
        .fields_and_conditions(options.content_type.as_deref().unwrap_or_default())
        .map_err(|error| Problem::usage_of(Failure::from(&error)))?;
    // What an upload adds by itself is the caller's to choose here.
    let asked_for = |name: &str| {
        name != "success_action_status"
            && (options.content_type.is_some() || !name.eq_ignore_ascii_case("content-type"))
    };
    fields.retain(|(name, _value)| asked_for(name));
    conditions.retain(|condition| match condition {
        Condition::Exact { field, .. } | Condition::StartsWith { field, .. } => asked_for(field),
        Condition::ContentLengthRange { .. } => true,
    });
    for (field, value) in &args.field {
        fields.push((field.clone(), value.clone()));
        conditions.push(Condition::Exact {
            field: field.clone(),
            value: value.clone(),
        });
    }
    conditions.extend(args.condition.iter().cloned());
    Ok((fields, conditions, options.expires_in))
}

/// Where the form goes, and who signs it.
async fn signing(args: &DestinationArgs) -> Result<(BucketAddress, Credentials), Problem> {
    match super::destination::of_args(args)?.kind {
        DestinationKind::Account {
            profile,
            bucket,
            region,
            endpoint_url,
        } => {
            let account = Account::load(&AccountOptions {
                profile,
                region,
                endpoint_url,
            })
            .await
            .map_err(|error| Failure::from(&error))?;
            let address = address(&account, &bucket)
                .await
                .map_err(|error| Failure::from(&error))?;
            let credentials = account.credentials().await.map_err(|error| Failure::from(&error))?;
            Ok((address, credentials))
        }
        DestinationKind::Lambda(_) | DestinationKind::Ticket(_) => Err(Problem::usage(
            "This destination's forms are not signed here",
            "Name a bucket by --profile and --bucket",
        )),
        #[cfg(feature = "sandbox")]
        DestinationKind::Sandbox => {
            let sandbox = super::sandbox::find_or_start(false).await?;
            let address = BucketAddress::new(
                crate::sandbox::BUCKET,
                crate::sandbox::REGION,
                Some(&sandbox.endpoint_url),
            )
            .map_err(|error| Failure::from(&error))?;
            Ok((address, sandbox.credentials))
        }
        #[cfg(not(feature = "sandbox"))]
        DestinationKind::Sandbox => Err(super::sandbox_is_left_out()),
    }
}

/// By the region that the options, the environment or the profile name; only without one the bucket is asked.
async fn address(account: &Account, bucket: &str) -> Result<BucketAddress, SignerError> {
    let endpoint_url = account.endpoint_url();
    let address = BucketAddress::new(bucket, account.region().unwrap_or(ANY_REGION), endpoint_url)?;
    if account.region().is_some() || endpoint_url.is_some() {
        return Ok(address);
    }
    let client = http_client().map_err(|error| BucketsError::Unreachable {
        reason: error.to_string(),
    })?;
    let home = bucket_home(&client, &address, ASK_TIMEOUT).await?;
    match home.region {
        Some(region) => Ok(address.in_region(region)),
        None if home.status == 404 => Err(SignerError::NoSuchBucket {
            bucket: bucket.to_owned(),
        }),
        None => Err(SignerError::NoRegion {
            bucket: bucket.to_owned(),
        }),
    }
}
