//! Files on their way into the list: expanded and queued on disk, or taken over from a process that has ended; one after the
//! other so that the order is kept.

use super::expand::{Expanded, expand};
use super::queue::Report;
use super::store_thread::StoreThread;
use super::{AddRequest, AdoptRequest};
use crate::store::{QueueRow, QueuedFile};
use tokio::sync::mpsc;

/// What is to be taken in.
#[derive(Debug)]
pub(super) enum Request {
    Add(Box<AddRequest>),
    Adopt(AdoptRequest),
}

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
    mut requests: mpsc::UnboundedReceiver<Request>,
    store: StoreThread,
    reports: mpsc::UnboundedSender<Report>,
) {
    while let Some(request) = requests.recv().await {
        let report = match request {
            Request::Add(request) => Report::Added(Box::new(take_in(*request, &store).await)),
            Request::Adopt(request) => Report::Adopted(request, adopt(&store).await),
        };
        if reports.send(report).is_err() {
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
