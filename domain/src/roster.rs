//! Who is who: the roster's facts about a person and the verdict over a card (I3–I7, I13).

use crate::campaign::{BirthHalfYear, CategoryCode};
use crate::{CardNumber, PersonNumber};

/// What the roster knows of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRecord {
    /// The person number as on the current card (I3, I13).
    pub number: PersonNumber,
    /// The person's other residence number, old or new: the same person (I4).
    pub other_number: Option<PersonNumber>,
    /// The newest card (I6).
    pub card: CardNumber,
    /// The card before it, void since (I6).
    pub previous_card: Option<CardNumber>,
    /// An insurance-only ID, given because the national number was assigned twice (I7).
    pub insurance_only: bool,
    /// Groups the person belongs to.
    pub categories: CategorySet,
    /// Half-year of birth.
    pub birth: BirthHalfYear,
}

/// The groups a person belongs to, one bit a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CategorySet(u32);

impl CategorySet {
    /// A set from its bits: bit 0 is category 1.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Its bits.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set with one more category.
    #[must_use]
    pub const fn with(self, code: CategoryCode) -> Self {
        Self(self.0 | (1 << (code.get() - 1)))
    }

    /// Whether the category is in it.
    #[must_use]
    pub const fn contains(self, code: CategoryCode) -> bool {
        self.0 & (1 << (code.get() - 1)) != 0
    }
}

/// What the centre said of a pair (I5), if it could be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CentreVerdict {
    /// The pair is current; these are the facts.
    Current(Box<RosterRecord>),
    /// The person is known, the card is an older one (I6).
    SupersededCard,
    /// The person is known, the pair does not verify and the number is insurance-only (I7).
    InsuranceOnlyMismatch,
    /// The person has another number on the current card (I13).
    OtherNumberOnCard,
    /// No such pair.
    Unknown,
    /// No answer in time, or none that could be trusted.
    NoAnswer,
}

/// The verdict over a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// The pair is current: serve this person.
    Verified(Box<RosterRecord>),
    /// Ask the centre, then judge again (I5).
    AskCentre,
    /// Do not serve; each reason has its own sentence.
    Refused(IdentityRefusal),
}

/// Why a card is not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentityRefusal {
    /// Neither roster nor centre knows the pair: perhaps made within the last hour (I5).
    Unknown,
    /// Not in the local roster, and the centre cannot be asked now (I5).
    UnknownOffline,
    /// An older card; bring the current one (I6).
    SupersededCard,
    /// Insurance-only number whose pair does not verify: call 1922 (I7).
    InsuranceOnlyMismatch,
    /// Another residence number stands on the person's current card (I13).
    OtherNumberOnCard,
}

/// Judges a pair read from a card. `local` is the roster's record found under either of the
/// person's numbers; `centre` is `None` until the centre was asked.
#[must_use]
pub fn verify(
    number: &PersonNumber,
    card: &CardNumber,
    local: Option<&RosterRecord>,
    centre: Option<CentreVerdict>,
) -> Verification {
    // The centre knows more and later than the roster (I5): its word stands where there is one.
    let local_refusal = match local {
        Some(record) if record.number == *number && record.card == *card => {
            return match centre {
                Some(CentreVerdict::SupersededCard) => {
                    Verification::Refused(IdentityRefusal::SupersededCard)
                }
                Some(CentreVerdict::Current(fresh)) => Verification::Verified(fresh),
                _ => Verification::Verified(Box::new(record.clone())),
            };
        }
        Some(record) if record.previous_card.as_ref() == Some(card) => {
            IdentityRefusal::SupersededCard
        }
        Some(record) if record.insurance_only => IdentityRefusal::InsuranceOnlyMismatch,
        Some(record)
            if record.other_number.as_ref() == Some(number) && record.number != *number =>
        {
            IdentityRefusal::OtherNumberOnCard
        }
        Some(_) | None => IdentityRefusal::UnknownOffline,
    };
    match centre {
        None => Verification::AskCentre,
        Some(CentreVerdict::Current(record)) => Verification::Verified(record),
        Some(CentreVerdict::SupersededCard) => {
            Verification::Refused(IdentityRefusal::SupersededCard)
        }
        Some(CentreVerdict::InsuranceOnlyMismatch) => {
            Verification::Refused(IdentityRefusal::InsuranceOnlyMismatch)
        }
        Some(CentreVerdict::OtherNumberOnCard) => {
            Verification::Refused(IdentityRefusal::OtherNumberOnCard)
        }
        Some(CentreVerdict::Unknown) => Verification::Refused(IdentityRefusal::Unknown),
        Some(CentreVerdict::NoAnswer) => Verification::Refused(local_refusal),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn number(text: &str) -> PersonNumber {
        PersonNumber::parse(text).unwrap()
    }

    fn card(text: &str) -> CardNumber {
        CardNumber::parse(text).unwrap()
    }

    fn record() -> RosterRecord {
        RosterRecord {
            number: number("A800000014"),
            other_number: Some(number("AC03095424")),
            card: card("000000000002"),
            previous_card: Some(card("000000000001")),
            insurance_only: false,
            categories: CategorySet::default(),
            birth: BirthHalfYear {
                year: 1990,
                second_half: false,
            },
        }
    }

    /// Protects I3: the current pair verifies without the centre, so also without the line.
    #[test]
    fn i3_current_pair_verifies() {
        let known = record();
        for centre in [None, Some(CentreVerdict::NoAnswer)] {
            let verdict = verify(&known.number, &known.card, Some(&known), centre);
            assert_eq!(verdict, Verification::Verified(Box::new(known.clone())));
        }
    }

    /// Protects I5: a pair the roster does not know is asked of the centre before it is refused.
    #[test]
    fn i5_unknown_pair_is_asked_then_refused() {
        let (person, new_card) = (number("A123456789"), card("000000000009"));
        assert_eq!(
            verify(&person, &new_card, None, None),
            Verification::AskCentre
        );
        let refused = |centre| verify(&person, &new_card, None, Some(centre));
        assert_eq!(
            refused(CentreVerdict::Unknown),
            Verification::Refused(IdentityRefusal::Unknown)
        );
        assert_eq!(
            refused(CentreVerdict::NoAnswer),
            Verification::Refused(IdentityRefusal::UnknownOffline)
        );
        let fresh = Box::new(RosterRecord {
            number: person.clone(),
            card: new_card.clone(),
            ..record()
        });
        assert_eq!(
            refused(CentreVerdict::Current(fresh.clone())),
            Verification::Verified(fresh)
        );
    }

    /// Protects I6: an older card is refused as such, offline by the roster, online by the centre
    /// even where the roster still holds it as current.
    #[test]
    fn i6_older_card_is_refused_with_its_own_reason() {
        let known = record();
        let old = known.previous_card.clone().unwrap();
        let refused = Verification::Refused(IdentityRefusal::SupersededCard);
        assert_eq!(
            verify(
                &known.number,
                &old,
                Some(&known),
                Some(CentreVerdict::NoAnswer)
            ),
            refused
        );
        assert_eq!(
            verify(
                &known.number,
                &known.card,
                Some(&known),
                Some(CentreVerdict::SupersededCard)
            ),
            refused
        );
    }

    /// Protects I7: insurance-only numbers verify like any other; when they do not, 1922 is named.
    #[test]
    fn i7_insurance_only() {
        let known = RosterRecord {
            insurance_only: true,
            ..record()
        };
        assert!(matches!(
            verify(&known.number, &known.card, Some(&known), None),
            Verification::Verified(_)
        ));
        assert_eq!(
            verify(
                &known.number,
                &card("000000000007"),
                Some(&known),
                Some(CentreVerdict::NoAnswer)
            ),
            Verification::Refused(IdentityRefusal::InsuranceOnlyMismatch)
        );
    }

    /// Protects I13: the number that is not on the card is refused with that advice.
    #[test]
    fn i13_other_residence_number() {
        let known = record();
        let other = known.other_number.clone().unwrap();
        assert_eq!(
            verify(
                &other,
                &known.card,
                Some(&known),
                Some(CentreVerdict::NoAnswer)
            ),
            Verification::Refused(IdentityRefusal::OtherNumberOnCard)
        );
    }
}
