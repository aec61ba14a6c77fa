//! A card registered at a terminal (R1, R6): the card in the reader is the proof, and the place counts
//! as appointed, so that nothing has to be confirmed by e-mail.

use domain::channel::{Act, permits};
use domain::operation::{Outcome, Rejection};
use domain::registration::CardRegistration;

use super::{Context, Stop};
use crate::accounts::links::{self, Purpose};
use crate::accounts::{self, RegisteredBy};

impl Context<'_> {
    /// Registers at once; the latest by the moment it was recorded stands. A password set before stays;
    /// whoever has none is sent the link that sets one, for none is typed at a terminal.
    pub(super) async fn register_card(&self, entry: &CardRegistration) -> Result<Outcome, Stop> {
        if !self.channel.is_terminal() || !permits(self.channel, Act::RegisterCard) {
            return Err(Rejection::UnknownTarget.into());
        }
        let person = self.verified(&entry.person, &entry.card).await?;
        let registered_by = if self.channel.is_counter() {
            RegisteredBy::Counter
        } else {
            RegisteredBy::Terminal
        };
        let before = accounts::find(self.transaction, person.id).await?;
        let kept = accounts::keep_recorded(
            self.transaction,
            person.id,
            (&entry.mobile, &entry.email),
            registered_by,
            self.judged_at,
        );
        if !kept.await? {
            return Ok(Outcome::Superseded);
        }
        if let Some(before) = &before {
            links::tell(self.transaction, before, self.now).await?;
        }
        if before.is_none_or(|before| before.password.is_none()) {
            links::send(
                self.transaction,
                person.id,
                &Purpose::Password,
                &entry.email,
                self.public_address,
                self.now,
            )
            .await?;
        }
        Ok(Outcome::Applied { number: None })
    }
}
