//! The commands beside `serve`: keys, the sample population, campaigns, rosters, codes.

use std::path::{Path, PathBuf};

use clap::Args;
use domain::channel::Channel;
use domain::operation::DeviceId;
use jiff::SignedDuration;

use super::{Common, say};
use crate::{CentralError, campaign, devices, keys, roster, seed};

#[derive(Debug, Args)]
pub(super) struct Keys {
    /// The file of the private key; made with mode 0600 when it is not there.
    #[arg(long)]
    private: PathBuf,
}

impl Keys {
    /// Prints the public key as terminals' configurations take it.
    pub(super) fn run(self) -> Result<(), CentralError> {
        let key = if self.private.exists() {
            keys::read(&self.private)?
        } else {
            keys::make(&self.private)?
        };
        say(&wire::keys::public_key_to_text(&key.verifying_key()))
    }
}

#[derive(Debug, Args)]
pub(super) struct Seed {
    #[command(flatten)]
    common: Common,
    /// Campaign files; the last one stands.
    #[arg(long, required = true, num_args = 1..)]
    campaign: Vec<PathBuf>,
    /// The private release key, see `central keys`.
    #[arg(long)]
    release_key: PathBuf,
    /// How many people.
    #[arg(long, default_value_t = 5000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    people: u32,
    /// The random seed: the same seed makes the same people.
    #[arg(long, default_value_t = 20_260_403)]
    random_seed: u64,
    /// Write the notable people and the terminals' codes to this JSON file (mode 0600).
    #[arg(long)]
    people_out: Option<PathBuf>,
    /// Write a card profile for each notable person into this folder (mode 0600).
    #[arg(long)]
    cards_out: Option<PathBuf>,
}

impl Seed {
    pub(super) async fn run(self) -> Result<(), CentralError> {
        let (config, clock) = self.common.read()?;
        let release_key = keys::read(&self.release_key)?;
        let campaigns = self
            .campaign
            .iter()
            .map(|path| read_campaign(path))
            .collect::<Result<_, _>>()?;
        let pool = self.common.open(&config).await?;
        let made = seed::seed(
            &pool,
            &seed::Plan {
                campaigns,
                people: self.people,
                random_seed: self.random_seed,
                release_key: &release_key,
                people_out: self.people_out,
                cards_out: self.cards_out,
                now: clock.now(),
            },
        )
        .await?;
        say(&format!(
            "people {}, orders {}, roster version {}",
            made.people, made.orders, made.roster_version
        ))?;
        for terminal in &made.terminals {
            say(&format!(
                "terminal {} store {} code {}",
                terminal.device, terminal.store, terminal.code
            ))?;
        }
        Ok(())
    }
}

#[derive(Debug, Args)]
pub(super) struct PublishCampaign {
    #[command(flatten)]
    common: Common,
    /// The campaign file.
    #[arg(long)]
    campaign: PathBuf,
    /// The private release key.
    #[arg(long)]
    release_key: PathBuf,
}

impl PublishCampaign {
    pub(super) async fn run(self) -> Result<(), CentralError> {
        let (config, clock) = self.common.read()?;
        let release_key = keys::read(&self.release_key)?;
        let (name, text) = read_campaign(&self.campaign)?;
        let pool = self.common.open(&config).await?;
        let campaign = campaign::publish(&pool, &name, &text, &release_key, clock.now()).await?;
        say(&format!(
            "campaign {} version {}",
            campaign.id, campaign.version
        ))
    }
}

#[derive(Debug, Args)]
pub(super) struct ReleaseRoster {
    #[command(flatten)]
    common: Common,
    /// The private release key.
    #[arg(long)]
    release_key: PathBuf,
    /// Days after which terminals take it for stale.
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=365))]
    valid_days: u16,
}

impl ReleaseRoster {
    pub(super) async fn run(self) -> Result<(), CentralError> {
        let (config, clock) = self.common.read()?;
        let release_key = keys::read(&self.release_key)?;
        let pool = self.common.open(&config).await?;
        let valid = SignedDuration::from_hours(i64::from(self.valid_days) * 24);
        let manifest = roster::release(&pool, &release_key, valid, clock.now()).await?;
        say(&format!(
            "roster version {}, people {}",
            manifest.version, manifest.people
        ))
    }
}

#[derive(Debug, Args)]
pub(super) struct EnrolmentCode {
    #[command(flatten)]
    common: Common,
    /// The terminal's number, 1 to 99999.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=99_999))]
    device: u32,
    /// The store it stands in; needed for a new terminal.
    #[arg(long)]
    store: Option<String>,
    /// What it is: `store`, `pharmacy` or `health-centre`; a new terminal is a store's kiosk.
    #[arg(long, value_parser = role)]
    role: Option<Channel>,
}

impl EnrolmentCode {
    pub(super) async fn run(self) -> Result<(), CentralError> {
        let (config, clock) = self.common.read()?;
        let device = DeviceId::new(self.device).ok_or(CentralError::UnknownDevice {
            device: self.device,
        })?;
        let pool = self.common.open(&config).await?;
        let random = &mut rand::rngs::OsRng;
        let store = self.store.as_deref();
        let code = devices::make_code(&pool, device, store, self.role, random, clock.now()).await?;
        say(&format!("terminal {device} code {code}"))
    }
}

/// A terminal's role; the web and the app are no terminals.
fn role(text: &str) -> Result<Channel, &'static str> {
    Channel::from_code(text)
        .filter(|channel| !matches!(channel, Channel::Web | Channel::App))
        .ok_or("one of store, pharmacy, health-centre")
}

fn read_campaign(path: &Path) -> Result<(String, String), CentralError> {
    let text = std::fs::read_to_string(path).map_err(|source| CentralError::File {
        path: path.to_owned(),
        action: "read",
        source,
    })?;
    Ok((path.display().to_string(), text))
}
