//! What is wrong with a function, field by field.

use super::{DestinationForm, FormErrors, FoundBy, body_template};
use crate::s3::is_safe_target;
use crate::ui::words::{LambdaWords, Words};
use url::Url;

/// Headers that say what a request is, and not who asks.
const OWN_HEADERS: [&str; 8] = [
    "host",
    "content-length",
    "content-type",
    "connection",
    "transfer-encoding",
    "expect",
    "te",
    "upgrade",
];

impl DestinationForm {
    pub(super) fn check_lambda(&self, errors: &mut FormErrors, words: &Words) {
        let (texts, fields) = (&words.lambda, &self.fields.lambda);
        match fields.found_by {
            FoundBy::Url => {
                let error = url_error(fields.url.trim(), texts, words.destination.plain_http);
                errors.url = error.map(str::to_owned);
            }
            FoundBy::Name => errors.function = function_error(fields.name.trim(), texts).map(str::to_owned),
        }
        if fields.goes_by_profile() {
            self.check_region(errors, &words.destination);
        }
        if fields.sends_header() {
            errors.header = header_error(fields.header.trim(), texts);
            if !self.keeps_secret() {
                errors.secret = secret_error(fields.secret.trimmed().reveal(), texts).map(str::to_owned);
            }
        }
        errors.body_template = body_template::problem(&fields.body_template, self.method()).map(|problem| {
            match problem {
                body_template::Problem::NotJson => texts.template_not_json,
                body_template::Problem::NotAnObject => texts.template_not_object,
                body_template::Problem::WithoutName => texts.template_without_name,
            }
            .to_owned()
        });
    }
}

fn url_error(text: &str, texts: &LambdaWords, plain_http: &'static str) -> Option<&'static str> {
    if text.is_empty() {
        return Some(texts.no_url);
    }
    match Url::parse(text) {
        Ok(url) if !matches!(url.scheme(), "https" | "http") => Some(texts.wrong_url),
        Ok(url) if !url.username().is_empty() || url.password().is_some() => Some(texts.url_with_user),
        Ok(_) => (!is_safe_target(text)).then_some(plain_http),
        Err(_) => Some(texts.wrong_url),
    }
}

/// Lambda itself knows best; here only what is no name at all is told.
fn function_error(text: &str, texts: &LambdaWords) -> Option<&'static str> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_:$.".contains(letter);
    if text.is_empty() {
        Some(texts.no_function)
    } else {
        (!text.chars().all(is_plain)).then_some(texts.wrong_function)
    }
}

fn header_error(name: &str, texts: &LambdaWords) -> Option<String> {
    // RFC 9110, section 5.6.2: a token.
    let is_token = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter);
    if name.is_empty() {
        Some(texts.no_header.to_owned())
    } else if !name.chars().all(is_token) {
        Some(texts.wrong_header.to_owned())
    } else {
        let is_own = OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own));
        is_own.then(|| (texts.own_header)(name))
    }
}

fn secret_error(value: &str, texts: &LambdaWords) -> Option<&'static str> {
    if value.is_empty() {
        return Some(texts.no_secret);
    }
    let is_plain = value.chars().all(|letter| letter == ' ' || letter.is_ascii_graphic());
    (!is_plain).then_some(texts.wrong_secret)
}
