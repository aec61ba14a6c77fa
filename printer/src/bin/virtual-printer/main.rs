//! A receipt printer at a pseudo-terminal: it understands ESC/POS as a real one does, takes time as
//! a real one does, runs out of paper on request, and leaves every slip as a picture and as the raw
//! bytes it was printed from.

mod commands;
mod control;
mod engine;
mod faults;
mod mechanism;
mod port;
mod realtime;
mod sheet;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::control::Control;
use crate::engine::{Engine, Settings};
use crate::port::Port;

/// A simulated ESC/POS receipt printer at a pseudo-terminal.
#[derive(Parser)]
#[command(
    name = "virtual-printer",
    version,
    about = "A receipt printer at a pseudo-terminal: answers, prints and fails like a real one"
)]
struct Options {
    /// Where the printer's serial port appears (a symbolic link is made there).
    #[arg(long, value_name = "PATH")]
    pty: PathBuf,
    /// Folder for the slips: NNNN.png and NNNN.escpos, NNNN.part.* for torn-off pieces.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Unix socket for commands, one line each, one line of answer; `help` lists them.
    #[arg(long, value_name = "PATH")]
    control: Option<PathBuf>,
    /// Speed of the line in bits a second.
    #[arg(long, default_value_t = 115_200)]
    baud: u32,
    /// Printable width in dots: 384, 512 or 576.
    #[arg(long, default_value_t = 576)]
    dots: usize,
    /// Speed of the paper in millimetres a second.
    #[arg(long, default_value_t = 150)]
    speed_mm: u32,
    /// Size of the receive buffer in bytes.
    #[arg(long, default_value_t = 4096)]
    buffer: usize,
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

#[expect(
    clippy::disallowed_methods,
    reason = "the main loop is the edge that reads the clock"
)]
fn run(options: &Options) -> io::Result<()> {
    std::fs::create_dir_all(&options.out)?;
    let mut engine = Engine::new(
        Settings {
            head_dots: options.dots,
            bytes_a_second: (options.baud / 10).max(1),
            rows_a_second: (options.speed_mm * 8).max(1),
            buffer_bytes: options.buffer.max(16),
            roll_rows: u64::from(options.paper_mm) * 8,
            near_end_rows: u64::from(options.near_end_mm) * 8,
        },
        &options.out,
    )?;
    for fault in &options.faults {
        let answer = control::obey(&mut engine, fault);
        if answer.starts_with("error") {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("--fault {fault}: {answer}"),
            ));
        }
    }
    let mut port = Port::open(&options.pty)?;
    let mut control = options
        .control
        .as_deref()
        .map(Control::listen)
        .transpose()?;
    writeln!(io::stdout(), "ready {}", options.pty.display())?;
    io::stdout().flush()?;
    let start = Instant::now();
    loop {
        let now_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let room = engine.room(now_ms);
        wait(&port, control.as_ref(), &engine, room, now_ms)?;
        let now_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        if room > 0 {
            let bytes = port.read(room)?;
            engine.receive(now_ms, &bytes);
        }
        if let Some(control) = &mut control {
            control.serve(&mut engine)?;
        }
        engine.work(now_ms)?;
        port.write(&engine.answers(now_ms))?;
    }
}

/// Sleeps until something arrives or the mechanism has to move on.
fn wait(
    port: &Port,
    control: Option<&Control>,
    engine: &Engine,
    room: usize,
    now_ms: u64,
) -> io::Result<()> {
    let patience = if engine.is_busy(now_ms) {
        Duration::from_millis(4)
    } else {
        Duration::from_millis(250)
    };
    let timeout = Timespec {
        tv_sec: 0,
        tv_nsec: i64::from(patience.subsec_nanos()),
    };
    let mut polled = Vec::new();
    if room > 0 {
        polled.push(PollFd::new(port.master(), PollFlags::IN));
    }
    for socket in control.iter().flat_map(|control| control.sockets()) {
        polled.push(PollFd::from_borrowed_fd(socket, PollFlags::IN));
    }
    match poll(&mut polled, Some(&timeout)) {
        Ok(_) => Ok(()),
        Err(error) if error == rustix::io::Errno::INTR => Ok(()),
        Err(error) => Err(error.into()),
    }
}
