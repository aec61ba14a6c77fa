//! What a person sees of their own on the web platform and in the app (V4, V8, V11).

use deadpool_postgres::GenericClient;
use domain::campaign::{Campaign, RoundId, SiteId, SlotId, VaccineRound};
use domain::look_up::{self, HeldBooking};
use domain::mobile::LastThreeDigits;
use domain::operation::BookingNumber;
use domain::{MobileNumber, PersonName, PersonNumber};
use tokio_postgres::Row;
use uuid::Uuid;
use wire::my::{MyBooking, MyWillingness};

use crate::CentralError;
use crate::people::{self, PERSON_COLUMNS, Person};

/// A person with the name on the card.
pub struct Owner {
    /// Numbers and facts.
    pub person: Person,
    /// The name.
    pub name: PersonName,
}

/// The person with this id of the centre's own.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn owner(client: &impl GenericClient, id: Uuid) -> Result<Option<Owner>, CentralError> {
    let during = "reading a person";
    let statement = client
        .prepare_cached(&format!(
            "SELECT {PERSON_COLUMNS}, person.name FROM people AS person WHERE person.person_id = $1"
        ))
        .await
        .map_err(CentralError::database(during))?;
    client
        .query_opt(&statement, &[&id])
        .await
        .map_err(CentralError::database(during))?
        .map(|row| {
            Ok(Owner {
                person: people::read(&row)?,
                name: PersonName::new(row.get("name")),
            })
        })
        .transpose()
}

/// The person with this number, either of the two (I4), with the name on the card.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn owner_of(
    client: &impl GenericClient,
    number: &PersonNumber,
) -> Result<Option<Owner>, CentralError> {
    let known = people::find(client, number).await?;
    owner(client, known.map_or(Uuid::nil(), |person| person.id)).await
}

/// The willingness entry that stands.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn willingness(
    client: &impl GenericClient,
    owner: &Owner,
    round: &VaccineRound,
) -> Result<Option<MyWillingness>, CentralError> {
    let during = "reading a willingness entry";
    let statement = client
        .prepare_cached(
            "SELECT receipt, category, mobile, area, brands, recorded_at FROM willingness \
             WHERE round_id = $1 AND person_id = $2 AND NOT cancelled",
        )
        .await
        .map_err(CentralError::database(during))?;
    let row = client
        .query_opt(&statement, &[&round.id.as_str(), &owner.person.id])
        .await
        .map_err(CentralError::database(during))?;
    Ok(row.map(|row| MyWillingness {
        registration_number: row.get(0),
        completed_at: row.get(5),
        person: owner.person.record.number.masked(),
        name: owner.name.masked(),
        category: u8::try_from(row.get::<_, i16>(1)).unwrap_or(0),
        mobile: row.get(2),
        area: row.get(3),
        brands: row.get(4),
    }))
}

/// The booking that stands for the round's dose of its series (V9), whichever round gave it.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn booking(
    client: &impl GenericClient,
    campaign: &Campaign,
    owner: &Owner,
    round: &VaccineRound,
) -> Result<Option<MyBooking>, CentralError> {
    let during = "reading a booking";
    let statement = client
        .prepare_cached(
            "SELECT number, round_id, site_id, slot_id, mobile, booked_at FROM bookings \
             WHERE series = $1 AND dose = $2 AND person_id = $3",
        )
        .await
        .map_err(CentralError::database(during))?;
    let row = client
        .query_opt(
            &statement,
            &[
                &round.series.as_str(),
                &i16::from(round.dose),
                &owner.person.id,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok(row.and_then(|row| read_booking(&row, campaign, owner)))
}

/// The newest booking of a person whose mobile number there ends in these digits (V11). Nobody is
/// asked for alike, so that the time taken does not tell whether somebody was found.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn newest_booking(
    client: &impl GenericClient,
    campaign: &Campaign,
    owner: Option<&Owner>,
    digits: &LastThreeDigits,
) -> Result<Option<MyBooking>, CentralError> {
    let during = "looking up a booking";
    // Named so that the claims' own key finds the row.
    let rounds = &campaign.vaccine_rounds;
    let mut series: Vec<&str> = rounds.iter().map(|round| round.series.as_str()).collect();
    let mut doses: Vec<i16> = rounds.iter().map(|round| i16::from(round.dose)).collect();
    series.sort_unstable();
    series.dedup();
    doses.sort_unstable();
    doses.dedup();
    let statement = client
        .prepare_cached(
            "SELECT number, round_id, site_id, slot_id, mobile, booked_at FROM bookings \
             WHERE series = ANY($1) AND dose = ANY($2) AND person_id = $3 \
             ORDER BY booked_at DESC LIMIT 1",
        )
        .await
        .map_err(CentralError::database(during))?;
    let row = client
        .query_opt(
            &statement,
            &[
                &series,
                &doses,
                &owner.map_or(Uuid::nil(), |owner| owner.person.id),
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    let (Some(row), Some(owner)) = (row, owner) else {
        return Ok(None);
    };
    let held = held(&row, owner).ok_or(CentralError::Stored { what: "booking" })?;
    let shown = look_up::newest_booking([held], digits);
    Ok(shown.and_then(|_| read_booking(&row, campaign, owner)))
}

/// The booking in the words of the rule that decides over look-ups.
fn held(row: &Row, owner: &Owner) -> Option<HeldBooking> {
    Some(HeldBooking {
        person: owner.person.record.number.clone(),
        name: owner.name.clone(),
        mobile: MobileNumber::parse(row.get(4)).ok()?,
        number: BookingNumber::parse(row.get(0))?,
        completed_at: row.get(5),
        site: SiteId::parse(row.get(2)).ok()?,
        slot: SlotId::parse(row.get(3)).ok()?,
    })
}

/// `None` where the campaign no longer names the site or the slot.
fn read_booking(row: &Row, campaign: &Campaign, owner: &Owner) -> Option<MyBooking> {
    let round = campaign.vaccine_round(&RoundId::parse(row.get(1)).ok()?)?;
    let site = round.site(&SiteId::parse(row.get(2)).ok()?)?;
    let slot = site.slot(&SlotId::parse(row.get(3)).ok()?)?;
    Some(MyBooking {
        number: row.get(0),
        round: round.id.to_string(),
        completed_at: row.get(5),
        person: owner.person.record.number.masked(),
        name: owner.name.masked(),
        mobile: MobileNumber::parse(row.get(4)).ok()?.masked(),
        date: slot.date,
        start: slot.start,
        end: slot.end,
        site: (&site.name).into(),
        address: (&site.address).into(),
        notice: (&site.notice).into(),
    })
}
