//! What the screen and the paper say. The texts live in `assets/text/<language>/*.ftl` (Project
//! Fluent) and are built in; code names them by key only.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::{LanguageIdentifier, langid};

/// A language of the terminal. Traditional Chinese is first: every visit begins in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Language {
    /// 繁體中文
    #[default]
    TraditionalChinese,
    /// English
    English,
    /// Bahasa Indonesia
    Indonesian,
    /// Tiếng Việt
    Vietnamese,
    /// ไทย
    Thai,
}

impl Language {
    /// All languages; slips exist in each.
    pub const ALL: [Self; 5] = [
        Self::TraditionalChinese,
        Self::English,
        Self::Indonesian,
        Self::Vietnamese,
        Self::Thai,
    ];

    /// The languages of screens, texts and e-mails, in the order the screen offers them.
    pub const SCREENS: [Self; 2] = [Self::TraditionalChinese, Self::English];

    /// Its BCP 47 tag, which is also its folder under `assets/text`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::TraditionalChinese => "zh-TW",
            Self::English => "en",
            Self::Indonesian => "id",
            Self::Vietnamese => "vi",
            Self::Thai => "th",
        }
    }

    /// The language with this tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// Its name in itself, for the button that chooses it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::TraditionalChinese => "中文",
            Self::English => "English",
            Self::Indonesian => "Bahasa Indonesia",
            Self::Vietnamese => "Tiếng Việt",
            Self::Thai => "ไทย",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::TraditionalChinese => langid!("zh-TW"),
            Self::English => langid!("en"),
            Self::Indonesian => langid!("id"),
            Self::Vietnamese => langid!("vi"),
            Self::Thai => langid!("th"),
        }
    }

    fn sources(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::TraditionalChinese => &[
                ("slip.ftl", include_str!("../../assets/text/zh-TW/slip.ftl")),
                (
                    "kiosk.ftl",
                    include_str!("../../assets/text/zh-TW/kiosk.ftl"),
                ),
                (
                    "notice.ftl",
                    include_str!("../../assets/text/zh-TW/notice.ftl"),
                ),
            ],
            Self::English => &[
                ("slip.ftl", include_str!("../../assets/text/en/slip.ftl")),
                ("kiosk.ftl", include_str!("../../assets/text/en/kiosk.ftl")),
                (
                    "notice.ftl",
                    include_str!("../../assets/text/en/notice.ftl"),
                ),
            ],
            Self::Indonesian => &[("slip.ftl", include_str!("../../assets/text/id/slip.ftl"))],
            Self::Vietnamese => &[("slip.ftl", include_str!("../../assets/text/vi/slip.ftl"))],
            Self::Thai => &[("slip.ftl", include_str!("../../assets/text/th/slip.ftl"))],
        }
    }
}

/// The texts are built in, so these errors mean a broken build; start-up reports them.
#[derive(Debug, thiserror::Error)]
pub enum WordingError {
    /// A Fluent file does not parse.
    #[error("text file {language}/{file} is not valid Fluent")]
    Parse {
        /// The language's tag.
        language: &'static str,
        /// The file's name.
        file: &'static str,
    },
    /// Two files of a language define the same key.
    #[error("text file {language}/{file} defines a key a second time")]
    Duplicate {
        /// The language's tag.
        language: &'static str,
        /// The file's name.
        file: &'static str,
    },
}

/// All texts of one language.
pub struct Wording {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Wording {
    /// Loads the built-in texts of a language.
    ///
    /// # Errors
    /// [`WordingError`] when a built-in file is damaged.
    pub fn load(language: Language) -> Result<Self, WordingError> {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // Isolation marks help mixed-direction text; none of our languages runs right to left, and
        // the marks would be drawn as boxes on paper.
        bundle.set_use_isolating(false);
        for &(file, source) in language.sources() {
            let tag = language.tag();
            let resource =
                FluentResource::try_new(source.to_owned()).map_err(|_| WordingError::Parse {
                    language: tag,
                    file,
                })?;
            bundle
                .add_resource(resource)
                .map_err(|_| WordingError::Duplicate {
                    language: tag,
                    file,
                })?;
        }
        Ok(Self { language, bundle })
    }

    /// Which language this is.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The text of a key with its `{ $name }` places filled. A key that is missing comes back as
    /// itself between `⟦⟧`: visible in tests and pictures, never a panic before a customer.
    #[must_use]
    pub fn text(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            return format!("⟦{key}⟧");
        };
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            values.set(*name, *value);
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&values), &mut errors);
        text.into_owned()
    }

    /// The texts of several keys as one list of choices: `a, b or c`.
    #[must_use]
    pub fn any_of(&self, keys: &[String]) -> String {
        let texts: Vec<String> = keys.iter().map(|key| self.text(key, &[])).collect();
        match texts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => {
                let before = before.join(&self.text("list-comma", &[]));
                format!("{before}{}{last}", self.text("list-or", &[]))
            }
            None => String::new(),
        }
    }

    /// Whether the key exists.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

impl std::fmt::Debug for Wording {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Wording")
            .field("language", &self.language)
            .finish()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
