//! A PostgreSQL 15 cluster of its own, thrown away at the end.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use rustix::process::Signal;

use crate::part::{self, Part};
use crate::{Error, namespace};

const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";
/// Home of user `postgres`; covered, inside the namespace, by the cluster's folder.
const HOME: &str = "/var/lib/postgresql";
const PORT: u16 = 5432;
const LIMIT: Duration = Duration::from_secs(120);

/// A running cluster with one database, `central`.
#[derive(Debug)]
pub struct Postgres {
    _part: Part,
    owner: Owner,
}

impl Postgres {
    /// Makes a cluster in `folder` (empty or absent), starts it and makes the database.
    ///
    /// # Errors
    /// Those of starting and waiting.
    pub fn start(folder: &Path, log_folder: &Path) -> Result<Self, Error> {
        let owner = Owner::of_this_process();
        let cluster = owner.prepare(folder)?;
        let mut make = owner.command("initdb");
        make.args([
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ])
        .args(["--username=central", "--pgdata"])
        .arg(&cluster);
        part::run("initdb", make, log_folder, LIMIT)?;

        let mut serve = owner.command("postgres");
        serve
            .arg("-D")
            .arg(&cluster)
            .args([
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
            ])
            // The cluster never outlives the run, so nothing is gained by syncing it to disk.
            .args([
                "-c",
                "fsync=off",
                "-c",
                "max_connections=64",
                "-c",
                "shared_buffers=64MB",
            ])
            .args(["-c", "dynamic_shared_memory_type=mmap", "-c", "jit=off"]);
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for its clients.
        let mut part = Part::start("postgres", serve, log_folder)?.ended_by(Signal::INT);
        part.ready_when("PostgreSQL takes connections", LIMIT, || {
            let mut ask = owner.command("pg_isready");
            ask.args(["--quiet", "--host=127.0.0.1", "--timeout=1"]);
            ask.status()
                .map(|status| status.success())
                .map_err(|source| Error::Start {
                    part: "pg_isready",
                    source,
                })
        })?;
        let mut create = owner.command("createdb");
        create.args(["--host=127.0.0.1", "--username=central", "central"]);
        part::run("createdb", create, log_folder, LIMIT)?;
        Ok(Self { _part: part, owner })
    }

    /// Asks the database as an auditor would: the rows of a query, columns joined by `|`.
    ///
    /// # Errors
    /// [`Error::Start`]; [`Error::Refused`] with PostgreSQL's words.
    pub fn ask(&self, query: &str) -> Result<String, Error> {
        let mut command = self.owner.command("psql");
        command.args([
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--command",
            query,
        ]);
        let output = command
            .arg(self.url())
            .output()
            .map_err(|source| Error::Start {
                part: "psql",
                source,
            })?;
        said(output)
    }

    /// Where the centre finds its database.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://central@127.0.0.1:{PORT}/central")
    }
}

fn said(output: std::process::Output) -> Result<String, Error> {
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Error::Refused {
            part: "PostgreSQL",
            reason,
        })
    }
}

/// PostgreSQL refuses to run as root: root lends it to the package's own user.
#[derive(Debug, Clone, Copy)]
enum Owner {
    Postgres,
    Myself,
}

impl Owner {
    fn of_this_process() -> Self {
        if rustix::process::geteuid().is_root() {
            Self::Postgres
        } else {
            Self::Myself
        }
    }

    /// Makes the cluster's folder; says under which path PostgreSQL shall use it.
    fn prepare(self, folder: &Path) -> Result<PathBuf, Error> {
        std::fs::create_dir_all(folder).map_err(Error::file("make", folder))?;
        match self {
            Self::Myself => Ok(folder.to_owned()),
            Self::Postgres => {
                // A clone may lie below /root, where user postgres cannot go.
                let status = Command::new("chown")
                    .arg("postgres:postgres")
                    .arg(folder)
                    .status()
                    .map_err(|source| Error::Start {
                        part: "chown",
                        source,
                    })?;
                if !status.success() {
                    return Err(Error::NotThere(
                        "there is no user postgres: package postgresql-15",
                    ));
                }
                namespace::bind(folder, Path::new(HOME))?;
                Ok(PathBuf::from(HOME).join("cluster"))
            }
        }
    }

    fn command(self, program: &str) -> Command {
        let path = Path::new(PROGRAMS).join(program);
        let mut command = match self {
            Self::Myself => Command::new(path),
            Self::Postgres => {
                let mut command = Command::new("setpriv");
                command
                    .args([
                        "--reuid=postgres",
                        "--regid=postgres",
                        "--clear-groups",
                        "--",
                    ])
                    .arg(path);
                command
            }
        };
        command.env("LC_ALL", "C.UTF-8").current_dir("/");
        command
    }
}
