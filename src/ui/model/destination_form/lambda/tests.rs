//! Functions in the form, without a window.

use super::super::Purpose;
use super::super::tests::{form, full};
use super::*;
use crate::ui::words::ENGLISH;

/// By a URL in every way, and by a name.
pub(in super::super) fn functions() -> Vec<Destination> {
    let some = |text: &str| Some(text.to_owned());
    let url = |auth| LambdaTarget::Url {
        url: "https://abc.lambda-url.eu-west-1.on.aws/form?kind=image".to_owned(),
        auth,
    };
    let header = |name: &str| SecretHeader {
        name: name.to_owned(),
        value: None,
    };
    let targets = [
        url(LambdaAuth::None),
        url(LambdaAuth::Iam {
            profile: some("work"),
            region: some("eu-west-1"),
        }),
        url(LambdaAuth::Headers(vec![header("Authorization"), header("x-tenant")])),
        LambdaTarget::Function {
            name: "arn:aws:lambda:eu-west-1:123456789012:function:presign:live".to_owned(),
            profile: some("work"),
            region: None,
            endpoint_url: some("http://127.0.0.1:4566"),
        },
    ];
    let function = |target| {
        let kind = DestinationKind::Lambda(LambdaDestination {
            target,
            method: LambdaMethod::Post,
            body_template: some(r#"{"name":"{object_name}"}"#),
        });
        let mut destination = Destination::new("function", kind);
        destination.options.content_type = some("image/png");
        destination
    };
    targets.into_iter().map(function).collect()
}

fn function_form() -> DestinationForm {
    let mut form = form();
    form.fields.signed_by = SignedBy::Function;
    form.fields.lambda.url = "https://abc.lambda-url.eu-west-1.on.aws/".to_owned();
    form
}

#[test]
fn a_functions_url_is_https_or_on_this_machine() {
    let texts = &ENGLISH.lambda;
    let mut form = function_form();
    for (url, wrong) in [
        ("https://api.example.com/forms?kind=image", None),
        ("http://127.0.0.1:8080/", None),
        ("http://[::1]:8080/", None),
        ("", Some(texts.no_url)),
        ("abc.lambda-url.eu-west-1.on.aws", Some(texts.wrong_url)),
        ("ftp://api.example.com/", Some(ENGLISH.destination.plain_http)),
        ("https://", Some(texts.wrong_url)),
        ("https://me:secret@api.example.com/", Some(texts.url_with_user)),
        ("http://api.example.com/", Some(ENGLISH.destination.plain_http)),
    ] {
        form.fields.lambda.url = url.to_owned();
        assert_eq!(form.errors(&[], &ENGLISH).url.as_deref(), wrong, "{url}");
    }
}

#[test]
fn a_function_is_named_by_its_name_or_its_arn() {
    let texts = &ENGLISH.lambda;
    let mut form = function_form();
    form.fields.lambda.found_by = FoundBy::Name;
    for (name, wrong) in [
        ("presign-uploads_2", None),
        ("presign:live", None),
        ("arn:aws:lambda:eu-west-1:123456789012:function:presign:$LATEST", None),
        (" ", Some(texts.no_function)),
        ("https://abc.lambda-url.eu-west-1.on.aws/", Some(texts.wrong_function)),
        ("my function", Some(texts.wrong_function)),
        (
            "arn:aws:lambda:eu-west-1:123456789012:layer:presign",
            Some(texts.wrong_function),
        ),
    ] {
        form.fields.lambda.name = name.to_owned();
        assert_eq!(form.errors(&[], &ENGLISH).function.as_deref(), wrong, "{name}");
    }
}

#[test]
fn a_header_and_its_key_are_what_http_can_carry() {
    let texts = &ENGLISH.lambda;
    let mut form = function_form();
    form.fields.lambda.access = AccessChoice::Header;
    form.fields.lambda.secret = "key".into();
    for (header, wrong) in [
        ("x-api-key", None),
        ("", Some(texts.no_header.to_owned())),
        ("x api key", Some(texts.wrong_header.to_owned())),
        ("x-api-key:", Some(texts.wrong_header.to_owned())),
        ("Host", Some((texts.own_header)("Host"))),
    ] {
        form.fields.lambda.header = header.to_owned();
        assert_eq!(form.errors(&[], &ENGLISH).header, wrong, "{header}");
    }
    for (secret, wrong) in [
        (" Bearer abc\n", None),
        ("", Some(texts.no_secret)),
        ("two\nlines", Some(texts.wrong_secret)),
        ("a\0b", Some(texts.wrong_secret)),
    ] {
        form.fields.lambda.secret = secret.into();
        assert_eq!(form.errors(&[], &ENGLISH).secret.as_deref(), wrong, "{secret}");
    }
}

#[test]
fn a_request_is_json_with_the_files_name_in_it() {
    let texts = &ENGLISH.lambda;
    let mut form = function_form();
    for (template, method, wrong) in [
        ("", LambdaMethod::Get, None),
        (r#"{"a":{"b":["in/{object_name}"]}}"#, LambdaMethod::Post, None),
        (r#""{object_name}""#, LambdaMethod::Post, None),
        (r#""{object_name}""#, LambdaMethod::Get, Some(texts.template_not_object)),
        (
            r#"{"name":{object_name}}"#,
            LambdaMethod::Post,
            Some(texts.template_not_json),
        ),
        (
            r#"{"name":"{name}"}"#,
            LambdaMethod::Post,
            Some(texts.template_without_name),
        ),
        (
            r#"{"{object_name}":1}"#,
            LambdaMethod::Post,
            Some(texts.template_without_name),
        ),
    ] {
        form.fields.lambda.body_template = template.to_owned();
        form.fields.lambda.method = method;
        let errors = form.errors(&[], &ENGLISH);
        assert_eq!(errors.body_template.as_deref(), wrong, "{template}");
        assert_eq!(errors.is_in_options(), wrong.is_some());
    }
}

#[test]
fn what_only_a_signer_here_can_set_neither_stops_a_function_nor_goes_along() {
    let mut destination = full();
    destination.options.tags = vec![("a".repeat(200), String::new())];
    let mut form = DestinationForm::new(Purpose::Edit("media".to_owned()), destination, &ENGLISH);
    assert!(form.errors(&[], &ENGLISH).tags.is_some());
    form.fields.signed_by = SignedBy::Function;
    form.fields.lambda.url = "https://abc.lambda-url.eu-west-1.on.aws/".to_owned();
    assert!(form.errors(&[], &ENGLISH).is_empty());
    let options = form.destination(&ENGLISH).options;
    let expected = crate::s3::UploadOptions {
        content_type: Some("text/plain".to_owned()),
        ..crate::s3::UploadOptions::default()
    };
    assert_eq!(options, expected);
    form.fields.signed_by = SignedBy::Profile;
    assert_eq!(
        form.fields.acl.as_deref(),
        Some("public-read"),
        "nothing chosen is lost"
    );
}

#[test]
fn a_key_goes_to_the_keychain_and_never_into_the_destination() {
    let mut form = function_form();
    form.fields.lambda.url.push_str("?stage=live");
    form.fields.lambda.access = AccessChoice::Header;
    form.fields.lambda.header = "x-api-key".to_owned();
    form.fields.lambda.secret = " CANARY ".into();
    let expected = NewSecret {
        lambda: "https://abc.lambda-url.eu-west-1.on.aws/".to_owned(),
        header: "x-api-key".to_owned(),
        value: "CANARY".into(),
    };
    assert_eq!(form.new_secrets(), [expected]);
    assert!(!form.destination(&ENGLISH).kind.holds_secret());
    assert!(!format!("{form:?}").contains("CANARY"));

    // It is kept for as long as the URL and the header's name are what they were.
    let saved = form.destination(&ENGLISH);
    let mut form = DestinationForm::new(Purpose::Edit("media".to_owned()), saved, &ENGLISH);
    assert!(form.keeps_secret() && form.new_secrets().is_empty());
    assert!(form.errors(&[], &ENGLISH).is_empty());
    form.fields.lambda.header = "Authorization".to_owned();
    assert!(!form.keeps_secret());
    assert!(form.errors(&[], &ENGLISH).secret.is_some());
    form.fields.lambda.header = "X-API-Key".to_owned();
    assert!(form.keeps_secret());
    form.replaces_secret = true;
    assert!(!form.keeps_secret());
}
