//! `/v1/look-ups/booking`: without signing in, by a number and three digits (V11).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::PersonNumber;
use domain::mobile::LastThreeDigits;
use wire::my::{BookingFound, LookUpRequest};
use wire::problem::Problem;

use super::body::{self, Asked};
use crate::http::limit::Unsigned;
use crate::http::rounds::newest;
use crate::http::{Centre, Refusal};
use crate::{captcha, database, mine};

/// Who looks something up: a form that is right, and a captcha that was read.
pub(in crate::http) struct LookUp {
    pub(in crate::http) person: PersonNumber,
    pub(in crate::http) mobile_last_three: LastThreeDigits,
}

/// Reads a look-up (V11, M10) and takes its captcha.
pub(in crate::http) async fn read(
    centre: &Centre,
    asked: LookUpRequest,
) -> Result<LookUp, Refusal> {
    let person = body::person(&asked.person)?;
    let mobile_last_three = LastThreeDigits::parse(&asked.mobile_last_three)
        .map_err(|_| Refusal::malformed("mobile_last_three"))?;
    centre.services.limits.person(&person)?;
    let client = database::connection(&centre.pool).await?;
    let now = centre.clock.now();
    if !captcha::answer(&client, asked.captcha, &asked.answer, now).await? {
        return Err(Refusal::captcha_refused());
    }
    Ok(LookUp {
        person,
        mobile_last_three,
    })
}

/// The newest booking, masked (V11, I8). Whether the number is unknown, the digits are wrong or
/// nothing is booked makes no difference to the answer.
#[utoipa::path(post, path = "/v1/look-ups/booking", tag = "look-ups",
    request_body = LookUpRequest,
    responses(
        (status = OK, body = BookingFound),
        (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
        (status = FORBIDDEN, body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn booking(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<LookUpRequest>,
) -> Result<Json<BookingFound>, Refusal> {
    let asked = read(&centre, asked).await?;
    let published = newest(&centre).await?;
    let client = database::connection(centre.look_ups()).await?;
    let owner = mine::owner_of(&client, &asked.person).await?;
    let booking = mine::newest_booking(
        &client,
        &published.campaign,
        owner.as_ref(),
        &asked.mobile_last_three,
    )
    .await?;
    Ok(Json(BookingFound { booking }))
}
