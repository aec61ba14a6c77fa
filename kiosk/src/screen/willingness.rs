//! The willingness form (V2, V5): area, brands, mobile number, everything before yes.

use domain::visit::{Mistake, Touch, WillingnessForm, WillingnessPage, slips};
use iced::widget::column;

use super::{area, frame, menu, mobile};
use crate::face::Face;
use crate::look::button;
use crate::look::icon::Icon;
use crate::look::layout::Page;
use crate::look::notice::{Kind, notice};
use crate::look::summary::{Line, summary};
use crate::look::{Element, Space};
use crate::message::Message;

pub(super) fn view<'a>(face: Face<'a>, form: &'a WillingnessForm) -> Element<'a, Message> {
    match form.page {
        WillingnessPage::Area => frame::stepped(face, place(face, form), 0, "step-area"),
        WillingnessPage::County => area::counties(face, |_| true),
        WillingnessPage::Township(county) => area::townships(face, county, |_| true),
        WillingnessPage::Brands => frame::stepped(face, brands(face, form), 1, "step-brands"),
        WillingnessPage::Mobile => frame::stepped(
            face,
            mobile::page(face, &form.mobile, form.mistake),
            2,
            "step-mobile",
        ),
        WillingnessPage::Summary => frame::stepped(face, everything(face, form), 3, "step-summary"),
        WillingnessPage::Cancel => cancel(face, form).view(face.look),
    }
}

fn place<'a>(face: Face<'a>, form: &WillingnessForm) -> Page<'a, Message> {
    let body = column![
        summary(
            face.look,
            vec![Line::new(
                Icon::Place,
                face.text("label-area"),
                area::name(face, &form.area)
            )],
        ),
        button::secondary("other-area", face.text("area-other"))
            .icon(Icon::Search)
            .on_press(Message::Touch(Touch::OtherArea))
            .view(face.look),
    ]
    .spacing(face.look.space(Space::Large));
    let mut page = frame::page(face, face.text("willingness-area-title"), body.into());
    page.lead = Some(face.text("willingness-area-lead"));
    page.actions.push(forward(face));
    page
}

fn brands<'a>(face: Face<'a>, form: &WillingnessForm) -> Page<'a, Message> {
    let look = face.look;
    let mut body = column![].spacing(look.space(Space::Small));
    let offered = face
        .campaign()
        .and_then(|campaign| campaign.vaccine_round(&form.round));
    for brand in offered.into_iter().flat_map(|round| &round.brands) {
        let chosen = form.brands.contains(&brand.id);
        body = body.push(
            button::choice(
                format!("brand.{}", brand.id),
                face.local(&brand.name),
                chosen,
            )
            .detail(face.text(if chosen {
                "brand-chosen"
            } else {
                "brand-refused"
            }))
            .height_mm(30.0)
            .on_press(Message::Touch(Touch::Brand(brand.id.clone())))
            .view(look),
        );
    }
    if form.mistake == Some(Mistake::NoBrand) {
        body = body.push(notice(look, Kind::Danger, face.text("brand-mistake"), None));
    }
    let mut page = frame::page(face, face.text("willingness-brands-title"), body.into());
    page.lead = Some(face.text("willingness-brands-lead"));
    page.actions.push(forward(face));
    page
}

fn everything<'a>(face: Face<'a>, form: &WillingnessForm) -> Page<'a, Message> {
    let body = column![
        summary(face.look, lines(face, form)),
        notice(
            face.look,
            Kind::Information,
            face.text("willingness-no-order"),
            None
        ),
    ]
    .spacing(face.look.space(Space::Large));
    let title = if form.changes {
        "willingness-change-title"
    } else {
        "willingness-summary-title"
    };
    let mut page = frame::page(face, face.text(title), body.into());
    page.actions = yes_no(face, "willingness-yes");
    page
}

fn cancel<'a>(face: Face<'a>, form: &WillingnessForm) -> Page<'a, Message> {
    let mut page = frame::page(
        face,
        face.text("willingness-cancel-title"),
        summary(face.look, lines(face, form)),
    );
    page.actions = yes_no(face, "willingness-cancel-yes");
    page
}

fn lines(face: Face<'_>, form: &WillingnessForm) -> Vec<Line> {
    let brands: Vec<String> = face
        .campaign()
        .map(|campaign| {
            let name = |brand| face.local(&slips::brand_text(campaign, brand)).to_owned();
            form.brands.iter().map(name).collect()
        })
        .unwrap_or_default();
    let mut lines = Vec::new();
    if let Some(person) = face.visit.person() {
        lines.push(menu::who(face, person));
    }
    lines.push(Line::new(
        Icon::Place,
        face.text("label-area"),
        area::name(face, &form.area),
    ));
    lines.push(Line::new(
        Icon::Syringe,
        face.text("label-brands"),
        brands.join(&face.text("and-comma")),
    ));
    lines.extend(mobile::line(face, &form.mobile));
    lines
}

fn forward(face: Face<'_>) -> button::Button<Message> {
    button::primary("continue", face.text("continue"))
        .icon(Icon::Forward)
        .on_press(Message::Touch(Touch::Continue))
}

/// The last question: no first, yes last.
pub(super) fn yes_no(face: Face<'_>, yes: &str) -> Vec<button::Button<Message>> {
    vec![
        button::secondary("no", face.text("no"))
            .icon(Icon::Cross)
            .on_press(Message::Touch(Touch::No)),
        button::primary("yes", face.text(yes))
            .icon(Icon::Check)
            .on_press(Message::Touch(Touch::Yes)),
    ]
}
