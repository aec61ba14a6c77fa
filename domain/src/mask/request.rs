//! What is asked for: a pre-order (M1, M6) and a sale over a counter (M2, M18).

use super::sale::{Goods, Passport};
use crate::campaign::{RoundId, StoreId};
use crate::{CardNumber, EmailAddress, MobileNumber, PersonNumber};

/// A pre-order (M1). Quantity and price are the round's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskOrderRequest {
    /// The round.
    pub round: RoundId,
    /// Who, as on the card: one order a card, none for others (M17).
    pub person: PersonNumber,
    /// The card that was in the reader, or the current one of whoever signed in.
    pub card: CardNumber,
    /// Where the pickup number is sent; second factor of the look-up (M10, M19).
    pub mobile: MobileNumber,
    /// Where winners are told (M19); without one the person looks it up.
    pub email: Option<EmailAddress>,
    /// Where it is fetched (M11).
    pub store: StoreId,
}

/// A sale over a counter (M2, M18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskSale {
    /// The round whose prices and days hold.
    pub round: RoundId,
    /// Who buys.
    pub buyer: MaskBuyer,
    /// Which masks.
    pub goods: Goods,
}

/// Who buys over a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MaskBuyer {
    /// A person whose card is in the reader (M2).
    Card {
        /// As on the card.
        person: PersonNumber,
        /// The card.
        card: CardNumber,
    },
    /// A traveller with a national or residence number: the same record (M18).
    Number(PersonNumber),
    /// A traveller without one (M18).
    Passport(Passport),
}
