//! The endpoints, and what surrounds each of them.

mod authenticate;
mod campaign;
mod card_payment;
mod devices;
mod document;
mod health;
pub(crate) mod idempotency;
mod leases;
pub mod limit;
mod mask_rounds;
mod my_masks;
mod operations;
pub mod operator;
mod orders;
mod page;
mod people;
mod problem;
mod request;
mod roster;
mod rounds;
mod sealed;
pub(crate) mod session;
mod sites;
mod surround;
mod surroundings;
mod web;

use std::sync::{Arc, OnceLock};

use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router, middleware};
use deadpool_postgres::Pool;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::apply::{Engine, Lanes};
use crate::campaign::Cache;
use crate::clock::Clock;
use crate::services::Services;

pub(crate) use problem::Refusal;

/// Batches with more than one operation that are worked on at once: the backlog is shed first.
const BACKLOG_AT_ONCE: usize = 2;

/// What every request can reach.
#[derive(Debug)]
pub struct Centre {
    /// Connections to the database.
    pub pool: Pool,
    /// Connections to a replica of it, once there is one.
    replica: OnceLock<Pool>,
    /// The centre's clock.
    pub clock: Clock,
    /// The newest campaign.
    pub campaigns: Arc<Cache>,
    /// Ports and limits.
    pub services: Services,
    pub(crate) backlog: Semaphore,
    pub(crate) lanes: Lanes,
    /// Shared with the card operator (M9).
    pub card_key: card_payment::CardKey,
}

impl Centre {
    /// A centre on this database. Its lanes work on the current runtime.
    #[must_use]
    pub fn new(pool: Pool, clock: Clock) -> Arc<Self> {
        Self::with(pool, clock, Services::default())
    }

    /// A centre on this database that asks others through these ports. Its lanes work on the
    /// current runtime.
    #[must_use]
    pub fn with(pool: Pool, clock: Clock, services: Services) -> Arc<Self> {
        let engine = Engine {
            pool,
            campaigns: Arc::default(),
            clock,
            public_address: services.public_address.as_str().into(),
        };
        Arc::new(Self {
            services,
            lanes: Lanes::start(&engine),
            backlog: Semaphore::new(BACKLOG_AT_ONCE),
            pool: engine.pool,
            replica: OnceLock::new(),
            clock,
            campaigns: engine.campaigns,
            card_key: card_payment::CardKey::default(),
        })
    }

    /// Has look-ups read from a replica from now on: what they say may be a moment old. Only the
    /// first call counts.
    pub fn look_up_in(&self, replica: Pool) {
        // A second call is a fault of this program that does no harm.
        let _ = self.replica.set(replica);
    }

    /// Where look-ups read; everything a decision rests on is read from the database itself.
    pub(crate) fn look_ups(&self) -> &Pool {
        self.replica.get().unwrap_or(&self.pool)
    }

    /// What applying operations needs.
    pub(crate) fn engine(&self) -> Engine {
        Engine {
            pool: self.pool.clone(),
            campaigns: Arc::clone(&self.campaigns),
            clock: self.clock,
            public_address: self.services.public_address.as_str().into(),
        }
    }
}

#[derive(OpenApi)]
#[openapi(info(
    title = "Centre",
    description = "What terminals ask of the centre. All but health and enrolment carry the \
        device's signature (RFC 9421: @method, @path, content-digest). Errors are \
        application/problem+json; a business \"no\" is a 200 with a result."
))]
struct Document;

fn documented() -> OpenApiRouter<Arc<Centre>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(health::health))
        .routes(routes!(devices::enrol))
        .routes(routes!(operations::operations))
        .routes(routes!(people::check))
        .routes(routes!(sites::slots))
        .routes(routes!(roster::manifest))
        .routes(routes!(roster::file))
        .routes(routes!(campaign::campaign))
        .routes(routes!(orders::orders))
        .routes(routes!(rounds::rounds))
        .routes(routes!(rounds::sites))
        .routes(routes!(surroundings::surroundings))
        .routes(routes!(leases::grant))
        .routes(routes!(leases::seal))
        .routes(routes!(mask_rounds::show))
        .routes(routes!(mask_rounds::lottery))
        .routes(routes!(mask_rounds::stores))
        .routes(routes!(card_payment::pay))
        .routes(routes!(my_masks::look_up))
        .routes(routes!(my_masks::order, my_masks::read))
        .routes(routes!(my_masks::purchases))
        .merge(web::documented())
}

/// The OpenAPI document of the terminals' endpoints.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    document::complete(documented().into_openapi())
}

/// The terminals' endpoints.
pub fn router(centre: Arc<Centre>) -> Router {
    let (router, _) = documented().split_for_parts();
    let once = middleware::from_fn_with_state(Arc::clone(&centre), web::once);
    let router = router.route_layer(once);
    let router = router.route(
        "/openapi.json",
        get(|| std::future::ready(Json(openapi()).into_response())),
    );
    surrounded(router, centre)
}

/// The log, the date, the time limit and the problems every listener has.
fn surrounded(router: Router<Arc<Centre>>, centre: Arc<Centre>) -> Router {
    router
        .fallback(|| std::future::ready(Refusal::not_found()))
        .method_not_allowed_fallback(|| std::future::ready(Refusal::method_not_allowed()))
        .layer(CatchPanicLayer::custom(problem::of_panic))
        .layer(middleware::from_fn(surround::time_limit))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&centre),
            surround::log_and_date,
        ))
        .with_state(centre)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    async fn panics() -> String {
        panic!("A123456789")
    }

    /// Protects terminals: a fault in a handler is a problem like any other, says nothing of its
    /// cause, and the next request is served.
    #[tokio::test]
    async fn a_panic_is_a_problem() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let pool = crate::database::pool("postgres:///none", 1).unwrap();
        let broken = Router::new().route("/panic", get(panics));
        let router = surrounded(broken, Centre::new(pool, Clock::default()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = tokio::spawn(axum::serve(listener, router).into_future());
        for _ in 0..2 {
            let answer = reqwest::get(format!("http://{address}/panic"))
                .await
                .unwrap();
            assert_eq!(answer.status(), 500);
            assert_eq!(answer.headers()["content-type"], "application/problem+json");
            assert!(!answer.text().await.unwrap().contains("A123456789"));
        }
        served.abort();
    }
}
