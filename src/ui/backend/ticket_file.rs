//! A form in a file: read beside the window, for its disk may be slow.

use super::{Report, Reporter};
use crate::aws::Secret;
use crate::store::read_ticket;
use std::fs::File;
use std::path::PathBuf;
use tokio::runtime::Handle;

/// A form in a file, and what came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TicketFile {
    /// The file.
    pub(crate) file: PathBuf,
    /// What is to go by it.
    pub(crate) paths: Vec<PathBuf>,
    /// Whether that is shown before it goes.
    pub(crate) hold: bool,
}

/// Reads, and reports: `None` where it cannot be read.
pub(super) fn read(runtime: &Handle, ticket: TicketFile, reporter: Reporter) {
    runtime.spawn_blocking(move || {
        let text: std::io::Result<Secret> = File::open(&ticket.file).and_then(read_ticket);
        if let Err(error) = &text {
            tracing::debug!(%error, "a form's file cannot be read");
        }
        reporter.send(Report::TicketRead(ticket, text.ok()));
    });
}
