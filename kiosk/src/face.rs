//! All a screen may look at. A screen is a function of this and nothing else.

use domain::campaign::{Campaign, LocalText, VaccineRound};
use domain::channel::{Act, Channel, permits};
use domain::vaccine;
use domain::visit::Visit;
use wording::{Language, Wording};

use crate::look::Look;

/// The present moment of the application, as a screen sees it. `screen::view(&Face)` picks the
/// screen by [`Visit::state`].
#[derive(Debug, Clone, Copy)]
pub struct Face<'a> {
    /// The visit.
    pub visit: &'a Visit,
    /// The texts of the chosen language.
    pub wording: &'a Wording,
    /// Sizes and colours.
    pub look: Look,
    /// The open page of the present screen's list, from 0; back to 0 with every other screen.
    pub page: usize,
    /// Whether the help page lies over the screen.
    pub help: bool,
}

impl<'a> Face<'a> {
    /// The text of a key.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.wording.text(key, &[])
    }

    /// Whether there is a text of this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.wording.has(key)
    }

    /// The text of a key with its places filled.
    #[must_use]
    pub fn fill(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.wording.text(key, arguments)
    }

    /// Where bookings of a round can be cancelled (V10), as one list of choices; of a round that is
    /// no longer known, wherever any can.
    #[must_use]
    pub fn cancelled_at(&self, round: Option<&VaccineRound>) -> String {
        let anywhere = || {
            let all = Channel::ALL.into_iter();
            all.filter(|channel| permits(*channel, Act::CancelBooking))
                .collect()
        };
        let channels = round.map_or_else(anywhere, vaccine::cancelled_at);
        let keys: Vec<String> = channels
            .into_iter()
            .map(|channel| format!("channel-{}", channel.code()))
            .collect();
        self.wording.any_of(&keys)
    }

    /// A campaign's text in the chosen language.
    #[must_use]
    pub fn local<'t>(&self, text: &'t LocalText) -> &'t str {
        match self.wording.language() {
            Language::TraditionalChinese => &text.chinese,
            _ => text.english_or_chinese(),
        }
    }

    /// The campaign, once there is one.
    #[must_use]
    pub fn campaign(&self) -> Option<&'a Campaign> {
        self.visit.surroundings().campaign.as_deref()
    }
}
