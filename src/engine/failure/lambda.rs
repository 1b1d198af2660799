//! Failures of functions that hand out forms: their URL, who may ask them, and what they say instead of a form.

use super::{Code, Failure, Text};
use crate::aws::ConnectKind;
use crate::signer::LambdaError;
use crate::signer::lambda::{HeaderError, LambdaRefusal, NameError, RefusalKind, TemplateError, UrlError};

/// What is wrong with a function, or with how it is asked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum LambdaReason {
    /// Its URL.
    #[serde(skip)]
    Url(UrlError),
    /// Its name.
    #[serde(skip)]
    Name(NameError),
    /// The body template.
    #[serde(skip)]
    Template(TemplateError),
    /// A header.
    #[serde(skip)]
    Header(HeaderError),
    /// A header whose value nobody has kept.
    HeaderUnknown {
        /// The function, as people know it.
        lambda: String,
        /// The header's name.
        header: String,
    },
    /// Its region is not known.
    NoRegion,
    /// No connection at all.
    NoConnection(ConnectKind),
    /// The connection broke.
    Broken,
    /// No answer in time.
    NotInTime {
        /// How long was waited.
        seconds: u64,
    },
    /// A redirect to another host.
    OtherHost {
        /// Which.
        host: String,
    },
    /// A redirect that cannot be followed.
    Moved {
        /// Where to.
        path: String,
    },
    /// An answer that is no form.
    TooLong,
    /// An answer that nobody asked for like this.
    Compressed,
    /// Another status than 2xx.
    Refused {
        /// What to do about it.
        kind: RefusalKind,
        /// The HTTP status.
        status: u16,
        /// In the function's, or AWS's, own words.
        message: Option<String>,
    },
}

impl LambdaReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::Url(error) => url(error),
            Self::Name(error) => name(error),
            Self::Template(error) => template(error),
            Self::Header(error) => header(error),
            Self::HeaderUnknown { lambda, header } => Text::new(
                format!("The value of the header {header:?} for {lambda} is not kept on this machine"),
                "Edit the destination and enter it again, or give it by --lambda-header",
            ),
            Self::NoRegion => Text::new(
                "The function's region is not known",
                "Give the destination a region, such as us-east-1, or the function's whole ARN",
            ),
            Self::NoConnection(kind) => not_connected(*kind),
            Self::Broken => Text::new(
                "The connection to the function broke before its answer had come",
                "Check the network, and try again",
            ),
            Self::NotInTime { seconds } => Text::new(
                format!("The function gave no answer within {seconds} s"),
                "Try again; where it happens again, ask its owner what holds it up",
            ),
            Self::OtherHost { host } => Text::new(
                format!("The function's URL redirects to {host}, and nothing was sent there"),
                "Ask the function's owner for its address of today; a login page means that it is not open to programs",
            ),
            Self::Moved { path } => Text::new(
                format!("The function's URL redirects to {path}"),
                "Write that path into the URL",
            ),
            Self::TooLong => Text::new(
                "The function's answer is larger than 1 MiB: it is no form",
                "Check the function's URL, its stage and its path",
            ),
            Self::Compressed => Text::new(
                "The function's answer is compressed, though that was not asked for",
                "Its owner must send it as it is where Accept-Encoding is identity",
            ),
            Self::Refused { kind, status, message } => {
                let text = refused(*kind);
                let what = match message {
                    Some(message) => format!("{} (status {status}: {message})", text.what),
                    None => format!("{} (status {status})", text.what),
                };
                Text::new(what, text.hint)
            }
        }
    }
}

fn url(error: &UrlError) -> Text {
    match error {
        UrlError::NotAUrl => Text::new(
            "The function's address is not a URL",
            "Paste all of it: https://ID.lambda-url.REGION.on.aws/ or https://ID.execute-api.REGION.amazonaws.com/STAGE/PATH",
        ),
        UrlError::NotSafe => Text::new(
            "The function would be asked without HTTPS: its form would travel in the open",
            "Write https:// in front of it; only this machine itself may do without",
        ),
        UrlError::UserInfo => Text::new(
            "The function's URL holds a user name or a password",
            "Take it out, and give a header instead, such as Authorization",
        ),
    }
}

fn name(error: &NameError) -> Text {
    match error {
        NameError::IsUrl => Text::new(
            "This is a URL, not the name of a function",
            "Use it as the function's URL (--lambda)",
        ),
        NameError::OtherArn => Text::new(
            "This ARN is not one of a Lambda function",
            "It looks like arn:aws:lambda:REGION:ACCOUNT:function:NAME",
        ),
        NameError::NotAName => Text::new(
            "This is not the name of a function",
            "Write its name, NAME:ALIAS, or its ARN",
        ),
    }
}

fn template(error: &TemplateError) -> Text {
    let example =
        "Write JSON such as {\"file\":\"{object_name}\",\"type\":\"{content_type}\",\"size\":\"{size_bytes}\"}";
    match error {
        TemplateError::NotJson { line, column } => Text::new(
            format!("The body template is not JSON (line {line}, column {column})"),
            example,
        ),
        TemplateError::NoObjectName => Text::new(
            "The body template has no {object_name} in it: the function would not hear of the file",
            example,
        ),
        TemplateError::NotAnObject => Text::new(
            "The body template is not a JSON object, and a query is made of its members",
            example,
        ),
    }
}

fn header(error: &HeaderError) -> Text {
    match error {
        HeaderError::Name => Text::new(
            "A header's name cannot be sent",
            "Write NAME: VALUE, the name with letters, digits and hyphens alone",
        ),
        HeaderError::Reserved { name } => {
            Text::new(format!("The header {name} is set by Dropslot itself"), "Leave it out")
        }
        HeaderError::Value { name } => Text::new(
            format!("The value of the header {name} is empty, or has a control character in it"),
            "Copy it again, on one line",
        ),
    }
}

fn not_connected(kind: ConnectKind) -> Text {
    match kind {
        ConnectKind::Url => Text::new(
            "The function's URL cannot be used",
            "Check it: it looks like https://ID.lambda-url.REGION.on.aws/",
        ),
        ConnectKind::Dns => Text::new(
            "The name of the function's host was not found",
            "Check the network, and the spelling of URL and region",
        ),
        ConnectKind::Refused => Text::new(
            "The function's host took no connection",
            "Check that it runs, and the URL's port",
        ),
        ConnectKind::TimedOut => Text::new(
            "The function's host did not answer in time",
            "Check the network; a firewall may be in the way, or the host may be reached from inside a company alone",
        ),
        ConnectKind::NotTrusted => Text::new(
            "The certificate of the function's host is not trusted",
            "Check the URL; a company's own certificate authority goes into AWS_CA_BUNDLE",
        ),
        ConnectKind::Tls => Text::new(
            "No secure connection to the function could be made",
            "Check the URL's port: plain HTTP may be spoken there",
        ),
        ConnectKind::Proxy => Text::new(
            "The proxy refused the connection to the function",
            "Check HTTPS_PROXY (address, user and password), or name the host in NO_PROXY",
        ),
        ConnectKind::Network => Text::new("The function could not be reached", "Check the network, and try again"),
    }
}

fn refused(kind: RefusalKind) -> Text {
    match kind {
        RefusalKind::NotAllowed => Text::new(
            "The function's URL may not be called",
            "Its owner must allow both lambda:InvokeFunctionUrl and lambda:InvokeFunction; where it is for AWS_IAM, choose a profile that signs",
        ),
        RefusalKind::InvokeNotAllowed => Text::new(
            "This profile may not invoke the function",
            "Ask for the permission lambda:InvokeFunction, or choose another profile",
        ),
        RefusalKind::ApiNotAllowed => Text::new(
            "This profile may not call the API",
            "Ask for the permission execute-api:Invoke, or choose another profile",
        ),
        RefusalKind::ApiKey => Text::new(
            "API Gateway refused the key or the token",
            "Check the header, such as x-api-key, and ask the owner whether it is good for this stage",
        ),
        RefusalKind::WrongPath => Text::new(
            "API Gateway knows no such path, or wants a signature",
            "Check the URL's stage and path, and whether it takes this method; where it is for AWS_IAM, choose a profile that signs",
        ),
        RefusalKind::Unauthorized => Text::new(
            "The function wants to know who asks",
            "Check the header that its owner gave you, such as Authorization or x-api-key",
        ),
        RefusalKind::SessionExpired => Text::new("The session of the profile has ended", "Log in again, and try again"),
        RefusalKind::Signature => Text::new(
            "AWS does not accept the signature of the request",
            "Check the profile's keys, and the destination's region",
        ),
        RefusalKind::Clock => Text::new("This machine's clock is wrong", "Set it, and try again"),
        RefusalKind::NotFound => Text::new(
            "There is nothing at the function's URL",
            "Check its stage and its path; a function that was deleted has another URL when it is made anew",
        ),
        RefusalKind::NoFunction => Text::new(
            "There is no such function",
            "Check its name and alias, the region, and that the profile is of the same account",
        ),
        RefusalKind::Method => Text::new(
            "The function's URL does not take this method",
            "Choose the other one, GET in place of POST (--lambda-method)",
        ),
        RefusalKind::TooLarge => Text::new(
            "The file is larger than the function takes",
            "Send a smaller file, or ask its owner for more",
        ),
        RefusalKind::MediaType => Text::new(
            "The function takes no files of this type, or no JSON",
            "Send a file of another type, or ask its owner; where it is the JSON, choose GET (--lambda-method)",
        ),
        RefusalKind::WebPage => Text::new(
            "A web page came from the function's URL",
            "Check the URL: this one is a page for people",
        ),
        RefusalKind::Busy => Text::new(
            "The function is busy",
            "Try again in a while; where it happens often, its owner should raise its concurrency",
        ),
        RefusalKind::Failed => Text::new(
            "The function failed",
            "Its owner finds the reason in its log in CloudWatch; try again",
        ),
        RefusalKind::Other => Text::new("The function refused", "Ask the function's owner"),
    }
}

impl From<&LambdaError> for Failure {
    fn from(error: &LambdaError) -> Self {
        let failure = match error {
            LambdaError::Account(error) => return error.into(),
            LambdaError::Reply(error) => return error.into(),
            LambdaError::Url(error) => Self::new(Code::BadRequest, LambdaReason::Url(error.clone())),
            LambdaError::Name(error) => Self::new(Code::BadRequest, LambdaReason::Name(error.clone())),
            LambdaError::Template(error) => Self::new(Code::BadRequest, LambdaReason::Template(error.clone())),
            LambdaError::Header(error) => Self::new(Code::BadRequest, LambdaReason::Header(error.clone())),
            LambdaError::NoRegion => Self::new(Code::NoRegion, LambdaReason::NoRegion),
            LambdaError::Connect { kind, reason } => {
                Self::new(super::transfer::connect_code(*kind), LambdaReason::NoConnection(*kind)).detail(reason)
            }
            LambdaError::Broken { reason } => Self::new(Code::ConnectionBroken, LambdaReason::Broken).detail(reason),
            LambdaError::NotInTime { seconds } => {
                Self::new(Code::LambdaBusy, LambdaReason::NotInTime { seconds: *seconds }).retryable()
            }
            LambdaError::OtherHost { host } => {
                Self::new(Code::LambdaRefused, LambdaReason::OtherHost { host: host.clone() })
            }
            LambdaError::Moved { path } => Self::new(Code::LambdaRefused, LambdaReason::Moved { path: path.clone() }),
            LambdaError::TooLong => Self::new(Code::LambdaAnswer, LambdaReason::TooLong),
            LambdaError::Compressed => Self::new(Code::LambdaAnswer, LambdaReason::Compressed),
            LambdaError::Refused(refusal) => of_refusal(refusal),
        };
        Self {
            retryable: error.is_passing() || failure.retryable,
            ..failure
        }
    }
}

fn of_refusal(refusal: &LambdaRefusal) -> Failure {
    let code = match refusal.kind {
        RefusalKind::SessionExpired | RefusalKind::Signature => Code::CredentialsRefused,
        RefusalKind::Clock => Code::ClockWrong,
        RefusalKind::TooLarge => Code::TooLarge,
        RefusalKind::WebPage => Code::LambdaAnswer,
        RefusalKind::Busy => Code::LambdaBusy,
        RefusalKind::Failed => Code::LambdaFailed,
        _ => Code::LambdaRefused,
    };
    let reason = LambdaReason::Refused {
        kind: refusal.kind,
        status: refusal.status,
        message: refusal.message.clone(),
    };
    let mut failure = Failure::new(code, reason).detail(refusal.to_string());
    // After logging in, setting the clock, or a word with the owner, the same may work.
    failure.retryable = matches!(
        refusal.kind,
        RefusalKind::SessionExpired | RefusalKind::Clock | RefusalKind::Failed
    );
    failure.request_id.clone_from(&refusal.request_id);
    failure
}
