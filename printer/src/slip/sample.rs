//! Slips of nobody, for previews, tests and the technician.

mod others;

use domain::campaign::LocalText;
use domain::channel::Channel;
use domain::collection_code::pickup_codes;
use domain::operation::{BookingNumber, DeviceId, OperationId};
use domain::slip::{BookingLines, PersonLines, PickupLines, Slip, SlipBody, SlipNumber};
use jiff::civil::{date, time};

/// The kinds of slip by the names the command line uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `booking`: a confirmed booking.
    Booking,
    /// `pending`: a booking without a place yet.
    Pending,
    /// `willingness`: a willingness entry.
    Willingness,
    /// `pickup`: a mask pickup slip.
    Pickup,
    /// `order`: a mask order.
    Order,
    /// `lookup`: what a look-up found.
    Lookup,
    /// `device-code`: a code that binds a device.
    DeviceCode,
    /// `sale`: the receipt of a counter sale.
    Sale,
    /// `totals`: the totals of a counter's day.
    Totals,
    /// `readiness`: the report whether the terminal is fit.
    Readiness,
    /// `test`: the technician's test.
    Test,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Booking,
        Self::Pending,
        Self::Willingness,
        Self::Pickup,
        Self::Order,
        Self::Lookup,
        Self::DeviceCode,
        Self::Sale,
        Self::Totals,
        Self::Readiness,
        Self::Test,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Booking => "booking",
            Self::Pending => "pending",
            Self::Willingness => "willingness",
            Self::Pickup => "pickup",
            Self::Order => "order",
            Self::Lookup => "lookup",
            Self::DeviceCode => "device-code",
            Self::Sale => "sale",
            Self::Totals => "totals",
            Self::Readiness => "readiness",
            Self::Test => "test",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind of a slip.
    #[must_use]
    pub const fn of(body: &SlipBody) -> Self {
        match body {
            SlipBody::BookingConfirmed { .. } => Self::Booking,
            SlipBody::BookingPending { .. } => Self::Pending,
            SlipBody::Willingness { .. } => Self::Willingness,
            SlipBody::Pickup(_) => Self::Pickup,
            SlipBody::Order(_) => Self::Order,
            SlipBody::Found(_) => Self::Lookup,
            SlipBody::DeviceCode(_) => Self::DeviceCode,
            SlipBody::Sale(_) => Self::Sale,
            SlipBody::Totals(_) => Self::Totals,
            SlipBody::Readiness(_) => Self::Readiness,
            SlipBody::Test => Self::Test,
        }
    }
}

/// A slip of this kind with invented data; `None` only if those break a rule of the domain.
#[must_use]
pub fn sample(kind: Kind, reprint: u32) -> Option<Slip> {
    let id = OperationId {
        device: DeviceId::new(42)?,
        epoch: 1,
        seq: 17,
    };
    let body = match kind {
        Kind::Booking => SlipBody::BookingConfirmed {
            number: BookingNumber::parse("204861735")?,
            booking: booking(),
        },
        Kind::Pending => SlipBody::BookingPending {
            receipt: id.receipt(),
            booking: booking(),
        },
        Kind::Willingness => SlipBody::Willingness {
            receipt: id.receipt(),
            completed_at: date(2026, 4, 3).at(10, 4, 0, 0),
            person: person(),
            area: text("臺北市中正區", "Zhongzheng District, Taipei City"),
            brands: vec![text("莫德納", "Moderna"), text("高端", "Medigen")],
        },
        Kind::Pickup => {
            let slip = SlipNumber::of(&id);
            let last_day = date(2026, 4, 8);
            let codes = pickup_codes(&slip, last_day);
            SlipBody::Pickup(PickupLines {
                slip,
                person: person(),
                masks: 3,
                price_twd: 22,
                last_day,
                codes,
            })
        }
        Kind::Order => SlipBody::Order(others::order(&id)),
        Kind::Lookup => SlipBody::Found(others::found()),
        Kind::DeviceCode => SlipBody::DeviceCode(others::device_code()),
        Kind::Sale => SlipBody::Sale(others::sale()),
        Kind::Totals => SlipBody::Totals(others::totals()),
        Kind::Readiness => SlipBody::Readiness(others::readiness()),
        Kind::Test => SlipBody::Test,
    };
    Some(Slip {
        body,
        place: text("明德門市", "Mingde Store"),
        terminal: "T00042".to_owned(),
        printed_at: date(2026, 4, 3).at(10, 5, 0, 0),
        reprint,
    })
}

/// Where vaccines are given.
fn site() -> LocalText {
    text(
        "臺北市中正區健康服務中心",
        "Zhongzheng District Health Center",
    )
}

fn address() -> LocalText {
    text(
        "臺北市中正區牯嶺街24號3樓",
        "3F, No. 24, Guling St., Zhongzheng District, Taipei City",
    )
}

fn booking() -> BookingLines {
    BookingLines {
        completed_at: date(2026, 4, 3).at(10, 4, 0, 0),
        person: person(),
        round: text("第七期疫苗接種", "Vaccine round 7"),
        date: date(2026, 4, 10),
        start: time(13, 30, 0, 0),
        end: time(14, 30, 0, 0),
        site: site(),
        address: address(),
        notice: text(
            "請穿寬鬆衣物，接種後請在現場休息15分鐘。",
            "Wear loose clothing. Please rest at the site for 15 minutes afterwards.",
        ),
        brand: text("莫德納", "Moderna"),
        cancel_at: vec![
            Channel::Pharmacy,
            Channel::HealthCentre,
            Channel::Web,
            Channel::App,
        ],
    }
}

fn person() -> PersonLines {
    PersonLines {
        number: "A********9".to_owned(),
        name: Some("甄〇康".to_owned()),
        mobile: Some("0912***678".to_owned()),
    }
}

fn text(chinese: &str, english: &str) -> LocalText {
    LocalText {
        chinese: chinese.to_owned(),
        english: Some(english.to_owned()),
    }
}
