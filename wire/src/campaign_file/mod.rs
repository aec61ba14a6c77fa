//! The campaign file: TOML written by whoever runs a campaign, read as a whole or refused as a
//! whole. Its shape is documented in `docs/campaign-file.md`.

mod error;
mod mask_round;
mod mask_sale;
mod reader;
mod shared;
mod vaccine_round;
mod write;

#[cfg(test)]
mod tests;

pub use error::{CampaignFileError, FieldProblem, SyntaxMistake};
pub use write::to_text;

use std::collections::BTreeSet;

use domain::campaign::{AreaId, Campaign};

use reader::{Source, TableReader};

/// The longest campaign file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Reads a campaign file. `file_name` is only for the error.
///
/// # Errors
/// [`CampaignFileError`] for the first thing that is wrong, naming line and field.
pub fn load(text: &str, file_name: &str) -> Result<Campaign, CampaignFileError> {
    let source = Source { text, file_name };
    let document = source.parse()?;
    let mut root = source.root(&document);
    let id = root.id("campaign")?;
    let version = root.number("version", 1, u32::MAX)?;
    let counties = shared::counties(&mut root)?;
    let areas: BTreeSet<AreaId> = counties
        .iter()
        .flat_map(|county| county.areas.iter().map(|area| area.id.clone()))
        .collect();
    let mut rounds = BTreeSet::new();
    let vaccine_rounds = vaccine_round::read_all(&mut root, &areas, &mut rounds)?;
    let mask_rounds = mask_round::read_all(&mut root, &areas, &mut rounds)?;
    if vaccine_rounds.is_empty() && mask_rounds.is_empty() {
        return Err(root.missing("vaccine"));
    }
    root.finish()?;
    Ok(Campaign {
        id: id.value,
        version,
        counties,
        vaccine_rounds,
        mask_rounds,
    })
}

/// Refuses an id that its list holds already.
fn unique<T: Ord + Clone>(
    seen: &mut BTreeSet<T>,
    table: &TableReader<'_>,
    id: &reader::Located<T>,
) -> Result<(), CampaignFileError> {
    if seen.insert(id.value.clone()) {
        Ok(())
    } else {
        Err(table.fail(id, FieldProblem::Duplicate))
    }
}
