//! All uploads together.

use crate::ui::action::CopySource;
use crate::ui::format;
use crate::ui::model::Model;

/// The footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Footer {
    /// `2 of 4 done · 413 MiB of 812 MiB · 18.2 MiB/s · 22 s left`.
    pub(crate) text: String,
    /// Whether there is something to copy.
    pub(crate) has_urls: bool,
    /// "Copied" instead of the button's text.
    pub(crate) copied: bool,
    /// Whether something has ended that can be taken off the list.
    pub(crate) has_ended: bool,
}

/// `None` where there is nothing on the list.
pub(crate) fn footer(model: &Model) -> Option<Footer> {
    let (words, totals) = (model.words, model.snapshot.totals);
    if model.snapshot.uploads.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    // Of what failed alone, "0 of 3 done" is no news.
    if totals.done + totals.active > 0 {
        parts.push((words.done_of)(totals.done, totals.uploads));
    }
    let asking = totals.asking;
    let others = [
        (asking, words.rows.asking),
        (totals.failed.saturating_sub(asking), words.failed),
        (totals.cancelled, words.cancelled),
        (totals.interrupted, words.interrupted),
    ];
    let others = others.into_iter().filter(|(number, _)| *number > 0);
    parts.extend(others.map(|(number, said)| said(number)));
    if totals.active > 0 {
        parts.push(format::size_of(totals.sent_bytes, totals.size_bytes, words));
    } else if totals.done > 0 {
        parts.push(format::size(totals.size_bytes));
    }
    if totals.active > 0 && totals.rate_bytes_per_sec > 0 {
        parts.push(format::rate(totals.rate_bytes_per_sec));
    }
    if let Some(left) = totals.time_left.filter(|_| totals.active > 0) {
        parts.push((words.time_left)(&format::time(left, words)));
    }
    Some(Footer {
        text: parts.join(" · "),
        // What was deleted counts as done, and has no URL any more.
        has_urls: totals.linked > 0,
        copied: model.just_copied(CopySource::AllUrls),
        has_ended: totals.uploads > totals.active,
    })
}
