//! The willingness form (V2, V5).

use super::form::Mistake;
use super::{Deed, Effect, State, Touch, Visit, WillingnessForm, WillingnessPage};
use crate::campaign::{Campaign, VaccineRound};
use crate::operation::Willingness;
use crate::{MobileNumber, vaccine};

impl Visit {
    pub(super) fn willingness(&mut self, touch: Touch, effects: &mut Vec<Effect>) {
        let Some(campaign) = self.surroundings.campaign.clone() else {
            return self.end(effects);
        };
        let State::Willingness(form) = &mut self.state else {
            return;
        };
        let Some(round) = campaign.vaccine_round(&form.round) else {
            return self.end(effects);
        };
        match (form.page, touch) {
            (WillingnessPage::Summary, Touch::Yes) => self.declare(round, effects),
            (WillingnessPage::Cancel, Touch::Yes) => self.cancel_willingness(effects),
            (WillingnessPage::Area | WillingnessPage::Cancel, Touch::Back) | (_, Touch::No) => {
                self.enter(State::Menu);
            }
            (_, touch) => choose(form, &campaign, round, touch),
        }
    }

    fn declare(&mut self, round: &VaccineRound, effects: &mut Vec<Effect>) {
        let (State::Willingness(form), Some(person)) = (&self.state, &self.person) else {
            return;
        };
        let (Ok(mobile), Ok(category)) = (
            MobileNumber::parse(form.mobile.as_str()),
            vaccine::may_declare(round, &person.record, self.now.wall),
        ) else {
            return;
        };
        let entry = Willingness {
            round: form.round.clone(),
            person: person.reading.person_number.clone(),
            card: person.reading.card_number.clone(),
            name: person.reading.name.clone(),
            category,
            mobile,
            area: form.area.clone(),
            brands: form.brands.clone(),
        };
        self.record(Deed::SetWillingness(entry), effects);
    }

    fn cancel_willingness(&mut self, effects: &mut Vec<Effect>) {
        let (State::Willingness(form), Some(person)) = (&self.state, &self.person) else {
            return;
        };
        let deed = Deed::CancelWillingness {
            round: form.round.clone(),
            person: person.reading.person_number.clone(),
            card: person.reading.card_number.clone(),
        };
        self.record(deed, effects);
    }
}

fn choose(form: &mut WillingnessForm, campaign: &Campaign, round: &VaccineRound, touch: Touch) {
    use WillingnessPage as Page;
    form.mistake = None;
    match (form.page, touch) {
        (Page::Area, Touch::OtherArea) => form.page = Page::County,
        (Page::Area, Touch::Continue) => form.page = Page::Brands,
        (Page::County, Touch::County(index)) if index < campaign.counties.len() => {
            form.page = Page::Township(index);
        }
        (Page::Township(_), Touch::Area(area)) if campaign.area(&area).is_some() => {
            form.area = area;
            form.page = Page::Brands;
        }
        (Page::Brands, Touch::Brand(brand)) => {
            if form.brands.contains(&brand) {
                form.brands.retain(|ticked| *ticked != brand);
            } else {
                let keep = |candidate: &_| form.brands.contains(candidate) || *candidate == brand;
                form.brands = round
                    .brands
                    .iter()
                    .map(|offer| offer.id.clone())
                    .filter(keep)
                    .collect();
            }
        }
        (Page::Brands, Touch::Continue) if form.brands.is_empty() => {
            form.mistake = Some(Mistake::NoBrand)
        }
        (Page::Brands, Touch::Continue) => form.page = Page::Mobile,
        (Page::Mobile, Touch::Key(key)) => form.mobile.press(key),
        (Page::Mobile, Touch::Continue) => match MobileNumber::parse(form.mobile.as_str()) {
            Ok(_) => form.page = Page::Summary,
            Err(_) => form.mistake = Some(Mistake::Mobile),
        },
        (Page::County | Page::Brands, Touch::Back) => form.page = Page::Area,
        (Page::Township(_), Touch::Back) => form.page = Page::County,
        (Page::Mobile, Touch::Back) => form.page = Page::Brands,
        (Page::Summary, Touch::Back) => form.page = Page::Mobile,
        _ => {}
    }
}
