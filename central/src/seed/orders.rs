//! Invented mask orders: several a store, some never paid (M9, M11).

use std::collections::HashSet;

use domain::campaign::{Campaign, StoreId};
use domain::pickup::PickupNumber;
use jiff::civil::Date;
use rand::Rng as _;
use rand::seq::SliceRandom as _;
use rand_chacha::ChaCha20Rng;

use super::population::SamplePerson;
use crate::CentralError;

/// Orders a store has.
const PER_STORE: usize = 40;
/// Of them, how many were never paid.
const UNPAID: usize = 4;

/// One invented order.
#[derive(Debug)]
pub(super) struct SampleOrder {
    pub(super) round: String,
    pub(super) number: PickupNumber,
    /// Index into the people.
    pub(super) person: usize,
    pub(super) store: StoreId,
    pub(super) masks: u32,
    pub(super) price_twd: u32,
    pub(super) paid: bool,
    pub(super) first_day: Date,
    pub(super) last_day: Date,
}

/// Orders for every store of the round, one a person (M1).
pub(super) fn make(
    campaign: &Campaign,
    people: &[SamplePerson],
    random: &mut ChaCha20Rng,
) -> Result<Vec<SampleOrder>, CentralError> {
    let mut buyers: Vec<usize> = (0..people.len())
        .filter(|&index| people[index].age >= 18)
        .collect();
    buyers.shuffle(random);
    let mut buyers = buyers.into_iter();
    let mut used = HashSet::new();
    let mut orders = Vec::new();
    let stores = campaign
        .mask_rounds
        .iter()
        .flat_map(|round| round.stores.iter().map(move |store| (round, store)));
    for (round, store) in stores {
        for (index, person) in buyers.by_ref().take(PER_STORE).enumerate() {
            let number = loop {
                let text = format!("{:010}", random.gen_range(0..10_000_000_000_u64));
                if used.insert(text.clone()) {
                    break PickupNumber::parse(&text).map_err(|_| CentralError::Population)?;
                }
            };
            orders.push(SampleOrder {
                round: round.id.to_string(),
                number,
                person,
                store: store.id.clone(),
                masks: round.masks_per_order,
                price_twd: round.order_price_twd(),
                paid: index >= UNPAID,
                first_day: round.pickup_first_day,
                last_day: round.pickup_last_day,
            });
        }
    }
    Ok(orders)
}
