//! Statements, prepared once a connection.

use deadpool_postgres::GenericClient;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::CentralError;

pub(super) type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

/// Rows changed.
pub(super) async fn change(
    client: &impl GenericClient,
    during: &'static str,
    text: &str,
    values: Values<'_>,
) -> Result<u64, CentralError> {
    let statement = client
        .prepare_cached(text)
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(&statement, values)
        .await
        .map_err(CentralError::database(during))
}

pub(super) async fn rows(
    client: &impl GenericClient,
    during: &'static str,
    text: &str,
    values: Values<'_>,
) -> Result<Vec<Row>, CentralError> {
    let statement = client
        .prepare_cached(text)
        .await
        .map_err(CentralError::database(during))?;
    client
        .query(&statement, values)
        .await
        .map_err(CentralError::database(during))
}

/// The one row there may be.
pub(super) async fn row(
    client: &impl GenericClient,
    during: &'static str,
    text: &str,
    values: Values<'_>,
) -> Result<Option<Row>, CentralError> {
    Ok(rows(client, during, text, values).await?.into_iter().next())
}

/// A count as the database keeps it.
pub(super) fn integer(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
