//! Other programs at the same reader: on connections of their own they reset, hold and own the card.

use std::thread::JoinHandle;
use std::time::Duration;

use pcsc::{Card, Context, Disposition, Protocols, Scope, ShareMode};

use crate::readers::{READERS, clock};
use crate::soak::script::Other;

/// Between two attempts or two resets.
const PAUSE: Duration = Duration::from_millis(5);

/// Disturbs the reader of a slot for so long, whether or not a card is in.
pub(crate) fn disturb(slot: usize, by: Other, lasts: Duration) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let end_ns = clock::now_ns() + u64::try_from(lasts.as_nanos()).unwrap_or(u64::MAX);
        let is_over = || clock::now_ns() >= end_ns;
        while !is_over() {
            if let Ok(context) = Context::establish(Scope::User) {
                match by {
                    Other::Resets => reset_once(&context, slot),
                    Other::Holds => hold(&context, slot, is_over),
                    Other::Owns => own(&context, slot, is_over),
                }
            }
            clock::pause(PAUSE);
        }
    })
}

fn reset_once(context: &Context, slot: usize) {
    if let Ok(card) = context.connect(READERS[slot], ShareMode::Shared, Protocols::ANY) {
        // A card that just went cannot be reset, which is as good.
        let _ = card.disconnect(Disposition::ResetCard);
    }
}

fn hold(context: &Context, slot: usize, is_over: impl Fn() -> bool) {
    if let Ok(mut card) = context.connect(READERS[slot], ShareMode::Shared, Protocols::ANY) {
        if let Ok(transaction) = card.transaction() {
            wait(is_over);
            // A card that went has ended it already.
            let _ = transaction.end(Disposition::LeaveCard);
        }
        leave(card);
    }
}

fn own(context: &Context, slot: usize, is_over: impl Fn() -> bool) {
    if let Ok(card) = context.connect(READERS[slot], ShareMode::Exclusive, Protocols::ANY) {
        wait(is_over);
        leave(card);
    }
}

fn wait(is_over: impl Fn() -> bool) {
    while !is_over() {
        clock::pause(PAUSE);
    }
}

fn leave(card: Card) {
    let _ = card.disconnect(Disposition::LeaveCard);
}
