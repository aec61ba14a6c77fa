//! The printer itself: a receive buffer, a head that takes time, paper of a length, and a mouth.

use std::collections::VecDeque;
use std::io;
use std::path::Path;

use crate::commands::{self, Command};
use crate::faults::Faults;
use crate::mechanism::{Mechanism, Pending};
use crate::realtime::{RealTime, Scanner};
use crate::sheet::{Sheet, Tray};

/// Rows made ahead of the head before the next command is taken from the buffer.
const ROWS_AHEAD: usize = 64;
/// A beginning of a real-time command after which nothing came for so long is data.
const SCAN_SILENCE_MS: u64 = 50;
/// Bytes behind a full buffer that are still looked through for real-time commands.
const OVERHANG_BYTES: usize = 4096;

/// What the printer is built like.
pub(crate) struct Settings {
    pub(crate) head_dots: usize,
    pub(crate) bytes_a_second: u32,
    pub(crate) rows_a_second: u32,
    pub(crate) buffer_bytes: usize,
    pub(crate) roll_rows: u64,
    pub(crate) near_end_rows: u64,
}

/// The whole printer.
pub(crate) struct Engine {
    pub(crate) settings: Settings,
    pub(crate) faults: Faults,
    pub(crate) paper_rows: u64,
    pub(crate) tray: Tray,
    /// Whether a slip hangs in the mouth.
    pub(crate) mouth: bool,
    pub(crate) unknown: u32,
    sheet: Sheet,
    mechanism: Mechanism,
    scanner: Scanner,
    buffer: VecDeque<u8>,
    raw: Vec<u8>,
    answers: VecDeque<(u64, Vec<u8>)>,
    answered: u32,
    automatic: bool,
    told: [u8; 4],
    received_at_ms: u64,
    line_at_ms: u64,
    head_at_ms: u64,
}

impl Engine {
    pub(crate) fn new(settings: Settings, folder: &Path) -> io::Result<Self> {
        Ok(Self {
            faults: Faults::default(),
            paper_rows: settings.roll_rows,
            tray: Tray::new(folder)?,
            mouth: false,
            unknown: 0,
            sheet: Sheet::new(settings.head_dots),
            mechanism: Mechanism::new(settings.head_dots)?,
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
            settings,
        })
    }

    /// How many bytes may come over the line now, at its speed and into the buffer.
    pub(crate) fn room(&self, now_ms: u64) -> usize {
        let elapsed_ms = now_ms.saturating_sub(self.line_at_ms).min(50);
        let speed = u64::from(self.settings.bytes_a_second) * elapsed_ms / 1000;
        let free = (self.settings.buffer_bytes + OVERHANG_BYTES).saturating_sub(self.buffer.len());
        usize::try_from(speed).unwrap_or(0).min(free)
    }

    /// Whether something has to be done soon although nothing arrives.
    pub(crate) fn is_busy(&self, now_ms: u64) -> bool {
        let stopped = self.faults.stops(self.paper_rows);
        !self.answers.is_empty()
            || now_ms.saturating_sub(self.received_at_ms) < 200
            || self.room(now_ms) == 0
            || (!stopped && (!self.mechanism.pending.is_empty() || !self.buffer.is_empty()))
    }

    /// Bytes arrived.
    pub(crate) fn receive(&mut self, now_ms: u64, bytes: &[u8]) {
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
        for &byte in bytes {
            match self.scanner.push(byte, &mut data) {
                Some(RealTime::Status(question)) => {
                    let answer = self.faults.real_time(
                        question,
                        self.paper_rows,
                        self.settings.near_end_rows,
                    );
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

    /// Lets the mechanism work up to now.
    pub(crate) fn work(&mut self, now_ms: u64) -> io::Result<()> {
        let elapsed_ms = now_ms.saturating_sub(self.head_at_ms);
        let mut rows = u64::from(self.settings.rows_a_second) * elapsed_ms / 1000;
        if rows > 0 {
            self.head_at_ms = now_ms;
        }
        rows = rows.min(u64::from(self.settings.rows_a_second) / 10);
        while !self.faults.stops(self.paper_rows) {
            self.take_commands(now_ms);
            match self.mechanism.pending.front() {
                None => break,
                Some(Pending::Row(_)) if rows == 0 => break,
                Some(_) => {}
            }
            match self.mechanism.pending.pop_front() {
                Some(Pending::Row(row)) => {
                    rows -= 1;
                    self.burn(&row);
                }
                Some(Pending::Cut(raw)) => self.cut(raw)?,
                Some(Pending::OnPaper(id)) => {
                    let [first, second, third, fourth] = id;
                    self.answer(now_ms, vec![0x37, 0x22, first, second, third, fourth, 0x00]);
                }
                None => break,
            }
        }
        let state = self
            .faults
            .automatic(self.paper_rows, self.settings.near_end_rows);
        if self.automatic && state != self.told {
            self.answer(now_ms, state.to_vec());
        }
        self.told = state;
        Ok(())
    }

    fn burn(&mut self, row: &[u8]) {
        self.sheet.dots.append_row(row);
        self.paper_rows -= 1;
        if let Some(left) = &mut self.faults.cover_after_rows {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.faults.cover_after_rows = None;
                self.faults.cover_open = true;
            }
        }
    }

    fn cut(&mut self, raw: Vec<u8>) -> io::Result<()> {
        let mut piece = self.sheet.take();
        if !piece.broken {
            piece.raw = raw;
        }
        self.mouth |= piece.dots.rows() > 0;
        self.tray.lay(&piece)
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
                    let near = self.paper_rows <= self.settings.near_end_rows;
                    self.answer(now_ms, vec![if near { 0x03 } else { 0x00 }]);
                }
                Command::TellOnPaper(_) if self.faults.no_proof => {}
                Command::Automatic(n) => {
                    self.automatic = n != 0;
                    let state = self
                        .faults
                        .automatic(self.paper_rows, self.settings.near_end_rows);
                    if self.automatic {
                        self.answer(now_ms, state.to_vec());
                    }
                }
                Command::Identify(n) => self.identify(now_ms, n),
                Command::Unknown => self.unknown += 1,
                command => self.mechanism.obey(command, &mut self.raw),
            }
        }
    }

    fn identify(&mut self, now_ms: u64, question: u8) {
        let text: &[u8] = match question {
            1 | 49 => return self.answer(now_ms, vec![0x20]),
            2 | 50 => return self.answer(now_ms, vec![0x02]),
            3 | 51 => return self.answer(now_ms, vec![0x01]),
            65 => b"1.00",
            66 => b"VIRTUAL",
            67 => b"VP-80",
            68 => b"0",
            _ => b"",
        };
        let mut block = vec![0x5F];
        block.extend_from_slice(text);
        block.push(0);
        self.answer(now_ms, block);
    }

    fn answer(&mut self, now_ms: u64, bytes: Vec<u8>) {
        self.answered += 1;
        if self.faults.mute || (self.faults.lossy && self.answered.is_multiple_of(2)) {
            return;
        }
        let due_ms = now_ms + self.faults.late_ms;
        if self.faults.stray {
            self.answers.push_back((due_ms, vec![0x1E]));
        }
        if self.faults.double {
            self.answers.push_back((due_ms, bytes.clone()));
        }
        self.answers.push_back((due_ms, bytes));
    }

    /// The answers due by now.
    pub(crate) fn answers(&mut self, now_ms: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while self
            .answers
            .front()
            .is_some_and(|(due_ms, _)| *due_ms <= now_ms)
        {
            bytes.extend(
                self.answers
                    .pop_front()
                    .into_iter()
                    .flat_map(|(_, answer)| answer),
            );
        }
        bytes
    }

    /// A new roll: what was printed on the old one falls out, what is in the buffer prints on.
    pub(crate) fn load_paper(&mut self) -> io::Result<()> {
        if self.paper_rows == 0 {
            let unfinished = !self.mechanism.pending.is_empty() || !self.buffer.is_empty();
            let mut piece = self.sheet.take();
            piece.broken = true;
            self.tray.lay(&piece)?;
            self.sheet.broken = unfinished;
        }
        self.paper_rows = self.settings.roll_rows;
        Ok(())
    }

    /// Bytes in the buffer that are not yet on paper.
    pub(crate) fn buffered(&self) -> usize {
        self.buffer.len() + self.mechanism.pending.len()
    }
}
