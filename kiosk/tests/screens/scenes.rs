//! Every screen of a store visit, reached as a customer reaches it, with the sample campaign.

use domain::campaign::SiteId;
use domain::operation::{BookingNumber, Outcome, Rejection};
use domain::pickup::PickupNumber;
use domain::roster::CentreVerdict;
use domain::visit::{
    BookingState, CardInput, CardProblem, Change, Identification, Input, MenuAction, PrintGrade,
    PrintInput, PrintTrouble, PrinterState, Purpose, ReaderState, Standing, StandingBooking, Touch,
    Visit, WrongCard,
};

use super::fixture::{
    SITE, at, id, identified, idle, keys, mobile, offers, reading, slots, surroundings, touches,
    willing, with,
};

/// Every screen by a name of its own.
pub(crate) fn all() -> Vec<(&'static str, Visit)> {
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
            CardProblem::Wrong(WrongCard("card-wrong-citizen".into())),
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
