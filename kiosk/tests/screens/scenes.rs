//! Every screen of a store visit, reached as a customer reaches it, with the sample campaign.

use std::sync::Arc;

use domain::campaign::{
    AreaId, BirthHalfYear, Campaign, CategoryCode, LocalText, SiteId, Slot, StoreId,
};
use domain::operation::{BookingNumber, DeviceId, OperationId, Outcome, Rejection};
use domain::pickup::{MaskOrder, PickupNumber};
use domain::roster::{CategorySet, CentreVerdict, RosterRecord};
use domain::visit::{
    BookingState, CardInput, CardProblem, Change, Identification, Input, Key, MenuAction, Moment,
    PrintGrade, PrintInput, PrintTrouble, PrinterState, Purpose, ReaderState, SlotOffer, Standing,
    StandingBooking, StandingWillingness, Surroundings, Touch, Visit, WrongCard,
};
use domain::{CardNumber, CardReading, MobileNumber, PersonName, PersonNumber};
use jiff::Timestamp;
use jiff::civil::date;

const AREA: &str = "63000030";
const SITE: &str = "tp-daan-1";

fn campaign() -> Arc<Campaign> {
    let text = include_str!("../../../assets/campaigns/sample.toml");
    Arc::new(wire::campaign_file::load(text, "sample.toml").unwrap())
}

fn at(monotonic_ms: u64) -> Moment {
    let wall: Timestamp = "2026-04-03T02:00:00Z".parse().unwrap();
    Moment { monotonic_ms, wall }
}

/// A terminal at rest, everything in order.
pub fn idle() -> Visit {
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

fn reading() -> CardReading {
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

fn record() -> RosterRecord {
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

fn orders() -> Vec<MaskOrder> {
    let order = |number: &str, store: &str, paid| MaskOrder {
        number: PickupNumber::parse(number).unwrap(),
        round: campaign().mask.as_ref().unwrap().id.clone(),
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

fn mobile() -> MobileNumber {
    MobileNumber::parse("0912345678").unwrap()
}

fn willing() -> StandingWillingness {
    let round = campaign();
    let brands = &round.vaccine.as_ref().unwrap().brands;
    StandingWillingness {
        receipt: "00042-01-0000001".to_owned(),
        category: CategoryCode::new(9).unwrap(),
        mobile: mobile(),
        area: AreaId::parse(AREA).unwrap(),
        brands: brands.iter().map(|brand| brand.id.clone()).collect(),
    }
}

fn slots() -> Vec<Slot> {
    let campaign = campaign();
    let site = SiteId::parse(SITE).unwrap();
    campaign
        .vaccine
        .as_ref()
        .unwrap()
        .site(&site)
        .unwrap()
        .slots
        .clone()
}

fn offers() -> Input {
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

fn id(seq: u64) -> OperationId {
    OperationId {
        device: DeviceId::new(42).unwrap(),
        epoch: 1,
        seq,
    }
}

fn with(visit: &Visit, inputs: impl IntoIterator<Item = Input>) -> Visit {
    inputs
        .into_iter()
        .fold(visit.clone(), |visit, input| visit.step(input).0)
}

fn touches(visit: &Visit, touches: impl IntoIterator<Item = Touch>) -> Visit {
    with(visit, touches.into_iter().map(Input::Touch))
}

fn keys(visit: &Visit, text: &str) -> Visit {
    touches(
        visit,
        text.chars().map(|key| Touch::Key(Key::Character(key))),
    )
}

fn identified(visit: &Visit, standing: Standing) -> Visit {
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

fn surroundings(change: Change) -> Input {
    Input::Surroundings(change)
}

/// Every screen by a name of its own.
pub fn all() -> Vec<(&'static str, Visit)> {
    let idle = idle();
    let offline = with(
        &idle,
        [
            surroundings(Change::Line(false)),
            surroundings(Change::Printer(PrinterState::Trouble(
                PrintTrouble::PaperEnd,
            ))),
        ],
    );
    let closed = with(
        &offline,
        [
            surroundings(Change::Reader(ReaderState::Missing)),
            surroundings(Change::Roster(false)),
        ],
    );
    let insert = touches(&idle, [Touch::Begin(Purpose::Masks)]);
    let mut scenes = vec![
        ("idle", idle.clone()),
        ("idle-offline", offline.clone()),
        ("idle-closed", closed),
        ("help", touches(&idle, [Touch::Help])),
        ("insert-card", insert.clone()),
    ];
    for (name, problem) in [
        (
            "card-wrong",
            CardProblem::Wrong(WrongCard::CitizenCertificate),
        ),
        ("card-mute", CardProblem::Mute),
        ("card-bad-number", CardProblem::BadPersonNumber),
    ] {
        let inputs = [
            Input::Card(CardInput::Reading),
            Input::Card(CardInput::Problem(problem)),
        ];
        scenes.push((name, with(&insert, inputs)));
    }
    scenes.push(("reading", with(&insert, [Input::Card(CardInput::Reading)])));
    let read = with(
        &idle,
        [
            Input::Card(CardInput::Reading),
            Input::Card(CardInput::Read(Box::new(reading()))),
        ],
    );
    scenes.push(("identifying", read.clone()));
    let refused = Input::Identified(Box::new(Identification {
        local: None,
        centre: CentreVerdict::Unknown,
        standing: Standing::default(),
        orders: Vec::new(),
    }));
    scenes.push(("refused", with(&read, [refused])));
    scenes.extend(willingness(&idle));
    scenes.extend(booking(&idle, &offline));
    scenes.extend(masks(&idle));
    scenes
}

fn willingness(idle: &Visit) -> Vec<(&'static str, Visit)> {
    let new = identified(
        idle,
        Standing {
            complete: true,
            refused: Some(Rejection::SlotFull),
            ..Standing::default()
        },
    );
    let area = touches(&new, [Touch::Menu(MenuAction::DeclareWillingness)]);
    let brands = touches(&area, [Touch::Continue]);
    let mobile = touches(&brands, [Touch::Continue]);
    let wrong = touches(&keys(&mobile, "0800000000"), [Touch::Continue]);
    let summary = touches(&keys(&mobile, "0912345678"), [Touch::Continue]);
    let recording = touches(&summary, [Touch::Yes]);
    let done = with(
        &recording,
        [Input::Recorded {
            id: id(1),
            at: at(0).wall,
        }],
    );
    let standing = Standing {
        willingness: Some(willing()),
        complete: true,
        ..Standing::default()
    };
    let changed = identified(idle, standing);
    let county = touches(&area, [Touch::OtherArea]);
    vec![
        ("menu-new", new),
        ("willingness-area", area),
        ("county", county.clone()),
        ("township", touches(&county, [Touch::County(1)])),
        ("willingness-brands", brands),
        ("willingness-mobile", mobile),
        ("willingness-mobile-wrong", wrong),
        ("willingness-summary", summary.clone()),
        ("working", recording),
        ("willingness-done", done.clone()),
        (
            "willingness-cancel",
            touches(&changed, [Touch::Menu(MenuAction::CancelWillingness)]),
        ),
        ("time-warning", with(&summary, [Input::Tick(at(45_000))])),
        (
            "card-pulled",
            with(&summary, [Input::Card(CardInput::Removed)]),
        ),
    ]
}

fn booking(idle: &Visit, offline: &Visit) -> Vec<(&'static str, Visit)> {
    let standing = || Standing {
        willingness: Some(willing()),
        complete: true,
        ..Standing::default()
    };
    let to_slots = |visit: &Visit| {
        let site = Touch::Site(SiteId::parse(SITE).unwrap());
        touches(visit, [Touch::Menu(MenuAction::Book), site])
    };
    let to_summary = |visit: &Visit| {
        let slot = Touch::Slot(slots()[1].id.clone());
        touches(&with(&to_slots(visit), [offers()]), [slot, Touch::Continue])
    };
    let menu = identified(idle, standing());
    let summary = to_summary(&menu);
    let recorded = Input::Recorded {
        id: id(2),
        at: at(0).wall,
    };
    let booked = Input::Answered {
        id: id(2),
        outcome: Some(Outcome::Applied {
            number: BookingNumber::parse("945472260"),
        }),
    };
    let printing = with(&touches(&summary, [Touch::Yes]), [recorded.clone(), booked]);
    let out = with(
        &printing,
        [Input::Print(PrintInput::Finished(PrintGrade::Printed))],
    );
    let stopped = Input::Print(PrintInput::Stopped {
        cause: PrintTrouble::PaperEnd,
        cleared: true,
    });
    let offline_summary = to_summary(&identified(offline, standing()));
    let unanswered = Input::Answered {
        id: id(2),
        outcome: None,
    };
    let pending = with(
        &touches(&offline_summary, [Touch::Yes]),
        [recorded, unanswered],
    );
    let booking = StandingBooking {
        state: BookingState::Confirmed(BookingNumber::parse("945472260").unwrap()),
        completed_at: "2026-04-03T02:00:00Z".parse().unwrap(),
        site: SiteId::parse(SITE).unwrap(),
        slot: slots()[1].id.clone(),
        mobile: mobile(),
    };
    let standing_booking = Standing {
        booking: Some(booking),
        ..standing()
    };
    let shown = identified(idle, standing_booking);
    vec![
        ("menu", menu.clone()),
        (
            "booking-sites",
            touches(&menu, [Touch::Menu(MenuAction::Book)]),
        ),
        ("booking-slots-asking", to_slots(&menu)),
        ("booking-slots", with(&to_slots(&menu), [offers()])),
        ("booking-summary", summary),
        ("booking-summary-offline", offline_summary),
        ("booked-printing", printing.clone()),
        ("booked", out.clone()),
        ("booked-paper-out", with(&printing, [stopped])),
        (
            "booked-card-out",
            with(&out, [Input::Card(CardInput::Removed)]),
        ),
        ("take-card", touches(&out, [Touch::End])),
        ("pending", pending),
        ("menu-booked", shown.clone()),
        (
            "booking-shown",
            touches(&shown, [Touch::Menu(MenuAction::ShowBooking)]),
        ),
    ]
}

fn masks(idle: &Visit) -> Vec<(&'static str, Visit)> {
    let standing = Standing {
        complete: true,
        ..Standing::default()
    };
    let menu = identified(idle, standing);
    let number = touches(idle, [Touch::PickupByNumber]);
    let person = touches(&keys(&number, "0123456789"), [Touch::Continue]);
    let issued = touches(
        &menu,
        [
            Touch::Menu(MenuAction::FetchMasks),
            Touch::Order(PickupNumber::parse("0123456789").unwrap()),
        ],
    );
    let issued = with(
        &issued,
        [
            Input::Recorded {
                id: id(3),
                at: at(0).wall,
            },
            Input::Print(PrintInput::Finished(PrintGrade::Printed)),
        ],
    );
    let mistyped = touches(&keys(&person, "A123456788"), [Touch::Continue]);
    vec![
        (
            "orders",
            touches(&menu, [Touch::Menu(MenuAction::FetchMasks)]),
        ),
        ("pickup-slip", issued),
        ("by-number", number),
        ("by-number-letters", person.clone()),
        ("by-number-second", keys(&person, "A")),
        ("by-number-digits", keys(&person, "A12")),
        ("by-number-mistyped", mistyped),
    ]
}
