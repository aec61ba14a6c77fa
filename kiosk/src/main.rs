//! The terminal's one binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    kiosk::cli::main()
}
