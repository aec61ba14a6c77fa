//! Dates and times as people say them in the chosen language.

use domain::campaign::Slot;
use jiff::civil::{Date, Time};

use crate::face::Face;

/// "4月9日（四）", "Thu 9 Apr".
pub(super) fn day(face: Face<'_>, date: Date) -> String {
    let weekday = face.text(&format!(
        "weekday-{}",
        date.weekday().to_monday_one_offset()
    ));
    let month = face.text(&format!("month-{}", date.month()));
    let day = date.day().to_string();
    face.fill(
        "date-day",
        &[("weekday", &weekday), ("month", &month), ("day", &day)],
    )
}

/// "13:30–14:30" (V7).
pub(super) fn hours(start: Time, end: Time) -> String {
    format!(
        "{:02}:{:02}–{:02}:{:02}",
        start.hour(),
        start.minute(),
        end.hour(),
        end.minute()
    )
}

/// Day and hours of a slot.
pub(super) fn slot(face: Face<'_>, slot: &Slot) -> String {
    format!("{} {}", day(face, slot.date), hours(slot.start, slot.end))
}
