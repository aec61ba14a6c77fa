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
}

impl Language {
    /// All languages, in the order the screen offers them.
    pub const ALL: [Self; 2] = [Self::TraditionalChinese, Self::English];

    /// Its BCP 47 tag, which is also its folder under `assets/text`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::TraditionalChinese => "zh-TW",
            Self::English => "en",
        }
    }

    /// Its name in itself, for the button that chooses it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::TraditionalChinese => "中文",
            Self::English => "English",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::TraditionalChinese => langid!("zh-TW"),
            Self::English => langid!("en"),
        }
    }

    fn sources(self) -> [(&'static str, &'static str); 3] {
        match self {
            Self::TraditionalChinese => [
                (
                    "kiosk.ftl",
                    include_str!("../../assets/text/zh-TW/kiosk.ftl"),
                ),
                ("slip.ftl", include_str!("../../assets/text/zh-TW/slip.ftl")),
                (
                    "notice.ftl",
                    include_str!("../../assets/text/zh-TW/notice.ftl"),
                ),
            ],
            Self::English => [
                ("kiosk.ftl", include_str!("../../assets/text/en/kiosk.ftl")),
                ("slip.ftl", include_str!("../../assets/text/en/slip.ftl")),
                (
                    "notice.ftl",
                    include_str!("../../assets/text/en/notice.ftl"),
                ),
            ],
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
        for (file, source) in language.sources() {
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
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(language: Language) -> BTreeSet<String> {
        language
            .sources()
            .iter()
            .flat_map(|(_, source)| source.lines())
            .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .collect()
    }

    /// Protects foreign customers: no text exists in one language only.
    #[test]
    fn every_key_stands_in_every_language() {
        let first = keys(Language::TraditionalChinese);
        assert!(!first.is_empty());
        for language in Language::ALL {
            assert_eq!(keys(language), first, "{}", language.tag());
            let wording = Wording::load(language).unwrap();
            for key in &first {
                assert!(wording.has(key), "{key}");
            }
        }
    }

    /// Protects the screen: a missing key is visible and never a panic.
    #[test]
    fn a_missing_key_shows_itself() {
        let wording = Wording::load(Language::English).unwrap();
        assert_eq!(wording.text("no-such-key", &[]), "⟦no-such-key⟧");
    }

    /// Protects I11: whatever names help, on the screen and on paper, names every line, and that
    /// nobody asks for a transfer.
    #[test]
    fn i11_help_names_every_line() {
        for language in Language::ALL {
            let wording = Wording::load(language).unwrap();
            let all = |prefix: &str| {
                let keys = keys(language);
                let texts = keys.iter().filter(|key| key.starts_with(prefix));
                texts.map(|key| wording.text(key, &[])).collect::<String>()
            };
            let screen = all("help-");
            let paper = all("slip-help-") + &wording.text("slip-fraud", &[]);
            for help in [screen, paper] {
                for line in ["1922", "0800-030-598", "4128-678", "02-4128-678", "165"] {
                    assert!(help.contains(line), "{} lacks {line}", language.tag());
                }
                let transfer = match language {
                    Language::TraditionalChinese => "匯款",
                    Language::English => "transfer",
                };
                assert!(help.contains(transfer), "{help}");
            }
        }
    }

    /// Protects I12: whoever cannot read the card number is told of the app, of the web after
    /// registration, and of local helpers and 1922 where there is neither.
    #[test]
    fn i12_ways_to_learn_the_card_number() {
        for (language, ways) in [
            (
                Language::TraditionalChinese,
                ["APP", "註冊", "網站", "政府", "1922"],
            ),
            (
                Language::English,
                ["app", "registered", "website", "local government", "1922"],
            ),
        ] {
            let wording = Wording::load(language).unwrap();
            let told = wording.text("help-number-detail", &[]);
            for way in ways {
                assert!(told.contains(way), "{told} lacks {way}");
            }
        }
    }

    /// Protects V10's answer: the places where one can cancel, as a sentence says them.
    #[test]
    fn v10_places_are_listed() {
        let keys = ["pharmacy", "health-centre", "web"].map(|code| format!("channel-{code}"));
        let english = Wording::load(Language::English).unwrap();
        assert_eq!(
            english.any_of(&keys),
            "a pharmacy, a health centre or the website"
        );
        assert_eq!(english.any_of(&keys[..1]), "a pharmacy");
        assert_eq!(english.any_of(&[]), "");
        let chinese = Wording::load(Language::TraditionalChinese).unwrap();
        assert_eq!(chinese.any_of(&keys), "藥局、衛生所或預約網站");
    }
}
