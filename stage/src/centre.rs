//! The centre: made ready with a sample population, served, killed and started again.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::part::{self, Part};
use crate::people::Seeded;
use crate::wait::PATIENCE;
use crate::{Error, network, people, program};

/// Port in the private network namespace.
const PORT: u16 = 8080;
/// People made: as many as the sample is defined for.
const PEOPLE: u32 = 5000;
/// The same people every run.
const RANDOM_SEED: u64 = 1922;
const SEED_LIMIT: Duration = Duration::from_secs(180);

/// A centre with its database ready.
#[derive(Debug)]
pub struct Centre {
    part: Option<Part>,
    seeded: Seeded,
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
        let seeded = seed(folder, database_url, clock_offset_s, log_folder)?;
        let mut centre = Self {
            part: None,
            seeded,
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

    /// What was seeded: people, release key, enrolment code.
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

fn seed(
    folder: &Path,
    database_url: &str,
    clock_offset_s: i64,
    log_folder: &Path,
) -> Result<Seeded, Error> {
    let central = program::find("central")?;
    let key = folder.join("release.key");
    let mut make_key = Command::new(&central);
    make_key.args(["keys", "--out"]).arg(&key);
    part::run("central-keys", make_key, log_folder, SEED_LIMIT)?;

    let notable = folder.join("people.json");
    let mut seed = Command::new(&central);
    seed.arg("seed")
        .args(["--database", database_url])
        .arg("--campaign")
        .arg(program::workspace().join("assets/campaigns/sample.toml"))
        .arg(format!("--people={PEOPLE}"))
        .arg(format!("--random-seed={RANDOM_SEED}"))
        .arg("--release-key")
        .arg(&key)
        .arg("--out")
        .arg(&notable)
        .arg(format!("--clock-offset-seconds={clock_offset_s}"));
    part::run("central-seed", seed, log_folder, SEED_LIMIT)?;
    people::read(&notable)
}
