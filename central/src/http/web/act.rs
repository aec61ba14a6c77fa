//! What people's endpoints that apply an operation have in common (C3).

use domain::operation::{OperationBody, Outcome};
use uuid::Uuid;
use wire::my::{Done, DoneOutcome};

use crate::apply::{self, PersonAct};
use crate::http::session::SignedIn;
use crate::http::{Centre, Refusal};
use crate::mine::{self, Owner};
use crate::{CentralError, database};

/// The signed-in person; a session outlives nobody, so a missing row is a fault.
pub(in crate::http) async fn owner(centre: &Centre, person: Uuid) -> Result<Owner, Refusal> {
    let client = database::connection(&centre.pool).await?;
    mine::owner(&client, person)
        .await?
        .ok_or_else(|| CentralError::Stored { what: "session" }.into())
}

/// Applies what the person asks, exactly once by its key. What stands then is the caller's to add.
pub(in crate::http) async fn act<T>(
    centre: &Centre,
    signed_in: &SignedIn,
    key: Uuid,
    body: OperationBody,
) -> Result<Done<T>, Refusal> {
    let act = PersonAct {
        channel: signed_in.channel,
        person: signed_in.person,
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
