//! Destinations whose forms are not signed here, from options.

use super::args::DestinationArgs;
use super::handed_args::{HandedArgs, LambdaAuthArg, LambdaMethodArg};
use super::problem::Problem;
use crate::aws::Secret;
use crate::engine::Failure;
use crate::s3::ticket;
use crate::store::{
    Destination, DestinationKind, LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget, SecretHeader, Ticket,
    read_ticket,
};
use std::path::Path;

/// `None` where the options name neither a function nor a ticket.
///
/// # Errors
/// Exit status 2 where a ticket cannot be read.
pub(super) fn of_args(args: &DestinationArgs) -> Result<Option<Destination>, Problem> {
    let kind = match &args.handed {
        HandedArgs { ticket: Some(file), .. } => DestinationKind::Ticket(ticket_in(file)?),
        HandedArgs {
            lambda: None,
            lambda_function: None,
            ..
        } => return Ok(None),
        handed => DestinationKind::Lambda(lambda(args, handed)?),
    };
    Ok(Some(Destination::new(kind.place().to_owned(), kind)))
}

fn lambda(args: &DestinationArgs, handed: &HandedArgs) -> Result<LambdaDestination, Problem> {
    Ok(LambdaDestination {
        target: match (&handed.lambda, &handed.lambda_function) {
            (Some(url), _) => LambdaTarget::Url {
                url: url.clone(),
                auth: auth(args, handed)?,
            },
            (None, name) => LambdaTarget::Function {
                name: name.clone().unwrap_or_default(),
                profile: args.profile.clone(),
                region: args.region.clone(),
                endpoint_url: args.endpoint_url.clone(),
            },
        },
        method: match handed.lambda_method {
            Some(LambdaMethodArg::Get) => LambdaMethod::Get,
            Some(LambdaMethodArg::Post) | None => LambdaMethod::Post,
        },
        body_template: handed.lambda_body.clone(),
    })
}

/// A profile that is named is meant to sign.
fn auth(args: &DestinationArgs, handed: &HandedArgs) -> Result<LambdaAuth, Problem> {
    if !handed.lambda_header.is_empty() {
        let headers: Result<Vec<_>, _> = handed.lambda_header.iter().map(headers).collect();
        return Ok(LambdaAuth::Headers(headers?.concat()));
    }
    Ok(match handed.lambda_auth {
        Some(LambdaAuthArg::None) => LambdaAuth::None,
        None if args.profile.is_none() => LambdaAuth::None,
        Some(LambdaAuthArg::Iam) | None => LambdaAuth::Iam {
            profile: args.profile.clone(),
            region: args.region.clone(),
        },
    })
}

/// `NAME: VALUE`, or `@FILE` with one such a line, as curl's `-H` has it: a process list shows command lines to everybody.
fn headers(given: &Secret) -> Result<Vec<SecretHeader>, Problem> {
    // No value is told of: it is a secret, or a piece of one.
    let wrong = |what: &str| Problem::usage(what, "Write it as 'NAME: VALUE', or @FILE for a file with one a line");
    let lines = match given.reveal().strip_prefix('@') {
        Some(file) => Secret::from(
            std::fs::read_to_string(file)
                .map_err(|error| wrong("The file of headers cannot be read").because(&error))?,
        ),
        None => given.clone(),
    };
    let lines = lines.reveal().lines().filter(|line| !line.trim().is_empty());
    let headers: Option<Vec<_>> = lines.map(header).collect();
    headers
        .filter(|headers| !headers.is_empty())
        .ok_or_else(|| wrong("A value of --lambda-header is no header"))
}

fn header(line: &str) -> Option<SecretHeader> {
    let (name, value) = line.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    let is_fit = !name.is_empty() && !value.is_empty();
    is_fit.then(|| SecretHeader {
        name: name.to_owned(),
        value: Some(Secret::from(value)),
    })
}

fn ticket_in(file: &Path) -> Result<Ticket, Problem> {
    let text = if file.as_os_str() == "-" {
        read_ticket(std::io::stdin().lock())
    } else {
        std::fs::File::open(file).and_then(read_ticket)
    };
    let text = text.map_err(|error| {
        Problem::usage(
            format!("The ticket {} cannot be read", file.display()),
            "Name a file with the form's JSON or curl line, or - for standard input",
        )
        .because(&error)
    })?;
    let reply = ticket::read(text.reveal()).map_err(|error| Problem::usage_of(Failure::from(&error)))?;
    Ok(Ticket::of_reply(reply))
}

/// What the owner of a form decides, and nobody else: saying it here would be lost without a word.
///
/// # Errors
/// Exit status 2 where an option says it.
pub(super) fn refuse_object_args(kind: &DestinationKind, args: &super::args::ObjectArgs) -> Result<(), Problem> {
    if kind.is_signed_here() {
        return Ok(());
    }
    let said = [
        ("--acl", args.acl.is_some()),
        ("--storage-class", args.storage_class.is_some()),
        ("--server-side-encryption", args.server_side_encryption.is_some()),
        ("--kms-key-id", args.kms_key_id.is_some()),
        ("--cache-control", args.cache_control.is_some()),
        ("--content-disposition", args.content_disposition.is_some()),
        ("--metadata", !args.metadata.is_empty()),
        ("--tag", !args.tag.is_empty()),
        ("--expires-in", args.expires_in.is_some()),
    ];
    match said.into_iter().find(|(_, is_said)| *is_said) {
        Some((option, _)) => Err(Problem::usage(
            format!("{option} cannot be chosen for a form that is signed elsewhere"),
            "Leave it out, or ask the form's owner for it",
        )),
        None => Ok(()),
    }
}
