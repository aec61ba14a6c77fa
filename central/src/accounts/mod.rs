//! Accounts of people for services without a terminal (R1–R7).

pub mod batch;
pub mod codes;
pub mod links;
pub mod mobile_operator;
pub mod papers;

use deadpool_postgres::GenericClient;
use domain::{EmailAddress, MobileNumber};
use jiff::Timestamp;
use uuid::Uuid;

use crate::CentralError;

/// Who registered a card (R1, R3, R6, R7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisteredBy {
    /// The person, on the web, by the link in an e-mail.
    Link,
    /// The person, at a terminal (R1).
    Terminal,
    /// The quick mobile check (R3).
    MobileCheck,
    /// Staff at an NHI counter (R6).
    Counter,
    /// The insured employer (R7).
    Employer,
}

impl RegisteredBy {
    const fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Terminal => "terminal",
            Self::MobileCheck => "mobile-check",
            Self::Counter => "counter",
            Self::Employer => "employer",
        }
    }
}

/// What somebody is reached and signed in by.
#[derive(Debug)]
pub struct Account {
    /// For texts.
    pub mobile: MobileNumber,
    /// For e-mails; none after a quick mobile check.
    pub email: Option<EmailAddress>,
    /// The password's hash; none until one is set.
    pub password: Option<String>,
}

/// The account of a person.
///
/// # Errors
/// [`CentralError::Database`] or [`CentralError::Stored`].
pub async fn find(
    client: &impl GenericClient,
    person: Uuid,
) -> Result<Option<Account>, CentralError> {
    let during = "finding an account";
    let statement = client
        .prepare_cached("SELECT mobile, email, password FROM accounts WHERE person_id = $1")
        .await
        .map_err(CentralError::database(during))?;
    let row = client
        .query_opt(&statement, &[&person])
        .await
        .map_err(CentralError::database(during))?;
    let stored = || CentralError::Stored { what: "account" };
    row.map(|row| {
        let email = row.get::<_, Option<&str>>(1);
        Ok(Account {
            mobile: MobileNumber::parse(row.get(0)).map_err(|_| stored())?,
            email: email
                .map(|text| EmailAddress::parse(text).map_err(|_| stored()))
                .transpose()?,
            password: row.get(2),
        })
    })
    .transpose()
}

/// Makes or changes an account; what is `None` stays as it was. One account a person, whichever
/// residence number was given (I4).
///
/// # Errors
/// [`CentralError::Database`].
pub async fn keep(
    client: &impl GenericClient,
    person: Uuid,
    mobile: &MobileNumber,
    email: Option<&EmailAddress>,
    password: Option<&str>,
    registered_by: RegisteredBy,
    now: Timestamp,
) -> Result<(), CentralError> {
    let during = "keeping an account";
    let statement = client
        .prepare_cached(
            "INSERT INTO accounts AS account (person_id, mobile, email, password, registered_at, \
             registered_by, given_at) VALUES ($1, $2, $3, $4, $5, $6, $5) \
             ON CONFLICT (person_id) DO UPDATE SET given_at = excluded.given_at, \
             mobile = excluded.mobile, email = coalesce(excluded.email, account.email), \
             password = coalesce(excluded.password, account.password)",
        )
        .await
        .map_err(CentralError::database(during))?;
    client
        .execute(
            &statement,
            &[
                &person,
                &mobile.reveal(),
                &email.map(EmailAddress::reveal),
                &password,
                &now,
                &registered_by.code(),
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}

/// Makes or changes an account by what a terminal recorded, perhaps without the line: the latest by
/// that moment stands. False where something newer stands.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn keep_recorded(
    client: &impl GenericClient,
    person: Uuid,
    (mobile, email): (&MobileNumber, &EmailAddress),
    registered_by: RegisteredBy,
    recorded_at: Timestamp,
) -> Result<bool, CentralError> {
    let during = "keeping a terminal's registration";
    let statement = client
        .prepare_cached(
            "INSERT INTO accounts AS account (person_id, mobile, email, registered_at, \
             registered_by, given_at) VALUES ($1, $2, $3, $4, $5, $4) \
             ON CONFLICT (person_id) DO UPDATE SET given_at = excluded.given_at, \
             mobile = excluded.mobile, email = excluded.email \
             WHERE account.given_at IS NULL OR account.given_at <= excluded.given_at",
        )
        .await
        .map_err(CentralError::database(during))?;
    let (mobile, email) = (mobile.reveal(), email.reveal());
    client
        .execute(
            &statement,
            &[
                &person,
                &mobile,
                &email,
                &recorded_at,
                &registered_by.code(),
            ],
        )
        .await
        .map(|kept| kept == 1)
        .map_err(CentralError::database(during))
}

/// Makes an account for somebody who has none; one that stands stays as it is, which is false.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn register_new(
    client: &impl GenericClient,
    person: Uuid,
    (mobile, email): (&MobileNumber, &EmailAddress),
    registered_by: RegisteredBy,
    now: Timestamp,
) -> Result<bool, CentralError> {
    let during = "registering a person";
    let statement = client
        .prepare_cached(
            "INSERT INTO accounts (person_id, mobile, email, registered_at, registered_by, \
             given_at) VALUES ($1, $2, $3, $4, $5, $4) ON CONFLICT (person_id) DO NOTHING",
        )
        .await
        .map_err(CentralError::database(during))?;
    let (mobile, email) = (mobile.reveal(), email.reveal());
    client
        .execute(
            &statement,
            &[&person, &mobile, &email, &now, &registered_by.code()],
        )
        .await
        .map(|made| made == 1)
        .map_err(CentralError::database(during))
}

/// Sets the password of an account.
///
/// # Errors
/// [`CentralError::Database`].
pub async fn set_password(
    client: &impl GenericClient,
    person: Uuid,
    password: &str,
) -> Result<(), CentralError> {
    client
        .execute(
            "UPDATE accounts SET password = $2 WHERE person_id = $1",
            &[&person, &password],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database("setting a password"))
}
