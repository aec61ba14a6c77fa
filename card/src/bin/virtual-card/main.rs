//! `virtual-card`: plays cards in the virtual reader (`vpcd`), at the level of their bytes, with
//! scriptable faults. A program apart from the kiosk, for field work, demonstration and tests:
//! `docs/virtual-card.md`. `slot` and `player` decide (pure), `runner` waits and does.

mod bytes;
mod card;
mod command;
mod control;
mod fault;
mod happening;
mod help;
mod kind;
mod link;
mod nasty;
mod player;
mod profile;
mod runner;
mod slot;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod slot_tests;
mod status;

use std::net::ToSocketAddrs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use crate::card::Card;
use crate::command::Source;
use crate::control::Control;
use crate::fault::Fault;
use crate::kind::Kind;
use crate::runner::{Manner, Runner};
use crate::slot::Slot;

/// Plays NHI cards, and others, in the virtual reader of vpcd.
#[derive(Parser)]
#[command(name = "virtual-card", version, after_long_help = help::TEXT)]
struct Arguments {
    /// A card's profile (TOML); the options below change it.
    #[arg(long, value_name = "FILE.toml")]
    profile: Option<PathBuf>,
    /// What sort of card.
    #[arg(long)]
    kind: Option<Kind>,
    /// Card number, 12 digits.
    #[arg(long, value_name = "NUMBER")]
    card: Option<String>,
    /// Person number, 10 characters; not checked.
    #[arg(long, value_name = "NUMBER")]
    person: Option<String>,
    /// Name; a character outside Big5 becomes `*`.
    #[arg(long)]
    name: Option<String>,
    /// Day of birth, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    birth: Option<String>,
    /// Sex, M or F.
    #[arg(long)]
    sex: Option<String>,
    /// Day of issue, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    issued: Option<String>,
    /// Any other key of a profile; may be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// A fault to play; may be repeated.
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<Fault>,
    /// Draws what goes wrong from this seed, at each insertion and each command.
    #[arg(long, value_name = "SEED")]
    nasty: Option<u64>,
    /// Starts without a card and stays for commands on standard input.
    #[arg(long)]
    empty: bool,
    /// Stays for commands at a Unix socket made here, and on standard input.
    #[arg(long, value_name = "PATH")]
    control: Option<PathBuf>,
    /// Address of vpcd.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Port of the slot: 35963 the first, 35964 the second.
    #[arg(long, default_value_t = 35963)]
    port: u16,
    /// How many seconds to try to connect: pcscd may have just been started.
    #[arg(long, value_name = "SECONDS", default_value_t = 15)]
    connect_for: u64,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("virtual-card: {}", with_causes(&error));
            ExitCode::FAILURE
        }
    }
}

/// What ends the program with a failure.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The profile cannot be used.
    #[error("the card's profile cannot be used")]
    Profile(#[from] profile::ProfileError),
    /// No virtual reader.
    #[error(
        "no virtual reader at {host}:{port}: are pcscd and vsmartcard-vpcd installed and running?"
    )]
    Connect {
        /// Where it should be.
        host: String,
        /// Where it should be.
        port: u16,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// The control socket cannot be had.
    #[error("no control socket can be made at {}", path.display())]
    Control {
        /// Where it should be.
        path: PathBuf,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let (host, port) = (arguments.host.clone(), arguments.port);
    let failed = |source| Failure::Connect { host, port, source };
    let card = Card::load(&source(&arguments))?;
    let control = match &arguments.control {
        Some(path) => Some(Control::listen(path).map_err(|source| Failure::Control {
            path: path.clone(),
            source,
        })?),
        None => None,
    };
    let addresses = match (arguments.host.as_str(), arguments.port).to_socket_addrs() {
        Ok(addresses) => addresses.collect(),
        Err(error) => return Err(failed(error)),
    };
    let mut slot = Slot::default();
    if let Some(seed) = arguments.nasty {
        slot.be_nasty(seed);
    }
    let manner = Manner {
        is_plain: !arguments.empty && control.is_none(),
        patience: Duration::from_secs(arguments.connect_for),
        addresses,
    };
    let first = (!arguments.empty).then_some(card);
    Runner::new(slot, control, manner)
        .run(first)
        .map_err(failed)
}

/// The card that the options describe.
fn source(arguments: &Arguments) -> Source {
    let mut changes = Vec::new();
    for (key, value) in [
        ("card_number", &arguments.card),
        ("person_number", &arguments.person),
        ("name", &arguments.name),
        ("birth", &arguments.birth),
        ("sex", &arguments.sex),
        ("issued", &arguments.issued),
    ] {
        changes.extend(value.clone().map(|value| (key.to_owned(), value)));
    }
    let kind = arguments
        .kind
        .as_ref()
        .and_then(clap::ValueEnum::to_possible_value);
    changes.extend(kind.map(|kind| ("kind".to_owned(), kind.get_name().to_owned())));
    for fault in &arguments.faults {
        changes.push(("fault".to_owned(), fault.to_string()));
    }
    for setting in &arguments.settings {
        let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
        changes.push((key.to_owned(), value.to_owned()));
    }
    Source {
        file: arguments.profile.clone(),
        changes,
    }
}

/// An error and what led to it, in one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
