//! What stands for a person by this terminal's own records (V5, V9), under either number (I4).

use domain::campaign::{AreaId, BrandId, CategoryCode, RoundId, SiteId, SlotId};
use domain::operation::{Outcome, Rejection};
use domain::visit::{BookingState, StandingBooking, StandingWillingness};
use domain::{MobileNumber, PersonNumber};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{Store, StoreError, values};

/// What stands by own records. The centre may know more; what it has not answered yet, it does not
/// know, and this terminal's word goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnStanding {
    /// Willingness.
    pub willingness: OwnWillingness,
    /// The newest booking that is confirmed or pending.
    pub booking: Option<StandingBooking>,
    /// The newest booking, where the centre refused it: to be told at the next insertion.
    pub refused: Option<RefusedBooking>,
}

/// Willingness by own records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnWillingness {
    /// Nothing recorded here.
    NotKnown,
    /// Declared here.
    Stands {
        /// The entry.
        entry: StandingWillingness,
        /// Whether the centre has it already.
        answered: bool,
    },
    /// Cancelled here.
    Cancelled {
        /// Whether the centre has it already.
        answered: bool,
    },
}

/// A booking that came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedBooking {
    /// Where.
    pub site: SiteId,
    /// When.
    pub slot: SlotId,
    /// Why.
    pub reason: Rejection,
}

impl Store {
    /// What stands for a person in a round.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn standing(
        &self,
        person: PersonNumber,
        other: Option<PersonNumber>,
        round: RoundId,
    ) -> Result<OwnStanding, StoreError> {
        self.run(move |connection| {
            let whose = Whose {
                person: &person,
                other: other.as_ref(),
                round: &round,
            };
            let (booking, refused) = booking(connection, &whose)?;
            Ok(OwnStanding {
                willingness: willingness(connection, &whose)?,
                booking,
                refused,
            })
        })
        .await
    }
}

const ACTION: &str = "read what stands for a person";

struct Whose<'a> {
    person: &'a PersonNumber,
    other: Option<&'a PersonNumber>,
    round: &'a RoundId,
}

impl Whose<'_> {
    fn newest<T>(
        &self,
        connection: &Connection,
        select: &str,
        read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        connection
            .prepare_cached(&format!(
                "{select} AND (o.person = ?1 OR o.person = ?2) AND o.round = ?3
                 ORDER BY o.position DESC LIMIT 1"
            ))
            .and_then(|mut statement| {
                statement
                    .query_row(
                        params![
                            self.person.reveal(),
                            self.other.map(PersonNumber::reveal),
                            self.round.as_str()
                        ],
                        read,
                    )
                    .optional()
            })
            .map_err(StoreError::query(ACTION))
    }
}

fn willingness(connection: &Connection, whose: &Whose<'_>) -> Result<OwnWillingness, StoreError> {
    type Row = (
        String,
        bool,
        Option<u8>,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    let row: Option<Row> = whose.newest(
        connection,
        "SELECT o.receipt, o.outcome IS NOT NULL, w.category, w.mobile, w.area, w.brands
         FROM operations o JOIN willingness w ON w.operation = o.position
         WHERE (o.outcome IS NULL OR o.outcome IN ('applied', 'pending'))",
        |row| row.try_into(),
    )?;
    let Some((receipt, answered, category, mobile, area, brands)) = row else {
        return Ok(OwnWillingness::NotKnown);
    };
    let Some(category) = category else {
        return Ok(OwnWillingness::Cancelled { answered });
    };
    let bad = |column| StoreError::Row {
        table: "willingness",
        column,
    };
    let brands: Result<Vec<_>, _> = brands
        .unwrap_or_default()
        .split_whitespace()
        .map(|brand| BrandId::parse(brand).map_err(|_| bad("brands")))
        .collect();
    Ok(OwnWillingness::Stands {
        entry: StandingWillingness {
            receipt,
            category: CategoryCode::new(category).ok_or(bad("category"))?,
            mobile: MobileNumber::parse(&mobile.unwrap_or_default()).map_err(|_| bad("mobile"))?,
            area: AreaId::parse(&area.unwrap_or_default()).map_err(|_| bad("area"))?,
            brands: brands?,
        },
        answered,
    })
}

type Bookings = (Option<StandingBooking>, Option<RefusedBooking>);

fn booking(connection: &Connection, whose: &Whose<'_>) -> Result<Bookings, StoreError> {
    let bad = |column| StoreError::Row {
        table: "bookings",
        column,
    };
    let refused = match row(connection, whose, "WHERE 1")? {
        Some(newest) => match newest.outcome()? {
            Some(Outcome::Rejected(reason)) => Some(RefusedBooking {
                site: SiteId::parse(&newest.site).map_err(|_| bad("site"))?,
                slot: SlotId::parse(&newest.slot).map_err(|_| bad("slot"))?,
                reason,
            }),
            _ => None,
        },
        None => return Ok((None, None)),
    };
    let live = "WHERE (o.outcome IS NULL OR o.outcome IN ('applied', 'pending'))";
    let Some(found) = row(connection, whose, live)? else {
        return Ok((None, refused));
    };
    let state = match found.outcome()? {
        Some(Outcome::Applied {
            number: Some(number),
        }) => BookingState::Confirmed(number),
        _ => BookingState::Pending(found.receipt),
    };
    let standing = StandingBooking {
        state,
        completed_at: values::moment(found.recorded_at, "operations", "recorded_at")?,
        site: SiteId::parse(&found.site).map_err(|_| bad("site"))?,
        slot: SlotId::parse(&found.slot).map_err(|_| bad("slot"))?,
        mobile: MobileNumber::parse(&found.mobile).map_err(|_| bad("mobile"))?,
    };
    // A booking that stands beside a refused later one: "you have one already" is no news.
    Ok((Some(standing), None))
}

struct BookingRow {
    receipt: String,
    outcome: Option<String>,
    detail: Option<String>,
    site: String,
    slot: String,
    mobile: String,
    recorded_at: i64,
}

impl BookingRow {
    fn outcome(&self) -> Result<Option<Outcome>, StoreError> {
        values::outcome(self.outcome.as_deref(), self.detail.as_deref())
    }
}

fn row(
    connection: &Connection,
    whose: &Whose<'_>,
    condition: &str,
) -> Result<Option<BookingRow>, StoreError> {
    whose.newest(
        connection,
        &format!(
            "SELECT o.receipt, o.outcome, o.detail, b.site, b.slot, b.mobile,
                    o.recorded_at
             FROM operations o JOIN bookings b ON b.operation = o.position {condition}"
        ),
        |row| {
            Ok(BookingRow {
                receipt: row.get(0)?,
                outcome: row.get(1)?,
                detail: row.get(2)?,
                site: row.get(3)?,
                slot: row.get(4)?,
                mobile: row.get(5)?,
                recorded_at: row.get(6)?,
            })
        },
    )
}
