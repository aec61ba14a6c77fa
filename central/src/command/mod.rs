//! The command line.

mod publish;
mod serve;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use deadpool_postgres::Pool;

use crate::clock::Clock;
use crate::config::Config;
use crate::{CentralError, database, http};

/// The centre: every channel's truth.
#[derive(Debug, Parser)]
#[command(name = "central", version)]
pub struct Command {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Serve terminals until a signal ends it.
    Serve(serve::Serve),
    /// Fill an empty database with the sample population and publish campaign and roster.
    Seed(publish::Seed),
    /// Publish a campaign file, signed.
    PublishCampaign(publish::PublishCampaign),
    /// Make, check, sign and publish a roster release of everyone known now.
    ReleaseRoster(publish::ReleaseRoster),
    /// Make a one-time enrolment code for a terminal.
    EnrolmentCode(publish::EnrolmentCode),
    /// Make the release key, or print the public half of one that is there.
    Keys(publish::Keys),
    /// Print the OpenAPI document of terminals and people, or the back office's.
    Openapi(Openapi),
}

#[derive(Debug, Args)]
struct Openapi {
    /// The operator's endpoints.
    #[arg(long)]
    operator: bool,
}

/// Where the database is and what time it is; common to most commands.
#[derive(Debug, Args)]
struct Common {
    /// A configuration file.
    #[arg(long)]
    config: Option<PathBuf>,
    /// `postgres://…`; stands above the configuration.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database: Option<String>,
    /// For development: how far ahead of the system's clock the centre's is.
    #[arg(long, allow_negative_numbers = true)]
    clock_offset_seconds: Option<i64>,
}

impl Common {
    fn read(&self) -> Result<(Config, Clock), CentralError> {
        let config = Config::read(self.config.as_deref())?;
        let offset = self.clock_offset_seconds.or(config.clock_offset_seconds);
        Ok((config, Clock::ahead_by_seconds(offset.unwrap_or(0))))
    }

    /// A pool on a database of this program's version.
    async fn open(&self, config: &Config) -> Result<Pool, CentralError> {
        const CONNECTIONS_MAX: usize = 16;
        let address = self
            .database
            .clone()
            .or_else(|| config.database.clone())
            .ok_or(CentralError::NoDatabase)?;
        let connections_max = config.database_connections_max.unwrap_or(CONNECTIONS_MAX);
        let pool = database::pool(&address, connections_max)?;
        database::migrate(&pool).await?;
        Ok(pool)
    }
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// Those of the command.
    pub async fn run(self) -> Result<(), CentralError> {
        match self.what {
            What::Serve(command) => command.run().await,
            What::Seed(command) => command.run().await,
            What::PublishCampaign(command) => command.run().await,
            What::ReleaseRoster(command) => command.run().await,
            What::EnrolmentCode(command) => command.run().await,
            What::Keys(command) => command.run(),
            What::Openapi(Openapi { operator }) => {
                let document = if operator {
                    http::operator::openapi()
                } else {
                    http::openapi()
                };
                let text = document
                    .to_pretty_json()
                    .map_err(|source| CentralError::Json { source })?;
                say(&text)
            }
        }
    }
}

/// One line on standard output, at once: programs wait for it.
fn say(line: &str) -> Result<(), CentralError> {
    let mut output = std::io::stdout().lock();
    match writeln!(output, "{line}").and_then(|()| output.flush()) {
        // Whoever read it has read enough.
        Err(source) if source.kind() != std::io::ErrorKind::BrokenPipe => Err(CentralError::File {
            path: PathBuf::from("standard output"),
            action: "written",
            source,
        }),
        _ => Ok(()),
    }
}
