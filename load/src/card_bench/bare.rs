//! The limit: two APDUs by the library the component uses, and nothing else.

use pcsc::{Card, Context, Disposition, Protocols, Scope, ShareMode};

use crate::error::LoadError;
use crate::readers::{READERS, clock};

pub(crate) const SELECT: [u8; 21] =
    *b"\x00\xA4\x04\x00\x10\xD1\x58\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x11\x00";
const READ: [u8; 7] = *b"\x00\xCA\x11\x00\x02\x00\x00";
/// The open fields and the status word.
const ANSWER_LENGTH: usize = 59;

/// A client with one connection that stays open.
pub(crate) struct Bare {
    context: Context,
    open: Card,
}

fn failed(source: pcsc::Error) -> LoadError {
    LoadError::Pcsc { source }
}

impl Bare {
    pub(crate) fn connect() -> Result<Self, LoadError> {
        let context = Context::establish(Scope::User).map_err(failed)?;
        let open = context
            .connect(READERS[0], ShareMode::Shared, Protocols::ANY)
            .map_err(failed)?;
        Ok(Self { context, open })
    }

    /// SELECT and READ on the open connection; nanoseconds.
    pub(crate) fn exchange_ns(&mut self) -> Result<u64, LoadError> {
        let begun = clock::now_ns();
        two_apdus(&self.open)?;
        Ok(clock::now_ns() - begun)
    }

    /// One command and its answer; nanoseconds.
    pub(crate) fn round_trip_ns(&mut self) -> Result<u64, LoadError> {
        let mut buffer = [0; pcsc::MAX_BUFFER_SIZE];
        let begun = clock::now_ns();
        self.open.transmit(&SELECT, &mut buffer).map_err(failed)?;
        Ok(clock::now_ns() - begun)
    }

    /// The same with a connection and a transaction of its own, as a reading must have them.
    pub(crate) fn connected_ns(&mut self) -> Result<u64, LoadError> {
        let begun = clock::now_ns();
        let mut card = self
            .context
            .connect(READERS[0], ShareMode::Shared, Protocols::ANY)
            .map_err(failed)?;
        let transaction = card.transaction().map_err(failed)?;
        two_apdus(&transaction)?;
        transaction
            .end(Disposition::LeaveCard)
            .map_err(|(_, error)| failed(error))?;
        card.disconnect(Disposition::LeaveCard)
            .map_err(|(_, error)| failed(error))?;
        Ok(clock::now_ns() - begun)
    }
}

fn two_apdus(card: &Card) -> Result<(), LoadError> {
    let mut buffer = [0; pcsc::MAX_BUFFER_SIZE];
    card.transmit(&SELECT, &mut buffer).map_err(failed)?;
    let answer = card.transmit(&READ, &mut buffer).map_err(failed)?;
    if answer.len() == ANSWER_LENGTH {
        Ok(())
    } else {
        Err(LoadError::Own {
            what: "the virtual card answered READ with another length",
        })
    }
}
