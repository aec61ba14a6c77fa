//! Choosing a county, then a township: shared by willingness and booking.

use domain::campaign::{AreaId, County};
use domain::visit::{Touch, slips};

use super::frame;
use crate::face::Face;
use crate::look::Element;
use crate::look::button::{self, Button};
use crate::look::icon::Icon;
use crate::message::Message;

const COLUMNS: usize = 2;

/// County and township in the chosen language.
pub(super) fn name(face: Face<'_>, area: &AreaId) -> String {
    face.campaign()
        .map(|campaign| slips::area_text(campaign, area))
        .map(|text| face.local(&text).to_owned())
        .unwrap_or_default()
}

/// The counties. `offered` says whether one has anything to choose.
pub(super) fn counties<'a>(
    face: Face<'a>,
    offered: impl Fn(&County) -> bool,
) -> Element<'a, Message> {
    let counties: &[County] = face
        .campaign()
        .map(|campaign| campaign.counties.as_slice())
        .unwrap_or_default();
    let buttons = counties
        .iter()
        .enumerate()
        .filter(|(_, county)| offered(county))
        .map(|(index, county)| {
            button::secondary(format!("county.{index}"), face.local(&county.name))
                .on_press(Message::Touch(Touch::County(index)))
        })
        .collect();
    choices(face, face.text("area-county-title"), buttons)
}

/// The townships of a county.
pub(super) fn townships<'a>(
    face: Face<'a>,
    county: usize,
    offered: impl Fn(&AreaId) -> bool,
) -> Element<'a, Message> {
    let areas = face
        .campaign()
        .and_then(|campaign| campaign.counties.get(county))
        .map(|county| county.areas.as_slice())
        .unwrap_or_default();
    let buttons = areas
        .iter()
        .filter(|area| offered(&area.id))
        .map(|area| {
            button::secondary(format!("area.{}", area.id), face.local(&area.name))
                .icon(Icon::Place)
                .on_press(Message::Touch(Touch::Area(area.id.clone())))
        })
        .collect();
    choices(face, face.text("area-township-title"), buttons)
}

fn choices<'a>(
    face: Face<'a>,
    title: String,
    buttons: Vec<Button<Message>>,
) -> Element<'a, Message> {
    let body = frame::list(face, COLUMNS, buttons);
    frame::page(face, title, body).view(face.look)
}
