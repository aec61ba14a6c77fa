//! The tables `vaccine` (V1–V10, V13).

use std::collections::BTreeSet;

use domain::campaign::{
    AreaId, BirthHalfYear, Brand, BrandId, Call, Category, CategoryCode, LeaseHolder, LeasePolicy,
    RoundId, Site, SiteId, Slot, VaccineRound,
};
use domain::channel::Act;
use domain::taipei;
use jiff::civil::Date;

use super::error::{CampaignFileError, FieldProblem};
use super::reader::{Located, TableReader};
use super::shared::{channels, known_area, local_text, number, optional_local_text, window};
use super::unique;

/// The list `vaccine`; `rounds` are the rounds' ids seen so far.
pub(super) fn read_all(
    root: &mut TableReader<'_>,
    areas: &BTreeSet<AreaId>,
    rounds: &mut BTreeSet<RoundId>,
) -> Result<Vec<VaccineRound>, CampaignFileError> {
    let mut sites = BTreeSet::new();
    root.optional_tables("vaccine")?
        .into_iter()
        .map(|mut table| {
            let id = table.id("round")?;
            unique(rounds, &table, &id)?;
            read(table, id.value, areas, &mut sites)
        })
        .collect()
}

fn read(
    mut table: TableReader<'_>,
    id: RoundId,
    areas: &BTreeSet<AreaId>,
    sites: &mut BTreeSet<SiteId>,
) -> Result<VaccineRound, CampaignFileError> {
    let brands = brands(&mut table)?;
    let categories = categories(&mut table)?;
    let willingness = window(&mut table, "willingness")?;
    let booking = window(&mut table, "booking")?;
    if booking.start.value < willingness.start.value {
        let first = "willingness.start";
        return Err(table.fail(&booking.start, FieldProblem::Reversed { first }));
    }
    let mut places = Places {
        areas,
        brands: &brands,
        opens: taipei::civil(booking.start.value).date(),
        seen: sites,
    };
    let round = VaccineRound {
        id,
        title: local_text(&mut table, "title", "title_english")?,
        series: table.id("series")?.value,
        dose: table.small_number("dose", 1, 9)?,
        price_twd: table.number("price_twd", 0, 100_000)?,
        willingness: willingness.value(),
        booking: booking.value(),
        cancel_at: channels(&mut table, "cancel_at", Act::CancelBooking)?,
        lease: lease(&mut table)?,
        calls: calls(&mut table, &categories)?,
        sites: places.read(&mut table)?,
        brands,
        categories,
    };
    table.finish()?;
    Ok(round)
}

fn lease(table: &mut TableReader<'_>) -> Result<LeasePolicy, CampaignFileError> {
    let mut lease = table.table("lease")?;
    let words = FieldProblem::Word {
        words: "site-counters, township-stores",
    };
    let mut holders = BTreeSet::new();
    for holder in lease.words("holders", words, LeaseHolder::from_code)? {
        unique(&mut holders, &lease, &holder)?;
    }
    let policy = LeasePolicy {
        units_max: lease.number("units_max", 1, 1_000)?,
        // Holders stop five minutes early, so a shorter life would promise nothing.
        time_to_live_s: lease.number("time_to_live_s", 600, 86_400)?,
        holders: holders.into_iter().collect(),
    };
    lease.finish()?;
    Ok(policy)
}

fn brands(table: &mut TableReader<'_>) -> Result<Vec<Brand>, CampaignFileError> {
    let mut seen = BTreeSet::new();
    let mut brands = Vec::new();
    for mut brand in table.some_tables("brands")? {
        let id = brand.id("id")?;
        unique(&mut seen, &brand, &id)?;
        brands.push(Brand {
            id: id.value,
            name: local_text(&mut brand, "name", "name_english")?,
        });
        brand.finish()?;
    }
    Ok(brands)
}

fn categories(table: &mut TableReader<'_>) -> Result<Vec<Category>, CampaignFileError> {
    let mut seen = BTreeSet::new();
    let mut categories = Vec::new();
    for mut category in table.some_tables("categories")? {
        let code = category_code(&mut category, "code")?;
        unique(&mut seen, &category, &code)?;
        categories.push(Category {
            code: code.value,
            name: local_text(&mut category, "name", "name_english")?,
        });
        category.finish()?;
    }
    Ok(categories)
}

fn category_code(
    table: &mut TableReader<'_>,
    key: &'static str,
) -> Result<Located<CategoryCode>, CampaignFileError> {
    let problem = FieldProblem::Range { low: 1, high: 32 };
    table.required(key, problem, |value| {
        CategoryCode::new(u8::try_from(number(value)?).ok()?)
    })
}

fn calls(
    table: &mut TableReader<'_>,
    categories: &[Category],
) -> Result<Vec<Call>, CampaignFileError> {
    let mut calls = Vec::new();
    for mut call in table.tables("calls")? {
        let code = category_code(&mut call, "category")?;
        if !categories.iter().any(|known| known.code == code.value) {
            return Err(call.fail(&code, FieldProblem::Reference { what: "category" }));
        }
        let born_from = half_year(&mut call, "born_from")?;
        let born_until = half_year(&mut call, "born_until")?;
        if let (Some(from), Some(until)) = (&born_from, &born_until)
            && until.value < from.value
        {
            let first = "born_from";
            return Err(call.fail(until, FieldProblem::Reversed { first }));
        }
        call.finish()?;
        calls.push(Call {
            category: code.value,
            born_from: born_from.map(|located| located.value),
            born_until: born_until.map(|located| located.value),
        });
    }
    Ok(calls)
}

/// `1961-H1` or `1961-H2`.
fn half_year(
    table: &mut TableReader<'_>,
    key: &'static str,
) -> Result<Option<Located<BirthHalfYear>>, CampaignFileError> {
    let problem = FieldProblem::Type {
        expected: "a half-year such as 1961-H1",
    };
    table.optional(key, problem, |value| {
        let (year, half) = value.as_str()?.split_once("-H")?;
        let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let second_half = match half {
            "1" => false,
            "2" => true,
            _ => return None,
        };
        digits.then_some(BirthHalfYear {
            year: year.parse().ok()?,
            second_half,
        })
    })
}

/// What the sites of a round refer to.
struct Places<'a> {
    areas: &'a BTreeSet<AreaId>,
    brands: &'a [Brand],
    /// The day on which booking opens.
    opens: Date,
    /// The sites of the whole file: an address of the centre names a site without its round.
    seen: &'a mut BTreeSet<SiteId>,
}

impl Places<'_> {
    fn read(&mut self, table: &mut TableReader<'_>) -> Result<Vec<Site>, CampaignFileError> {
        let mut sites = Vec::new();
        for mut site in table.tables("sites")? {
            let id = site.id("id")?;
            unique(self.seen, &site, &id)?;
            let brand: Located<BrandId> = site.id("brand")?;
            if !self.brands.iter().any(|known| known.id == brand.value) {
                return Err(site.fail(&brand, FieldProblem::Reference { what: "brand" }));
            }
            sites.push(Site {
                id: id.value,
                area: known_area(&mut site, self.areas)?,
                name: local_text(&mut site, "name", "name_english")?,
                address: local_text(&mut site, "address", "address_english")?,
                notice: optional_local_text(&mut site, "notice", "notice_english")?,
                brand: brand.value,
                slots: self.slots(&mut site)?,
            });
            site.finish()?;
        }
        Ok(sites)
    }

    /// The slots of a site, sorted by date and start whatever their order in the file (V7).
    fn slots(&self, site: &mut TableReader<'_>) -> Result<Vec<Slot>, CampaignFileError> {
        let mut seen = BTreeSet::new();
        let mut slots = Vec::new();
        for mut slot in site.tables("slots")? {
            let id = slot.id("id")?;
            unique(&mut seen, &slot, &id)?;
            let date = slot.date("date")?;
            if date.value < self.opens {
                let first = "booking.start";
                return Err(slot.fail(&date, FieldProblem::Reversed { first }));
            }
            let start = slot.time("start")?;
            let end = slot.time("end")?;
            if end.value <= start.value {
                return Err(slot.fail(&end, FieldProblem::EndNotLater));
            }
            slots.push(Slot {
                id: id.value,
                date: date.value,
                start: start.value,
                end: end.value,
                capacity: slot.number("capacity", 0, 100_000)?,
            });
            slot.finish()?;
        }
        slots.sort_by_key(|slot| (slot.date, slot.start));
        Ok(slots)
    }
}
