//! From the last yes to the result: recorded first, then told (nothing lost, nothing twice).

use jiff::Timestamp;

use super::{
    BookingState, Deed, Done, DoneResult, Effect, Notice, PrintStand, SlipRequest, Sound, Stage,
    State, Visit, Working, slips,
};
use crate::operation::{BookingNumber, BookingRequest, OperationId, Outcome, Rejection};

impl Visit {
    pub(super) fn record(&mut self, deed: Deed, effects: &mut Vec<Effect>) {
        effects.push(Effect::Record(Box::new(deed.clone())));
        self.enter(State::Working(Box::new(Working {
            deed,
            stage: Stage::Recording,
        })));
    }

    pub(super) fn recorded(&mut self, id: OperationId, at: Timestamp, effects: &mut Vec<Effect>) {
        let State::Working(working) = &mut self.state else {
            return;
        };
        if working.stage != Stage::Recording {
            return;
        }
        match working.deed.clone() {
            Deed::BookSlot(request) if self.surroundings.line => {
                working.stage = Stage::Answering { id, at };
                self.clock.entered_ms = self.now.monotonic_ms;
                drop(request);
                effects.push(Effect::SendNow(id));
            }
            Deed::BookSlot(request) => self.booking_pending(&request, id, at, effects),
            Deed::SetWillingness(entry) => {
                let slip = self
                    .campaign()
                    .map(|campaign| slips::willingness(campaign, &entry, &id, at))
                    .map(|body| {
                        Box::new(SlipRequest {
                            body,
                            operation: Some(id),
                        })
                    });
                let receipt = id.receipt();
                self.finish(
                    done(DoneResult::WillingnessSet { receipt }, slip),
                    true,
                    effects,
                );
            }
            Deed::CancelWillingness { .. } => {
                self.finish(done(DoneResult::WillingnessCancelled, None), false, effects);
            }
            Deed::IssuePickupSlip(order) => {
                let slip = crate::slip::SlipNumber::of(&id);
                self.show_pickup_slip(&order, &slip, Some(id), effects);
            }
        }
    }

    pub(super) fn slip_exists(
        &mut self,
        slip: &crate::slip::SlipNumber,
        effects: &mut Vec<Effect>,
    ) {
        if let State::Working(working) = &self.state
            && let Deed::IssuePickupSlip(order) = &working.deed
            && working.stage == Stage::Recording
        {
            let order = order.clone();
            self.show_pickup_slip(&order, slip, slip.operation(), effects);
        }
    }

    pub(super) fn record_failed(&mut self, effects: &mut Vec<Effect>) {
        if let State::Working(working) = &self.state
            && working.stage == Stage::Recording
        {
            self.forget(effects);
            self.enter(State::Notice(Notice::RecordFailed));
        }
    }

    pub(super) fn answered(
        &mut self,
        asked: OperationId,
        outcome: Option<Outcome>,
        effects: &mut Vec<Effect>,
    ) {
        let State::Working(working) = &self.state else {
            return;
        };
        let (Stage::Answering { id, at }, Deed::BookSlot(request)) =
            (working.stage, working.deed.clone())
        else {
            return;
        };
        if id != asked {
            return;
        }
        match outcome {
            Some(Outcome::Applied {
                number: Some(number),
            }) => {
                self.booking_confirmed(&request, number, id, at, effects);
            }
            Some(Outcome::Rejected(reason @ (Rejection::SlotFull | Rejection::UnknownTarget)))
                if self.card_in =>
            {
                self.choose_another_slot(&request, reason, effects);
            }
            Some(Outcome::Rejected(reason)) => self.enter(State::Notice(Notice::Refused(reason))),
            // A booking applied without a number is no answer that can be believed.
            Some(Outcome::Applied { number: None } | Outcome::Pending | Outcome::Superseded)
            | None => {
                self.booking_pending(&request, id, at, effects);
            }
        }
    }

    fn booking_confirmed(
        &mut self,
        request: &BookingRequest,
        number: BookingNumber,
        id: OperationId,
        at: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let booking = slips::standing_booking(request, BookingState::Confirmed(number.clone()), at);
        let slip = self.booking_slip(&booking, id);
        let result = DoneResult::Booked {
            number,
            booking: Box::new(booking),
        };
        self.finish(done(result, slip), true, effects);
    }

    fn booking_pending(
        &mut self,
        request: &BookingRequest,
        id: OperationId,
        at: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let receipt = id.receipt();
        let booking = slips::standing_booking(request, BookingState::Pending(receipt.clone()), at);
        let slip = self.booking_slip(&booking, id);
        let result = DoneResult::BookingPending {
            receipt,
            booking: Box::new(booking),
        };
        self.finish(done(result, slip), true, effects);
    }

    fn booking_slip(
        &self,
        booking: &super::StandingBooking,
        id: OperationId,
    ) -> Option<Box<SlipRequest>> {
        let body = slips::booking(self.campaign()?, self.person.as_ref()?, booking)?;
        Some(Box::new(SlipRequest {
            body,
            operation: Some(id),
        }))
    }

    /// Shows the result; the card first, then the slip.
    pub(super) fn finish(&mut self, mut done: Done, print: bool, effects: &mut Vec<Effect>) {
        done.card_out_ms = (!self.card_in).then_some(self.now.monotonic_ms);
        self.clock.touched_ms = self.now.monotonic_ms;
        self.enter(State::Done(Box::new(done)));
        effects.push(Effect::Sound(Sound::Done));
        if print {
            self.begin_print(effects);
        }
    }
}

const fn done(result: DoneResult, slip: Option<Box<SlipRequest>>) -> Done {
    Done {
        result,
        slip,
        print: PrintStand::None,
        card_out_ms: None,
    }
}
