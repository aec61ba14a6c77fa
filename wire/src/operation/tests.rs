//! Tests of the operations' bytes.
#![allow(clippy::unwrap_used, clippy::panic)]

use domain::campaign::{AreaId, BrandId, CategoryCode, RoundId, SiteId, SlotId, StoreId};
use domain::mask::request::{MaskBuyer, MaskOrderRequest, MaskSale};
use domain::mask::sale::{Goods, Passport};
use domain::operation::{
    BookingNumber, BookingRequest, DeviceId, OperationBody, OperationId, Outcome, Rejection,
    Willingness,
};
use domain::pickup::PickupNumber;
use domain::registration::CardRegistration;
use domain::slip::SlipNumber;
use domain::{CardNumber, EmailAddress, MobileNumber, PersonName, PersonNumber};

use super::*;

fn bodies() -> Vec<OperationBody> {
    let round = RoundId::parse("v1").unwrap();
    let person = PersonNumber::parse("A123456789").unwrap();
    let card = CardNumber::parse("000012345678").unwrap();
    let name = PersonName::new("甄健康");
    let mobile = MobileNumber::parse("0912345678").unwrap();
    vec![
        OperationBody::SetWillingness(Willingness {
            round: round.clone(),
            person: person.clone(),
            card: card.clone(),
            name: name.clone(),
            category: CategoryCode::new(9).unwrap(),
            mobile: mobile.clone(),
            area: AreaId::parse("63000030").unwrap(),
            brands: vec![BrandId::parse("az").unwrap()],
        }),
        OperationBody::CancelWillingness {
            round: round.clone(),
            person: person.clone(),
            card: card.clone(),
        },
        OperationBody::CancelBooking {
            round: round.clone(),
            person: person.clone(),
            card: card.clone(),
        },
        OperationBody::BookSlot(BookingRequest {
            lease: None,
            round: round.clone(),
            person: person.clone(),
            card,
            name,
            mobile,
            site: SiteId::parse("s1").unwrap(),
            slot: SlotId::parse("t1").unwrap(),
        }),
        OperationBody::IssuePickupSlip {
            round,
            order: PickupNumber::parse("0123456789").unwrap(),
            person,
            slip: SlipNumber::parse("ZK00042010000017").unwrap(),
        },
    ]
    .into_iter()
    .chain(mask_bodies())
    .chain([registration()])
    .collect()
}

fn registration() -> OperationBody {
    OperationBody::RegisterCard(CardRegistration {
        person: PersonNumber::parse("A123456789").unwrap(),
        card: CardNumber::parse("000012345678").unwrap(),
        mobile: MobileNumber::parse("0912345678").unwrap(),
        email: EmailAddress::parse("jkk@mail.example.tw").unwrap(),
    })
}

fn mask_bodies() -> Vec<OperationBody> {
    let round = RoundId::parse("m1").unwrap();
    let person = PersonNumber::parse("A123456789").unwrap();
    let card = CardNumber::parse("000012345678").unwrap();
    let order = |email: Option<&str>| {
        OperationBody::OrderMasks(MaskOrderRequest {
            round: round.clone(),
            person: person.clone(),
            card: card.clone(),
            mobile: MobileNumber::parse("0912345678").unwrap(),
            email: email.map(|text| EmailAddress::parse(text).unwrap()),
            store: StoreId::parse("S0001").unwrap(),
        })
    };
    let sale = |buyer, goods| {
        OperationBody::SellMasks(MaskSale {
            round: round.clone(),
            buyer,
            goods,
        })
    };
    let passport = Passport::parse("JPN-TR1234567").unwrap();
    let buyer = MaskBuyer::Card {
        person: person.clone(),
        card: card.clone(),
    };
    vec![
        order(None),
        order(Some("a@b.tw")),
        sale(buyer, Goods::Child),
        sale(MaskBuyer::Number(person.clone()), Goods::Adult),
        sale(MaskBuyer::Passport(passport), Goods::Adult),
        OperationBody::RedeemSlip {
            round: round.clone(),
            slip: SlipNumber::parse("ZK00042010000017").unwrap(),
        },
    ]
}

/// Protects the one record (M3, M18): a sale names its buyer in exactly one way.
#[test]
fn m18_a_sale_names_one_buyer() {
    let payload = encode(&operation(mask_bodies().remove(3))).unwrap().payload;
    for (good, bad, field) in [
        (r#""person":"A123456789","#, "", "person"),
        (
            r#""person":"A123456789""#,
            r#""person":"A123456789","passport":"JPN-TR1234567""#,
            "passport",
        ),
        (
            r#""person":"A123456789""#,
            r#""card":"000012345678""#,
            "person",
        ),
        (r#""goods":"adult""#, r#""goods":"both""#, "goods"),
    ] {
        assert!(payload.contains(good));
        let Err(WireError::Field { field: named, .. }) = decode(&payload.replacen(good, bad, 1))
        else {
            panic!("{field} was taken");
        };
        assert_eq!(named, field);
    }
}

fn operation(body: OperationBody) -> Operation {
    Operation {
        id: OperationId {
            device: DeviceId::new(42).unwrap(),
            epoch: 1,
            seq: 17,
        },
        key: 0x0190_0000_0000_7000_8000_0000_0000_0001,
        recorded_at: "2026-04-03T02:00:00Z".parse().unwrap(),
        body,
    }
}

/// Protects the record: every kind of operation reads back from its own bytes, and the hash is
/// over those bytes.
#[test]
fn operations_read_back_from_their_bytes() {
    for body in bodies() {
        let original = operation(body);
        let encoded = encode(&original).unwrap();
        assert!(decode(&encoded.payload).unwrap() == original);
        assert_eq!(encoded.hash, hash(&encoded.payload));
        assert_ne!(encoded.hash, hash(&format!("{} ", encoded.payload)));
    }
}

/// Protects the centre: a field that cannot be is named, and the error text holds none of the
/// person's data.
#[test]
fn wrong_fields_are_named_without_their_values() {
    let payload = encode(&operation(bodies().remove(0))).unwrap().payload;
    for (good, bad, field) in [
        ("A123456789", "A123456788", "person"),
        ("000012345678", "12345678", "card"),
        ("0912345678", "0212345678", "mobile"),
        ("\"category\":9", "\"category\":99", "category"),
        ("[\"az\"]", "[]", "brands"),
        ("\"device\":42", "\"device\":0", "device"),
    ] {
        let changed = payload.replacen(good, bad, 1);
        let Err(WireError::Field { field: named, .. }) = decode(&changed) else {
            panic!("{field} was taken");
        };
        assert_eq!(named, field);
    }
    let Err(error) = decode(&payload.replacen("\"device\":42,", "", 1)) else {
        panic!("an operation without a device was taken");
    };
    assert!(!error.to_string().contains("A123456789"));
}

/// Protects terminals: every result the centre can give reads back, unknown ones are refused.
#[test]
fn outcomes_read_back() {
    let mut outcomes = vec![
        Outcome::Applied { number: None },
        Outcome::Applied {
            number: BookingNumber::parse("012345678"),
        },
        Outcome::Pending,
        Outcome::Superseded,
    ];
    outcomes.extend(
        Rejection::ALL
            .iter()
            .map(|&reason| Outcome::Rejected(reason)),
    );
    for outcome in outcomes {
        let text = serde_json::to_string(&OutcomeMessage::from(&outcome)).unwrap();
        let message: OutcomeMessage = serde_json::from_str(&text).unwrap();
        assert_eq!(Outcome::try_from(message).unwrap(), outcome);
    }
    let unknown = OutcomeMessage::Rejected {
        reason: "no-such".to_owned(),
    };
    assert!(Outcome::try_from(unknown).is_err());
}
