//! What pcscd itself knows, asked on a connection of its own: nobody can know more.

use std::time::Duration;

use pcsc::{Context, ReaderState, Scope, State};

use crate::readers::READERS;

/// One look at a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// pcscd does not answer, or has no such reader.
    Nothing,
    Empty,
    /// A card is in; whether it is mute.
    Card {
        is_mute: bool,
    },
}

/// Looks at a slot's reader now.
pub(crate) fn look(slot: usize) -> Sight {
    let mut states = [ReaderState::new(READERS[slot], State::UNAWARE)];
    let Ok(context) = Context::establish(Scope::User) else {
        return Sight::Nothing;
    };
    if context
        .get_status_change(Duration::ZERO, &mut states)
        .is_err()
    {
        return Sight::Nothing;
    }
    let state = states[0].event_state();
    if state.contains(State::PRESENT) {
        let is_mute = state.contains(State::MUTE);
        Sight::Card { is_mute }
    } else if state.contains(State::EMPTY) {
        Sight::Empty
    } else {
        Sight::Nothing
    }
}
