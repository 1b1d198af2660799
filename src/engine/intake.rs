//! Files on their way into the list: expanded, queued on disk, one drop after the other so that the order is kept.

use super::AddRequest;
use super::expand::{Expanded, expand};
use super::queue::Report;
use super::store_thread::StoreThread;
use crate::store::{QueueRow, QueuedFile};
use tokio::sync::mpsc;

/// A drop, ready for the list.
#[derive(Debug)]
pub(super) struct Added {
    pub(super) request: AddRequest,
    pub(super) files: Vec<AddedFile>,
}

/// A file, with its row of the queue on disk where there is one.
#[derive(Debug)]
pub(super) struct AddedFile {
    pub(super) expanded: Expanded,
    pub(super) queue_id: Option<i64>,
}

/// What a process that has ended left, with the sizes of now.
#[derive(Debug)]
pub(super) struct Adopted {
    pub(super) row: QueueRow,
    pub(super) size_bytes: u64,
}

/// Takes drops in until there are no more.
pub(super) async fn run(
    mut requests: mpsc::UnboundedReceiver<AddRequest>,
    adopt_interrupted: bool,
    store: StoreThread,
    reports: mpsc::UnboundedSender<Report>,
) {
    if adopt_interrupted && reports.send(Report::Adopted(adopt(&store).await)).is_err() {
        return;
    }
    while let Some(request) = requests.recv().await {
        let added = take_in(request, &store).await;
        if reports.send(Report::Added(Box::new(added))).is_err() {
            return;
        }
    }
}

async fn adopt(store: &StoreThread) -> Vec<Adopted> {
    let rows = store
        .ask(super::store_thread::Desk::adopt_interrupted)
        .await
        .unwrap_or_default();
    let sized = tokio::task::spawn_blocking(|| rows.into_iter().map(with_size).collect());
    sized.await.unwrap_or_default()
}

fn with_size(row: QueueRow) -> Adopted {
    let size_bytes = std::fs::metadata(&row.file.path).map_or(0, |metadata| metadata.len());
    Adopted { row, size_bytes }
}

async fn take_in(request: AddRequest, store: &StoreThread) -> Added {
    let paths = request.paths.clone();
    let expanded = tokio::task::spawn_blocking(move || expand(&paths))
        .await
        .unwrap_or_default();
    let queued: Vec<QueuedFile> = expanded
        .iter()
        .filter(|file| file.size_bytes.is_ok())
        .map(|file| QueuedFile {
            path: file.path.clone(),
            dir: file.dir.clone(),
            destination: request.destination.clone(),
        })
        .collect();
    let ids = store.ask(move |desk| desk.enqueue(&queued)).await.unwrap_or_default();
    let mut ids = ids.into_iter();
    let files = expanded
        .into_iter()
        .map(|expanded| AddedFile {
            queue_id: expanded.size_bytes.as_ref().ok().and_then(|_| ids.next().flatten()),
            expanded,
        })
        .collect();
    Added { request, files }
}
