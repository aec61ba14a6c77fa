//! What is on a paper, field by field.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::fixture::{campaign, id, known, reading, wall};
use super::told::Told;
use super::*;
use crate::campaign::{BrandId, RoundId};
use crate::channel::Channel;
use crate::operation::{BookingNumber, Outcome, Willingness};
use crate::slip::SlipBody;

/// Protects V4: the result of a willingness entry names everything, the person masked (I8).
#[test]
fn v4_the_result_of_willingness() {
    let entry = Willingness {
        round: RoundId::parse("v1").unwrap(),
        person: reading().person_number,
        card: reading().card_number,
        name: reading().name,
        category: CategoryCode::new(9).unwrap(),
        mobile: MobileNumber::parse("0912345678").unwrap(),
        area: AreaId::parse("63000030").unwrap(),
        brands: ["az", "moderna"]
            .map(|id| BrandId::parse(id).unwrap())
            .into(),
    };
    let slip = slips::willingness(&campaign(), &entry, &id(17), wall());
    let SlipBody::Willingness {
        receipt,
        completed_at,
        person,
        area,
        brands,
    } = slip
    else {
        panic!("another slip")
    };
    assert_eq!(receipt, id(17).receipt());
    assert_eq!(completed_at, taipei::civil(wall()));
    assert_eq!(person.number, "A********9");
    assert_eq!(person.name.as_deref(), Some("甄〇康"));
    assert_eq!(person.mobile.as_deref(), Some("0912***678"));
    assert_eq!(area.chinese, "臺北市大安區");
    assert_eq!(brands.len(), 2);
}

/// Protects V8 and V10: the result of a booking names everything, and where it can be cancelled.
#[test]
fn v8_the_result_of_a_booking() {
    let number = BookingNumber::parse("020000001").unwrap();
    let told = Told::new()
        .card(true)
        .fill_form()
        .touch(Touch::Yes)
        .then(Input::Recorded {
            id: id(7),
            at: wall(),
        })
        .then(Input::Answered {
            id: id(7),
            outcome: Some(Outcome::Applied {
                number: Some(number.clone()),
            }),
        });
    let SlipBody::BookingConfirmed {
        number: printed,
        booking,
    } = told.printed().unwrap().body.clone()
    else {
        panic!("another slip")
    };
    let campaign = campaign();
    let (round, site) = campaign.site(&SiteId::parse("site-az").unwrap()).unwrap();
    let slot = &site.slots[0];
    assert_eq!(printed, number);
    assert_eq!(booking.completed_at, taipei::civil(wall()));
    assert_eq!(booking.person.number, "A********9");
    assert_eq!(booking.person.mobile.as_deref(), Some("0912***678"));
    assert_eq!(
        (booking.date, booking.start, booking.end),
        (slot.date, slot.start, slot.end)
    );
    assert_eq!(
        (booking.site, booking.address),
        (site.name.clone(), site.address.clone())
    );
    assert_eq!(
        (booking.notice, booking.round),
        (site.notice.clone(), round.title.clone())
    );
    assert_eq!(booking.cancel_at, [Channel::Web]);
}

/// Protects V9: a booking of another round of the campaign keeps its own paper.
#[test]
fn v9_a_booking_of_another_round_is_shown_whole() {
    let mut campaign = campaign();
    let mut other = campaign.vaccine_rounds[0].clone();
    other.id = RoundId::parse("v0").unwrap();
    other.title.chinese = "前一期".to_owned();
    for site in &mut other.sites {
        site.id = SiteId::parse(&format!("old-{}", site.id)).unwrap();
    }
    campaign.vaccine_rounds.push(other);
    let mut known = known(true);
    known.standing.booking = Some(StandingBooking {
        state: BookingState::Confirmed(BookingNumber::parse("020000001").unwrap()),
        completed_at: wall(),
        site: SiteId::parse("old-site-az").unwrap(),
        slot: SlotId::parse("a").unwrap(),
        mobile: MobileNumber::parse("0912345678").unwrap(),
    });
    let told = Told::new()
        .then(Input::Surroundings(Change::Campaign(Some(campaign.into()))))
        .then(Input::Card(CardInput::Read(Box::new(reading()))))
        .then(Input::Identified(Box::new(known)))
        .touch(Touch::Menu(MenuAction::ShowBooking));
    let slip = told.done().slip.as_ref().unwrap();
    assert!(matches!(
        &slip.body,
        SlipBody::BookingConfirmed { booking, .. } if booking.round.chinese == "前一期"
    ));
}
