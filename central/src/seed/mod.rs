//! The sample population: invented people, orders and terminals, always the same for the same
//! campaign, size and random seed.

mod files;
mod history;
mod insert;
mod names;
mod notable;
mod orders;
mod papers;
mod population;

use std::path::PathBuf;

use deadpool_postgres::Pool;
use domain::campaign::Campaign;
use domain::operation::DeviceId;
use domain::taipei;
use ed25519_dalek::SigningKey;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;

use crate::{CentralError, campaign, database, devices, roster};

pub use files::Terminal;
pub use notable::Notable;

/// How long the first roster release is good for.
pub const ROSTER_VALID: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Terminals the seed makes codes for: T00001 in the first store, T00002 in the second.
const TERMINALS: u32 = 2;

/// What to make.
#[derive(Debug)]
pub struct Plan<'a> {
    /// Campaign files, each its name and text; the last one stands.
    pub campaigns: Vec<(String, String)>,
    /// How many people.
    pub people: u32,
    /// The random seed.
    pub random_seed: u64,
    /// Signs campaign and roster.
    pub release_key: &'a SigningKey,
    /// Where to write the notable people and the terminals' codes as one JSON file.
    pub people_out: Option<PathBuf>,
    /// Where to write a card profile for each notable person, as `virtual-card` plays them.
    pub cards_out: Option<PathBuf>,
    /// The centre's clock.
    pub now: Timestamp,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// People.
    pub people: usize,
    /// Mask orders.
    pub orders: usize,
    /// Version of the roster release.
    pub roster_version: u64,
    /// People worth knowing.
    pub notable: Vec<Notable>,
    /// Terminals and their codes.
    pub terminals: Vec<Terminal>,
}

/// Fills an empty database.
///
/// # Errors
/// [`CentralError::AlreadySeeded`], those of the campaign files, of the database and of the files
/// written.
pub async fn seed(pool: &Pool, plan: &Plan<'_>) -> Result<Made, CentralError> {
    refuse_if_seeded(pool).await?;
    let mut newest = None;
    for (file_name, text) in &plan.campaigns {
        let published = campaign::publish(pool, file_name, text, plan.release_key, plan.now);
        newest = Some(published.await?);
    }
    let campaign = newest.ok_or(CentralError::Population)?;
    let mut random = ChaCha20Rng::seed_from_u64(plan.random_seed);
    let people = population::make(plan.people, reference_day(&campaign), &mut random)?;
    let orders = orders::make(&campaign, &people, &mut random)?;
    let today = taipei::civil(plan.now).date();
    let fresh = population::fresh(&people, reference_day(&campaign), today, &mut random)?;
    let notable = notable::choose(&campaign, &people, &orders, &fresh);

    insert::everything(pool, &campaign, &people, &orders, plan.now).await?;
    let manifest = roster::release(pool, plan.release_key, ROSTER_VALID, plan.now).await?;
    // This card was made after the release: only the centre knows it (I5).
    let fresh = std::slice::from_ref(&fresh);
    insert::everything(pool, &campaign, fresh, &[], plan.now).await?;
    let terminals = terminals(pool, &campaign, &mut random, plan.now).await?;
    if let Some(path) = &plan.people_out {
        files::write_people(path, &notable, &terminals)?;
    }
    if let Some(folder) = &plan.cards_out {
        files::write_cards(folder, &notable)?;
    }
    Ok(Made {
        people: people.len() + 1,
        orders: orders.len(),
        roster_version: manifest.version,
        notable,
        terminals,
    })
}

async fn refuse_if_seeded(pool: &Pool) -> Result<(), CentralError> {
    let client = database::connection(pool).await?;
    let row = client
        .query_one("SELECT EXISTS (SELECT 1 FROM people)", &[])
        .await
        .map_err(CentralError::database("looking for people"))?;
    if row.get(0) {
        return Err(CentralError::AlreadySeeded);
    }
    Ok(())
}

/// Ages are counted at the campaign's own date, so that the day of seeding changes nobody.
fn reference_day(campaign: &Campaign) -> Date {
    let vaccine = campaign
        .vaccine_rounds
        .first()
        .map(|round| taipei::civil(round.willingness.start).date());
    let mask = campaign
        .mask_rounds
        .first()
        .map(|round| round.pickup_first_day);
    vaccine.or(mask).unwrap_or(date(2026, 1, 1))
}

async fn terminals(
    pool: &Pool,
    campaign: &Campaign,
    random: &mut ChaCha20Rng,
    now: Timestamp,
) -> Result<Vec<Terminal>, CentralError> {
    let stores = campaign.mask_rounds.iter().flat_map(|round| &round.stores);
    let mut terminals = Vec::new();
    for (number, store) in (1..=TERMINALS).zip(stores) {
        let device = DeviceId::new(number).ok_or(CentralError::Population)?;
        let code =
            devices::make_code(pool, device, Some(store.id.as_str()), None, random, now).await?;
        terminals.push(Terminal {
            device: device.to_string(),
            store: store.id.to_string(),
            code,
        });
    }
    Ok(terminals)
}
