//! Where files would go, and what this process's environment says of the way there. Nothing secret is told.

use super::{Place, Remark};
use crate::aws::environment::variable;
use crate::store::{Destination, DestinationKind};

/// Variables that say through which proxy.
const PROXIES: [&str; 7] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];
/// Others that bend the way of an upload. Values are told without user names and passwords.
const OTHERS: [&str; 8] = [
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ENDPOINT_URL_STS",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
];
/// Of these it is told that they are set.
const KEYS: [&str; 3] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

pub(super) fn of_destination(destination: &Destination) -> Remark {
    let place = match &destination.kind {
        DestinationKind::Account {
            profile,
            bucket,
            region,
            endpoint_url,
        } => Place::Account {
            bucket: bucket.clone(),
            profile: profile.clone(),
            endpoint_url: endpoint_url.as_deref().map(without_user),
            region: region.clone(),
        },
        DestinationKind::Lambda(lambda) => Place::Function(lambda.place().to_owned()),
        DestinationKind::Ticket(ticket) => Place::Ticket(ticket.host.clone()),
        DestinationKind::Sandbox => Place::Sandbox,
    };
    let name = destination.name.clone();
    Remark::Destination { name, place }
}

pub(super) fn of_process() -> Remark {
    of_variables(variable)
}

fn of_variables(variable: impl Fn(&str) -> Option<String>) -> Remark {
    let told = |names: &[&str]| -> Vec<String> {
        let set = names.iter().filter_map(|name| Some((name, variable(name)?)));
        set.map(|(name, value)| format!("{name}={}", without_user(&value)))
            .collect()
    };
    Remark::Environment {
        proxies: told(&PROXIES),
        ca_bundle: variable("AWS_CA_BUNDLE"),
        others: told(&OTHERS),
        keys: KEYS
            .iter()
            .filter(|name| variable(name).is_some())
            .map(ToString::to_string)
            .collect(),
    }
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
        let told = of_variables(|name| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        });
        assert_eq!(
            told.english().what,
            "HTTPS_PROXY=http://proxy.example:3128, all_proxy=proxy.example:1080, \
             the system's certificates and AWS_CA_BUNDLE=/etc/ssl/own.pem, AWS_SECRET_ACCESS_KEY is set"
        );
        assert_eq!(
            of_variables(|_| None).english().what,
            "no proxy, the system's certificates"
        );
        assert_eq!(without_user("https://s3.example.com/a?b=c"), "https://s3.example.com/a");
    }
}
