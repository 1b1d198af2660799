//! Where files would go, and what this process's environment says of the way there. Nothing secret is told.

use crate::store::{Destination, DestinationKind};

/// Variables that bend the way of an upload. Their values are told, without user names and passwords.
const VARIABLES: [&str; 15] = [
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_CA_BUNDLE",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];
/// Of these it is told that they are set.
const KEYS: [&str; 3] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/// `"work · media-assets": bucket media-assets, profile "work", AWS, region found out`
pub(super) fn of_destination(destination: &Destination) -> String {
    let place = match &destination.kind {
        DestinationKind::Account {
            profile,
            bucket,
            region,
            endpoint_url,
        } => {
            let profile = match profile {
                Some(profile) => format!("profile {profile:?}"),
                None => "the environment's keys or profile".to_owned(),
            };
            let at = match endpoint_url {
                Some(url) => without_user(url),
                None => "AWS, or what the profile says".to_owned(),
            };
            let region = match region {
                Some(region) => format!("region {region}"),
                None => "region found out".to_owned(),
            };
            format!("bucket {bucket}, {profile}, {at}, {region}")
        }
        DestinationKind::Lambda(lambda) => format!("forms of {}", lambda.place()),
        DestinationKind::Ticket(ticket) => format!("a form that was signed already, for {}", ticket.host),
        DestinationKind::Sandbox => "the embedded S3 of this machine".to_owned(),
    };
    format!("{:?}: {place}", destination.name)
}

/// `HTTPS_PROXY=http://proxy:3128, AWS_CA_BUNDLE=/etc/ca.pem, AWS_ACCESS_KEY_ID is set`
pub(super) fn of_process() -> String {
    in_words(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
}

fn in_words(variable: impl Fn(&str) -> Option<String>) -> String {
    let values = VARIABLES
        .iter()
        .filter_map(|name| Some(format!("{name}={}", without_user(&variable(name)?))));
    let keys = KEYS.iter().filter(|name| variable(name).is_some());
    let told: Vec<String> = values.chain(keys.map(|name| format!("{name} is set"))).collect();
    if told.is_empty() {
        return "no proxy, the system's certificates, nothing of AWS".to_owned();
    }
    told.join(", ")
}

/// A URL without what stands before `@` of its host, and without its query. Other texts as they are.
fn without_user(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), text),
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    format!("{scheme}{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_is_told_without_its_secrets() {
        let set = [
            ("AWS_CA_BUNDLE", "/etc/ssl/own.pem"),
            ("HTTPS_PROXY", "http://me:hunter2@proxy.example:3128"),
            ("all_proxy", "me:hunter2@proxy.example:1080"),
            ("AWS_SECRET_ACCESS_KEY", "hunter2"),
        ];
        let told = in_words(|name| {
            let found = set.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| (*value).to_owned())
        });
        assert_eq!(
            told,
            "AWS_CA_BUNDLE=/etc/ssl/own.pem, HTTPS_PROXY=http://proxy.example:3128, all_proxy=proxy.example:1080, \
             AWS_SECRET_ACCESS_KEY is set"
        );
        assert!(in_words(|_| None).starts_with("no proxy"));
        assert_eq!(without_user("https://s3.example.com/a?b=c"), "https://s3.example.com/a");
    }
}
