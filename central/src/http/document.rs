//! What the OpenAPI document says of every endpoint alike: how to sign in, the `Idempotency-Key`,
//! and the refusals any of them may give.

use utoipa::ToSchema as _;
use utoipa::openapi::path::{HttpMethod, Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder};
use wire::problem::Problem;

/// Refusals that do not depend on the endpoint, and when they are given.
const ANYWHERE: &[(&str, &str)] = &[
    (
        "400",
        "The request does not have the documented shape; `field` names where.",
    ),
    ("404", "There is no such thing."),
    ("405", "The address does not know the method."),
    ("413", "The body is too large."),
    (
        "429",
        "Too many requests; `Retry-After` says when to come again.",
    ),
    (
        "503",
        "The centre is busy and nothing was done; `Retry-After` says when to come again.",
    ),
];

/// Refusals of endpoints that change something for a person or an operator.
const ONCE: &[(&str, &str)] = &[
    (
        "409",
        "The request with this `Idempotency-Key` is still being worked on, or what stands is in the way.",
    ),
    (
        "422",
        "The `Idempotency-Key` was used with another request.",
    ),
];

/// Adds what all endpoints have in common.
pub(super) fn complete(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)),
    );
    components
        .schemas
        .entry(Problem::name().into_owned())
        .or_insert_with(<Problem as utoipa::PartialSchema>::schema);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            common(operation, ANYWHERE);
            if is_signed_in(path) {
                common(operation, &[("401", "Not signed in, or no longer.")]);
                operation.security = Some(vec![SecurityRequirement::new(
                    "bearer",
                    Vec::<String>::new(),
                )]);
            }
            if is_done_once(path, &method) {
                common(operation, ONCE);
                operation
                    .parameters
                    .get_or_insert_default()
                    .push(idempotency_key());
            }
        }
    }
    document
}

/// People after signing in, and operators.
fn is_signed_in(path: &str) -> bool {
    path.starts_with("/v1/my/") || path.starts_with("/operator/")
}

/// The routes that [`super::idempotency::once`] stands around.
fn is_done_once(path: &str, method: &HttpMethod) -> bool {
    let changes = matches!(
        method,
        HttpMethod::Post | HttpMethod::Put | HttpMethod::Delete | HttpMethod::Patch
    );
    changes && is_signed_in(path)
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
    [
        (HttpMethod::Get, item.get.as_mut()),
        (HttpMethod::Put, item.put.as_mut()),
        (HttpMethod::Post, item.post.as_mut()),
        (HttpMethod::Delete, item.delete.as_mut()),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation?)))
}

fn common(operation: &mut Operation, refusals: &[(&str, &str)]) {
    for (status, when) in refusals {
        operation
            .responses
            .responses
            .entry((*status).to_owned())
            .or_insert_with(|| RefOr::T(problem(when)));
    }
}

fn problem(when: &str) -> Response {
    let schema = Ref::from_schema_name(Problem::name());
    ResponseBuilder::new()
        .description(when)
        .content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(schema)).build(),
        )
        .build()
}

fn idempotency_key() -> utoipa::openapi::path::Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(
            "A UUID the client makes for what it asks; the same again is answered the same.",
        ))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
                .build(),
        ))
        .build()
}
