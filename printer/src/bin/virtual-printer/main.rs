//! A receipt printer at a pseudo-terminal or a TCP port: it understands ESC/POS as a real one does,
//! takes time as a real one does, fails on request, and leaves every slip as a picture and as the raw
//! bytes it was printed from. `docs/virtual-printer.md` is its manual.

mod control;
mod port;
mod tray;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use printer::Profile;
use printer::simulator::{Build, Simulator};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::control::{Bench, Control};
use crate::port::Port;
use crate::tray::Tray;

/// A simulated ESC/POS receipt printer at a pseudo-terminal or a TCP port.
#[derive(Parser)]
#[command(
    name = "virtual-printer",
    version,
    about = "A receipt printer at a pseudo-terminal or a TCP port: answers, prints and fails like a real one"
)]
struct Options {
    /// Where the printer's serial port appears (a symbolic link is made there).
    #[arg(long, value_name = "PATH", required_unless_present = "tcp")]
    pty: Option<PathBuf>,
    /// Listen at this address instead, as a network printer; port 0 takes any.
    #[arg(long, value_name = "ADDR:PORT", conflicts_with = "pty")]
    tcp: Option<SocketAddr>,
    /// Folder for the slips: NNNN.png and NNNN.escpos, NNNN.part.* for torn-off pieces.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Unix socket for commands, one line each, one line of answer; `help` lists them.
    #[arg(long, value_name = "PATH")]
    control: Option<PathBuf>,
    /// Take commands from standard input too.
    #[arg(long)]
    stdin: bool,
    /// Which printer: a built-in profile or a .toml file.
    #[arg(long, value_name = "NAME|FILE", default_value = printer::profile::DEFAULT)]
    profile: String,
    /// Speed of the line in bits a second; without, the profile's (a TCP port has 10 Mbit/s).
    #[arg(long)]
    baud: Option<u32>,
    /// Speed of the paper in millimetres a second; without, the profile's.
    #[arg(long)]
    speed_mm: Option<u32>,
    /// Size of the receive buffer in bytes; without, the profile's.
    #[arg(long)]
    buffer: Option<usize>,
    /// Length of the roll in millimetres.
    #[arg(long, default_value_t = 80_000)]
    paper_mm: u32,
    /// Length left at which the near-end sensor speaks, in millimetres.
    #[arg(long, default_value_t = 2000)]
    near_end_mm: u32,
    /// A control command to obey before the first byte; may be given several times.
    #[arg(long = "fault", value_name = "COMMAND")]
    faults: Vec<String>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "virtual-printer: {error}");
            ExitCode::FAILURE
        }
    }
}

fn build(options: &Options) -> io::Result<Build> {
    let profile = Profile::find(&options.profile, Path::new(".")).map_err(io::Error::other)?;
    let mut build = Build::of(profile);
    if options.tcp.is_some() {
        build.bytes_a_second = 1_250_000;
    }
    if let Some(baud) = options.baud {
        build.bytes_a_second = (baud / 10).max(1);
    }
    build.speed_mm_s = options.speed_mm.unwrap_or(build.speed_mm_s).max(1);
    build.buffer_bytes = options.buffer.unwrap_or(build.buffer_bytes).max(16);
    build.roll_mm = options.paper_mm;
    build.near_end_mm = options.near_end_mm;
    Ok(build)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the main loop is the edge that reads the clock"
)]
fn run(options: &Options) -> io::Result<()> {
    std::fs::create_dir_all(&options.out)?;
    let mut simulator = Simulator::new(build(options)?);
    let mut tray = Tray::new(&options.out)?;
    for fault in &options.faults {
        let answer = simulator.obey(0, fault);
        if answer.starts_with("error") {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("--fault {fault}: {answer}"),
            ));
        }
    }
    let mut port = match (&options.pty, options.tcp) {
        (Some(link), _) => Port::pty(link)?,
        (None, Some(address)) => Port::tcp(address)?,
        (None, None) => return Err(io::ErrorKind::InvalidInput.into()),
    };
    let mut control = Control::listen(options.control.as_deref(), options.stdin)?;
    writeln!(io::stdout(), "ready {}", port.place())?;
    io::stdout().flush()?;
    let start = Instant::now();
    loop {
        let now_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        // A network printer without power is off the network; a serial line stays where it is.
        let there = simulator.is_plugged() && (simulator.is_lit() || options.tcp.is_none());
        port.set_there(there)?;
        let room = if there { simulator.room(now_ms) } else { 0 };
        wait(&port, &control, simulator.is_busy(now_ms), room)?;
        let now_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        if room > 0 {
            let bytes = port.read(room)?;
            simulator.receive(now_ms, &bytes);
        }
        let mut bench = Bench {
            simulator: &mut simulator,
            tray: &mut tray,
        };
        control.serve(&mut bench, now_ms)?;
        simulator.work(now_ms);
        tray.take_from(&mut simulator)?;
        let answers = simulator.answers(now_ms);
        port.write(&answers)?;
    }
}

/// Sleeps until something arrives or the mechanism has to move on.
fn wait(port: &Port, control: &Control, busy: bool, room: usize) -> io::Result<()> {
    let patience = Duration::from_millis(if busy { 4 } else { 250 });
    let timeout = Timespec {
        tv_sec: 0,
        tv_nsec: i64::from(patience.subsec_nanos()),
    };
    let sources = port.sources(room > 0);
    let mut polled: Vec<PollFd<'_>> = sources
        .into_iter()
        .chain(control.sources())
        .map(|source| PollFd::from_borrowed_fd(source, PollFlags::IN))
        .collect();
    match poll(&mut polled, Some(&timeout)) {
        Ok(_) => Ok(()),
        Err(error) if error == rustix::io::Errno::INTR => Ok(()),
        Err(error) => Err(error.into()),
    }
}
