//! The printer itself: a receive buffer, a head that takes time, paper of a length, and a mouth.

use std::collections::VecDeque;

use super::commands::{self, Command};
use super::faults::Faults;
use super::mechanism::{Mechanism, Pending};
use super::realtime::{RealTime, Scanner};
use crate::bitmap::Bitmap;
use crate::profile::{Fence, Profile};

/// Rows made ahead of the head before the next command is taken from the buffer.
const ROWS_AHEAD: usize = 64;
/// A beginning of a real-time command after which nothing came for so long is data.
const SCAN_SILENCE_MS: u64 = 50;
/// Bytes behind a full buffer that are still looked through for real-time commands.
const OVERHANG_BYTES: usize = 4096;
/// How long a printer takes to wake up after its power went.
pub(super) const WAKE_MS: u64 = 1500;

/// What the printer is built like.
#[derive(Debug, Clone)]
pub struct Build {
    /// The model: head, ROM, cutter, answers.
    pub profile: Profile,
    /// Speed of the line.
    pub bytes_a_second: u32,
    /// Speed of the paper.
    pub speed_mm_s: u32,
    /// Size of the receive buffer.
    pub buffer_bytes: usize,
    /// Length of a new roll.
    pub roll_mm: u32,
    /// Length left at which the near-end sensor speaks.
    pub near_end_mm: u32,
}

impl Build {
    /// A printer as its profile says, with a roll of 80 m.
    #[must_use]
    pub fn of(profile: Profile) -> Self {
        Self {
            bytes_a_second: profile.line.baud / 10,
            speed_mm_s: profile.paper.speed_mm_s.into(),
            buffer_bytes: profile.line.buffer_bytes,
            roll_mm: 80_000,
            near_end_mm: 2000,
            profile,
        }
    }
}

/// A piece of paper that fell out.
pub struct Piece {
    /// What is on it.
    pub dots: Bitmap,
    /// The bytes it was printed from.
    pub raw: Vec<u8>,
    /// Not a whole slip: its beginning or end is missing.
    pub broken: bool,
}

impl Piece {
    /// Whether nothing stands on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.dots.ink_columns().is_none()
    }
}

/// The whole printer. Times are milliseconds since any moment, never going back.
pub struct Simulator {
    pub(super) build: Build,
    pub(super) faults: Faults,
    pub(super) paper_rows: u64,
    /// Whether a slip hangs in the mouth.
    pub(super) mouth: bool,
    pub(super) unknown: u32,
    pub(super) slips: u32,
    pub(super) parts: u32,
    pub(super) sheet: Piece,
    pieces: Vec<Piece>,
    pub(super) mechanism: Mechanism,
    scanner: Scanner,
    buffer: VecDeque<u8>,
    raw: Vec<u8>,
    pub(super) answers: VecDeque<(u64, Vec<u8>)>,
    pub(super) answered: u32,
    automatic: bool,
    told: [u8; 4],
    received_at_ms: u64,
    line_at_ms: u64,
    head_at_ms: u64,
}

impl Simulator {
    /// A printer just switched on, with a new roll.
    #[must_use]
    pub fn new(build: Build) -> Self {
        let mut simulator = Self {
            faults: Faults {
                no_clear: !build.profile.answers.clear,
                no_proof: build.profile.answers.fence != Fence::OnPaper,
                no_fence: build.profile.answers.fence == Fence::None,
                ..Faults::default()
            },
            paper_rows: 0,
            mouth: false,
            unknown: 0,
            slips: 0,
            parts: 0,
            sheet: blank(&build),
            pieces: Vec::new(),
            mechanism: Mechanism::new(&build.profile),
            scanner: Scanner::default(),
            buffer: VecDeque::new(),
            raw: Vec::new(),
            answers: VecDeque::new(),
            answered: 0,
            automatic: false,
            told: [0; 4],
            received_at_ms: 0,
            line_at_ms: 0,
            head_at_ms: 0,
            build,
        };
        simulator.paper_rows = simulator.rows_of(simulator.build.roll_mm);
        simulator
    }

    /// Rows of a length in millimetres.
    pub(super) fn rows_of(&self, length_mm: u32) -> u64 {
        u64::from(length_mm) * u64::from(self.build.profile.paper.dots_an_inch) * 10 / 254
    }

    pub(super) fn near_end_rows(&self) -> u64 {
        if self.build.profile.answers.near_end {
            self.rows_of(self.build.near_end_mm)
        } else {
            0
        }
    }

    /// Whether its cable is in.
    #[must_use]
    pub fn is_plugged(&self) -> bool {
        !self.faults.unplugged
    }

    /// Whether it has power.
    #[must_use]
    pub fn is_lit(&self) -> bool {
        self.faults.dark_until_ms.is_none()
    }

    /// How many bytes may come over the line now, at its speed and into the buffer.
    #[must_use]
    pub fn room(&self, now_ms: u64) -> usize {
        let elapsed_ms = now_ms.saturating_sub(self.line_at_ms).min(50);
        let speed = u64::from(self.build.bytes_a_second) * elapsed_ms / 1000;
        let free = (self.build.buffer_bytes + OVERHANG_BYTES).saturating_sub(self.buffer.len());
        usize::try_from(speed).unwrap_or(0).min(free)
    }

    /// Whether something has to be done soon although nothing arrives.
    #[must_use]
    pub fn is_busy(&self, now_ms: u64) -> bool {
        let stopped = self.faults.stops(self.paper_rows);
        !self.answers.is_empty()
            || now_ms.saturating_sub(self.received_at_ms) < 200
            || self.room(now_ms) == 0
            || (!stopped && (!self.mechanism.pending.is_empty() || !self.buffer.is_empty()))
    }

    /// Bytes arrived; none tells that the line is silent.
    pub fn receive(&mut self, now_ms: u64, bytes: &[u8]) {
        let mut data = Vec::new();
        if bytes.is_empty() {
            if now_ms.saturating_sub(self.received_at_ms) > SCAN_SILENCE_MS {
                self.scanner.silence(&mut data);
                self.buffer.extend(data);
            }
            return;
        }
        self.line_at_ms = now_ms;
        self.received_at_ms = now_ms;
        if !self.is_lit() {
            return;
        }
        for &byte in bytes {
            match self.scanner.push(byte, &mut data) {
                Some(RealTime::Status(20)) => self.tell_all(now_ms),
                Some(RealTime::Status(question)) => {
                    let near_end_rows = self.near_end_rows();
                    let answer = self
                        .faults
                        .real_time(question, self.paper_rows, near_end_rows);
                    self.answer(now_ms, vec![answer]);
                }
                Some(RealTime::Recover(_)) if !self.faults.cutter_jam => {}
                Some(RealTime::Recover(way)) => {
                    self.faults.cutter_jam = false;
                    if way == 2 {
                        data.clear();
                        self.clear();
                    }
                }
                Some(RealTime::Clear) if self.faults.no_clear => {}
                Some(RealTime::Clear) => {
                    data.clear();
                    self.clear();
                    self.answer(now_ms, vec![0x37, 0x25, 0x00]);
                }
                None => {}
            }
        }
        self.buffer.extend(data);
    }

    fn clear(&mut self) {
        let unfinished =
            !self.buffer.is_empty() || !self.mechanism.pending.is_empty() || !self.raw.is_empty();
        self.buffer.clear();
        self.mechanism.clear();
        if self.sheet.dots.rows() > 0 && unfinished {
            self.sheet.raw = std::mem::take(&mut self.raw);
            self.sheet.broken = true;
        }
        self.raw.clear();
    }

    /// The power goes: everything not yet on paper is forgotten.
    pub(super) fn darken(&mut self, until_ms: u64) {
        self.clear();
        self.scanner = Scanner::default();
        self.answers.clear();
        self.automatic = false;
        self.faults.dark_until_ms = Some(until_ms);
    }

    /// Lets the mechanism work up to now.
    pub fn work(&mut self, now_ms: u64) {
        if self.faults.pass(now_ms) && self.faults.notice {
            self.answer(now_ms, vec![0x3B, 0x31, 0x00]);
        }
        let rows_a_second = self.rows_of(self.build.speed_mm_s).max(1);
        let elapsed_ms = now_ms.saturating_sub(self.head_at_ms);
        let mut rows = rows_a_second * elapsed_ms / 1000;
        if rows > 0 {
            self.head_at_ms = now_ms;
        }
        rows = rows.min(rows_a_second / 10);
        while !self.faults.stops(self.paper_rows) {
            self.take_commands(now_ms);
            match self.mechanism.pending.front() {
                None => break,
                Some(Pending::Row(_)) if rows == 0 => break,
                Some(Pending::Cut(_)) if self.faults.jam_at_cut => {
                    self.faults.jam_at_cut = false;
                    self.faults.cutter_jam = true;
                    break;
                }
                Some(_) => {}
            }
            match self.mechanism.pending.pop_front() {
                Some(Pending::Row(row)) => {
                    rows -= 1;
                    self.sheet.dots.append_row(&row);
                    self.paper_rows -= 1;
                    self.faults.burned();
                }
                Some(Pending::Cut(raw)) => self.cut(raw),
                Some(Pending::OnPaper(id)) => {
                    let [first, second, third, fourth] = id;
                    self.answer(now_ms, vec![0x37, 0x22, first, second, third, fourth, 0x00]);
                }
                None => break,
            }
        }
        let state = self.faults.automatic(self.paper_rows, self.near_end_rows());
        if self.automatic && self.is_lit() && state != self.told {
            self.answer(now_ms, state.to_vec());
        }
        self.told = state;
    }

    fn cut(&mut self, raw: Vec<u8>) {
        let mut piece = std::mem::replace(&mut self.sheet, blank(&self.build));
        if !piece.broken {
            piece.raw = raw;
        }
        self.mouth |= piece.dots.rows() > 0;
        self.lay(piece);
    }

    /// Somebody tears off what hangs out.
    pub(super) fn tear(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        self.cut(raw);
        self.sheet.broken = self.buffered() > 0;
    }

    /// Lets a piece fall out; a blank scrap does not count.
    pub(super) fn lay(&mut self, piece: Piece) {
        if piece.is_blank() {
        } else if piece.broken {
            self.parts += 1;
        } else {
            self.slips += 1;
        }
        if piece.dots.rows() > 0 {
            self.pieces.push(piece);
        }
    }

    /// The pieces that fell out since the last call, in order.
    pub fn take_pieces(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.pieces)
    }

    /// The piece that is still inside.
    #[must_use]
    pub fn inside(&self) -> &Piece {
        &self.sheet
    }

    fn take_commands(&mut self, now_ms: u64) {
        while self.mechanism.pending.len() < ROWS_AHEAD {
            let Some((command, length)) = commands::parse(self.buffer.make_contiguous()) else {
                return;
            };
            let bytes = self.buffer.drain(..length);
            self.raw.extend(bytes);
            match command {
                Command::TellInOrder(_) if self.faults.no_fence => {}
                Command::TellInOrder(_) => {
                    let near = self.paper_rows <= self.near_end_rows();
                    self.answer(now_ms, vec![if near { 0x03 } else { 0x00 }]);
                }
                Command::TellOnPaper(_) if self.faults.no_proof => {}
                Command::Automatic(n) => {
                    self.automatic = n != 0;
                    if self.automatic {
                        let state = self.faults.automatic(self.paper_rows, self.near_end_rows());
                        self.answer(now_ms, state.to_vec());
                    }
                }
                Command::Identify(n) => self.identify(now_ms, n),
                Command::Unknown => self.unknown += 1,
                command => self.mechanism.obey(command, &mut self.raw),
            }
        }
    }

    /// A new roll: what was printed on the old one falls out, what is in the buffer prints on.
    pub(super) fn load_paper(&mut self) {
        if self.paper_rows == 0 {
            let unfinished = self.buffered() > 0;
            let mut piece = std::mem::replace(&mut self.sheet, blank(&self.build));
            piece.broken = true;
            self.lay(piece);
            self.sheet.broken = unfinished;
        }
        self.paper_rows = self.rows_of(self.build.roll_mm);
    }

    /// Bytes and rows in the buffer that are not yet on paper.
    #[must_use]
    pub fn buffered(&self) -> usize {
        self.buffer.len() + self.mechanism.pending.len()
    }
}

fn blank(build: &Build) -> Piece {
    Piece {
        dots: Bitmap::white(build.profile.width().dots(), 0),
        raw: Vec::new(),
        broken: false,
    }
}
