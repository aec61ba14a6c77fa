//! What happens around every request: the log, the centre's date, the time limit.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use jiff::fmt::rfc2822::DateTimePrinter;

use super::{Centre, Refusal};

/// How long a request may take in all, its body included.
const LIMIT: Duration = Duration::from_secs(20);

/// Logs the route's template, never the address itself; dates the answer by the centre's clock,
/// so that a terminal whose signature is stale learns the time.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a request took is only logged"
)]
pub(super) async fn log_and_date(
    State(centre): State<Arc<Centre>>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let status = response.status().as_u16();
    let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, route, status, elapsed_ms, "request");
    let date = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&centre.clock.now())
        .ok()
        .and_then(|text| HeaderValue::try_from(text).ok());
    if let Some(date) = date {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Ends what takes too long: a dropped transaction is rolled back.
pub(super) async fn time_limit(request: Request, next: Next) -> Response {
    tokio::time::timeout(LIMIT, next.run(request))
        .await
        .unwrap_or_else(|_| Refusal::busy().into_response())
}
