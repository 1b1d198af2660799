//! Parts uploads that nobody has finished: listed, and discarded where that is asked for.

use super::Checkup;
use super::findings::Step;
use crate::cli::problem::Problem;
use crate::engine::failure::UnfinishedReason;
use crate::engine::{Command, Event, Failure, Reason, UnfinishedList, UnfinishedUpload};
use serde_json::{Value, json};
use std::ops::ControlFlow::{Break, Continue};

/// So many are named on a line; `--json` names all.
const NAMED: usize = 5;
const MIB: u64 = 1024 * 1024;

impl Checkup {
    pub(super) async fn unfinished(&mut self, abort: bool) -> Result<(), Problem> {
        if !self.destination.kind.is_signed_here() {
            return self
                .findings
                .skipped(Step::Unfinished, "only who signs for the bucket can look");
        }
        self.order(Command::ListUnfinished(Box::new(self.destination.clone())))?;
        let listed = self.until(|event| match event {
            Event::UnfinishedListed { listed, .. } => Break(listed),
            other => Continue(other),
        });
        match listed.await? {
            Ok(list) if list.uploads.is_empty() => self.findings.ok(Step::Unfinished, "no parts lie about"),
            Ok(list) if abort => self.abort(list).await,
            Ok(list) => {
                let hint = "--abort-unfinished deletes their parts, which cost money; another machine may still be sending them";
                self.findings
                    .list(Step::Unfinished, &in_words(&list), hint, as_json(&list))
            }
            Err(failure) => self.not_seen(&failure),
        }
    }

    /// An upload needs no permission to look for others.
    fn not_seen(&mut self, failure: &Failure) -> Result<(), Problem> {
        let Reason::Unfinished(UnfinishedReason::ListDenied { .. } | UnfinishedReason::StoreKnowsNone) = failure.reason
        else {
            return self.findings.failed(Step::Unfinished, failure);
        };
        let text = failure.english();
        self.findings.note(Step::Unfinished, &text.what, &text.hint)
    }

    /// Those that a file of this machine's queue goes on with stay.
    async fn abort(&mut self, list: UnfinishedList) -> Result<(), Problem> {
        let (stay, go): (Vec<_>, Vec<_>) = list.uploads.into_iter().partition(|upload| upload.is_resumable);
        self.order(Command::AbortUnfinished {
            destination: Box::new(self.destination.clone()),
            uploads: go,
        })?;
        let ended = self.until(|event| match event {
            Event::UnfinishedAborted { aborted, failure, .. } => Break((aborted, failure)),
            other => Continue(other),
        });
        let (aborted, failure) = ended.await?;
        if let Some(failure) = failure {
            return self.findings.failed(Step::Unfinished, &failure);
        }
        let stay = match stay.len() {
            0 => String::new(),
            1 => "; one stays, which this machine's queue can go on with".to_owned(),
            stay => format!("; {stay} stay, which this machine's queue can go on with"),
        };
        let told = format!("parts deleted of {}{stay}", counted(aborted));
        self.findings.ok(Step::Unfinished, &told)
    }
}

/// `2 unfinished uploads: a/b.iso (started 2026-11-26 10:00, 1200 MiB), c.iso (started …)`
fn in_words(list: &UnfinishedList) -> String {
    let zone = jiff::tz::TimeZone::system();
    let one = |upload: &UnfinishedUpload| {
        let started = upload.started.map(|at| {
            let at = at.to_zoned_datetime(zone.clone());
            format!("started {}", at.strftime("%Y-%m-%d %H:%M"))
        });
        let size = upload.size_bytes.map(|bytes| format!("{} MiB", bytes.div_ceil(MIB)));
        let ours = upload
            .is_resumable
            .then(|| "this machine's queue can go on with it".to_owned());
        let facts: Vec<String> = [started, size, ours].into_iter().flatten().collect();
        format!("{} ({})", upload.object_key, facts.join(", "))
    };
    let mut named: Vec<String> = list.uploads.iter().take(NAMED).map(one).collect();
    let more = list.uploads.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    let at_least = if list.is_cut { "more than " } else { "" };
    format!("{at_least}{}: {}", counted(list.uploads.len()), named.join(", "))
}

fn counted(number: usize) -> String {
    match number {
        1 => "1 unfinished upload".to_owned(),
        number => format!("{number} unfinished uploads"),
    }
}

fn as_json(list: &UnfinishedList) -> Value {
    let one = |upload: &UnfinishedUpload| {
        json!({
            "object_key": upload.object_key,
            "upload_id": upload.upload_id,
            "started": upload.started.map(|at| at.to_string()),
            "size_bytes": upload.size_bytes,
            "resumable": upload.is_resumable,
        })
    };
    json!({"uploads": list.uploads.iter().map(one).collect::<Vec<_>>()})
}
