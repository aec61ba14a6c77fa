//! Nobody is here: what can be done, and plainly what cannot and why.

use domain::visit::{Closed, PrinterState, Purpose, ReaderState, Touch};
use iced::Length;
use iced::alignment::Vertical;
use iced::widget::{Column, responsive, row, space};

use super::frame;
use crate::face::Face;
use crate::look::button::{self, Button};
use crate::look::icon::{Icon, picture};
use crate::look::notice::{Kind, notice};
use crate::look::summary::surface;
use crate::look::text::{Role, text};
use crate::look::{Element, Look, Space};
use crate::message::Message;

const TILE_LEAST_MM: f32 = 36.0;
const TILE_MOST_MM: f32 = 60.0;
/// What the invitation to put the card in takes.
const INVITATION_MM: f32 = 92.0;

pub(super) fn view<'a>(face: Face<'a>) -> Element<'a, Message> {
    let surroundings = face.visit.surroundings();
    let vaccine = surroundings.vaccine_closed();
    let by_number = surroundings.masks_closed();
    let no_reader = surroundings.reader == ReaderState::Missing;
    let masks = by_number.or(no_reader.then_some(Closed::NoReader));
    let begin = |purpose| Touch::Begin(purpose);
    let services = [
        service(
            face,
            "vaccine",
            Icon::Syringe,
            vaccine,
            begin(Purpose::Vaccine),
        ),
        service(face, "masks", Icon::Mask, masks, begin(Purpose::Masks)),
        service(
            face,
            "by-number",
            Icon::Keypad,
            by_number,
            Touch::PickupByNumber,
        ),
    ];
    let look = face.look;
    let body = responsive(move |room| {
        let warnings = warnings(face);
        // What remains of the page is shared among the services, within a hand's breadth.
        let free_mm = look.as_mm(room.height) - warnings_mm(look, warnings.len());
        let tile_mm = (free_mm / 3.0 - 5.0).clamp(TILE_LEAST_MM, TILE_MOST_MM);
        let tiles = services.iter().cloned();
        let tiles = tiles.map(|tile| tile.height_mm(tile_mm).view(look));
        let mut body = Column::new().spacing(look.space(Space::Medium));
        if look.preferences.lowered {
            return body
                .spacing(look.space(Space::Small))
                .extend(warnings)
                .push(space::vertical().height(Length::Fill))
                .extend(tiles)
                .into();
        }
        body = body.extend(tiles).extend(warnings);
        let left_mm = free_mm - 3.0 * (TILE_MOST_MM + 5.0);
        if left_mm >= INVITATION_MM && !no_reader && vaccine.is_none() {
            body = body.push(invitation(face));
        }
        body.into()
    });
    let mut page = frame::page(face, face.text("idle-title"), body.into());
    page.lead = Some(face.text("idle-lead"));
    page.view(look)
}

fn service(
    face: Face<'_>,
    name: &str,
    icon: Icon,
    closed: Option<Closed>,
    touch: Touch,
) -> Button<Message> {
    let detail = match closed {
        None => face.text(&format!("idle-{name}-detail")),
        Some(reason) => face.text(reason_key(reason)),
    };
    button::tile(format!("idle.{name}"), face.text(&format!("idle-{name}")))
        .detail(detail)
        .icon(icon)
        .trailing(Icon::Next)
        .on_press_maybe(closed.is_none().then_some(Message::Touch(touch)))
}

/// A card may be put in at once, without choosing.
fn invitation<'a>(face: Face<'a>) -> Element<'a, Message> {
    let look = face.look;
    let words = text(look, Role::Heading, face.text("idle-insert"))
        .color(look.palette.ink)
        .width(Length::Fill);
    surface(
        look,
        row![picture(look, Icon::CardInsert, 84.0), words]
            .spacing(look.space(Space::Large))
            .align_y(Vertical::Center),
    )
}

fn warnings<'a>(face: Face<'a>) -> Vec<Element<'a, Message>> {
    let surroundings = face.visit.surroundings();
    let no_paper = matches!(surroundings.printer, PrinterState::Trouble(_));
    // Two warnings in large text fill the page: what a booking becomes is said again before it.
    let brief = face.look.is_large() && no_paper;
    let say = |kind, key: &str, brief: bool| {
        let to_do = (!brief).then(|| face.text(&format!("{key}-do")));
        notice(face.look, kind, face.text(key), to_do)
    };
    let mut warnings = Vec::new();
    if no_paper {
        warnings.push(say(Kind::Warning, "idle-no-paper", false));
    }
    if !surroundings.line {
        warnings.push(say(Kind::Information, "idle-no-line", brief));
    }
    warnings
}

/// A warning takes two sentences of up to two lines.
fn warnings_mm(look: Look, count: usize) -> f32 {
    let lines = if look.is_large() { 4.0 } else { 3.0 };
    let one_mm = lines * crate::look::text::line_mm(look, Role::Body) + 23.0;
    #[allow(clippy::cast_precision_loss)] // two at the most
    let count = count as f32;
    count * one_mm
}

const fn reason_key(reason: Closed) -> &'static str {
    match reason {
        Closed::NoReader => "closed-no-reader",
        Closed::NoRoster => "closed-no-roster",
        Closed::NoRound => "closed-no-round",
        Closed::NoRecords => "closed-no-records",
    }
}
