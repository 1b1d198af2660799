//! Files on their way into the list: expanded and queued on disk, or taken over from a process that has ended; one after the
//! other so that the order is kept.

use super::expand::{Expanded, expand};
use super::queue::Report;
use super::store_thread::StoreThread;
use super::{AddRequest, AdoptRequest};
use crate::store::{QueueRow, QueuedFile};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// Files of a drop's first piece.
const FIRST_PIECE: usize = 32;
/// A piece is a commit, and a report to the queue's task, which does nothing else meanwhile.
const LARGEST_PIECE: usize = 1024;
/// A piece is sent after this long, however few files it has.
const PIECE_TAKES: Duration = Duration::from_millis(100);
/// Pieces found before they are on the list.
const PIECES_AHEAD: usize = 2;

/// What is to be taken in.
#[derive(Debug)]
pub(super) enum Request {
    Add(Box<AddRequest>),
    Adopt(AdoptRequest),
}

/// A drop, or as much of it as has been found by now, ready for the list.
#[derive(Debug)]
pub(super) struct Added {
    /// Without its paths.
    pub(super) request: Arc<AddRequest>,
    pub(super) files: Vec<AddedFile>,
    /// Whether the first of the drop is among them.
    pub(super) is_first: bool,
    /// Whether no more of the drop follow.
    pub(super) is_last: bool,
    /// The watch that has found them.
    pub(super) watch: Option<Arc<str>>,
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
        let heard = match request {
            Request::Add(request) => take_in(*request, &store, &reports).await,
            Request::Adopt(request) => reports.send(Report::Adopted(request, adopt(&store).await)).is_ok(),
        };
        if !heard {
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

/// What was found of a drop at a time.
#[derive(Debug, Default)]
struct Piece {
    files: Vec<Expanded>,
    is_first: bool,
    is_last: bool,
}

/// Folders are walked while their first files already go. Whether anybody still listens.
async fn take_in(mut request: AddRequest, store: &StoreThread, reports: &mpsc::UnboundedSender<Report>) -> bool {
    let paths = std::mem::take(&mut request.paths);
    let request = Arc::new(request);
    let (found, mut pieces) = mpsc::channel(PIECES_AHEAD);
    let walk =
        tokio::task::spawn_blocking(move || in_pieces(expand(paths), |piece| found.blocking_send(piece).is_ok()));
    let mut ended = false;
    while let Some(piece) = pieces.recv().await {
        ended = piece.is_last;
        let added = queued(Arc::clone(&request), piece, store).await;
        if reports.send(Report::Added(Box::new(added))).is_err() {
            return false;
        }
    }
    if let Err(error) = walk.await {
        tracing::error!(%error, "a folder was not walked to its end");
    }
    if ended {
        return true;
    }
    // What has been found goes, and the drop has an end.
    let nothing = Piece {
        is_last: true,
        ..Piece::default()
    };
    let added = queued(request, nothing, store).await;
    reports.send(Report::Added(Box::new(added))).is_ok()
}

/// Pieces that grow, for the first file is to go at once and a hundred thousand are not to take a hundred thousand commits;
/// but none takes long: a slow disk's files go as they are found.
fn in_pieces(files: impl Iterator<Item = Expanded>, mut send: impl FnMut(Piece) -> bool) {
    let mut files = files.peekable();
    let (mut is_first, mut most) = (true, FIRST_PIECE);
    loop {
        let begun = Instant::now();
        let mut piece = Piece {
            files: Vec::new(),
            is_first,
            is_last: false,
        };
        while piece.files.len() < most && (piece.files.is_empty() || begun.elapsed() < PIECE_TAKES) {
            let Some(file) = files.next() else { break };
            piece.files.push(file);
        }
        piece.is_last = files.peek().is_none();
        let is_last = piece.is_last;
        if !send(piece) || is_last {
            return;
        }
        is_first = false;
        most = (most * 2).min(LARGEST_PIECE);
    }
}

/// On disk before anybody sees them.
async fn queued(request: Arc<AddRequest>, piece: Piece, store: &StoreThread) -> Added {
    let Piece {
        files,
        is_first,
        is_last,
    } = piece;
    let queued: Vec<QueuedFile> = files
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
    let files = files.into_iter().map(|expanded| AddedFile {
        queue_id: expanded.size_bytes.as_ref().ok().and_then(|_| ids.next().flatten()),
        expanded,
    });
    Added {
        files: files.collect(),
        request,
        is_first,
        is_last,
        watch: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces_of(files: usize) -> Vec<(usize, bool, bool)> {
        let file = |number: usize| Expanded {
            path: format!("/{number}").into(),
            dir: String::new(),
            size_bytes: Ok(1),
        };
        let mut pieces = Vec::new();
        in_pieces((0..files).map(file), |piece| {
            pieces.push((piece.files.len(), piece.is_first, piece.is_last));
            true
        });
        pieces
    }

    #[test]
    fn a_large_drop_comes_in_pieces_of_which_one_is_the_first_and_one_the_last() {
        assert_eq!(pieces_of(0), [(0, true, true)], "an empty drop ends too");
        assert_eq!(pieces_of(1), [(1, true, true)]);
        assert_eq!(pieces_of(FIRST_PIECE), [(FIRST_PIECE, true, true)]);
        assert_eq!(
            pieces_of(FIRST_PIECE + 1),
            [(FIRST_PIECE, true, false), (1, false, true)]
        );
        let many = pieces_of(100_000);
        assert_eq!(many.iter().map(|(files, ..)| files).sum::<usize>(), 100_000);
        assert!(many.len() < 200, "{}", many.len());
        let (first, last) = (many.iter().filter(|piece| piece.1), many.iter().filter(|piece| piece.2));
        assert_eq!((first.count(), last.count()), (1, 1));
    }

    #[test]
    fn a_walk_that_nobody_waits_for_ends() {
        let mut seen = 0;
        let endless = std::iter::repeat_with(|| Expanded {
            path: "/".into(),
            dir: String::new(),
            size_bytes: Ok(1),
        });
        in_pieces(endless, |_| {
            seen += 1;
            seen < 3
        });
        assert_eq!(seen, 3);
    }
}
