//! Everything a kiosk stands among, and the kiosk: started together, ended together.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::card::{Card, CardChoice};
use crate::centre::Centre;
use crate::control::{CardEntry, Request, State};
use crate::customer::Customer;
use crate::display::{Display, Size};
use crate::kiosk::{Kiosk, Settings, Window};
use crate::line::Line;
use crate::pcscd::{FIRST_READER, Pcscd};
use crate::postgres::Postgres;
use crate::printer::Printer;
use crate::screen::Screen;
use crate::{Error, card, clock, program};

/// The seeded terminal this kiosk becomes; it stands in store S0001.
const TERMINAL: &str = "T00001";

/// What to start.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Folder for what stays: slips, logs; the rest lies in a temporary folder in it.
    pub folder: PathBuf,
    /// Size of the kiosk's window.
    pub panel: Size,
    /// Whether the stage brings its own display.
    pub headless: bool,
}

/// A running world; the order of the fields is the order of ending.
#[derive(Debug)]
pub struct World {
    /// The kiosk.
    pub kiosk: Kiosk,
    card: Option<Card>,
    /// The printer at its pseudo-terminal.
    pub printer: Printer,
    /// The line between kiosk and centre.
    pub line: Line,
    /// The centre.
    pub centre: Centre,
    /// The centre's database.
    pub postgres: Postgres,
    /// The smart card service.
    pub pcscd: Pcscd,
    display: Option<Display>,
    window: Window,
    cards: Vec<CardEntry>,
    choices: Vec<CardChoice>,
    log_folder: PathBuf,
    /// Databases, keys and sockets; gone with the world.
    parts_folder: TempDir,
}

impl World {
    /// Starts all parts, enrols the kiosk and opens its window. Call inside
    /// [`crate::namespace::enter`].
    ///
    /// # Errors
    /// Those of the parts; whatever was started is ended.
    pub fn start(plan: &Plan) -> Result<Self, Error> {
        let log_folder = plan.folder.join("logs");
        let slips = plan.folder.join("slips");
        for made in [&log_folder, &slips] {
            std::fs::create_dir_all(made).map_err(Error::file("make", made))?;
        }
        let parts_folder = tempfile::Builder::new()
            .prefix("parts-")
            .tempdir_in(&plan.folder)
            .map_err(Error::file("make a folder in", &plan.folder))?;
        let folder = parts_folder.path();
        let clock_offset_s = clock::offset_to_sample_s();
        let display = plan
            .headless
            .then(|| Display::start(plan.panel, &log_folder))
            .transpose()?;
        let pcscd = Pcscd::start(&log_folder)?;
        let postgres = Postgres::start(&folder.join("postgres"), &log_folder)?;
        let centre = Centre::start(folder, &postgres.url(), clock_offset_s, &log_folder)?;
        let line = Line::start(centre.address())?;
        let printer = Printer::start(folder, &slips, &log_folder)?;
        let settings = Settings {
            centre_url: format!("http://{}", line.address()),
            centre_public_key: centre.public_key().to_owned(),
            printer_url: printer.url(),
            reader: FIRST_READER.to_owned(),
            panel: plan.panel,
            clock_offset_s,
        };
        let mut kiosk = Kiosk::configure(&folder.join("kiosk"), &settings, &log_folder)?;
        kiosk.enrol(centre.seeded().code(TERMINAL)?)?;
        let window = display.as_ref().map_or(Window::Users, |display| {
            Window::Headless(display.name().to_owned())
        });
        kiosk.start(&window)?;
        let (choices, cards) = card_box(&centre)?;
        Ok(Self {
            kiosk,
            card: None,
            printer,
            line,
            centre,
            postgres,
            pcscd,
            display,
            window,
            cards,
            choices,
            log_folder,
            parts_folder,
        })
    }

    /// Where databases, keys and sockets lie.
    #[must_use]
    pub fn parts_folder(&self) -> &Path {
        self.parts_folder.path()
    }

    /// Where the parts' words go.
    #[must_use]
    pub fn log_folder(&self) -> &Path {
        &self.log_folder
    }

    /// Opens the kiosk's window (again).
    ///
    /// # Errors
    /// As [`Kiosk::start`].
    pub fn start_kiosk(&mut self) -> Result<(), Error> {
        self.kiosk.start(&self.window)
    }

    /// Somebody in front of the kiosk.
    ///
    /// # Errors
    /// Those of connecting; [`Error::NotThere`] when the window is on the user's display.
    pub fn customer(&self) -> Result<Customer, Error> {
        let display = self.display.as_ref().ok_or(Error::NotThere(
            "a scripted customer needs a display of the stage's own",
        ))?;
        let screen = Screen::connect(Some(display.name()))?;
        Ok(Customer::new(screen, self.kiosk.touch_map()))
    }

    /// Puts a card of the box in, after pulling any other.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the box has no such card; those of starting.
    pub fn insert(&mut self, card_id: &str) -> Result<(), Error> {
        self.insert_faulty(card_id, &[])
    }

    /// As [`World::insert`], with faults of `virtual-card`.
    ///
    /// # Errors
    /// As [`World::insert`].
    pub fn insert_faulty(&mut self, card_id: &str, faults: &[&str]) -> Result<(), Error> {
        self.pull();
        let choice = self
            .choices
            .iter()
            .find(|choice| choice.id == card_id)
            .ok_or(Error::NotThere("no such card in the box"))?;
        self.card = Some(Card::insert(choice, faults, &self.log_folder)?);
        Ok(())
    }

    /// Pulls the card, if one is in.
    pub fn pull(&mut self) {
        if let Some(card) = self.card.take() {
            card.pull();
        }
    }

    /// Does what the workbench asks and tells how things stand.
    ///
    /// # Errors
    /// Those of the parts.
    pub fn answer(&mut self, request: &Request) -> Result<State, Error> {
        match request {
            Request::State => {}
            Request::Insert { card } => self.insert(card)?,
            Request::Pull => self.pull(),
            Request::Line { state } => self.line.set(*state),
            Request::Printer { command } => self.printer.obey(command)?,
            Request::KillKiosk => self.kiosk.kill(),
            Request::StartKiosk => self.start_kiosk()?,
        }
        self.state()
    }

    fn state(&mut self) -> Result<State, Error> {
        if self.card.as_mut().is_some_and(|card| !card.is_in()) {
            self.card = None;
        }
        Ok(State {
            cards: self.cards.clone(),
            inserted: self.card.as_ref().map(|card| card.choice().id.clone()),
            line: Some(self.line.state()),
            printer: self.printer.status().ok(),
            slips: self.printer.slips()?,
            kiosk_runs: self.kiosk.runs(),
        })
    }
}

/// The seeded people's cards, then the wrong and faulty ones of `assets/cards`.
fn card_box(centre: &Centre) -> Result<(Vec<CardChoice>, Vec<CardEntry>), Error> {
    let people = centre.cards();
    let others = card::profiles(&program::workspace().join("assets/cards"))?;
    let entry = |person: bool| {
        move |choice: &CardChoice| CardEntry {
            id: choice.id.clone(),
            label: choice.label.clone(),
            person,
        }
    };
    let entries = people
        .iter()
        .map(entry(true))
        .chain(others.iter().map(entry(false)))
        .collect();
    Ok((people.into_iter().chain(others).collect(), entries))
}
