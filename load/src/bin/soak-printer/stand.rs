//! The terminal, the line and the printer on one clock that runs as fast as the processor.

use std::collections::VecDeque;

use printer::answer::Sorter;
use printer::machine::Input;
use printer::simulator::{Build, Piece, Simulator};

use crate::judge::{self, Verdict};
use crate::script::{Happening, Script};
use crate::terminal::Terminal;

/// Bytes a pseudo-terminal or a socket takes before it blocks.
const WIRE_BYTES: usize = 4096;
/// Steps of the clock while something moves, and the longest while nothing does.
const STEP_MS: u64 = 5;
const LONGEST_STEP_MS: u64 = 50;
/// A slip that is not through by then never will be.
const LIMIT_MS: u64 = 900_000;
/// How long the printer is watched after the last slip: what it kept must come now.
const AFTER_MS: u64 = 20_000;
/// When everything is mended.
const MENDED_MS: u64 = 20_000;
/// What mends every trouble.
const MENDING: [&str; 13] = [
    "cover never",
    "heat never",
    "paper load",
    "cover close",
    "cutter free",
    "cool",
    "power on",
    "plug",
    "speak",
    "lossy off",
    "stray off",
    "lose 0",
    "paper after 60000",
];

/// Runs a script and judges what came out.
pub(crate) fn run(script: &Script, tell: &mut dyn FnMut(&str)) -> Verdict {
    let mut stand = Stand::new(script);
    let mut happenings: VecDeque<_> = script.happenings.iter().cloned().collect();
    for line in MENDING {
        happenings.push_back((MENDED_MS, Happening::Printer(line.to_owned())));
    }
    happenings.push_back((MENDED_MS, Happening::Restart));
    let mut quiet_since_ms = None;
    while stand.now_ms < LIMIT_MS {
        while happenings
            .front()
            .is_some_and(|(at_ms, _)| *at_ms <= stand.now_ms)
        {
            if let Some((_, happening)) = happenings.pop_front() {
                stand.happen(&happening, script.leaves, tell);
            }
        }
        stand.step(tell);
        let through = happenings.is_empty() && stand.terminal.is_through();
        let since_ms = *quiet_since_ms.get_or_insert(stand.now_ms);
        if !through {
            quiet_since_ms = None;
        } else if stand.now_ms - since_ms > AFTER_MS {
            break;
        }
    }
    let mut pieces = stand.pieces;
    pieces.extend(stand.simulator.take_pieces());
    judge::judge(
        &stand.terminal.slips,
        pieces.iter().chain([stand.simulator.inside()]),
        script,
    )
}

struct Stand {
    now_ms: u64,
    simulator: Simulator,
    terminal: Terminal,
    sorter: Sorter,
    wire: VecDeque<u8>,
    heard_at_ms: u64,
    pieces: Vec<Piece>,
}

impl Stand {
    fn new(script: &Script) -> Self {
        let mut build = Build::of(script.profile.clone());
        build.bytes_a_second = script.bytes_a_second;
        build.buffer_bytes = script.buffer_bytes;
        let mut simulator = Simulator::new(build);
        for habit in &script.habits {
            simulator.obey(0, habit);
        }
        Self {
            now_ms: 0,
            simulator,
            terminal: Terminal::new(script.profile.clone(), script.bytes_a_second, &script.slips),
            sorter: Sorter::of(script.profile.answers.presenter),
            wire: VecDeque::new(),
            heard_at_ms: 0,
            pieces: Vec::new(),
        }
    }

    fn happen(&mut self, happening: &Happening, leaves: u8, tell: &mut dyn FnMut(&str)) {
        tell(&format!("{:6} ms {happening:?}", self.now_ms));
        match happening {
            Happening::Printer(line) => {
                self.simulator.obey(self.now_ms, line);
            }
            Happening::Kill if self.terminal.is_alive() => {
                // What the system had taken may still reach the printer, all of it or a part.
                let part = self.wire.len() * usize::from(leaves) / 255;
                self.terminal.kill();
                self.wire.truncate(part);
            }
            Happening::Kill => {}
            Happening::Restart => self.terminal.start(),
        }
    }

    fn step(&mut self, tell: &mut dyn FnMut(&str)) {
        let now_ms = self.now_ms;
        let plugged = self.simulator.is_plugged();
        if !plugged && self.terminal.connected {
            self.wire.clear();
            self.terminal.connected = false;
            self.terminal.input(now_ms, Input::Lost, plugged, tell);
        }
        self.terminal.want(now_ms, plugged, tell);
        self.carry(plugged, tell);
        self.simulator.work(now_ms);
        self.pieces.extend(self.simulator.take_pieces());
        let answers = self.simulator.answers(now_ms);
        if plugged && self.terminal.connected {
            if !answers.is_empty() {
                self.heard_at_ms = now_ms;
            } else if now_ms - self.heard_at_ms > 100 {
                self.sorter.silence();
            }
            for byte in answers {
                if let Some(answer) = self.sorter.push(byte) {
                    let input = Input::Answer(answer);
                    self.terminal.input(now_ms, input, plugged, tell);
                }
            }
        }
        self.terminal.input(now_ms, Input::Tick, plugged, tell);
        let moving = self.simulator.is_busy(now_ms) || !self.wire.is_empty();
        let step_ms = if moving {
            STEP_MS
        } else {
            let due_ms = self.terminal.due_ms().saturating_sub(now_ms);
            due_ms.clamp(STEP_MS, LONGEST_STEP_MS)
        };
        self.now_ms += step_ms;
    }

    /// Bytes from the terminal into the wire as it has room, and out of it as fast as the line is.
    fn carry(&mut self, plugged: bool, tell: &mut dyn FnMut(&str)) {
        while self.wire.len() < WIRE_BYTES {
            let Some(bytes) = self.terminal.writes.pop_front() else {
                break;
            };
            self.wire.extend(bytes);
            self.terminal
                .input(self.now_ms, Input::Written, plugged, tell);
        }
        let room = self.simulator.room(self.now_ms).min(self.wire.len());
        let bytes: Vec<u8> = if plugged {
            self.wire.drain(..room).collect()
        } else {
            Vec::new()
        };
        self.simulator.receive(self.now_ms, &bytes);
    }
}
