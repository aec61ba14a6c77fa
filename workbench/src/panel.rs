//! What the window shows: cards on the left, the world in the middle, slips on the right.

use iced::widget::{Column, column, container, image, row, space};
use iced::{ContentFit, Element, Length, alignment};
use stage::control::{CardEntry, Request};
use stage::line::{Lie, LineState};

use crate::app::{Message, Workbench};
use crate::look::{GAP, alarm, desk, heading, press, sheet, soft};

/// Cards on one page of the box.
const CARDS_A_PAGE: usize = 14;

/// States of the line that a person can choose.
const LINES: [(&str, LineState); 6] = [
    ("open", LineState::Open),
    ("cut", LineState::Cut),
    ("silent", LineState::Silent),
    ("slow", LineState::Slow { pause_ms: 300 }),
    ("loses replies", LineState::LosesReplies),
    ("lies", LineState::Lies(Lie::SignInPage)),
];

/// What can be done at the printer, in its own words.
const PRINTER: [(&str, &str); 10] = [
    ("take the slip", "take"),
    ("load paper", "paper load"),
    ("paper out", "paper out"),
    ("paper out after 60 mm", "paper after 60"),
    ("paper low", "paper low"),
    ("open cover", "cover open"),
    ("close cover", "cover close"),
    ("jam cutter", "cutter jam"),
    ("free cutter", "cutter free"),
    ("hot head", "heat"),
];

pub(crate) fn view(bench: &Workbench) -> Element<'_, Message> {
    let left = container(cards(bench)).width(Length::FillPortion(4));
    let middle = column![line(bench), printer(bench), kiosk(bench)]
        .spacing(GAP)
        .width(Length::FillPortion(4));
    let right = container(slips(bench)).width(Length::FillPortion(5));
    let mut page =
        column![row![left, middle, right].spacing(GAP).height(Length::Fill)].spacing(GAP);
    if let Some(trouble) = &bench.trouble {
        page = page.push(sheet(alarm(trouble.as_str())));
    }
    container(page)
        .padding(GAP)
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

fn cards(bench: &Workbench) -> Element<'_, Message> {
    let state = &bench.state;
    let pages = state.cards.len().div_ceil(CARDS_A_PAGE).max(1);
    let page = bench.card_page.min(pages - 1);
    let inserted = state.inserted.as_deref();
    let shown = state
        .cards
        .iter()
        .skip(page * CARDS_A_PAGE)
        .take(CARDS_A_PAGE);
    let list = Column::with_children(shown.map(|entry| card(entry, inserted))).spacing(6);
    let pull = press(
        "pull the card",
        false,
        inserted.map(|_| Message::Do(Request::Pull)),
    );
    sheet(
        column![
            row![heading("Cards"), space::horizontal(), pull].align_y(alignment::Vertical::Center),
            list,
            space::vertical(),
            pager(page, pages, Message::CardPage),
        ]
        .spacing(GAP),
    )
    .height(Length::Fill)
    .into()
}

fn card<'a>(entry: &'a CardEntry, inserted: Option<&str>) -> Element<'a, Message> {
    let is_in = inserted == Some(entry.id.as_str());
    let label = if entry.person {
        entry.label.clone()
    } else {
        format!("✕ {}", entry.label)
    };
    press(
        label,
        is_in,
        Some(Message::Do(Request::Insert {
            card: entry.id.clone(),
        })),
    )
    .width(Length::Fill)
    .into()
}

fn line(bench: &Workbench) -> Element<'_, Message> {
    let buttons = LINES.map(|(label, state)| {
        let chosen = bench.state.line == Some(state);
        press(label, chosen, Some(Message::Do(Request::Line { state }))).into()
    });
    sheet(
        column![
            heading("Line to the centre"),
            row(buttons).spacing(6).wrap()
        ]
        .spacing(GAP),
    )
    .into()
}

fn printer(bench: &Workbench) -> Element<'_, Message> {
    let status = bench.state.printer.as_ref();
    let words = status.map_or_else(
        || "does not answer".to_owned(),
        |status| {
            let mouth = if status.in_mouth {
                ", slip in the mouth"
            } else {
                ""
            };
            format!(
                "{}, paper {} mm, slips {}{mouth}",
                status.state, status.paper_mm, status.slips
            )
        },
    );
    let buttons = PRINTER.map(|(label, command)| {
        let request = Request::Printer {
            command: command.to_owned(),
        };
        press(label, false, status.map(|_| Message::Do(request))).into()
    });
    sheet(
        column![
            heading("Printer"),
            soft(words),
            row(buttons).spacing(6).wrap()
        ]
        .spacing(GAP),
    )
    .into()
}

fn kiosk(bench: &Workbench) -> Element<'_, Message> {
    let runs = bench.state.kiosk_runs;
    let words = if runs { "runs" } else { "is off" };
    sheet(
        column![
            heading("Kiosk"),
            soft(words),
            row![
                press(
                    "cut its power",
                    false,
                    runs.then_some(Message::Do(Request::KillKiosk))
                ),
                press(
                    "switch it on",
                    false,
                    (!runs).then_some(Message::Do(Request::StartKiosk))
                ),
            ]
            .spacing(6),
        ]
        .spacing(GAP),
    )
    .into()
}

fn slips(bench: &Workbench) -> Element<'_, Message> {
    let count = bench.state.slips.len();
    let content: Element<'_, Message> = match &bench.slip {
        Some(slip) => image(slip.picture())
            .content_fit(ContentFit::Contain)
            .width(Length::Fill)
            .height(Length::Fill)
            .into(),
        None => soft("No slip has come out yet.").into(),
    };
    let shown = bench.chosen_slip.unwrap_or(count.saturating_sub(1));
    sheet(
        column![
            heading("Slips"),
            desk(content).height(Length::Fill).width(Length::Fill),
            // The last page follows whatever comes out next.
            pager(shown, count.max(1), move |slip| {
                Message::ShowSlip((slip + 1 < count).then_some(slip))
            }),
        ]
        .spacing(GAP),
    )
    .height(Length::Fill)
    .into()
}

/// Previous and next around `3 / 5`.
fn pager<'a>(page: usize, pages: usize, to: impl Fn(usize) -> Message) -> Element<'a, Message> {
    let previous = page.checked_sub(1).map(&to);
    let next = (page + 1 < pages).then(|| to(page + 1));
    row![
        press("‹ previous", false, previous),
        space::horizontal(),
        soft(format!("{} / {pages}", page + 1)),
        space::horizontal(),
        press("next ›", false, next),
    ]
    .align_y(alignment::Vertical::Center)
    .into()
}
