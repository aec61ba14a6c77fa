//! A small terminal for the visit's tests.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{date, time};

use super::{
    Change, Identification, Moment, PrinterState, ReaderState, SlotOffer, Standing, Surroundings,
    Visit,
};
use crate::campaign::*;
use crate::channel::Channel;
use crate::operation::{DeviceId, OperationId};
use crate::pickup::{MaskOrder, PickupNumber};
use crate::roster::{CategorySet, CentreVerdict, RosterRecord};
use crate::{CardNumber, CardReading, MobileNumber, PersonName, PersonNumber};

pub(super) fn wall() -> Timestamp {
    "2026-04-03T02:00:00Z".parse().unwrap()
}

pub(super) fn at(monotonic_ms: u64) -> Moment {
    Moment {
        monotonic_ms,
        wall: wall(),
    }
}

fn text(chinese: &str) -> LocalText {
    LocalText {
        chinese: chinese.to_owned(),
        english: None,
    }
}

fn window() -> Window {
    Window {
        start: "2026-04-01T00:00:00Z".parse().unwrap(),
        end: "2026-04-30T00:00:00Z".parse().unwrap(),
    }
}

pub(super) fn slot(id: &str, capacity: u32) -> Slot {
    Slot {
        id: SlotId::parse(id).unwrap(),
        date: date(2026, 4, 9),
        start: time(13, 30, 0, 0),
        end: time(14, 30, 0, 0),
        capacity,
    }
}

pub(crate) fn campaign() -> Campaign {
    let area = AreaId::parse("63000030").unwrap();
    let category = CategoryCode::new(9).unwrap();
    let site = |id: &str, brand: &str| Site {
        id: SiteId::parse(id).unwrap(),
        area: area.clone(),
        name: text("健康接種站"),
        address: text("健康路1號"),
        notice: text(""),
        brand: BrandId::parse(brand).unwrap(),
        slots: vec![slot("a", 40), slot("full", 0)],
    };
    let brand = |id: &str| Brand {
        id: BrandId::parse(id).unwrap(),
        name: text(id),
    };
    Campaign {
        id: CampaignId::parse("sample").unwrap(),
        version: 1,
        counties: vec![County {
            name: text("臺北市"),
            areas: vec![Area {
                id: area.clone(),
                name: text("大安區"),
            }],
        }],
        vaccine_rounds: vec![VaccineRound {
            id: RoundId::parse("v1").unwrap(),
            title: text("公費疫苗"),
            series: SeriesId::parse("covid").unwrap(),
            dose: 1,
            price_twd: 0,
            willingness: window(),
            booking: window(),
            cancel_at: vec![Channel::Web],
            lease: LeasePolicy {
                units_max: 3,
                time_to_live_s: 3_600,
                holders: vec![],
            },
            brands: vec![brand("az"), brand("moderna")],
            categories: vec![Category {
                code: category,
                name: text("第09類"),
            }],
            calls: vec![Call {
                category,
                born_from: None,
                born_until: None,
            }],
            sites: vec![site("site-az", "az"), site("site-moderna", "moderna")],
        }],
        mask_rounds: vec![MaskRound {
            id: RoundId::parse("m2").unwrap(),
            title: text("口罩"),
            order: window(),
            order_channels: vec![Channel::Web],
            order_supply: 100,
            payment: window(),
            payment_ways: vec![],
            pickup_notice: window(),
            pickup_first_day: date(2026, 4, 2),
            pickup_last_day: date(2026, 4, 8),
            masks_per_order: 3,
            price_per_mask_twd: 5,
            delivery_price_twd: 7,
            days_between_purchases: 7,
            counter_sale: None,
            traveller_sale: None,
            stores: vec![],
        }],
    }
}

pub(super) fn visit() -> Visit {
    Visit::new(
        Surroundings {
            terminal: "T00001".to_owned(),
            store: StoreId::parse("S0001").unwrap(),
            area: AreaId::parse("63000030").unwrap(),
            place: text("健康門市"),
            campaign: Some(Arc::new(campaign())),
            reader: ReaderState::Ready,
            printer: PrinterState::Ready,
            line: true,
            roster: true,
            records: true,
        },
        at(1_000),
    )
}

pub(super) fn reading() -> CardReading {
    CardReading {
        card_number: CardNumber::parse("000000000001").unwrap(),
        person_number: PersonNumber::parse("A123456789").unwrap(),
        name: PersonName::new("甄健康"),
        name_certain: true,
        birth: Some(date(1956, 2, 3)),
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

pub(super) fn order() -> MaskOrder {
    MaskOrder {
        number: PickupNumber::parse("0123456789").unwrap(),
        round: RoundId::parse("m2").unwrap(),
        person: reading().person_number,
        other_number: None,
        mobile: MobileNumber::parse("0912345678").unwrap(),
        store: StoreId::parse("S0001").unwrap(),
        masks: 3,
        price_twd: 22,
        paid: true,
        first_day: date(2026, 4, 2),
        last_day: date(2026, 4, 8),
        slip: None,
        redeemed: false,
    }
}

pub(super) fn willing() -> super::StandingWillingness {
    super::StandingWillingness {
        receipt: "00001-01-0000001".to_owned(),
        category: CategoryCode::new(9).unwrap(),
        mobile: MobileNumber::parse("0912345678").unwrap(),
        area: AreaId::parse("63000030").unwrap(),
        brands: vec![BrandId::parse("az").unwrap()],
    }
}

pub(super) fn known(willing_before: bool) -> Identification {
    Identification {
        local: Some(record()),
        centre: CentreVerdict::Current(Box::new(record())),
        standing: Standing {
            willingness: willing_before.then(willing),
            booking: None,
            refused: None,
            complete: true,
        },
        orders: vec![order()],
    }
}

pub(super) fn offers() -> Vec<SlotOffer> {
    vec![
        SlotOffer {
            slot: slot("a", 40),
            remaining: Some(3),
        },
        SlotOffer {
            slot: slot("full", 0),
            remaining: Some(0),
        },
    ]
}

pub(super) fn id(seq: u64) -> OperationId {
    OperationId {
        device: DeviceId::new(1).unwrap(),
        epoch: 1,
        seq,
    }
}

pub(super) fn line(up: bool) -> super::Input {
    super::Input::Surroundings(Change::Line(up))
}
