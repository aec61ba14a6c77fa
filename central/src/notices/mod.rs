//! What people are told by text and e-mail (M19, R1): written with its cause, sent later.

mod gateway;
mod worker;

pub use gateway::{Delivery, FileGateway, Message, NoticeGateway};
pub use worker::run;

use deadpool_postgres::Transaction;
use domain::{EmailAddress, MobileNumber};
use jiff::Timestamp;
use uuid::Uuid;
use wording::Language;

use crate::CentralError;

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What a notice says; `notice-CODE` and `notice-CODE-subject` are its texts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($(#[$meta])* $name),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code, in rows and in the keys of texts.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

kinds! {
    /// The link that confirms a registration (R1): `link`.
    RegistrationLink = "registration-link",
    /// The link that sets a password (R4): `link`.
    PasswordLink = "password-link",
    /// Somebody registered anew or set a password.
    AccountChanged = "account-changed",
    /// An app was bound (R2).
    DeviceBound = "device-bound",
    /// A slot was booked (V8): `number`, `date`, `start`, `site`.
    Booked = "booked",
    /// A booking was cancelled (V10): `number`.
    BookingCancelled = "booking-cancelled",
    /// A mask order got its masks and can be paid (M8, M9).
    MaskOrderWon = "mask-order-won",
    /// A mask order got none (M8).
    MaskOrderLost = "mask-order-lost",
    /// A paid order can be fetched (M19): `number`, `store`, `first`, `last`.
    MaskPickup = "mask-pickup",
    /// A store closed; its orders are fetched at another (M11): `store`.
    MaskStoreMoved = "mask-store-moved",
}

/// Where a notice goes.
#[derive(Debug, Clone, Copy)]
pub enum Recipient<'a> {
    /// A text message.
    Text(&'a MobileNumber),
    /// An e-mail.
    Email(&'a EmailAddress),
}

/// Something a person is to be told.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// What.
    pub kind: Kind,
    /// Where to.
    pub recipient: Recipient<'a>,
    /// In which language.
    pub language: Language,
    /// What fills the `{ $name }` places of its text.
    pub arguments: &'a [(&'a str, &'a str)],
    /// Not before.
    pub due_at: Timestamp,
}

/// Writes a notice in the transaction of its cause: it is sent if and only if that is committed.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Json`].
pub async fn enqueue(
    transaction: &Transaction<'_>,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "writing a notice";
    let arguments: std::collections::BTreeMap<_, _> = notice.arguments.iter().copied().collect();
    let arguments =
        serde_json::to_string(&arguments).map_err(|source| CentralError::Json { source })?;
    let (way, recipient) = match notice.recipient {
        Recipient::Text(mobile) => ("text", mobile.reveal()),
        Recipient::Email(address) => ("email", address.reveal()),
    };
    let statement = transaction
        .prepare_cached(
            "INSERT INTO notices (notice_id, kind, way, recipient, language, arguments, \
             created_at, due_at, claimed_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)",
        )
        .await
        .map_err(CentralError::database(during))?;
    transaction
        .execute(
            &statement,
            &[
                &Uuid::now_v7(),
                &notice.kind.code(),
                &way,
                &recipient,
                &notice.language.tag(),
                &arguments,
                &now,
                &notice.due_at,
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use wording::Wording;

    /// Protects whoever is told something: every kind has its words in every language.
    #[test]
    fn every_kind_has_its_words() {
        for language in Language::ALL {
            let wording = Wording::load(language).unwrap();
            for kind in Kind::ALL {
                assert!(wording.has(&format!("notice-{}", kind.code())));
                assert!(wording.has(&format!("notice-{}-subject", kind.code())));
            }
        }
    }
}
