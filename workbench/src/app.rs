//! State, messages and the question-and-answer with the stage.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use iced::{Element, Point, Subscription, Task, Theme, window};
use stage::control::{self, Request, State};

use crate::slip::Slip;
use crate::{look, panel};

/// How often the stage is asked how things stand.
const ASK_AGAIN: Duration = Duration::from_millis(400);
const WINDOW: iced::Size = iced::Size::new(1120.0, 860.0);

/// The whole window.
#[derive(Debug)]
pub(crate) struct Workbench {
    socket: PathBuf,
    /// How things stood when the stage last answered.
    pub(crate) state: State,
    /// What went wrong last, in one sentence.
    pub(crate) trouble: Option<String>,
    /// Page of the card box.
    pub(crate) card_page: usize,
    /// The slip that is shown.
    pub(crate) slip: Option<Slip>,
    /// Its place among the slips; `None` follows the latest.
    pub(crate) chosen_slip: Option<usize>,
    /// Whether an answer is awaited; another question waits for it.
    asking: bool,
}

/// What happens.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// Time to ask.
    Look,
    /// A button that asks for something.
    Do(Request),
    /// The stage answered.
    Answered(Result<State, Arc<stage::Error>>),
    /// Another page of cards.
    CardPage(usize),
    /// Another slip; `None` for the latest.
    ShowSlip(Option<usize>),
}

/// Opens the window; back when it is closed.
pub(crate) fn run(socket: PathBuf, left_px: u16) -> iced::Result {
    iced::application(
        move || (Workbench::new(socket.clone()), Task::done(Message::Look)),
        Workbench::update,
        Workbench::view,
    )
    .title("Workbench")
    .subscription(Workbench::subscription)
    .theme(|_: &Workbench| -> Theme { look::theme() })
    .default_font(look::FONT)
    .window(window::Settings {
        size: WINDOW,
        position: window::Position::Specific(Point::new(f32::from(left_px), 0.0)),
        ..window::Settings::default()
    })
    .run()
}

impl Workbench {
    pub(crate) fn new(socket: PathBuf) -> Self {
        Self {
            socket,
            state: State::default(),
            trouble: None,
            card_page: 0,
            slip: None,
            chosen_slip: None,
            asking: false,
        }
    }

    pub(crate) fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Look if self.asking => Task::none(),
            Message::Look => self.ask(Request::State),
            Message::Do(request) => self.ask(request),
            Message::Answered(answer) => {
                self.asking = false;
                self.take(answer);
                Task::none()
            }
            Message::CardPage(page) => {
                self.card_page = page;
                Task::none()
            }
            Message::ShowSlip(chosen) => {
                self.chosen_slip = chosen;
                self.show_slip();
                Task::none()
            }
        }
    }

    pub(crate) fn view(&self) -> Element<'_, Message> {
        panel::view(self)
    }

    fn subscription(&self) -> Subscription<Message> {
        iced::time::every(ASK_AGAIN).map(|_| Message::Look)
    }

    fn ask(&mut self, request: Request) -> Task<Message> {
        self.asking = true;
        let socket = self.socket.clone();
        let answer = async move {
            tokio::task::spawn_blocking(move || control::ask(&socket, &request)).await
        };
        Task::perform(answer, |answer| match answer {
            Ok(answer) => Message::Answered(answer.map_err(Arc::new)),
            // Only when the window is closing.
            Err(_) => Message::Look,
        })
    }

    fn take(&mut self, answer: Result<State, Arc<stage::Error>>) {
        match answer {
            Ok(state) => {
                self.state = state;
                self.trouble = None;
                self.show_slip();
            }
            Err(error) => self.trouble = Some(error.with_causes()),
        }
    }

    /// Loads the chosen slip's picture when it is not the one already shown.
    fn show_slip(&mut self) {
        let slips = &self.state.slips;
        let path = match self.chosen_slip {
            Some(index) => slips.get(index),
            None => slips.last(),
        };
        let Some(path) = path else {
            self.slip = None;
            return;
        };
        if self.slip.as_ref().is_some_and(|slip| slip.path() == path) {
            return;
        }
        match Slip::load(path) {
            Ok(slip) => self.slip = Some(slip),
            Err(error) => self.trouble = Some(error.with_causes()),
        }
    }
}
