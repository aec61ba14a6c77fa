//! What a person types: bounded, zeroed when dropped, never in `Debug`.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Text being typed.
#[derive(Clone, PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Entry {
    text: String,
    #[zeroize(skip)]
    limit: usize,
}

/// A key of the keypad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A digit or an upper-case letter.
    Character(char),
    /// Take the last one away.
    Erase,
    /// Take all away.
    Clear,
}

impl Entry {
    /// An empty entry of at most `limit` characters. The memory is taken at once, so that typing
    /// leaves no copies behind.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            text: String::with_capacity(limit),
            limit,
        }
    }

    /// An entry that begins with this text.
    #[must_use]
    pub fn with(limit: usize, text: &str) -> Self {
        let mut entry = Self::new(limit);
        for character in text.chars() {
            entry.press(Key::Character(character));
        }
        entry
    }

    /// Takes a key; what is not a digit or an upper-case letter, or does not fit, is passed over.
    pub fn press(&mut self, key: Key) {
        match key {
            Key::Character(character) => {
                let form = character.is_ascii_digit() || character.is_ascii_uppercase();
                if form && self.text.len() < self.limit {
                    self.text.push(character);
                }
            }
            Key::Erase => {
                self.text.pop();
            }
            Key::Clear => self.text.zeroize(),
        }
    }

    /// What was typed so far: shown to the person while they type.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it has all its characters.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.text.len() == self.limit
    }

    /// How many characters it takes.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Entry(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the forms: nothing but digits and capitals, never more than fits, nothing in logs.
    #[test]
    fn an_entry_takes_what_fits() {
        let mut entry = Entry::new(3);
        for character in "0a!9Z7".chars() {
            entry.press(Key::Character(character));
        }
        assert_eq!(entry.as_str(), "09Z");
        assert!(entry.is_full());
        entry.press(Key::Erase);
        assert_eq!(entry.as_str(), "09");
        entry.press(Key::Clear);
        assert_eq!(entry.as_str(), "");
        assert_eq!(format!("{entry:?}"), "Entry(…)");
    }
}
