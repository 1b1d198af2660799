//! The form without a window.

use super::lambda::tests::functions;
use super::*;
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

pub(super) fn form() -> DestinationForm {
    DestinationForm::new(Purpose::Add, account(), &ENGLISH)
}

pub(super) fn full() -> Destination {
    let mut full = account();
    full.kind = DestinationKind::Account {
        profile: None,
        bucket: "media".to_owned(),
        region: Some("default".to_owned()),
        endpoint_url: Some("https://s3.example.com:8443/a".to_owned()),
    };
    full.key_template = "{year}/{name}".to_owned();
    full.public_base = Some("https://cdn.example.com".to_owned());
    full.if_exists = ExistsPolicy::Ask;
    full.method = UploadMethod::Parts;
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
}

#[test]
fn a_store_without_forms_is_told_only_where_nothing_but_a_form_may_be_sent() {
    let mut form = form();
    form.choose_service(Service::Other);
    for (endpoint, service) in [
        ("https://abc.r2.cloudflarestorage.com", Some("Cloudflare R2")),
        ("https://s3.us-west-004.backblazeb2.com", Some("Backblaze B2")),
        ("https://s3.example.com", None),
    ] {
        endpoint.clone_into(&mut form.fields.endpoint);
        for method in [UploadMethod::Auto, UploadMethod::Parts, UploadMethod::Put] {
            form.fields.method = method;
            let errors = form.errors(&[], &ENGLISH);
            assert_eq!((errors.endpoint, errors.method), (None, None), "{endpoint}");
        }
        form.fields.method = UploadMethod::Post;
        let errors = form.errors(&[], &ENGLISH);
        assert_eq!(errors.endpoint, None);
        assert!(errors.is_in_options() == service.is_some());
        let said = errors.method.unwrap_or_default();
        assert!(said.contains(service.unwrap_or_default()), "{said}");
        assert_eq!(said.is_empty(), service.is_none(), "{said}");
    }
}

#[test]
fn how_files_are_sent_is_its_own_to_say_where_somebody_else_signs() {
    let mut form = form();
    form.fields.method = UploadMethod::Parts;
    assert_eq!(form.destination(&ENGLISH).method, UploadMethod::Parts);
    form.fields.signed_by = SignedBy::Function;
    assert_eq!(form.destination(&ENGLISH).method, UploadMethod::Auto);
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
