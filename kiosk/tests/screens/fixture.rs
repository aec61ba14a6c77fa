//! A terminal, a person and their slots and orders, and steps of a visit told shortly.

use std::sync::Arc;

use domain::campaign::{
    AreaId, BirthHalfYear, Campaign, CategoryCode, LocalText, SiteId, Slot, StoreId,
};
use domain::operation::{DeviceId, OperationId};
use domain::pickup::{MaskOrder, PickupNumber};
use domain::roster::{CategorySet, CentreVerdict, RosterRecord};
use domain::visit::{
    CardInput, Change, Identification, Input, Key, Moment, PrinterState, ReaderState, SlotOffer,
    Standing, StandingWillingness, Surroundings, Touch, Visit,
};
use domain::{CardNumber, CardReading, MobileNumber, PersonName, PersonNumber};
use jiff::Timestamp;
use jiff::civil::date;

const AREA: &str = "63000030";
pub(crate) const SITE: &str = "tp-daan-1";

pub(crate) fn campaign() -> Arc<Campaign> {
    let text = include_str!("../../../assets/campaigns/sample.toml");
    Arc::new(wire::campaign_file::load(text, "sample.toml").unwrap())
}

pub(crate) fn at(monotonic_ms: u64) -> Moment {
    let wall: Timestamp = "2026-04-03T02:00:00Z".parse().unwrap();
    Moment { monotonic_ms, wall }
}

/// A terminal at rest, everything in order.
pub(crate) fn idle() -> Visit {
    let surroundings = Surroundings {
        terminal: "T00042".to_owned(),
        store: StoreId::parse("S0001").unwrap(),
        area: AreaId::parse(AREA).unwrap(),
        place: LocalText {
            chinese: "健康門市".to_owned(),
            english: Some("Jiankang Store".to_owned()),
        },
        campaign: Some(campaign()),
        reader: ReaderState::Ready,
        printer: PrinterState::Ready,
        line: true,
        roster: true,
        records: true,
    };
    Visit::new(surroundings, at(1_000))
}

pub(crate) fn reading() -> CardReading {
    CardReading {
        card_number: CardNumber::parse("000000000001").unwrap(),
        person_number: PersonNumber::parse("A123456789").unwrap(),
        name: PersonName::new("甄健康"),
        name_certain: true,
        birth: None,
        sex: None,
        issued: None,
    }
}

pub(crate) fn record() -> RosterRecord {
    RosterRecord {
        number: reading().person_number,
        other_number: None,
        card: reading().card_number,
        previous_card: None,
        insurance_only: false,
        categories: CategorySet::default().with(CategoryCode::new(9).unwrap()),
        birth: BirthHalfYear {
            year: 1956,
            second_half: false,
        },
    }
}

pub(crate) fn orders() -> Vec<MaskOrder> {
    let order = |number: &str, store: &str, paid| MaskOrder {
        number: PickupNumber::parse(number).unwrap(),
        round: campaign().mask_rounds[0].id.clone(),
        person: reading().person_number,
        other_number: None,
        mobile: mobile(),
        store: StoreId::parse(store).unwrap(),
        masks: 3,
        price_twd: 22,
        paid,
        first_day: date(2026, 4, 2),
        last_day: date(2026, 4, 8),
        slip: None,
        redeemed: false,
    };
    vec![
        order("0123456789", "S0001", true),
        order("0123456790", "S0002", true),
        order("0123456791", "S0001", false),
    ]
}

pub(crate) fn mobile() -> MobileNumber {
    MobileNumber::parse("0912345678").unwrap()
}

pub(crate) fn willing() -> StandingWillingness {
    let round = campaign();
    let brands = &round.vaccine_rounds[0].brands;
    StandingWillingness {
        receipt: "00042-01-0000001".to_owned(),
        category: CategoryCode::new(9).unwrap(),
        mobile: mobile(),
        area: AreaId::parse(AREA).unwrap(),
        brands: brands.iter().map(|brand| brand.id.clone()).collect(),
    }
}

pub(crate) fn slots() -> Vec<Slot> {
    let campaign = campaign();
    let site = SiteId::parse(SITE).unwrap();
    campaign.vaccine_rounds[0]
        .site(&site)
        .unwrap()
        .slots
        .clone()
}

pub(crate) fn offers() -> Input {
    let offers = slots()
        .into_iter()
        .enumerate()
        .map(|(index, slot)| SlotOffer {
            remaining: match index % 4 {
                0 => Some(0),
                1 => Some(3),
                2 => Some(40),
                _ => None,
            },
            slot,
        });
    Input::Slots {
        site: SiteId::parse(SITE).unwrap(),
        offers: offers.collect(),
    }
}

pub(crate) fn id(seq: u64) -> OperationId {
    OperationId {
        device: DeviceId::new(42).unwrap(),
        epoch: 1,
        seq,
    }
}

pub(crate) fn with(visit: &Visit, inputs: impl IntoIterator<Item = Input>) -> Visit {
    inputs
        .into_iter()
        .fold(visit.clone(), |visit, input| visit.step(input).0)
}

pub(crate) fn touches(visit: &Visit, touches: impl IntoIterator<Item = Touch>) -> Visit {
    with(visit, touches.into_iter().map(Input::Touch))
}

pub(crate) fn keys(visit: &Visit, text: &str) -> Visit {
    touches(
        visit,
        text.chars().map(|key| Touch::Key(Key::Character(key))),
    )
}

pub(crate) fn identified(visit: &Visit, standing: Standing) -> Visit {
    with(
        visit,
        [
            Input::Card(CardInput::Reading),
            Input::Card(CardInput::Read(Box::new(reading()))),
            Input::Identified(Box::new(Identification {
                local: Some(record()),
                centre: CentreVerdict::Current(Box::new(record())),
                standing,
                orders: orders(),
            })),
        ],
    )
}

pub(crate) fn surroundings(change: Change) -> Input {
    Input::Surroundings(change)
}
