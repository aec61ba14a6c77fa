//! The application: routing between the visit, the screen and the devices. Decisions are the
//! visit's, wording is `assets`', sizes are `look`'s.

use std::path::PathBuf;
use std::sync::Arc;

use domain::visit::{Effect, Input, Moment, State, Touch, Visit};
use iced::{Subscription, Task, Theme};
use wording::Language;

use crate::clock::Clock;
use crate::effect::Terminal;
use crate::face::Face;
use crate::feed::Feeds;
use crate::look::millimetre::Panel;
use crate::look::{Contrast, Element, Look, Preferences, TextSize, touch_map};
use crate::message::Message;
use crate::screen;
use crate::texts::Texts;

/// Everything the window shows and does.
pub struct App {
    visit: Visit,
    terminal: Arc<Terminal>,
    feeds: Feeds,
    clock: Clock,
    texts: Arc<Texts>,
    panel: Panel,
    language: Language,
    /// Every visit begins in it.
    first_language: Language,
    preferences: Preferences,
    page: usize,
    help: bool,
    map: Option<Map>,
}

/// Where the screen's map is published, and its last number.
struct Map {
    path: PathBuf,
    sequence: u64,
}

/// What the application is made of.
#[derive(Clone)]
pub struct Parts {
    /// The visit at the idle screen.
    pub visit: Visit,
    /// The devices it commands.
    pub terminal: Arc<Terminal>,
    /// The devices it hears.
    pub feeds: Feeds,
    /// The clocks.
    pub clock: Clock,
    /// The texts.
    pub texts: Arc<Texts>,
    /// The language every visit begins in.
    pub language: Language,
    /// The panel.
    pub panel: Panel,
    /// Where to publish the screen's map, in development.
    pub touch_map: Option<PathBuf>,
}

impl App {
    /// The window's title, which no customer sees.
    #[must_use]
    pub fn title(&self) -> String {
        self.texts.of(self.language).text("app-title", &[])
    }

    /// The application at its idle screen.
    pub fn new(parts: Parts) -> (Self, Task<Message>) {
        let mut app = Self {
            visit: parts.visit,
            terminal: parts.terminal,
            feeds: parts.feeds,
            clock: parts.clock,
            texts: parts.texts,
            panel: parts.panel,
            language: parts.language,
            first_language: parts.language,
            preferences: Preferences::default(),
            page: 0,
            help: false,
            map: parts.touch_map.map(|path| Map { path, sequence: 0 }),
        };
        let task = app.publish_map();
        (app, task)
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let task = match message {
            Message::Touch(touch) => self.touch(touch),
            Message::Input(input) => self.input(*input),
            Message::Tick(moment) => self.tick(moment),
            Message::Page(page) => {
                self.page = page;
                self.touch(Touch::MoreTime)
            }
            Message::Language(language) => {
                self.language = language;
                self.touch(Touch::MoreTime)
            }
            Message::ToggleTextSize => {
                self.preferences.text_size = match self.preferences.text_size {
                    TextSize::Normal => TextSize::Large,
                    TextSize::Large => TextSize::Normal,
                };
                self.page = 0;
                self.touch(Touch::MoreTime)
            }
            Message::ToggleContrast => {
                self.preferences.contrast = match self.preferences.contrast {
                    Contrast::Normal => Contrast::High,
                    Contrast::High => Contrast::Normal,
                };
                self.touch(Touch::MoreTime)
            }
            Message::ToggleLowered => {
                self.preferences.lowered = !self.preferences.lowered;
                self.page = 0;
                self.touch(Touch::MoreTime)
            }
            Message::ToggleHelp => {
                self.help = !self.help;
                self.touch(Touch::MoreTime)
            }
            Message::Mapped(map) => return self.write_map(&map),
            Message::Nothing => return Task::none(),
        };
        Task::batch([task, self.publish_map()])
    }

    /// Draws the screen.
    #[must_use]
    pub fn view(&self) -> Element<'_, Message> {
        screen::view(Face {
            visit: &self.visit,
            wording: self.texts.of(self.language),
            look: Look::new(self.panel, self.preferences),
            page: self.page,
            help: self.help,
        })
    }

    /// The colours iced fills the window with.
    #[must_use]
    pub fn theme(&self) -> Theme {
        Look::new(self.panel, self.preferences).theme()
    }

    /// What the application hears.
    pub fn subscription(&self) -> Subscription<Message> {
        self.feeds.subscription(self.clock)
    }

    fn touch(&mut self, touch: Touch) -> Task<Message> {
        self.input(Input::Touch(touch))
    }

    /// Every input is told the time first, so that limits and windows are judged by now.
    fn input(&mut self, input: Input) -> Task<Message> {
        let moment = self.clock.moment();
        let ticked = self.step(Input::Tick(moment));
        Task::batch([ticked, self.step(input)])
    }

    fn tick(&mut self, moment: Moment) -> Task<Message> {
        self.step(Input::Tick(moment))
    }

    fn step(&mut self, input: Input) -> Task<Message> {
        let before = screen::name(&self.visit);
        // The state machine takes the visit by value; the clone is what it costs to keep the field
        // whole should a step ever panic.
        let (visit, effects) = self.visit.clone().step(input);
        self.visit = visit;
        if screen::name(&self.visit) != before {
            self.page = 0;
            if *self.visit.state() != State::Idle {
                self.help = false;
            }
        }
        let tasks: Vec<_> = effects
            .into_iter()
            .map(|effect| self.perform(effect))
            .collect();
        Task::batch(tasks)
    }

    fn perform(&mut self, effect: Effect) -> Task<Message> {
        if effect == Effect::Forget {
            self.language = self.first_language;
            self.preferences = Preferences::default();
            self.help = false;
            self.page = 0;
            return Task::none();
        }
        let language = self.language;
        crate::effect::perform(&self.terminal, effect, language, &self.visit, self.clock)
    }

    fn publish_map(&mut self) -> Task<Message> {
        let Some(map) = &mut self.map else {
            return Task::none();
        };
        map.sequence += 1;
        let name = screen::name(&self.visit).to_owned();
        // The panel is driven at its own pixels: one logical unit is one pixel.
        touch_map::collect(name, map.sequence, 1.0).map(Message::Mapped)
    }

    fn write_map(&self, map: &touch_map::TouchMap) -> Task<Message> {
        if let Some(Map { path, .. }) = &self.map
            && let Err(error) = touch_map::write(map, path)
        {
            tracing::warn!(%error, "the screen's map could not be written");
        }
        Task::none()
    }
}
