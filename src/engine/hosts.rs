//! The S3 hosts that a function's forms may go to: the first is taken, and told; any other is asked about.
//!
//! A function that was taken over could hand out forms for a bucket of somebody else's, and people's files would go there
//! without anybody's noticing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// By the function's identity.
#[derive(Debug, Default)]
pub(super) struct KnownHosts(Mutex<BTreeMap<String, Vec<String>>>);

/// What is known of a form's host.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// The function's first: from now on it is known.
    First,
    /// Seen before, or trusted by the person.
    Known,
    /// Not one of these.
    Other(Vec<String>),
}

impl KnownHosts {
    pub(super) fn new(known: BTreeMap<String, Vec<String>>) -> Self {
        Self(Mutex::new(known))
    }

    /// Looks at a form's host.
    pub(super) fn judge(&self, lambda: &str, host: &str) -> Host {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hosts = known.entry(lambda.to_owned()).or_default();
        if hosts.is_empty() {
            hosts.push(host.to_owned());
            Host::First
        } else if hosts.iter().any(|known| known == host) {
            Host::Known
        } else {
            Host::Other(hosts.clone())
        }
    }

    /// The person has said so.
    pub(super) fn trust(&self, lambda: &str, host: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hosts = known.entry(lambda.to_owned()).or_default();
        if !hosts.iter().any(|known| known == host) {
            hosts.push(host.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_host_of_each_function_is_taken_and_another_only_when_it_is_trusted() {
        let hosts = KnownHosts::new(BTreeMap::from([("old".to_owned(), vec!["a".to_owned()])]));
        assert_eq!(hosts.judge("new", "b"), Host::First);
        assert_eq!(hosts.judge("new", "b"), Host::Known);
        assert_eq!(hosts.judge("old", "a"), Host::Known);
        assert_eq!(hosts.judge("old", "b"), Host::Other(vec!["a".to_owned()]));
        hosts.trust("old", "b");
        assert_eq!(hosts.judge("old", "b"), Host::Known);
        assert_eq!(
            hosts.judge("old", "c"),
            Host::Other(vec!["a".to_owned(), "b".to_owned()])
        );
    }
}
