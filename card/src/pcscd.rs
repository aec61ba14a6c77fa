//! The only place that calls `pcscd`: what is at the readers, and the reading of one card.

use std::ffi::CString;
use std::time::Duration;

use pcsc::{Card, Context, Disposition, Protocols, ReaderState, Scope, ShareMode, State};
use zeroize::Zeroizing;

use crate::Error;
use crate::apdu::Link;
use crate::reading::{self, Connected, Outcome};
use crate::watch::{Insertion, ReaderView};

/// A reset by another program takes about so long.
const RESET_PAUSE: Duration = Duration::from_millis(50);

/// A connection to `pcscd` and the readers as last seen. After any error it must be thrown away:
/// an old context never recovers from a restart of `pcscd`, although it says it is valid.
pub(crate) struct Service {
    context: Context,
    states: Vec<ReaderState>,
}

impl Service {
    pub(crate) fn connect() -> Result<Self, Error> {
        let context = Context::establish(Scope::System).map_err(Error::Connect)?;
        // Keeps the list from ever being empty: waiting on an empty one returns at once.
        let states = vec![ReaderState::new(pcsc::PNP_NOTIFICATION(), State::UNAWARE)];
        Ok(Self { context, states })
    }

    /// A handle by which another thread can end a wait early.
    pub(crate) fn context(&self) -> Context {
        self.context.clone()
    }

    /// Waits until something changes, at most this long, and says what is at the readers whose
    /// name contains the filter. Lists the readers anew each time: `pcscd` 1.9.9 can miss one that
    /// arrives between listing and waiting.
    pub(crate) fn look(
        &mut self,
        filter: Option<&str>,
        wait: Duration,
    ) -> Result<Vec<ReaderView>, Error> {
        self.list(filter)?;
        match self.context.get_status_change(wait, &mut self.states) {
            Ok(()) | Err(pcsc::Error::Timeout | pcsc::Error::Cancelled) => {}
            // A reader vanished meanwhile; the next listing shows which.
            Err(pcsc::Error::UnknownReader | pcsc::Error::ReaderUnavailable) => {
                self.states.truncate(1);
                self.list(filter)?;
                if let Err(error) = self
                    .context
                    .get_status_change(Duration::ZERO, &mut self.states)
                    && error != pcsc::Error::Timeout
                {
                    return Err(Error::Wait(error));
                }
            }
            Err(error) => return Err(Error::Wait(error)),
        }
        for state in &mut self.states {
            state.sync_current_state();
        }
        Ok(self.states[1..]
            .iter()
            .filter(|state| {
                !state
                    .event_state()
                    .intersects(State::UNKNOWN | State::IGNORE)
            })
            .map(view)
            .collect())
    }

    fn list(&mut self, filter: Option<&str>) -> Result<(), Error> {
        let names = match self.context.list_readers_owned() {
            Ok(names) => names,
            Err(pcsc::Error::NoReadersAvailable) => Vec::new(),
            Err(error) => return Err(Error::ListReaders(error)),
        };
        let is_wanted =
            |name: &CString| filter.is_none_or(|wanted| name.to_string_lossy().contains(wanted));
        let names: Vec<CString> = names.into_iter().filter(is_wanted).collect();
        let mut kept = 0;
        self.states.retain(|state| {
            kept += 1;
            kept == 1 || names.iter().any(|name| name.as_c_str() == state.name())
        });
        for name in names {
            if !self
                .states
                .iter()
                .any(|state| state.name() == name.as_c_str())
            {
                self.states.push(ReaderState::new(name, State::UNAWARE));
            }
        }
        Ok(())
    }
}

fn view(state: &ReaderState) -> ReaderView {
    ReaderView {
        name: state.name().to_owned(),
        present: state.event_state().contains(State::PRESENT),
        atr: state.atr().to_vec(),
        event_count: state.event_count(),
    }
}

/// Reads the card of this insertion on a connection of its own. Blocks as long as another program's
/// transaction lasts. A card changed in between gives [`Outcome::Gone`], whatever was read.
pub(crate) fn read(insertion: &Insertion) -> Outcome {
    let result = Service::connect().and_then(|mut service| {
        if !shows(&mut service, insertion)? {
            return Ok(Outcome::Gone);
        }
        let outcome = read_connected(&service.context, insertion);
        Ok(if shows(&mut service, insertion)? {
            outcome
        } else {
            Outcome::Gone
        })
    });
    result.unwrap_or_else(|error| {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "reading the card failed"
        );
        Outcome::NoAnswer
    })
}

fn shows(service: &mut Service, insertion: &Insertion) -> Result<bool, Error> {
    Ok(service.look(None, Duration::ZERO)?.iter().any(|view| {
        view.present && view.name == insertion.reader && view.event_count == insertion.event_count
    }))
}

/// Connects and reads; begins again when another program resets the card meanwhile.
fn read_connected(context: &Context, insertion: &Insertion) -> Outcome {
    let mut last = pcsc::Error::ResetCard;
    for _ in 0..reading::RESETS_MAX {
        let result = match context.connect(&insertion.reader, ShareMode::Shared, Protocols::ANY) {
            Ok(card) => reading::read(&mut Connection(Some(card)), &insertion.atr),
            Err(error) => Err(error),
        };
        match result {
            Ok(outcome) => return outcome,
            // The second is how a connection in the middle of another program's reset is refused.
            Err(error @ (pcsc::Error::ResetCard | pcsc::Error::ProtoMismatch)) => {
                tracing::debug!("another program resets the card; reading again");
                std::thread::park_timeout(RESET_PAUSE);
                last = error;
            }
            Err(error) => {
                last = error;
                break;
            }
        }
    }
    tracing::info!(
        error = &last as &dyn std::error::Error,
        "the card could not be reached"
    );
    reading::outcome_of(last)
}

/// A connected card that is left as it is at the end: dropping a bare [`Card`] resets it.
struct Connection(Option<Card>);

impl Connected for Connection {
    fn read_once(&mut self, atr: &[u8]) -> Result<Outcome, pcsc::Error> {
        let card = self.0.as_mut().ok_or(pcsc::Error::InvalidHandle)?;
        let transaction = card.transaction()?;
        reading::judge(&mut CardLink(&transaction), atr)
    }

    fn reconnect(&mut self) -> Result<(), pcsc::Error> {
        let card = self.0.as_mut().ok_or(pcsc::Error::InvalidHandle)?;
        card.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(card) = self.0.take()
            && let Err((_, error)) = card.disconnect(Disposition::LeaveCard)
        {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "leaving the card failed"
            );
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
