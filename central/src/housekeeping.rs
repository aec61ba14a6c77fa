//! What is kept only for a time, deleted when that is over.

use std::sync::Arc;
use std::time::Duration;

use crate::http::Centre;
use crate::{CentralError, captchas, database, notices, requests, sessions};

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
    let now = centre.clock.now();
    let answers = requests::forget_old(&client, now).await?;
    let sessions = sessions::forget_ended(&client, now).await?;
    let captchas = captchas::forget_old(&client, now).await?;
    let notices = notices::erase_old(&client, now).await?;
    tracing::debug!(answers, sessions, captchas, notices, "old rows deleted");
    Ok(())
}
