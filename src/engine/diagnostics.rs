//! Diagnostics: what a person pastes into a public issue, as text.
//!
//! Versions, system, settings, what is kept, the last failures and the last lines of the log; without names of buckets,
//! profiles, files, hosts and accounts, and without whatever could be one. It is English, for whoever reads the issue.

mod log_lines;
mod redaction;
mod settings_text;
mod system;

use super::Failure;
use crate::store::{Database, Folders, LogFile, Settings};
use log_lines::LogLine;
use redaction::Redaction;
use std::fmt::Write as _;

/// Which of the sources this program is made of, where its build has said so.
pub(crate) const COMMIT: &str = match option_env!("DROPSLOT_COMMIT") {
    Some(commit) => commit,
    None => "unknown",
};

/// So many of the last failures.
const FAILURES: usize = 10;
/// So many of the log's last lines.
const LINES: usize = 40;

/// What only the window knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// What draws it.
    pub renderer: Option<String>,
    /// The uploads on its list, and whether the network is there.
    pub uploads: Option<String>,
}

/// Collects it. Reads files: not for the window's thread.
#[must_use]
pub fn diagnostics(folders: Option<&Folders>, around: &Surroundings) -> String {
    let (settings, trouble) = folders
        .map(|folders| Settings::load(&folders.settings_file()))
        .unwrap_or_default();
    let redaction = Redaction::new(&settings);
    let mut text = system::header();
    let mut line = |name: &str, value: &str| push(&mut text, name, value);
    line("system", &system::machine());
    line("display", &system::display());
    if let Some(renderer) = &around.renderer {
        line("renderer", renderer);
    }
    line("environment", &system::environment());
    line("settings", &settings_text::choices(&settings));
    if let Some(trouble) = trouble {
        line("", &redaction.text(&Failure::from(&trouble).to_string()));
    }
    for destination in settings_text::destinations(&settings) {
        line("destination", &destination);
    }
    if let Some(uploads) = &around.uploads {
        line("uploads", uploads);
    }
    let Some(folders) = folders else {
        line("kept", "nothing: this user has no home folder");
        return text;
    };
    line("kept", &kept(folders, &redaction));
    let log = LogFile::of(folders).lines();
    push_log(&mut text, &log, &redaction);
    text
}

fn push(text: &mut String, name: &str, value: &str) {
    // Writing to a `String` cannot fail.
    writeln!(text, "{name:<12} {value}").unwrap_or_default();
}

fn push_log(text: &mut String, log: &[String], redaction: &Redaction) {
    let failures = log.iter().filter_map(|line| LogLine::read(line)?.failure(redaction));
    let failures: Vec<String> = failures.collect();
    let last = |count: usize, of: usize| of.saturating_sub(count);
    text.push_str("\nLast failures\n");
    if failures.is_empty() {
        text.push_str("none in the log\n");
    }
    for failure in failures.iter().skip(last(FAILURES, failures.len())) {
        writeln!(text, "{failure}").unwrap_or_default();
    }
    text.push_str("\nLast lines of the log\n");
    for line in log.iter().skip(last(LINES, log.len())) {
        let shown = LogLine::read(line).map_or_else(|| redaction.text(line), |line| line.redacted(redaction));
        writeln!(text, "{shown}").unwrap_or_default();
    }
}

/// `database 1,204,224 bytes: 3 in the queue (1 failed), 120 in the history; log 3,100 bytes`
fn kept(folders: &Folders, redaction: &Redaction) -> String {
    let log_bytes = LogFile::of(folders).size_bytes();
    let file = folders.database_file();
    let database = match std::fs::metadata(&file) {
        Err(_) => "no database yet".to_owned(),
        Ok(metadata) => {
            let counted = Database::open(&file).and_then(|database| database.counts());
            let rows = match counted {
                Ok(counts) => format!(
                    "{} in the queue ({} failed), {} in the history",
                    counts.queued, counts.failed, counts.done
                ),
                Err(error) => redaction.text(&Failure::from(&error).to_string()),
            };
            format!("database {} bytes: {rows}", metadata.len())
        }
    };
    format!("{database}; log {log_bytes} bytes")
}

#[cfg(test)]
mod tests;
