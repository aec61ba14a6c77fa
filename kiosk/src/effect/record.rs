//! A deed: on disk first, then to the centre.

use domain::operation::OperationId;
use domain::visit::{Deed, Input};
use store::{NewOperation, Recorded};
use uuid::Uuid;

use super::Terminal;
use crate::clock::Clock;

/// Puts the deed on disk. Answers only after the commit.
pub(super) async fn record(terminal: &Terminal, deed: Deed, clock: Clock) -> Input {
    let at = clock.now();
    let recorded = terminal
        .store
        .record(NewOperation {
            key: Uuid::now_v7().as_u128(),
            recorded_at: at,
            body: deed,
        })
        .await;
    terminal.line.kick();
    match recorded {
        Ok(Recorded::New { id, .. }) => Input::Recorded { id, at },
        Ok(Recorded::SlipExists { number, .. }) => Input::SlipExists(number),
        Err(error) => {
            tracing::error!(%error, "an operation could not be recorded");
            Input::RecordFailed
        }
    }
}

/// Sends the operation and waits for its answer, three seconds at the most.
pub(super) async fn send_now(terminal: &Terminal, id: OperationId) -> Input {
    let outcome = terminal.line.send_now(id).await;
    Input::Answered { id, outcome }
}
