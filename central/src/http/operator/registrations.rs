//! `POST /operator/v1/registrations/batch` (R7)

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use wire::problem::Problem;

use crate::accounts::batch::{self, Batch, LINES_MAX, Misread, Verdict};
use crate::http::{Centre, Refusal};

/// What became of an employer's file.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BatchReply {
    registered: usize,
    registered_before: usize,
    refused: usize,
    /// One entry a line, in their order.
    lines: Vec<BatchLine>,
}

/// What became of a line; nothing of the person is repeated.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BatchLine {
    /// Line of the file; the header is line 1.
    line: usize,
    /// `registered`, `registered-before`, `not-verified` or `malformed`.
    outcome: &'static str,
    /// The field that is malformed.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

/// Registers an employer's people: CSV with the header `person,card,mobile,email`, at most 500 lines,
/// each with its own outcome. Everybody newly registered is sent the link that sets a password.
#[utoipa::path(post, path = "/operator/v1/registrations/batch", tag = "registration",
    request_body(content = String, content_type = "text/csv"),
    responses((status = OK, body = BatchReply),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn register(
    State(centre): State<Arc<Centre>>,
    body: Bytes,
) -> Result<Json<BatchReply>, Refusal> {
    let file = Batch::read(&body).map_err(|wrong| {
        Refusal::malformed(match wrong {
            Misread::Header => "line[1].header".to_owned(),
            Misread::TooLong => format!("line[{}]", LINES_MAX + 2),
            Misread::Line(line) => format!("line[{line}]"),
        })
    })?;
    let verdicts = batch::register(&centre, &file, centre.clock.now()).await?;
    let count = |wanted: fn(&Verdict) -> bool| verdicts.iter().filter(|&one| wanted(one)).count();
    let lines = (2..).zip(&verdicts).map(|(line, &verdict)| {
        let (outcome, field) = match verdict {
            Verdict::Registered => ("registered", None),
            Verdict::RegisteredBefore => ("registered-before", None),
            Verdict::NotVerified => ("not-verified", None),
            Verdict::Malformed(field) => ("malformed", Some(field)),
        };
        BatchLine {
            line,
            outcome,
            field,
        }
    });
    Ok(Json(BatchReply {
        registered: count(|one| *one == Verdict::Registered),
        registered_before: count(|one| *one == Verdict::RegisteredBefore),
        refused: count(|one| matches!(one, Verdict::NotVerified | Verdict::Malformed(_))),
        lines: lines.collect(),
    }))
}
