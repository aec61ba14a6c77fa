//! What the vaccine's endpoints of people have in common (C3).

use domain::channel::Channel;
use domain::operation::{OperationBody, Outcome};
use uuid::Uuid;
use wire::my::{Done, DoneOutcome};

use crate::apply::{self, PersonAct};
use crate::http::{Centre, Refusal};
use crate::mine::{self, Owner};
use crate::{CentralError, database};

/// The signed-in person; a session outlives nobody, so a missing row is a fault.
pub(super) async fn owner(centre: &Centre, person: Uuid) -> Result<Owner, Refusal> {
    let client = database::connection(&centre.pool).await?;
    mine::owner(&client, person)
        .await?
        .ok_or_else(|| CentralError::Stored { what: "session" }.into())
}

/// Applies what the person asks, exactly once by its key.
pub(super) async fn act(
    centre: &Centre,
    channel: Channel,
    person: Uuid,
    key: Uuid,
    body: OperationBody,
) -> Result<Done<std::convert::Infallible>, Refusal> {
    let act = PersonAct {
        channel,
        person,
        key,
        body,
    };
    let reply = apply::person(centre, act).await?;
    let (outcome, reason) = match reply.outcome {
        Outcome::Applied { .. } => (DoneOutcome::Applied, None),
        Outcome::Superseded => (DoneOutcome::Superseded, None),
        Outcome::Rejected(reason) => (DoneOutcome::Rejected, Some(reason.code().to_owned())),
        // The centre decides at once; only a terminal without its line leaves something pending.
        Outcome::Pending => return Err(Refusal::busy()),
    };
    Ok(Done {
        outcome,
        reason,
        receipt: reply.receipt,
        standing: None,
    })
}

/// The same with what stands now.
pub(super) fn with_standing<T>(
    done: Done<std::convert::Infallible>,
    standing: Option<T>,
) -> Done<T> {
    Done {
        outcome: done.outcome,
        reason: done.reason,
        receipt: done.receipt,
        standing,
    }
}
