//! One slot of the virtual reader: a `virtual-card` driven over its control socket, and a record of
//! what happened in it.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::error::LoadError;
use crate::readers::clock;
use crate::readers::service::{PATIENCE, PORTS};

/// One thing the slot told, and when (`CLOCK_MONOTONIC`, nanoseconds).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) at_ns: u64,
    pub(crate) words: String,
}

/// A slot; its card is out when it is dropped.
pub(crate) struct Slot {
    program: Child,
    commands: BufReader<UnixStream>,
    /// The client that is told events.
    events: UnixStream,
    answers: Arc<AtomicU64>,
    told: Arc<Mutex<Vec<Told>>>,
}

impl Slot {
    /// Starts the program for the slot of this number, without a card.
    pub(crate) fn start(program: &Path, number: usize, folder: &Path) -> Result<Self, LoadError> {
        let socket = folder.join(format!("slot-{number}"));
        let child = Command::new(program)
            .args(["--empty", "--port", &PORTS[number].to_string(), "--control"])
            .arg(&socket)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|source| LoadError::Program {
                program: "virtual-card",
                source: Some(source),
            })?;
        let commands = connect(&socket)?;
        let mut events = connect(&socket)?;
        let told = Arc::new(Mutex::new(Vec::new()));
        say(&mut events, "events timed")?;
        let writer = events.get_ref().try_clone();
        let writer = writer.map_err(|source| LoadError::Program {
            program: "virtual-card",
            source: Some(source),
        })?;
        let answers = Arc::new(AtomicU64::new(0));
        let (record, answered) = (Arc::clone(&told), Arc::clone(&answers));
        let named = std::thread::Builder::new().name("bench-events".to_owned());
        let reader = named.spawn(move || {
            for line in events.lines().map_while(Result::ok) {
                if let Some((words, at)) = line.rsplit_once(" @")
                    && let Ok(at_ns) = at.parse()
                {
                    let words = words.to_owned();
                    let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
                    record.push(Told { at_ns, words });
                } else {
                    answered.fetch_add(1, Ordering::AcqRel);
                }
            }
        });
        reader.map_err(|source| LoadError::Program {
            program: "virtual-card",
            source: Some(source),
        })?;
        Ok(Self {
            program: child,
            commands,
            events: writer,
            answers,
            told,
        })
    }

    /// Gives a command that must be understood.
    pub(crate) fn order(&mut self, command: &str) -> Result<(), LoadError> {
        let answer = say(&mut self.commands, command)?;
        if answer.starts_with("ok") {
            Ok(())
        } else {
            Err(LoadError::Own {
                what: "virtual-card refused a command",
            })
        }
    }

    /// Gives a command that may come too late, because the card went by itself.
    pub(crate) fn try_order(&mut self, command: &str) -> Result<(), LoadError> {
        say(&mut self.commands, command).map(|_| ())
    }

    /// What it told so far, in order, and everything that came of the orders given.
    pub(crate) fn told(&self) -> Vec<Told> {
        // Its answer on the same connection comes after all it had to tell.
        let before = self.answers.load(Ordering::Acquire);
        if writeln!(&self.events, "status").is_ok() {
            clock::until(PATIENCE, || self.answers.load(Ordering::Acquire) > before);
        }
        self.told
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Forgets what it told.
    pub(crate) fn forget(&self) {
        self.told
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn connect(socket: &Path) -> Result<BufReader<UnixStream>, LoadError> {
    let mut stream = None;
    clock::until(PATIENCE, || {
        stream = UnixStream::connect(socket).ok();
        stream.is_some()
    });
    stream.map(BufReader::new).ok_or(LoadError::Program {
        program: "virtual-card",
        source: None,
    })
}

fn say(client: &mut BufReader<UnixStream>, command: &str) -> Result<String, LoadError> {
    let failed = |source| LoadError::Program {
        program: "virtual-card",
        source: Some(source),
    };
    client
        .get_mut()
        .set_read_timeout(Some(Duration::from_secs(120)))
        .and_then(|()| writeln!(client.get_mut(), "{command}"))
        .map_err(failed)?;
    let mut answer = String::new();
    client.read_line(&mut answer).map_err(failed)?;
    client.get_mut().set_read_timeout(None).map_err(failed)?;
    Ok(answer)
}
