//! Parts that several tables of the file have in common.

use std::collections::BTreeSet;

use domain::campaign::{
    Area, AreaId, BrandId, CampaignId, County, LocalText, RoundId, SeriesId, SiteId, SlotId,
    StoreId, Window,
};
use domain::channel::{Act, Channel, permits};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use toml::de::DeValue;
use toml::value::{Datetime, Offset as TomlOffset};

use super::error::{CampaignFileError, FieldProblem};
use super::reader::{Located, TableReader};
use super::unique;

/// Something that reads as an id.
pub(super) trait ParseId: Sized {
    fn parse_id(text: &str) -> Option<Self>;
}

macro_rules! ids {
    ($($id:ident),+) => {
        $(impl ParseId for $id {
            fn parse_id(text: &str) -> Option<Self> {
                $id::parse(text).ok()
            }
        })+
    };
}
ids!(
    AreaId, BrandId, CampaignId, RoundId, SeriesId, SiteId, SlotId, StoreId
);

/// `key` and, beside it, `key_english`.
pub(super) fn local_text(
    table: &mut TableReader<'_>,
    key: &'static str,
    english_key: &'static str,
) -> Result<LocalText, CampaignFileError> {
    Ok(LocalText {
        chinese: table.text(key)?.value,
        english: english(table, english_key)?,
    })
}

/// As [`local_text`], empty where it is not given.
pub(super) fn optional_local_text(
    table: &mut TableReader<'_>,
    key: &'static str,
    english_key: &'static str,
) -> Result<LocalText, CampaignFileError> {
    Ok(LocalText {
        chinese: table
            .optional_text(key)?
            .map(|text| text.value)
            .unwrap_or_default(),
        english: english(table, english_key)?,
    })
}

fn english(
    table: &mut TableReader<'_>,
    key: &'static str,
) -> Result<Option<String>, CampaignFileError> {
    match table.optional_text(key)? {
        Some(text) if text.value.trim().is_empty() => Err(table.fail(&text, FieldProblem::Empty)),
        text => Ok(text.map(|text| text.value)),
    }
}

/// A window, and where its ends stand.
pub(super) struct LocatedWindow {
    pub(super) start: Located<Timestamp>,
    pub(super) end: Located<Timestamp>,
}

impl LocatedWindow {
    pub(super) const fn value(&self) -> Window {
        Window {
            start: self.start.value,
            end: self.end.value,
        }
    }
}

/// A table with `start` and `end`.
pub(super) fn window(
    table: &mut TableReader<'_>,
    key: &'static str,
) -> Result<LocatedWindow, CampaignFileError> {
    let mut window = table.table(key)?;
    let start = window.moment("start")?;
    let end = window.moment("end")?;
    if end.value <= start.value {
        return Err(window.fail(&end, FieldProblem::EndNotLater));
    }
    window.finish()?;
    Ok(LocatedWindow { start, end })
}

/// `first_day` and `last_day`, both included.
pub(super) fn days(
    table: &mut TableReader<'_>,
    first_key: &'static str,
    last_key: &'static str,
) -> Result<(Located<Date>, Located<Date>), CampaignFileError> {
    let first = table.date(first_key)?;
    let last = table.date(last_key)?;
    if last.value < first.value {
        return Err(table.fail(&last, FieldProblem::Reversed { first: first_key }));
    }
    Ok((first, last))
}

/// The channels of a list: at least one, none twice, each one where `act` may be done (C1–C3).
pub(super) fn channels(
    table: &mut TableReader<'_>,
    key: &'static str,
    act: Act,
) -> Result<Vec<Channel>, CampaignFileError> {
    let mut seen = BTreeSet::new();
    for channel in table.some_words(key, CHANNEL, Channel::from_code)? {
        unique(&mut seen, table, &channel)?;
        if !permits(channel.value, act) {
            return Err(table.fail(&channel, FieldProblem::ChannelMay));
        }
    }
    Ok(seen.into_iter().collect())
}

/// The word for a channel.
pub(super) const CHANNEL: FieldProblem = FieldProblem::Word {
    words: "store, pharmacy, health-centre, web, app",
};

/// The field `area`, which must be one of the file's.
pub(super) fn known_area(
    table: &mut TableReader<'_>,
    areas: &BTreeSet<AreaId>,
) -> Result<AreaId, CampaignFileError> {
    let area: Located<AreaId> = table.id("area")?;
    if !areas.contains(&area.value) {
        return Err(table.fail(&area, FieldProblem::Reference { what: "township" }));
    }
    Ok(area.value)
}

/// The counties and their townships; a township's id is unique in the whole file.
pub(super) fn counties(root: &mut TableReader<'_>) -> Result<Vec<County>, CampaignFileError> {
    let mut seen = BTreeSet::new();
    let mut counties = Vec::new();
    for mut county in root.some_tables("counties")? {
        let name = local_text(&mut county, "name", "name_english")?;
        let mut areas = Vec::new();
        for mut area in county.some_tables("areas")? {
            let id = area.id("id")?;
            unique(&mut seen, &area, &id)?;
            areas.push(Area {
                id: id.value,
                name: local_text(&mut area, "name", "name_english")?,
            });
            area.finish()?;
        }
        county.finish()?;
        counties.push(County { name, areas });
    }
    Ok(counties)
}

pub(super) fn number(value: &DeValue<'_>) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

pub(super) fn date(value: &Datetime) -> Option<Date> {
    match (value.date, value.time, value.offset) {
        (Some(date), None, None) => Date::new(
            i16::try_from(date.year).ok()?,
            i8::try_from(date.month).ok()?,
            i8::try_from(date.day).ok()?,
        )
        .ok(),
        _ => None,
    }
}

pub(super) fn time(value: &Datetime) -> Option<Time> {
    match (value.date, value.time, value.offset) {
        (None, Some(time), None) => Time::new(
            i8::try_from(time.hour).ok()?,
            i8::try_from(time.minute).ok()?,
            i8::try_from(time.second.unwrap_or(0)).ok()?,
            i32::try_from(time.nanosecond.unwrap_or(0)).ok()?,
        )
        .ok(),
        _ => None,
    }
}

pub(super) fn moment(value: &Datetime) -> Option<Timestamp> {
    let offset = match value.offset? {
        TomlOffset::Z => Offset::UTC,
        TomlOffset::Custom { minutes } => Offset::from_seconds(i32::from(minutes) * 60).ok()?,
    };
    let part = |date, time| Datetime {
        date,
        time,
        offset: None,
    };
    let civil = date(&part(value.date, None))?.to_datetime(time(&part(None, value.time))?);
    Some(civil.to_zoned(TimeZone::fixed(offset)).ok()?.timestamp())
}
