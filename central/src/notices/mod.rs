//! What people are told by text and e-mail (M19, R1): written with its cause, sent later.

mod gateway;
mod worker;

pub use gateway::{Delivery, FileGateway, Message, NoticeGateway};
pub use worker::run;

use deadpool_postgres::{GenericClient, Transaction};
use domain::{EmailAddress, MobileNumber};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use wording::Language;

use crate::CentralError;

/// How long it can be seen that something was sent, and to whom.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

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
    /// A mask order got its masks and can be paid (M8, M9): `round`, `price`, `until`.
    MaskOrderWon = "mask-order-won",
    /// A mask order got none (M8): `round`.
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
    enqueue_all(transaction, std::slice::from_ref(notice), now).await
}

/// Writes many notices in the transaction of their cause, in one statement.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Json`].
pub async fn enqueue_all(
    transaction: &Transaction<'_>,
    notices: &[Notice<'_>],
    now: Timestamp,
) -> Result<(), CentralError> {
    if notices.is_empty() {
        return Ok(());
    }
    let during = "writing notices";
    let arguments = |notice: &Notice<'_>| {
        let named: std::collections::BTreeMap<_, _> = notice.arguments.iter().copied().collect();
        serde_json::to_string(&named).map_err(|source| CentralError::Json { source })
    };
    let statement = transaction
        .prepare_cached(
            "INSERT INTO notices (notice_id, kind, way, recipient, language, arguments, \
             created_at, due_at, claimed_until) SELECT notice_id, kind, way, recipient, language, \
             arguments, $7, due_at, $7 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], \
             $5::text[], $6::text[], $8::timestamptz[]) \
             AS row (notice_id, kind, way, recipient, language, arguments, due_at)",
        )
        .await
        .map_err(CentralError::database(during))?;
    let (mut ways, mut recipients) = (Vec::new(), Vec::new());
    for notice in notices {
        let (way, recipient) = match notice.recipient {
            Recipient::Text(mobile) => ("text", mobile.reveal()),
            Recipient::Email(address) => ("email", address.reveal()),
        };
        ways.push(way);
        recipients.push(recipient);
    }
    let ids: Vec<Uuid> = notices.iter().map(|_| Uuid::now_v7()).collect();
    let kinds: Vec<&str> = notices.iter().map(|notice| notice.kind.code()).collect();
    let languages: Vec<&str> = notices.iter().map(|notice| notice.language.tag()).collect();
    let arguments: Vec<String> = notices.iter().map(arguments).collect::<Result<_, _>>()?;
    let due: Vec<Timestamp> = notices.iter().map(|notice| notice.due_at).collect();
    transaction
        .execute(
            &statement,
            &[
                &ids,
                &kinds,
                &ways,
                &recipients,
                &languages,
                &arguments,
                &now,
                &due,
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

/// Deletes what was sent a day ago, its recipient with it; gives how many.
///
/// # Errors
/// [`CentralError::Database`].
pub(crate) async fn forget_sent(
    client: &impl GenericClient,
    now: Timestamp,
) -> Result<u64, CentralError> {
    client
        .execute("DELETE FROM notices WHERE sent_at < $1", &[&(now - KEPT)])
        .await
        .map_err(CentralError::database("deleting sent notices"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use wording::Wording;

    /// Protects whoever is told something: every kind has its words in every language.
    #[test]
    fn every_kind_has_its_words() {
        for language in Language::SCREENS {
            let wording = Wording::load(language).unwrap();
            for kind in Kind::ALL {
                assert!(wording.has(&format!("notice-{}", kind.code())));
                assert!(wording.has(&format!("notice-{}-subject", kind.code())));
            }
        }
    }
}
