//! What the application hears, and the bounded list of what it has not taken yet.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::campaign::Campaign;
use domain::operation::{OperationId, Outcome};

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The centre answers. Only on a change.
    LineUp,
    /// The centre does not answer. Only on a change.
    LineDown,
    /// A newer roster is stored.
    RosterUpdated {
        /// Its version.
        version: u64,
    },
    /// A newer campaign is stored.
    CampaignUpdated(Arc<Campaign>),
    /// The store's orders changed.
    OrdersUpdated,
    /// An operation's answer is stored.
    Answered {
        /// The operation.
        id: OperationId,
        /// What became of it.
        outcome: Outcome,
    },
    /// Operations waiting for an answer. Only on a change.
    OutboxDepth(u64),
    /// The centre takes nothing from this device until an operator has looked: cloned or rolled back.
    Quarantined,
    /// Another epoch is current: the terminal must be enrolled again.
    EpochEnded,
    /// The terminal was enrolled, or the quarantine was lifted: operations go out again.
    Resumed,
}

/// Events that may wait.
const WAITING_LIMIT: usize = 1024;

/// Events on their way. When the application takes none for long, answers and depths, which it can
/// read from the records at any time, make room; a change of the line never does.
#[derive(Default)]
pub(crate) struct Waiting {
    events: VecDeque<Event>,
}

impl Waiting {
    pub(crate) fn push(&mut self, event: Event) {
        if self.events.len() >= WAITING_LIMIT {
            let hint = self
                .events
                .iter()
                .position(|event| matches!(event, Event::Answered { .. } | Event::OutboxDepth(_)));
            self.events.remove(hint.unwrap_or(0));
        }
        self.events.push_back(event);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    pub(crate) fn take(&mut self) -> Option<Event> {
        self.events.pop_front()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects memory and the screen: the list stays bounded and a change of the line is kept.
    #[test]
    fn hints_make_room() {
        let mut waiting = Waiting::default();
        waiting.push(Event::LineDown);
        for depth in 0..3000 {
            waiting.push(Event::OutboxDepth(depth));
        }
        assert_eq!(waiting.events.len(), WAITING_LIMIT);
        assert_eq!(waiting.take(), Some(Event::LineDown));
        assert_eq!(waiting.events.back(), Some(&Event::OutboxDepth(2999)));
    }
}
