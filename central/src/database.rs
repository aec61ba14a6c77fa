//! The connection pool, the migrations and the repetition of conflicting transactions.

use std::time::Duration;

use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rand::Rng as _;
use tokio_postgres::NoTls;

use crate::CentralError;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// How long a request waits for a connection before it is told to come again.
const WAIT: Duration = Duration::from_secs(2);
/// How long a new connection may take.
const CREATE: Duration = Duration::from_secs(10);
/// How often a transaction is tried when others are in its way.
const ATTEMPTS: u32 = 8;

/// A pool of at most `connections_max` connections.
///
/// # Errors
/// [`CentralError::DatabaseAddress`] or [`CentralError::Pool`]; no connection is made yet.
pub fn pool(address: &str, connections_max: usize) -> Result<Pool, CentralError> {
    let config = address
        .parse::<tokio_postgres::Config>()
        .map_err(|source| CentralError::DatabaseAddress { source })?;
    let manager = Manager::from_config(
        config,
        NoTls,
        ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        },
    );
    Pool::builder(manager)
        .max_size(connections_max)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT))
        .create_timeout(Some(CREATE))
        .build()
        .map_err(|source| CentralError::Pool { source })
}

/// A connection of the pool.
///
/// # Errors
/// [`CentralError::Connect`] when none is free in time.
pub async fn connection(pool: &Pool) -> Result<Client, CentralError> {
    pool.get()
        .await
        .map_err(|source| CentralError::Connect { source })
}

/// Brings the database to this program's version.
///
/// # Errors
/// [`CentralError::Migrate`] or those of connecting.
pub async fn migrate(pool: &Pool) -> Result<(), CentralError> {
    let mut client = connection(pool).await?;
    let client: &mut tokio_postgres::Client = &mut client;
    embedded::migrations::runner()
        .run_async(client)
        .await
        .map(|_| ())
        .map_err(|source| CentralError::Migrate { source })
}

/// Does a whole transaction again while it conflicts with others, with growing, random pauses.
///
/// # Errors
/// Those of the transaction.
pub async fn with_retry<T, Attempt, Done>(mut attempt: Attempt) -> Result<T, CentralError>
where
    Attempt: FnMut() -> Done,
    Done: Future<Output = Result<T, CentralError>>,
{
    for round in 1..ATTEMPTS {
        match attempt().await {
            Err(error) if error.is_conflict() => {
                let ceiling_ms = 10_u64 << round;
                let pause_ms = rand::thread_rng().gen_range(1..=ceiling_ms);
                tokio::time::sleep(Duration::from_millis(pause_ms)).await;
            }
            done => return done,
        }
    }
    attempt().await
}
