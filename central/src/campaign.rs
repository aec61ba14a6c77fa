//! Campaigns: published signed, kept in the database, read again when a newer one is published.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use deadpool_postgres::{GenericClient, Pool};
use domain::campaign::{Campaign, LocalText, RoundId, Site, SiteId, VaccineRound};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use wire::campaign_file;
use wire::envelope::{self, SignedEnvelope};

use crate::{CentralError, database};

/// The newest published campaign.
#[derive(Debug)]
pub struct Published {
    /// Rises with every publication of any campaign.
    pub publication: i64,
    /// The campaign.
    pub campaign: Campaign,
    /// The signed file, as JSON.
    pub envelope: String,
    /// Where each site stands in its round: there may be thousands, asked for at every booking.
    sites: HashMap<(RoundId, SiteId), (usize, usize)>,
}

impl Published {
    /// The site with this id in a vaccine round.
    #[must_use]
    pub fn site(&self, round: &RoundId, site: &SiteId) -> Option<&Site> {
        let (round, site) = self.sites.get(&(round.clone(), site.clone()))?;
        self.campaign.vaccine_rounds.get(*round)?.sites.get(*site)
    }
}

fn sites_of(campaign: &Campaign) -> HashMap<(RoundId, SiteId), (usize, usize)> {
    campaign
        .vaccine_rounds
        .iter()
        .enumerate()
        .flat_map(|(place, round)| {
            let sites = round.sites.iter().enumerate();
            sites.map(move |(index, site)| ((round.id.clone(), site.id.clone()), (place, index)))
        })
        .collect()
}

/// Remembers the newest campaign, so that it is parsed once.
#[derive(Debug, Default)]
pub struct Cache(Mutex<Option<Arc<Published>>>);

impl Cache {
    /// The newest published campaign; `None` before the first.
    ///
    /// # Errors
    /// [`CentralError::Database`] or [`CentralError::Stored`].
    pub async fn newest(
        &self,
        client: &impl GenericClient,
    ) -> Result<Option<Arc<Published>>, CentralError> {
        let during = "looking for the newest campaign";
        let statement = client
            .prepare_cached("SELECT max(publication) FROM campaigns")
            .await
            .map_err(CentralError::database(during))?;
        let row = client
            .query_one(&statement, &[])
            .await
            .map_err(CentralError::database(during))?;
        let Some(publication) = row.get::<_, Option<i64>>(0) else {
            return Ok(None);
        };
        let cached = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        // A replica may be behind: never back to an older one.
        if let Some(published) = cached.filter(|known| known.publication >= publication) {
            return Ok(Some(published));
        }
        let published = Arc::new(load(client, publication).await?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&published));
        Ok(Some(published))
    }
}

async fn load(client: &impl GenericClient, publication: i64) -> Result<Published, CentralError> {
    let stored = || CentralError::Stored { what: "campaign" };
    let row = client
        .query_one(
            "SELECT envelope FROM campaigns WHERE publication = $1",
            &[&publication],
        )
        .await
        .map_err(CentralError::database("reading a campaign"))?;
    let text: String = row.get(0);
    let sealed: SignedEnvelope = serde_json::from_str(&text).map_err(|_| stored())?;
    let file = payload_of_own(&sealed).ok_or_else(stored)?;
    let campaign = campaign_file::load(&file, "published").map_err(|_| stored())?;
    Ok(Published {
        publication,
        sites: sites_of(&campaign),
        campaign,
        envelope: text,
    })
}

/// The payload of an envelope from the centre's own database, written there by [`publish`].
fn payload_of_own(sealed: &SignedEnvelope) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(&sealed.payload)
        .ok()?;
    String::from_utf8(bytes).ok()
}

/// Signs and publishes a campaign file, with its slots and stores. The same file again changes
/// nothing.
///
/// # Errors
/// [`CentralError::Campaign`], [`CentralError::CampaignVersion`],
/// [`CentralError::CapacityBelowBooked`] or those of the database.
pub async fn publish(
    pool: &Pool,
    file_name: &str,
    text: &str,
    key: &SigningKey,
    now: Timestamp,
) -> Result<Campaign, CentralError> {
    let campaign = campaign_file::load(text, file_name)?;
    let sealed = SignedEnvelope::seal(envelope::CAMPAIGN, text.as_bytes(), key);
    let sealed = serde_json::to_string(&sealed).map_err(|source| CentralError::Json { source })?;
    database::with_retry(|| publish_once(pool, &campaign, &sealed, now)).await?;
    Ok(campaign)
}

async fn publish_once(
    pool: &Pool,
    campaign: &Campaign,
    sealed: &str,
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "publishing a campaign";
    let mut client = database::connection(pool).await?;
    let transaction = client
        .transaction()
        .await
        .map_err(CentralError::database(during))?;
    let newest = transaction
        .query_opt(
            "SELECT version, envelope FROM campaigns WHERE campaign_id = $1 ORDER BY version DESC LIMIT 1",
            &[&campaign.id.as_str()],
        )
        .await
        .map_err(CentralError::database(during))?;
    if let Some(row) = newest {
        let published = u32::try_from(row.get::<_, i64>(0)).unwrap_or(u32::MAX);
        if row.get::<_, String>(1) == sealed {
            return Ok(());
        }
        if campaign.version <= published {
            let version = campaign.version;
            return Err(CentralError::CampaignVersion { version, published });
        }
    }
    for store in campaign.mask_rounds.iter().flat_map(|round| &round.stores) {
        upsert_store(
            &transaction,
            store.id.as_str(),
            store.area.as_str(),
            &store.name,
        )
        .await?;
    }
    for round in &campaign.vaccine_rounds {
        upsert_slots(&transaction, round).await?;
    }
    transaction
        .execute(
            "INSERT INTO campaigns (publication, campaign_id, version, envelope, published_at) \
             SELECT coalesce(max(publication), 0) + 1, $1, $2, $3, $4 FROM campaigns",
            &[
                &campaign.id.as_str(),
                &i64::from(campaign.version),
                &sealed,
                &now,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .commit()
        .await
        .map_err(CentralError::database(during))
}

async fn upsert_store(
    client: &impl GenericClient,
    id: &str,
    area: &str,
    name: &LocalText,
) -> Result<(), CentralError> {
    client
        .execute(
            "INSERT INTO stores (store_id, area, name, name_english) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (store_id) DO UPDATE SET area = excluded.area, name = excluded.name, \
             name_english = excluded.name_english",
            &[&id, &area, &name.chinese, &name.english],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database("storing a store"))
}

/// A slot's capacity may change; the places given out stay given out (V12).
async fn upsert_slots(
    client: &impl GenericClient,
    round: &VaccineRound,
) -> Result<(), CentralError> {
    for site in &round.sites {
        for slot in &site.slots {
            let capacity = i32::try_from(slot.capacity).unwrap_or(i32::MAX);
            let changed = client
                .execute(
                    "INSERT INTO slots AS slot (site_id, round_id, slot_id, capacity, remaining) \
                     VALUES ($1, $2, $3, $4, $4) ON CONFLICT (site_id, round_id, slot_id) \
                     DO UPDATE SET capacity = excluded.capacity, \
                     remaining = excluded.capacity - slot.booked - slot.leased \
                     WHERE excluded.capacity >= slot.booked + slot.leased",
                    &[
                        &site.id.as_str(),
                        &round.id.as_str(),
                        &slot.id.as_str(),
                        &capacity,
                    ],
                )
                .await
                .map_err(CentralError::database("storing a slot"))?;
            if changed == 0 {
                return Err(CentralError::CapacityBelowBooked {
                    site: site.id.to_string(),
                    slot: slot.id.to_string(),
                });
            }
        }
    }
    Ok(())
}
