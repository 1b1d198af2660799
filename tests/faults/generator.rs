//! Faults drawn by a seed: the same seed gives the same faults to the same request of the same file.

use crate::support::fault_server::{Canned, Fault, Junk, Lost, Operation, Request, Then};
use std::time::Duration;

/// splitmix64, seeded by a number and a text.
///
/// Source: <https://prng.di.unimi.it/splitmix64.c>
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64, text: &str) -> Self {
        let mut random = Self(seed);
        for byte in text.bytes() {
            // Mixed through: a seed and a text that are alike must not cancel each other.
            random.0 = random.next() ^ u64::from(byte);
        }
        random
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[usize::try_from(self.below(choices.len() as u64)).unwrap()].clone()
    }

    pub(super) fn bytes(&mut self, length: usize) -> Vec<u8> {
        let words = std::iter::repeat_with(|| self.next().to_le_bytes());
        words.take(length.div_ceil(8)).flatten().take(length).collect()
    }

    fn millis(&mut self, end: u64) -> Duration {
        Duration::from_millis(self.below(end))
    }
}

/// How a campaign draws.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weather {
    pub(super) seed: u64,
    /// Also faults that cost half a minute and more each.
    pub(super) with_silence: bool,
}

impl Weather {
    /// What happens to a request.
    pub(super) fn fault(self, request: &Request) -> Fault {
        let key = request.object_key.as_deref().unwrap_or_default();
        // A key may be made unique by random letters; the file's own name is the same each time.
        let name = file_name(key);
        // How hard it gets is the upload's fate.
        let percent = Random::new(self.seed, name).one_of(&[0, 25, 25, 50, 50, 50, 70, 97]);
        let about = format!("{name} {:?} {}", request.operation, request.turn);
        let mut random = Random::new(self.seed, &about);
        if request.operation.carries_file() || request.operation.makes_object() {
            if !random.chance(percent) {
                return Fault::None;
            }
            self.of_write(&mut random, request.content_length, request.operation)
        } else if random.chance(percent / 2) {
            of_read(&mut random)
        } else {
            Fault::None
        }
    }

    fn of_write(self, random: &mut Random, length: u64, operation: Operation) -> Fault {
        // S3 has begun its answer by then, and has nothing else to say it with.
        if operation == Operation::CompleteUpload && random.chance(10) {
            return Fault::Answer(Canned::s3(200, "InternalError", "We encountered an internal error."));
        }
        if self.with_silence && random.chance(2) {
            return random.one_of(&[Fault::Stall { after: length / 3 }, Fault::LostAnswer(Lost::Silence)]);
        }
        let after = random.below(length + 1);
        let drawn = random.below(100);
        match drawn {
            0..6 => Fault::Reset { after: 0 },
            6..16 => Fault::Reset { after },
            16..18 => Fault::Outage(random.millis(500)),
            18..26 => Fault::Early {
                after,
                answer: canned(random),
                then: Then::Close,
            },
            26..34 => Fault::Early {
                after,
                answer: canned(random),
                then: Then::ReadOn,
            },
            34..37 => Fault::Trickle(random.millis(2000)),
            37..40 => Fault::TrickledAnswer(random.millis(2000)),
            40..58 => Fault::Answer(canned(random)),
            58..61 => Fault::Answer(elsewhere(random)),
            61..69 => Fault::WrongChecksum,
            69..77 => Fault::Truncated,
            77..87 => Fault::LostAnswer(random.one_of(&[Lost::Reset, Lost::Close])),
            87..91 => cut_answer(random),
            91..95 => Fault::CutXml(random.one_of(&[Canned::slow_down(), Canned::request_timeout()])),
            _ => junk(random),
        }
    }
}

fn of_read(random: &mut Random) -> Fault {
    match random.below(6) {
        0 => Fault::Reset { after: 0 },
        // Who may not look (403) cannot know its own object, and rather makes a second one than overwrite a stranger's.
        1 => Fault::Answer(passing(random)),
        2 => Fault::LostAnswer(Lost::Reset),
        3 => cut_answer(random),
        4 => Fault::TrickledAnswer(random.millis(500)),
        _ => junk(random),
    }
}

/// Of a write: now and then what no other try would mend.
fn canned(random: &mut Random) -> Canned {
    if random.chance(8) {
        Canned::s3(403, "AccessDenied", "Access Denied")
    } else {
        passing(random)
    }
}

fn passing(random: &mut Random) -> Canned {
    let canned = random.one_of(&[
        Canned::plain(500),
        Canned::plain(502),
        Canned::plain(503),
        Canned::plain(504),
        Canned::s3(
            500,
            "InternalError",
            "We encountered an internal error. Please try again.",
        ),
        Canned::s3(502, "BadGateway", "Bad gateway"),
        Canned::s3(503, "ServiceUnavailable", "Please reduce your request rate."),
        Canned::s3(504, "GatewayTimeout", "The gateway did not receive a timely response."),
        Canned::slow_down(),
        Canned::slow_down(),
        Canned::request_timeout(),
        Canned::bad_digest(),
    ]);
    if random.chance(25) {
        canned.with_header("Retry-After", random.one_of(&["0", "1", "2"]))
    } else {
        canned
    }
}

fn elsewhere(random: &mut Random) -> Canned {
    Canned::elsewhere(
        random.one_of(&[301, 307]),
        random.one_of(&["us-east-1", "eu-west-1", "ap-northeast-2"]),
    )
}

fn cut_answer(random: &mut Random) -> Fault {
    Fault::CutAnswer {
        after: random.one_of(&[0, 5, 60, 200, 400]),
    }
}

fn junk(random: &mut Random) -> Fault {
    Fault::Junk {
        kind: random.one_of(&[Junk::Headers, Junk::LongHeader, Junk::Body]),
        bytes: 1 << 30,
    }
}

/// `…/12-3.bin` and `…/12-3-x7k2p.bin` are both of `12-3`.
pub(super) fn file_name(object_key: &str) -> &str {
    let last = object_key.rsplit('/').next().unwrap_or_default();
    let stem = last.split('.').next().unwrap_or_default();
    let mut dashes = stem.match_indices('-').map(|(at, _)| at);
    match dashes.nth(1) {
        Some(second) => &stem[..second],
        None => stem,
    }
}

#[test]
fn a_seed_gives_the_same_faults_each_time() {
    let weather = Weather {
        seed: 7,
        with_silence: true,
    };
    let drawn = |seed| {
        let mut random = Random::new(seed, &format!("{seed}-2"));
        let faults = (0..200).map(|_| weather.of_write(&mut random, 1000, Operation::PostObject));
        faults.collect::<Vec<_>>()
    };
    assert_eq!(drawn(7), drawn(7));
    assert_ne!(drawn(7), drawn(8));
    assert_eq!(file_name("x/1-2-abcde.bin"), "1-2");
    assert_eq!(file_name("x/1-2.bin"), "1-2");
}
