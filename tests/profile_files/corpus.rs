//! Files as people have them, before and after.

use crate::support::home::Home;
use crate::support::tools;
use dropslot::aws::{NewAccess, NewProfile, ProfileFiles, write_profile};

/// Files to which the AWS CLI adds a profile as carefully as it should: ours are the same to the byte.
const AS_THE_AWS_CLI: &[(&str, &str)] = &[
    ("no file", ""),
    ("another profile", "[default]\nregion = us-east-1\noutput = json\n"),
    ("no line end at the end", "[default]\nregion = us-east-1"),
    (
        "comments, blank lines and unknown keys",
        "# mine\n\n[default]\n; old\nregion=us-east-1\n\n\ncli_pager =\nx_unknown = 1\n\n",
    ),
    (
        "nested settings",
        "[profile other]\ns3 =\n  addressing_style = path\n  max_concurrent_requests = 20\nregion = eu-west-1\n",
    ),
    (
        "an SSO session",
        "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n[profile a]\nsso_session = corp\n",
    ),
    (
        "names with spaces and quotes",
        "[profile 'my own']\nregion = us-east-1\n[profile \"it's\"]\nregion = us-west-2\n[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:1\n",
    ),
    (
        "the profile itself, in the middle",
        "[default]\nregion = us-east-1\n[profile work]\nregion = us-west-1\noutput = json\n[profile last]\noutput = text\n",
    ),
    (
        "the profile itself, without a region",
        "[profile work]\noutput = json\n[default]\noutput = text\n",
    ),
    (
        "the profile itself, at the end",
        "[default]\n[profile work]\noutput = json\nregion = us-west-1\n",
    ),
    (
        "the profile itself, nested settings above its region",
        "[profile work]\ns3 =\n    addressing_style = path\nregion = us-west-1\n[profile last]\n",
    ),
    (
        "the profile itself, nested settings alone",
        "[profile work]\ns3 =\n    addressing_style = path\n[profile last]\nregion = us-west-1\n",
    ),
    (
        "the profile itself, empty",
        "[profile work]\n[profile last]\nregion = us-west-1\n",
    ),
    (
        "spaces and tabs around",
        "[profile work]\nregion\t=\t us-west-1  \noutput=json\n",
    ),
];

/// Where the AWS CLI loses something, and what is right.
const BETTER_THAN_THE_AWS_CLI: &[(&str, &str, &str)] = &[
    (
        "it turns the line ends of the whole file",
        "[default]\r\nregion = us-east-1\r\n[profile work]\r\noutput = json\r\n",
        "[default]\r\nregion = us-east-1\r\n[profile work]\r\noutput = json\r\nregion = ap-northeast-2\r\n",
    ),
    (
        "it loses the comment behind a value",
        "[profile work]\nregion = us-west-1 # the old office\n",
        "[profile work]\n# the old office\nregion = ap-northeast-2\n",
    ),
    (
        "it takes a nested key for the profile's own",
        "[profile work]\nplugin =\n  region = nested\noutput = json\n",
        "[profile work]\nplugin =\n  region = nested\noutput = json\nregion = ap-northeast-2\n",
    ),
    (
        "it tears a comment from the section that it is about",
        "[profile work]\noutput = json\n\n# Client: ask before use\n[profile client]\noutput = text\n",
        "[profile work]\noutput = json\nregion = ap-northeast-2\n\n# Client: ask before use\n[profile client]\noutput = text\n",
    ),
    (
        "it writes into the comment at the end of a file",
        "[profile work]\noutput = json\n# the end",
        "[profile work]\noutput = json\nregion = ap-northeast-2\n# the end",
    ),
    (
        "it does not find a heading with more spaces, and makes a second section that hides the first",
        "[profile  work]\noutput = json\n",
        "[profile  work]\noutput = json\nregion = ap-northeast-2\n",
    ),
    (
        "it does not find a key in capitals, and adds a second one",
        "[default]\nregion = us-east-1\n[profile work]\nREGION = us-west-1\n",
        "[default]\nregion = us-east-1\n[profile work]\nREGION = ap-northeast-2\n",
    ),
];

fn keys(name: &str) -> NewProfile {
    NewProfile {
        name: name.to_owned(),
        access: NewAccess::Keys {
            access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            session_token: "".into(),
        },
        region: "ap-northeast-2".to_owned(),
        endpoint_url: String::new(),
        replace: true,
    }
}

/// A home with these two files.
fn home(config: &str, credentials: &str) -> (Home, ProfileFiles) {
    let home = Home::new();
    let files = ProfileFiles {
        config: home.path().join(".aws/config"),
        credentials: home.path().join(".aws/credentials"),
    };
    for (file, text) in [(&files.config, config), (&files.credentials, credentials)] {
        if !text.is_empty() {
            std::fs::write(file, text).unwrap();
        }
    }
    (home, files)
}

fn ours(profile: &NewProfile, config: &str, credentials: &str) -> (Home, [String; 2]) {
    let (home, files) = home(config, credentials);
    write_profile(profile, &files).unwrap();
    let texts = [&files.config, &files.credentials].map(|file| std::fs::read_to_string(file).unwrap());
    (home, texts)
}

/// What `aws configure set` makes of the same files, by one process: a second of start for each value of each file
/// would be minutes.
fn theirs(name: &str, config: &str, credentials: &str) -> [String; 2] {
    let (home, files) = home(config, credentials);
    let script = "
import sys
from awscli.clidriver import create_clidriver
for key, value in zip(sys.argv[2::2], sys.argv[3::2]):
    driver = create_clidriver()
    assert driver.main(['configure', 'set', key, value, '--profile', sys.argv[1]]) == 0
";
    tools::stdout(home.python().args(["-c", script, name]).args([
        "aws_access_key_id",
        "AKIAIOSFODNN7EXAMPLE",
        "aws_secret_access_key",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "region",
        "ap-northeast-2",
    ]));
    [files.config, files.credentials].map(|file| std::fs::read_to_string(file).unwrap())
}

/// The same file as `credentials` has it: headings without `profile`.
fn as_credentials(config: &str) -> String {
    config.replace("[profile ", "[").replace("region", "aws_access_key_id")
}

#[test]
fn files_are_those_that_aws_configure_leaves() {
    for (what, config) in AS_THE_AWS_CLI {
        let credentials = as_credentials(config);
        let (_home, ours) = ours(&keys("work"), config, &credentials);
        assert_eq!(ours, theirs("work", config, &credentials), "{what}");
    }
}

#[test]
fn the_default_profile_is_written_as_aws_configure_writes_it() {
    for config in [
        "",
        "[default]\nregion = us-east-1\n",
        "[profile a]\n\n[default]\noutput = json\n",
    ] {
        let (_home, ours) = ours(&keys("default"), config, "");
        assert_eq!(ours, theirs("default", config, ""), "{config}");
    }
}

#[test]
fn nothing_is_lost_where_aws_configure_loses_it() {
    for (what, before, after) in BETTER_THAN_THE_AWS_CLI {
        let (_home, [config, _]) = ours(&keys("work"), before, "");
        assert_eq!(config, *after, "{what}");
    }
}

#[test]
fn boto3_and_dropslot_read_what_was_written() {
    let script = "
import botocore.session, sys
session = botocore.session.Session(profile='work')
keys = session.get_credentials()
print(keys.access_key, keys.secret_key, keys.token, session.get_config_variable('region'))";
    let before = AS_THE_AWS_CLI.iter().map(|(what, before)| (what, before));
    let before = before.chain(BETTER_THAN_THE_AWS_CLI.iter().map(|(what, before, _)| (what, before)));
    for (what, config) in before {
        let (home, _) = ours(&keys("work"), config, "");
        assert_eq!(
            tools::stdout(home.python().args(["-c", script])).trim(),
            "AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY None ap-northeast-2",
            "{what}"
        );
        let form = tools::stdout(
            home.dropslot()
                .args(["presign", "--profile", "work", "--bucket", "bucket", "a.txt"]),
        );
        assert!(
            form.contains("AKIAIOSFODNN7EXAMPLE/") && form.contains("/ap-northeast-2/"),
            "{what}: {form}"
        );
    }
}
