//! The table `mask` (M1, M7, M9, M11, M13).

use std::collections::BTreeSet;

use domain::campaign::{AreaId, MaskRound, Store};

use super::error::{CampaignFileError, FieldProblem};
use super::reader::TableReader;
use super::shared::{known_area, local_text, window};
use super::unique;

pub(super) fn read(
    mut table: TableReader<'_>,
    areas: &BTreeSet<AreaId>,
) -> Result<MaskRound, CampaignFileError> {
    let id = table.id("round")?.value;
    let title = local_text(&mut table, "title", "title_english")?;
    let order = window(&mut table, "order")?;
    let payment = window(&mut table, "payment")?;
    let first_day = table.date("pickup_first_day")?;
    let last_day = table.date("pickup_last_day")?;
    if last_day.value < first_day.value {
        let first = "pickup_first_day";
        return Err(table.fail(&last_day, FieldProblem::Reversed { first }));
    }
    let round = MaskRound {
        id,
        title,
        order,
        payment,
        pickup_first_day: first_day.value,
        pickup_last_day: last_day.value,
        masks_per_order: table.number("masks_per_order", 1, 1_000)?,
        price_per_mask_twd: table.number("price_per_mask_twd", 0, 10_000)?,
        delivery_price_twd: table.number("delivery_price_twd", 0, 10_000)?,
        stores: stores(&mut table, areas)?,
    };
    table.finish()?;
    Ok(round)
}

fn stores(
    table: &mut TableReader<'_>,
    areas: &BTreeSet<AreaId>,
) -> Result<Vec<Store>, CampaignFileError> {
    let mut seen = BTreeSet::new();
    let mut stores = Vec::new();
    for mut store in table.some_tables("stores")? {
        let id = store.id("id")?;
        unique(&mut seen, &store, &id)?;
        stores.push(Store {
            id: id.value,
            area: known_area(&mut store, areas)?,
            name: local_text(&mut store, "name", "name_english")?,
            address: local_text(&mut store, "address", "address_english")?,
        });
        store.finish()?;
    }
    Ok(stores)
}
