//! Dates and times in the words of a language.

use domain::slip::Check;
use jiff::civil::{Date, DateTime, Time};
use wording::Wording;

/// First year of the Republic's calendar, less one.
const REPUBLIC_OFFSET: i16 = 1911;

/// A day with its weekday.
pub(super) fn date(wording: &Wording, date: Date) -> String {
    let weekday = wording.text(
        &format!("slip-weekday-{}", date.weekday().to_monday_one_offset()),
        &[],
    );
    let parts = parts(wording, date);
    let mut arguments = parts.arguments();
    arguments.push(("weekday", &weekday));
    wording.text("slip-date", &arguments)
}

/// A day and a minute.
pub(super) fn moment(wording: &Wording, moment: DateTime) -> String {
    let parts = parts(wording, moment.date());
    let time = clock(moment.time());
    let mut arguments = parts.arguments();
    arguments.push(("time", &time));
    wording.text("slip-moment", &arguments)
}

/// From one minute to another of the same day.
pub(super) fn range(wording: &Wording, start: Time, end: Time) -> String {
    let key = if start.hour() < 12 {
        "slip-range-morning"
    } else {
        "slip-range-afternoon"
    };
    wording.text(key, &[("start", &clock(start)), ("end", &clock(end))])
}

/// How a check went, and its figure.
pub(super) fn one_line(wording: &Wording, key: &str, detail: &str) -> String {
    let text = wording.text(key, &[]);
    if detail.is_empty() {
        text
    } else {
        format!("{text}  {detail}")
    }
}

/// The key of a check's name.
pub(super) const fn check(check: Check) -> &'static str {
    match check {
        Check::Reader => "slip-check-reader",
        Check::Printer => "slip-check-printer",
        Check::Touch => "slip-check-touch",
        Check::Display => "slip-check-display",
        Check::Sound => "slip-check-sound",
        Check::Network => "slip-check-network",
        Check::Store => "slip-check-store",
        Check::Roster => "slip-check-roster",
        Check::Outbox => "slip-check-outbox",
        Check::Clock => "slip-check-clock",
        Check::Certificates => "slip-check-certificates",
        Check::Versions => "slip-check-versions",
    }
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

struct Parts {
    year: String,
    roc_year: String,
    month: String,
    month_name: String,
    day: String,
}

fn parts(wording: &Wording, date: Date) -> Parts {
    Parts {
        year: date.year().to_string(),
        roc_year: (date.year() - REPUBLIC_OFFSET).to_string(),
        month: date.month().to_string(),
        month_name: wording.text(&format!("slip-month-{}", date.month()), &[]),
        day: date.day().to_string(),
    }
}

impl Parts {
    fn arguments(&self) -> Vec<(&str, &str)> {
        vec![
            ("year", &self.year),
            ("roc-year", &self.roc_year),
            ("month", &self.month),
            ("month-name", &self.month_name),
            ("day", &self.day),
        ]
    }
}
