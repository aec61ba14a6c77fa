//! What the virtual card itself takes: its own protocol without pcscd, so that the rest can be told.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

use super::bare::SELECT;
use crate::error::LoadError;
use crate::readers::clock;

/// One command and its answer over the virtual reader's line, so many times; nanoseconds each.
pub(crate) fn round_trips_ns(program: &Path, count: usize) -> Result<Vec<u64>, LoadError> {
    let failed = |source| LoadError::Program {
        program: "virtual-card",
        source: Some(source),
    };
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    let mut card = Command::new(program)
        .args(["--port", &port.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let (mut reader, _) = listener.accept().map_err(failed)?;
    let mut times_ns = Vec::with_capacity(count);
    let mut exchanges = || -> Result<(), std::io::Error> {
        reader.set_nodelay(true)?;
        for _ in 0..count {
            let begun = clock::now_ns();
            exchange(&mut reader)?;
            times_ns.push(clock::now_ns() - begun);
        }
        Ok(())
    };
    let outcome = exchanges();
    // Without its reader it ends.
    drop(reader);
    card.wait().map_err(failed)?;
    outcome.map_err(failed)?;
    Ok(times_ns)
}

fn exchange(reader: &mut TcpStream) -> Result<(), std::io::Error> {
    // In two sends, as vpcd does.
    reader.write_all(&[0, 21])?;
    reader.write_all(&SELECT)?;
    let mut answer = [0; 4];
    reader.read_exact(&mut answer)
}
