//! Roster releases: built, checked by a separate step, signed, published; versions only rise.

use std::collections::HashMap;

use deadpool_postgres::{GenericClient, Pool};
use domain::roster::RosterRecord;
use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use wire::envelope::{self, SignedEnvelope};
use wire::roster::{RosterLine, RosterManifest};

use crate::apply::hexadecimal;
use crate::{CentralError, database, people};

/// Makes, checks, signs and publishes a release of everyone the centre knows now.
///
/// # Errors
/// [`CentralError::RosterCheck`] when the file is not what the table says, or those of the
/// database.
pub async fn release(
    pool: &Pool,
    key: &SigningKey,
    valid: SignedDuration,
    now: Timestamp,
) -> Result<RosterManifest, CentralError> {
    let during = "publishing a roster release";
    let mut client = database::connection(pool).await?;
    let transaction = client
        .build_transaction()
        .isolation_level(tokio_postgres::IsolationLevel::RepeatableRead)
        .start()
        .await
        .map_err(CentralError::database(during))?;
    let file = build(&read_people(&transaction).await?)?;
    check(&file, &read_people(&transaction).await?)?;
    let version: i64 = transaction
        .query_one(
            "SELECT coalesce(max(version), 0) + 1 FROM roster_releases",
            &[],
        )
        .await
        .map_err(CentralError::database(during))?
        .get(0);
    let manifest = RosterManifest {
        version: version.unsigned_abs(),
        created_at: now,
        not_after: now.saturating_add(valid).unwrap_or(Timestamp::MAX),
        length_bytes: u64::try_from(file.len()).unwrap_or(u64::MAX),
        sha256: hexadecimal(&Sha256::digest(&file)),
        people: file.split(|&byte| byte == b'\n').count() as u64 - 1,
    };
    let json = |source| CentralError::Json { source };
    let payload = serde_json::to_vec(&manifest).map_err(json)?;
    let sealed = SignedEnvelope::seal(envelope::ROSTER_MANIFEST, &payload, key);
    let sealed = serde_json::to_string(&sealed).map_err(json)?;
    transaction
        .execute(
            "INSERT INTO roster_releases (version, created_at, file, envelope) \
             VALUES ($1, $2, $3, $4)",
            &[&version, &now, &file, &sealed],
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))?;
    Ok(manifest)
}

/// The signed manifest of the newest release; `None` before the first.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn newest_manifest(client: &impl GenericClient) -> Result<Option<String>, CentralError> {
    let during = "reading the roster's manifest";
    client
        .query_opt(
            "SELECT envelope FROM roster_releases ORDER BY version DESC LIMIT 1",
            &[],
        )
        .await
        .map(|row| row.map(|row| row.get(0)))
        .map_err(CentralError::database(during))
}

/// The file of a release.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn file(
    client: &impl GenericClient,
    version: i64,
) -> Result<Option<Vec<u8>>, CentralError> {
    client
        .query_opt(
            "SELECT file FROM roster_releases WHERE version = $1",
            &[&version],
        )
        .await
        .map(|row| row.map(|row| row.get(0)))
        .map_err(CentralError::database("reading a roster file"))
}

async fn read_people(client: &impl GenericClient) -> Result<Vec<RosterRecord>, CentralError> {
    client
        .query(
            &format!(
                "SELECT {} FROM people AS person ORDER BY person.number",
                people::PERSON_COLUMNS
            ),
            &[],
        )
        .await
        .map_err(CentralError::database("reading the people of a release"))?
        .iter()
        .map(|row| people::read(row).map(|person| person.record))
        .collect()
}

fn build(records: &[RosterRecord]) -> Result<Vec<u8>, CentralError> {
    let mut file = Vec::new();
    for record in records {
        serde_json::to_writer(&mut file, &RosterLine::from(record))
            .map_err(|source| CentralError::Json { source })?;
        file.push(b'\n');
    }
    Ok(file)
}

/// Reads the file as a terminal would and compares it with the table: everyone is found under
/// each of the numbers with the same facts, and nobody else is in it.
fn check(file: &[u8], records: &[RosterRecord]) -> Result<(), CentralError> {
    let wrong = || CentralError::RosterCheck;
    let mut by_number = HashMap::new();
    let mut lines = 0_usize;
    for line in file
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        let line: RosterLine = serde_json::from_slice(line).map_err(|_| wrong())?;
        let record = RosterRecord::try_from(line).map_err(|_| wrong())?;
        lines += 1;
        for number in [Some(record.number.clone()), record.other_number.clone()]
            .into_iter()
            .flatten()
        {
            if by_number.insert(number, record.clone()).is_some() {
                return Err(wrong());
            }
        }
    }
    let found = |record: &RosterRecord| {
        by_number.get(&record.number) == Some(record)
            && record
                .other_number
                .as_ref()
                .is_none_or(|number| by_number.get(number) == Some(record))
    };
    if lines == records.len() && records.iter().all(found) {
        Ok(())
    } else {
        Err(wrong())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use domain::campaign::BirthHalfYear;
    use domain::roster::CategorySet;
    use domain::{CardNumber, PersonNumber};

    fn record(number: &str, other: Option<&str>, card: &str) -> RosterRecord {
        RosterRecord {
            number: PersonNumber::parse(number).unwrap(),
            other_number: other.map(|text| PersonNumber::parse(text).unwrap()),
            card: CardNumber::parse(card).unwrap(),
            previous_card: None,
            insurance_only: false,
            categories: CategorySet::from_bits(1 << 8),
            birth: BirthHalfYear {
                year: 1960,
                second_half: true,
            },
        }
    }

    /// Protects the fleet against a bad release: a file that lacks somebody, has a stranger, or
    /// states other facts is not published.
    #[test]
    fn a_wrong_file_is_not_published() {
        let everyone = vec![
            record("A123456789", None, "000000000001"),
            record("A800000014", Some("AC03095424"), "000000000002"),
        ];
        let file = build(&everyone).unwrap();
        assert!(check(&file, &everyone).is_ok());
        assert!(check(&build(&everyone[..1]).unwrap(), &everyone).is_err());
        assert!(check(&file, &everyone[..1]).is_err());
        let mut changed = everyone.clone();
        changed[0].card = CardNumber::parse("000000000003").unwrap();
        assert!(check(&file, &changed).is_err());
        let twice = build(&[
            everyone[1].clone(),
            record("AC03095424", None, "000000000004"),
        ]);
        assert!(check(&twice.unwrap(), &everyone).is_err());
    }
}
