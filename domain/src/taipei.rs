//! Taiwan's civil time: UTC+8 all year since 1979, so no time zone database is needed.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// The civil date and time in Taipei at this moment.
#[must_use]
pub fn civil(timestamp: Timestamp) -> DateTime {
    OFFSET.to_datetime(timestamp)
}

/// The moment at which Taipei's clocks show this civil time; `None` outside jiff's range.
#[must_use]
pub fn timestamp(civil: DateTime) -> Option<Timestamp> {
    civil
        .to_zoned(TimeZone::fixed(OFFSET))
        .ok()
        .map(|zoned| zoned.timestamp())
}

const OFFSET: Offset = Offset::constant(8);

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Protects every window and date on paper: they are in Taipei's time, not the machine's.
    #[test]
    fn taipei_is_eight_hours_ahead() {
        let moment: Timestamp = "2021-07-13T16:30:00Z".parse().unwrap();
        assert_eq!(civil(moment), date(2021, 7, 14).at(0, 30, 0, 0));
        assert_eq!(timestamp(civil(moment)), Some(moment));
    }
}
