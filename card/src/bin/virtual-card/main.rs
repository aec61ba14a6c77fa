//! `virtual-card`: plays a card in the virtual reader (`vpcd`), at the level of its bytes, with
//! scriptable faults. A program apart from the kiosk, for field work, demonstration and tests.

mod answers;
mod bytes;
mod fault;
mod kind;
mod link;
mod profile;

use std::io::{BufRead, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;

use crate::answers::Player;
use crate::fault::Fault;
use crate::kind::Kind;
use crate::link::{Ended, Reader};
use crate::profile::Profile;

const HELP: &str = "\
Starting inserts the card; SIGTERM, Ctrl-C or a line `pull` on standard input takes it out.
Once the reader has switched the card on, `inserted` is printed; when it was taken out, `removed`.

Faults (several may be given, also in a profile as `faults = [..]`):
  mute, wrong-way       no usable answer to reset
  no-select             SELECT is refused, READ answers: some real cards do so
  pulled-during-select  the card is out at SELECT
  pulled-during-read    the card is out at READ
  empty-answer          READ is answered by nothing, the card stays in
  slow:MS               READ takes so many milliseconds
  garbled               READ answers 57 bytes of noise
  short                 READ answers one byte too few
  bad-check-digit       the person number's last digit is wrong
  worn                  name, sex and dates cannot be read, the two numbers can
  refused:SW            READ is refused with this status word (hexadecimal)
  61xx                  the data must be fetched by GET RESPONSE
  6cxx                  the card names the length it wants first

Kinds (--kind, or `kind = ..` in a profile): nhi, citizen, health-professional, bank, easycard, icash,
sim, unknown: their answer to reset, and a refusal of SELECT and READ.";

/// Plays an NHI card, or another one, in the virtual reader of vpcd.
#[derive(Parser)]
#[command(name = "virtual-card", version, after_long_help = HELP)]
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
    birth: Option<jiff::civil::Date>,
    /// Sex, M or F.
    #[arg(long)]
    sex: Option<char>,
    /// Day of issue, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    issued: Option<jiff::civil::Date>,
    /// A fault to play; may be repeated.
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<Fault>,
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
            report(&error);
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
    /// The connection to the virtual reader broke.
    #[error("the virtual reader went away")]
    Link(#[source] std::io::Error),
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let (host, port) = (arguments.host.clone(), arguments.port);
    let patience = Duration::from_secs(arguments.connect_for);
    let profile = profile(arguments)?;
    let mut player = Player::new(&profile)?;
    let stream =
        connect(&host, port, patience).map_err(|source| Failure::Connect { host, port, source })?;
    take_out_on_command(&stream).map_err(Failure::Link)?;
    let mut reader = Reader::new(stream);
    let ended = reader
        .play(&mut player, || say("inserted"))
        .map_err(Failure::Link)?;
    if ended == Ended::Pulled {
        reader.close();
    }
    say("removed");
    Ok(())
}

fn profile(arguments: Arguments) -> Result<Profile, Failure> {
    let mut profile = match &arguments.profile {
        Some(path) => Profile::load(path)?,
        None => Profile::default(),
    };
    let Arguments {
        kind,
        card,
        person,
        name,
        birth,
        sex,
        issued,
        faults,
        ..
    } = arguments;
    profile.kind = kind.unwrap_or(profile.kind);
    profile.card_number = card.unwrap_or(profile.card_number);
    profile.person_number = person.unwrap_or(profile.person_number);
    if let Some(name) = name {
        profile.name = name;
        profile.name_bytes = None;
    }
    profile.birth = birth.unwrap_or(profile.birth);
    profile.sex = sex.unwrap_or(profile.sex);
    profile.issued = issued.unwrap_or(profile.issued);
    profile.faults.extend(faults);
    Ok(profile)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a port nobody listens at can only be tried again"
)]
fn connect(host: &str, port: u16, patience: Duration) -> Result<TcpStream, std::io::Error> {
    let begun = Instant::now();
    loop {
        match TcpStream::connect((host, port)) {
            Ok(stream) => return Ok(stream),
            Err(error) if begun.elapsed() >= patience => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Closes the connection on `pull`; at the end of the input the card stays in. Signals need nothing:
/// their end of the process closes it too.
fn take_out_on_command(stream: &TcpStream) -> Result<(), std::io::Error> {
    let stream = stream.try_clone()?;
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if line.trim() == "pull" {
                // Fails only when it is closed already.
                let _ = stream.shutdown(std::net::Shutdown::Both);
                return;
            }
        }
    });
    Ok(())
}

fn say(word: &str) {
    let mut output = std::io::stdout().lock();
    // Whoever started the program may have stopped reading; the card is played all the same.
    let _ = writeln!(output, "{word}").and_then(|()| output.flush());
}

fn report(error: &dyn std::error::Error) {
    let mut text = format!("virtual-card: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    eprintln!("{text}");
}
