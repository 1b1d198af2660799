//! Whose turn comes: first come, first served; whoever goes to a store that cannot be reached is passed by.

use crate::engine::UploadId;
use crate::store::DestinationKind;
use std::collections::{BTreeSet, HashMap};

/// Uploads that wait for their turn, by where they go.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    by_kind: HashMap<DestinationKind, BTreeSet<UploadId>>,
}

impl Waiting {
    /// It waits from now on.
    pub(super) fn join(&mut self, upload: UploadId, to: &DestinationKind) {
        if let Some(waiting) = self.by_kind.get_mut(to) {
            waiting.insert(upload);
        } else {
            self.by_kind.insert(to.clone(), BTreeSet::from([upload]));
        }
    }

    /// It does not wait any more.
    pub(super) fn leave(&mut self, upload: UploadId, to: &DestinationKind) {
        let Some(waiting) = self.by_kind.get_mut(to) else {
            return;
        };
        waiting.remove(&upload);
        if waiting.is_empty() {
            self.by_kind.remove(to);
        }
    }

    /// The first of those that go elsewhere than to the `lost`.
    pub(super) fn first(&self, lost: &[&DestinationKind]) -> Option<UploadId> {
        let reached = self.by_kind.iter().filter(|(to, _)| !lost.contains(to));
        reached.filter_map(|(_, waiting)| waiting.first().copied()).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(bucket: &str) -> DestinationKind {
        DestinationKind::Account {
            profile: None,
            bucket: bucket.to_owned(),
            region: None,
            endpoint_url: None,
        }
    }

    #[test]
    fn whoever_goes_elsewhere_passes_by_those_whose_store_cannot_be_reached() {
        let (a, b) = (to("a"), to("b"));
        let mut waiting = Waiting::default();
        for (id, to) in [(3, &b), (1, &a), (2, &a), (4, &b)] {
            waiting.join(UploadId(id), to);
        }
        assert_eq!(waiting.first(&[]), Some(UploadId(1)));
        assert_eq!(waiting.first(&[&a]), Some(UploadId(3)));
        assert_eq!(waiting.first(&[&a, &b]), None);
        waiting.leave(UploadId(3), &b);
        waiting.leave(UploadId(1), &a);
        assert_eq!(waiting.first(&[]), Some(UploadId(2)));
        assert_eq!(waiting.first(&[&a]), Some(UploadId(4)));
    }
}
