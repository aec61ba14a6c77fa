//! What is measured on: 12,000 sites, people who may book, terminals, a serving centre.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use domain::PersonNumber;
use domain::campaign::{AreaId, Campaign, LocalText, Site, SiteId, Slot, SlotId};
use ed25519_dalek::SigningKey;
use jiff::civil::{date, time};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

use super::cluster::Cluster;
use crate::error::LoadError;

/// Sites of the round; each is a terminal's neighbourhood as well.
pub(crate) const SITES: u32 = 12_000;
/// Terminals that are enrolled.
pub(crate) const TERMINALS: u32 = 512;
/// The round, its series and the brand of all sites, from the sample campaign.
pub(crate) const ROUND: &str = "vaccine-2026-1";
pub(crate) const SERIES: &str = "covid-2026";
pub(crate) const BRAND: &str = "moderna";
pub(crate) const AREA: &str = "63000030";
/// Slots each site has; the first site's are the hot ones.
pub(crate) const SLOTS: [&str; 3] = ["pgbench", "interactive", "batch"];
/// Places of a slot.
const CAPACITY: u32 = 100_000;
const SAMPLE: &str = include_str!("../../../assets/campaigns/sample.toml");
/// The sample's own moment, at which its windows are open.
const SAMPLE_NOW: &str = "2026-04-03T10:00:00+08:00";

/// A serving centre on seeded tables.
pub(crate) struct World {
    pub(crate) cluster: Cluster,
    pub(crate) database: Client,
    /// `HOST:PORT` of the terminals' endpoints.
    pub(crate) address: String,
    pub(crate) offset: SignedDuration,
    pub(crate) keys: Vec<SigningKey>,
    centre: Child,
    _folder: TempDir,
}

impl World {
    /// Seeds `people` and starts the release build of the centre.
    pub(crate) async fn start(central: &Path, people: u32) -> Result<Self, LoadError> {
        let cluster = Cluster::start()?;
        let folder = TempDir::new().map_err(|source| LoadError::File {
            action: "made",
            source,
        })?;
        let sample_now: Timestamp = SAMPLE_NOW.parse().map_err(|_| LoadError::Own {
            what: "the sample's moment",
        })?;
        let offset = SignedDuration::from_secs(sample_now.duration_since(now()).as_secs());
        publish(central, &cluster, folder.path(), offset)?;
        let (database, connection) = tokio_postgres::connect(&cluster.address(), NoTls)
            .await
            .map_err(LoadError::database("connecting"))?;
        tokio::spawn(connection);
        seed_people(&database, people).await?;
        let keys = seed_terminals(&database).await?;
        for text in ["VACUUM ANALYZE", "CHECKPOINT"] {
            database
                .batch_execute(text)
                .await
                .map_err(LoadError::database("analysing"))?;
        }
        let (centre, address) = serve(central, &cluster, offset)?;
        Ok(Self {
            cluster,
            database,
            address,
            offset,
            keys,
            centre,
            _folder: folder,
        })
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.centre.kill();
        let _ = self.centre.wait();
    }
}

/// The person number of the person with this index.
pub(crate) fn person_number(index: u32) -> Result<PersonNumber, LoadError> {
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    PersonNumber::with_check_digit(&format!("{letter}1{index:07}")).map_err(|_| LoadError::Own {
        what: "a person number",
    })
}

/// The card of the person with this index.
pub(crate) fn card(index: u32) -> String {
    format!("{index:012}")
}

/// The site with this index.
pub(crate) fn site(index: u32) -> String {
    format!("site-{index:05}")
}

fn campaign() -> Result<Campaign, LoadError> {
    let mut campaign = wire::campaign_file::load(SAMPLE, "sample.toml")
        .map_err(|source| LoadError::Campaign { source })?;
    let own = |what| move |_| LoadError::Own { what };
    let round = campaign
        .vaccine_rounds
        .first_mut()
        .ok_or(LoadError::Own { what: "the round" })?;
    let brand = round
        .brands
        .iter()
        .find(|brand| brand.id.as_str() == BRAND)
        .ok_or(LoadError::Own { what: "the brand" })?
        .id
        .clone();
    let area = AreaId::parse(AREA).map_err(own("the area"))?;
    let slots = SLOTS
        .iter()
        .zip(9..)
        .map(|(slot, hour)| {
            Ok(Slot {
                id: SlotId::parse(slot).map_err(own("a slot"))?,
                date: date(2026, 4, 9),
                start: time(hour, 0, 0, 0),
                end: time(hour + 1, 0, 0, 0),
                capacity: CAPACITY,
            })
        })
        .collect::<Result<Vec<_>, LoadError>>()?;
    let text = |chinese: &str| LocalText {
        chinese: chinese.to_owned(),
        english: None,
    };
    round.sites = (0..SITES)
        .map(|index| {
            Ok(Site {
                id: SiteId::parse(&site(index)).map_err(own("a site"))?,
                area: area.clone(),
                name: text("接種站"),
                address: text("健康路1號"),
                notice: LocalText::default(),
                brand: brand.clone(),
                slots: slots.clone(),
            })
        })
        .collect::<Result<_, LoadError>>()?;
    Ok(campaign)
}

/// Publishes the campaign as an operator does.
fn publish(
    central: &Path,
    cluster: &Cluster,
    folder: &Path,
    offset: SignedDuration,
) -> Result<(), LoadError> {
    let key: PathBuf = folder.join("release.pem");
    let file: PathBuf = folder.join("campaign.toml");
    std::fs::write(&file, wire::campaign_file::to_text(&campaign()?)).map_err(|source| {
        LoadError::File {
            action: "written",
            source,
        }
    })?;
    run(Command::new(central).arg("keys").arg("--private").arg(&key))?;
    run(Command::new(central)
        .args(["publish-campaign", "--database", &cluster.address()])
        .arg(format!("--clock-offset-seconds={}", offset.as_secs()))
        .arg("--campaign")
        .arg(&file)
        .arg("--release-key")
        .arg(&key))
}

fn run(command: &mut Command) -> Result<(), LoadError> {
    let failed = |source| LoadError::Program {
        program: "central",
        source,
    };
    let status = command
        .stdout(Stdio::null())
        .status()
        .map_err(|source| failed(Some(source)))?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(None))
    }
}

fn serve(
    central: &Path,
    cluster: &Cluster,
    offset: SignedDuration,
) -> Result<(Child, String), LoadError> {
    let failed = |source| LoadError::Program {
        program: "central serve",
        source,
    };
    let mut centre = Command::new(central)
        .args(["serve", "--listen", "127.0.0.1:0", "--database"])
        .arg(cluster.address())
        .arg(format!("--clock-offset-seconds={}", offset.as_secs()))
        // A line a request would be measured too; what fails is still told.
        .env("CENTRAL_LOG", "off,central=warn")
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|source| failed(Some(source)))?;
    let output = centre.stdout.take().ok_or_else(|| failed(None))?;
    let mut line = String::new();
    BufReader::new(output)
        .read_line(&mut line)
        .map_err(|source| failed(Some(source)))?;
    let address = line
        .trim()
        .strip_prefix("terminals http://")
        .ok_or_else(|| failed(None))?;
    Ok((centre, address.to_owned()))
}

/// People who may book, each willing; `bench_people` numbers them for pgbench.
async fn seed_people(database: &Client, people: u32) -> Result<(), LoadError> {
    let during = "seeding people";
    database
        .batch_execute("CREATE TABLE bench_people (n integer PRIMARY KEY, person_id uuid NOT NULL)")
        .await
        .map_err(LoadError::database(during))?;
    let indices: Vec<u32> = (0..people).collect();
    for chunk in indices.chunks(10_000) {
        let ids: Vec<Uuid> = chunk.iter().map(|_| Uuid::now_v7()).collect();
        let order: Vec<i32> = chunk.iter().map(|index| index.cast_signed()).collect();
        let numbers = chunk
            .iter()
            .map(|&index| Ok(person_number(index)?.reveal().to_owned()))
            .collect::<Result<Vec<_>, LoadError>>()?;
        let cards: Vec<String> = chunk.iter().map(|&index| card(index)).collect();
        for text in [
            "INSERT INTO people (person_id, number, card, insurance_only, categories, birth, name) \
             SELECT person_id, number, card, false, 32, '1945-05-05', '甄健康' \
             FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::text[]) \
             AS row (n, person_id, number, card)",
            "INSERT INTO person_numbers (number, person_id) SELECT number, person_id \
             FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::text[]) \
             AS row (n, person_id, number, card)",
            "INSERT INTO bench_people (n, person_id) SELECT n, person_id \
             FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::text[]) \
             AS row (n, person_id, number, card)",
        ] {
            database
                .execute(text, &[&order, &ids, &numbers, &cards])
                .await
                .map_err(LoadError::database(during))?;
        }
    }
    database
        .execute(
            "INSERT INTO willingness (round_id, person_id, receipt, category, mobile, area, \
             brands, recorded_at) SELECT $1, person_id, 'W-BENCH', 6, '0912345678', $2, \
             ARRAY[$3], '2026-04-01T00:00:00Z' FROM bench_people ORDER BY n",
            &[&ROUND, &AREA, &BRAND],
        )
        .await
        .map(|_| ())
        .map_err(LoadError::database(during))
}

/// Terminals with keys of epoch 1, in any store.
async fn seed_terminals(database: &Client) -> Result<Vec<SigningKey>, LoadError> {
    let during = "seeding terminals";
    let keys: Vec<SigningKey> = (0..TERMINALS)
        .map(|_| SigningKey::generate(&mut rand::rngs::OsRng))
        .collect();
    let devices: Vec<i32> = (1..=TERMINALS.cast_signed()).collect();
    let public: Vec<Vec<u8>> = keys
        .iter()
        .map(|key| key.verifying_key().to_bytes().to_vec())
        .collect();
    database
        .execute(
            "INSERT INTO devices (device_id, store_id, epoch) SELECT device_id, \
             (SELECT min(store_id) FROM stores), 1 FROM unnest($1::integer[]) AS row (device_id)",
            &[&devices],
        )
        .await
        .map_err(LoadError::database(during))?;
    database
        .execute(
            "INSERT INTO device_keys (device_id, epoch, public_key, enrolled_at) \
             SELECT device_id, 1, public_key, '2026-04-01T00:00:00Z' \
             FROM unnest($1::integer[], $2::bytea[]) AS row (device_id, public_key)",
            &[&devices, &public],
        )
        .await
        .map_err(LoadError::database(during))?;
    Ok(keys)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge at which the run learns the time"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
