//! The connection to the virtual reader: frames of a two-byte length and a payload.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};

use crate::answers::{Player, Reaction};

const POWER_ON: &[u8] = &[0x01];
const RESET: &[u8] = &[0x02];
const ASK_ATR: &[u8] = &[0x04];

/// How the play ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The card was to be pulled at this point.
    Pulled,
    /// The connection was closed: taken out, or the reader went away.
    Closed,
}

/// The virtual reader.
pub(crate) struct Reader {
    stream: TcpStream,
}

impl Reader {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream }
    }

    /// Plays the card to the end; `inserted` is called once, when the reader has switched the card
    /// on and been given its answer to reset.
    #[expect(
        clippy::disallowed_methods,
        reason = "a slow card takes its time whatever happens"
    )]
    pub(crate) fn play(
        &mut self,
        player: &mut Player,
        inserted: impl FnOnce(),
    ) -> Result<Ended, std::io::Error> {
        let mut inserted = Some(inserted);
        let mut is_on = false;
        loop {
            let Some(frame) = self.receive()? else {
                return Ok(Ended::Closed);
            };
            match frame.as_slice() {
                ASK_ATR => {
                    self.send(player.atr())?;
                    if is_on && let Some(inserted) = inserted.take() {
                        inserted();
                    }
                }
                POWER_ON | RESET => is_on = true,
                [_] => {}
                command => match player.react(command) {
                    Reaction::Answer(bytes, delay) => {
                        std::thread::sleep(delay);
                        self.send(&bytes)?;
                    }
                    Reaction::Pull => return Ok(Ended::Pulled),
                },
            }
        }
    }

    /// Takes the card out.
    pub(crate) fn close(&self) {
        // Fails only when it is closed already.
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    /// One frame; `None` when the connection was closed.
    fn receive(&mut self) -> Result<Option<Vec<u8>>, std::io::Error> {
        let mut length = [0; 2];
        if !self.fill(&mut length)? {
            return Ok(None);
        }
        let mut frame = vec![0; usize::from(u16::from_be_bytes(length))];
        Ok(self.fill(&mut frame)?.then_some(frame))
    }

    fn fill(&mut self, buffer: &mut [u8]) -> Result<bool, std::io::Error> {
        match self.stream.read_exact(buffer) {
            Ok(()) => Ok(true),
            Err(error) if is_closed(error.kind()) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn send(&mut self, payload: &[u8]) -> Result<(), std::io::Error> {
        let length = u16::try_from(payload.len()).map_err(|_| ErrorKind::InvalidInput)?;
        let frame = [&length.to_be_bytes(), payload].concat();
        match self.stream.write_all(&frame) {
            // The next receive notices.
            Err(error) if is_closed(error.kind()) => Ok(()),
            result => result,
        }
    }
}

fn is_closed(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::BrokenPipe
            | ErrorKind::NotConnected
    )
}
