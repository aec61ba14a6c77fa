//! `/v1/my/mask-orders/{round}`, `/v1/my/purchases` and `/v1/look-ups/mask-order` (M1, M6, M10, M16).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::campaign::{Campaign, MaskRound, RoundId, StoreId};
use domain::mask::order::OrderState;
use domain::mask::request::MaskOrderRequest;
use domain::operation::OperationBody;
use domain::{EmailAddress, MobileNumber, taipei};
use wire::my::{Done, LookUpRequest};
use wire::my_masks::{
    MaskOrderBody, MaskOrderFound, MaskPaymentMessage, MaskPickupMessage, MaskStoreMessage,
    MyMaskOrder, MyPurchases, PurchaseMessage,
};
use wire::problem::Problem;

use super::idempotency::Key;
use super::limit::Unsigned;
use super::mask_rounds::{named, published};
use super::request::Segment;
use super::session::SignedIn;
use super::web::act::{act, owner};
use super::web::body::Asked;
use super::web::look_ups;
use super::{Centre, Refusal};
use crate::masks::{ledger, preorder};
use crate::{CentralError, database};

/// Orders masks, or orders again: the last order stands (M1, M6). There is no cancelling (M9).
#[utoipa::path(post, path = "/v1/my/mask-orders/{round}", tag = "my masks",
    params(("round" = String, Path, example = "mask-2026-2")), request_body = MaskOrderBody,
    responses((status = OK, body = Done<MyMaskOrder>),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn order(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Key(key): Key,
    Segment(text): Segment,
    Asked(asked): Asked<MaskOrderBody>,
) -> Result<Json<Done<MyMaskOrder>>, Refusal> {
    let store = StoreId::parse(&asked.store).map_err(|_| Refusal::malformed("store"))?;
    let mobile = MobileNumber::parse(&asked.mobile).map_err(|_| Refusal::malformed("mobile"))?;
    let email = asked
        .email
        .map(|text| EmailAddress::parse(&text).map_err(|_| Refusal::malformed("email")))
        .transpose()?;
    let published = published(&centre).await?;
    let round = named(&published, &text)?;
    let owner = owner(&centre, signed_in.person).await?;
    let request = OperationBody::OrderMasks(MaskOrderRequest {
        round: round.id.clone(),
        person: owner.person.record.number.clone(),
        card: owner.person.record.card.clone(),
        mobile,
        email,
        store,
    });
    let done = act(&centre, &signed_in, key, request).await?;
    let standing = standing(&centre, &published.campaign, round, signed_in.person).await?;
    Ok(Json(Done { standing, ..done }))
}

/// The order that stands: its result, how it is paid, how it is fetched.
#[utoipa::path(get, path = "/v1/my/mask-orders/{round}", tag = "my masks",
    params(("round" = String, Path, example = "mask-2026-2")),
    responses((status = OK, body = MyMaskOrder),
    (status = NOT_FOUND, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
    Segment(text): Segment,
) -> Result<Json<MyMaskOrder>, Refusal> {
    let published = published(&centre).await?;
    let round = named(&published, &text)?;
    standing(&centre, &published.campaign, round, signed_in.person)
        .await?
        .map(Json)
        .ok_or_else(Refusal::not_found)
}

async fn standing(
    centre: &Centre,
    campaign: &Campaign,
    round: &MaskRound,
    person: uuid::Uuid,
) -> Result<Option<MyMaskOrder>, Refusal> {
    let client = database::connection(&centre.pool).await?;
    let orders = preorder::of_person(&client, person, &[round.id.as_str()]).await?;
    let Some(order) = orders.first() else {
        return Ok(None);
    };
    Ok(Some(shown(campaign, order)?))
}

/// What is bought over all channels, and when a counter may sell again (M16).
#[utoipa::path(get, path = "/v1/my/purchases", tag = "my masks",
    responses((status = OK, body = MyPurchases)))]
pub(super) async fn purchases(
    State(centre): State<Arc<Centre>>,
    signed_in: SignedIn,
) -> Result<Json<MyPurchases>, Refusal> {
    let today = taipei::civil(centre.clock.now()).date();
    let client = database::connection(&centre.pool).await?;
    let (standing, lines) = ledger::of_person(&client, signed_in.person, today).await?;
    Ok(Json(MyPurchases {
        last_purchase: standing.last_purchase,
        next_allowed: standing.next_allowed,
        may_buy_today: standing.may_buy(today),
        purchases: lines
            .into_iter()
            .map(|line| PurchaseMessage {
                kind: line.kind,
                counts_from: line.counts_from,
                round: line.round,
                channel: line.channel,
                goods: line.goods,
                masks: line.masks,
                price_twd: line.price_twd,
            })
            .collect(),
    }))
}

/// The newest order, with its payment account and its store (M10). Whether the number is unknown,
/// the digits are wrong or nothing was ordered makes no difference to the answer.
#[utoipa::path(post, path = "/v1/look-ups/mask-order", tag = "look-ups",
    request_body = LookUpRequest,
    responses((status = OK, body = MaskOrderFound),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = FORBIDDEN, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn look_up(
    State(centre): State<Arc<Centre>>,
    _limited: Unsigned,
    Asked(asked): Asked<LookUpRequest>,
) -> Result<Json<MaskOrderFound>, Refusal> {
    let asked = look_ups::read(&centre, asked).await?;
    let published = published(&centre).await?;
    let client = database::connection(centre.look_ups()).await?;
    let campaign = &published.campaign;
    let rounds: Vec<&str> = campaign
        .mask_rounds
        .iter()
        .map(|round| round.id.as_str())
        .collect();
    let found =
        preorder::look_up(&client, &asked.person, &asked.mobile_last_three, &rounds).await?;
    let order = found.map(|order| shown(campaign, &order)).transpose()?;
    Ok(Json(MaskOrderFound { order }))
}

/// An order as its owner sees it.
fn shown(campaign: &Campaign, order: &preorder::Preorder) -> Result<MyMaskOrder, CentralError> {
    let stored = || CentralError::Stored { what: "pre-order" };
    let id = RoundId::parse(&order.round).map_err(|_| stored())?;
    let round = campaign.mask_round(&id).ok_or_else(stored)?;
    let mobile = MobileNumber::parse(&order.mobile).map_err(|_| stored())?;
    let ways = round
        .payment_ways
        .iter()
        .filter(|entry| entry.channel == order.channel)
        .flat_map(|entry| &entry.ways)
        .map(|way| way.code().to_owned());
    let payment = (order.state == OrderState::Won).then(|| MaskPaymentMessage {
        account: order.account.clone(),
        window: round.payment.into(),
        ways: ways.collect(),
    });
    let number = order
        .number
        .clone()
        .filter(|_| order.state == OrderState::Paid);
    let store_id = StoreId::parse(&order.store).map_err(|_| stored())?;
    let store = round.store(&store_id).ok_or_else(stored)?;
    Ok(MyMaskOrder {
        order: order.order,
        round: order.round.clone(),
        state: order.state.code().to_owned(),
        channel: order.channel.code().to_owned(),
        ordered_at: order.ordered_at,
        receipt: order.receipt.clone(),
        masks: order.masks,
        price_twd: order.price_twd,
        mobile: mobile.masked(),
        store: store_message(store),
        payment,
        paid_at: order.paid_at,
        pickup: number.map(|number| MaskPickupMessage {
            number,
            first_day: round.pickup_first_day,
            last_day: round.pickup_last_day,
            fetched: order.redeemed,
        }),
    })
}

/// A store as people see it.
pub(super) fn store_message(store: &domain::campaign::Store) -> MaskStoreMessage {
    MaskStoreMessage {
        store: store.id.to_string(),
        area: store.area.to_string(),
        name: (&store.name).into(),
        address: (&store.address).into(),
    }
}
