//! The reader's cable: a serial line to Debian's driver, and what becomes of it when it is pulled out.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::ccid::{Command, START};
use super::slot::{Slot, Waiting};

/// What a plug that comes out makes of an answer: the driver fails at once.
const NOISE: u8 = 0x00;
/// "Wait on": the driver begins its time anew.
const MORE_TIME: u8 = 0x80;
/// No command of a reading has this instruction.
const NONE: u8 = 0x00;

pub(super) struct Line {
    path: PathBuf,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    is_plugged: AtomicBool,
    pending: AtomicU8,
}

impl Line {
    /// A reader at the end of a line; it is played until the test ends.
    pub(super) fn lay() -> Self {
        let (ends, path) = Ends::open();
        let state = Arc::new(State::default());
        let played = Arc::clone(&state);
        std::thread::spawn(move || play(ends, &played));
        Self { path, state }
    }

    /// The driver's end.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn set_plugged(&self, is_plugged: bool) {
        self.state.is_plugged.store(is_plugged, Ordering::Release);
    }

    /// The instruction the card is working on.
    pub(super) fn pending(&self) -> Option<u8> {
        Some(self.state.pending.load(Ordering::Acquire)).filter(|pending| *pending != NONE)
    }
}

/// Both ends of the line: without a holder of the driver's end there would be no line between two plugs.
struct Ends {
    reader: File,
    _driver: File,
}

impl Ends {
    fn open() -> (Self, PathBuf) {
        let reader = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&reader).unwrap();
        unlockpt(&reader).unwrap();
        let name = ptsname(&reader, Vec::new()).unwrap();
        let path = Path::new(std::ffi::OsStr::from_bytes(name.to_bytes()));
        let driver = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(OFlags::NOCTTY.bits().try_into().unwrap())
            .open(path)
            .unwrap();
        let mut settings = tcgetattr(&driver).unwrap();
        settings.make_raw();
        tcsetattr(&driver, OptionalActions::Now, &settings).unwrap();
        let path = path.to_owned();
        let ends = Self {
            reader: reader.into(),
            _driver: driver,
        };
        (ends, path)
    }
}

fn play(mut ends: Ends, state: &State) {
    let mut slot = Slot::new();
    let mut received = Vec::new();
    loop {
        while let Some(command) = take_command(&mut received) {
            let answer = answer(&command, &mut slot, &mut ends.reader, state);
            let bytes = answer.unwrap_or_else(|| vec![NOISE]);
            ends.reader.write_all(&bytes).unwrap();
        }
        let mut buffer = [0; 1024];
        match ends.reader.read(&mut buffer) {
            Ok(length) => received.extend_from_slice(&buffer[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => panic!("the line broke: {error}"),
        }
    }
}

/// `None` where the cable is out, also when it is pulled while the card works.
fn answer(command: &Command, slot: &mut Slot, line: &mut File, state: &State) -> Option<Vec<u8>> {
    let is_plugged = || state.is_plugged.load(Ordering::Acquire);
    if is_plugged() {
        // This kind of reader sends every command back before its answer.
        line.write_all(&command.frame()).unwrap();
        let pending = command.instruction().unwrap_or(NONE);
        state.pending.store(pending, Ordering::Release);
        let answer = slot.answer(command, || {
            line.write_all(&[MORE_TIME]).unwrap();
            if is_plugged() {
                Waiting::GoOn
            } else {
                Waiting::GiveUp
            }
        });
        state.pending.store(NONE, Ordering::Release);
        if let Some(answer) = answer
            && is_plugged()
        {
            return Some(answer.frame());
        }
    }
    slot.lose_power();
    None
}

/// The next whole command; what came before its start is no command.
fn take_command(received: &mut Vec<u8>) -> Option<Command> {
    let start = received.windows(START.len()).position(|at| at == START)?;
    received.drain(..start);
    let (command, length) = Command::parse(received)?;
    received.drain(..length);
    Some(command)
}
