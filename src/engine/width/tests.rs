//! Simulated lines: what one carries at a width is a function, perhaps with noise.

use super::{LEAST, MOST, Width};

/// Deterministic, uniform in -1 .. 1.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 30) - 1.0
    }
}

/// The widths of so many windows, on a line that carries `carries(width)`.
fn widths(width: &mut Width, windows: usize, mut carries: impl FnMut(usize) -> f64) -> Vec<usize> {
    (0..windows)
        .map(|_| {
            let now = width.now();
            assert!((LEAST..=MOST).contains(&now), "{now}");
            width.measured(carries(now));
            now
        })
        .collect()
}

fn mean(widths: &[usize]) -> f64 {
    widths.iter().sum::<usize>() as f64 / widths.len() as f64
}

const MIB: f64 = 1024.0 * 1024.0;
/// What a connection carries a second: of one that is slow, and of one that keeps a processor busy.
const THIN: f64 = 4.0 * MIB;
const FAST: f64 = 200.0 * MIB;

/// Each connection carries as much, up to what the line carries as a whole.
fn saturating_at(connections: usize, each: f64) -> impl Fn(usize) -> f64 {
    move |width| width.min(connections) as f64 * each
}

#[test]
fn a_line_of_slow_connections_is_opened_in_three_windows_and_stays_open() {
    let mut width = Width::new(MOST);
    let widths = widths(&mut width, 200, saturating_at(usize::MAX, THIN));
    assert_eq!(widths[..8], [6, 12, 16, 16, 16, 16, 16, 16]);
    assert!(mean(&widths) > 15.5, "{widths:?}");
}

#[test]
fn a_line_of_slow_connections_is_opened_whatever_its_buffers_make_of_the_first_windows() {
    for first in [[THIN, 50.0 * THIN, THIN], [50.0 * THIN, THIN, 9.0 * THIN]] {
        let mut width = Width::new(MOST);
        for rate in first {
            width.measured(rate.min(6.0 * 15.0 * MIB));
        }
        assert_eq!(width.now(), MOST, "{first:?}");
    }
}

#[test]
fn a_line_that_three_connections_fill_is_left_to_three_or_four() {
    for (each, opened) in [(FAST, [6, 12, 6]), (THIN, [6, 12, 16])] {
        let mut width = Width::new(MOST);
        let widths = widths(&mut width, 300, saturating_at(3, each));
        assert_eq!(
            widths[..3],
            opened,
            "a doubling of much that does not help is taken back"
        );
        let narrow = widths.iter().position(|width| *width <= 4);
        assert!(narrow.is_some_and(|at| at < 50), "{widths:?}");
        let settled = &widths[80..];
        assert!((2.9..=3.6).contains(&mean(settled)), "{settled:?}");
        let carried: f64 = settled.iter().map(|width| saturating_at(3, each)(*width)).sum();
        assert!(carried > 0.97 * 3.0 * each * settled.len() as f64, "{settled:?}");
    }
}

#[test]
fn a_line_that_more_connections_slow_down_gets_few() {
    // Two processors, and everything on this machine.
    let carries = |width: usize| 1e9 - 3e7 * width.abs_diff(3) as f64;
    let mut width = Width::new(MOST);
    let settled = &widths(&mut width, 200, carries)[40..];
    assert!((2.0..=4.2).contains(&mean(settled)), "{settled:?}");
}

#[test]
fn noise_of_a_fifth_neither_closes_a_line_that_grows_nor_opens_one_that_is_full() {
    for seed in 0..20 {
        let mut random = Noise(seed);
        let mut noisy = |rate: f64| rate * (1.0 + 0.2 * random.next());
        let mut width = Width::new(MOST);
        let grows = widths(&mut width, 300, |width| noisy(saturating_at(usize::MAX, THIN)(width)));
        assert!(mean(&grows) > 12.0, "{seed}: {} {grows:?}", mean(&grows));
        let mut width = Width::new(MOST);
        let full = widths(&mut width, 300, |width| noisy(saturating_at(3, FAST)(width)));
        let carried: f64 = full.iter().map(|width| saturating_at(3, FAST)(*width)).sum();
        assert!(carried > 0.93 * 3.0 * FAST * full.len() as f64, "{seed}: {full:?}");
        assert!(mean(&full[100..]) < 7.0, "{seed}: {} {full:?}", mean(&full[100..]));
    }
}

#[test]
fn a_store_that_asks_to_slow_down_is_asked_by_half_as_many_and_not_soon_by_more() {
    let mut width = Width::new(MOST);
    widths(&mut width, 6, saturating_at(usize::MAX, THIN));
    assert_eq!(width.now(), 16);
    width.throttled();
    assert_eq!(width.now(), 8);
    width.throttled();
    assert_eq!(width.now(), 4);
    (0..5).for_each(|_| width.throttled());
    assert_eq!(width.now(), LEAST);
    let after = widths(&mut width, 40, saturating_at(usize::MAX, THIN));
    assert!(after.iter().all(|width| *width == LEAST), "{after:?}");
    // It forgives in the end.
    let later = widths(&mut width, 300, saturating_at(usize::MAX, THIN));
    assert_eq!(later.last(), Some(&MOST), "{later:?}");
}

#[test]
fn a_store_that_throttles_above_eight_is_not_pushed_there_all_the_time() {
    let mut width = Width::new(MOST);
    let (mut refused, windows) = (0, 1000);
    for _ in 0..windows {
        if width.now() > 8 {
            refused += 1;
            width.throttled();
        }
        width.measured(saturating_at(8, THIN)(width.now()));
    }
    assert!(refused < windows / 40, "{refused}");
    assert!(width.now() >= 4);
}

#[test]
fn a_line_that_changes_is_found_out() {
    let mut width = Width::new(MOST);
    widths(&mut width, 100, saturating_at(3, FAST));
    let now = widths(&mut width, 250, saturating_at(usize::MAX, FAST));
    assert!(now.iter().rev().take(20).all(|width| *width >= 12), "{now:?}");
    let then = widths(&mut width, 400, saturating_at(4, THIN));
    assert!(mean(&then[350..]) < 6.0, "{then:?}");
}

#[test]
fn a_store_that_may_have_eight_never_gets_more() {
    let mut width = Width::new(8);
    let widths = widths(&mut width, 100, saturating_at(usize::MAX, THIN));
    assert_eq!(widths.iter().max(), Some(&8));
    assert_eq!(Width::new(1).most(), LEAST);
}
