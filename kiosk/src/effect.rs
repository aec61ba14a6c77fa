//! The only place that makes tasks: what a visit asks of the outside, done, and reported back as
//! its input.

mod identify;
mod print;
mod record;
mod slots;

use std::sync::Arc;

use domain::visit::{Effect, Input, Visit};
use iced::Task;
use store::Store;
use wording::Language;

use crate::clock::Clock;
use crate::message::Message;
use crate::texts::Texts;

pub use print::{Jobs, grade_of, job_of, reported, trouble};

/// The devices and the records a terminal commands.
pub struct Terminal {
    /// The records.
    pub store: Store,
    /// The worker that empties the outbox.
    pub line: sync::Handle,
    /// The centre, asked directly.
    pub centre: sync::Centre,
    /// The printer.
    pub printer: printer::Handle,
    /// Its paper.
    pub paper_width: printer::PaperWidth,
    /// The card reader's worker, which lives as long as this.
    pub card: card::Handle,
    /// Slips under way.
    pub jobs: Jobs,
    /// The words on paper.
    pub texts: Arc<Texts>,
}

/// Does one effect. [`Effect::Forget`] is the application's own and does nothing here.
pub fn perform(
    terminal: &Arc<Terminal>,
    effect: Effect,
    language: Language,
    visit: &Visit,
    clock: Clock,
) -> Task<Message> {
    let terminal = Arc::clone(terminal);
    let surroundings = visit.surroundings();
    match effect {
        Effect::Identify { person, card } => {
            let now = clock.now();
            let campaign = surroundings.campaign.clone();
            let line = surroundings.line;
            report(async move {
                let asked = identify::Asked { person, card };
                identify::identify(&terminal, asked, campaign, line, now).await
            })
        }
        Effect::LoadSlots(site) => {
            let campaign = surroundings.campaign.clone();
            let line = surroundings.line;
            report(async move { slots::load(&terminal, site, campaign, line, clock).await })
        }
        Effect::FindOrder { number, person } => {
            report(async move { identify::find_order(&terminal, number, person).await })
        }
        Effect::Record(deed) => {
            report(async move { record::record(&terminal, *deed, clock).await })
        }
        Effect::SendNow(id) => report(async move { record::send_now(&terminal, id).await }),
        Effect::Print(request) => {
            let slip = print::Prepared {
                request: *request,
                place: surroundings.place.clone(),
                terminal: surroundings.terminal.clone(),
                language,
            };
            report(async move { print::print(&terminal, slip, clock).await })
        }
        // Speech and sound come with the terminal's face in five languages; until then the screen
        // alone asks for the card.
        Effect::Sound(_) | Effect::Forget => Task::none(),
    }
}

fn report(work: impl Future<Output = Input> + Send + 'static) -> Task<Message> {
    Task::perform(work, |input| Message::Input(Box::new(input)))
}
