//! Where a person is served, and what may be done there (C1–C3).

/// Where a person is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// A kiosk in a shop of one of the chains (C1).
    StoreKiosk,
    /// The counter of a pharmacy, with staff (C2).
    Pharmacy,
    /// The counter of a health centre, with staff (C2).
    HealthCentre,
    /// The web platform (C3).
    Web,
    /// The app (C3).
    App,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [
        Self::StoreKiosk,
        Self::Pharmacy,
        Self::HealthCentre,
        Self::Web,
        Self::App,
    ];

    /// The stable code, in files, messages and records.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::StoreKiosk => "store",
            Self::Pharmacy => "pharmacy",
            Self::HealthCentre => "health-centre",
            Self::Web => "web",
            Self::App => "app",
        }
    }

    /// The channel with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// Whether it is a terminal with a card reader.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::StoreKiosk | Self::Pharmacy | Self::HealthCentre)
    }

    /// Whether staff serve there (C2).
    #[must_use]
    pub const fn is_counter(self) -> bool {
        matches!(self, Self::Pharmacy | Self::HealthCentre)
    }
}

/// Something a person may want done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Declare, change or cancel willingness (V1–V5).
    Willingness,
    /// Book a slot and see the booking (V6–V9).
    BookSlot,
    /// Cancel a booking (V10).
    CancelBooking,
    /// Look a booking up without signing in (V11).
    LookUpBooking,
    /// Order masks, or order again (M1, M6).
    OrderMasks,
    /// Pay an order (M9).
    PayOrder,
    /// Look an order up without signing in (M10).
    LookUpOrder,
    /// Get the pickup slip of an order (M11–M14).
    PickupSlip,
    /// Buy masks over the counter (M2).
    BuyMasks,
    /// See the purchase record (M16).
    PurchaseRecord,
    /// Register a card (R1).
    RegisterCard,
    /// Get a code that binds a device (R2).
    DeviceCode,
    /// Prove a mobile number by its network (R3).
    MobileCheck,
    /// Get a new password (R4).
    NewPassword,
    /// Sign in with the app's one-time code (R5).
    OneTimeCode,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 15] = [
        Self::Willingness,
        Self::BookSlot,
        Self::CancelBooking,
        Self::LookUpBooking,
        Self::OrderMasks,
        Self::PayOrder,
        Self::LookUpOrder,
        Self::PickupSlip,
        Self::BuyMasks,
        Self::PurchaseRecord,
        Self::RegisterCard,
        Self::DeviceCode,
        Self::MobileCheck,
        Self::NewPassword,
        Self::OneTimeCode,
    ];
}

/// The table of the channels (C1–C3): what may be done where.
#[must_use]
pub const fn permits(channel: Channel, act: Act) -> bool {
    match act {
        Act::Willingness
        | Act::BookSlot
        | Act::LookUpBooking
        | Act::OrderMasks
        | Act::PurchaseRecord
        | Act::RegisterCard
        | Act::DeviceCode => true,
        Act::CancelBooking => !matches!(channel, Channel::StoreKiosk),
        Act::PickupSlip => channel.is_terminal(),
        Act::BuyMasks => channel.is_counter(),
        Act::PayOrder
        | Act::LookUpOrder
        | Act::MobileCheck
        | Act::NewPassword
        | Act::OneTimeCode => !channel.is_terminal(),
    }
}

/// Whether a terminal must have the person's card in its reader (C2): always, except for what is
/// proven by a number the person was given. Web and app have no reader; they have sessions (I9).
#[must_use]
pub const fn needs_card(channel: Channel, act: Act) -> bool {
    channel.is_terminal() && !matches!(act, Act::LookUpBooking | Act::PickupSlip)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permitted(channel: Channel) -> Vec<Act> {
        Act::ALL
            .into_iter()
            .filter(|&act| permits(channel, act))
            .collect()
    }

    /// Protects files and messages: each channel has one code, and reads back.
    #[test]
    fn channel_codes_read_back() {
        for channel in Channel::ALL {
            assert_eq!(Channel::from_code(channel.code()), Some(channel));
        }
    }

    /// Protects C4: a technician is on no channel, so nothing of a person's is theirs to do.
    #[test]
    fn c4_a_technician_is_on_no_channel() {
        for code in ["technician", "operator", "staff", ""] {
            assert_eq!(Channel::from_code(code), None);
        }
    }

    /// Protects C1: a store kiosk neither cancels bookings (V10) nor sells, and takes no payment.
    #[test]
    fn c1_a_store_kiosk() {
        assert_eq!(
            permitted(Channel::StoreKiosk),
            [
                Act::Willingness,
                Act::BookSlot,
                Act::LookUpBooking,
                Act::OrderMasks,
                Act::PickupSlip,
                Act::PurchaseRecord,
                Act::RegisterCard,
                Act::DeviceCode,
            ]
        );
    }

    /// Protects C2: a counter does all of C1, cancels (V10) and sells (M2), and sees nobody's data
    /// without the card, the look-up (V11) apart.
    #[test]
    fn c2_a_counter() {
        for counter in [Channel::Pharmacy, Channel::HealthCentre] {
            for act in Act::ALL {
                let more = matches!(act, Act::CancelBooking | Act::BuyMasks);
                let expected = permits(Channel::StoreKiosk, act) || more;
                assert_eq!(permits(counter, act), expected, "{act:?}");
            }
            assert!(!needs_card(counter, Act::LookUpBooking));
            for act in [Act::CancelBooking, Act::BuyMasks, Act::PurchaseRecord] {
                assert!(needs_card(counter, act), "{act:?}");
            }
        }
    }

    /// Protects C3: web and app do everything but the pickup slip and the counter sale.
    #[test]
    fn c3_web_and_app() {
        for channel in [Channel::Web, Channel::App] {
            for act in Act::ALL {
                let refused = matches!(act, Act::PickupSlip | Act::BuyMasks);
                assert_eq!(permits(channel, act), !refused, "{act:?}");
                assert!(!needs_card(channel, act));
            }
        }
    }
}
