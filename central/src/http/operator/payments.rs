//! `POST /operator/v1/payment-files` and `GET /operator/v1/payments` (M9).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wire::problem::Problem;

use crate::apply::hexadecimal;
use crate::database;
use crate::http::page::{Page, PageOf, PageQuery};
use crate::http::{Centre, Refusal};
use crate::masks::bank_file::{self, BankFile};
use crate::masks::listing;

/// What became of a bank's file.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FileReply {
    /// SHA-256 of the file, hexadecimal.
    file: String,
    /// Whether the very same file came before; nothing is done twice.
    received_before: bool,
    /// Payments in it.
    lines: usize,
    /// How many lines had which verdict.
    verdicts: BTreeMap<String, usize>,
    /// The lines that paid for nothing.
    refused: Vec<RefusedLine>,
}

/// A line that paid for nothing. It is kept, and listed by `GET /operator/v1/payments`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RefusedLine {
    /// Line of the file, from 1.
    line: u32,
    /// Why, for example `wrong-amount`.
    verdict: String,
}

/// Takes in a bank's file of transfers: whole or not at all, then each line with its own verdict.
#[utoipa::path(post, path = "/operator/v1/payment-files", tag = "masks",
    request_body(content = String, content_type = "text/csv"),
    responses((status = OK, body = FileReply),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn take_file(
    State(centre): State<Arc<Centre>>,
    body: Bytes,
) -> Result<Json<FileReply>, Refusal> {
    let file = BankFile::read(&body)
        .map_err(|wrong| Refusal::malformed(format!("line[{}].{}", wrong.line, wrong.field)))?;
    let published = {
        let client = database::connection(&centre.pool).await?;
        centre.campaigns.newest(&client).await?
    };
    let campaign = published.as_ref().map(|published| &published.campaign);
    let result = bank_file::take(&centre.pool, campaign, &file, centre.clock.now()).await?;
    Ok(Json(FileReply {
        file: hexadecimal(&result.hash),
        received_before: result.received_before,
        lines: result.lines,
        verdicts: result.verdicts,
        refused: result
            .refused
            .into_iter()
            .map(|(line, verdict)| RefusedLine { line, verdict })
            .collect(),
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PaymentsQuery {
    /// Only those with this verdict, for example `wrong-amount`.
    verdict: Option<String>,
}

/// A payment we were told of.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PaymentLine {
    /// `bank` or `card`.
    source: String,
    /// The teller's own number of it.
    reference: String,
    amount_twd: i64,
    #[schema(value_type = String, format = DateTime)]
    paid_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    told_at: Timestamp,
    /// `accepted`, or why it paid for nothing.
    verdict: String,
    /// The order it was for, where the account is one.
    order: Option<Uuid>,
    /// Line of the bank's file.
    line: Option<i32>,
    #[serde(skip)]
    fingerprint: Vec<u8>,
}

type Cursor = (String, String, Vec<u8>);

/// Every payment we were told of, with what became of it.
#[utoipa::path(get, path = "/operator/v1/payments", tag = "masks",
    params(PaymentsQuery, PageQuery),
    responses((status = OK, body = Page<PaymentLine>),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn payments(
    State(centre): State<Arc<Centre>>,
    query: Result<Query<PaymentsQuery>, axum::extract::rejection::QueryRejection>,
    page: PageOf<Cursor>,
) -> Result<Json<Page<PaymentLine>>, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::malformed("verdict"))?;
    let client = database::connection(&centre.pool).await?;
    let after = page.after.unwrap_or_default();
    let found =
        listing::payments(&client, query.verdict.as_deref(), &after, page.limit + 1).await?;
    let lines = found
        .iter()
        .map(|row| PaymentLine {
            source: row.get(0),
            reference: row.get(1),
            fingerprint: row.get(2),
            amount_twd: row.get(3),
            paid_at: row.get(4),
            told_at: row.get(5),
            verdict: row.get(6),
            order: row.get(7),
            line: row.get(8),
        })
        .collect();
    let cursor = |line: &PaymentLine| {
        (
            line.source.clone(),
            line.reference.clone(),
            line.fingerprint.clone(),
        )
    };
    Ok(Json(Page::of(lines, page.limit, cursor)))
}
