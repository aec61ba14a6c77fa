//! What is known of everybody and everything a wave asks about, read in a few statements.

use std::collections::HashMap;

use deadpool_postgres::Transaction;
use domain::campaign::{BrandId, CategoryCode};
use domain::operation::Rejection;
use domain::{CardNumber, PersonNumber};
use jiff::Timestamp;
use uuid::Uuid;

use super::wave::{Asked, subject};
use crate::CentralError;
use crate::people::{self, Person};

/// Everybody a group names, found under either number (I4).
pub(super) struct People {
    people: Vec<Person>,
    by_number: HashMap<String, usize>,
}

impl People {
    /// Reads them in one statement.
    pub(super) async fn read(
        transaction: &Transaction<'_>,
        asked: &[Asked<'_>],
    ) -> Result<Self, CentralError> {
        let mut numbers: Vec<&str> = asked
            .iter()
            .filter_map(|asked| Some(subject(asked.body)?.reveal()))
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut found = Self {
            people: Vec::new(),
            by_number: HashMap::new(),
        };
        if !numbers.is_empty() {
            for (number, person) in people::find_all(transaction, &numbers).await? {
                found.by_number.insert(number, found.people.len());
                found.people.push(person);
            }
        }
        Ok(found)
    }

    /// The person with this number, old or new.
    pub(super) fn with_number(&self, number: &PersonNumber) -> Option<&Person> {
        self.people.get(*self.by_number.get(number.reveal())?)
    }

    /// The person, if the pair is current (I3, I6).
    pub(super) fn verified(
        &self,
        number: &PersonNumber,
        card: &CardNumber,
    ) -> Result<&Person, Rejection> {
        self.with_number(number)
            .filter(|person| person.holds(number, card))
            .ok_or(Rejection::IdentityNotVerified)
    }
}

/// A willingness entry that stands.
pub(super) struct Willing {
    pub(super) category: CategoryCode,
    pub(super) brands: Vec<BrandId>,
    pub(super) booked: bool,
}

/// The entries that stand of these people in these rounds, by round and person.
pub(super) async fn willing(
    transaction: &Transaction<'_>,
    rounds: &[&str],
    people: &[Uuid],
) -> Result<HashMap<(String, Uuid), Willing>, CentralError> {
    let during = "reading willingness entries";
    let statement = transaction
        .prepare_cached(
            "SELECT round_id, person_id, category, brands, booked FROM willingness \
             WHERE round_id = ANY($1) AND person_id = ANY($2) AND NOT cancelled",
        )
        .await
        .map_err(CentralError::database(during))?;
    let rows = transaction
        .query(&statement, &[&rounds, &people])
        .await
        .map_err(CentralError::database(during))?;
    let stored = || CentralError::Stored {
        what: "willingness entry",
    };
    rows.iter()
        .map(|row| {
            let category = u8::try_from(row.get::<_, i16>(2))
                .ok()
                .and_then(CategoryCode::new)
                .ok_or_else(stored)?;
            let brands = row
                .get::<_, Vec<&str>>(3)
                .into_iter()
                .map(|brand| BrandId::parse(brand).map_err(|_| stored()))
                .collect::<Result<_, _>>()?;
            let entry = Willing {
                category,
                brands,
                booked: row.get(4),
            };
            Ok(((row.get(0), row.get(1)), entry))
        })
        .collect()
}

/// One slot as the tables know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SlotKey<'a> {
    pub(super) site: &'a str,
    pub(super) round: &'a str,
    pub(super) slot: &'a str,
}

/// Slots as three columns.
pub(super) fn slot_columns<'a>(
    slots: impl Iterator<Item = SlotKey<'a>>,
) -> (Vec<&'a str>, Vec<&'a str>, Vec<&'a str>) {
    let mut columns = (Vec::new(), Vec::new(), Vec::new());
    for slot in slots {
        columns.0.push(slot.site);
        columns.1.push(slot.round);
        columns.2.push(slot.slot);
    }
    columns
}

/// Rows of names and one person each, as columns.
pub(super) fn person_columns<'a>(
    rows: impl Iterator<Item = (&'a str, Uuid)>,
) -> (Vec<&'a str>, Vec<Uuid>) {
    rows.unzip()
}

/// The moment, for columns of many rows.
pub(super) fn moments(asked: &[Asked<'_>], indices: &[usize]) -> Vec<Timestamp> {
    indices
        .iter()
        .map(|&index| asked[index].judged_at)
        .collect()
}
