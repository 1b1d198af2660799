//! What is wrong with a function, field by field.

use super::{DestinationForm, FormErrors, FoundBy, set};
use crate::aws::Secret;
use crate::signer::lambda::{self, HeaderError, NameError, RequestShape, SecretHeaders, TemplateError, UrlError};
use crate::store::LambdaMethod;
use crate::ui::words::{LambdaWords, Words};

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
                errors.secret = secret_error(&fields.secret.trimmed(), texts).map(str::to_owned);
            }
        }
        errors.body_template = self.request_shape().err().map(|error| {
            match error {
                TemplateError::NotJson { .. } => texts.template_not_json,
                TemplateError::NotAnObject => texts.template_not_object,
                TemplateError::NoObjectName => texts.template_without_name,
            }
            .to_owned()
        });
    }

    /// What the function is asked.
    pub(crate) fn request_shape(&self) -> Result<RequestShape, TemplateError> {
        let template = set(&self.fields.lambda.body_template);
        match self.method() {
            LambdaMethod::Post => RequestShape::post(template.as_deref()),
            LambdaMethod::Get => RequestShape::get(template.as_deref()),
        }
    }
}

fn url_error(text: &str, texts: &LambdaWords, plain_http: &'static str) -> Option<&'static str> {
    if text.is_empty() {
        return Some(texts.no_url);
    }
    Some(match lambda::check_url(text).err()? {
        UrlError::NotAUrl => texts.wrong_url,
        UrlError::NotSafe => plain_http,
        UrlError::UserInfo => texts.url_with_user,
    })
}

fn function_error(text: &str, texts: &LambdaWords) -> Option<&'static str> {
    if text.is_empty() {
        return Some(texts.no_function);
    }
    Some(match lambda::check_name(text).err()? {
        NameError::IsUrl | NameError::OtherArn | NameError::NotAName => texts.wrong_function,
    })
}

fn header_error(name: &str, texts: &LambdaWords) -> Option<String> {
    if name.is_empty() {
        return Some(texts.no_header.to_owned());
    }
    let error = SecretHeaders::new([(name, &Secret::from("any"))]).err()?;
    Some(match error {
        HeaderError::Reserved { .. } => (texts.own_header)(name),
        HeaderError::Name | HeaderError::Value { .. } => texts.wrong_header.to_owned(),
    })
}

fn secret_error(value: &Secret, texts: &LambdaWords) -> Option<&'static str> {
    if value.is_empty() {
        return Some(texts.no_secret);
    }
    let checked = SecretHeaders::new([("x-any", value)]);
    checked.err().map(|_error| texts.wrong_secret)
}
