//! The screen of a terminal that cannot serve: damaged or missing records, a missing key, not
//! enrolled. It says so plainly in both languages, and ends after a while, so that whoever supervises
//! the terminal starts it again: start-up is a recovery.

use std::time::Duration;

use iced::widget::{column, container, space};
use iced::{Length, Subscription, Task, window};
use wording::Language;

use crate::error::KioskError;
use crate::look::layout::{Header, Page};
use crate::look::millimetre::Panel;
use crate::look::notice::{Kind, headline, notice};
use crate::look::text::FONT;
use crate::look::{Element, Look, Preferences, Space};
use crate::texts::Texts;

/// How long the page stays before the program ends and is started again.
const STAYS: Duration = Duration::from_secs(30);

/// Shows the page for half a minute. `reason` is for the technician: an error's sentence, which by
/// rule holds nobody's data.
///
/// # Errors
/// [`KioskError::Wording`], or [`KioskError::Window`] where there is no display.
pub fn show(panel: Panel, fullscreen: bool, reason: &str) -> Result<(), KioskError> {
    let texts = Texts::load()?;
    let look = Look::new(panel, Preferences::default());
    let page = OutOfService {
        title: texts
            .of(Language::TraditionalChinese)
            .text("app-title", &[]),
        sentences: Language::SCREENS
            .iter()
            .map(|&language| texts.of(language).text("closed-no-records", &[]))
            .collect(),
        reason: reason.to_owned(),
        look,
    };
    let boot = move || page.clone();
    iced::application(boot, OutOfService::update, OutOfService::view)
        .title(|page: &OutOfService| page.title.clone())
        .theme(|page: &OutOfService| page.look.theme())
        .subscription(|_: &OutOfService| {
            Subscription::run(|| {
                futures::stream::once(async {
                    tokio::time::sleep(STAYS).await;
                    Message::Ended
                })
            })
        })
        .default_font(FONT)
        .window(window_settings(panel, fullscreen))
        .run()
        .map_err(KioskError::Window)
}

/// The window of a terminal: all of the panel, nothing around it.
#[must_use]
pub fn window_settings(panel: Panel, fullscreen: bool) -> window::Settings {
    window::Settings {
        fullscreen,
        size: iced::Size::new(panel.width_px(), panel.height_px()),
        resizable: false,
        decorations: false,
        ..window::Settings::default()
    }
}

#[derive(Clone)]
struct OutOfService {
    title: String,
    sentences: Vec<String>,
    reason: String,
    look: Look,
}

#[derive(Debug, Clone)]
enum Message {
    Ended,
}

impl OutOfService {
    #[expect(clippy::unused_self, reason = "the shape iced asks for")]
    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Ended => iced::exit(),
        }
    }

    fn view(&self) -> Element<'_, Message> {
        let mut body = column![].spacing(self.look.space(Space::Medium));
        for sentence in &self.sentences {
            body = body.push(headline(self.look, Kind::Danger, sentence.clone(), None));
        }
        let body = body
            .push(space::vertical().height(Length::Fill))
            .push(notice(
                self.look,
                Kind::Information,
                self.reason.clone(),
                None,
            ));
        Page {
            header: Header {
                title: self.title.clone(),
                ..Header::default()
            },
            steps: None,
            title: String::new(),
            lead: None,
            body: container(body).height(Length::Fill).into(),
            actions: Vec::new(),
            footer: Vec::new(),
        }
        .view(self.look)
    }
}
