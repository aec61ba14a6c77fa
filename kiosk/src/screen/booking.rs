//! The booking form (V6, V7): site, slot, mobile number, everything before yes.

use domain::campaign::{County, Site, VaccineRound};
use domain::vaccine;
use domain::visit::{BookingForm, BookingPage, SlotOffer, Touch};
use iced::widget::{column, space};

use super::{area, frame, menu, mobile, waiting, when, willingness};
use crate::face::Face;
use crate::look::button;
use crate::look::icon::Icon;
use crate::look::layout::Page;
use crate::look::notice::{Kind, notice};
use crate::look::summary::{Line, summary};
use crate::look::{Element, Space, progress};
use crate::message::Message;

const SLOT_COLUMNS: usize = 2;
/// At and under so many places left the screen says how many.
const FEW_PLACES: u32 = 5;

pub(super) fn view<'a>(face: Face<'a>, form: &'a BookingForm) -> Element<'a, Message> {
    let round = face
        .campaign()
        .and_then(|campaign| campaign.vaccine_round(&form.round));
    let Some(round) = round else {
        return frame::page(
            face,
            face.text("rejected-unknown-target"),
            space::vertical().into(),
        )
        .view(face.look);
    };
    match form.page {
        BookingPage::Sites => frame::stepped(face, sites(face, round, form), 0, "step-site"),
        BookingPage::County => area::counties(face, |county| has_sites(round, form, county)),
        BookingPage::Township(county) => area::townships(face, county, |area| {
            vaccine::offered_sites(round, &form.brands).any(|site| site.area == *area)
        }),
        BookingPage::Slots => frame::stepped(face, slots(face, round, form), 1, "step-slot"),
        BookingPage::Mobile => frame::stepped(
            face,
            mobile::page(face, &form.mobile, form.mistake),
            2,
            "step-mobile",
        ),
        BookingPage::Summary => {
            frame::stepped(face, everything(face, round, form), 3, "step-summary")
        }
    }
}

fn has_sites(round: &VaccineRound, form: &BookingForm, county: &County) -> bool {
    vaccine::offered_sites(round, &form.brands)
        .any(|site| county.areas.iter().any(|area| area.id == site.area))
}

fn sites<'a>(face: Face<'a>, round: &'a VaccineRound, form: &'a BookingForm) -> Page<'a, Message> {
    let look = face.look;
    let here = vaccine::offered_sites(round, &form.brands).filter(|site| site.area == form.area);
    let buttons: Vec<_> = here.map(|site| site_button(face, round, site)).collect();
    let body = if buttons.is_empty() {
        notice(
            look,
            Kind::Information,
            face.text("booking-no-sites"),
            Some(face.text("booking-no-sites-do")),
        )
    } else {
        frame::list(face, 1, buttons)
    };
    let mut frame = frame::page(face, face.text("booking-sites-title"), body);
    frame.lead = Some(area::name(face, &form.area));
    frame.actions.push(
        button::secondary("other-area", face.text("area-other"))
            .icon(Icon::Search)
            .on_press(Message::Touch(Touch::OtherArea)),
    );
    frame
}

fn slots<'a>(face: Face<'a>, round: &'a VaccineRound, form: &'a BookingForm) -> Page<'a, Message> {
    let look = face.look;
    let mut body = column![].spacing(look.space(Space::Small));
    if let Some(reason) = form.refused {
        body = body.push(notice(
            look,
            Kind::Warning,
            face.text(menu::rejection_key(reason)),
            None,
        ));
    }
    match form.offers.as_deref() {
        None => {
            body = body.push(progress::working(
                look,
                waiting::phase(face),
                face.text("booking-slots-asking"),
            ))
        }
        Some([]) => {
            body = body.push(notice(
                look,
                Kind::Information,
                face.text("booking-no-slots"),
                None,
            ))
        }
        Some(offers) => {
            let columns = if look.is_large() { 1 } else { SLOT_COLUMNS };
            let buttons = offers.iter().map(|offer| slot(face, form, offer));
            body = body.push(frame::list(face, columns, buttons.collect()));
        }
    }
    let mut frame = frame::page(face, face.text("booking-slots-title"), body.into());
    let site = form.site.as_ref().and_then(|site| round.site(site));
    frame.lead = site.map(|site| face.local(&site.name).to_owned());
    frame
}

fn site_button(face: Face<'_>, round: &VaccineRound, site: &Site) -> button::Button<Message> {
    let brand = round
        .brand(&site.brand)
        .map_or("", |brand| face.local(&brand.name));
    let address = face.local(&site.address);
    button::list_row(format!("site.{}", site.id), face.local(&site.name))
        .detail(face.fill("site-detail", &[("brand", brand), ("address", address)]))
        .icon(Icon::Place)
        .trailing(Icon::Next)
        .on_press(Message::Touch(Touch::Site(site.id.clone())))
}

/// A slot with its places; a full one says so and cannot be touched (V7).
fn slot(face: Face<'_>, form: &BookingForm, offer: &SlotOffer) -> button::Button<Message> {
    let slot = &offer.slot;
    let places = match offer.remaining {
        _ if offer.is_full() => face.text("slot-full"),
        Some(few) if few <= FEW_PLACES => face.fill("slot-few", &[("places", &few.to_string())]),
        Some(_) => face.text("slot-free"),
        None => face.text("slot-unknown"),
    };
    let day = when::day(face, slot.date);
    let chosen = form.slot.as_ref().is_some_and(|own| own.id == slot.id);
    let press = Message::Touch(Touch::Slot(slot.id.clone()));
    button::choice(
        format!("slot.{}", slot.id),
        when::hours(slot.start, slot.end),
        chosen,
    )
    .detail(face.fill("slot-detail", &[("day", &day), ("places", &places)]))
    .on_press_maybe((!offer.is_full()).then_some(press))
}

fn everything<'a>(face: Face<'a>, round: &VaccineRound, form: &BookingForm) -> Page<'a, Message> {
    let look = face.look;
    let mut lines = Vec::new();
    if let Some(person) = face.visit.person() {
        lines.push(menu::who(face, person));
    }
    if let Some(site) = form.site.as_ref().and_then(|site| round.site(site)) {
        lines.push(
            Line::new(Icon::Place, face.text("label-site"), face.local(&site.name))
                .detail(face.local(&site.address)),
        );
        let brand = round
            .brand(&site.brand)
            .map_or("", |brand| face.local(&brand.name));
        lines.push(Line::new(Icon::Syringe, face.text("label-brand"), brand));
    }
    if let Some(chosen) = &form.slot {
        lines.push(Line::new(
            Icon::Calendar,
            face.text("label-when"),
            when::slot(face, chosen),
        ));
    }
    lines.extend(mobile::line(face, &form.mobile));
    let mut body = column![summary(look, lines)].spacing(look.space(Space::Medium));
    let warning = warning(face);
    // In large text a warning takes the room of the hint, which stands with the booking again.
    let hint = warning.is_none() || !look.is_large();
    body = body.extend(warning);
    let mut page = frame::page(face, face.text("booking-summary-title"), body.into());
    page.lead = hint.then(|| {
        face.fill(
            "booking-cancel-where",
            &[("places", &face.cancelled_at(Some(round)))],
        )
    });
    page.actions = willingness::yes_no(face, "booking-yes");
    page
}

/// What is not as usual, said before the last yes.
fn warning<'a>(face: Face<'a>) -> Option<Element<'a, Message>> {
    let surroundings = face.visit.surroundings();
    let no_paper = (!surroundings.printer.prints()).then(|| face.text("booking-no-paper"));
    if surroundings.line {
        return no_paper.map(|words| notice(face.look, Kind::Information, words, None));
    }
    let mut to_do = face.text("booking-offline-do");
    if let Some(no_paper) = no_paper {
        to_do.push('\n');
        to_do.push_str(&no_paper);
    }
    let sentence = face.text("booking-offline");
    Some(notice(face.look, Kind::Warning, sentence, Some(to_do)))
}
