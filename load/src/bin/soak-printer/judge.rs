//! What is on the paper, row by row, against what was said of each slip.

use std::collections::BTreeMap;
use std::fmt;

use printer::simulator::Piece;
use printer::{Cut, Grade, JobId, Profile};

use crate::script::Script;
use crate::terminal::{Said, Slip};

/// Rows of each command of a slip.
const ROWS: usize = 24;
/// How a row of ours begins.
const MARK: u8 = 0xA5;

/// The name of a slip's start, as the kiosk makes it.
pub(crate) fn job(slip: usize, starts: u32) -> JobId {
    JobId((slip as u64 + 1) << 12 | u64::from(starts))
}

/// A slip whose every row says whose it is and which.
pub(crate) fn pieces(profile: &Profile, job: JobId, commands: usize) -> Vec<Vec<u8>> {
    let mut pieces = vec![vec![0x1B, b'@']];
    for command in 0..commands {
        let mut band = vec![0x1D, b'v', b'0', 0, 16, 0, ROWS as u8, 0];
        for row in 0..ROWS {
            band.extend(row_bytes(job, command * ROWS + row));
        }
        pieces.push(band);
    }
    pieces.push(match profile.cutter.cut {
        Cut::Full => vec![0x1D, b'V', 65, 0],
        Cut::Partial => vec![0x1D, b'V', 66, 0],
        Cut::None => vec![0x1B, b'J', FEED_ROWS as u8],
    });
    pieces
}

/// Rows fed past a tear bar.
const FEED_ROWS: usize = 120;

/// Half bytes with the highest bit set: no control byte, no real-time command.
fn row_bytes(job: JobId, row: usize) -> [u8; 16] {
    let number = job.0 << 16 | row as u64;
    std::array::from_fn(|place| match place {
        0 => MARK,
        1..=12 => 0x80 | (number >> (4 * (12 - place)) & 0x0F) as u8,
        _ => 0xFF,
    })
}

fn read_row(bytes: &[u8]) -> Option<(JobId, usize)> {
    let number = bytes
        .get(1..13)?
        .iter()
        .fold(0_u64, |number, byte| number << 4 | u64::from(byte & 0x0F));
    let row = usize::try_from(number & 0xFFFF).ok()?;
    let own = (bytes[0], JobId(number >> 16));
    (own.0 == MARK && bytes[..16] == row_bytes(own.1, row)).then_some((own.1, row))
}

/// What became of one script.
#[derive(Debug)]
pub(crate) struct Verdict {
    said: Vec<Said>,
    copies: Vec<usize>,
    /// What must never happen and did.
    pub(crate) wrong: Option<String>,
}

/// Reads the paper and compares.
pub(crate) fn judge<'a>(
    slips: &[Slip],
    paper: impl Iterator<Item = &'a Piece>,
    script: &Script,
) -> Verdict {
    let mut rows: BTreeMap<JobId, Vec<usize>> = BTreeMap::new();
    for piece in paper {
        for row in 0..piece.dots.rows() {
            if let Some((job, row)) = read_row(piece.dots.row_bytes(row, 1)) {
                rows.entry(job).or_default().push(row);
            }
        }
    }
    let mut verdict = Verdict {
        said: slips.iter().map(|slip| slip.said).collect(),
        copies: Vec::new(),
        wrong: None,
    };
    for (index, slip) in slips.iter().enumerate() {
        let whole = script.slips[index] * ROWS;
        let mut copies = 0;
        for starts in 1..=slip.starts {
            let job = job(index, starts);
            let printed = rows.get(&job).map_or(&[][..], Vec::as_slice);
            let mut each = printed.to_vec();
            each.dedup();
            if printed.windows(2).any(|pair| pair[1] <= pair[0]) {
                verdict.wrong = Some(format!("start {starts} of slip {index} has rows twice"));
            }
            if each.len() == whole {
                copies += 1;
            }
        }
        verdict.copies.push(copies);
        let good = match slip.said {
            Said::Finished(Grade::Printed | Grade::Answered) => copies == 1,
            Said::Finished(Grade::Sent) | Said::Unknown => copies <= 1,
            Said::GivenUp => copies == 0,
            Said::Waiting | Said::Printing => false,
        };
        if !good {
            let said = slip.said;
            verdict.wrong = Some(format!(
                "slip {index} is {said:?} with {copies} whole copies"
            ));
        }
    }
    verdict
}

/// All verdicts together.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    scripts: u64,
    said: BTreeMap<&'static str, [u64; 2]>,
    pub(crate) wrong: Vec<(u64, String)>,
}

impl Tally {
    pub(crate) fn add(&mut self, number: u64, verdict: Verdict) {
        self.scripts += 1;
        for (said, copies) in verdict.said.iter().zip(&verdict.copies) {
            let counts = self.said.entry(name(*said)).or_default();
            counts[usize::from(*copies > 0)] += 1;
        }
        self.wrong
            .extend(verdict.wrong.map(|wrong| (number, wrong)));
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.scripts += other.scripts;
        for (said, counts) in other.said {
            let own = self.said.entry(said).or_default();
            own[0] += counts[0];
            own[1] += counts[1];
        }
        self.wrong.extend(other.wrong);
        self.wrong.sort();
    }
}

const fn name(said: Said) -> &'static str {
    match said {
        Said::Finished(Grade::Printed) => "printed",
        Said::Finished(Grade::Answered) => "answered",
        Said::Finished(Grade::Sent) => "sent: unknown",
        Said::Unknown => "unknown",
        Said::GivenUp => "not printed",
        Said::Waiting | Said::Printing => "never ended",
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{} scripts; slips by what was said:",
            self.scripts
        )?;
        for (said, [without, whole]) in &self.said {
            writeln!(
                formatter,
                "  {said:14} {:7}  whole on paper {whole:7}  not whole {without:7}",
                without + whole
            )?;
        }
        write!(formatter, "wrong: {}", self.wrong.len())
    }
}
