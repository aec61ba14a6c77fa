//! What looks wrong on a card that could be read. Nothing here loses the card: only the roster knows
//! whether it is current.

use domain::PersonNumberKind;
use jiff::civil::{Date, date};

use super::Decoded;

/// The first cards were given out in 2002.
const FIRST_ISSUE: Date = date(2002, 1, 1);
/// Old residence numbers are void from this day.
const OLD_NUMBERS_END: Date = date(2031, 1, 1);
/// Nobody is known to have become older.
const AGE_MAX_YEARS: i16 = 130;

/// One thing that looks wrong; says nothing of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Warning {
    /// The name is empty.
    NameEmpty,
    /// A `□` stands for a character: user-defined, or none of Big5.
    NameCharacterUnknown,
    /// The field ends within a character.
    NameHalfCharacter,
    /// The name fills its 20 bytes: it may have been cut.
    NamePerhapsCut,
    /// Behind the name's end stand other bytes, perhaps of an earlier name.
    NameRemains,
    /// Control bytes in the name.
    NameControlBytes,
    /// Digits in the name.
    NameDigits,
    /// The person number was written with small letters.
    PersonNumberLowerCase,
    /// An old residence number on or after 2031-01-01.
    PersonNumberVoid,
    /// The sex is not that of the person number's second character.
    SexAgainstNumber,
    /// Born after today.
    BirthInFuture,
    /// Born more than 130 years ago.
    BirthTooLongAgo,
    /// Issued after today.
    IssuedInFuture,
    /// Issued before birth.
    IssuedBeforeBirth,
    /// Issued before there were such cards (2002).
    IssuedBeforeCardsExisted,
    /// The answer has more bytes than the known fields.
    AnswerLonger,
}

impl Warning {
    /// A short, stable name for the command line and for logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NameEmpty => "name-empty",
            Self::NameCharacterUnknown => "name-character-unknown",
            Self::NameHalfCharacter => "name-half-character",
            Self::NamePerhapsCut => "name-perhaps-cut",
            Self::NameRemains => "name-remains",
            Self::NameControlBytes => "name-control-bytes",
            Self::NameDigits => "name-digits",
            Self::PersonNumberLowerCase => "person-number-lower-case",
            Self::PersonNumberVoid => "person-number-void",
            Self::SexAgainstNumber => "sex-against-number",
            Self::BirthInFuture => "birth-in-future",
            Self::BirthTooLongAgo => "birth-too-long-ago",
            Self::IssuedInFuture => "issued-in-future",
            Self::IssuedBeforeBirth => "issued-before-birth",
            Self::IssuedBeforeCardsExisted => "issued-before-cards-existed",
            Self::AnswerLonger => "answer-longer",
        }
    }
}

/// Adds what the fields say against each other and against the calendar.
pub(super) fn judge(decoded: &mut Decoded, today: Date) {
    let number = &decoded.person_number;
    let sex = decoded.sex.value();
    let birth = decoded.birth.value().copied();
    let issued = decoded.issued.value().copied();
    let birth_is = |holds: &dyn Fn(Date) -> bool| birth.is_some_and(holds);
    let issued_is = |holds: &dyn Fn(Date) -> bool| issued.is_some_and(holds);
    let found = [
        (
            number.kind() == PersonNumberKind::OldResidence && today >= OLD_NUMBERS_END,
            Warning::PersonNumberVoid,
        ),
        (
            sex.is_some_and(|sex| *sex != number.sex()),
            Warning::SexAgainstNumber,
        ),
        (birth_is(&|birth| birth > today), Warning::BirthInFuture),
        (
            birth_is(&|birth| is_too_long_ago(birth, today)),
            Warning::BirthTooLongAgo,
        ),
        (issued_is(&|issued| issued > today), Warning::IssuedInFuture),
        (
            issued_is(&|issued| birth_is(&|birth| issued < birth)),
            Warning::IssuedBeforeBirth,
        ),
        (
            issued_is(&|issued| issued < FIRST_ISSUE),
            Warning::IssuedBeforeCardsExisted,
        ),
    ];
    let found = found
        .into_iter()
        .filter_map(|(holds, warning)| holds.then_some(warning));
    decoded.warnings.extend(found);
}

/// Whether the 130th birthday was before today; compared by its parts, as 29 February has none in
/// most years.
fn is_too_long_ago(birth: Date, today: Date) -> bool {
    let turned = (birth.year() + AGE_MAX_YEARS, birth.month(), birth.day());
    turned < (today.year(), today.month(), today.day())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::decode::decode;
    use crate::decode::tests::{GOLDEN, TODAY};

    fn warnings(number: &str, birth: &str, sex: u8, issued: &str, today: Date) -> Vec<Warning> {
        let mut answer = *GOLDEN;
        answer[32..42].copy_from_slice(number.as_bytes());
        answer[42..49].copy_from_slice(birth.as_bytes());
        answer[49] = sex;
        answer[50..57].copy_from_slice(issued.as_bytes());
        decode(&answer, today).unwrap().warnings
    }

    /// Protects the technician's view of a card whose dates cannot be: each kind is told, the days
    /// of the edge themselves are not.
    #[test]
    fn dates_are_judged() {
        use Warning as W;
        for (birth, issued, told) in [
            ("0790215", "1080501", &[][..]),
            ("1151121", "1151121", &[]),
            (
                "1151122",
                "1080501",
                &[W::BirthInFuture, W::IssuedBeforeBirth],
            ),
            ("0790215", "1151122", &[W::IssuedInFuture]),
            (
                "0790215",
                "0790214",
                &[W::IssuedBeforeBirth, W::IssuedBeforeCardsExisted],
            ),
            ("0790215", "0901231", &[W::IssuedBeforeCardsExisted]),
            ("0790215", "0910101", &[]),
            ("       ", "0910101", &[]),
            ("0790231", "ABCDEFG", &[]),
        ] {
            let found = warnings("A123456789", birth, b'M', issued, TODAY);
            assert_eq!(found, told, "{birth} {issued}");
        }
        let very_old = |today| warnings("A123456789", "0010229", b'M', "1080501", today);
        assert_eq!(very_old(date(2042, 2, 28)), []);
        assert_eq!(very_old(date(2042, 3, 1)), [Warning::BirthTooLongAgo]);
    }

    /// Protects I2's three kinds of number: each says the holder's sex in its own way, and the old
    /// ones end with 2030.
    #[test]
    fn i2_numbers_are_judged() {
        for (number, sex, other) in [
            ("A123456789", b'M', b'F'),
            ("Z277018381", b'F', b'M'),
            ("A800000014", b'M', b'F'),
            ("A900207177", b'F', b'M'),
            ("AC03095424", b'M', b'F'),
            ("HD02717288", b'F', b'M'),
        ] {
            let with = |sex| warnings(number, "0790215", sex, "1080501", TODAY);
            assert_eq!(with(sex), [], "{number}");
            assert_eq!(with(other), [Warning::SexAgainstNumber], "{number}");
        }
        let on = |number, today| warnings(number, "0790215", b'M', "1080501", today);
        assert_eq!(on("AC03095424", date(2030, 12, 31)), []);
        assert_eq!(
            on("AC03095424", date(2031, 1, 1)),
            [Warning::PersonNumberVoid]
        );
        assert_eq!(on("A800000014", date(2031, 1, 1)), []);
    }
}
