//! What people are told by text message or e-mail (M19, R1, R4): written into an outbox in the
//! transaction of its cause, so that it is told exactly when it happened, and delivered at least
//! once, with the notice's id as its identity.

mod gateway;
mod kind;
mod outbox;
mod worker;

use deadpool_postgres::Transaction;
use jiff::Timestamp;
use uuid::Uuid;
use wording::Language;

pub use gateway::{FileGateway, Gateway, Message};
pub use kind::Kind;
pub(crate) use outbox::erase_old;
pub use worker::run;

use crate::CentralError;

/// By which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A text message to a mobile number.
    Text,
    /// An e-mail.
    Email,
}

impl Way {
    /// The stable code, in the database and to the gateway.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Text, Self::Email]
            .into_iter()
            .find(|way| way.code() == code)
    }
}

/// Something to tell a person.
pub struct Notice<'a> {
    /// Whom.
    pub person: Uuid,
    /// What.
    pub kind: Kind<'a>,
    /// How.
    pub way: Way,
    /// To which number or address; `None` stands for that of the person's account, and nothing is
    /// told where there is none.
    pub address: Option<&'a str>,
    /// In which language.
    pub language: Language,
}

/// Puts a notice into the outbox, in its cause's transaction.
///
/// # Errors
/// [`CentralError::Database`]; the cause must not be committed then.
pub async fn enqueue(
    transaction: &Transaction<'_>,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<(), CentralError> {
    enqueue_all(transaction, std::slice::from_ref(notice), now).await
}

/// Many at once, in one statement.
///
/// # Errors
/// [`CentralError::Database`]; the cause must not be committed then.
pub async fn enqueue_all(
    transaction: &Transaction<'_>,
    notices: &[Notice<'_>],
    now: Timestamp,
) -> Result<(), CentralError> {
    if notices.is_empty() {
        return Ok(());
    }
    let during = "telling people";
    let statement = transaction
        .prepare_cached(
            "INSERT INTO notices (notice_id, person_id, kind, way, language, address, facts, \
             enqueued_at, due_at) SELECT told.notice_id, told.person_id, told.kind, told.way, \
             told.language, coalesce(told.address, CASE told.way WHEN 'text' THEN account.mobile \
             ELSE account.email END), told.facts, $8, $8 \
             FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], \
             $7::text[]) AS told (notice_id, person_id, kind, way, language, address, facts) \
             LEFT JOIN accounts AS account ON account.person_id = told.person_id \
             WHERE coalesce(told.address, CASE told.way WHEN 'text' THEN account.mobile \
             ELSE account.email END) IS NOT NULL",
        )
        .await
        .map_err(CentralError::database(during))?;
    let ids: Vec<Uuid> = notices.iter().map(|_| Uuid::now_v7()).collect();
    let people: Vec<Uuid> = notices.iter().map(|notice| notice.person).collect();
    let kinds: Vec<&str> = notices.iter().map(|notice| notice.kind.code()).collect();
    let ways: Vec<&str> = notices.iter().map(|notice| notice.way.code()).collect();
    let languages: Vec<&str> = notices.iter().map(|notice| notice.language.tag()).collect();
    let addresses: Vec<Option<&str>> = notices.iter().map(|notice| notice.address).collect();
    let facts: Vec<String> = notices.iter().map(|notice| notice.kind.facts()).collect();
    transaction
        .execute(
            &statement,
            &[
                &ids, &people, &kinds, &ways, &languages, &addresses, &facts, &now,
            ],
        )
        .await
        .map(|_| ())
        .map_err(CentralError::database(during))
}
