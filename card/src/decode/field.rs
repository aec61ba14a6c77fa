//! A field and how far it is to be trusted; dates and sex.

use std::fmt;

use domain::card_reading::Sex;
use domain::roc_date;
use jiff::civil::Date;

/// One field of a card. `Debug` prints its certainty, never its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Field<T> {
    /// Written as the card's format says.
    Certain(T),
    /// Could be read, but some of it is guessed or missing.
    Doubtful(T),
    /// Says nothing.
    Unreadable,
}

impl<T> Field<T> {
    /// What the field says, doubtful or not.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Certain(value) | Self::Doubtful(value) => Some(value),
            Self::Unreadable => None,
        }
    }

    /// What the field says, if there is no doubt.
    #[must_use]
    pub const fn certain(&self) -> Option<&T> {
        match self {
            Self::Certain(value) => Some(value),
            Self::Doubtful(_) | Self::Unreadable => None,
        }
    }

    /// `certain`, `doubtful` or `unreadable`: for the command line and for logs.
    #[must_use]
    pub const fn certainty(&self) -> &'static str {
        match self {
            Self::Certain(_) => "certain",
            Self::Doubtful(_) => "doubtful",
            Self::Unreadable => "unreadable",
        }
    }
}

impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Certain(_) => "Certain(…)",
            Self::Doubtful(_) => "Doubtful(…)",
            Self::Unreadable => "Unreadable",
        })
    }
}

/// `YYYMMDD`. Spaces for leading zeros are read, with doubt: the format says zeros.
pub(super) fn date(bytes: &[u8]) -> Field<Date> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Field::Unreadable;
    };
    if let Ok(date) = roc_date::parse(text) {
        return Field::Certain(date);
    }
    let digits = text.trim_start_matches(' ');
    match roc_date::parse(&format!("{digits:0>7}")) {
        Ok(date) if digits.len() < text.len() => Field::Doubtful(date),
        _ => Field::Unreadable,
    }
}

/// `M` or `F`; small letters are read, with doubt.
pub(super) const fn sex(byte: u8) -> Field<Sex> {
    match byte {
        b'F' => Field::Certain(Sex::Female),
        b'M' => Field::Certain(Sex::Male),
        b'f' => Field::Doubtful(Sex::Female),
        b'm' => Field::Doubtful(Sex::Male),
        _ => Field::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    /// Protects the person from a date or sex that is guessed and told as certain.
    #[test]
    fn only_the_format_is_certain() {
        for (text, field) in [
            ("0790215", Field::Certain(day(1990, 2, 15))),
            (" 790215", Field::Doubtful(day(1990, 2, 15))),
            ("  10215", Field::Doubtful(day(1912, 2, 15))),
            ("0790231", Field::Unreadable),
            ("790215 ", Field::Unreadable),
            ("       ", Field::Unreadable),
            ("0000000", Field::Unreadable),
            ("+790215", Field::Unreadable),
        ] {
            assert_eq!(date(text.as_bytes()), field, "{text}");
        }
        assert_eq!(date(&[0xFF; 7]), Field::Unreadable);
        assert_eq!(sex(b'F'), Field::Certain(Sex::Female));
        assert_eq!(sex(b'm'), Field::Doubtful(Sex::Male));
        assert_eq!(sex(b'1'), Field::Unreadable);
    }
}
