//! A second start hands its paths to the window that is open, instead of opening another.
//!
//! One window a data folder and display listens on a local socket. Whoever holds the lock file beside it listens; the
//! system releases the lock however the window ends, and a socket left lying is taken over.
//!
//! A request is one line, `dropslot-window VERSION JSON`; the answer `taken` is only written when the window has taken it.
//! Anything else, or no answer in time, and the second start opens a window of its own.

mod listener;
mod offer;
mod place;
mod request;

pub(crate) use listener::{HandedOver, listen};
pub(crate) use offer::{Start, offer};
pub(crate) use place::{Claim, Place};
pub(crate) use request::Request;

use std::time::Duration;

/// The answer to a request that the window has taken.
const TAKEN: &str = "taken";

/// How long a window has to take a request.
const WINDOW_PATIENCE: Duration = Duration::from_secs(3);

/// How long a second start waits for the answer: longer, so that the window has given up by then.
const OFFER_PATIENCE: Duration = Duration::from_secs(5);
