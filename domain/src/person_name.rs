//! A person's name and how much of it a screen may show (rule I8).

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A name as the card or the centre gives it. `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct PersonName(String);

impl PersonName {
    /// Takes a name, surrounding white space (full-width too) removed. An empty name is allowed:
    /// a strange name never loses the card.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// `甄〇康`, `甄〇`; longer names keep the first and the last character (I8). Latin names keep
    /// the first letter of each word.
    #[must_use]
    pub fn masked(&self) -> String {
        // Latin and other alphabets lie below the first Chinese character.
        if self.0.chars().all(|character| character < '\u{2e80}') {
            return self
                .0
                .split_whitespace()
                .map(|word| match word.chars().next() {
                    Some(first) if word.chars().count() > 1 => format!("{first}***"),
                    _ => "*".to_owned(),
                })
                .collect::<Vec<_>>()
                .join(" ");
        }
        let characters: Vec<char> = self.0.chars().collect();
        match characters.as_slice() {
            [] => String::new(),
            [_] => "〇".to_owned(),
            [first, _] => format!("{first}〇"),
            [first, middle @ .., last] => format!("{first}{}{last}", "〇".repeat(middle.len())),
        }
    }

    /// The name in full: only for the encrypted database and the centre.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PersonName(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects I8 for names of one to six characters and Latin names.
    #[test]
    fn i8_names_are_masked() {
        for (name, shown) in [
            ("", ""),
            ("甄", "〇"),
            ("甄健", "甄〇"),
            ("甄健康", "甄〇康"),
            ("歐陽健康", "歐〇〇康"),
            ("司馬健康安", "司〇〇〇安"),
            ("伊斯坦達霍松", "伊〇〇〇〇松"),
            ("NGUYEN THI LAN", "N*** T*** L***"),
            ("NGUYỄN VĂN Ổ", "N*** V*** *"),
            ("José", "J***"),
            ("O", "*"),
            ("甄健康\u{3000}", "甄〇康"),
        ] {
            assert_eq!(PersonName::new(name).masked(), shown);
        }
        assert_eq!(format!("{:?}", PersonName::new("甄健康")), "PersonName(…)");
    }
}
