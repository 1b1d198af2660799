//! Folders, modes, links, and what must not be overwritten.

use crate::support::home::Home;
use crate::support::tools;
use dropslot::aws::{NewAccess, NewProfile, ProfileFiles, ProfileWriteError, write_profile};
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

fn profile(name: &str, access: NewAccess) -> NewProfile {
    NewProfile {
        name: name.to_owned(),
        access,
        region: "eu-west-1".to_owned(),
        endpoint_url: String::new(),
        replace: false,
    }
}

fn keys(id: &str, token: &str) -> NewAccess {
    NewAccess::Keys {
        access_key_id: id.to_owned(),
        secret_access_key: "secret".into(),
        session_token: token.into(),
    }
}

fn sso(start_url: &str) -> NewAccess {
    NewAccess::Sso {
        session: "corp".to_owned(),
        start_url: start_url.to_owned(),
        region: "us-east-1".to_owned(),
        account_id: "123456789012".to_owned(),
        role_name: "Uploader".to_owned(),
    }
}

fn files_in(folder: &Path) -> ProfileFiles {
    ProfileFiles {
        config: folder.join("config"),
        credentials: folder.join("credentials"),
    }
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn folder_and_files_are_made_for_the_owner_alone() {
    let home = Home::new();
    let folder = home.path().join("new/.aws");
    let files = files_in(&folder);
    write_profile(&profile("work", keys("AKIA1", "")), &files).unwrap();
    assert_eq!(
        [&folder, &files.config, &files.credentials].map(|path| mode(path)),
        [0o700, 0o600, 0o600]
    );
}

#[test]
fn keys_that_others_could_read_are_made_private_and_the_config_keeps_its_mode() {
    let home = Home::new();
    let files = files_in(&home.path().join(".aws"));
    home.aws_config("[default]");
    home.aws_credentials("[default]\naws_access_key_id = A");
    for path in [&files.config, &files.credentials] {
        std::fs::set_permissions(path, Permissions::from_mode(0o644)).unwrap();
    }
    write_profile(&profile("work", keys("AKIA1", "")), &files).unwrap();
    assert_eq!([mode(&files.config), mode(&files.credentials)], [0o644, 0o600]);
}

#[test]
fn files_kept_elsewhere_behind_a_link_stay_there() {
    let home = Home::new();
    let dotfiles = home.path().join("dotfiles");
    std::fs::create_dir(&dotfiles).unwrap();
    std::fs::write(dotfiles.join("credentials"), "# mine\n").unwrap();
    let files = files_in(&home.path().join(".aws"));
    std::os::unix::fs::symlink("../dotfiles/credentials", &files.credentials).unwrap();
    // One that leads to nothing yet.
    std::os::unix::fs::symlink("../dotfiles/config", &files.config).unwrap();
    write_profile(&profile("work", keys("AKIA1", "")), &files).unwrap();
    assert!(files.config.is_symlink() && files.credentials.is_symlink());
    assert_eq!(
        text(&dotfiles.join("credentials")),
        "# mine\n[work]\naws_access_key_id = AKIA1\naws_secret_access_key = secret\n"
    );
    assert_eq!(text(&dotfiles.join("config")), "[profile work]\nregion = eu-west-1\n");
}

#[test]
fn where_both_files_are_one_nothing_of_either_is_lost() {
    let home = Home::new();
    let file = home.write("aws", "[default]\noutput = json\n");
    let files = ProfileFiles {
        config: file.clone(),
        credentials: file.clone(),
    };
    write_profile(&profile("work", keys("AKIA1", "")), &files).unwrap();
    let default = NewProfile {
        replace: true,
        ..profile("default", keys("AKIA2", ""))
    };
    write_profile(&default, &files).unwrap();
    assert_eq!(
        text(&file),
        "[default]\noutput = json\nregion = eu-west-1\naws_access_key_id = AKIA2\naws_secret_access_key = secret\n\
         [profile work]\nregion = eu-west-1\n[work]\naws_access_key_id = AKIA1\naws_secret_access_key = secret\n"
    );
    assert_eq!(mode(&file), 0o600);
}

#[test]
fn a_profile_that_is_there_is_replaced_only_when_that_was_said() {
    let home = Home::new();
    let files = files_in(&home.path().join(".aws"));
    let mut new = profile("work", keys("ASIA1", "token"));
    write_profile(&new, &files).unwrap();
    let refused = write_profile(&new, &files).unwrap_err();
    assert!(matches!(refused, ProfileWriteError::Exists { name } if name == "work"));

    new.access = keys("AKIA2", "");
    new.replace = true;
    write_profile(&new, &files).unwrap();
    // The token of the temporary keys would make the new ones useless.
    assert_eq!(
        text(&files.credentials),
        "[work]\naws_access_key_id = AKIA2\naws_secret_access_key = secret\n"
    );
}

#[test]
fn a_profile_that_changes_its_way_to_credentials_keeps_nothing_that_goes_before_the_new_way() {
    let home = Home::new();
    let files = files_in(&home.path().join(".aws"));
    home.aws_config(
        "[profile work]\nrole_arn = arn:aws:iam::123456789012:role/r # note\nsource_profile = base\noutput = json",
    );
    let mut new = profile("work", sso("https://corp.awsapps.com/start"));
    new.replace = true;
    write_profile(&new, &files).unwrap();
    let session = "\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\
                   sso_registration_scopes = sso:account:access\n";
    let expected = "[profile work]\noutput = json\nsso_session = corp\nsso_account_id = 123456789012\n\
                    sso_role_name = Uploader\nregion = eu-west-1\n";
    assert_eq!(text(&files.config), format!("{expected}{}", &session[1..]));

    new.access = keys("AKIA1", "");
    write_profile(&new, &files).unwrap();
    let expected = "[profile work]\noutput = json\nregion = eu-west-1\n";
    assert_eq!(text(&files.config), format!("{expected}{}", &session[1..]));
}

#[test]
fn a_session_that_other_profiles_share_is_used_and_never_changed() {
    let home = Home::new();
    let files = files_in(&home.path().join(".aws"));
    let corp = "https://corp.awsapps.com/start";
    write_profile(&profile("one", sso(corp)), &files).unwrap();
    write_profile(&profile("two", sso(corp)), &files).unwrap();
    let before = text(&files.config);
    assert_eq!(before.matches("[sso-session corp]").count(), 1);
    let other = write_profile(&profile("three", sso("https://other.awsapps.com/start")), &files);
    assert!(matches!(other, Err(ProfileWriteError::SessionExists { .. })));
    assert_eq!(text(&files.config), before);
}

#[test]
fn boto3_reads_the_login_and_the_role() {
    let home = Home::new();
    let files = files_in(&home.path().join(".aws"));
    write_profile(&profile("login", sso("https://corp.awsapps.com/start")), &files).unwrap();
    let role = NewAccess::Role {
        role_arn: "arn:aws:iam::123456789012:role/uploads".to_owned(),
        source_profile: "login".to_owned(),
    };
    write_profile(&profile("role", role), &files).unwrap();
    let script = "
import botocore.session
config = botocore.session.Session().full_config
print(config['profiles'], config['sso_sessions'])";
    assert_eq!(
        tools::stdout(home.python().args(["-c", script])).trim(),
        "{'login': {'sso_session': 'corp', 'sso_account_id': '123456789012', 'sso_role_name': 'Uploader', 'region': 'eu-west-1'}, \
         'role': {'role_arn': 'arn:aws:iam::123456789012:role/uploads', 'source_profile': 'login', 'region': 'eu-west-1'}} \
         {'corp': {'sso_start_url': 'https://corp.awsapps.com/start', 'sso_region': 'us-east-1', 'sso_registration_scopes': 'sso:account:access'}}"
    );
    // And our own profiles: a role on a login says that the login is to be renewed.
    let told = tools::run(home.dropslot().args(["buckets", "--profile", "role"]));
    assert!(
        tools::told(&told).contains("aws sso login --profile login"),
        "{}",
        tools::told(&told)
    );
}

#[test]
fn a_file_that_is_no_text_is_left_as_it_is() {
    let home = Home::new();
    let files = files_in(&home.path().join(".aws"));
    std::fs::write(&files.config, b"[default]\nregion = \xff\n").unwrap();
    let refused = write_profile(&profile("work", keys("AKIA1", "")), &files).unwrap_err();
    assert!(matches!(refused, ProfileWriteError::NotText { .. }), "{refused}");
    // Nor is half of the profile written.
    assert!(!files.credentials.exists());
    assert_eq!(std::fs::read(&files.config).unwrap(), b"[default]\nregion = \xff\n");
}
