//! The hash chain over all operations of this disk: nothing can be taken out or changed unseen.

use sha2::{Digest, Sha256};

use rusqlite::{Connection, OptionalExtension as _};

use crate::StoreError;

/// A link of the chain.
pub(crate) type Link = [u8; 32];

const ACTION: &str = "check the hash chain";

/// The link after `previous` for an operation with this hash.
pub(crate) fn next(previous: &Link, hash: &[u8; 32]) -> Link {
    let mut digest = Sha256::new();
    digest.update(previous);
    digest.update(hash);
    digest.finalize().into()
}

/// The newest link; zeros before the first operation.
pub(crate) fn head(connection: &Connection) -> Result<Link, StoreError> {
    connection
        .prepare_cached("SELECT chain FROM operations ORDER BY position DESC LIMIT 1")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)).optional())
        .map(Option::unwrap_or_default)
        .map_err(StoreError::query(ACTION))
}

/// Walks the whole chain, and the hash of each payload that is still there.
pub(crate) fn check(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection
        .prepare("SELECT position, hash, chain, payload FROM operations ORDER BY position")
        .map_err(StoreError::query(ACTION))?;
    let mut rows = statement.query([]).map_err(StoreError::query(ACTION))?;
    let (mut previous, mut count) = (Link::default(), 0);
    while let Some(row) = rows.next().map_err(StoreError::query(ACTION))? {
        let read = || -> rusqlite::Result<(i64, [u8; 32], Link, Option<String>)> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        };
        let (position, hash, link, payload) = read().map_err(StoreError::query(ACTION))?;
        let same_bytes = payload.is_none_or(|text| <[u8; 32]>::from(Sha256::digest(text)) == hash);
        if link != next(&previous, &hash) || !same_bytes {
            return Err(StoreError::ChainBroken { position });
        }
        (previous, count) = (link, count + 1);
    }
    Ok(count)
}
