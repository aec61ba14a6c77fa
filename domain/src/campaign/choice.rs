//! Which of several rounds a screen or a person is about.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Campaign, CounterSale, MaskRound, Site, SiteId, TravellerSale, VaccineRound};
use crate::roster::RosterRecord;
use crate::vaccine;

impl Campaign {
    /// The vaccine round to serve now. For a person: one that is open and has the person's group,
    /// or else one that has it. Otherwise one that is open, or else the first.
    #[must_use]
    pub fn vaccine_round_now(
        &self,
        person: Option<&RosterRecord>,
        now: Timestamp,
    ) -> Option<&VaccineRound> {
        let open = |round: &&VaccineRound| round.is_open(now);
        let own = |round: &&VaccineRound| {
            person.is_some_and(|person| vaccine::category(round, person).is_some())
        };
        let rounds = || self.vaccine_rounds.iter();
        rounds()
            .find(|round| open(round) && own(round))
            .or_else(|| rounds().find(own))
            .or_else(|| rounds().find(open))
            .or_else(|| rounds().next())
    }

    /// The site with this id, and the round it belongs to.
    #[must_use]
    pub fn site(&self, id: &SiteId) -> Option<(&VaccineRound, &Site)> {
        self.vaccine_rounds
            .iter()
            .find_map(|round| Some((round, round.site(id)?)))
    }

    /// The mask round that can be ordered at this moment (M6).
    #[must_use]
    pub fn mask_round_to_order(&self, now: Timestamp) -> Option<&MaskRound> {
        self.mask_rounds
            .iter()
            .find(|round| round.order.contains(now))
    }

    /// The sale over the counter on this day, and its round (M2).
    #[must_use]
    pub fn counter_sale(&self, day: Date) -> Option<(&MaskRound, &CounterSale)> {
        self.mask_rounds.iter().find_map(|round| {
            let sale = round.counter_sale.as_ref()?;
            sale.days.contains(day).then_some((round, sale))
        })
    }

    /// The sale to travellers on this day, and its round (M18).
    #[must_use]
    pub fn traveller_sale(&self, day: Date) -> Option<(&MaskRound, &TravellerSale)> {
        self.mask_rounds.iter().find_map(|round| {
            let sale = round.traveller_sale.as_ref()?;
            sale.days.contains(day).then_some((round, sale))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::campaign::{BirthHalfYear, CategoryCode, RoundId, Window};
    use crate::roster::CategorySet;
    use crate::visit::fixture;

    /// Two rounds: influenza for group 1, open from 08:00 to 12:00; a booster for group 9, from
    /// 10:00 to 14:00.
    fn two() -> Campaign {
        let mut campaign = fixture::campaign();
        let mut second = campaign.vaccine_rounds[0].clone();
        let window = |start: &str, end: &str| Window {
            start: start.parse().unwrap(),
            end: end.parse().unwrap(),
        };
        second.id = RoundId::parse("booster").unwrap();
        second.willingness = window("2026-04-03T02:00:00Z", "2026-04-03T06:00:00Z");
        second.booking = second.willingness;
        let first = &mut campaign.vaccine_rounds[0];
        first.id = RoundId::parse("influenza").unwrap();
        first.categories[0].code = CategoryCode::new(1).unwrap();
        first.willingness = window("2026-04-03T00:00:00Z", "2026-04-03T04:00:00Z");
        first.booking = first.willingness;
        campaign.vaccine_rounds.push(second);
        campaign
    }

    fn of_groups(codes: &[u8]) -> RosterRecord {
        let categories = codes.iter().fold(CategorySet::default(), |set, &code| {
            set.with(CategoryCode::new(code).unwrap())
        });
        RosterRecord {
            categories,
            birth: BirthHalfYear {
                year: 1956,
                second_half: false,
            },
            ..fixture::record()
        }
    }

    /// Protects V1 and V3 with several rounds: everybody is served by an open round of their own.
    #[test]
    fn v1_the_open_round_of_the_person_is_served() {
        let campaign = two();
        let served = |person: Option<&RosterRecord>, now: &str| {
            campaign
                .vaccine_round_now(person, now.parse().unwrap())
                .unwrap()
                .id
                .to_string()
        };
        let (influenza, booster, both, neither) = (
            of_groups(&[1]),
            of_groups(&[9]),
            of_groups(&[1, 9]),
            of_groups(&[2]),
        );
        let (early, middle, late) = (
            "2026-04-03T01:00:00Z",
            "2026-04-03T03:00:00Z",
            "2026-04-03T05:00:00Z",
        );
        assert_eq!(served(Some(&both), early), "influenza");
        assert_eq!(served(Some(&both), middle), "influenza");
        assert_eq!(served(Some(&both), late), "booster");
        assert_eq!(served(Some(&booster), middle), "booster");
        // Their own round tells them when it opens, or that it is over.
        assert_eq!(served(Some(&booster), early), "booster");
        assert_eq!(served(Some(&influenza), late), "influenza");
        assert_eq!(served(Some(&neither), late), "booster");
        assert_eq!(served(None, early), "influenza");
        assert_eq!(served(None, late), "booster");
        assert_eq!(served(None, "2026-04-04T05:00:00Z"), "influenza");
    }
}
