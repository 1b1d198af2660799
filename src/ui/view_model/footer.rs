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
    let mut parts = vec![(words.done_of)(totals.done, totals.uploads)];
    if totals.not_done > 0 {
        parts.push((words.not_done)(totals.not_done));
    }
    let size = format::size(totals.size_bytes);
    parts.push(if totals.active > 0 {
        format::size_of(totals.sent_bytes, totals.size_bytes, words)
    } else {
        size
    });
    if totals.active > 0 && totals.rate_bytes_per_sec > 0 {
        parts.push(format::rate(totals.rate_bytes_per_sec));
    }
    if let Some(left) = totals.time_left.filter(|_| totals.active > 0) {
        parts.push((words.time_left)(&format::time(left, words)));
    }
    Some(Footer {
        text: parts.join(" · "),
        // What was deleted counts as done, and has no URL any more.
        has_urls: model.rows.listing.has_links(),
        copied: model.just_copied(CopySource::AllUrls),
        has_ended: totals.done + totals.not_done > 0,
    })
}
