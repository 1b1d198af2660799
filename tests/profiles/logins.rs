//! Logins that people renew, and roles that are assumed.

use super::{asked, presign, refusal, signer, stub};
use crate::support::home::Home;
use crate::support::tools;

fn sso_home() -> Home {
    let home = Home::new();
    home.aws_config(
        "[profile work]\nregion = us-east-1\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = dev\n\
         [sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
         [profile role]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/up\nsource_profile = work\n",
    );
    home
}

/// What `aws sso login` leaves: a file named by the SHA-1 of the session's name.
fn sso_token(home: &Home, expires_at: &str) {
    let name = tools::stdout(tools::python().args(["-c", "import hashlib; print(hashlib.sha1(b'corp').hexdigest())"]));
    home.write(
        format!(".aws/sso/cache/{}.json", name.trim()),
        format!(
            r#"{{"startUrl":"https://corp.awsapps.com/start","region":"us-east-1","accessToken":"CANARY","expiresAt":"{expires_at}"}}"#
        ),
    );
}

#[test]
fn a_login_that_was_never_made_or_has_expired_shows_the_command_that_renews_it() {
    let home = sso_home();
    for profile in ["work", "role"] {
        let told = refusal(&mut presign(&home, &["--profile", profile]));
        assert!(told.contains("aws sso login --profile work"), "{told}");
    }
    sso_token(&home, "2020-01-01T00:00:00Z");
    for profile in ["work", "role"] {
        let told = refusal(presign(&home, &["--profile", profile]).env("RUST_LOG", "trace"));
        assert!(
            told.contains(&format!("The login of profile {profile:?} has expired")),
            "{told}"
        );
        assert!(told.contains("aws sso login --profile work"), "{told}");
        assert!(!told.contains("CANARY"), "{told}");
    }
}

#[test]
fn a_login_that_was_ended_from_outside_shows_the_command_too() {
    let home = sso_home();
    sso_token(&home, "2999-01-01T00:00:00Z");
    let portal = stub(&[(
        "401 Unauthorized",
        "application/json",
        r#"{"__type":"com.amazonaws.switchboard.portal#UnauthorizedException","message":"Session token not found or invalid"}"#,
    )]);
    let told = refusal(
        presign(&home, &["--profile", "work"])
            .env("AWS_ENDPOINT_URL_SSO", portal.url())
            .env("AWS_MAX_ATTEMPTS", "1"),
    );
    assert!(told.contains("aws sso login --profile work"), "{told}");
}

#[test]
fn a_login_gives_keys() {
    let home = sso_home();
    sso_token(&home, "2999-01-01T00:00:00Z");
    let portal = stub(&[(
        "200 OK",
        "application/json",
        r#"{"roleCredentials":{"accessKeyId":"SSO","secretAccessKey":"S","sessionToken":"T","expiration":32503680000000}}"#,
    )]);
    let signed = signer(presign(&home, &["--profile", "work"]).env("AWS_ENDPOINT_URL_SSO", portal.url()));
    assert_eq!(signed, ("SSO".into(), "us-east-1".into(), Some("T".into())));
}

#[test]
fn an_unreachable_portal_is_no_expired_login() {
    let home = sso_home();
    sso_token(&home, "2999-01-01T00:00:00Z");
    let told = refusal(presign(&home, &["--profile", "work"]).env("AWS_ENDPOINT_URL_SSO", "http://127.0.0.1:9"));
    assert!(told.contains("gives no credentials"), "{told}");
    assert!(!told.contains("aws sso login"), "{told}");
}

#[test]
fn a_console_login_shows_its_own_command() {
    let home = Home::new();
    home.aws_config("[profile me]\nregion = us-east-1\nlogin_session = arn:aws:iam::123456789012:user/me\n");
    let told = refusal(&mut presign(&home, &["--profile", "me"]));
    assert!(told.contains("aws login --profile me"), "{told}");
}

const ASSUMED: &str = r#"<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::1:assumed-role/r/s</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"#;

fn role_home() -> Home {
    let home = Home::new();
    home.aws_config(
        "[profile base]\naws_access_key_id = BASE\naws_secret_access_key = S\n\
         [profile middle]\nrole_arn = arn:aws:iam::123456789012:role/middle\nsource_profile = base\n\
         [profile outer]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/outer\nsource_profile = middle\n",
    );
    home
}

#[test]
fn a_chain_of_roles_is_followed_to_its_end() {
    let home = role_home();
    let sts = stub(&[("200 OK", "text/xml", ASSUMED), ("200 OK", "text/xml", ASSUMED)]);
    let signed = signer(presign(&home, &["--profile", "outer"]).env("AWS_ENDPOINT_URL_STS", sts.url()));
    assert_eq!(signed, ("ASSUMED".into(), "us-east-1".into(), Some("T".into())));
    let (first, second) = (asked(&sts), asked(&sts));
    assert!(
        first.contains("role%2Fmiddle") && first.contains("Credential=BASE/"),
        "{}",
        first
    );
    assert!(
        second.contains("role%2Fouter") && second.contains("Credential=ASSUMED/"),
        "{}",
        second
    );
}

#[test]
fn a_role_that_wants_a_code_says_how_to_give_it() {
    let home = Home::new();
    home.aws_config(
        "[profile base]\naws_access_key_id = BASE\naws_secret_access_key = S\n\
         [profile strict]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n\
         mfa_serial = arn:aws:iam::123456789012:mfa/me\n",
    );
    let denied = r#"<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/r</Message></Error><RequestId>r</RequestId></ErrorResponse>"#;
    let sts = stub(&[("403 Forbidden", "text/xml", denied)]);
    let told = refusal(presign(&home, &["--profile", "strict"]).env("AWS_ENDPOINT_URL_STS", sts.url()));
    assert!(told.contains("aws sts get-caller-identity --profile strict"), "{told}");
    assert!(
        told.contains("aws configure export-credentials --profile strict"),
        "{told}"
    );
}

#[test]
fn a_role_that_is_refused_says_what_sts_says_without_the_session_token() {
    let home = role_home();
    let refused = r#"<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been 'POST x-amz-security-token:CANARY'</Message></Error><RequestId>r</RequestId></ErrorResponse>"#;
    let sts = stub(&[("403 Forbidden", "text/xml", refused)]);
    let told = refusal(
        presign(&home, &["--profile", "outer"])
            .env("AWS_ENDPOINT_URL_STS", sts.url())
            .env("RUST_LOG", "trace"),
    );
    assert!(told.contains("SignatureDoesNotMatch"), "{told}");
    assert!(!told.contains("CANARY"), "{told}");
}
