//! `cargo xtask bless`: writes the golden slips anew. Nothing else ever does, and nothing is judged by
//! it: whoever runs it looks at every picture that git shows as changed.

use crate::error::Error;
use crate::packages::{self, Purpose};
use crate::step;

/// Writes them.
///
/// # Errors
/// [`Error::Step`] when a slip cannot be composed.
pub(crate) fn run() -> Result<(), Error> {
    packages::install(Purpose::Test)?;
    let mut command = step::cargo(&["test", "--package", "printer", "--test", "golden"]);
    step::command("golden slips", command.env("SLIPS_BLESS", "1"))?;
    println!("\nnow look at what changed: git status docs/slips printer/tests/golden");
    Ok(())
}
