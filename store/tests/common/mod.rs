//! What the tests of the database share: the real codec of the wire, invented people, a folder.

#![allow(dead_code, unreachable_pub, missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use domain::campaign::{
    AreaId, BrandId, CategoryCode, LocalText, RoundId, SiteId, SlotId, StoreId,
};
use domain::operation::{BookingRequest, DeviceId, OperationId, Willingness};
use domain::pickup::{MaskOrder, PickupNumber};
use domain::visit::Deed;
use domain::{CardNumber, MobileNumber, PersonName, PersonNumber};
use jiff::Timestamp;
use jiff::civil::date;
use store::{
    Codec, DatabaseKey, Encoded, Enrolment, IfMissing, NewOperation, Recorded, Store, StoreError,
    wait,
};

/// The codec a terminal runs with.
pub fn codec() -> Codec {
    Codec {
        encode: |operation| {
            let encoded = wire::operation::encode(operation)?;
            Ok(Encoded {
                payload: encoded.payload,
                hash: encoded.hash,
            })
        },
        decode: |payload| Ok(wire::operation::decode(payload)?),
    }
}

pub fn key() -> DatabaseKey {
    DatabaseKey::new([7; 32])
}

pub fn file(folder: &Path) -> PathBuf {
    folder.join("terminal.db")
}

pub fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(&file(folder), &key(), IfMissing::Create, codec())
}

/// A fresh database, enrolled.
pub fn enrolled(folder: &Path) -> Store {
    let store = open(folder).unwrap();
    wait(store.enrol(enrolment(1), at(0))).unwrap();
    store
}

pub fn enrolment(epoch: u32) -> Enrolment {
    Enrolment {
        device: DeviceId::new(1).unwrap(),
        epoch,
        store: StoreId::parse("S0001").unwrap(),
        area: AreaId::parse("63000030").unwrap(),
        name: LocalText {
            chinese: "健康門市".to_owned(),
            english: None,
        },
    }
}

/// Seconds after the sample moment.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_775_181_600 + seconds).unwrap()
}

pub fn id(epoch: u32, seq: u64) -> OperationId {
    OperationId {
        device: DeviceId::new(1).unwrap(),
        epoch,
        seq,
    }
}

pub const MOBILE: &str = "0912345678";
pub const CARD: &str = "000012345678";
pub const NAME: &str = "甄健康";

/// An invented person; the same number gives the same one.
pub fn person(number: u32) -> PersonNumber {
    PersonNumber::with_check_digit(&format!("A1{number:07}")).unwrap()
}

pub fn round() -> RoundId {
    RoundId::parse("flu-1").unwrap()
}

pub fn willing(who: &PersonNumber, area: &str) -> Deed {
    Deed::SetWillingness(Willingness {
        round: round(),
        person: who.clone(),
        card: CardNumber::parse(CARD).unwrap(),
        name: PersonName::new(NAME),
        category: CategoryCode::new(9).unwrap(),
        mobile: MobileNumber::parse(MOBILE).unwrap(),
        area: AreaId::parse(area).unwrap(),
        brands: vec![
            BrandId::parse("moderna").unwrap(),
            BrandId::parse("az").unwrap(),
        ],
    })
}

pub fn unwilling(who: &PersonNumber) -> Deed {
    Deed::CancelWillingness {
        round: round(),
        person: who.clone(),
        card: CardNumber::parse(CARD).unwrap(),
    }
}

pub fn booking(who: &PersonNumber, slot: &str) -> Deed {
    Deed::BookSlot(BookingRequest {
        lease: None,
        round: round(),
        person: who.clone(),
        card: CardNumber::parse(CARD).unwrap(),
        name: PersonName::new(NAME),
        mobile: MobileNumber::parse(MOBILE).unwrap(),
        site: SiteId::parse("H001").unwrap(),
        slot: SlotId::parse(slot).unwrap(),
    })
}

pub fn pickup(who: &PersonNumber, number: &str) -> Deed {
    Deed::IssuePickupSlip(Box::new(order(number, who)))
}

pub fn order(number: &str, who: &PersonNumber) -> MaskOrder {
    MaskOrder {
        number: PickupNumber::parse(number).unwrap(),
        round: RoundId::parse("mask-2").unwrap(),
        person: who.clone(),
        other_number: None,
        mobile: MobileNumber::parse(MOBILE).unwrap(),
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

pub fn new(key: u128, body: Deed) -> NewOperation {
    NewOperation {
        key,
        recorded_at: at(i64::try_from(key % 1000).unwrap()),
        body,
    }
}

/// Records something new and gives its identity.
pub fn record(store: &Store, key: u128, body: Deed) -> OperationId {
    match wait(store.record(new(key, body))).unwrap() {
        Recorded::New { id, .. } => id,
        exists @ Recorded::SlipExists { .. } => panic!("{exists:?}"),
    }
}
