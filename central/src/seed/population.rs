//! Invented people: nationals, both kinds of residence number, reissued cards, insurance-only IDs,
//! all ages.

use std::collections::HashSet;

use domain::campaign::CategoryCode;
use domain::card_reading::Sex;
use domain::roster::CategorySet;
use domain::{CardNumber, MobileNumber, PersonName, PersonNumber};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use uuid::Uuid;

use super::names;
use crate::CentralError;

/// One invented person.
#[derive(Debug, Clone)]
pub(super) struct SamplePerson {
    pub(super) id: Uuid,
    pub(super) number: PersonNumber,
    pub(super) other_number: Option<PersonNumber>,
    pub(super) card: CardNumber,
    pub(super) previous_card: Option<CardNumber>,
    pub(super) insurance_only: bool,
    pub(super) categories: CategorySet,
    pub(super) birth: Date,
    pub(super) age: i16,
    pub(super) name: PersonName,
    pub(super) sex: Sex,
    pub(super) issued: Date,
    pub(super) mobile: MobileNumber,
}

/// Makes `count` people, aged as on `today`.
pub(super) fn make(
    count: u32,
    today: Date,
    random: &mut ChaCha20Rng,
) -> Result<Vec<SamplePerson>, CentralError> {
    let mut maker = Maker {
        random,
        today,
        used: HashSet::new(),
    };
    (0..count).map(|_| maker.person(None)).collect()
}

/// Somebody of 60 whose card was made on `made_on`, within the last hour (I5).
pub(super) fn fresh(
    people: &[SamplePerson],
    today: Date,
    made_on: Date,
    random: &mut ChaCha20Rng,
) -> Result<SamplePerson, CentralError> {
    let used = people
        .iter()
        .flat_map(|person| {
            let numbers = [Some(&person.number), person.other_number.as_ref()];
            let cards = [Some(&person.card), person.previous_card.as_ref()];
            numbers
                .into_iter()
                .flatten()
                .map(|number| number.reveal().to_owned())
                .chain(
                    cards
                        .into_iter()
                        .flatten()
                        .map(|card| card.reveal().to_owned()),
                )
                .collect::<Vec<_>>()
        })
        .collect();
    let mut maker = Maker {
        random,
        today,
        used,
    };
    maker.person(Some(60)).map(|person| SamplePerson {
        categories: categories_of_age(60),
        issued: made_on,
        ..person
    })
}

struct Maker<'a> {
    random: &'a mut ChaCha20Rng,
    today: Date,
    used: HashSet<String>,
}

impl Maker<'_> {
    /// A person of that age and nothing unusual, or of any age and sort.
    fn person(&mut self, age: Option<i16>) -> Result<SamplePerson, CentralError> {
        let plain = age.is_some();
        let age = age.unwrap_or_else(|| self.age());
        let sex = if self.random.gen_bool(0.5) {
            Sex::Male
        } else {
            Sex::Female
        };
        let sort = if plain {
            0
        } else {
            self.random.gen_range(0..1000)
        };
        // On the card, and the other number of the same person (I4).
        let (card_form, other_form) = match sort {
            0..900 => (Form::National, None),
            900..940 => (Form::NewResidence, None),
            940..970 => (Form::NewResidence, Some(Form::OldResidence)),
            970..985 => (Form::OldResidence, Some(Form::NewResidence)),
            _ => (Form::OldResidence, None),
        };
        let foreign = !matches!(card_form, Form::National);
        let number = self.number(card_form, sex)?;
        let other_number = other_form.map(|form| self.number(form, sex)).transpose()?;
        let name = if foreign {
            names::latin(self.random)
        } else {
            names::chinese(self.random)
        };
        let reissued = !plain && self.random.gen_ratio(3, 100);
        let days_old = self.random.gen_range(0..364);
        let birth = self
            .today
            .saturating_sub(i32::from(age).years())
            .saturating_sub(days_old.days());
        Ok(SamplePerson {
            id: uuid::Builder::from_random_bytes(self.random.r#gen()).into_uuid(),
            number,
            other_number,
            card: self.card()?,
            previous_card: reissued.then(|| self.card()).transpose()?,
            insurance_only: !plain && !foreign && self.random.gen_ratio(1, 250),
            categories: self.categories(age),
            birth,
            age,
            name: PersonName::new(&name),
            sex,
            issued: self.issued(card_form, birth),
            mobile: self.mobile()?,
        })
    }

    /// Roughly as the country is.
    fn age(&mut self) -> i16 {
        let range = match self.random.gen_range(0..100) {
            0..14 => 0..16,
            14..16 => 16..18,
            16..61 => 18..50,
            61..83 => 50..65,
            83..94 => 65..75,
            _ => 75..96,
        };
        self.random.gen_range(range)
    }

    /// The groups by age; some have a high-risk illness, some belong to none of the round.
    fn categories(&mut self, age: i16) -> CategorySet {
        if self.random.gen_ratio(5, 100) {
            return set(&[1]);
        }
        let by_age = categories_of_age(age);
        match CategoryCode::new(9) {
            Some(high_risk) if (18..65).contains(&age) && self.random.gen_ratio(12, 100) => {
                by_age.with(high_risk)
            }
            _ => by_age,
        }
    }

    fn number(&mut self, form: Form, sex: Sex) -> Result<PersonNumber, CentralError> {
        loop {
            let letter = char::from(self.random.gen_range(b'A'..=b'Z'));
            let second = match (form, sex) {
                (Form::National, Sex::Male) => '1',
                (Form::National, Sex::Female) => '2',
                (Form::NewResidence, Sex::Male) => '8',
                (Form::NewResidence, Sex::Female) => '9',
                (Form::OldResidence, Sex::Male) => 'C',
                (Form::OldResidence, Sex::Female) => 'D',
            };
            // The third digit of a foreigner's new number is 0 to 6.
            let seven = self.random.gen_range(0..7_000_000);
            let number = PersonNumber::with_check_digit(&format!("{letter}{second}{seven:07}"))
                .map_err(|_| CentralError::Population)?;
            if self.used.insert(number.reveal().to_owned()) {
                return Ok(number);
            }
        }
    }

    /// Not before birth, and only in the years in which numbers of that form were put on cards.
    fn issued(&mut self, form: Form, birth: Date) -> Date {
        const NEW_NUMBERS_FROM: Date = date(2021, 1, 2);
        const FIRST_CARDS: Date = date(2004, 1, 1);
        let (earliest, latest) = match form {
            Form::National => (FIRST_CARDS, self.today),
            Form::NewResidence => (NEW_NUMBERS_FROM, self.today),
            Form::OldResidence => (FIRST_CARDS, NEW_NUMBERS_FROM),
        };
        let earliest = earliest.max(birth);
        let days = earliest.until(latest).map_or(0, |span| span.get_days());
        earliest.saturating_add(self.random.gen_range(0..=days.max(0)).days())
    }

    fn card(&mut self) -> Result<CardNumber, CentralError> {
        loop {
            let text = format!("0000{:08}", self.random.gen_range(0..100_000_000_u32));
            let card = CardNumber::parse(&text).map_err(|_| CentralError::Population)?;
            if self.used.insert(text) {
                return Ok(card);
            }
        }
    }

    fn mobile(&mut self) -> Result<MobileNumber, CentralError> {
        let text = format!("09{:08}", self.random.gen_range(0..100_000_000_u32));
        MobileNumber::parse(&text).map_err(|_| CentralError::Population)
    }
}

#[derive(Clone, Copy)]
enum Form {
    National,
    NewResidence,
    OldResidence,
}

fn categories_of_age(age: i16) -> CategorySet {
    match age {
        75.. => set(&[6]),
        65..75 => set(&[8]),
        50..65 => set(&[10]),
        18..50 => set(&[11]),
        _ => CategorySet::default(),
    }
}

fn set(codes: &[u8]) -> CategorySet {
    codes
        .iter()
        .filter_map(|&code| CategoryCode::new(code))
        .fold(CategorySet::default(), CategorySet::with)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use domain::PersonNumberKind;
    use rand::SeedableRng as _;

    fn sample(seed: u64) -> Vec<SamplePerson> {
        make(
            5000,
            date(2026, 3, 30),
            &mut ChaCha20Rng::seed_from_u64(seed),
        )
        .unwrap()
    }

    /// Protects demos and journeys: the same seed gives the same people, another seed others.
    #[test]
    fn the_population_is_reproducible() {
        let facts = |seed| {
            sample(seed)
                .iter()
                .map(|person| (person.id, person.number.clone(), person.card.clone()))
                .collect::<Vec<_>>()
        };
        assert!(facts(1) == facts(1));
        assert!(facts(1) != facts(2));
    }

    /// Protects I2–I7 in demos: every sort of person is there, every number and card once.
    #[test]
    fn every_sort_of_person_is_there() {
        let people = sample(1);
        let count = |sort: &dyn Fn(&SamplePerson) -> bool| {
            people.iter().filter(|person| sort(person)).count()
        };
        let kind = |kind| move |person: &SamplePerson| person.number.kind() == kind;
        assert!(count(&kind(PersonNumberKind::National)) > 4000);
        assert!(count(&kind(PersonNumberKind::NewResidence)) > 200);
        assert!(count(&kind(PersonNumberKind::OldResidence)) > 50);
        assert!(count(&|person| person.other_number.is_some()) > 100);
        assert!(count(&|person| person.previous_card.is_some()) > 50);
        assert!(count(&|person| person.insurance_only) > 5);
        assert!(count(&|person| person.age < 16) > 300);
        let numbers: HashSet<_> = people
            .iter()
            .flat_map(|person| [Some(&person.number), person.other_number.as_ref()])
            .flatten()
            .collect();
        assert_eq!(
            numbers.len(),
            5000 + count(&|person| person.other_number.is_some())
        );
    }
}
