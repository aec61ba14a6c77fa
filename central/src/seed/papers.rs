//! Invented papers of the invented people: what registering asks for beside the card (R1).

use deadpool_postgres::Transaction;
use domain::PersonNumberKind;
use serde::Serialize;

use super::population::SamplePerson;
use crate::CentralError;

/// What one person shows.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SamplePapers {
    #[serde(skip_serializing_if = "Option::is_none")]
    household_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    permit_number: Option<String>,
}

/// Made from the person's id, so that they change nothing else of the population.
pub(super) fn of(person: &SamplePerson) -> SamplePapers {
    let (_, low) = person.id.as_u64_pair();
    if person.number.kind() == PersonNumberKind::National {
        SamplePapers {
            household_number: Some(format!("F{:07}", low % 10_000_000)),
            address: Some(format!("臺北市大安區健康路{}號", low % 300 + 1)),
            permit_number: None,
        }
    } else {
        SamplePapers {
            household_number: None,
            address: None,
            permit_number: Some(format!("FC{:08}", low % 100_000_000)),
        }
    }
}

/// Puts them into the database.
pub(super) async fn insert(
    transaction: &Transaction<'_>,
    people: &[SamplePerson],
) -> Result<(), CentralError> {
    let papers: Vec<SamplePapers> = people.iter().map(of).collect();
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let households: Vec<_> = papers.iter().map(|one| &one.household_number).collect();
    let addresses: Vec<_> = papers.iter().map(|one| &one.address).collect();
    let permits: Vec<_> = papers.iter().map(|one| &one.permit_number).collect();
    transaction
        .execute(
            "INSERT INTO papers (person_id, household_number, address, permit_number) \
             SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])",
            &[&ids, &households, &addresses, &permits],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database("inserting sample papers"))
}
