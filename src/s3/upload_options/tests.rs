//! Options as form fields, and what is refused among them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use super::*;

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn error(options: &UploadOptions) -> OptionsError {
    options.fields_and_conditions("text/plain").unwrap_err()
}

#[test]
fn nothing_set_is_the_bare_form() {
    let (fields, conditions) = UploadOptions::default().fields_and_conditions("image/png").unwrap();
    assert_eq!(
        fields,
        pairs(&[("success_action_status", "201"), ("Content-Type", "image/png")])
    );
    assert_eq!(
        conditions,
        [
            Condition::exact("success_action_status", "201"),
            Condition::exact("Content-Type", "image/png")
        ]
    );
}

#[test]
fn every_option_has_its_field_and_every_field_its_condition() {
    let set = |text: &str| Some(text.to_owned());
    let options = UploadOptions {
        content_type: None,
        acl: set("public-read"),
        storage_class: set("STANDARD_IA"),
        server_side_encryption: None,
        kms_key_id: set("alias/a"),
        cache_control: set("max-age=60"),
        content_disposition: set(""),
        metadata: pairs(&[("Album", "여름")]),
        tags: pairs(&[("a&b", "<1>"), ("팀", "")]),
        expires_in: DEFAULT_EXPIRES_IN,
    };
    let (fields, conditions) = options.fields_and_conditions("image/png").unwrap();
    let tagging = "<Tagging><TagSet><Tag><Key>a&amp;b</Key><Value>&lt;1&gt;</Value></Tag><Tag><Key>팀</Key><Value></Value></Tag></TagSet></Tagging>";
    assert_eq!(
        fields,
        pairs(&[
            ("success_action_status", "201"),
            ("Content-Type", "image/png"),
            ("acl", "public-read"),
            ("Cache-Control", "max-age=60"),
            ("x-amz-storage-class", "STANDARD_IA"),
            ("x-amz-server-side-encryption", "aws:kms"),
            ("x-amz-server-side-encryption-aws-kms-key-id", "alias/a"),
            ("tagging", tagging),
            ("x-amz-meta-Album", "여름"),
        ])
    );
    assert_eq!(conditions.len(), fields.len());
    for ((name, value), condition) in fields.iter().zip(&conditions) {
        assert_eq!(*condition, Condition::exact(name, value));
    }
}

#[test]
fn what_s3_would_refuse_is_refused_with_its_limit() {
    let with_metadata = |list: &[(&str, &str)]| UploadOptions {
        metadata: pairs(list),
        ..UploadOptions::default()
    };
    let with_tags = |tags: Vec<(String, String)>| UploadOptions {
        tags,
        ..UploadOptions::default()
    };
    let large = "x".repeat(2048);
    assert_eq!(
        error(&with_metadata(&[("a", &large)])),
        OptionsError::MetadataTooLarge { bytes: 2049 }
    );
    assert!(matches!(
        error(&with_metadata(&[("a b", "1")])),
        OptionsError::MetadataName { .. }
    ));
    assert!(matches!(
        error(&with_metadata(&[("", "1")])),
        OptionsError::MetadataName { .. }
    ));
    assert!(matches!(
        error(&with_metadata(&[("a", "1"), ("A", "2")])),
        OptionsError::MetadataTwice { .. }
    ));
    assert!(matches!(
        error(&with_metadata(&[("a", "1\r\n2")])),
        OptionsError::ControlCharacter { .. }
    ));
    assert_eq!(
        error(&with_tags((0..11).map(|n| (n.to_string(), String::new())).collect())),
        OptionsError::Tags
    );
    assert_eq!(error(&with_tags(pairs(&[("a", "1"), ("a", "2")]))), OptionsError::Tags);
    assert_eq!(error(&with_tags(pairs(&[("", "1")]))), OptionsError::Tags);
    assert!(matches!(
        error(&with_tags(pairs(&[("a", "\n")]))),
        OptionsError::ControlCharacter { .. }
    ));
    for expires_in in [
        Duration::ZERO,
        Duration::from_millis(999),
        MAX_EXPIRES_IN + Duration::from_secs(1),
    ] {
        let options = UploadOptions {
            expires_in,
            ..UploadOptions::default()
        };
        assert_eq!(error(&options), OptionsError::ExpiresIn);
    }
    let options = UploadOptions {
        cache_control: Some("a\nb".to_owned()),
        ..UploadOptions::default()
    };
    assert_eq!(
        error(&options),
        OptionsError::ControlCharacter {
            field: "Cache-Control".to_owned()
        }
    );
}

#[test]
fn the_same_options_are_headers_of_a_put() {
    let set = |text: &str| Some(text.to_owned());
    let options = UploadOptions {
        acl: set("public-read"),
        storage_class: set("STANDARD_IA"),
        server_side_encryption: set("AES256"),
        cache_control: set(" max-age=60"),
        metadata: pairs(&[("Album", "여름"), ("b", "plain")]),
        tags: pairs(&[("a&b", "<1>"), ("팀", "")]),
        ..UploadOptions::default()
    };
    assert_eq!(
        options.headers("image/png").unwrap(),
        pairs(&[
            ("Content-Type", "image/png"),
            ("x-amz-acl", "public-read"),
            ("Cache-Control", "max-age=60"),
            ("x-amz-storage-class", "STANDARD_IA"),
            ("x-amz-server-side-encryption", "AES256"),
            ("x-amz-tagging", "a%26b=%3C1%3E&%ED%8C%80="),
            ("x-amz-meta-Album", "=?UTF-8?B?7Jes66aE?="),
            ("x-amz-meta-b", "plain"),
        ])
    );
    let disposition = UploadOptions {
        content_disposition: set("attachment; filename=\"여름.png\""),
        ..UploadOptions::default()
    };
    assert!(matches!(
        disposition.headers("image/png"),
        Err(OptionsError::NotForHeaders { field }) if field == "Content-Disposition"
    ));
}
