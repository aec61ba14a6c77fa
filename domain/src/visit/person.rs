//! The person whose card is in the reader, what stands for them and what they may do now.

use jiff::Timestamp;

use super::{StandingBooking, StandingWillingness};
use crate::campaign::{BrandId, Campaign, CategoryCode, RoundId, VaccineRound};
use crate::operation::Rejection;
use crate::pickup::MaskOrder;
use crate::roster::RosterRecord;
use crate::{CardReading, vaccine};

/// The person of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What the card said.
    pub reading: CardReading,
    /// The facts that verified it.
    pub record: RosterRecord,
    /// The vaccine round this session serves, chosen when the person was identified: a window that
    /// closes meanwhile does not change it under their hands.
    pub round: Option<RoundId>,
    /// What stands.
    pub standing: Standing,
    /// The orders held at this store.
    pub orders: Vec<MaskOrder>,
}

/// What stands for a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The willingness entry, as far as known.
    pub willingness: Option<StandingWillingness>,
    /// The open booking, as far as known.
    pub booking: Option<StandingBooking>,
    /// Why the newest booking asked for at this terminal came to nothing, if it did: told at the
    /// next insertion.
    pub refused: Option<Rejection>,
    /// Whether the centre was asked: without it, "none" means "not known".
    pub complete: bool,
}

/// Something the menu offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MenuAction {
    /// Declare willingness (V2).
    DeclareWillingness,
    /// Change it (V5).
    ChangeWillingness,
    /// Cancel it (V5).
    CancelWillingness,
    /// Book a slot (V6).
    Book,
    /// Show the booking that stands (V9).
    ShowBooking,
    /// Fetch masks (M12).
    FetchMasks,
}

/// A line of the menu: an action and, where it cannot be done now, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MenuItem {
    /// The action.
    pub action: MenuAction,
    /// Why not, or `None`.
    pub refusal: Option<MenuRefusal>,
}

/// Why something cannot be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MenuRefusal {
    /// A vaccine rule says no.
    Vaccine(Rejection),
    /// No order of this person is kept for this store.
    NoOrders,
}

impl Person {
    /// The group the person declared, or would declare.
    #[must_use]
    pub fn category(&self, round: &VaccineRound) -> Option<CategoryCode> {
        self.standing
            .willingness
            .as_ref()
            .map(|entry| entry.category)
            .or_else(|| vaccine::category(round, &self.record))
    }

    /// The brands whose sites are offered: those accepted, or all where the entry is not known.
    #[must_use]
    pub fn accepted_brands(&self, round: &VaccineRound) -> Vec<BrandId> {
        match &self.standing.willingness {
            Some(entry) => entry.brands.clone(),
            None => round.brands.iter().map(|brand| brand.id.clone()).collect(),
        }
    }

    /// Whether the person may book now (V1, V9, V13). Where the centre could not be asked, a
    /// willingness entry made elsewhere is taken for granted: the centre decides, and the slip says
    /// that it is no place yet.
    ///
    /// # Errors
    /// The rule that says no.
    pub fn may_book(&self, round: &VaccineRound, now: Timestamp) -> Result<(), Rejection> {
        if self.standing.booking.is_some() {
            return Err(Rejection::AlreadyBooked);
        }
        let declared = self
            .standing
            .willingness
            .as_ref()
            .map(|entry| entry.category);
        let willing_as = if self.standing.complete {
            declared
        } else {
            declared.or_else(|| vaccine::category(round, &self.record))
        };
        if willing_as.is_none() && vaccine::category(round, &self.record).is_none() {
            return Err(Rejection::NotInRound);
        }
        vaccine::may_book(round, &self.record, willing_as, now)
    }

    /// A booking rests on the entry, so the entry stays while the booking stands (V5).
    fn may_cancel(&self, declare: Option<MenuRefusal>) -> Option<MenuRefusal> {
        let booked = MenuRefusal::Vaccine(Rejection::BookingStands);
        self.standing
            .booking
            .as_ref()
            .map_or(declare, |_| Some(booked))
    }

    /// What the menu shows, the likeliest first.
    #[must_use]
    pub fn menu(&self, campaign: &Campaign, now: Timestamp) -> Vec<MenuItem> {
        let mut items = Vec::new();
        let mut push = |action, refusal| items.push(MenuItem { action, refusal });
        let round = self
            .round
            .as_ref()
            .and_then(|id| campaign.vaccine_round(id));
        if let Some(round) = round {
            if self.standing.booking.is_some() {
                push(MenuAction::ShowBooking, None);
            } else {
                let refusal = self.may_book(round, now).err().map(MenuRefusal::Vaccine);
                push(MenuAction::Book, refusal);
            }
            let declare = vaccine::may_declare(round, &self.record, now)
                .err()
                .map(MenuRefusal::Vaccine);
            if self.standing.willingness.is_some() {
                push(MenuAction::ChangeWillingness, declare);
                push(MenuAction::CancelWillingness, self.may_cancel(declare));
            } else {
                push(MenuAction::DeclareWillingness, declare);
            }
        }
        if !campaign.mask_rounds.is_empty() {
            let none = self.orders.is_empty().then_some(MenuRefusal::NoOrders);
            push(MenuAction::FetchMasks, none);
        }
        // What can be done stands above what cannot.
        items.sort_by_key(|item| item.refusal.is_some());
        items
    }
}
