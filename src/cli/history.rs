//! `dropslot history [TEXT] [--json]`: what was uploaded, newest first.

use super::args::HistoryArgs;
use super::problem::{Problem, Status};
use super::stdout::Lines;
use crate::engine::Failure;
use crate::store::{Database, Folders, HistoryEntry};
use jiff::tz::TimeZone;

pub(super) fn run(args: &HistoryArgs) -> Result<Status, Problem> {
    let folders = Folders::of_this_user()
        .ok_or_else(|| Problem::new("This user has no home folder, so there is no history", "Set HOME"))?;
    let file = folders.database_file();
    if !file.exists() {
        return Ok(Status::Done);
    }
    let database = Database::open(&file).map_err(|error| Failure::from(&error))?;
    let entries = database
        .history(args.text.as_deref().unwrap_or_default(), args.limit)
        .map_err(|error| Failure::from(&error))?;
    let zone = TimeZone::system();
    let mut lines = Lines::default();
    for entry in &entries {
        if args.json {
            lines.line(&super::json::entry(entry).to_string())?;
        } else {
            lines.line(&in_words(entry, &zone))?;
        }
    }
    Ok(Status::Done)
}

/// `2026-11-24 14:03  https://…  /home/me/screenshot.png`
fn in_words(entry: &HistoryEntry, zone: &TimeZone) -> String {
    let local = entry.done_at.to_zoned_datetime(zone.clone());
    let path = super::put::printable(&entry.path);
    format!("{}  {}  {path}", local.strftime("%Y-%m-%d %H:%M"), entry.url)
}
