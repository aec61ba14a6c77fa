//! Who is it: the roster, this terminal's records, and the centre where it answers (I3–I7).

use std::sync::Arc;

use domain::campaign::{Campaign, RoundId};
use domain::pickup::PickupNumber;
use domain::roster::{CentreVerdict, RosterRecord, Verification, verify};
use domain::visit::{Identification, Input, Standing};
use domain::{CardNumber, PersonNumber};
use jiff::Timestamp;
use store::{OwnStanding, OwnWillingness, StoreError};

use super::Terminal;

/// The pair on the card that is in the reader.
pub(super) struct Asked {
    pub(super) person: PersonNumber,
    pub(super) card: CardNumber,
}

/// Everything known of the pair. The centre is waited for three seconds at the most.
pub(super) async fn identify(
    terminal: &Terminal,
    pair: Asked,
    campaign: Option<Arc<Campaign>>,
    line: bool,
    now: Timestamp,
) -> Input {
    let Asked { person, card } = pair;
    let asked = async {
        if line {
            terminal.centre.check_person(&person, &card).await.ok()
        } else {
            None
        }
    };
    let (local, answer) = tokio::join!(terminal.store.find_person(person.clone()), asked);
    let complete = answer.is_some();
    let (centre, at_centre) =
        answer.unwrap_or_else(|| (CentreVerdict::NoAnswer, wire::people::Standing::default()));
    let local = local.unwrap_or_else(|error| {
        tracing::error!(%error, "the roster could not be asked about a person");
        None
    });
    // The record by which the visit will serve this person, and so the round it will choose.
    let record = match verify(&person, &card, local.as_ref(), Some(centre.clone())) {
        Verification::Verified(record) => Some(*record),
        Verification::AskCentre | Verification::Refused(_) => local.clone(),
    };
    let round = campaign
        .as_ref()
        .and_then(|campaign| campaign.vaccine_round_now(record.as_ref(), now))
        .map(|round| round.id.clone());
    let known = known_here(terminal, &person, record.as_ref(), round).await;
    let known = known.unwrap_or_else(|error| {
        tracing::error!(%error, "the records could not be asked about a person");
        KnownHere::default()
    });
    Input::Identified(Box::new(Identification {
        local,
        centre,
        standing: merge(known.standing, at_centre, complete),
        orders: known.orders,
    }))
}

/// The order with this number, if it is this person's (M12).
pub(super) async fn find_order(
    terminal: &Terminal,
    number: PickupNumber,
    person: PersonNumber,
) -> Input {
    let found = terminal
        .store
        .order_by_number(number)
        .await
        .unwrap_or_else(|error| {
            tracing::error!(%error, "the records could not be asked about an order");
            None
        });
    Input::OrderFound(
        found
            .filter(|order| order.belongs_to(&person))
            .map(Box::new),
    )
}

#[derive(Default)]
struct KnownHere {
    standing: Option<OwnStanding>,
    orders: Vec<domain::pickup::MaskOrder>,
}

async fn known_here(
    terminal: &Terminal,
    person: &PersonNumber,
    record: Option<&RosterRecord>,
    round: Option<RoundId>,
) -> Result<KnownHere, StoreError> {
    // I4: whatever was done under the other residence number is this person's too.
    let other = record.and_then(|record| {
        if record.number == *person {
            record.other_number.clone()
        } else {
            Some(record.number.clone())
        }
    });
    let standing = match round {
        Some(round) => Some(
            terminal
                .store
                .standing(person.clone(), other.clone(), round)
                .await?,
        ),
        None => None,
    };
    let orders = terminal.store.orders_of(person.clone(), other).await?;
    Ok(KnownHere { standing, orders })
}

/// What the centre does not know yet stands; beyond that the centre's word goes.
fn merge(own: Option<OwnStanding>, centre: wire::people::Standing, complete: bool) -> Standing {
    let Some(own) = own else {
        return Standing {
            willingness: centre.willingness,
            booking: centre.booking,
            refused: None,
            complete,
        };
    };
    let willingness = match own.willingness {
        OwnWillingness::Stands { entry, answered } if !complete || !answered => Some(entry),
        OwnWillingness::Cancelled { answered } if !complete || !answered => None,
        _ => centre.willingness,
    };
    let pending = own.booking.filter(|booking| {
        !complete || matches!(booking.state, domain::visit::BookingState::Pending(_))
    });
    let booking = centre.booking.or(pending);
    let refused = own
        .refused
        .map(|refused| refused.reason)
        .filter(|_| booking.is_none());
    Standing {
        willingness,
        booking,
        refused,
        complete,
    }
}
