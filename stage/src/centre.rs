//! The centre: made ready with a sample population, served, killed and started again.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::card::CardChoice;
use crate::part::{self, Part};
use crate::people::Seeded;
use crate::wait::PATIENCE;
use crate::{Error, network, people, program};

/// Port in the private network namespace.
const PORT: u16 = 8080;
/// People made: as many as the sample is defined for.
const PEOPLE: u32 = 5000;
const SEED_LIMIT: Duration = Duration::from_secs(180);

/// A centre with its database ready.
#[derive(Debug)]
pub struct Centre {
    part: Option<Part>,
    seeded: Seeded,
    public_key: String,
    cards: PathBuf,
    database_url: String,
    clock_offset_s: i64,
    log_folder: PathBuf,
}

impl Centre {
    /// Makes the release key, fills the empty database, and serves.
    ///
    /// # Errors
    /// Those of starting and waiting; [`Error::Unreadable`] when the seeded people cannot be read.
    pub fn start(
        folder: &Path,
        database_url: &str,
        clock_offset_s: i64,
        log_folder: &Path,
    ) -> Result<Self, Error> {
        let release_key = folder.join("release.key");
        let public_key = make_key(&release_key, log_folder)?;
        let cards = folder.join("people");
        let seeded = seed(
            &release_key,
            &cards,
            database_url,
            clock_offset_s,
            log_folder,
        )?;
        let mut centre = Self {
            part: None,
            seeded,
            public_key,
            cards,
            database_url: database_url.to_owned(),
            clock_offset_s,
            log_folder: log_folder.to_owned(),
        };
        centre.restart()?;
        Ok(centre)
    }

    /// Where it serves; the kiosk goes through the line instead.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, PORT))
    }

    /// The release key's public half, base64; kiosks pin it.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The notable people's cards.
    #[must_use]
    pub fn cards(&self) -> Vec<CardChoice> {
        self.seeded.cards(&self.cards)
    }

    /// What was seeded: people and enrolment codes.
    #[must_use]
    pub fn seeded(&self) -> &Seeded {
        &self.seeded
    }

    /// Ends it, as for maintenance.
    pub fn stop(&mut self) {
        self.part = None;
    }

    /// Ends and serves again, on the same database.
    ///
    /// # Errors
    /// Those of starting and waiting.
    pub fn restart(&mut self) -> Result<(), Error> {
        self.stop();
        let mut command = Command::new(program::find("central")?);
        command
            .arg("serve")
            .args(["--database", &self.database_url])
            .args(["--listen", &self.address().to_string()])
            .arg(format!("--clock-offset-seconds={}", self.clock_offset_s));
        let part = self
            .part
            .insert(Part::start("central", command, &self.log_folder)?);
        part.ready_when("the centre serves", PATIENCE, || network::listens_at(PORT))
    }
}

/// The release key, made anew; gives its public half as kiosks' configurations take it.
fn make_key(path: &Path, log_folder: &Path) -> Result<String, Error> {
    let mut command = Command::new(program::find("central")?);
    command.args(["keys", "--private"]).arg(path);
    part::answer("central-keys", command, log_folder)
}

/// Fills the empty database; leaves a card profile for each notable person in `cards`.
fn seed(
    release_key: &Path,
    cards: &Path,
    database_url: &str,
    clock_offset_s: i64,
    log_folder: &Path,
) -> Result<Seeded, Error> {
    let people = cards.with_extension("json");
    let mut command = Command::new(program::find("central")?);
    command
        .args(["seed", "--database", database_url])
        .arg(format!("--clock-offset-seconds={clock_offset_s}"))
        .arg("--campaign")
        .arg(program::workspace().join("assets/campaigns/sample.toml"))
        .arg("--release-key")
        .arg(release_key)
        .arg(format!("--people={PEOPLE}"))
        .arg("--people-out")
        .arg(&people)
        .arg("--cards-out")
        .arg(cards);
    part::run("central-seed", command, log_folder, SEED_LIMIT)?;
    people::read(&people)
}
