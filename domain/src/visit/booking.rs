//! The booking form (V6, V7).

use super::form::Mistake;
use super::{BookingForm, BookingPage, Deed, Effect, SlotOffer, State, Touch, Visit};
use crate::campaign::{Campaign, SiteId, VaccineRound};
use crate::operation::BookingRequest;
use crate::{MobileNumber, vaccine};

impl Visit {
    pub(super) fn booking(&mut self, touch: Touch, effects: &mut Vec<Effect>) {
        let Some(campaign) = self.surroundings.campaign.clone() else {
            return self.end(effects);
        };
        let State::Booking(form) = &mut self.state else {
            return;
        };
        let Some(round) = campaign.vaccine_round(&form.round) else {
            return self.end(effects);
        };
        match (form.page, touch) {
            (BookingPage::Summary, Touch::Yes) => self.book(round, effects),
            (BookingPage::Sites, Touch::Back) | (_, Touch::No) => self.enter(State::Menu),
            (BookingPage::Sites, Touch::Site(site)) => {
                let offered =
                    vaccine::offered_sites(round, &form.brands).any(|offer| offer.id == site);
                if offered {
                    form.offers = None;
                    form.slot = None;
                    form.refused = None;
                    form.page = BookingPage::Slots;
                    form.site = Some(site.clone());
                    effects.push(Effect::LoadSlots(site));
                }
            }
            (_, touch) => choose(form, &campaign, touch),
        }
    }

    /// What is known of a site's slots; an answer for a site no longer chosen is passed over.
    pub(super) fn slots(&mut self, site: &SiteId, offers: Vec<SlotOffer>) {
        let now = self.now.wall;
        if let State::Booking(form) = &mut self.state
            && form.site.as_ref() == Some(site)
        {
            let ahead = offers
                .into_iter()
                .filter(|offer| vaccine::slot_is_ahead(&offer.slot, now))
                .collect();
            form.offers = Some(ahead);
        }
    }

    fn book(&mut self, round: &VaccineRound, effects: &mut Vec<Effect>) {
        let (State::Booking(form), Some(person)) = (&self.state, &self.person) else {
            return;
        };
        let (Some(site), Some(slot), Ok(mobile)) = (
            &form.site,
            &form.slot,
            MobileNumber::parse(form.mobile.as_str()),
        ) else {
            return;
        };
        if person.may_book(round, self.now.wall).is_err() {
            return self.identify_again(effects);
        }
        let request = BookingRequest {
            lease: None,
            round: form.round.clone(),
            person: person.reading.person_number.clone(),
            card: person.reading.card_number.clone(),
            name: person.reading.name.clone(),
            mobile,
            site: site.clone(),
            slot: slot.id.clone(),
        };
        self.record(Deed::BookSlot(request), effects);
    }

    /// Back to the slots after the centre said that one is full: nothing else was lost.
    pub(super) fn choose_another_slot(
        &mut self,
        request: &BookingRequest,
        refused: crate::operation::Rejection,
        effects: &mut Vec<Effect>,
    ) {
        let (Some(person), Some(campaign)) = (&self.person, self.surroundings.campaign.clone())
        else {
            return self.end(effects);
        };
        let Some(round) = campaign.vaccine_round(&request.round) else {
            return self.end(effects);
        };
        let area = round
            .site(&request.site)
            .map_or_else(|| self.surroundings.area.clone(), |site| site.area.clone());
        let form = BookingForm {
            page: BookingPage::Slots,
            round: request.round.clone(),
            brands: person.accepted_brands(round),
            area,
            site: Some(request.site.clone()),
            offers: None,
            slot: None,
            mobile: super::Entry::with(super::form::MOBILE_LENGTH, request.mobile.reveal()),
            mistake: None,
            refused: Some(refused),
        };
        effects.push(Effect::LoadSlots(request.site.clone()));
        self.enter(State::Booking(Box::new(form)));
    }
}

fn choose(form: &mut BookingForm, campaign: &Campaign, touch: Touch) {
    use BookingPage as Page;
    form.mistake = None;
    match (form.page, touch) {
        (Page::Sites, Touch::OtherArea) => form.page = Page::County,
        (Page::County, Touch::County(index)) if index < campaign.counties.len() => {
            form.page = Page::Township(index);
        }
        (Page::Township(_), Touch::Area(area)) if campaign.area(&area).is_some() => {
            form.area = area;
            form.page = Page::Sites;
        }
        (Page::Slots, Touch::Slot(id)) => {
            let chosen = form
                .offers
                .iter()
                .flatten()
                .find(|offer| offer.slot.id == id && !offer.is_full());
            if let Some(offer) = chosen {
                form.slot = Some(offer.slot.clone());
                form.refused = None;
                form.page = Page::Mobile;
            }
        }
        (Page::Mobile, Touch::Key(key)) => form.mobile.press(key),
        (Page::Mobile, Touch::Continue) => match MobileNumber::parse(form.mobile.as_str()) {
            Ok(_) => form.page = Page::Summary,
            Err(_) => form.mistake = Some(Mistake::Mobile),
        },
        (Page::County | Page::Slots, Touch::Back) => form.page = Page::Sites,
        (Page::Township(_), Touch::Back) => form.page = Page::County,
        (Page::Mobile, Touch::Back) => form.page = Page::Slots,
        (Page::Summary, Touch::Back) => form.page = Page::Mobile,
        _ => {}
    }
}
