//! The texts of every language, loaded once.

use wording::{Language, Wording, WordingError};

/// The texts of every language.
pub struct Texts(Vec<Wording>);

impl Texts {
    /// Loads every language.
    ///
    /// # Errors
    /// As [`Wording::load`].
    pub fn load() -> Result<Self, WordingError> {
        Language::ALL
            .into_iter()
            .map(Wording::load)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The texts of a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &Wording {
        // `load` holds every language, in the order of `ALL`.
        let position = Language::ALL
            .iter()
            .position(|candidate| *candidate == language);
        &self.0[position.unwrap_or_default()]
    }
}
