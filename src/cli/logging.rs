//! Logging to standard error by `RUST_LOG`, off by default.
//!
//! Only this program's own lines are let through: at `trace` the libraries below log request headers, signatures and
//! commands with their arguments.

use std::io::IsTerminal as _;
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Nothing is set up where `RUST_LOG` is not set.
pub(super) fn start() {
    if std::env::var_os("RUST_LOG").is_none_or(|filter| filter.is_empty()) {
        return;
    }
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let ours = filter_fn(|metadata| metadata.target().split("::").next() == Some("dropslot"));
    tracing_subscriber::registry()
        .with(lines)
        .with(EnvFilter::from_default_env())
        .with(ours)
        .init();
}
