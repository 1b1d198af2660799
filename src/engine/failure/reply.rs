//! Answers of functions and pasted texts that are no form to send.
//!
//! Their errors say all there is to say: they are reasons themselves, and only their English is here.

use super::{Code, Failure, Text};
use crate::s3::{TicketError, VendorReplyError};

impl From<&VendorReplyError> for Failure {
    fn from(error: &VendorReplyError) -> Self {
        let code = match error {
            VendorReplyError::FunctionError { .. } => Code::LambdaFailed,
            VendorReplyError::Refused { .. } => Code::LambdaRefused,
            _ => Code::LambdaAnswer,
        };
        Self::new(code, error.clone())
    }
}

impl From<&TicketError> for Failure {
    fn from(error: &TicketError) -> Self {
        Self::new(Code::Ticket, error.clone())
    }
}

pub(super) fn vendor_reply(error: &VendorReplyError) -> Text {
    use VendorReplyError as E;
    match error {
        E::TooLong => Text::new("The answer is longer than 1 MiB: it is no form", CHECK_URL),
        E::Empty => Text::new("The answer is empty", ASK_FOR_FORM),
        E::Html => Text::new("The answer is a web page, not a form", CHECK_URL),
        E::Xml => Text::new("The answer is XML, not a form", CHECK_URL),
        E::NotJson => Text::new("The answer is no JSON", ASK_FOR_FORM),
        E::TooDeep => Text::new("The answer is nested too deeply", ASK_FOR_FORM),
        E::NoForm => Text::new("The answer holds no URL with form fields", ASK_FOR_FORM),
        E::FunctionError { error_type, message } => Text::new(
            format!("The function failed: {error_type}: {message}"),
            "Show this to the function's owner; where it misses a name, the request can be given another shape",
        ),
        E::Refused { status, message } => {
            let status = status.map_or(String::new(), |status| format!(" ({status})"));
            let what = if message.is_empty() {
                format!("The function refused{status}")
            } else {
                format!("The function refused{status}: {message}")
            };
            Text::new(what, "Ask the function's owner")
        }
        E::DuplicateField { name } => Text::new(format!("The form has the field {name:?} twice"), SIGN_ANEW),
        E::FileField => Text::new(
            "The form has a field named \"file\", which is the file's own",
            SIGN_ANEW,
        ),
        E::FieldValue { name } => Text::new(format!("The form's field {name:?} has no text for a value"), SIGN_ANEW),
        E::LineBreak { field } => Text::new(
            format!("The form's field {field:?} contains a line break or control character"),
            SIGN_ANEW,
        ),
        E::UnsafeTarget => Text::new(
            "The form does not go to HTTPS: file and form would travel in the open",
            "Its owner must sign it for an https:// address; only this machine itself may do without",
        ),
    }
}

pub(super) fn ticket(error: &TicketError) -> Text {
    let whole = "Copy the whole of it: the JSON with \"url\" and \"fields\", or the line that begins with curl";
    match error {
        TicketError::Neither => Text::new("This is neither a form's JSON nor a curl line", whole),
        TicketError::Quotes => Text::new("The curl line has a quotation mark too few", whole),
        TicketError::NoUrl => Text::new("The curl line has no URL", whole),
        TicketError::NoFields => Text::new("The curl line has no form fields (-F name=value)", whole),
        TicketError::FieldFromFile { name } => Text::new(
            format!("The curl line takes the field {name:?} from a file"),
            "Write the value itself into the line",
        ),
        TicketError::Form(error) => vendor_reply(error),
    }
}

const CHECK_URL: &str = "Check the function's URL, its stage and its path";
const ASK_FOR_FORM: &str = "Its owner must let it answer a presigned POST: {\"url\": …, \"fields\": {…}}";
const SIGN_ANEW: &str = "The form's owner must sign it anew without that";
