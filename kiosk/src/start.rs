//! The composition root: from a configuration to a terminal that serves. Start-up is a recovery.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::campaign::Campaign;
use domain::visit::{PrintTrouble, PrinterState, ReaderState, Surroundings, Visit};
use printer::journal::{FileJournal, Outcome};
use store::{IfMissing, Store};

use crate::app::{App, Parts};
use crate::clock::Clock;
use crate::config::Config;
use crate::effect::{Jobs, Terminal, grade_of, job_of};
use crate::error::KioskError;
use crate::feed::Feeds;
use crate::look::text::FONT;
use crate::records::{CODEC, Records};
use crate::texts::Texts;
use crate::{keys, out_of_service, report};

/// Opens the terminal's database.
///
/// # Errors
/// [`KioskError::ReadKey`] or [`KioskError::Store`].
pub fn open_store(config: &Config, if_missing: IfMissing) -> Result<Store, KioskError> {
    let key = keys::database_key(&config.database_key)?;
    Ok(Store::open(&config.database, &key, if_missing, CODEC)?)
}

/// The centre as this terminal reaches it, without an identity yet.
///
/// # Errors
/// A key that cannot be read, or an address that cannot be.
pub fn centre(config: &Config, clock: Clock) -> Result<sync::Centre, KioskError> {
    let root_certificates = match &config.centre_certificates {
        Some(path) => vec![read_certificates(path)?],
        None => Vec::new(),
    };
    Ok(sync::Centre::new(sync::CentreConfig {
        address: config.centre_url.clone(),
        root_certificates,
        device_key: keys::device_key(&config.device_key)?,
        release_key: config.centre_key,
        wall: Arc::new(move || clock.now()),
        timeouts: sync::Timeouts::default(),
    })?)
}

/// Runs the terminal until its window is closed.
///
/// # Errors
/// Whatever keeps it from serving, with the one thing to do.
pub fn run(config: &Config) -> Result<(), KioskError> {
    let clock = Clock::start(config.development.clock_offset_seconds);
    // The workers' and the screen's own runtimes are apart: a slow disk never stops the clock.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(KioskError::Runtime)?;
    let parts = runtime.block_on(assemble(config, clock))?;
    let panel = parts.panel;
    let boot = move || App::new(parts.clone());
    iced::application(boot, App::update, App::view)
        .title(App::title)
        .theme(App::theme)
        .subscription(App::subscription)
        .default_font(FONT)
        .window(out_of_service::window_settings(panel, config.fullscreen))
        .run()
        .map_err(KioskError::Window)
}

async fn assemble(config: &Config, clock: Clock) -> Result<Parts, KioskError> {
    let store = open_store(config, IfMissing::Refuse)?;
    let journal = FileJournal::open(&journal_path(config))?;
    settle_slips(&store, &journal, clock).await?;
    let recovery = store.begin_run(clock.now()).await?;
    tracing::info!(
        uncertain_slips = recovery.uncertain_slips,
        unanswered = recovery.unanswered,
        "the records are open"
    );
    let identity = store.identity().await?.ok_or(KioskError::NotEnrolled)?;
    let campaign = report::campaign(&store).await;
    let roster = store.roster_status().await?.is_some();
    let centre = centre(config, clock)?;
    let (line, line_events) = sync::spawn(
        sync::Pace::default(),
        centre.clone(),
        Arc::new(Records(store.clone())),
    )?;
    let (printer, printer_events) = printer::spawn_with(
        printer::Config {
            address: config.printer.clone(),
            profile: config.printer_profile.clone(),
        },
        Box::new(journal),
    )?;
    let (card, card_events) = card::spawn(card::Config {
        reader: config.card.reader.clone(),
        preferred: config.card.preferred.clone(),
        catalogue: config.card.catalogue.clone(),
        ..card::Config::default()
    })?;
    let texts = Arc::new(Texts::load()?);
    let terminal = Arc::new(Terminal {
        store,
        line,
        centre,
        printer,
        card,
        paper_width: config.printer_profile.width(),
        jobs: Jobs::default(),
        texts: Arc::clone(&texts),
    });
    Ok(Parts {
        visit: Visit::new(surroundings(&identity, campaign, roster), clock.moment()),
        feeds: Feeds::new(
            card_events,
            printer_events,
            line_events,
            Arc::clone(&terminal),
        ),
        terminal,
        clock,
        texts,
        language: config.language,
        panel: config.panel,
        touch_map: config.development.touch_map.clone(),
    })
}

/// The printer's journal lies beside the database.
fn journal_path(config: &Config) -> PathBuf {
    config.database.with_file_name("printer.journal")
}

/// What the printer's journal knows of slips under way when the terminal stopped; the rest is uncertain.
async fn settle_slips(
    store: &Store,
    journal: &FileJournal,
    clock: Clock,
) -> Result<(), KioskError> {
    for slip in store.slips_printing().await? {
        let now = clock.now();
        match journal.outcome(job_of(slip.id, slip.starts)) {
            Outcome::Printed(grade) => store.slip_finished(slip.id, grade_of(grade), now).await?,
            Outcome::NotPrinted => store.slip_stopped(slip.id, true, now).await?,
            Outcome::Unknown => {}
        }
    }
    Ok(())
}

/// Everything counts as out of order until it says otherwise.
fn surroundings(
    identity: &store::Identity,
    campaign: Option<Arc<Campaign>>,
    roster: bool,
) -> Surroundings {
    let enrolment = &identity.enrolment;
    Surroundings {
        terminal: enrolment.device.to_string(),
        store: enrolment.store.clone(),
        area: enrolment.area.clone(),
        place: enrolment.name.clone(),
        campaign,
        reader: ReaderState::Missing,
        printer: PrinterState::Trouble(PrintTrouble::NotThere),
        line: false,
        roster,
        records: true,
    }
}

fn read_certificates(path: &Path) -> Result<Vec<u8>, KioskError> {
    std::fs::read(path).map_err(|source| KioskError::ReadKey {
        path: path.to_owned(),
        source,
    })
}
