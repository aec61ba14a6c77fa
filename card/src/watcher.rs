//! What is at the readers, as `pcscd` tells it.

use std::ffi::CString;
use std::time::Duration;

use pcsc::{Context, ReaderState, Scope, State};

use crate::Error;
use crate::insertion::ReaderView;

/// A connection to `pcscd` and the readers as last seen. After any error it must be thrown away:
/// an old context never recovers from a restart of `pcscd`, although it says it is valid.
pub(crate) struct Watcher {
    context: Context,
    states: Vec<ReaderState>,
}

impl Watcher {
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
