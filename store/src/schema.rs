//! The schema's versions, `schema/V*.sql`, applied in order.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use crate::StoreError;

mod embedded {
    #![allow(missing_docs, unreachable_pub, clippy::unwrap_used)]
    refinery::embed_migrations!("schema");
}

/// Brings the database up to the newest version this program knows.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let (found, known) = (current(connection)?, newest());
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    run(connection, embedded::migrations::runner())
}

/// The newest version this program knows.
pub(crate) fn newest() -> i32 {
    embedded::migrations::runner()
        .get_migrations()
        .iter()
        .map(refinery::Migration::version)
        .max()
        .unwrap_or(0)
}

fn run(connection: &mut Connection, runner: refinery::Runner) -> Result<(), StoreError> {
    // One transaction for all of them: a power cut in between leaves the old version whole.
    runner
        .set_grouped(true)
        .run(connection)
        .map(drop)
        .map_err(|source| StoreError::Migrate {
            source: Arc::new(source),
        })
}

/// The version of this file; 0 for an empty one.
fn current(connection: &Connection) -> Result<i32, StoreError> {
    let action = StoreError::query("read the schema's version");
    let known = connection
        .query_row(
            "SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history'",
            [],
            |_| Ok(()),
        )
        .optional();
    match known {
        Ok(None) => Ok(0),
        Ok(Some(())) => connection
            .query_row(
                "SELECT coalesce(max(version), 0) FROM refinery_schema_history",
                [],
                |row| row.get(0),
            )
            .map_err(action),
        Err(source) => Err(action(source)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use refinery::Target;

    /// Protects terminals that were off for long: from every older version, with that version's
    /// sample rows in it where `schema/fixtures` has some, the schema comes out the same as fresh.
    #[test]
    fn every_older_version_migrates() {
        let shape = |connection: &Connection| -> Vec<(String, Option<String>)> {
            connection
                .prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'refinery%' ORDER BY name")
                .unwrap()
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap()
        };
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh).unwrap();
        for version in 1..=newest() {
            let mut old = Connection::open_in_memory().unwrap();
            let runner = embedded::migrations::runner();
            run(&mut old, runner.set_target(Target::Version(version))).unwrap();
            assert_eq!(current(&old).unwrap(), version);
            let fixture = format!(
                "{}/schema/fixtures/V{version}.sql",
                env!("CARGO_MANIFEST_DIR")
            );
            let rows = std::fs::read_to_string(&fixture).expect("each version has sample rows");
            old.execute_batch(&rows).unwrap();
            migrate(&mut old).unwrap();
            assert_eq!(shape(&old), shape(&fresh), "from version {version}");
            let left: i64 = old
                .query_row("SELECT count(*) FROM operations", [], |row| row.get(0))
                .unwrap();
            assert_eq!(left, 2, "operations survive from version {version}");
            let faults: i64 = old
                .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
                    row.get(0)
                })
                .unwrap();
            assert_eq!(faults, 0);
        }
    }

    /// Protects against an older program on a newer disk: refused, not guessed at.
    #[test]
    fn newer_schema_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection
            .execute_batch(
                "INSERT INTO refinery_schema_history
                 SELECT 999, 'later', applied_on, checksum FROM refinery_schema_history LIMIT 1",
            )
            .unwrap();
        assert!(matches!(
            migrate(&mut connection),
            Err(StoreError::NewerSchema { found: 999, .. })
        ));
    }
}
