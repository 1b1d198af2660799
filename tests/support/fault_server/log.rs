//! What has gone over the wire, request by request.

use super::fault::{Fault, Lost};
use super::request::{Operation, Request};
use std::sync::Mutex;

/// One request and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) operation: Operation,
    pub(crate) object_key: Option<String>,
    pub(crate) upload_id: Option<String>,
    /// [`Fault::kind`].
    pub(crate) fault: &'static str,
    /// The fault is that nothing comes any more.
    pub(crate) is_silent: bool,
    /// The fault found something to do.
    pub(crate) applied: bool,
    /// As announced.
    pub(crate) content_length: u64,
    /// Bytes of the body that came.
    pub(crate) body_bytes: u64,
    /// What the store said.
    pub(crate) store_status: Option<u16>,
    /// The store's own answer went back, whole and unchanged, with this status.
    pub(crate) told: Option<u16>,
    /// Bytes of junk that were taken.
    pub(crate) junk_bytes: u64,
    /// Nothing more comes of it.
    pub(crate) ended: bool,
    /// Requests that had no answer when it began, itself included.
    pub(crate) at_once: usize,
}

impl Exchange {
    /// The client has been told, truly, that the store has this.
    pub(crate) fn is_proven(&self) -> bool {
        self.told.is_some_and(|status| (200..300).contains(&status))
    }

    /// The store has it, whatever the client knows of it.
    pub(crate) fn is_stored(&self) -> bool {
        self.store_status.is_some_and(|status| (200..300).contains(&status))
    }
}

/// All of them, in the order in which they began.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Vec<Exchange>>);

impl Log {
    pub(super) fn begin(&self, request: &Request, fault: &Fault) -> usize {
        let mut exchanges = self.0.lock().unwrap();
        let is_open = |exchange: &&Exchange| !exchange.ended && exchange.store_status.is_none();
        let at_once = exchanges.iter().filter(is_open).count() + 1;
        exchanges.push(Exchange {
            operation: request.operation,
            object_key: request.object_key.clone(),
            upload_id: request.upload_id.clone(),
            fault: fault.kind(),
            is_silent: matches!(fault, Fault::Stall { .. } | Fault::LostAnswer(Lost::Silence)),
            applied: *fault != Fault::None,
            content_length: request.content_length,
            body_bytes: 0,
            store_status: None,
            told: None,
            junk_bytes: 0,
            ended: false,
            at_once,
        });
        exchanges.len() - 1
    }

    pub(super) fn change(&self, entry: usize, change: impl FnOnce(&mut Exchange)) {
        change(&mut self.0.lock().unwrap()[entry]);
    }

    pub(super) fn body_bytes(&self, entry: usize) -> u64 {
        self.0.lock().unwrap()[entry].body_bytes
    }

    /// As it is now.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.0.lock().unwrap().clone()
    }

    /// The same, when nothing more comes of any but those that wait in silence.
    pub(crate) fn settled(&self) -> Option<Vec<Exchange>> {
        let exchanges = self.exchanges();
        let settled = exchanges.iter().all(|exchange| exchange.ended || exchange.is_silent);
        settled.then_some(exchanges)
    }

    /// How many there are: where the next will be.
    pub(crate) fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// The most requests that were on their way at a time.
    pub(crate) fn most_at_once(&self) -> usize {
        let exchanges = self.0.lock().unwrap();
        exchanges
            .iter()
            .map(|exchange| exchange.at_once)
            .max()
            .unwrap_or_default()
    }

    /// Requests of one kind.
    pub(crate) fn of(&self, operation: Operation) -> Vec<Exchange> {
        let all = self.exchanges().into_iter();
        all.filter(|exchange| exchange.operation == operation).collect()
    }

    /// Bytes of files (and of the forms around them) that have come.
    pub(crate) fn file_bytes(&self) -> u64 {
        let exchanges = self.0.lock().unwrap();
        let carrying = exchanges.iter().filter(|exchange| exchange.operation.carries_file());
        carrying.map(|exchange| exchange.body_bytes).sum()
    }
}
