//! The machine against a printer made of a few lines: what is sent, and what is said about it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::job::Grade;
use crate::journal::Entry;

const PIECES: usize = 12;
const PIECE_BYTES: usize = 1800;

/// A printer and its line, and everything that happened.
struct Bench {
    machine: Machine,
    now_ms: u64,
    status: [u8; 4],
    proves: bool,
    clears: bool,
    /// Works through what it gets; a printer without paper does not.
    works: bool,
    unworked: VecDeque<Vec<u8>>,
    worked_pieces: Vec<usize>,
    sent_pieces: Vec<usize>,
    events: Vec<Event>,
    most_ahead_bytes: usize,
}

const READY: [u8; 4] = [0x16, 0x12, 0x12, 0x12];
const NO_PAPER: [u8; 4] = [0x1E, 0x32, 0x12, 0x7E];

impl Bench {
    fn new() -> Self {
        Self::of(Profile::default())
    }

    /// A printer whose buffer cannot be emptied.
    fn keeping() -> Self {
        let mut profile = Profile::default();
        profile.answers.clear = false;
        let mut bench = Self::of(profile);
        bench.clears = false;
        bench
    }

    fn of(profile: Profile) -> Self {
        let mut bench = Self {
            machine: Machine::new(profile, None),
            now_ms: 0,
            status: READY,
            proves: true,
            clears: true,
            works: true,
            unworked: VecDeque::new(),
            worked_pieces: Vec::new(),
            sent_pieces: Vec::new(),
            events: Vec::new(),
            most_ahead_bytes: 0,
        };
        bench.input(Input::Tick);
        bench.run(3000);
        assert_eq!(bench.events, [Event::Status(PrinterStatus::Ready)]);
        bench
    }

    fn print(&mut self, job: u64) {
        // Each piece carries its number, so that a second sending is seen.
        let pieces = (0..PIECES)
            .map(|number| vec![number as u8; PIECE_BYTES])
            .collect();
        self.input(Input::Print {
            job: JobId(job),
            pieces,
        });
    }

    fn run(&mut self, duration_ms: u64) {
        let end = self.now_ms + duration_ms;
        while self.now_ms < end {
            self.now_ms += 5;
            if self.works
                && let Some(bytes) = self.unworked.pop_front()
            {
                self.work(&bytes);
            }
            self.input(Input::Tick);
        }
    }

    fn run_until_sent(&mut self, pieces: usize) {
        while self.sent_pieces.len() < pieces {
            self.run(5);
        }
    }

    fn input(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            for effect in self.machine.step(self.now_ms, input) {
                match effect {
                    Effect::Open => inputs.push_back(Input::Opened { answers: true }),
                    Effect::Close | Effect::Note(_, Entry::Ended(_)) => {}
                    Effect::Note(_, Entry::Begun) => inputs.push_back(Input::Noted),
                    Effect::Tell(event) => self.events.push(event),
                    Effect::Write(bytes) => {
                        inputs.push_back(Input::Written);
                        inputs.extend(self.hear(bytes));
                    }
                }
            }
        }
    }

    fn hear(&mut self, bytes: Vec<u8>) -> Option<Input> {
        match bytes.as_slice() {
            [0x10, 0x04, question] => {
                let byte = self.status[usize::from(*question) - 1];
                return Some(Input::Answer(Answer::RealTime(byte)));
            }
            CLEAR if self.clears => {
                self.unworked.clear();
                return Some(Input::Answer(Answer::Cleared));
            }
            CLEAR => {}
            _ => {
                if bytes.len() == PIECE_BYTES {
                    self.sent_pieces.push(usize::from(bytes[0]));
                }
                self.unworked.push_back(bytes);
                let ahead = self.unworked.iter().map(Vec::len).sum();
                self.most_ahead_bytes = self.most_ahead_bytes.max(ahead);
            }
        }
        None
    }

    fn work(&mut self, bytes: &[u8]) {
        match bytes {
            [0x1D, b'r', 1] => self.input(Input::Answer(Answer::InOrder(0))),
            [0x1D, b'(', b'H', .., a, b, c, d] if self.proves => {
                self.input(Input::Answer(Answer::OnPaper([*a, *b, *c, *d])));
            }
            _ if bytes.len() == PIECE_BYTES => self.worked_pieces.push(usize::from(bytes[0])),
            _ => {}
        }
    }

    fn stopped(&self) -> (JobId, Cause, bool) {
        match self.last() {
            Event::Stopped {
                job,
                cause,
                cleared,
                ..
            } => (job, cause, cleared),
            other => panic!("not stopped: {other:?}"),
        }
    }

    fn last(&self) -> Event {
        *self.events.last().unwrap()
    }
}

/// Protects the smallest printer's memory and the order of a slip: pieces go out once, in order,
/// never more than the window ahead, and the proof ends the slip.
#[test]
fn a_slip_goes_out_once_and_in_order() {
    let mut bench = Bench::new();
    bench.print(7);
    bench.run(20_000);
    assert_eq!(bench.worked_pieces, (0..PIECES).collect::<Vec<_>>());
    assert!(
        bench.most_ahead_bytes <= 4096 + 32,
        "{} ahead",
        bench.most_ahead_bytes
    );
    let finished = Event::Finished {
        job: JobId(7),
        grade: Grade::Printed,
    };
    assert_eq!(bench.last(), finished);
}

/// Protects "asked before": without paper not one byte of the slip goes out, and printing again is safe.
#[test]
fn nothing_is_sent_to_a_printer_that_is_not_ready() {
    let mut bench = Bench::new();
    // The paper ended after the last round of questions: nobody knows yet.
    bench.status = NO_PAPER;
    bench.print(1);
    bench.run(3000);
    assert!(bench.sent_pieces.is_empty());
    assert_eq!(bench.stopped(), (JobId(1), Cause::PaperEnd, true));
}

/// Protects "never two slips": the paper ends in the middle; with the printer's proof the slip is over,
/// and not one piece of it goes out after the refill.
#[test]
fn a_cleared_slip_never_goes_on() {
    let mut bench = Bench::new();
    bench.print(1);
    bench.run_until_sent(4);
    (bench.works, bench.status) = (false, NO_PAPER);
    bench.run(5000);
    assert_eq!(bench.stopped(), (JobId(1), Cause::PaperEnd, true));
    let sent = bench.sent_pieces.len();
    assert!(sent > 0 && sent < PIECES);
    (bench.works, bench.status) = (true, READY);
    bench.run(5000);
    assert_eq!(bench.sent_pieces.len(), sent);
}

/// Protects printers without that proof: the slip is held, goes on after the refill, and each piece
/// was sent exactly once.
#[test]
fn a_held_slip_goes_on_where_it_stopped() {
    let mut bench = Bench::keeping();
    bench.print(1);
    bench.run_until_sent(4);
    (bench.works, bench.status) = (false, NO_PAPER);
    bench.run(10_000);
    let held = Event::Held {
        job: JobId(1),
        cause: Cause::PaperEnd,
    };
    assert_eq!(bench.last(), held);
    (bench.works, bench.status) = (true, READY);
    bench.run(20_000);
    assert_eq!(bench.worked_pieces, (0..PIECES).collect::<Vec<_>>());
    assert!(
        matches!(bench.last(), Event::Finished { .. }),
        "{:?}",
        bench.last()
    );
}

/// Protects against a proof that never came: whether the printer forgot the slip or prints the rest of
/// it nobody can tell, so the slip is neither finished nor safe to print again, and no piece goes out.
#[test]
fn without_the_proof_asked_for_a_slip_is_unknown() {
    let mut bench = Bench::new();
    bench.clears = false;
    bench.print(1);
    bench.run_until_sent(4);
    (bench.works, bench.status) = (false, NO_PAPER);
    bench.run(10_000);
    let sent = bench.sent_pieces.len();
    (bench.works, bench.status) = (true, READY);
    bench.run(20_000);
    assert_eq!(bench.stopped(), (JobId(1), Cause::PaperEnd, false));
    assert_eq!(bench.sent_pieces.len(), sent);
    // Its answer, far too late, proves nothing for the next slip.
    bench.clears = true;
    bench.print(2);
    bench.run(20_000);
    let finished = Event::Finished {
        job: JobId(2),
        grade: Grade::Printed,
    };
    assert_eq!(bench.last(), finished);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    /// Protects every slip from every order of events: each accepted slip has at most one end, no
    /// piece of it goes out twice or after its end, and with the printer well again all have one.
    #[test]
    fn each_slip_has_one_end(happenings in proptest::collection::vec((0_u8..11, 1_u64..3000), 1..40)) {
        let mut bench = Bench::new();
        let mut jobs = 0;
        for (what, duration_ms) in happenings {
            match what {
                0 | 1 => {
                    jobs += 1;
                    bench.print(jobs);
                }
                2 => (bench.works, bench.status) = (false, NO_PAPER),
                3 => (bench.works, bench.status) = (true, READY),
                4 => bench.clears = !bench.clears,
                5 => bench.proves = !bench.proves,
                6 => {
                    bench.unworked.clear();
                    bench.input(Input::Lost);
                }
                7 => bench.input(Input::Answer(Answer::InOrder(0))),
                8 => bench.input(Input::Answer(Answer::RealTime(0x1E))),
                9 => bench.status = [0x1E, 0x16, 0x12, 0x12],
                _ => bench.input(Input::AskStatus),
            }
            bench.run(duration_ms);
        }
        (bench.works, bench.status, bench.clears) = (true, READY, true);
        bench.run(200_000);
        for job in 1..=jobs {
            let ends = bench.events.iter().filter(|event| {
                matches!(event, Event::Finished { job: JobId(id), .. } | Event::Stopped { job: JobId(id), .. } if *id == job)
            });
            prop_assert_eq!(ends.count(), 1, "slip {} of {}: {:?}", job, jobs, bench.events);
        }
        let finished = bench.events.iter().filter(|event| matches!(event, Event::Finished { .. })).count();
        let last_pieces = bench.sent_pieces.iter().filter(|&&piece| piece == PIECES - 1).count();
        prop_assert!(finished <= last_pieces, "finished without having been sent");
        prop_assert!(last_pieces <= usize::try_from(jobs).unwrap());
    }
}
