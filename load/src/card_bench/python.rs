//! pyscard doing the same, as a program of its own.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::error::LoadError;
use crate::readers::READERS;

/// Debian's, which has Debian's pyscard.
const PYTHON: &str = "/usr/bin/python3";
const SCRIPT: &str = include_str!("exchange.py");

/// The running script; it ends when this is dropped.
pub(crate) struct Python {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

fn failed(source: Option<std::io::Error>) -> LoadError {
    LoadError::Program {
        program: "pyscard (package python3-pyscard)",
        source,
    }
}

impl Python {
    pub(crate) fn start() -> Result<Self, LoadError> {
        let mut child = Command::new(PYTHON)
            .args(["-c", SCRIPT])
            .arg(READERS[0].to_string_lossy().as_ref())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| failed(Some(source)))?;
        let output = child.stdout.take().ok_or_else(|| failed(None))?;
        Ok(Self {
            input: child.stdin.take(),
            output: BufReader::new(output),
            child,
        })
    }

    /// So many exchanges on an open connection; nanoseconds each.
    pub(crate) fn exchanges_ns(&mut self, count: usize) -> Result<Vec<u64>, LoadError> {
        self.ask(&format!("open {count}"), count)
    }

    /// The same with a connection and a transaction each.
    pub(crate) fn connected_ns(&mut self, count: usize) -> Result<Vec<u64>, LoadError> {
        self.ask(&format!("connect {count}"), count)
    }

    fn ask(&mut self, order: &str, count: usize) -> Result<Vec<u64>, LoadError> {
        let input = self.input.as_mut().ok_or_else(|| failed(None))?;
        writeln!(input, "{order}").map_err(|source| failed(Some(source)))?;
        let mut line = String::new();
        self.output
            .read_line(&mut line)
            .map_err(|source| failed(Some(source)))?;
        let times: Vec<u64> = line.split_whitespace().flat_map(str::parse).collect();
        if times.len() == count {
            Ok(times)
        } else {
            Err(failed(None))
        }
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // The end of its input ends it.
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
