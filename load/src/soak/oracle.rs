//! Judges what the component said against what was in the slot. Pure.

use crate::readers::slot::Told;
use crate::soak::people;

/// A removal that is told later than this after the card went was not noticed. pcscd may stand still for
/// three seconds in a script, and the machine is shared.
const REMOVAL_MAX_NS: u64 = 10_000_000_000;

/// What the component said about one reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Reading,
    /// Whose; `None` is nobody's.
    Read(Option<usize>),
    /// Something else about a card: wrong, mute, at fault.
    Other,
    Removed,
    /// The same, and what had been read could still be read.
    RemovedReadable,
    /// Something about the reader or the service.
    Health,
}

/// What must not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Violation {
    #[error("a person was read whose card was not in")]
    WrongPerson,
    #[error("numbers were read that are nobody's")]
    Nobody,
    #[error("a result outlived its card by {0} ms")]
    Outlived(u64),
    #[error("a new card was told before the removal of the last")]
    NoRemoval,
    #[error("a result could be read after its removal was told")]
    Readable,
    #[error("a good card was not read")]
    Stuck,
    #[error("a card that is out was not told as removed")]
    NotRemoved,
    #[error("threads, files or memory grew")]
    Leak,
}

/// The time a person's card was in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stay {
    person: usize,
    from_ns: u64,
    to_ns: u64,
}

/// What a round's judgement found, if nothing was violated.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) readings: u64,
    pub(crate) slowest_removal_ms: u64,
}

/// Judges a round of one slot. `told` is what the slot told, `said` what the component said and when it
/// was received; at the round's beginning and end the slot is empty and nothing is under way.
pub(crate) fn judge(told: &[Told], said: &[(u64, Said)]) -> Result<Found, Violation> {
    let stays = stays(told);
    let mut found = Found::default();
    let mut reading_since_ns = 0;
    let mut shown: Option<(u64, Stay)> = None;
    for &(at_ns, said) in said {
        match said {
            Said::Reading | Said::Read(_) | Said::Other if shown.is_some() => {
                return Err(Violation::NoRemoval);
            }
            Said::Reading => reading_since_ns = at_ns,
            Said::Read(None) => return Err(Violation::Nobody),
            Said::Read(Some(person)) => {
                let was_in = |stay: &&Stay| {
                    stay.person == person && stay.from_ns <= at_ns && stay.to_ns >= reading_since_ns
                };
                let place = stays.iter().rposition(|stay| was_in(&stay));
                let place = place.ok_or(Violation::WrongPerson)?;
                shown = Some((at_ns, with_returns(&stays[place..])));
                found.readings += 1;
            }
            Said::Removed => {
                if let Some((read_ns, stay)) = shown.take() {
                    let late_ns = at_ns.saturating_sub(stay.to_ns.max(read_ns));
                    if late_ns > REMOVAL_MAX_NS {
                        return Err(Violation::Outlived(late_ns / 1_000_000));
                    }
                    found.slowest_removal_ms = found.slowest_removal_ms.max(late_ns / 1_000_000);
                }
            }
            Said::RemovedReadable => return Err(Violation::Readable),
            Said::Other | Said::Health => {}
        }
    }
    match shown {
        Some(_) => Err(Violation::NotRemoved),
        None => Ok(found),
    }
}

/// The first stay, as far as the same person's card came straight back: pcscd may have seen nothing.
fn with_returns(stays: &[Stay]) -> Stay {
    let person = stays[0].person;
    let own = stays.iter().take_while(|stay| stay.person == person);
    let to_ns = own.map(|stay| stay.to_ns).max().unwrap_or_default();
    Stay { to_ns, ..stays[0] }
}

fn stays(told: &[Told]) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    let end = |stays: &mut Vec<Stay>, at_ns| {
        if let Some(stay) = stays.last_mut() {
            stay.to_ns = stay.to_ns.min(at_ns);
        }
    };
    for Told { at_ns, words } in told {
        match words.split_once(' ').unwrap_or((words, "")) {
            ("in" | "swapped", label) => {
                end(&mut stays, *at_ns);
                // A card that is nobody's ends the stay of the one before it all the same.
                stays.extend(people::by_label(label).map(|person| Stay {
                    person,
                    from_ns: *at_ns,
                    to_ns: u64::MAX,
                }));
            }
            ("removed", _) => end(&mut stays, *at_ns),
            _ => {}
        }
    }
    stays
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn told(events: &[(u64, &str)]) -> Vec<Told> {
        let told = |(at_ns, words): &(u64, &str)| Told {
            at_ns: *at_ns,
            words: (*words).to_owned(),
        };
        events.iter().map(told).collect()
    }

    /// Protects the run's whole worth: the oracle sees each of the things that must not happen, and is
    /// content with what may.
    #[test]
    fn the_oracle_sees_what_must_not_happen() {
        let slot = told(&[
            (10, "in p1"),
            (20, "inserted"),
            (100, "removed"),
            (110, "in p2"),
            (200, "removed"),
        ]);
        let [one, two] = [Said::Read(Some(1)), Said::Read(Some(2))];
        let good = [
            (30, Said::Reading),
            (40, one),
            (105, Said::Removed),
            (120, Said::Reading),
            (130, two),
            (210, Said::Removed),
        ];
        assert_eq!(
            judge(&slot, &good),
            Ok(Found {
                readings: 2,
                slowest_removal_ms: 0
            })
        );
        // Pulled while it was read, told just after: its removal follows.
        let late = [(30, Said::Reading), (104, one), (105, Said::Removed)];
        assert!(judge(&slot, &late).is_ok());

        let wrong = [(120, Said::Reading), (130, one), (210, Said::Removed)];
        assert_eq!(judge(&slot, &wrong), Err(Violation::WrongPerson));
        let early = [(5, Said::Reading), (6, one), (7, Said::Removed)];
        assert_eq!(judge(&slot, &early), Err(Violation::WrongPerson));
        let nobody = [(30, Said::Reading), (40, Said::Read(None))];
        assert_eq!(judge(&slot, &nobody), Err(Violation::Nobody));
        let unremoved = [(30, Said::Reading), (40, one)];
        assert_eq!(judge(&slot, &unremoved), Err(Violation::NotRemoved));
        let next = [(30, Said::Reading), (40, one), (120, Said::Reading)];
        assert_eq!(judge(&slot, &next), Err(Violation::NoRemoval));
        let readable = [(40, one), (105, Said::RemovedReadable)];
        assert_eq!(judge(&slot, &readable), Err(Violation::Readable));
        let outlived = [(30, one), (30_000_000_100, Said::Removed)];
        assert_eq!(judge(&slot, &outlived), Err(Violation::Outlived(30_000)));
    }

    /// Protects the measure of removals: a card that came straight back had never gone for pcscd.
    #[test]
    fn a_card_that_came_straight_back_was_in_all_the_while() {
        let slot = told(&[
            (10, "in p1"),
            (50, "removed"),
            (51, "in p1"),
            (20_000_000_000, "removed"),
        ]);
        let said = [
            (20, Said::Reading),
            (30, Said::Read(Some(1))),
            (20_000_000_900, Said::Removed),
        ];
        assert!(judge(&slot, &said).is_ok());
    }

    /// Protects against a swap that no removal told: the other card ends the first one's stay.
    #[test]
    fn a_swap_ends_the_first_cards_stay() {
        let slot = told(&[(10, "in p1"), (50, "swapped p3"), (90, "swapped bank")]);
        let read = |at_ns, since_ns| {
            judge(
                &slot,
                &[
                    (since_ns, Said::Reading),
                    (at_ns, Said::Read(Some(3))),
                    (95, Said::Removed),
                ],
            )
        };
        assert!(read(60, 40).is_ok());
        assert_eq!(read(94, 93), Err(Violation::WrongPerson));
    }
}
