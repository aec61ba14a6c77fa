//! The table `vaccine` (V1–V9, V13).

use std::collections::BTreeSet;

use domain::campaign::{
    AreaId, BirthHalfYear, Brand, BrandId, Call, Category, CategoryCode, Site, Slot, VaccineRound,
};

use super::error::{CampaignFileError, FieldProblem};
use super::reader::{Located, TableReader};
use super::shared::{known_area, local_text, number, optional_local_text, window};
use super::unique;

pub(super) fn read(
    mut table: TableReader<'_>,
    areas: &BTreeSet<AreaId>,
) -> Result<VaccineRound, CampaignFileError> {
    let brands = brands(&mut table)?;
    let categories = categories(&mut table)?;
    let round = VaccineRound {
        id: table.id("round")?.value,
        title: local_text(&mut table, "title", "title_english")?,
        dose: u8::try_from(table.number("dose", 1, 9)?).unwrap_or(u8::MAX),
        willingness: window(&mut table, "willingness")?,
        booking: window(&mut table, "booking")?,
        calls: calls(&mut table, &categories)?,
        sites: sites(&mut table, areas, &brands)?,
        brands,
        categories,
    };
    table.finish()?;
    Ok(round)
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

fn sites(
    table: &mut TableReader<'_>,
    areas: &BTreeSet<AreaId>,
    brands: &[Brand],
) -> Result<Vec<Site>, CampaignFileError> {
    let mut seen = BTreeSet::new();
    let mut sites = Vec::new();
    for mut site in table.tables("sites")? {
        let id = site.id("id")?;
        unique(&mut seen, &site, &id)?;
        let brand: Located<BrandId> = site.id("brand")?;
        if !brands.iter().any(|known| known.id == brand.value) {
            return Err(site.fail(&brand, FieldProblem::Reference { what: "brand" }));
        }
        sites.push(Site {
            id: id.value,
            area: known_area(&mut site, areas)?,
            name: local_text(&mut site, "name", "name_english")?,
            address: local_text(&mut site, "address", "address_english")?,
            notice: optional_local_text(&mut site, "notice", "notice_english")?,
            brand: brand.value,
            slots: slots(&mut site)?,
        });
        site.finish()?;
    }
    Ok(sites)
}

/// The slots of a site, sorted by date and start whatever their order in the file (V7).
fn slots(site: &mut TableReader<'_>) -> Result<Vec<Slot>, CampaignFileError> {
    let mut seen = BTreeSet::new();
    let mut slots = Vec::new();
    for mut slot in site.tables("slots")? {
        let id = slot.id("id")?;
        unique(&mut seen, &slot, &id)?;
        let date = slot.date("date")?.value;
        let start = slot.time("start")?;
        let end = slot.time("end")?;
        if end.value <= start.value {
            return Err(slot.fail(&end, FieldProblem::EndNotLater));
        }
        slots.push(Slot {
            id: id.value,
            date,
            start: start.value,
            end: end.value,
            capacity: slot.number("capacity", 0, 100_000)?,
        });
        slot.finish()?;
    }
    slots.sort_by_key(|slot| (slot.date, slot.start));
    Ok(slots)
}
