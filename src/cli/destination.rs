//! From options to a destination: a saved one or a new one, with the object options laid over it.

use super::args::{DestinationArgs, IfExists, Method, ObjectArgs, UploadArgs};
use super::problem::Problem;
use crate::engine::Failure;
use crate::s3::{KeyTemplate, UploadOptions, check_public_base};
use crate::store::{Destination, DestinationKind, ExistsPolicy, Folders, Settings, UploadMethod};

/// The destination that the options name, else the one used last in the window.
///
/// # Errors
/// Exit status 2 where there is none.
pub(super) fn of_args(args: &DestinationArgs) -> Result<Destination, Problem> {
    named(args)?.ok_or_else(|| {
        Problem::usage(
            "It is not said where to upload to",
            "Add --profile PROFILE --bucket BUCKET, --lambda URL, --to NAME, or --sandbox",
        )
    })
}

/// `None` where the options name none and none has been used yet.
///
/// # Errors
/// Exit status 2 where `--to` names one that is not saved.
pub(super) fn named(args: &DestinationArgs) -> Result<Option<Destination>, Problem> {
    #[cfg(feature = "sandbox")]
    if args.sandbox {
        return Ok(Some(Destination::new("Sandbox", DestinationKind::Sandbox)));
    }
    if let Some(name) = &args.to {
        return saved(name).map(Some);
    }
    if let Some(handed) = super::handed::of_args(args)? {
        return Ok(Some(handed));
    }
    let Some(bucket) = args.bucket.clone() else {
        return Ok(settings().last_destination);
    };
    let name = match &args.profile {
        Some(profile) => format!("{profile} · {bucket}"),
        None => bucket.clone(),
    };
    let kind = DestinationKind::Account {
        profile: args.profile.clone(),
        bucket,
        region: args.region.clone(),
        endpoint_url: args.endpoint_url.clone(),
    };
    Ok(Some(Destination::new(name, kind)))
}

fn saved(name: &str) -> Result<Destination, Problem> {
    let destinations = settings().destinations;
    if let Some(destination) = destinations.iter().find(|destination| destination.name == name) {
        return Ok(destination.clone());
    }
    let names: Vec<String> = destinations
        .iter()
        .map(|destination| format!("{:?}", destination.name))
        .collect();
    let hint = if names.is_empty() {
        "None is saved yet: name a bucket by --profile and --bucket".to_owned()
    } else {
        format!("Saved are {}", names.join(", "))
    };
    Err(Problem::usage(
        format!("There is no saved destination named {name:?}"),
        hint,
    ))
}

/// The settings; a broken file is told of and does not stop the command.
fn settings() -> Settings {
    let Some(folders) = Folders::of_this_user() else {
        return Settings::default();
    };
    let (settings, error) = Settings::load(&folders.settings_file());
    if let Some(error) = error {
        super::problem::print_failure(None, &Failure::from(&error));
    }
    settings
}

/// Lays what the options say over the destination's own.
///
/// # Errors
/// Exit status 2 where an option's value is not valid.
pub(super) fn with_upload_args(destination: &mut Destination, args: &UploadArgs) -> Result<(), Problem> {
    if let Some(template) = &args.key {
        destination.key_template.clone_from(template);
    }
    KeyTemplate::parse(&destination.key_template).map_err(|error| Problem::usage_of(Failure::from(&error)))?;
    if let Some(base) = &args.public_base {
        check_public_base(base).map_err(|_error| wrong_public_base())?;
        destination.public_base = Some(base.clone());
    }
    if let Some(what) = args.if_exists {
        destination.if_exists = match what {
            IfExists::Unique => ExistsPolicy::Unique,
            IfExists::Replace => ExistsPolicy::Replace,
            IfExists::Fail => ExistsPolicy::Fail,
        };
    }
    if let Some(method) = args.method {
        destination.method = match method {
            Method::Auto => UploadMethod::Auto,
            Method::Post => UploadMethod::Post,
            Method::Parts => UploadMethod::Parts,
            Method::Put => UploadMethod::Put,
        };
        if matches!(method, Method::Parts | Method::Put) && !destination.kind.is_signed_here() {
            return Err(Problem::usage(
                "--method parts and put need a destination that a profile signs for",
                "Leave it out: a function or a ticket says how its files are sent",
            ));
        }
    }
    Ok(())
}

/// Not in the text that was given: there may be a password or a token in it.
fn wrong_public_base() -> Problem {
    Problem::usage(
        "The public base is no URL that links can begin with",
        "Write http(s), a host and perhaps a path: https://cdn.example.com/files",
    )
}

/// Lays what the options say over the destination's own.
///
/// # Errors
/// Exit status 2 where they cannot be sent.
pub(super) fn with_object_args(options: &mut UploadOptions, args: &ObjectArgs) -> Result<(), Problem> {
    let texts = [
        (&mut options.content_type, &args.content_type),
        (&mut options.acl, &args.acl),
        (&mut options.storage_class, &args.storage_class),
        (&mut options.server_side_encryption, &args.server_side_encryption),
        (&mut options.kms_key_id, &args.kms_key_id),
        (&mut options.cache_control, &args.cache_control),
        (&mut options.content_disposition, &args.content_disposition),
    ];
    for (option, given) in texts {
        if given.is_some() {
            option.clone_from(given);
        }
    }
    if !args.metadata.is_empty() {
        options.metadata.clone_from(&args.metadata);
    }
    if !args.tag.is_empty() {
        options.tags.clone_from(&args.tag);
    }
    if let Some(expires_in) = args.expires_in {
        options.expires_in = expires_in;
    }
    let content_type = options.content_type.as_deref().unwrap_or_default();
    options
        .fields_and_conditions(content_type)
        .map_err(|error| Problem::usage_of(Failure::from(&error)))?;
    Ok(())
}
