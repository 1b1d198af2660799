//! The order of the list (newest batch first, within a batch in the order given), and what is counted of it.
//!
//! Renewed when rows come or go, not with every snapshot: a frame's cost does not grow with the number of rows.

use super::asks;
use crate::engine::{BatchId, Stage, UploadId, UploadRow};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Places of the list: 0 is on top.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// The position in the snapshot of each place.
    order: Vec<usize>,
    places: HashMap<UploadId, usize>,
    /// Grows when rows come, go, or change between failed and not: their heights are others then.
    generation: u64,
    /// Rows that show a countdown.
    counting: HashSet<UploadId>,
    interrupted: HashSet<UploadId>,
    /// Rows that wait for an answer.
    asking: HashSet<UploadId>,
    /// Rows that wait for the network.
    offline: HashSet<UploadId>,
    /// Rows whose link can be copied.
    linked: HashSet<UploadId>,
    held: HashMap<BatchId, HashSet<UploadId>>,
}

impl Listing {
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// Changes when places or heights may have changed.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// The position in the snapshot of a place.
    pub(crate) fn position(&self, place: usize) -> Option<usize> {
        self.order.get(place).copied()
    }

    /// The place of an upload that is on the list.
    pub(crate) fn place(&self, upload: UploadId) -> Option<usize> {
        self.places.get(&upload).copied()
    }

    /// Whether anything shows a countdown.
    pub(crate) fn counts_down(&self) -> bool {
        !self.counting.is_empty()
    }

    /// How many were interrupted.
    pub(crate) fn interrupted(&self) -> usize {
        self.interrupted.len()
    }

    /// Those that wait for an answer.
    pub(crate) fn asking(&self) -> impl ExactSizeIterator<Item = UploadId> {
        self.asking.iter().copied()
    }

    /// Whether anything waits for the network.
    pub(crate) fn waits_for_network(&self) -> bool {
        !self.offline.is_empty()
    }

    /// Whether there is a link to copy.
    pub(crate) fn has_links(&self) -> bool {
        !self.linked.is_empty()
    }

    /// How many of a batch are held, and one of them.
    pub(crate) fn held(&self, batch: BatchId) -> Option<(usize, UploadId)> {
        let held = self.held.get(&batch)?;
        Some((held.len(), *held.iter().next()?))
    }

    /// Takes in what changed from `before` to `now`; an unchanged row is the same `Arc`. Gives the rows that changed, and
    /// where rows came or went the positions in `before`, in the order that the list had.
    pub(super) fn renew(
        &mut self,
        before: &[Arc<UploadRow>],
        now: &[Arc<UploadRow>],
    ) -> (Vec<Arc<UploadRow>>, Option<Vec<usize>>) {
        let mut changed = Vec::new();
        let mut same_rows = before.len() == now.len();
        let mut same_heights = true;
        for (index, row) in now.iter().enumerate() {
            let old = before.get(index);
            if old.is_some_and(|old| Arc::ptr_eq(old, row)) {
                continue;
            }
            let old = old.filter(|old| old.id == row.id);
            same_rows &= old.is_some();
            same_heights &= old.is_some_and(|old| failed(old) == failed(row));
            self.tally(row);
            changed.push(Arc::clone(row));
        }
        let order_before = (!same_rows).then(|| self.reorder(now));
        if !(same_rows && same_heights) {
            self.generation += 1;
        }
        (changed, order_before)
    }

    fn tally(&mut self, row: &UploadRow) {
        let put = |set: &mut HashSet<UploadId>, is_in: bool| {
            if is_in {
                set.insert(row.id);
            } else {
                set.remove(&row.id);
            }
        };
        let held = matches!(row.stage, Stage::Held { .. });
        put(
            &mut self.counting,
            held || matches!(row.stage, Stage::RetryingIn { .. }),
        );
        put(&mut self.interrupted, row.stage == Stage::Interrupted);
        put(&mut self.asking, asks(row));
        put(&mut self.offline, row.stage == Stage::WaitingForNetwork);
        put(&mut self.linked, matches!(row.stage, Stage::Done(_)));
        if held {
            self.held.entry(row.batch).or_default().insert(row.id);
        } else if let Some(batch) = self.held.get_mut(&row.batch) {
            batch.remove(&row.id);
            if batch.is_empty() {
                self.held.remove(&row.batch);
            }
        }
    }

    /// Gives the order that was.
    fn reorder(&mut self, now: &[Arc<UploadRow>]) -> Vec<usize> {
        let mut order: Vec<(usize, &Arc<UploadRow>)> = now.iter().enumerate().collect();
        order.sort_by_key(|(_, row)| Reverse(row.batch));
        self.places = order
            .iter()
            .enumerate()
            .map(|(place, (_, row))| (row.id, place))
            .collect();
        let order = order.into_iter().map(|(position, _)| position).collect();
        let order_before = std::mem::replace(&mut self.order, order);
        let places = &self.places;
        self.counting.retain(|id| places.contains_key(id));
        self.interrupted.retain(|id| places.contains_key(id));
        self.asking.retain(|id| places.contains_key(id));
        self.offline.retain(|id| places.contains_key(id));
        self.linked.retain(|id| places.contains_key(id));
        self.held.retain(|_, held| {
            held.retain(|id| places.contains_key(id));
            !held.is_empty()
        });
        order_before
    }
}

/// Why it failed: another reason is another height.
fn failed(row: &UploadRow) -> Option<&crate::engine::Failure> {
    match &row.stage {
        Stage::Failed(failure) => Some(failure),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use std::time::Duration;

    fn row(id: u64, batch: u64, stage: Stage) -> Arc<UploadRow> {
        Arc::new(UploadRow {
            id: UploadId(id),
            batch: BatchId(batch),
            path: PathBuf::from(format!("/{id}")),
            object_key: None,
            bucket: "b".to_owned(),
            destination: "d".to_owned(),
            size_bytes: 1,
            sent_bytes: 0,
            rate_bytes_per_sec: 0,
            stage,
        })
    }

    fn ids(listing: &Listing, rows: &[Arc<UploadRow>]) -> Vec<u64> {
        (0..listing.len())
            .filter_map(|place| Some(rows.get(listing.position(place)?)?.id.0))
            .collect()
    }

    #[test]
    fn the_newest_batch_is_first_and_keeps_the_order_given() {
        let rows = [1, 2, 3, 4].map(|id| row(id, id / 3, Stage::Waiting));
        let mut listing = Listing::default();
        listing.renew(&[], &rows);
        assert_eq!(ids(&listing, &rows), [3, 4, 1, 2]);
        assert_eq!(listing.place(UploadId(1)), Some(2));
    }

    #[test]
    fn only_what_changed_is_looked_at_and_the_order_stays() {
        let before = [1, 2].map(|id| row(id, 1, Stage::Waiting));
        let mut listing = Listing::default();
        listing.renew(&[], &before);
        let generation = listing.generation();
        let after = [Arc::clone(&before[0]), row(2, 1, Stage::Sending)];
        let (changed, order_before) = listing.renew(&before, &after);
        assert_eq!(changed.iter().map(|row| row.id.0).collect::<Vec<_>>(), [2]);
        assert_eq!(order_before, None);
        assert_eq!(listing.generation(), generation);
    }

    #[test]
    fn what_is_held_counted_down_or_interrupted_is_known_without_looking_for_it() {
        let held = Stage::Held {
            remaining: Duration::from_secs(2),
        };
        let before = [row(1, 1, held.clone()), row(2, 1, held), row(3, 1, Stage::Interrupted)];
        let mut listing = Listing::default();
        listing.renew(&[], &before);
        assert_eq!(listing.held(BatchId(1)).map(|(number, _)| number), Some(2));
        assert_eq!(listing.interrupted(), 1);
        assert!(listing.counts_down());

        let after = [row(1, 1, Stage::Waiting), row(3, 1, Stage::Waiting)];
        listing.renew(&before, &after);
        assert_eq!(listing.held(BatchId(1)), None);
        assert_eq!(listing.interrupted(), 0);
        assert!(!listing.counts_down());
    }
}
