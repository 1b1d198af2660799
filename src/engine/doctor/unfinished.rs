//! Parts uploads that nobody has finished: listed, and discarded where that is asked for.

use super::{Examination, Remark, Step};
use crate::engine::failure::UnfinishedReason;
use crate::engine::{Failure, Reason, UnfinishedList, unfinished};

impl Examination {
    pub(super) async fn look_for_unfinished(&mut self, abort: bool) {
        if !self.destination.kind.is_signed_here() {
            return self.skipped(Step::Unfinished, Remark::UnfinishedElsewhere);
        }
        self.begin(Step::Unfinished);
        match unfinished::listed(&self.destination, &self.workshop).await {
            Ok(list) if list.uploads.is_empty() => self.ok(Step::Unfinished, Remark::NoneUnfinished),
            Ok(list) if abort => self.abort(list).await,
            Ok(list) => self.note(Step::Unfinished, Remark::Unfinished(list)),
            Err(failure) if is_no_fault(&failure) => self.note(Step::Unfinished, failure),
            Err(failure) => self.failed(Step::Unfinished, failure),
        }
    }

    /// Those that a file of this machine's queue goes on with stay.
    async fn abort(&mut self, list: UnfinishedList) {
        let (stay, go): (Vec<_>, Vec<_>) = list.uploads.into_iter().partition(|upload| upload.is_resumable);
        let mut aborted = 0;
        let ended = unfinished::aborted_one_by_one(&self.destination, &go, &self.workshop, &mut aborted).await;
        match ended {
            Ok(()) => {
                let stay = stay.len();
                self.ok(Step::Unfinished, Remark::Aborted { aborted, stay });
            }
            Err(failure) => self.failed(Step::Unfinished, failure),
        }
    }
}

/// An upload needs no permission to look for others.
fn is_no_fault(failure: &Failure) -> bool {
    use crate::engine::Code;
    let unknown = matches!(failure.reason, Reason::Unfinished(UnfinishedReason::StoreKnowsNone));
    unknown || failure.code == Code::AccessDenied
}
