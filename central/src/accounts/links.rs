//! Links in e-mails: a registration confirmed (R1), a password set (R4). One use, one day.

use deadpool_postgres::Transaction;
use domain::{EmailAddress, MobileNumber};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use wording::Language;

use super::{Account, RegisteredBy};
use crate::notices::{self, Kind, Notice, Recipient};
use crate::{CentralError, accounts, sessions};

/// How long a link can be opened.
const LASTS: SignedDuration = SignedDuration::from_hours(24);

/// What a link will do.
pub enum Purpose<'a> {
    /// Registers these particulars.
    Registration {
        /// For texts.
        mobile: &'a MobileNumber,
        /// The password's hash.
        password: &'a str,
    },
    /// Lets a password be set.
    Password,
}

/// Makes a link and writes the e-mail that brings it.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Json`].
pub async fn send(
    transaction: &Transaction<'_>,
    person: Uuid,
    purpose: &Purpose<'_>,
    email: &EmailAddress,
    public_address: &str,
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "making a link";
    let (token, hash) = sessions::new_token();
    let (word, page, kind, mobile, password) = match purpose {
        Purpose::Registration { mobile, password } => (
            "registration",
            "confirm",
            Kind::RegistrationLink,
            Some(mobile.reveal()),
            Some(*password),
        ),
        Purpose::Password => ("password", "password", Kind::PasswordLink, None, None),
    };
    let expires_at = now.checked_add(LASTS).unwrap_or(Timestamp::MAX);
    transaction
        .execute(
            "INSERT INTO link_codes (token_hash, person_id, purpose, mobile, email, password, \
             expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                &hash.as_slice(),
                &person,
                &word,
                &mobile,
                &email.reveal(),
                &password,
                &expires_at,
            ],
        )
        .await
        .map_err(CentralError::database(during))?;
    // After the `#` nothing is sent to any server, so the token reaches no log.
    let link = format!("{public_address}/{page}#{token}");
    let notice = Notice {
        kind,
        recipient: Recipient::Email(email),
        language: Language::TraditionalChinese,
        arguments: &[("link", &link)],
        due_at: now,
    };
    notices::enqueue(transaction, &notice, now).await
}

/// Uses up a registration's link: the account stands from now on. `None` when there is no such
/// link, or not any more.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn confirm_registration(
    transaction: &Transaction<'_>,
    token: &str,
    now: Timestamp,
) -> Result<Option<Uuid>, CentralError> {
    let during = "confirming a registration";
    let row = transaction
        .query_opt(
            "UPDATE link_codes SET used_at = $2 WHERE token_hash = $1 AND purpose = 'registration' \
             AND used_at IS NULL AND expires_at > $2 RETURNING person_id, mobile, email, password",
            &[&sessions::token_hash(token).as_slice(), &now],
        )
        .await
        .map_err(CentralError::database(during))?;
    let Some(row) = row else {
        return Ok(None);
    };
    let stored = || CentralError::Stored { what: "link" };
    let person: Uuid = row.get(0);
    let mobile = MobileNumber::parse(row.get::<_, Option<&str>>(1).ok_or_else(stored)?)
        .map_err(|_| stored())?;
    let email = row
        .get::<_, Option<&str>>(2)
        .and_then(|text| EmailAddress::parse(text).ok())
        .ok_or_else(stored)?;
    let password: Option<String> = row.get(3);
    tell_of_change(transaction, person, now).await?;
    accounts::keep(
        transaction,
        person,
        &mobile,
        Some(&email),
        password.as_deref(),
        RegisteredBy::Link,
        now,
    )
    .await?;
    sessions::end_all(transaction, person, now).await?;
    transaction
        .execute(
            "UPDATE link_codes SET mobile = NULL, email = NULL, password = NULL \
             WHERE token_hash = $1",
            &[&sessions::token_hash(token).as_slice()],
        )
        .await
        .map_err(CentralError::database(during))?;
    Ok(Some(person))
}

/// Uses up a password's link (R4).
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn set_password(
    transaction: &Transaction<'_>,
    token: &str,
    password: &str,
    now: Timestamp,
) -> Result<Option<Uuid>, CentralError> {
    let row = transaction
        .query_opt(
            "UPDATE link_codes SET used_at = $2 WHERE token_hash = $1 AND purpose = 'password' \
             AND used_at IS NULL AND expires_at > $2 RETURNING person_id",
            &[&sessions::token_hash(token).as_slice(), &now],
        )
        .await
        .map_err(CentralError::database("using a password's link"))?;
    let Some(person) = row.map(|row| row.get(0)) else {
        return Ok(None);
    };
    accounts::set_password(transaction, person, password).await?;
    sessions::end_all(transaction, person, now).await?;
    tell_of_change(transaction, person, now).await?;
    Ok(Some(person))
}

/// Tells the particulars that stood before, so that nobody is registered over unawares.
async fn tell_of_change(
    transaction: &Transaction<'_>,
    person: Uuid,
    now: Timestamp,
) -> Result<(), CentralError> {
    match accounts::find(transaction, person).await? {
        Some(before) => tell(transaction, &before, now).await,
        None => Ok(()),
    }
}

/// Tells whoever stood before of a change.
pub(crate) async fn tell(
    transaction: &Transaction<'_>,
    before: &Account,
    now: Timestamp,
) -> Result<(), CentralError> {
    let notice = Notice {
        kind: Kind::AccountChanged,
        recipient: match &before.email {
            Some(email) => Recipient::Email(email),
            None => Recipient::Text(&before.mobile),
        },
        language: Language::TraditionalChinese,
        arguments: &[],
        due_at: now,
    };
    notices::enqueue(transaction, &notice, now).await
}
