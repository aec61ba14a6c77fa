//! Who a card belongs to, and what stands for that person (I3–I7, I13, V5, V9).

use deadpool_postgres::GenericClient;
use domain::campaign::{BirthHalfYear, Campaign, VaccineRound};
use domain::roster::{CategorySet, RosterRecord};
use domain::{CardNumber, PersonNumber};
use jiff::Timestamp;
use tokio_postgres::Row;
use uuid::Uuid;
use wire::people::{
    CheckReply, StandingBooking, StandingMessage, StandingWillingness, VerdictMessage,
};
use wire::roster::RosterLine;

use crate::CentralError;

/// A person as the centre knows one; `id` is one for both residence numbers (I4).
#[derive(Debug)]
pub struct Person {
    /// The centre's own id.
    pub id: Uuid,
    /// The facts.
    pub record: RosterRecord,
}

impl Person {
    /// Whether the pair is the current one (I3, I6).
    #[must_use]
    pub fn holds(&self, number: &PersonNumber, card: &CardNumber) -> bool {
        self.record.number == *number && self.record.card == *card
    }
}

pub(crate) const PERSON_COLUMNS: &str = "person.person_id, person.number, person.other_number, \
     person.card, person.previous_card, person.insurance_only, person.categories, person.birth";

/// The person with this number, old or new (I4).
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn find(
    client: &impl GenericClient,
    number: &PersonNumber,
) -> Result<Option<Person>, CentralError> {
    let during = "looking up a person";
    let statement = client
        .prepare_cached(&format!(
            "SELECT {PERSON_COLUMNS} FROM person_numbers AS known \
             JOIN people AS person ON person.person_id = known.person_id WHERE known.number = $1"
        ))
        .await
        .map_err(CentralError::database(during))?;
    client
        .query_opt(&statement, &[&number.reveal()])
        .await
        .map_err(CentralError::database(during))?
        .map(|row| read(&row))
        .transpose()
}

/// The people with these numbers, old or new (I4), each with the number it was found under.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn find_all(
    client: &impl GenericClient,
    numbers: &[&str],
) -> Result<Vec<(String, Person)>, CentralError> {
    let during = "looking up people";
    let statement = client
        .prepare_cached(&format!(
            "SELECT {PERSON_COLUMNS}, known.number FROM person_numbers AS known \
             JOIN people AS person ON person.person_id = known.person_id \
             WHERE known.number = ANY($1)"
        ))
        .await
        .map_err(CentralError::database(during))?;
    client
        .query(&statement, &[&numbers])
        .await
        .map_err(CentralError::database(during))?
        .iter()
        .map(|row| Ok((row.get(8), read(row)?)))
        .collect()
}

/// Reads a row of [`PERSON_COLUMNS`].
pub(crate) fn read(row: &Row) -> Result<Person, CentralError> {
    let stored = || CentralError::Stored { what: "person" };
    let number = |text: &str| PersonNumber::parse(text).map_err(|_| stored());
    let card = |text: &str| CardNumber::parse(text).map_err(|_| stored());
    Ok(Person {
        id: row.get(0),
        record: RosterRecord {
            number: number(row.get(1))?,
            other_number: row.get::<_, Option<&str>>(2).map(number).transpose()?,
            card: card(row.get(3))?,
            previous_card: row.get::<_, Option<&str>>(4).map(card).transpose()?,
            insurance_only: row.get(5),
            categories: CategorySet::from_bits(
                u32::try_from(row.get::<_, i64>(6)).map_err(|_| stored())?,
            ),
            birth: BirthHalfYear::of(row.get(7)),
        },
    })
}

/// The answer to a terminal that read this pair from a card (I5).
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn check(
    client: &impl GenericClient,
    campaign: Option<&Campaign>,
    number: &PersonNumber,
    card: &CardNumber,
    now: Timestamp,
) -> Result<CheckReply, CentralError> {
    let person = find(client, number).await?;
    let verdict = verdict(person.as_ref(), number, card);
    let mut reply = CheckReply {
        verdict,
        record: None,
        standing: None,
    };
    if let (VerdictMessage::Current, Some(person)) = (verdict, person) {
        reply.record = Some(RosterLine::from(&person.record));
        let round =
            campaign.and_then(|campaign| campaign.vaccine_round_now(Some(&person.record), now));
        reply.standing = Some(standing(client, round, person.id).await?);
    }
    Ok(reply)
}

fn verdict(person: Option<&Person>, number: &PersonNumber, card: &CardNumber) -> VerdictMessage {
    match person {
        None => VerdictMessage::Unknown,
        Some(person) if person.holds(number, card) => VerdictMessage::Current,
        Some(person) if person.record.previous_card.as_ref() == Some(card) => {
            VerdictMessage::SupersededCard
        }
        Some(person) if person.record.insurance_only => VerdictMessage::InsuranceOnlyMismatch,
        Some(person) if person.record.number != *number && person.record.card == *card => {
            VerdictMessage::OtherNumberOnCard
        }
        Some(_) => VerdictMessage::Unknown,
    }
}

async fn standing(
    client: &impl GenericClient,
    round: Option<&VaccineRound>,
    person: Uuid,
) -> Result<StandingMessage, CentralError> {
    let Some(round) = round else {
        return Ok(StandingMessage::default());
    };
    let during = "reading what stands for a person";
    let willingness = client
        .prepare_cached(
            "SELECT receipt, category, mobile, area, brands FROM willingness \
             WHERE round_id = $1 AND person_id = $2 AND NOT cancelled",
        )
        .await
        .map_err(CentralError::database(during))?;
    let willingness = client
        .query_opt(&willingness, &[&round.id.as_str(), &person])
        .await
        .map_err(CentralError::database(during))?
        .map(|row| StandingWillingness {
            receipt: row.get(0),
            category: u8::try_from(row.get::<_, i16>(1)).unwrap_or(0),
            mobile: row.get(2),
            area: row.get(3),
            brands: row.get(4),
        });
    let booking = client
        .prepare_cached(
            "SELECT number, site_id, slot_id, mobile, booked_at FROM bookings \
             WHERE series = $1 AND dose = $2 AND person_id = $3",
        )
        .await
        .map_err(CentralError::database(during))?;
    let booking = client
        .query_opt(
            &booking,
            &[&round.series.as_str(), &i16::from(round.dose), &person],
        )
        .await
        .map_err(CentralError::database(during))?
        .map(|row| StandingBooking {
            number: row.get(0),
            site: row.get(1),
            slot: row.get(2),
            mobile: row.get(3),
            completed_at: row.get(4),
        });
    Ok(StandingMessage {
        willingness,
        booking,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn number(text: &str) -> PersonNumber {
        PersonNumber::parse(text).unwrap()
    }

    fn card(text: &str) -> CardNumber {
        CardNumber::parse(text).unwrap()
    }

    fn person(insurance_only: bool) -> Person {
        Person {
            id: Uuid::nil(),
            record: RosterRecord {
                number: number("A800000014"),
                other_number: Some(number("AC03095424")),
                card: card("000000000002"),
                previous_card: Some(card("000000000001")),
                insurance_only,
                categories: CategorySet::default(),
                birth: BirthHalfYear {
                    year: 1990,
                    second_half: false,
                },
            },
        }
    }

    /// Protects I3, I6, I7 and I13: each pair has its own verdict.
    #[test]
    fn i3_i6_i7_i13_verdicts() {
        let (new, old) = (number("A800000014"), number("AC03095424"));
        let known = person(false);
        for (number, card_number, expected) in [
            (&new, "000000000002", VerdictMessage::Current),
            (&new, "000000000001", VerdictMessage::SupersededCard),
            (&old, "000000000001", VerdictMessage::SupersededCard),
            (&old, "000000000002", VerdictMessage::OtherNumberOnCard),
            (&new, "000000000003", VerdictMessage::Unknown),
        ] {
            assert_eq!(verdict(Some(&known), number, &card(card_number)), expected);
        }
        assert_eq!(
            verdict(Some(&person(true)), &new, &card("000000000003")),
            VerdictMessage::InsuranceOnlyMismatch
        );
        assert_eq!(
            verdict(None, &new, &card("000000000002")),
            VerdictMessage::Unknown
        );
    }
}
