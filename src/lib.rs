//! **Dropslot: drop a file, get its URL.**
//!
//! Uploads to S3 by *presigned POST*: a short-lived, signed form. When the bytes are in S3, and proven to be, the
//! public URL is on the clipboard. This page is the map; every module's first line says what it does.
//!
//! # One upload, from left to right
//! ```text
//! path ─► Source ─► ObjectKey ─► Signer ─► PresignedPost ─► policy check ─► Form ─► Post ─► S3Answer ─► proof ─► PublicUrl ─► history, clipboard
//! ```
//! [`engine::upload`] tells this way in one place. A form is signed when the file's turn comes, never earlier, and
//! again for every new attempt. "Done" is said only after a 2xx **and** the proof.
//!
//! Two other ways lead to the same proof, where this machine signs: large files go in parts, each retried alone and
//! continued after a crash; and a presigned PUT goes where a store takes no form, or where another object must not be
//! overwritten. What is tried again, how often and when is one table: [`engine`]'s `remedies.rs`.
//!
//! # Layers
//! ```text
//! ui, cli ──► engine ──► signer, transfer, store ──► aws ──► s3
//!                                               lambda ──► s3
//! ```
//! Arrows only go right; `tests/layers.rs` holds the tree to it.
//!
//! * [`s3`] – the protocol as pure functions: no clock, no I/O, no runtime. Time and randomness come in as arguments.
//! * [`aws`] – profiles and credentials through the AWS SDK, buckets and their regions.
//! * [`signer`] – where a presigned POST comes from: signed here, handed out by a function, or a ticket.
//! * [`transfer`] – one file's bytes on the wire: form, post, parts, checksum, retry, probe.
//! * [`store`] – settings, queue and history on disk.
//! * [`engine`] – the queue: commands in, a snapshot and events out. Knows nothing of windows.
//! * [`cli`] – the command line. [`ui`] – the window.
//! * [`sandbox`] – the embedded S3.
//! * [`mod@lambda`] – the function that hands out forms: one signer, two homes.
//!
//! # Features
//! `app` (engine and command line), `gui` and `sandbox` (each with `app`, both on by default), `lambda` (the function,
//! without `app`). Without any, the library is [`s3`] alone: a presigned POST signer for other Rust programs.
//!
//! # As a library
//! `dropslot = { version = "0.1", default-features = false }`, and a presigned POST is ten lines:
//!
//! ```
//! use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, Timestamp};
//!
//! let post = PostRequest {
//!     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
//!     object_key: "in/${filename}",
//!     fields: &[],
//!     conditions: &[Condition::ContentLengthRange { min_bytes: 1, max_bytes: 10 << 20 }],
//!     expires_in: std::time::Duration::from_hours(1),
//! }
//! .sign(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), Timestamp::now());
//! assert!(post.to_json().starts_with(r#"{"url": "https://media-assets.s3.eu-west-1.amazonaws.com/""#));
//! # Ok::<(), dropslot::s3::AddressError>(())
//! ```
//!
//! [`s3`] says when to use what. What the other modules offer is what the program needs of them, and may change with it.

#![cfg_attr(
    not(all(feature = "gui", feature = "lambda", feature = "sandbox")),
    allow(
        rustdoc::broken_intra_doc_links,
        reason = "this page speaks of all that there is with every feature"
    )
)]

pub mod s3;

#[cfg(feature = "app")]
pub mod aws;
#[cfg(feature = "app")]
pub mod cli;
#[cfg(feature = "app")]
pub mod engine;
#[cfg(feature = "app")]
pub mod signer;
#[cfg(feature = "app")]
pub mod store;
#[cfg(feature = "app")]
pub mod transfer;

#[cfg(feature = "lambda")]
pub mod lambda;

#[cfg(feature = "sandbox")]
pub mod sandbox;

#[cfg(feature = "gui")]
pub mod ui;

/// README's Rust is an example like any other: it runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[derive(Debug)]
pub struct Readme;
