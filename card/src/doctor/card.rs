//! The card in a reader: how its reading ends and how long each step takes, never whose it is.

use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use crate::catalogue::{Catalogue, Hint};
use crate::decode::Warning;
use crate::insertion::Insertion;
use crate::lane::{Exchange, Lane, Took};
use crate::reading::Outcome;
use crate::{CardFault, Config, Error, WrongCard};

/// So often a readable card is read again for its timings.
const REPEATS: usize = 5;
/// A card that takes longer is read once: somebody waits for the doctor.
const REPEATED_MAX: Duration = Duration::from_secs(1);

/// Steps told and not yet taken; more begin only when another program keeps resetting the card.
const EXAMINED_MAX: usize = 8;

/// The card in a reader; nothing that tells whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardReport {
    /// Its answer to reset in upper-case hexadecimal; empty if it does not answer.
    pub atr: String,
    /// What the catalogue says of that; no verdict.
    pub hint: Hint,
    /// How the reading ended.
    pub state: CardState,
    /// Status word of SELECT, when it was answered.
    pub select: Option<u16>,
    /// Status word of READ, when it was answered.
    pub read: Option<u16>,
    /// How long each of its steps took.
    pub took: Took,
    /// How long further readings took; `None` where the first was slow or read no health card.
    pub repeated: Option<Repeated>,
    /// What looks wrong on the card.
    pub warnings: Vec<Warning>,
}

/// How a reading ended, without what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardState {
    /// A health card, read in full.
    Readable,
    /// No health card.
    Wrong(WrongCard),
    /// Wrong way round, dirty, or contactless only.
    Mute,
    /// A health card that cannot be used.
    Faulty(CardFault),
    /// It stopped answering, or was taken out.
    Interrupted,
}

/// The spread of several readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeated {
    /// Connecting, and waiting for one's own transaction.
    pub connect: Spread,
    /// SELECT.
    pub select: Spread,
    /// READ, its detours included.
    pub read: Spread,
}

/// The least, the middle and the most of several durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// The shortest.
    pub min: Duration,
    /// The middle one.
    pub median: Duration,
    /// The longest.
    pub max: Duration,
}

/// Reads the card of this insertion, and again for its timings. What takes too long goes on on its
/// own thread and is told as it would be at the counter.
///
/// # Errors
/// Those of [`Lane`], of the catalogue the configuration names, and [`Error::StartThread`].
pub(super) fn examine(config: &Config, insertion: Insertion) -> Result<CardReport, Error> {
    let catalogue = match &config.catalogue {
        Some(path) => Catalogue::load(path)?,
        None => Catalogue::bundled()?,
    };
    let mut report = CardReport {
        atr: insertion
            .atr
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect(),
        hint: catalogue.hint(&insertion.atr),
        state: CardState::Faulty(CardFault::HeldByOther),
        select: None,
        read: None,
        took: Took::default(),
        repeated: None,
        warnings: Vec::new(),
    };
    let mut lane = Lane::open(config)?;
    let (sender, receiver) = sync_channel(EXAMINED_MAX);
    thread::Builder::new()
        .name("card-doctor".to_owned())
        .spawn(move || {
            // Nobody listens any more when it took too long.
            let tell = |step| drop(sender.send(step));
            let exchange = lane.exchange(&insertion, || tell(Step::Begun));
            let took = exchange.took;
            let is_quick = took.connect + took.select + took.read <= REPEATED_MAX;
            let is_read = matches!(exchange.outcome, Outcome::Read(_));
            tell(Step::Read(exchange));
            if is_quick && is_read {
                tell(Step::Repeated(repeat(&mut lane, &insertion)));
            }
        })
        .map_err(Error::StartThread)?;
    let limit = config.held_timeout + config.read_timeout;
    while let Ok(step) = receiver.recv_timeout(limit) {
        match step {
            Step::Begun => report.state = CardState::Faulty(CardFault::TimedOut),
            Step::Read(exchange) => report.take(exchange),
            Step::Repeated(repeated) => report.repeated = repeated,
        }
    }
    Ok(report)
}

/// How far the examination of a card is.
enum Step {
    /// The card is this program's; again after another program reset it.
    Begun,
    /// It was read once.
    Read(Exchange),
    /// And again.
    Repeated(Option<Repeated>),
}

impl CardReport {
    fn take(&mut self, exchange: Exchange) {
        self.select = exchange.select;
        self.read = exchange.read;
        self.took = exchange.took;
        let decoded = exchange.held().and_then(|held| held.take());
        self.warnings = decoded.map(|decoded| decoded.warnings).unwrap_or_default();
        self.state = state(exchange.outcome);
    }
}

fn state(outcome: Outcome) -> CardState {
    match outcome {
        Outcome::Read(_) => CardState::Readable,
        Outcome::Wrong(card) => CardState::Wrong(card),
        Outcome::InvalidPersonNumber => CardState::Faulty(CardFault::InvalidPersonNumber),
        Outcome::Unreadable => CardState::Faulty(CardFault::UnreadableAnswer),
        Outcome::Held => CardState::Faulty(CardFault::HeldByOther),
        Outcome::Mute => CardState::Mute,
        Outcome::NoAnswer | Outcome::Gone => CardState::Interrupted,
    }
}

/// The readings that went through; none when the card was taken out meanwhile.
fn repeat(lane: &mut Lane, insertion: &Insertion) -> Option<Repeated> {
    let exchanges = (0..REPEATS).map(|_| lane.exchange(insertion, || {}));
    let read = exchanges.filter(|exchange| matches!(exchange.outcome, Outcome::Read(_)));
    let all: Vec<Took> = read.map(|exchange| exchange.took).collect();
    let spread = |step: fn(&Took) -> Duration| Spread::of(all.iter().map(step).collect());
    Some(Repeated {
        connect: spread(|took| took.connect)?,
        select: spread(|took| took.select)?,
        read: spread(|took| took.read)?,
    })
}

impl Spread {
    fn of(mut durations: Vec<Duration>) -> Option<Self> {
        durations.sort_unstable();
        Some(Self {
            min: *durations.first()?,
            median: *durations.get(durations.len() / 2)?,
            max: *durations.last()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the technician's figures: the middle one is the middle one, of none there is none.
    #[test]
    fn a_spread_is_in_order() {
        let ms = Duration::from_millis;
        let spread = Spread::of(vec![ms(9), ms(2), ms(5)]);
        let expected = Spread {
            min: ms(2),
            median: ms(5),
            max: ms(9),
        };
        assert_eq!(spread, Some(expected));
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
