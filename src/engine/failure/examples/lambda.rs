//! Examples of what is wrong with functions.

use super::LambdaReason;
use crate::signer::lambda::{HeaderError, NameError, RefusalKind, TemplateError, UrlError};
use crate::transfer::ConnectKind;

pub(super) fn after_lambda(reason: &LambdaReason) -> Option<LambdaReason> {
    use LambdaReason as R;
    Some(match reason {
        R::Broken => R::NotInTime { seconds: 35 },
        R::NotInTime { .. } => R::OtherHost {
            host: "login.example.com".to_owned(),
        },
        R::OtherHost { .. } => R::Moved {
            path: "/prod/".to_owned(),
        },
        R::Moved { .. } => R::TooLong,
        R::TooLong => R::Compressed,
        R::Compressed => R::NoRegion,
        R::NoRegion => R::HeaderUnknown {
            lambda: "abc.lambda-url.eu-west-1.on.aws".to_owned(),
            header: "x-api-key".to_owned(),
        },
        R::HeaderUnknown { .. } => R::Url(UrlError::NotAUrl),
        R::Url(UrlError::NotAUrl) => R::Url(UrlError::NotSafe),
        R::Url(UrlError::NotSafe) => R::Url(UrlError::UserInfo),
        R::Url(UrlError::UserInfo) => R::Name(NameError::IsUrl),
        R::Name(NameError::IsUrl) => R::Name(NameError::OtherArn),
        R::Name(NameError::OtherArn) => R::Name(NameError::NotAName),
        R::Name(NameError::NotAName) => R::Template(TemplateError::NotJson { line: 1, column: 2 }),
        R::Template(TemplateError::NotJson { .. }) => R::Template(TemplateError::NoObjectName),
        R::Template(TemplateError::NoObjectName) => R::Template(TemplateError::NotAnObject),
        R::Template(TemplateError::NotAnObject) => R::Header(HeaderError::Name),
        R::Header(HeaderError::Name) => R::Header(HeaderError::Reserved { name: header() }),
        R::Header(HeaderError::Reserved { .. }) => R::Header(HeaderError::Value { name: header() }),
        R::Header(HeaderError::Value { .. }) => R::NoConnection(ConnectKind::Url),
        R::NoConnection(kind) => match after_kind(*kind) {
            Some(kind) => R::NoConnection(kind),
            None => refused(RefusalKind::NotAllowed, None),
        },
        R::Refused { kind, message, .. } => match after_refusal(*kind) {
            Some(kind) => refused(kind, None),
            None if message.is_none() => refused(*kind, Some("not today")),
            None => return None,
        },
    })
}

fn header() -> String {
    "x-api-key".to_owned()
}

fn refused(kind: RefusalKind, message: Option<&str>) -> LambdaReason {
    LambdaReason::Refused {
        kind,
        status: 403,
        message: message.map(str::to_owned),
    }
}

fn after_kind(kind: ConnectKind) -> Option<ConnectKind> {
    Some(match kind {
        ConnectKind::Url => ConnectKind::Dns,
        ConnectKind::Dns => ConnectKind::Refused,
        ConnectKind::Refused => ConnectKind::TimedOut,
        ConnectKind::TimedOut => ConnectKind::NotTrusted,
        ConnectKind::NotTrusted => ConnectKind::Tls,
        ConnectKind::Tls => ConnectKind::Proxy,
        ConnectKind::Proxy => ConnectKind::Network,
        ConnectKind::Network => return None,
    })
}

fn after_refusal(kind: RefusalKind) -> Option<RefusalKind> {
    use RefusalKind as K;
    Some(match kind {
        K::NotAllowed => K::InvokeNotAllowed,
        K::InvokeNotAllowed => K::ApiNotAllowed,
        K::ApiNotAllowed => K::ApiKey,
        K::ApiKey => K::WrongPath,
        K::WrongPath => K::Unauthorized,
        K::Unauthorized => K::SessionExpired,
        K::SessionExpired => K::Signature,
        K::Signature => K::Clock,
        K::Clock => K::NotFound,
        K::NotFound => K::NoFunction,
        K::NoFunction => K::Method,
        K::Method => K::TooLarge,
        K::TooLarge => K::MediaType,
        K::MediaType => K::WebPage,
        K::WebPage => K::Busy,
        K::Busy => K::Failed,
        K::Failed => K::Other,
        K::Other => return None,
    })
}
