//! Pre-orders, sales and redeemed slips as JSON.

use domain::campaign::{RoundId, StoreId};
use domain::mask::request::{MaskBuyer, MaskOrderRequest, MaskSale};
use domain::mask::sale::{Goods, Passport};
use domain::{CardNumber, EmailAddress, MobileNumber, PersonNumber};
use serde::{Deserialize, Serialize};

use super::MESSAGE;
use crate::WireError;

/// Masks pre-ordered, or ordered again (M1, M6).
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderMasksMessage {
    /// The round.
    pub round: String,
    /// The person number on the card.
    pub person: String,
    /// The card in the reader.
    pub card: String,
    /// The mobile number.
    pub mobile: String,
    /// The e-mail address, if one was given (M19).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where it is fetched (M11).
    pub store: String,
}

/// Masks sold over a counter (M2, M18). Exactly one of `card` with `person`, `person` alone, or
/// `passport`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SellMasksMessage {
    /// The round.
    pub round: String,
    /// The person number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The card in the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The passport of a traveller without a person number, for example `JPN-TR1234567`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passport: Option<String>,
    /// `adult` or `child`.
    pub goods: String,
}

const fn bad(field: &'static str) -> WireError {
    WireError::Field {
        message: MESSAGE,
        field,
    }
}

impl From<&MaskOrderRequest> for OrderMasksMessage {
    fn from(request: &MaskOrderRequest) -> Self {
        Self {
            round: request.round.to_string(),
            person: request.person.reveal().to_owned(),
            card: request.card.reveal().to_owned(),
            mobile: request.mobile.reveal().to_owned(),
            email: request
                .email
                .as_ref()
                .map(|address| address.reveal().to_owned()),
            store: request.store.to_string(),
        }
    }
}

impl TryFrom<OrderMasksMessage> for MaskOrderRequest {
    type Error = WireError;

    fn try_from(message: OrderMasksMessage) -> Result<Self, WireError> {
        Ok(Self {
            round: RoundId::parse(&message.round).map_err(|_| bad("round"))?,
            person: PersonNumber::parse(&message.person).map_err(|_| bad("person"))?,
            card: CardNumber::parse(&message.card).map_err(|_| bad("card"))?,
            mobile: MobileNumber::parse(&message.mobile).map_err(|_| bad("mobile"))?,
            email: message
                .email
                .map(|text| EmailAddress::parse(&text).map_err(|_| bad("email")))
                .transpose()?,
            store: StoreId::parse(&message.store).map_err(|_| bad("store"))?,
        })
    }
}

impl From<&MaskSale> for SellMasksMessage {
    fn from(sale: &MaskSale) -> Self {
        let (person, card, passport) = match &sale.buyer {
            MaskBuyer::Card { person, card } => (
                Some(person.reveal().to_owned()),
                Some(card.reveal().to_owned()),
                None,
            ),
            MaskBuyer::Number(person) => (Some(person.reveal().to_owned()), None, None),
            MaskBuyer::Passport(passport) => (None, None, Some(passport.reveal().to_owned())),
        };
        Self {
            round: sale.round.to_string(),
            person,
            card,
            passport,
            goods: sale.goods.code().to_owned(),
        }
    }
}

impl TryFrom<SellMasksMessage> for MaskSale {
    type Error = WireError;

    fn try_from(message: SellMasksMessage) -> Result<Self, WireError> {
        let person = message
            .person
            .map(|text| PersonNumber::parse(&text).map_err(|_| bad("person")))
            .transpose()?;
        let card = message
            .card
            .map(|text| CardNumber::parse(&text).map_err(|_| bad("card")))
            .transpose()?;
        let passport = message
            .passport
            .map(|text| Passport::parse(&text).map_err(|_| bad("passport")))
            .transpose()?;
        let buyer = match (person, card, passport) {
            (Some(person), Some(card), None) => MaskBuyer::Card { person, card },
            (Some(person), None, None) => MaskBuyer::Number(person),
            (None, None, Some(passport)) => MaskBuyer::Passport(passport),
            (Some(_), _, Some(_)) => return Err(bad("passport")),
            (None, Some(_), _) | (None, None, None) => return Err(bad("person")),
        };
        Ok(Self {
            round: RoundId::parse(&message.round).map_err(|_| bad("round"))?,
            buyer,
            goods: Goods::from_code(&message.goods).ok_or_else(|| bad("goods"))?,
        })
    }
}
