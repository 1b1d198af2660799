//! The form without a window.

use super::lambda::NewSecret;
use super::*;
use crate::store::{LambdaAuth, LambdaDestination, LambdaTarget, SecretHeader};
use crate::ui::words::{ENGLISH, KOREAN};

fn account() -> Destination {
    let kind = DestinationKind::Account {
        profile: Some("work".to_owned()),
        bucket: "media".to_owned(),
        region: None,
        endpoint_url: None,
    };
    Destination::new("media", kind)
}

fn form() -> DestinationForm {
    DestinationForm::new(Purpose::Add, account(), &ENGLISH)
}

fn full() -> Destination {
    let mut full = account();
    full.kind = DestinationKind::Account {
        profile: None,
        bucket: "media".to_owned(),
        region: Some("default".to_owned()),
        endpoint_url: Some("https://s3.example.com:8443/a".to_owned()),
    };
    full.key_template = "{year}/{name}".to_owned();
    full.public_base = Some("https://cdn.example.com".to_owned());
    full.if_exists = crate::store::ExistsPolicy::Fail;
    full.copy = CopyFormat::Template("{name}: {url}".to_owned());
    full.options = crate::s3::UploadOptions {
        content_type: Some("text/plain".to_owned()),
        acl: Some("public-read".to_owned()),
        storage_class: Some("STANDARD_IA".to_owned()),
        server_side_encryption: Some("aws:kms".to_owned()),
        kms_key_id: Some("key".to_owned()),
        cache_control: Some("max-age=60".to_owned()),
        content_disposition: Some("attachment; filename=\"a\"".to_owned()),
        metadata: vec![("b".to_owned(), "1".to_owned()), ("a".to_owned(), "2".to_owned())],
        tags: vec![("team".to_owned(), "design".to_owned())],
        expires_in: std::time::Duration::from_mins(90),
    };
    full.unknown.insert("colour".to_owned(), "red".into());
    full
}

/// By a URL in every way, and by a name.
fn functions() -> Vec<Destination> {
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

#[test]
fn a_destination_goes_through_the_form_unchanged() {
    for words in [&ENGLISH, &KOREAN] {
        let mut destinations = vec![account(), full(), Destination::new("s", DestinationKind::Sandbox)];
        destinations.extend(functions());
        for destination in destinations {
            let form = DestinationForm::new(Purpose::Edit(destination.name.clone()), destination.clone(), words);
            assert_eq!(form.destination(words), destination);
            assert!(form.errors(&[destination], words).is_empty());
            assert!(!form.has_changed());
        }
    }
}

#[test]
fn a_name_is_given_once() {
    let mut form = form();
    let taken = form.errors(&[account()], &ENGLISH).name;
    assert_eq!(taken.as_deref(), Some("“media” is there already: choose another name"));
    form.purpose = Purpose::Edit("media".to_owned());
    assert_eq!(
        form.errors(&[account()], &ENGLISH).name,
        None,
        "its own name is no other's"
    );
}

#[test]
fn what_is_not_filled_in_yet_is_told_when_it_is_to_be_saved() {
    let mut form = form();
    form.fields.name.clear();
    form.fields.bucket = " ".to_owned();
    form.choose_service(Service::Other);
    assert!(form.errors_to_show(&[], &ENGLISH).is_empty());
    assert!(!form.errors(&[], &ENGLISH).is_empty());
    form.tried = true;
    let errors = form.errors_to_show(&[], &ENGLISH);
    assert_eq!(errors.name.as_deref(), Some("Give it a name"));
    assert!(errors.bucket.is_some() && errors.endpoint.is_some());
    assert!(!errors.is_in_options());
}

#[test]
fn every_field_is_looked_at_by_itself() {
    type Change = fn(&mut Fields);
    type Error = fn(&FormErrors) -> &Option<String>;
    let cases: [(Change, Error, &str); 14] = [
        (|f| f.bucket = "Media".to_owned(), |e| &e.bucket, "lower-case"),
        (
            |f| f.bucket = "a--use1-az4--x-s3".to_owned(),
            |e| &e.bucket,
            "directory bucket",
        ),
        (|f| f.region = "Seoul".to_owned(), |e| &e.region, "us-east-1"),
        (
            |f| f.key_template = "{nmae}".to_owned(),
            |e| &e.key_template,
            "no word {nmae}",
        ),
        (
            |f| f.key_template = "a/{name".to_owned(),
            |e| &e.key_template,
            "alone at “{name”",
        ),
        (|f| f.key_template.clear(), |e| &e.key_template, "{rand}/{name}"),
        (
            |f| f.key_template = "a/../{name}".to_owned(),
            |e| &e.key_template,
            ". or ..",
        ),
        (
            |f| f.metadata = vec![("가".to_owned(), "1".to_owned())],
            |e| &e.metadata,
            "change “가”",
        ),
        (
            |f| f.tags = vec![("a".to_owned(), "1".to_owned()); 2],
            |e| &e.tags,
            "each name once",
        ),
        (|f| f.expires_in = "8 days".to_owned(), |e| &e.expires_in, "7 days"),
        (|f| f.expires_in = "soon".to_owned(), |e| &e.expires_in, "90 min"),
        (
            |f| f.public_base = "cdn.example.com".to_owned(),
            |e| &e.public_base,
            "https://",
        ),
        (
            |f| f.cache_control = "a\nb".to_owned(),
            |e| &e.cache_control,
            "line break",
        ),
        (
            |f| f.copy = CopyFormat::Template("{link}".to_owned()),
            |e| &e.copy,
            "{link}",
        ),
    ];
    for (change, error_of, expected) in cases {
        let mut form = form();
        change(&mut form.fields);
        let errors = form.errors(&[], &ENGLISH);
        let error = error_of(&errors).clone().unwrap_or_default();
        assert!(error.contains(expected), "{expected}: {errors:?}");
        assert!(form.has_changed());
        let mut others = errors.clone();
        for other in [
            &mut others.bucket,
            &mut others.region,
            &mut others.key_template,
            &mut others.metadata,
            &mut others.tags,
            &mut others.expires_in,
            &mut others.public_base,
            &mut others.cache_control,
            &mut others.copy,
        ] {
            if other.as_ref() == Some(&error) {
                *other = None;
            }
        }
        assert!(others.is_empty(), "only what was changed is told: {errors:?}");
    }
}

#[test]
fn endpoints_are_https_but_for_this_machine() {
    let mut form = form();
    form.choose_service(Service::Other);
    let error = |form: &mut DestinationForm, endpoint: &str| {
        endpoint.clone_into(&mut form.fields.endpoint);
        form.errors(&[], &ENGLISH).endpoint.unwrap_or_default()
    };
    for good in [
        "https://s3.example.com",
        "http://127.0.0.1:9000",
        "http://localhost:1/a",
        " https://x.example ",
    ] {
        assert_eq!(error(&mut form, good), "", "{good}");
    }
    assert!(error(&mut form, "http://s3.example.com").contains("https"));
    assert!(error(&mut form, "s3.example.com").contains("looks like"));
    assert!(error(&mut form, "https://me@s3.example.com").contains("user name"));
    for (endpoint, service) in [
        ("https://abc.r2.cloudflarestorage.com", "Cloudflare R2"),
        ("https://s3.us-west-004.backblazeb2.com", "Backblaze B2"),
    ] {
        assert!(error(&mut form, endpoint).contains(service), "{endpoint}");
    }
}

#[test]
fn a_service_brings_its_sample_and_takes_away_nothing_typed() {
    let mut form = form();
    form.choose_service(Service::Wasabi);
    assert_eq!(form.fields.endpoint, "https://s3.eu-central-1.wasabisys.com");
    assert_eq!(form.fields.region, "eu-central-1");
    form.choose_service(Service::Spaces);
    assert_eq!(form.fields.endpoint, "https://nyc3.digitaloceanspaces.com");
    form.fields.endpoint = "https://fra1.digitaloceanspaces.com".to_owned();
    form.choose_service(Service::Other);
    assert_eq!(form.fields.endpoint, "https://fra1.digitaloceanspaces.com");
    form.choose_service(Service::Aws);
    assert_eq!(form.account().endpoint_url, None, "AWS has no endpoint to type");
    for service in Service::ALL {
        let endpoint = service.sample_endpoint();
        if !endpoint.is_empty() {
            assert_eq!(Service::of_endpoint(endpoint), service);
        }
    }
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
