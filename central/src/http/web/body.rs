//! What people send, read into what the rules know.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use domain::{CardNumber, EmailAddress, MobileNumber, PersonNumber};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use crate::accounts::papers::Papers;
use crate::http::{Centre, Refusal, request};

/// Bytes of what a person sends at most.
const BYTES_MAX: usize = 16 * 1024;

/// A JSON body.
pub(in crate::http) struct Asked<T>(pub(in crate::http) T);

impl<T: DeserializeOwned> FromRequest<Arc<Centre>> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request(http: Request, _: &Arc<Centre>) -> Result<Self, Refusal> {
        let (parts, body) = http.into_parts();
        let body = request::body(&parts.headers, body, BYTES_MAX).await?;
        request::json(&body).map(Self)
    }
}

/// Papers shown beside the card (R1).
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::http) enum PapersMessage {
    /// Of a national.
    Household {
        /// The household number.
        #[schema(min_length = 1, max_length = 20)]
        number: String,
        /// The household's address.
        #[schema(min_length = 1, max_length = 200)]
        address: String,
    },
    /// Of a foreigner.
    ResidencePermit {
        /// The permit's number.
        #[schema(min_length = 1, max_length = 20)]
        number: String,
    },
}

impl PapersMessage {
    pub(in crate::http) fn read(self) -> Result<Papers, Refusal> {
        let field = |name, text: String, length_max| {
            let length = text.chars().count();
            if (1..=length_max).contains(&length) {
                Ok(text)
            } else {
                Err(Refusal::malformed(name))
            }
        };
        Ok(match self {
            Self::Household { number, address } => Papers::Household {
                number: field("papers.number", number, 20)?,
                address: field("papers.address", address, 200)?,
            },
            Self::ResidencePermit { number } => Papers::ResidencePermit {
                number: field("papers.number", number, 20)?,
            },
        })
    }
}

pub(in crate::http) fn person(text: &str) -> Result<PersonNumber, Refusal> {
    PersonNumber::parse(text).map_err(|_| Refusal::malformed("person"))
}

pub(in crate::http) fn card(text: &str) -> Result<CardNumber, Refusal> {
    CardNumber::parse(text).map_err(|_| Refusal::malformed("card"))
}

pub(in crate::http) fn mobile(text: &str) -> Result<MobileNumber, Refusal> {
    MobileNumber::parse(text).map_err(|_| Refusal::malformed("mobile"))
}

pub(in crate::http) fn email(text: &str) -> Result<EmailAddress, Refusal> {
    EmailAddress::parse(text).map_err(|_| Refusal::malformed("email"))
}
