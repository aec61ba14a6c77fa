//! `POST /v1/operations`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::operation::OperationBody;
use domain::slip::SlipNumber;
use wire::WireError;
use wire::operation::{self, BATCH_OPERATIONS_MAX, BatchItem, BatchReply, BatchRequest};
use wire::problem::Problem;
use wire::signature::KeyId;

use super::authenticate::Signed;
use super::{Centre, Refusal, request};
use crate::apply::{self, BatchOutcome, Received, hexadecimal};

/// Applies what a terminal recorded, exactly once in effect, in one transaction.
#[utoipa::path(post, path = "/v1/operations", request_body = BatchRequest, responses(
    (status = OK, body = BatchReply),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json"),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
    (status = CONFLICT, body = Problem, content_type = "application/problem+json"),
    (status = PAYLOAD_TOO_LARGE, body = Problem, content_type = "application/problem+json"),
    (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn operations(
    State(centre): State<Arc<Centre>>,
    signed: Signed,
) -> Result<Json<BatchReply>, Refusal> {
    let batch: BatchRequest = request::json(&signed.body)?;
    let received = read(batch, signed.terminal.key_id)?;
    let key_id = signed.terminal.key_id;
    let outcome = apply::batch(&centre, signed.terminal, received).await?;
    match outcome {
        BatchOutcome::Answered(reply) => Ok(Json(reply)),
        BatchOutcome::Quarantined => {
            tracing::warn!(device = %key_id.device, "quarantined");
            Err(Refusal::quarantined())
        }
        BatchOutcome::EpochEnded => Err(Refusal::epoch_ended()),
    }
}

/// Checks the form of a batch before anything is applied.
fn read(batch: BatchRequest, signer: KeyId) -> Result<Vec<Received>, Refusal> {
    if batch.device != signer.device.get() {
        return Err(Refusal::malformed("device"));
    }
    if batch.epoch != signer.epoch {
        return Err(Refusal::malformed("epoch"));
    }
    if batch.operations.len() > BATCH_OPERATIONS_MAX {
        return Err(Refusal::malformed("operations"));
    }
    let first_seq = batch.operations.first().map_or(1, |item| item.seq);
    let mut received = Vec::with_capacity(batch.operations.len());
    for ((index, item), expected_seq) in batch.operations.iter().enumerate().zip(first_seq..) {
        if item.seq == 0 || item.seq != expected_seq || item.seq > i64::MAX.unsigned_abs() {
            return Err(Refusal::malformed(format!("operations[{index}].seq")));
        }
        received.push(
            read_item(item, signer)
                .map_err(|field| Refusal::malformed(format!("operations[{index}].{field}")))?,
        );
    }
    Ok(received)
}

/// One operation; the error is the field at fault.
fn read_item(item: &BatchItem, signer: KeyId) -> Result<Received, String> {
    let payload = item.operation.get();
    let hash = operation::hash(payload);
    if hexadecimal(&hash) != item.hash {
        return Err("hash".to_owned());
    }
    let operation = operation::decode(payload).map_err(|error| match error {
        WireError::Field { field, .. } => format!("operation.{field}"),
        _ => "operation".to_owned(),
    })?;
    let id = operation.id;
    let misplaced = if id.device != signer.device {
        Some("device")
    } else if id.epoch != signer.epoch {
        Some("epoch")
    } else if id.seq != item.seq {
        Some("seq")
    } else {
        match &operation.body {
            // A slip is numbered by the operation that gives it out: nobody numbers for another.
            OperationBody::IssuePickupSlip { slip, .. } if *slip != SlipNumber::of(&id) => {
                Some("slip")
            }
            _ => None,
        }
    };
    match misplaced {
        Some(field) => Err(format!("operation.{field}")),
        None => Ok(Received {
            payload: payload.to_owned(),
            operation,
            hash,
        }),
    }
}
