//! What is kept only for a time, deleted when that is over.

use std::sync::Arc;
use std::time::Duration;

use crate::http::Centre;
use crate::{CentralError, database, notices, requests, sessions};

/// How often; nothing depends on the moment.
const EVERY: Duration = Duration::from_secs(600);

/// Tidies until dropped; a failure is tried again the next time.
pub async fn run(centre: Arc<Centre>) {
    let mut turns = tokio::time::interval(EVERY);
    loop {
        turns.tick().await;
        if let Err(error) = tidy(&centre).await {
            tracing::warn!(%error, sql_state = error.sql_state().unwrap_or("-"), "not tidied");
        }
    }
}

async fn tidy(centre: &Centre) -> Result<(), CentralError> {
    let client = database::connection(&centre.pool).await?;
    centre.services.limits.forget_old();
    sessions::forget_old(&client, centre.clock.now()).await?;
    let answers = requests::forget_old(&client, centre.clock.now()).await?;
    let notices = notices::forget_sent(&client, centre.clock.now()).await?;
    tracing::debug!(answers, notices, "old answers and notices deleted");
    Ok(())
}
