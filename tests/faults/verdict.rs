//! What a campaign has seen, as a table.

use super::generator::file_name;
use crate::support::fault_server::Exchange;
use dropslot::engine::Failure;
use std::collections::{BTreeMap, HashSet};
use std::fmt;

#[derive(Debug, Default)]
pub(super) struct Report {
    seed: u64,
    pub(super) uploads: usize,
    pub(super) done_at_once: usize,
    pub(super) done_on_retry: usize,
    pub(super) lost: usize,
    pub(super) falsely_done: usize,
    pub(super) stuck: usize,
    /// Sent again after the client had been told that it is stored.
    repeated: usize,
    requests: usize,
    faults: BTreeMap<&'static str, usize>,
    failures: BTreeMap<&'static str, usize>,
    problems: Vec<String>,
}

impl Report {
    pub(super) fn of(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }

    pub(super) fn problem(&mut self, what: String) {
        self.problems.push(what);
    }

    /// What went over the wire for each file about which there is a problem.
    pub(super) fn explain(&mut self, exchanges: &[Exchange]) {
        let names: HashSet<&str> = self.problems.iter().filter_map(|what| what.split(' ').next()).collect();
        let about = exchanges.iter().filter(|exchange| {
            let key = exchange.object_key.as_deref().unwrap_or_default();
            names.contains(file_name(key))
        });
        let lines: Vec<String> = about
            .map(|exchange| {
                format!(
                    "  {} {} {:?}: {}, the store said {:?}, the client was told {:?}",
                    exchange.object_key.as_deref().unwrap_or_default(),
                    exchange.upload_id.as_deref().unwrap_or_default(),
                    exchange.operation,
                    exchange.fault,
                    exchange.store_status,
                    exchange.told
                )
            })
            .collect();
        self.problems.extend(lines);
    }

    pub(super) fn note_failure(&mut self, failure: &Failure) {
        *self.failures.entry(failure.code.name()).or_default() += 1;
    }

    /// Faults by kind, and what was sent although it had been proven.
    pub(super) fn count(&mut self, exchanges: &[Exchange]) {
        let mut proven = HashSet::new();
        self.requests += exchanges.len();
        for exchange in exchanges {
            if exchange.applied {
                *self.faults.entry(exchange.fault).or_default() += 1;
            }
            let operation = exchange.operation;
            if !operation.carries_file() && !operation.makes_object() {
                continue;
            }
            let Some(key) = &exchange.object_key else { continue };
            let part = (key, Some((operation, &exchange.upload_id)));
            let whole = (key, None);
            if proven.contains(&part) || proven.contains(&whole) {
                self.repeated += 1;
                let name = file_name(key);
                self.problems.push(format!("{name} was sent again after it was proven"));
            }
            if exchange.is_proven() {
                proven.insert(if operation.makes_object() { whole } else { part });
            }
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.uploads += other.uploads;
        self.done_at_once += other.done_at_once;
        self.done_on_retry += other.done_on_retry;
        self.lost += other.lost;
        self.falsely_done += other.falsely_done;
        self.stuck += other.stuck;
        self.repeated += other.repeated;
        self.requests += other.requests;
        for (kind, count) in other.faults {
            *self.faults.entry(kind).or_default() += count;
        }
        for (code, count) in other.failures {
            *self.failures.entry(code).or_default() += count;
        }
        self.problems.extend(other.problems);
    }

    /// Fails the test where anything was lost, wrong, stuck or repeated.
    #[track_caller]
    pub(super) fn assert_clean(&self) {
        assert!(
            self.problems.is_empty() && self.stuck == 0,
            "seed {}: {} stuck, and {:#?}",
            self.seed,
            self.stuck,
            self.problems
        );
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let injected: usize = self.faults.values().sum();
        let (seed, uploads, requests) = (self.seed, self.uploads, self.requests);
        writeln!(
            formatter,
            "seed {seed}: {uploads} uploads, {requests} requests, {injected} faults"
        )?;
        for (kind, count) in &self.faults {
            writeln!(formatter, "  {count:6} × {kind}")?;
        }
        for (code, count) in &self.failures {
            writeln!(formatter, "  {count:6} failed, retryable: {code}")?;
        }
        write!(
            formatter,
            "RESULT seed={seed} uploads={uploads} faults={injected} done={} failed-then-done={} lost={} falsely-done={} stuck={} repeated={}",
            self.done_at_once, self.done_on_retry, self.lost, self.falsely_done, self.stuck, self.repeated
        )
    }
}
