//! Lanes given and waited for; a line that is looked at as the queue does.

use super::state::SPARE;
use super::*;
use crate::engine::line::Request::{Alone, PartOf};
use crate::store::DestinationKind;
use futures_util::FutureExt as _;
use std::time::Duration;

fn fixed(lanes: usize) -> Arc<Line> {
    Arc::new(Line::new(Breadth::Fixed(lanes)))
}

fn found() -> Arc<Line> {
    Arc::default()
}

type Entering<'a> = std::pin::Pin<Box<dyn Future<Output = Lane> + 'a>>;

const FIRST: Request = PartOf(UploadId(1));
const SECOND: Request = PartOf(UploadId(2));

/// The lane, where there is one now.
fn enter(line: &Arc<Line>, request: Request) -> Option<Lane> {
    line.enter(request).now_or_never()
}

#[test]
fn a_fixed_number_is_never_exceeded_whoever_asks() {
    let line = fixed(2);
    let lanes = [enter(&line, FIRST).unwrap(), enter(&line, Alone).unwrap()];
    assert!(enter(&line, Alone).is_none());
    assert!(enter(&line, FIRST).is_none());
    drop(lanes);
    assert!(enter(&line, FIRST).is_some());
}

#[test]
fn who_does_not_wait_any_more_keeps_no_lane() {
    let line = fixed(1);
    let only = enter(&line, Alone).unwrap();
    let mut gone = [FIRST, Alone, SECOND].map(|request| Box::pin(line.enter(request)));
    for waiting in &mut gone {
        assert!(waiting.as_mut().now_or_never().is_none());
    }
    let mut waiting = Box::pin(line.enter(Alone));
    assert!(waiting.as_mut().now_or_never().is_none());
    // One of them has gone before a lane is free, the others after they were given it.
    let [first, second, third] = gone;
    drop(second);
    drop(only);
    drop((first, third));
    assert!(waiting.as_mut().now_or_never().is_some());
}

#[test]
fn the_parts_of_the_file_that_has_begun_first_go_first() {
    let line = fixed(1);
    let only = enter(&line, FIRST).unwrap();
    let [mut second, mut first] = [SECOND, FIRST].map(|request| Box::pin(line.enter(request)));
    assert!(second.as_mut().now_or_never().is_none() && first.as_mut().now_or_never().is_none());
    drop(only);
    assert!(second.as_mut().now_or_never().is_none());
    drop(first.as_mut().now_or_never().unwrap());
    assert!(second.as_mut().now_or_never().is_some());
}

#[test]
fn parts_and_small_files_take_turns() {
    let line = fixed(1);
    let only = enter(&line, FIRST).unwrap();
    let requests = [("part", FIRST), ("part", FIRST), ("form", Alone), ("form", Alone)];
    let mut waiting: Vec<(&str, Entering)> = Vec::new();
    for (name, request) in requests {
        let mut entering: Entering = Box::pin(line.enter(request));
        assert!(entering.as_mut().now_or_never().is_none());
        waiting.push((name, entering));
    }
    drop(only);
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let has_lane = |(_, enter): &mut (&str, Entering)| enter.as_mut().now_or_never().map(drop).is_some();
        let at = waiting.iter_mut().position(has_lane).unwrap();
        order.push(waiting.remove(at).0);
    }
    assert_eq!(order, ["form", "part", "form", "part"]);
}

#[test]
fn a_small_file_does_not_wait_for_the_end_of_a_part() {
    let line = found();
    let parts: Vec<Lane> = std::iter::from_fn(|| enter(&line, FIRST)).collect();
    assert_eq!(parts.len(), 6);
    let spare: Vec<Lane> = std::iter::from_fn(|| enter(&line, Alone)).collect();
    assert_eq!(spare.len(), SPARE);
}

/// A line on which more is always wanted, looked at every 50 ms while it carries so much a second at its width.
struct Busy {
    line: Arc<Line>,
    now: Instant,
}

impl Busy {
    fn new() -> Self {
        let busy = Self {
            line: found(),
            now: Instant::now(),
        };
        busy.line.state().round_trip = Duration::from_millis(80);
        busy
    }

    fn lanes(&self) -> usize {
        self.line.state().breadth.lanes()
    }

    fn run(&mut self, time: Duration, is_wanted: bool, bytes_per_sec: impl Fn(usize) -> u64) {
        let end = self.now + time;
        while self.now < end {
            self.now += Duration::from_millis(50);
            let bytes = bytes_per_sec(self.lanes()) / 20;
            self.line.carried_bytes().fetch_add(bytes, Ordering::Relaxed);
            self.line.state().is_wanted = is_wanted;
            self.line.look(self.now);
        }
    }
}

const MIB: u64 = 1024 * 1024;

#[test]
fn a_line_of_slow_connections_is_wide_within_a_second() {
    let mut busy = Busy::new();
    busy.run(Duration::from_millis(1100), true, |lanes| lanes as u64 * 4 * MIB);
    assert_eq!(busy.lanes(), width::MOST);
}

#[test]
fn nothing_is_found_out_while_nobody_wants_more() {
    let mut busy = Busy::new();
    busy.run(Duration::from_mins(1), false, |lanes| lanes as u64 * 4 * MIB);
    assert_eq!(busy.lanes(), 6);
}

#[test]
fn what_only_fills_buffers_is_waited_for() {
    let mut busy = Busy::new();
    busy.run(Duration::from_millis(1100), true, |_| MIB / 2);
    assert_eq!(busy.lanes(), 6, "half a MiB a second says nothing within a second");
}

#[test]
fn who_waits_gets_a_lane_as_soon_as_there_are_more() {
    let mut busy = Busy::new();
    let line = Arc::clone(&busy.line);
    let parts: Vec<Lane> = std::iter::from_fn(|| enter(&line, FIRST)).collect();
    let mut waiting = Box::pin(line.enter(FIRST));
    assert!(waiting.as_mut().now_or_never().is_none());
    busy.run(Duration::from_millis(600), false, |lanes| lanes as u64 * 4 * MIB);
    assert_eq!(busy.lanes(), 12);
    assert!(waiting.as_mut().now_or_never().is_some());
    drop(parts);
}

#[test]
fn a_store_that_asks_to_slow_down_gets_half_and_whoever_has_a_lane_keeps_it() {
    let line = found();
    let mut parts: Vec<Lane> = std::iter::from_fn(|| enter(&line, FIRST)).collect();
    line.throttled();
    while parts.len() > 3 {
        parts.pop();
        assert!(enter(&line, FIRST).is_none());
    }
    parts.pop();
    assert!(enter(&line, FIRST).is_some());
}

#[test]
fn what_a_person_fixes_holds_at_once_for_every_store() {
    let lines = Lines::new(None);
    let line = lines.of(&DestinationKind::Sandbox);
    let parts: Vec<Lane> = std::iter::from_fn(|| enter(&line, FIRST)).collect();
    let mut waiting = Box::pin(line.enter(FIRST));
    assert!(waiting.as_mut().now_or_never().is_none());
    lines.fix(Some(7));
    assert!(waiting.as_mut().now_or_never().is_some());
    assert_eq!((parts.len(), line.most()), (6, 7));
    lines.fix(None);
    assert_eq!(line.most(), width::MOST);
}
