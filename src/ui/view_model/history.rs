//! The history as it is shown: its days, its rows, and what stands where there are none.

use super::link::{Link, deleted_hint};
use super::{Row, Tone};
use crate::store::HistoryEntry;
use crate::ui::action::{Action, HistoryAction, RowOf};
use crate::ui::file_type::FileType;
use crate::ui::model::{HistoryList, Model, copied};
use crate::ui::widgets::Icon;
use crate::ui::words::Words;
use crate::ui::{format, names};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::Path;

/// Above the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HistoryHead {
    /// `100,000 uploads`, `3 results`, `2 selected`.
    pub(crate) count: String,
    /// Whether there is anything to copy or to forget alone.
    pub(crate) has_selected: bool,
    /// Whether there is anything to forget.
    pub(crate) has_entries: bool,
}

/// In place of the list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Nothing {
    pub(crate) title: String,
    pub(crate) hint: String,
    /// What a button offers.
    pub(crate) offer: Option<(&'static str, Action)>,
}

/// Builds what stands above the list.
pub(crate) fn history_head(model: &Model) -> HistoryHead {
    let (words, history) = (&model.words.history, &model.history);
    let number = history.list.as_ref().map(HistoryList::len);
    let selected = history.selection.selected.len();
    let count = match number {
        Some(_) if selected > 0 => (words.selected)(selected),
        None | Some(0) => String::new(),
        Some(number) if history.found_by.is_empty() => (words.uploads)(number),
        Some(number) => (words.results)(number),
    };
    HistoryHead {
        count,
        has_selected: selected > 0,
        has_entries: number.is_some_and(|number| number > 0) || !history.found_by.is_empty(),
    }
}

/// What stands in place of an empty list; `None` where there is one, or the first answer has not come.
pub(crate) fn nothing(model: &Model) -> Option<Nothing> {
    let (words, history) = (&model.words.history, &model.history);
    if let Some(failure) = &history.failure {
        let said = model.words.failure(failure);
        return Some(Nothing {
            title: said.what,
            hint: said.hint,
            offer: Some((model.words.try_again, Action::History(HistoryAction::Refresh))),
        });
    }
    if !history.list.as_ref()?.is_empty() {
        return None;
    }
    Some(if history.found_by.is_empty() {
        Nothing {
            title: words.nothing_yet.to_owned(),
            hint: words.nothing_yet_hint.to_owned(),
            offer: None,
        }
    } else {
        Nothing {
            title: (words.nothing_found)(&names::harmless(&history.found_by)),
            hint: words.nothing_found_hint.to_owned(),
            offer: Some((words.clear_search, Action::History(HistoryAction::ClearSearch))),
        }
    })
}

/// What a day is called on `today`.
pub(crate) fn day_title(date: Date, today: Date, words: &Words) -> String {
    let words = &words.history;
    if date == today {
        words.today.to_owned()
    } else if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
        words.yesterday.to_owned()
    } else if date.year() == today.year() {
        (words.day)(date)
    } else {
        (words.day_and_year)(date)
    }
}

/// Builds the row of an entry.
pub(crate) fn history_row(model: &Model, entry: &HistoryEntry, zone: &TimeZone) -> Row {
    let words = model.words;
    let done_at = entry.done_at.to_zoned_datetime(zone.clone());
    let time = (words.history.time)(done_at.time());
    let link = Link::of_entry(entry);
    let (mark, tone, word, word_hint) = match &entry.deletion {
        Some(deletion) => (
            Icon::Minus,
            Tone::Weak,
            words.deletion.deleted,
            Some(deleted_hint(deletion, words)),
        ),
        None => link.state(words),
    };
    let of = RowOf::Entry(entry.stamp());
    Row {
        of,
        file_type: FileType::of_path(Path::new(&entry.path)),
        thumbnail: model.thumbnails.picture(of),
        name: names::of_path(Path::new(&entry.path)),
        mark,
        tone,
        word: word.to_owned(),
        word_hint,
        place: names::harmless(&format!("{}/{}", entry.bucket, entry.object_key)),
        facts: format!("{} · {time}", format::size(entry.size_bytes)),
        bar: None,
        bar_name: String::new(),
        numbers: String::new(),
        buttons: if entry.deletion.is_some() {
            Vec::new()
        } else {
            link.buttons(model, copied(entry))
        },
        more: words.rows.more,
        cross: None,
        failure: None,
    }
}
