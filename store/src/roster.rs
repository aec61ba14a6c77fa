//! The roster as a table: 5,000 people now. The whole country comes later by another representation
//! behind the same three methods.

use domain::campaign::BirthHalfYear;
use domain::roster::{CategorySet, RosterRecord};
use domain::{CardNumber, PersonNumber};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::values::{milliseconds, moment, signed, unsigned};
use crate::{Store, StoreError};

/// What a verified release says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRelease {
    /// Rises with each release.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// After this it is stale.
    pub not_after: Timestamp,
    /// How many people it holds.
    pub people: u64,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Import {
    /// The release took the older one's place.
    Replaced,
    /// This version was here already; nothing was changed.
    AlreadyHere,
}

/// The roster of this disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterStatus {
    /// What the release says of itself.
    pub release: RosterRelease,
    /// When it was imported.
    pub imported_at: Timestamp,
}

impl RosterStatus {
    /// Whether the release is older than it may be.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now > self.release.not_after
    }
}

impl Store {
    /// Takes a release whose signature and hash were verified, all of it or nothing.
    ///
    /// # Errors
    /// [`StoreError::VersionBehind`], [`StoreError::RosterCount`], or [`StoreError::Query`] where a
    /// number comes twice; the older release stands then.
    pub async fn import_roster<I>(
        &self,
        release: RosterRelease,
        people: I,
        at: Timestamp,
    ) -> Result<Import, StoreError>
    where
        I: IntoIterator<Item = RosterRecord> + Send + 'static,
    {
        self.run(move |connection| import(connection, &release, people, at))
            .await
    }

    /// The record under this number or under the person's other one (I4).
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn find_person(
        &self,
        number: PersonNumber,
    ) -> Result<Option<RosterRecord>, StoreError> {
        self.run(move |connection| find(connection, &number)).await
    }

    /// The release of this disk; `None` before the first.
    ///
    /// # Errors
    /// [`StoreError::Query`] or [`StoreError::Row`].
    pub async fn roster_status(&self) -> Result<Option<RosterStatus>, StoreError> {
        self.run(status).await
    }
}

const ACTION: &str = "read or import the roster";

fn import(
    connection: &Connection,
    release: &RosterRelease,
    people: impl IntoIterator<Item = RosterRecord>,
    at: Timestamp,
) -> Result<Import, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    if let Some(here) = status(connection)? {
        let current = here.release.version;
        if release.version < current {
            return Err(StoreError::VersionBehind {
                what: "roster",
                current,
                offered: release.version,
            });
        }
        if release.version == current {
            return Ok(Import::AlreadyHere);
        }
    }
    connection
        .execute("DELETE FROM roster", [])
        .map_err(failed)?;
    let mut statement = connection
        .prepare_cached(
            "INSERT INTO roster (number, other_number, card, previous_card, insurance_only,
             categories, birth_year, birth_second_half) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .map_err(failed)?;
    let mut found = 0;
    for person in people {
        statement
            .execute(params![
                person.number.reveal(),
                person.other_number.as_ref().map(PersonNumber::reveal),
                person.card.reveal(),
                person.previous_card.as_ref().map(CardNumber::reveal),
                person.insurance_only,
                person.categories.bits(),
                person.birth.year,
                person.birth.second_half,
            ])
            .map_err(failed)?;
        found += 1;
    }
    if found != release.people {
        return Err(StoreError::RosterCount {
            stated: release.people,
            found,
        });
    }
    connection
        .execute(
            "INSERT OR REPLACE INTO roster_release
             (only, version, created_at, not_after, people, imported_at)
             VALUES (1, ?1, ?2, ?3, ?4, ?5)",
            params![
                signed(release.version),
                milliseconds(release.created_at),
                milliseconds(release.not_after),
                signed(release.people),
                milliseconds(at),
            ],
        )
        .map_err(failed)?;
    Ok(Import::Replaced)
}

fn find(
    connection: &Connection,
    number: &PersonNumber,
) -> Result<Option<RosterRecord>, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let mut statement = connection
        .prepare_cached(
            // The number on the card first: it is the one the release goes by.
            "SELECT number, other_number, card, previous_card, insurance_only, categories,
             birth_year, birth_second_half FROM roster WHERE number = ?1
             UNION ALL
             SELECT number, other_number, card, previous_card, insurance_only, categories,
             birth_year, birth_second_half FROM roster WHERE other_number = ?1 LIMIT 1",
        )
        .map_err(failed)?;
    let mut rows = statement.query([number.reveal()]).map_err(failed)?;
    rows.next().map_err(failed)?.map(read).transpose()
}

fn read(row: &Row<'_>) -> Result<RosterRecord, StoreError> {
    let failed = |source| StoreError::query(ACTION)(source);
    let bad = |column| StoreError::Row {
        table: "roster",
        column,
    };
    let text = |index: usize| row.get::<_, Option<String>>(index).map_err(failed);
    let person = |index, column| {
        text(index)?
            .map(|text| PersonNumber::parse(&text).map_err(|_| bad(column)))
            .transpose()
    };
    let card = |index, column| {
        text(index)?
            .map(|text| CardNumber::parse(&text).map_err(|_| bad(column)))
            .transpose()
    };
    Ok(RosterRecord {
        number: person(0, "number")?.ok_or(bad("number"))?,
        other_number: person(1, "other_number")?,
        card: card(2, "card")?.ok_or(bad("card"))?,
        previous_card: card(3, "previous_card")?,
        insurance_only: row.get(4).map_err(failed)?,
        categories: CategorySet::from_bits(row.get(5).map_err(failed)?),
        birth: BirthHalfYear {
            year: row.get(6).map_err(failed)?,
            second_half: row.get(7).map_err(failed)?,
        },
    })
}

fn status(connection: &Connection) -> Result<Option<RosterStatus>, StoreError> {
    let row: Option<(i64, i64, i64, i64, i64)> = connection
        .prepare_cached(
            "SELECT version, created_at, not_after, people, imported_at FROM roster_release",
        )
        .and_then(|mut statement| statement.query_row([], |row| row.try_into()).optional())
        .map_err(StoreError::query(ACTION))?;
    row.map(|(version, created_at, not_after, people, imported_at)| {
        let time = |column, name| moment(column, "roster_release", name);
        Ok(RosterStatus {
            release: RosterRelease {
                version: unsigned(version),
                created_at: time(created_at, "created_at")?,
                not_after: time(not_after, "not_after")?,
                people: unsigned(people),
            },
            imported_at: time(imported_at, "imported_at")?,
        })
    })
    .transpose()
}
