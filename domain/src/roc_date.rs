//! Dates as the card writes them: `YYYMMDD`, year of the Republic (+1911), zero-padded.

use jiff::civil::Date;

/// The text is no date of the Republic's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form YYYMMDD in years of the Republic")]
pub struct RocDateError;

/// Reads seven digits `YYYMMDD` as a date of our calendar.
///
/// # Errors
/// [`RocDateError`] unless the text is seven digits naming a day that exists.
pub fn parse(text: &str) -> Result<Date, RocDateError> {
    if text.len() != 7 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(RocDateError);
    }
    let part = |range: std::ops::Range<usize>| text[range].parse::<i16>().map_err(|_| RocDateError);
    let (year, month, day) = (part(0..3)?, part(3..5)?, part(5..7)?);
    let narrow = |value: i16| i8::try_from(value).map_err(|_| RocDateError);
    Date::new(year + 1911, narrow(month)?, narrow(day)?).map_err(|_| RocDateError)
}

/// Writes a date as the card does; `None` for years before 1912 or past 2910.
#[must_use]
pub fn format(date: Date) -> Option<String> {
    let year = date.year() - 1911;
    (1..=999)
        .contains(&year)
        .then(|| format!("{year:03}{:02}{:02}", date.month(), date.day()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Protects the card's birth and issue fields: the calendar's offset and days that do not exist.
    #[test]
    fn republic_years_are_read_and_written() {
        assert_eq!(parse("0790215").unwrap(), date(1990, 2, 15));
        assert_eq!(parse("1010229").unwrap(), date(2012, 2, 29));
        assert_eq!(format(date(1990, 2, 15)).as_deref(), Some("0790215"));
        for wrong in ["", "079021", "0790231", "07902AB", "0791301", "99999999"] {
            assert_eq!(parse(wrong), Err(RocDateError), "{wrong}");
        }
    }
}
