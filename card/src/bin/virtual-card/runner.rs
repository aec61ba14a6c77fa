//! The loop: waits for the reader, the clients and the time, and does what the slot says. One thread.

use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::card::{Card, Others};
use crate::command::{self, Command, CommandError};
use crate::control::{Client, Control, Timed};
use crate::happening::Happening;
use crate::link::Link;
use crate::slot::{Act, Slot};

/// The longest wait; nothing depends on it.
const TURN_MAX: Duration = Duration::from_secs(3600);

/// How the program behaves.
pub(crate) struct Manner {
    /// Ends when the card is out, and says only `inserted` and `removed`.
    pub(crate) is_plain: bool,
    /// How long a reader is sought before the first connection.
    pub(crate) patience: Duration,
    pub(crate) addresses: Vec<SocketAddr>,
}

/// A slot with its connection and its clients.
pub(crate) struct Runner {
    slot: Slot,
    link: Option<Link>,
    clients: Vec<Client>,
    control: Option<Control>,
    manner: Manner,
    was_connected: bool,
    is_told_to_quit: bool,
    begun: Instant,
}

impl Runner {
    pub(crate) fn new(slot: Slot, control: Option<Control>, manner: Manner) -> Self {
        Self {
            slot,
            link: None,
            clients: vec![Client::standard()],
            control,
            manner,
            was_connected: false,
            is_told_to_quit: false,
            begun: now(),
        }
    }

    /// Plays until the end; the error is that no reader was ever there.
    pub(crate) fn run(mut self, first: Option<Card>) -> Result<(), std::io::Error> {
        if let Some(card) = first
            && let Ok(acts) = self.slot.insert(card, Duration::ZERO)
        {
            self.perform(acts)?;
        }
        while !self.is_over() {
            let ready = self.wait()?;
            if ready.reader {
                self.receive()?;
            }
            if ready.listener
                && let Some(Ok(client)) = self.control.as_ref().map(Control::accept)
            {
                self.clients.push(client);
            }
            for place in ready.clients {
                self.serve(place)?;
            }
            self.clients.retain(|client| !client.is_gone());
            while self.slot.next_due().is_some_and(|due| due <= self.time()) {
                let acts = self.slot.pass(self.time());
                self.perform(acts)?;
            }
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        self.is_told_to_quit || self.manner.is_plain && self.slot.is_over()
    }

    fn time(&self) -> Duration {
        self.begun.elapsed()
    }

    fn wait(&self) -> Result<Ready, std::io::Error> {
        let due = self
            .slot
            .next_due()
            .map(|due| due.saturating_sub(self.time()));
        let wait = due.unwrap_or(TURN_MAX).min(TURN_MAX);
        let clients = self.clients.iter().map(AsFd::as_fd);
        let listener = self.control.iter().map(|control| control.listener.as_fd());
        let reader = self.link.iter().map(|link| link.stream().as_fd());
        let mut waited: Vec<PollFd<'_>> = clients
            .chain(listener)
            .chain(reader)
            .map(|descriptor| PollFd::from_borrowed_fd(descriptor, PollFlags::IN))
            .collect();
        let timeout = Timespec {
            tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(wait.subsec_nanos()),
        };
        match poll(&mut waited, Some(&timeout)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let is_ready: Vec<bool> = waited.iter().map(|fd| !fd.revents().is_empty()).collect();
        let at = |place: usize| is_ready.get(place).copied().unwrap_or_default();
        let (clients, listeners) = (self.clients.len(), usize::from(self.control.is_some()));
        Ok(Ready {
            clients: (0..clients).filter(|place| at(*place)).collect(),
            listener: listeners > 0 && at(clients),
            reader: at(clients + listeners),
        })
    }

    fn receive(&mut self) -> Result<(), std::io::Error> {
        let is_open = self.link.as_mut().is_some_and(Link::receive);
        while let Some(frame) = self.link.as_mut().and_then(Link::next_frame) {
            let acts = self.slot.frame(&frame, self.time());
            self.perform(acts)?;
        }
        if !is_open && self.link.is_some() {
            let acts = self.slot.lost(!self.manner.is_plain, self.time());
            self.perform(acts)?;
        }
        Ok(())
    }

    fn perform(&mut self, acts: Vec<Act>) -> Result<(), std::io::Error> {
        for act in acts {
            match act {
                Act::Connect => self.connect()?,
                Act::Write(bytes) => {
                    if let Some(link) = &mut self.link {
                        link.send(&bytes);
                    }
                }
                Act::Disconnect => {
                    if let Some(link) = self.link.take() {
                        link.close();
                    }
                }
                Act::Tell(happening) => self.tell(&happening),
            }
        }
        Ok(())
    }

    fn connect(&mut self) -> Result<(), std::io::Error> {
        match Link::connect(&self.manner.addresses) {
            Ok(link) => {
                self.link = Some(link);
                self.was_connected = true;
                self.slot.connected();
                Ok(())
            }
            Err(error)
                if self.manner.is_plain
                    && !self.was_connected
                    && self.time() >= self.manner.patience =>
            {
                Err(error)
            }
            Err(_) => {
                self.slot.refused(self.time());
                Ok(())
            }
        }
    }

    fn tell(&mut self, happening: &Happening) {
        let event = happening.to_string();
        let is_for_all = matches!(happening, Happening::Inserted | Happening::Removed);
        if !self.manner.is_plain || is_for_all {
            Client::standard().say(&event);
        }
        let clock = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        let time = Duration::try_from(clock).unwrap_or_default().as_nanos();
        for client in &mut self.clients {
            client.tell(&event, time);
        }
    }

    fn serve(&mut self, place: usize) -> Result<(), std::io::Error> {
        for line in self.clients[place].receive() {
            if line.is_empty() {
                continue;
            }
            let (answer, acts) = match command::parse(&line) {
                Ok(Command::Events { is_timed }) => {
                    self.clients[place].wants_events(Timed(is_timed));
                    ("ok".to_owned(), Vec::new())
                }
                Ok(command) => match self.obey(command) {
                    Ok((answer, acts)) => (answer, acts),
                    Err(error) => (refusal(&error), Vec::new()),
                },
                Err(error) => (refusal(&error), Vec::new()),
            };
            let client = &mut self.clients[place];
            if answer != "ok" || !(self.manner.is_plain && client.is_standard()) {
                client.say(&answer);
            }
            self.perform(acts)?;
        }
        Ok(())
    }

    fn obey(&mut self, command: Command) -> Result<(String, Vec<Act>), CommandError> {
        let now = self.time();
        let acts = match command {
            Command::Insert(source) => self.slot.insert(Card::load(&source)?, now)?,
            Command::Pull => self.slot.pull()?,
            Command::Swap(source) => self.slot.swap(Card::load(&source)?, now)?,
            Command::Reinsert(after) => self.slot.reinsert(after, now)?,
            Command::Fault(fault) => {
                let others = Others::load(std::slice::from_ref(&fault))?;
                self.slot.add_fault(fault, others);
                Vec::new()
            }
            Command::Clear => {
                self.slot.clear_faults();
                Vec::new()
            }
            Command::Nasty(seed) => {
                self.slot.be_nasty(seed);
                Vec::new()
            }
            Command::Status => return Ok((format!("ok {}", self.slot.status()), Vec::new())),
            Command::Events { .. } => Vec::new(),
            Command::Quit => {
                self.is_told_to_quit = true;
                self.slot.pull().unwrap_or_default()
            }
        };
        Ok(("ok".to_owned(), acts))
    }
}

struct Ready {
    clients: Vec<usize>,
    listener: bool,
    reader: bool,
}

fn refusal(error: &CommandError) -> String {
    let text = format!("error {}", crate::with_causes(error));
    // One line, whatever a parser says in several.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge at which time comes into this program"
)]
fn now() -> Instant {
    Instant::now()
}
