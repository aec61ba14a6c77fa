//! One connection for reading the card in a reader: connect, one transaction, SELECT, READ.

use std::ffi::{CStr, CString};
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pcsc::{Card, Context, Disposition, Protocols, ReaderState, Scope, ShareMode, State};
use zeroize::Zeroizing;

use crate::apdu::{self, ExchangeError, Link};
use crate::catalogue::Refreshed;
use crate::insertion::Insertion;
use crate::reading::{self, Outcome};
use crate::{Config, Error, Held, clock};

/// Another program may reset the card just before it is read; so often it is connected again.
const RESETS_MAX: usize = 5;
/// A reset by another program takes about so long.
const RESET_PAUSE: Duration = Duration::from_millis(50);

/// Reads cards, without the watch: for examining and measuring. The connection to `pcscd` is kept,
/// and made anew when `pcscd` was restarted.
pub struct Lane {
    context: Option<Context>,
    catalogue: Arc<Refreshed>,
}

/// One reading, with what a technician wants to know of it; nothing personal but the answer.
#[derive(Debug)]
pub struct Exchange {
    pub(crate) outcome: Outcome,
    /// Status word of SELECT, when it was answered.
    pub select: Option<u16>,
    /// Status word of READ, when it was answered.
    pub read: Option<u16>,
    /// How long each step took.
    pub took: Took,
}

/// How long each step took; zero for one that was not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Took {
    /// Connecting, and waiting for one's own transaction.
    pub connect: Duration,
    /// SELECT.
    pub select: Duration,
    /// READ, its detours included.
    pub read: Duration,
}

impl Exchange {
    /// The card's answer; `None` unless it is a readable health card.
    #[must_use]
    pub fn held(&self) -> Option<Held> {
        match &self.outcome {
            Outcome::Read(answer) => Some(Held::new(answer.clone())),
            _ => None,
        }
    }

    fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            select: None,
            read: None,
            took: Took::default(),
        }
    }
}

impl Lane {
    /// Connects to `pcscd`.
    ///
    /// # Errors
    /// [`Error::Connect`], or [`Error::ParseCatalogue`].
    pub fn open(config: &Config) -> Result<Self, Error> {
        let catalogue = Arc::new(Refreshed::new(config.catalogue.clone())?);
        let mut lane = Self::with(catalogue);
        lane.connected().map_err(Error::Connect)?;
        Ok(lane)
    }

    pub(crate) fn with(catalogue: Arc<Refreshed>) -> Self {
        Self {
            context: None,
            catalogue,
        }
    }

    /// The card that is in this reader now.
    ///
    /// # Errors
    /// [`Error::Wait`] when `pcscd` does not know the reader or is gone.
    pub fn card_in(&mut self, reader: &CStr) -> Result<Option<Insertion>, Error> {
        self.insertion(reader).map_err(Error::Wait)
    }

    /// Reads this card. Blocks as long as another program's transaction.
    pub fn read(&mut self, card: &Insertion) -> Exchange {
        self.exchange(card, || {})
    }

    /// Reads the card of this insertion. `begun` is called when the card is connected and in this
    /// lane's own transaction. A card changed in between gives [`Outcome::Gone`], whatever was read.
    pub(crate) fn exchange(&mut self, insertion: &Insertion, mut begun: impl FnMut()) -> Exchange {
        for _ in 0..RESETS_MAX {
            match self.attempt(insertion, &mut begun) {
                Ok(exchange) => return exchange,
                // The second is how a connection in the middle of another's reset is refused.
                Err(pcsc::Error::ResetCard | pcsc::Error::ProtoMismatch) => {
                    tracing::debug!("another program resets the card; connecting again");
                    std::thread::park_timeout(RESET_PAUSE);
                }
                // An old context never recovers from a restart of `pcscd`.
                Err(
                    error @ (pcsc::Error::CommError
                    | pcsc::Error::NoService
                    | pcsc::Error::ServiceStopped
                    | pcsc::Error::InvalidHandle),
                ) if self.context.is_some() => {
                    tracing::debug!(%error, "the connection to pcscd is made anew");
                    self.context = None;
                }
                Err(error) => {
                    tracing::info!(%error, "the card could not be reached");
                    return Exchange::of(reading::outcome_of(error));
                }
            }
        }
        Exchange::of(Outcome::Held)
    }

    fn attempt(
        &mut self,
        insertion: &Insertion,
        begun: &mut impl FnMut(),
    ) -> Result<Exchange, pcsc::Error> {
        let started = clock::now();
        let context = self.connected()?.clone();
        let card = context.connect(&insertion.reader, ShareMode::Shared, Protocols::ANY)?;
        let mut connection = Connection(Some(card));
        // Ended by the disconnection, which spares a round trip to `pcscd`.
        let transaction = ManuallyDrop::new(connection.card()?.transaction()?);
        begun();
        let mut link = CardLink(&transaction);
        let connected = clock::now();
        let mut exchange = Exchange::of(Outcome::NoAnswer);
        exchange.took.connect = connected - started;
        let Some((selected, selected_at)) = answered(&mut link, &apdu::SELECT)? else {
            return Ok(exchange);
        };
        exchange.select = Some(selected.status);
        exchange.took.select = selected_at - connected;
        let Some((response, read_at)) = answered(&mut link, &apdu::READ)? else {
            return Ok(exchange);
        };
        exchange.read = Some(response.status);
        exchange.took.read = read_at - selected_at;
        tracing::debug!(
            select = %format_args!("{:04X}", selected.status),
            read = %format_args!("{:04X}", response.status),
            length = response.data.len(),
            "the card answered"
        );
        // The count was the insertion's when it was seen; a count only grows, so if it still is, no card
        // has come or gone between.
        exchange.outcome =
            if event_count(&context, &insertion.reader)? == Some(insertion.event_count) {
                let hint = || self.catalogue.current().hint(&insertion.atr);
                reading::judge(selected.status, response, hint, clock::today())
            } else {
                Outcome::Gone
            };
        Ok(exchange)
    }

    fn connected(&mut self) -> Result<&Context, pcsc::Error> {
        let context = match self.context.take() {
            Some(context) => context,
            None => Context::establish(Scope::System)?,
        };
        Ok(self.context.insert(context))
    }

    fn insertion(&mut self, reader: &CStr) -> Result<Option<Insertion>, pcsc::Error> {
        let mut states = [ReaderState::new(CString::from(reader), State::UNAWARE)];
        self.connected()?
            .get_status_change(Duration::ZERO, &mut states)?;
        let [state] = states;
        let is_present = state.event_state().contains(State::PRESENT);
        Ok(is_present.then(|| Insertion {
            reader: CString::from(reader),
            atr: state.atr().to_vec(),
            event_count: state.event_count(),
        }))
    }
}

/// The response and when it was there; `None` when the card stopped answering.
fn answered(
    link: &mut impl Link,
    command: &[u8],
) -> Result<Option<(apdu::Response, Instant)>, pcsc::Error> {
    match apdu::exchange(link, command) {
        Ok(response) => Ok(Some((response, clock::now()))),
        Err(ExchangeError::Empty) => Ok(None),
        Err(ExchangeError::Link(error)) => Err(error),
    }
}

/// The reader's count of insertions and removals, while a card is in.
fn event_count(context: &Context, reader: &CString) -> Result<Option<u32>, pcsc::Error> {
    let mut states = [ReaderState::new(reader.clone(), State::UNAWARE)];
    context.get_status_change(Duration::ZERO, &mut states)?;
    let is_present = states[0].event_state().contains(State::PRESENT);
    Ok(is_present.then(|| states[0].event_count()))
}

/// A connected card that is left as it is at the end: dropping a bare [`Card`] resets it.
struct Connection(Option<Card>);

impl Connection {
    fn card(&mut self) -> Result<&mut Card, pcsc::Error> {
        self.0.as_mut().ok_or(pcsc::Error::InvalidHandle)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(card) = self.0.take()
            && let Err((card, error)) = card.disconnect(Disposition::LeaveCard)
        {
            tracing::debug!(%error, "leaving the card failed");
            // The card or `pcscd` is gone: the reset that this tries reaches nobody.
            drop(card);
        }
    }
}

struct CardLink<'card>(&'card Card);

impl Link for CardLink<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, pcsc::Error> {
        let mut buffer = Zeroizing::new([0; pcsc::MAX_BUFFER_SIZE]);
        let answer = self.0.transmit(command, buffer.as_mut_slice())?;
        Ok(Zeroizing::new(answer.to_vec()))
    }
}
