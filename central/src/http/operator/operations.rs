//! `GET /operator/v1/operations`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wire::problem::Problem;

use crate::apply::hexadecimal;
use crate::http::page::{Page, PageOf, PageQuery};
use crate::http::{Centre, Refusal};
use crate::{CentralError, database};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OperationsQuery {
    /// Only those of this terminal.
    device: Option<i32>,
}

/// An operation as an operator sees it: nothing personal.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OperationLine {
    device: i32,
    epoch: i32,
    seq: i64,
    kind: String,
    outcome: String,
    reason: Option<String>,
    /// SHA-256 of the operation's bytes, hexadecimal.
    hash: String,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
}

type Cursor = (i32, i32, i64);

/// What terminals recorded and what was answered, by terminal, epoch and sequence.
#[utoipa::path(get, path = "/operator/v1/operations", tag = "terminals",
    params(OperationsQuery, PageQuery),
    responses((status = OK, body = Page<OperationLine>),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn operations(
    State(centre): State<Arc<Centre>>,
    query: Result<Query<OperationsQuery>, axum::extract::rejection::QueryRejection>,
    page: PageOf<Cursor>,
) -> Result<Json<Page<OperationLine>>, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::malformed("device"))?;
    let (device, epoch, seq) = page.after.unwrap_or((0, 0, 0));
    let client = database::connection(&centre.pool).await?;
    let rows = client
        .query(
            "SELECT device_id, epoch, seq, kind, outcome, reason, hash, received_at \
             FROM operations WHERE ($1::integer IS NULL OR device_id = $1) \
             AND (device_id, epoch, seq) > ($2, $3, $4) \
             ORDER BY device_id, epoch, seq LIMIT $5",
            &[&query.device, &device, &epoch, &seq, &(page.limit + 1)],
        )
        .await
        .map_err(CentralError::database("listing operations"))?;
    let lines = rows
        .iter()
        .map(|row| OperationLine {
            device: row.get(0),
            epoch: row.get(1),
            seq: row.get(2),
            kind: row.get(3),
            outcome: row.get(4),
            reason: row.get(5),
            hash: hexadecimal(row.get(6)),
            received_at: row.get(7),
        })
        .collect();
    Ok(Json(Page::of(lines, page.limit, |line: &OperationLine| {
        (line.device, line.epoch, line.seq)
    })))
}
