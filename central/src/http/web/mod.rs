//! What people ask without a terminal: before signing in, and as themselves under `/v1/my/`.

pub(super) mod act;
pub(super) mod body;
mod bookings;
mod captchas;
mod codes;
mod devices;
pub(super) mod look_ups;
mod mobile_checks;
mod registrations;
mod sign_in;
mod willingness;

use std::sync::Arc;

use axum::extract::{FromRequestParts as _, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::session::SignedIn;
use super::{Centre, idempotency};

/// Endpoints of people; those under `/v1/my/` take [`super::session::SignedIn`].
pub(super) fn documented() -> OpenApiRouter<Arc<Centre>> {
    OpenApiRouter::new()
        .routes(routes!(captchas::draw))
        .routes(routes!(sign_in::with_password))
        .routes(routes!(sign_in::with_one_time_code))
        .routes(routes!(sign_in::with_numbers))
        .routes(routes!(sign_in::with_bound_app))
        .routes(routes!(sign_in::session, sign_in::sign_out))
        .routes(routes!(registrations::register))
        .routes(routes!(registrations::confirm))
        .routes(routes!(registrations::forgotten))
        .routes(routes!(registrations::set_password))
        .routes(routes!(codes::terminal_device_code))
        .routes(routes!(codes::device_code))
        .routes(routes!(codes::one_time_code))
        .routes(routes!(codes::bind))
        .routes(routes!(devices::list))
        .routes(routes!(devices::end))
        .routes(routes!(mobile_checks::check))
        .routes(routes!(
            willingness::read,
            willingness::declare,
            willingness::cancel
        ))
        .routes(routes!(bookings::read, bookings::book, bookings::cancel))
        .routes(routes!(look_ups::booking))
}

/// Does what a signed-in person asks for once by its `Idempotency-Key`.
pub(super) async fn once(State(centre): State<Arc<Centre>>, http: Request, next: Next) -> Response {
    if !http.uri().path().starts_with("/v1/my/") {
        return next.run(http).await;
    }
    let (mut parts, body) = http.into_parts();
    // First of all, so that nobody who is not signed in writes a key.
    match SignedIn::from_request_parts(&mut parts, &centre).await {
        Ok(signed_in) => parts.extensions.insert(signed_in),
        Err(refusal) => return refusal.into_response(),
    };
    let http = Request::from_parts(parts, body);
    idempotency::once(State(centre), http, next)
        .await
        .into_response()
}
