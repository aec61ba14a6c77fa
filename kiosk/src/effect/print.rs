//! Slips: composed, counted in the journal, printed, and what the printer says of them.

use std::sync::{Mutex, PoisonError};

use domain::campaign::LocalText;
use domain::slip::Slip;
use domain::taipei;
use domain::visit::{Input, PrintGrade, PrintInput, PrintTrouble, SlipRequest};
use jiff::Timestamp;
use printer::{Cause, Event, JobId};
use store::{SlipId, StoreError};
use wording::Language;

use super::Terminal;
use crate::clock::Clock;

/// A slip about to be printed.
pub(super) struct Prepared {
    pub(super) request: SlipRequest,
    pub(super) place: LocalText,
    pub(super) terminal: String,
    pub(super) language: Language,
}

/// The slip under way. One at a time: the visit asks for the next only after the last ended.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<Option<(JobId, Option<SlipId>)>>);

/// The printer's name for the so-many-eth print of a slip, the same after a restart.
#[must_use]
pub const fn job_of(slip: SlipId, starts: u32) -> JobId {
    JobId(slip.number() << 12 | (starts & 0xFFF) as u64)
}

/// The name of a print that no slip of the journal stands for; out of reach of those that do.
fn job_without_slip(now: Timestamp) -> JobId {
    JobId(1 << 63 | now.as_millisecond().unsigned_abs())
}

impl Jobs {
    fn begin(&self, job: JobId, slip: Option<SlipId>) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *current = Some((job, slip));
    }

    fn journal(&self, job: JobId) -> Option<Option<SlipId>> {
        let current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        current
            .filter(|(running, _)| *running == job)
            .map(|(_, slip)| slip)
    }

    fn end(&self, job: JobId) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if current.is_some_and(|(running, _)| running == job) {
            *current = None;
        }
    }
}

/// Begins a print. The journal counts it before the printer gets a byte, so that a copy is always
/// marked, also after a power cut.
pub(super) async fn print(terminal: &Terminal, prepared: Prepared, clock: Clock) -> Input {
    match begin(terminal, prepared, clock).await {
        Ok(reprint) => Input::Print(PrintInput::Started { reprint }),
        Err(error) => {
            tracing::error!(%error, "a slip could not be printed");
            Input::Print(PrintInput::Stopped {
                cause: PrintTrouble::Fault,
                cleared: false,
            })
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum PrintError {
    #[error("the print journal refused the slip")]
    Journal(#[source] StoreError),
    #[error("the printer's queue refused the slip")]
    Printer(#[source] printer::Error),
}

async fn begin(terminal: &Terminal, prepared: Prepared, clock: Clock) -> Result<u32, PrintError> {
    let now = clock.now();
    let journal = match prepared.request.operation {
        Some(id) => terminal
            .store
            .slip_of(id)
            .await
            .map_err(PrintError::Journal)?,
        None => None,
    };
    let reprint = match &journal {
        Some(slip) => terminal
            .store
            .slip_started(slip.id, now)
            .await
            .map_err(PrintError::Journal)?,
        // Nothing here counted its first print: whatever comes out now is a copy (M14).
        None => 1,
    };
    let slip = Slip {
        body: prepared.request.body,
        place: prepared.place,
        terminal: prepared.terminal,
        printed_at: taipei::civil(now),
        reprint,
    };
    let own = terminal.texts.of(prepared.language);
    let page = printer::slip::compose(&slip, own, terminal.paper_width);
    // The journal counts starts, the paper copies.
    let job = journal.as_ref().map_or_else(
        || job_without_slip(now),
        |slip| job_of(slip.id, reprint + 1),
    );
    terminal.jobs.begin(job, journal.map(|slip| slip.id));
    terminal
        .printer
        .print(job, page)
        .map_err(PrintError::Printer)?;
    Ok(reprint)
}

/// What the printer said of a slip: kept in the journal, told to the visit. `None` for what is not
/// about the slip under way.
pub async fn reported(terminal: &Terminal, event: Event, clock: Clock) -> Option<Input> {
    let (job, input) = match event {
        Event::Finished { job, grade } => (job, PrintInput::Finished(grade_of(grade))),
        Event::Stopped {
            job,
            cause,
            cleared,
            ..
        } => {
            let cause = trouble(cause);
            (job, PrintInput::Stopped { cause, cleared })
        }
        Event::Held { job, cause } => (job, PrintInput::Held(trouble(cause))),
        Event::Status(_) | Event::Progress { .. } | Event::Mouth { .. } => return None,
    };
    let slip = terminal.jobs.journal(job)?;
    if !matches!(input, PrintInput::Held(_)) {
        terminal.jobs.end(job);
    }
    if let Some(slip) = slip {
        let kept = match &input {
            PrintInput::Finished(grade) => {
                terminal
                    .store
                    .slip_finished(slip, *grade, clock.now())
                    .await
            }
            PrintInput::Stopped { cleared, .. } => {
                terminal
                    .store
                    .slip_stopped(slip, *cleared, clock.now())
                    .await
            }
            PrintInput::Held(_) | PrintInput::Started { .. } => Ok(()),
        };
        if let Err(error) = kept {
            tracing::error!(%error, "the print journal could not be written");
        }
    }
    Some(Input::Print(input))
}

/// The visit's word for a grade.
#[must_use]
pub const fn grade_of(grade: printer::Grade) -> PrintGrade {
    match grade {
        printer::Grade::Sent => PrintGrade::Sent,
        printer::Grade::Answered => PrintGrade::Answered,
        printer::Grade::Printed => PrintGrade::Printed,
    }
}

/// The few situations the screen knows, from the many a printer has.
#[must_use]
pub const fn trouble(cause: Cause) -> PrintTrouble {
    match cause {
        Cause::PaperEnd => PrintTrouble::PaperEnd,
        Cause::CoverOpen => PrintTrouble::CoverOpen,
        Cause::NotAnswering | Cause::Absent => PrintTrouble::NotThere,
        Cause::CutterFault
        | Cause::Overheated
        | Cause::Unrecoverable
        | Cause::Offline
        | Cause::Unprintable
        | Cause::QueueFull
        | Cause::Journal => PrintTrouble::Fault,
    }
}
