//! How many bytes of a file the wire has taken: of one request, of all that make up the upload, and of all on the line.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A request's count, which is part of its upload's. Clones count together.
#[derive(Clone, Debug, Default)]
pub struct SentBytes {
    request: Arc<AtomicU64>,
    upload: Arc<AtomicU64>,
    line: Arc<AtomicU64>,
}

impl SentBytes {
    /// For a request of the upload that counts in `upload`. `line` counts what was carried, also for nothing.
    #[must_use]
    pub fn part_of(upload: Arc<AtomicU64>, line: Arc<AtomicU64>) -> Self {
        Self {
            request: Arc::default(),
            upload,
            line,
        }
    }

    /// Of the request, since its last attempt began.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.request.load(Ordering::Relaxed)
    }

    /// An attempt begins: what the one before had sent does not count any more.
    pub(super) fn begin(&self) {
        let before = self.request.swap(0, Ordering::Relaxed);
        self.upload.fetch_sub(before, Ordering::Relaxed);
    }

    pub(super) fn took(&self, bytes: u64) {
        self.request.fetch_add(bytes, Ordering::Relaxed);
        self.upload.fetch_add(bytes, Ordering::Relaxed);
        self.line.fetch_add(bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_that_begins_anew_takes_its_bytes_back_from_the_upload() {
        let (upload, line) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let requests = [0, 1].map(|_| SentBytes::part_of(Arc::clone(&upload), Arc::clone(&line)));
        for (request, bytes) in requests.iter().zip([30, 12]) {
            request.begin();
            request.took(bytes);
        }
        assert_eq!(upload.load(Ordering::Relaxed), 42);
        for request in requests.iter().take(1) {
            request.begin();
            request.took(5);
            assert_eq!(request.bytes(), 5);
        }
        assert_eq!(upload.load(Ordering::Relaxed), 17);
        assert_eq!(line.load(Ordering::Relaxed), 47);
    }
}
