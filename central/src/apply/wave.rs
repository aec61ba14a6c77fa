//! Waves: what a group asks, split so that in each wave nobody occurs twice, in order.

use std::collections::HashMap;

use deadpool_postgres::Transaction;
use domain::PersonNumber;
use domain::channel::Channel;
use domain::mask::request::MaskBuyer;
use domain::operation::{OperationBody, Outcome};
use jiff::Timestamp;
use uuid::Uuid;
use wire::signature::KeyId;

use super::Context;
use super::facts::People;
use crate::CentralError;
use crate::campaign::Published;
use crate::masks::round;

/// One operation with everything it is judged by.
pub(super) struct Asked<'a> {
    pub(super) body: &'a OperationBody,
    pub(super) channel: Channel,
    /// The store of the terminal.
    pub(super) store: Option<&'a str>,
    /// The terminal; `None` on the web and in the app.
    pub(super) key_id: Option<KeyId>,
    pub(super) receipt: String,
    /// The moment that counts for windows.
    pub(super) judged_at: Timestamp,
}

/// What a wave works with.
pub(super) struct Scene<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    pub(super) published: Option<&'a Published>,
    pub(super) people: &'a People,
    /// Where links in e-mails lead.
    pub(super) public_address: &'a str,
    /// The moment that counts for places.
    pub(super) now: Timestamp,
}

/// Applies operations in their order and gives their outcomes in the same order.
pub(super) async fn run(
    transaction: &Transaction<'_>,
    published: Option<&Published>,
    asked: &[Asked<'_>],
    public_address: &str,
    now: Timestamp,
) -> Result<Vec<Outcome>, CentralError> {
    let people = People::read(transaction, asked).await?;
    let scene = Scene {
        transaction,
        published,
        people: &people,
        public_address,
        now,
    };
    let mut outcomes: Vec<Option<Outcome>> = vec![None; asked.len()];
    for wave in waves(asked, &people) {
        let entries = of_kind(asked, &wave, |body| match body {
            OperationBody::SetWillingness(entry) => Some(entry),
            _ => None,
        });
        let cancels = of_kind(asked, &wave, |body| match body {
            OperationBody::CancelWillingness {
                round,
                person,
                card,
            } => Some((round, person, card)),
            _ => None,
        });
        let bookings = of_kind(asked, &wave, |body| match body {
            OperationBody::BookSlot(request) => Some(request),
            _ => None,
        });
        for (index, outcome) in scene
            .set_willingness(asked, &entries)
            .await?
            .into_iter()
            .chain(scene.cancel_willingness(asked, &cancels).await?)
            .chain(scene.book(asked, &bookings).await?)
        {
            outcomes[index] = Some(outcome);
        }
        let mut singles: Vec<usize> = wave
            .into_iter()
            .filter(|&index| is_single(asked[index].body))
            .collect();
        // Groups that take the gates of a round in one order never wait for each other in a ring.
        singles.sort_by_key(|&index| gate(asked[index].body, &people));
        for index in singles {
            outcomes[index] = Some(single(&scene, &asked[index]).await?);
        }
    }
    // Every operation is of exactly one of the kinds above.
    let missing = || CentralError::Stored { what: "outcome" };
    outcomes
        .into_iter()
        .map(|outcome| outcome.ok_or_else(missing))
        .collect()
}

/// Applies an operation of the other kinds by itself.
async fn single(scene: &Scene<'_>, asked: &Asked<'_>) -> Result<Outcome, CentralError> {
    Context {
        transaction: scene.transaction,
        published: scene.published,
        channel: asked.channel,
        store: asked.store,
        receipt: &asked.receipt,
        judged_at: asked.judged_at,
        public_address: scene.public_address,
        now: scene.now,
    }
    .apply(asked.body)
    .await
}

fn of_kind<'a, Kind>(
    asked: &[Asked<'a>],
    wave: &[usize],
    kind: impl Fn(&'a OperationBody) -> Option<Kind>,
) -> Vec<(usize, Kind)> {
    wave.iter()
        .filter_map(|&index| Some((index, kind(asked[index].body)?)))
        .collect()
}

/// Whether it is applied by itself and not set-wise.
fn is_single(body: &OperationBody) -> bool {
    !matches!(
        body,
        OperationBody::SetWillingness(_)
            | OperationBody::CancelWillingness { .. }
            | OperationBody::BookSlot(_)
    )
}

/// The gate a mask order goes through (M8); other operations have none and keep their order.
fn gate(body: &OperationBody, people: &People) -> Option<(i16, Uuid)> {
    let OperationBody::OrderMasks(request) = body else {
        return None;
    };
    let person = people.with_number(&request.person)?.id;
    Some((round::gate_of(person), person))
}

/// Whom an operation is about.
pub(super) fn subject(body: &OperationBody) -> Option<&PersonNumber> {
    match body {
        OperationBody::SetWillingness(entry) => Some(&entry.person),
        OperationBody::BookSlot(request) => Some(&request.person),
        OperationBody::CancelWillingness { person, .. }
        | OperationBody::CancelBooking { person, .. }
        | OperationBody::IssuePickupSlip { person, .. } => Some(person),
        OperationBody::RegisterCard(entry) => Some(&entry.person),
        OperationBody::OrderMasks(request) => Some(&request.person),
        OperationBody::SellMasks(sale) => match &sale.buyer {
            MaskBuyer::Card { person, .. } | MaskBuyer::Number(person) => Some(person),
            MaskBuyer::Passport(_) => None,
        },
        OperationBody::RedeemSlip { .. } => None,
    }
}

/// The indices of each wave, in order. A later operation of a person is in a later wave; those
/// applied by themselves keep their order wherever they meet.
fn waves(asked: &[Asked<'_>], people: &People) -> Vec<Vec<usize>> {
    let mut waves: Vec<Vec<usize>> = Vec::new();
    let mut next_of_person = HashMap::new();
    let mut next_of_singles = 0;
    for (index, asked) in asked.iter().enumerate() {
        let person = subject(asked.body).and_then(|number| people.with_number(number));
        let mut wave = person
            .and_then(|person| next_of_person.get(&person.id).copied())
            .unwrap_or(0);
        if is_single(asked.body) {
            wave = wave.max(next_of_singles);
            next_of_singles = wave;
        }
        if let Some(person) = person {
            next_of_person.insert(person.id, wave + 1);
        }
        if waves.len() <= wave {
            waves.resize_with(wave + 1, Vec::new);
        }
        waves[wave].push(index);
    }
    waves
}
