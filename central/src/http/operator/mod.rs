//! What an operator may do and read, on an address and with a token of its own.

mod counts;
mod leases;
mod mask_rounds;
mod operations;
mod payments;
mod registrations;
mod slots;
mod stores;

use std::sync::Arc;

use axum::extract::Request;
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::IntoResponse as _;
use axum::routing::get;
use axum::{Json, Router};
use sha2::{Digest as _, Sha256};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Centre, Refusal, document, idempotency, surrounded};

#[derive(OpenApi)]
#[openapi(info(
    title = "Centre, back office",
    description = "What operators may do and read, each with `Authorization: Bearer TOKEN`. \
        Whatever changes something needs an `Idempotency-Key`. Errors are application/problem+json."
))]
struct Document;

fn documented() -> OpenApiRouter<Arc<Centre>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(operations::operations))
        .routes(routes!(slots::slots))
        .routes(routes!(counts::counts))
        .routes(routes!(registrations::register))
        .routes(routes!(leases::end))
        .routes(routes!(mask_rounds::close))
        .routes(routes!(mask_rounds::end_payment))
        .routes(routes!(mask_rounds::text_pickup_numbers))
        .routes(routes!(mask_rounds::orders))
        .routes(routes!(payments::take_file))
        .routes(routes!(payments::payments))
        .routes(routes!(stores::move_store))
}

/// The OpenAPI document of the operator's endpoints.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    document::complete(documented().into_openapi())
}

/// The operator's endpoints under `/operator/v1`.
pub fn router(centre: Arc<Centre>, token: &str) -> Router {
    let expected = Sha256::digest(token.as_bytes());
    let gate = middleware::from_fn(move |request: Request, next: Next| async move {
        let token = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
            .unwrap_or_default();
        // Hashes are compared, so that the time taken says nothing of the token.
        if Sha256::digest(token.as_bytes()) == expected {
            next.run(request).await
        } else {
            Refusal::not_authentic("The operator's token is missing or wrong.").into_response()
        }
    });
    let (router, _) = documented().split_for_parts();
    let once = middleware::from_fn_with_state(Arc::clone(&centre), idempotency::once);
    let router = router.route_layer(once).route_layer(gate).route(
        "/operator/v1/openapi.json",
        get(|| std::future::ready(Json(openapi()).into_response())),
    );
    surrounded(router, centre)
}
