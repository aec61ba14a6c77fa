//! An operation's effect on this terminal's own records.

use domain::PersonNumber;
use domain::campaign::{BrandId, RoundId};
use domain::mask::request::MaskBuyer;
use domain::operation::OperationBody;
use domain::pickup::PickupNumber;
use domain::slip::SlipNumber;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::StoreError;

const ACTION: &str = "write an operation's effect";

/// Names of the kinds, as in the `kind` column.
pub(crate) mod kind {
    pub(crate) const SET_WILLINGNESS: &str = "set-willingness";
    pub(crate) const CANCEL_WILLINGNESS: &str = "cancel-willingness";
    pub(crate) const CANCEL_BOOKING: &str = "cancel-booking";
    pub(crate) const BOOK_SLOT: &str = "book-slot";
    pub(crate) const ISSUE_PICKUP_SLIP: &str = "issue-pickup-slip";
    pub(crate) const ORDER_MASKS: &str = "order-masks";
    pub(crate) const SELL_MASKS: &str = "sell-masks";
    pub(crate) const REGISTER_CARD: &str = "register-card";
    pub(crate) const REDEEM_SLIP: &str = "redeem-slip";
}

/// Kind, round and person of an operation; a registration belongs to no round, a slip taken in
/// names nobody.
pub(crate) fn facts(body: &OperationBody) -> (&'static str, &str, Option<&PersonNumber>) {
    let (kind, round, person): (_, &RoundId, _) = match body {
        OperationBody::RegisterCard(entry) => {
            return (kind::REGISTER_CARD, "", Some(&entry.person));
        }
        OperationBody::SetWillingness(entry) => {
            (kind::SET_WILLINGNESS, &entry.round, Some(&entry.person))
        }
        OperationBody::CancelWillingness { round, person, .. } => {
            (kind::CANCEL_WILLINGNESS, round, Some(person))
        }
        OperationBody::BookSlot(request) => {
            (kind::BOOK_SLOT, &request.round, Some(&request.person))
        }
        OperationBody::CancelBooking { round, person, .. } => {
            (kind::CANCEL_BOOKING, round, Some(person))
        }
        OperationBody::IssuePickupSlip { round, person, .. } => {
            (kind::ISSUE_PICKUP_SLIP, round, Some(person))
        }
        OperationBody::OrderMasks(request) => {
            (kind::ORDER_MASKS, &request.round, Some(&request.person))
        }
        OperationBody::SellMasks(sale) => (
            kind::SELL_MASKS,
            &sale.round,
            match &sale.buyer {
                MaskBuyer::Card { person, .. } | MaskBuyer::Number(person) => Some(person),
                MaskBuyer::Passport(_) => None,
            },
        ),
        OperationBody::RedeemSlip { round, .. } => (kind::REDEEM_SLIP, round, None),
    };
    (kind, round.as_str(), person)
}

/// Writes the effect. Whether it stands follows from the operation's outcome later.
pub(crate) fn apply(
    connection: &Connection,
    position: i64,
    body: &OperationBody,
) -> Result<(), StoreError> {
    match body {
        OperationBody::SetWillingness(entry) => {
            let brands: Vec<&str> = entry.brands.iter().map(BrandId::as_str).collect();
            connection.execute(
                "INSERT INTO willingness (operation, category, mobile, area, brands)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    position,
                    entry.category.get(),
                    entry.mobile.reveal(),
                    entry.area.as_str(),
                    // Ids hold no spaces.
                    brands.join(" ")
                ],
            )
        }
        OperationBody::CancelWillingness { .. } => connection.execute(
            "INSERT INTO willingness (operation) VALUES (?1)",
            [position],
        ),
        // It stands at the centre; this terminal's own copy follows its answer.
        OperationBody::CancelBooking { .. } => Ok(0),
        OperationBody::BookSlot(request) => connection.execute(
            "INSERT INTO bookings (operation, site, slot, mobile) VALUES (?1, ?2, ?3, ?4)",
            params![
                position,
                request.site.as_str(),
                request.slot.as_str(),
                request.mobile.reveal()
            ],
        ),
        OperationBody::IssuePickupSlip { order, slip, .. } => connection.execute(
            "INSERT INTO pickup_slips (order_number, operation, number) VALUES (?1, ?2, ?3)",
            params![order.reveal(), position, slip.as_str()],
        ),
        // The centre alone holds what they change.
        OperationBody::RegisterCard(_)
        | OperationBody::OrderMasks(_)
        | OperationBody::SellMasks(_)
        | OperationBody::RedeemSlip { .. } => Ok(0),
    }
    .map(drop)
    .map_err(StoreError::query(ACTION))
}

/// The slip an order has already (M14): given out here, or known to the centre.
pub(crate) fn pickup_slip(
    connection: &Connection,
    order: &PickupNumber,
) -> Result<Option<SlipNumber>, StoreError> {
    let text: Option<String> = connection
        .prepare_cached(
            "SELECT number FROM pickup_slips WHERE order_number = ?1
             UNION ALL
             SELECT slip FROM orders WHERE number = ?1 AND slip IS NOT NULL LIMIT 1",
        )
        .and_then(|mut statement| {
            statement
                .query_row([order.reveal()], |row| row.get(0))
                .optional()
        })
        .map_err(StoreError::query(ACTION))?;
    text.map(|text| {
        SlipNumber::parse(&text).ok_or(StoreError::Row {
            table: "pickup_slips",
            column: "number",
        })
    })
    .transpose()
}
