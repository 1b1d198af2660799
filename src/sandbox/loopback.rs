//! Host names: only those of this machine are answered, so that no website can reach the sandbox by a name of its own
//! that it points to 127.0.0.1 (DNS rebinding). `BUCKET.localhost` is virtual-host style.

use s3s::S3Result;
use s3s::host::{S3Host, VirtualHost};

/// The bucket that a `Host` header names by virtual-host style, where it names one.
pub(super) fn virtual_host_bucket(host: &str) -> Option<&str> {
    name(host).strip_suffix(".localhost")
}

/// Whether a `Host` header is a name of this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    matches!(name(host), "localhost" | "127.0.0.1" | "[::1]") || virtual_host_bucket(host).is_some()
}

/// Without its port.
fn name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// The same for s3s, which asks for names only, never for IP addresses.
#[derive(Debug)]
pub(super) struct LoopbackHost;

impl S3Host for LoopbackHost {
    fn parse_host_header<'a>(&'a self, host: &'a str) -> S3Result<VirtualHost<'a>> {
        Ok(match virtual_host_bucket(host) {
            Some(bucket) => VirtualHost::new("localhost").with_bucket(bucket),
            None => VirtualHost::new(host),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in [
            "localhost",
            "localhost:9310",
            "127.0.0.1:9310",
            "[::1]:9310",
            "sandbox.localhost:9310",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:9310",
            "127.0.0.1.evil.example",
            "localhost.evil.example:1",
            "",
            ":80",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn a_name_under_localhost_is_a_bucket() {
        assert_eq!(virtual_host_bucket("sandbox.localhost:9310"), Some("sandbox"));
        assert_eq!(virtual_host_bucket("localhost:9310"), None);
    }
}
