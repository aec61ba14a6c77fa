//! What a measurement should reach, and whether it did.

use serde::Serialize;

/// A goal and what was measured against it.
#[derive(Debug, Serialize)]
pub(crate) struct Goal {
    pub(crate) goal: &'static str,
    pub(crate) figure: String,
    pub(crate) reached: bool,
}

/// Tells each goal, reached or not; one that is not is told, no failure.
#[expect(clippy::print_stdout, reason = "the figures are what was asked for")]
pub(crate) fn tell(goals: &[Goal]) {
    for goal in goals {
        let word = if goal.reached {
            "REACHED"
        } else {
            "NOT REACHED"
        };
        println!("{word:12} {}: {}", goal.goal, goal.figure);
    }
}
