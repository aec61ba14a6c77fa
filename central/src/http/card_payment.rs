//! `POST /v1/payments/card`: the card operator says that a card paid for an order (M9).
//!
//! `Card-Signature: t=SECONDS,v1=HEX` carries the HMAC-SHA256 of `SECONDS.BODY` under the key both
//! sides hold. Told again, by a retry or by whoever recorded the request, it pays nothing twice: the
//! operator's reference and the payment's content are its identity.

use std::sync::{Arc, OnceLock};

use axum::Json;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use hmac::{Hmac, Mac as _};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use utoipa::ToSchema;
use wire::problem::Problem;

use super::{Centre, Refusal, request};
use crate::database;
use crate::masks::payment::{self, Source, Told};

const SIGNATURE: &str = "card-signature";
/// How old a signature may be, or ahead of the centre's clock.
const AGE_MAX: SignedDuration = SignedDuration::from_mins(5);
/// Bytes of a message at most.
const BYTES_MAX: usize = 4096;
/// Characters of a reference at most.
const REFERENCE_MAX: usize = 64;

/// The key shared with the card operator; without one no card payment is believed.
#[derive(Default)]
pub struct CardKey(OnceLock<Vec<u8>>);

impl std::fmt::Debug for CardKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CardKey(…)")
    }
}

impl CardKey {
    /// Believes messages under this key; only the first is taken.
    pub fn set(&self, key: Vec<u8>) {
        // A second key would be a fault of the caller and must not replace the first.
        let _ = self.0.set(key);
    }

    /// Whether the header signs the body, now.
    fn verifies(&self, header: &str, body: &[u8], now: Timestamp) -> bool {
        let verified = || {
            let (time, signature) = header.strip_prefix("t=")?.split_once(",v1=")?;
            let signed_at = Timestamp::from_second(time.parse().ok()?).ok()?;
            let signature = from_hexadecimal(signature)?;
            let mut mac = Hmac::<Sha256>::new_from_slice(self.0.get()?).ok()?;
            mac.update(time.as_bytes());
            mac.update(b".");
            mac.update(body);
            mac.verify_slice(&signature).ok()?;
            Some(now.duration_since(signed_at).abs() <= AGE_MAX)
        };
        verified().unwrap_or(false)
    }
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// A card's payment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CardPayment {
    /// The card operator's own number of it.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9-]+$")]
    reference: String,
    /// The order's payment account.
    #[schema(pattern = "^[0-9]{1,20}$")]
    account: String,
    /// NT$.
    amount_twd: u32,
    /// When the card was charged.
    #[schema(value_type = String, format = DateTime)]
    paid_at: Timestamp,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CardReply {
    /// `accepted`, or why it pays for nothing and is to be charged back.
    verdict: String,
    /// Whether it was told before.
    repeated: bool,
}

/// A card paid for an order. For the card operator.
#[utoipa::path(post, path = "/v1/payments/card", tag = "masks",
    params(("Card-Signature" = String, Header)), request_body = CardPayment,
    responses((status = OK, body = CardReply),
    (status = BAD_REQUEST, body = Problem, content_type = "application/problem+json"),
    (status = UNAUTHORIZED, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn pay(
    State(centre): State<Arc<Centre>>,
    http: Request,
) -> Result<Json<CardReply>, Refusal> {
    let (parts, body) = http.into_parts();
    let body = request::body(&parts.headers, body, BYTES_MAX).await?;
    let now = centre.clock.now();
    if !centre
        .card_key
        .verifies(signature(&parts.headers), &body, now)
    {
        return Err(Refusal::not_authentic(
            "The message is not signed by the card operator, or too long ago.",
        ));
    }
    let paid: CardPayment = request::json(&body)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let reference = &paid.reference;
    if !(1..=REFERENCE_MAX).contains(&reference.len()) || !reference.bytes().all(plain) {
        return Err(Refusal::malformed("reference"));
    }
    let account = &paid.account;
    if !(1..=20).contains(&account.len()) || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::malformed("account"));
    }
    let published = {
        let client = database::connection(&centre.pool).await?;
        centre.campaigns.newest(&client).await?
    };
    let campaign = published.as_ref().map(|published| &published.campaign);
    let told = Told {
        source: Source::Card,
        reference: paid.reference,
        account: paid.account,
        amount_twd: paid.amount_twd,
        paid_at: paid.paid_at,
        file: None,
    };
    let verdict = payment::take(&centre.pool, campaign, &told, now).await?;
    Ok(Json(CardReply {
        verdict: verdict.code,
        repeated: verdict.repeated,
    }))
}

fn signature(headers: &HeaderMap) -> &str {
    headers
        .get(SIGNATURE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects M9: only whoever holds the key says that a card paid, about these bytes, now. The
    /// signature is of Python's `hmac.new(b"k" * 32, b"1585454400.{}", "sha256")`.
    #[test]
    fn m9_only_the_card_operator_is_believed() {
        let key = CardKey::default();
        let header =
            "t=1585454400,v1=fa4be89f03f55d4b12726908138edaf38240900e6a4eb5268a279c219c3559cb";
        let now = Timestamp::from_second(1_585_454_400 + 299).unwrap();
        assert!(!key.verifies(header, b"{}", now), "no key is held");
        key.set(vec![b'k'; 32]);
        assert!(key.verifies(header, b"{}", now));
        let late = Timestamp::from_second(1_585_454_400 + 301).unwrap();
        assert!(!key.verifies(header, b"{}", late));
        assert!(!key.verifies(header, b"{ }", now));
        for wrong in [
            "",
            "t=1585454400",
            "t=1585454401,v1=fa4be89f03f55d4b12726908138edaf38240900e6a4eb5268a279c219c3559cb",
            "t=1585454400,v1=",
            "t=x,v1=fa4be89f03f55d4b12726908138edaf38240900e6a4eb5268a279c219c3559cb",
        ] {
            assert!(!key.verifies(wrong, b"{}", now), "{wrong}");
        }
    }
}
