//! Whole-program tests, in one binary so that it links once: on real sockets, real servers and real displays.
//!
//! `tests/run` starts what they need and says where it is by environment variables; see [`support`].

#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_collect,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly, and prefers the short form of what runs once"
)]

mod ceph;
mod cli;
mod documents;
mod engine;
mod faults;
mod functions;
mod keychain;
mod lambda;
mod layers;
mod library;
mod profile_files;
mod profiles;
mod properties;
mod replies;
mod sandbox;
mod signing;
mod support;
mod theme;
mod tickets;
mod transfer;
mod window;
