//! Options of destinations whose forms are not signed here: a function's URL, a function by its name, a ticket.

use crate::aws::Secret;
use clap::{Args, ValueEnum};
use std::convert::Infallible;
use std::path::PathBuf;

const BODY_HELP: &str = "The request's JSON, with {object_name}, {content_type} and {size_bytes} in its texts";

/// Who hands out the form.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Forms signed elsewhere")]
pub(super) struct HandedArgs {
    /// The URL of a Lambda (or of anybody) that hands out forms
    #[arg(long, value_name = "URL", group = "signer", group = "lambdas", conflicts_with_all = ["to", "endpoint_url"])]
    pub(super) lambda: Option<String>,
    #[arg(
        long,
        value_name = "AUTH",
        help = "Who asks the URL: anybody, or whoever --profile signs for (AWS_IAM)",
        requires = "lambda",
        conflicts_with = "lambda_header"
    )]
    pub(super) lambda_auth: Option<LambdaAuthArg>,
    /// A header with a key or a token, 'NAME: VALUE', or @FILE with one a line; may be given several times
    #[arg(long, value_name = "HEADER", requires = "lambda", value_parser = secret)]
    pub(super) lambda_header: Vec<Secret>,
    /// How the URL is asked: GET puts object name, type and size into the query
    #[arg(long, value_name = "METHOD", requires = "lambda", ignore_case = true)]
    pub(super) lambda_method: Option<LambdaMethodArg>,
    #[arg(long, value_name = "JSON", help = BODY_HELP, requires = "lambdas")]
    pub(super) lambda_body: Option<String>,
    /// The name or ARN of a Lambda that --profile may invoke
    #[arg(
        long,
        value_name = "NAME",
        group = "signer",
        group = "lambdas",
        conflicts_with = "to"
    )]
    pub(super) lambda_function: Option<String>,
    /// A form that was signed already: a file with its JSON or its curl line; - is standard input
    #[arg(long, value_name = "FILE", group = "signer", conflicts_with_all = ["to", "profile", "region", "endpoint_url"])]
    pub(super) ticket: Option<PathBuf>,
}

impl HandedArgs {
    /// Whether none is named.
    pub(super) fn names_none(&self) -> bool {
        self.lambda.is_none() && self.lambda_function.is_none() && self.ticket.is_none()
    }
}

/// Read later: what is wrong with a value is told with the value in it, and this one is nobody's business.
#[allow(clippy::unnecessary_wraps, reason = "the shape of a value parser")]
fn secret(text: &str) -> Result<Secret, Infallible> {
    Ok(Secret::from(text))
}

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LambdaAuthArg {
    /// Anybody
    None,
    /// Whoever a profile signs for
    Iam,
}

/// How a URL is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LambdaMethodArg {
    /// A JSON body
    Post,
    /// The query string
    Get,
}
