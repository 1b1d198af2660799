//! What a bucket has of parts uploads that nobody has finished, as the settings page says it.

use super::Tone;
use crate::engine::UnfinishedList;
use crate::store::Destination;
use crate::ui::action::Action;
use crate::ui::format;
use crate::ui::model::{Look, Model, UnfinishedAction};
use crate::ui::words::Words;
use std::time::Duration;

/// One bucket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BucketLook {
    /// The destination's name, harmless.
    pub(crate) name: String,
    /// What there is.
    pub(crate) says: String,
    pub(crate) tone: Tone,
    /// Behind it, weaker; may be empty.
    pub(crate) more: String,
    pub(crate) is_asked: bool,
    /// Asks whether they are to go.
    pub(crate) discard: Option<Action>,
}

/// Every bucket that was asked, in the order of the destinations.
pub(crate) fn bucket_looks(model: &Model) -> Vec<BucketLook> {
    let looks = model.buckets_signed_here().into_iter().filter_map(|destination| {
        let look = model.unfinished.get(&destination.kind)?;
        Some(bucket_look(destination, look, model.words))
    });
    looks.collect()
}

fn bucket_look(destination: Destination, look: &Look, words: &Words) -> BucketLook {
    let texts = &words.unfinished;
    let mut shown = BucketLook {
        name: words.destination_name(&destination.name),
        says: String::new(),
        tone: Tone::Weak,
        more: String::new(),
        is_asked: false,
        discard: None,
    };
    match look {
        Look::Asked => {
            texts.looking.clone_into(&mut shown.says);
            shown.is_asked = true;
        }
        Look::Listed(list) if list.uploads.is_empty() => texts.none.clone_into(&mut shown.says),
        Look::Listed(list) => {
            let found = if list.is_cut { texts.found_at_least } else { texts.found };
            shown.says = found(list.uploads.len());
            shown.tone = Tone::Careful;
            shown.more = facts(list, words);
            let ask = UnfinishedAction::AskToDiscard(Box::new(destination));
            shown.discard = Some(Action::Unfinished(ask));
        }
        Look::Failed(failure) => {
            let said = words.failure(failure);
            shown.says = said.what;
            shown.tone = Tone::Bad;
            shown.more = said.hint;
        }
    }
    shown
}

/// `started 3 days to 2 h ago · 1.2 GiB · 1 can be resumed here`
fn facts(list: &UnfinishedList, words: &Words) -> String {
    let texts = &words.unfinished;
    let age = |started: jiff::Timestamp| {
        let age = list.listed_at.duration_since(started);
        format::time(Duration::try_from(age).unwrap_or_default(), words)
    };
    let started = || list.uploads.iter().filter_map(|upload| upload.started);
    let mut facts = Vec::new();
    if let (Some(oldest), Some(newest)) = (started().min().map(age), started().max().map(age)) {
        facts.push(if oldest == newest {
            (texts.started)(&oldest)
        } else {
            (texts.started_between)(&oldest, &newest)
        });
    }
    // Where a size is missing, a sum would say too little.
    let sizes: Option<Vec<u64>> = list.uploads.iter().map(|upload| upload.size_bytes).collect();
    facts.extend(sizes.map(|sizes| format::size(sizes.iter().sum())));
    let resumable = list.uploads.iter().filter(|upload| upload.is_resumable).count();
    facts.extend((resumable > 0).then(|| (texts.resumable)(resumable)));
    facts.join(" · ")
}
