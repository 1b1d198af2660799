//! Whether a process sleeps: how often its threads have run is counted, no time is measured.

use super::process::Process;
use super::wait;
use std::fs;
use std::time::Duration;

/// Longer than any thread of a library waits that looks again and again.
const LONG_ENOUGH: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(90);

/// Waits until no thread of `process` has run for a while.
pub(crate) fn await_asleep(process: &Process) {
    wait::until("all of its threads to sleep", PATIENCE, || {
        let before = switches(process.id());
        std::thread::sleep(LONG_ENOUGH);
        (switches(process.id()) == before).then_some(())
    });
}

/// How often each thread has given the processor back, and what it is called.
fn switches(process_id: u32) -> Vec<(String, u64)> {
    let threads = fs::read_dir(format!("/proc/{process_id}/task")).unwrap();
    let statuses = threads.filter_map(|thread| fs::read_to_string(thread.unwrap().path().join("status")).ok());
    let mut switches: Vec<_> = statuses
        .map(|status| {
            let value = |name: &str| {
                let line = status.lines().find_map(|line| line.strip_prefix(name));
                line.unwrap_or_default().trim().to_owned()
            };
            (value("Name:"), value("voluntary_ctxt_switches:").parse().unwrap())
        })
        .collect();
    switches.sort();
    switches
}
