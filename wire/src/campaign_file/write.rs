//! Writes a campaign as a file, every moment in Taipei's time.

mod mask;

use domain::campaign::{
    Area, BirthHalfYear, Campaign, County, LocalText, Site, Slot, VaccineRound, Window,
};
use domain::taipei;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use toml::value::{Date as TomlDate, Datetime, Offset, Time as TomlTime};
use toml::{Table, Value};

/// The campaign as the text of a campaign file; [`super::load`] reads it back as the same campaign.
#[must_use]
pub fn to_text(campaign: &Campaign) -> String {
    let mut root = Table::new();
    put(&mut root, "campaign", campaign.id.as_str());
    put(&mut root, "version", campaign.version);
    put(&mut root, "counties", list(&campaign.counties, county));
    put(
        &mut root,
        "vaccine",
        list(&campaign.vaccine_rounds, vaccine),
    );
    put(&mut root, "mask", list(&campaign.mask_rounds, mask::mask));
    root.to_string()
}

fn county(county: &County) -> Table {
    let mut table = Table::new();
    put_text(&mut table, "name", &county.name);
    put(&mut table, "areas", list(&county.areas, area));
    table
}

fn area(area: &Area) -> Table {
    let mut table = Table::new();
    put(&mut table, "id", area.id.as_str());
    put_text(&mut table, "name", &area.name);
    table
}

fn vaccine(round: &VaccineRound) -> Table {
    let mut table = Table::new();
    put(&mut table, "round", round.id.as_str());
    put_text(&mut table, "title", &round.title);
    put(&mut table, "series", round.series.as_str());
    put(&mut table, "dose", u32::from(round.dose));
    put(&mut table, "price_twd", round.price_twd);
    put(&mut table, "willingness", window(round.willingness));
    put(&mut table, "booking", window(round.booking));
    put(
        &mut table,
        "cancel_at",
        words(&round.cancel_at, |channel| channel.code()),
    );
    let mut lease = Table::new();
    put(&mut lease, "units_max", round.lease.units_max);
    put(&mut lease, "time_to_live_s", round.lease.time_to_live_s);
    put(
        &mut lease,
        "holders",
        words(&round.lease.holders, |holder| holder.code()),
    );
    put(&mut table, "lease", lease);
    let brands = list(&round.brands, |brand| {
        let mut table = Table::new();
        put(&mut table, "id", brand.id.as_str());
        put_text(&mut table, "name", &brand.name);
        table
    });
    put(&mut table, "brands", brands);
    let categories = list(&round.categories, |category| {
        let mut table = Table::new();
        put(&mut table, "code", u32::from(category.code.get()));
        put_text(&mut table, "name", &category.name);
        table
    });
    put(&mut table, "categories", categories);
    let calls = list(&round.calls, |call| {
        let mut table = Table::new();
        put(&mut table, "category", u32::from(call.category.get()));
        for (key, half_year) in [
            ("born_from", call.born_from),
            ("born_until", call.born_until),
        ] {
            if let Some(BirthHalfYear { year, second_half }) = half_year {
                let half = if second_half { 2 } else { 1 };
                put(&mut table, key, format!("{year:04}-H{half}"));
            }
        }
        table
    });
    put(&mut table, "calls", calls);
    put(&mut table, "sites", list(&round.sites, site));
    table
}

fn site(site: &Site) -> Table {
    let mut table = Table::new();
    put(&mut table, "id", site.id.as_str());
    put(&mut table, "area", site.area.as_str());
    put_text(&mut table, "name", &site.name);
    put_text(&mut table, "address", &site.address);
    put_text(&mut table, "notice", &site.notice);
    put(&mut table, "brand", site.brand.as_str());
    put(&mut table, "slots", list(&site.slots, slot));
    table
}

fn slot(slot: &Slot) -> Table {
    let mut table = Table::new();
    put(&mut table, "id", slot.id.as_str());
    put(&mut table, "date", day(slot.date));
    put(&mut table, "start", time_of_day(slot.start));
    put(&mut table, "end", time_of_day(slot.end));
    put(&mut table, "capacity", slot.capacity);
    table
}

fn put(table: &mut Table, key: &str, value: impl Into<Value>) {
    table.insert(key.to_owned(), value.into());
}

fn put_text(table: &mut Table, key: &str, text: &LocalText) {
    put(table, key, text.chinese.as_str());
    if let Some(english) = &text.english {
        put(table, &format!("{key}_english"), english.as_str());
    }
}

fn list<T>(items: &[T], convert: impl Fn(&T) -> Table) -> Vec<Value> {
    items
        .iter()
        .map(|item| Value::from(convert(item)))
        .collect()
}

fn words<T: Copy>(items: &[T], code: impl Fn(T) -> &'static str) -> Vec<Value> {
    items.iter().map(|&item| Value::from(code(item))).collect()
}

fn window(window: Window) -> Table {
    let mut table = Table::new();
    put(&mut table, "start", moment(window.start));
    put(&mut table, "end", moment(window.end));
    table
}

fn moment(timestamp: Timestamp) -> Datetime {
    let civil = taipei::civil(timestamp);
    Datetime {
        date: day(civil.date()).date,
        time: time_of_day(civil.time()).time,
        offset: Some(Offset::Custom { minutes: 8 * 60 }),
    }
}

// The parts of a jiff date or time are never negative, so `unsigned_abs` loses nothing.
fn day(date: Date) -> Datetime {
    Datetime {
        date: Some(TomlDate {
            year: date.year().unsigned_abs(),
            month: date.month().unsigned_abs(),
            day: date.day().unsigned_abs(),
        }),
        time: None,
        offset: None,
    }
}

fn time_of_day(time: Time) -> Datetime {
    Datetime {
        date: None,
        time: Some(TomlTime {
            hour: time.hour().unsigned_abs(),
            minute: time.minute().unsigned_abs(),
            second: Some(time.second().unsigned_abs()),
            nanosecond: Some(time.subsec_nanosecond().unsigned_abs()).filter(|&rest| rest > 0),
        }),
        offset: None,
    }
}
