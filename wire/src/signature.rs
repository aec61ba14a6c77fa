//! HTTP message signatures of a device: a subset of RFC 9421 with RFC 9530 digests.
//!
//! Covered are `@method`, `@path` and, where there is a body, `content-digest`; parameters are
//! `created`, `keyid` (`T00042:1`, device and epoch), `nonce` and `alg="ed25519"`. A request with a
//! query is not covered and must be refused by whoever verifies.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::operation::DeviceId;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jiff::Timestamp;
use sfv::{DictSerializer, Dictionary, InnerList, KeyRef, ListEntry, Parser, StringRef, key_ref};
use sha2::{Digest as _, Sha256};

use crate::WireError;

/// Header with the digest of the body (RFC 9530).
pub const CONTENT_DIGEST: &str = "content-digest";
/// Header that says what is signed (RFC 9421).
pub const SIGNATURE_INPUT: &str = "signature-input";
/// Header with the signature (RFC 9421).
pub const SIGNATURE: &str = "signature";
/// How far `created` may lie from the verifier's clock, either way, in seconds.
pub const CLOCK_TOLERANCE_S: i64 = 300;

const MESSAGE: &str = "request";
const LABEL: &KeyRef = key_ref("sig1");
const DIGEST_ALGORITHM: &KeyRef = key_ref("sha-256");

/// The parts of a request that are signed.
#[derive(Debug, Clone, Copy)]
pub struct SignedRequest<'a> {
    /// The method in upper case.
    pub method: &'a str,
    /// The path from the first `/`, without a query.
    pub path: &'a str,
    /// The body; empty where there is none.
    pub body: &'a [u8],
}

/// The three headers, as sent or as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureHeaders {
    /// [`CONTENT_DIGEST`]; `None` without a body.
    pub content_digest: Option<String>,
    /// [`SIGNATURE_INPUT`].
    pub signature_input: String,
    /// [`SIGNATURE`].
    pub signature: String,
}

/// Whose key signed: `T00042:1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId {
    /// The device.
    pub device: DeviceId,
    /// The epoch in which the key was registered.
    pub epoch: u32,
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.device, self.epoch)
    }
}

impl KeyId {
    /// Reads `T00042:1`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (device, epoch) = text.strip_prefix('T')?.split_once(':')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if device.len() != 5 || epoch.starts_with('0') || !digits(device) || !digits(epoch) {
            return None;
        }
        Some(Self {
            device: DeviceId::new(device.parse().ok()?)?,
            epoch: epoch.parse().ok()?,
        })
    }
}

/// Signs a request. `created` is the device's clock corrected by the centre's; `nonce` is random
/// and new for every request.
///
/// # Errors
/// [`WireError::Signature`] where `created` lies outside what the header can carry.
pub fn sign(
    request: &SignedRequest<'_>,
    signer: KeyId,
    created: Timestamp,
    nonce: [u8; 16],
    key: &SigningKey,
) -> Result<SignatureHeaders, WireError> {
    let created = sfv::Integer::try_from(created.as_second()).map_err(|_| not_authentic())?;
    let content_digest = (!request.body.is_empty()).then(|| digest_header(request.body));
    let signer = signer.to_string();
    let nonce = URL_SAFE_NO_PAD.encode(nonce);
    let text = |text| StringRef::from_str(text).map_err(|_| not_authentic());

    let mut input = DictSerializer::new();
    let mut components = input.inner_list(LABEL);
    for component in covered(content_digest.is_some()) {
        components.bare_item(text(component)?);
    }
    components
        .finish()
        .parameter(key_ref("created"), created)
        .parameter(key_ref("keyid"), text(&signer)?)
        .parameter(key_ref("nonce"), text(&nonce)?)
        .parameter(key_ref("alg"), text("ed25519")?);
    let signature_input = input.finish().ok_or_else(not_authentic)?;
    let parameters = &signature_input[LABEL.as_str().len() + 1..];

    let base = signature_base(request, content_digest.as_deref(), parameters);
    let signature = key.sign(base.as_bytes());
    let mut field = DictSerializer::new();
    field.bare_item(LABEL, signature.to_bytes().as_slice());
    Ok(SignatureHeaders {
        content_digest,
        signature: field.finish().ok_or_else(not_authentic)?,
        signature_input,
    })
}

/// Whose key a request claims to be signed with: to look the key up before [`verify`].
///
/// # Errors
/// [`WireError::Signature`] where the header does not parse or names no device.
pub fn claimed_signer(headers: &SignatureHeaders) -> Result<KeyId, WireError> {
    Claim::parse(headers).map(|claim| claim.signer)
}

/// Verifies a request against the key of its [`claimed_signer`], with the verifier's clock. The
/// nonce is given back, for a verifier that remembers the ones it saw.
///
/// # Errors
/// [`WireError::Signature`], [`WireError::Hash`] where the body is another, [`WireError::Stale`]
/// where it was signed more than [`CLOCK_TOLERANCE_S`] before or after `now`.
pub fn verify(
    request: &SignedRequest<'_>,
    headers: &SignatureHeaders,
    key: &VerifyingKey,
    now: Timestamp,
) -> Result<String, WireError> {
    let claim = Claim::parse(headers)?;
    let has_body = !request.body.is_empty();
    if claim.components != covered(has_body) {
        return Err(not_authentic());
    }
    let digest = headers.content_digest.as_deref().map(str::trim);
    if has_body {
        verify_digest(digest.ok_or_else(not_authentic)?, request.body)?;
    }
    let base = signature_base(request, digest.filter(|_| has_body), &claim.parameters);
    let signature = signature_bytes(&headers.signature).ok_or_else(not_authentic)?;
    let signature = Signature::from_slice(&signature).map_err(|_| not_authentic())?;
    key.verify_strict(base.as_bytes(), &signature)
        .map_err(|_| not_authentic())?;
    let age_s = now.as_second().saturating_sub(claim.created_s);
    if age_s.abs() > CLOCK_TOLERANCE_S {
        return Err(WireError::Stale { message: MESSAGE });
    }
    Ok(claim.nonce)
}

/// `Content-Digest` of a body.
#[must_use]
pub fn digest_header(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

/// What `Signature-Input` says.
struct Claim {
    components: Vec<String>,
    signer: KeyId,
    created_s: i64,
    nonce: String,
    /// The value of `@signature-params`.
    parameters: String,
}

impl Claim {
    fn parse(headers: &SignatureHeaders) -> Result<Self, WireError> {
        let fields: Dictionary = Parser::new(&headers.signature_input)
            .parse()
            .map_err(|_| not_authentic())?;
        match fields.get(LABEL) {
            Some(ListEntry::InnerList(list)) => Self::of(list, &fields).ok_or_else(not_authentic),
            Some(ListEntry::Item(_)) | None => Err(not_authentic()),
        }
    }

    fn of(list: &InnerList, fields: &Dictionary) -> Option<Self> {
        let text = |name: &str| Some(list.params.get(name)?.as_string()?.as_str().to_owned());
        let components = list
            .items
            .iter()
            .map(|item| {
                let plain = item.params.is_empty();
                item.bare_item
                    .as_string()
                    .filter(|_| plain)
                    .map(|name| name.as_str().to_owned())
            })
            .collect::<Option<Vec<_>>>()?;
        if text("alg")? != "ed25519" {
            return None;
        }
        let mut serializer = DictSerializer::new();
        serializer.members(fields.iter().filter(|(key, _)| **key == *LABEL));
        let serialized = serializer.finish()?;
        Some(Self {
            components,
            signer: KeyId::parse(&text("keyid")?)?,
            created_s: i64::from(list.params.get("created")?.as_integer()?),
            nonce: text("nonce")?,
            parameters: serialized[LABEL.as_str().len() + 1..].to_owned(),
        })
    }
}

fn covered(has_body: bool) -> &'static [&'static str] {
    if has_body {
        &["@method", "@path", CONTENT_DIGEST]
    } else {
        &["@method", "@path"]
    }
}

fn signature_base(
    request: &SignedRequest<'_>,
    content_digest: Option<&str>,
    parameters: &str,
) -> String {
    let digest_line = content_digest
        .map(|value| format!("\"{CONTENT_DIGEST}\": {value}\n"))
        .unwrap_or_default();
    format!(
        "\"@method\": {}\n\"@path\": {}\n{digest_line}\"@signature-params\": {parameters}",
        request.method, request.path,
    )
}

fn verify_digest(header: &str, body: &[u8]) -> Result<(), WireError> {
    let fields: Dictionary = Parser::new(header).parse().map_err(|_| not_authentic())?;
    let stated = match fields.get(DIGEST_ALGORITHM) {
        Some(ListEntry::Item(item)) => item.bare_item.as_byte_sequence(),
        Some(ListEntry::InnerList(_)) | None => None,
    };
    if stated.ok_or_else(not_authentic)? == Sha256::digest(body).as_slice() {
        Ok(())
    } else {
        Err(WireError::Hash { message: MESSAGE })
    }
}

fn signature_bytes(header: &str) -> Option<Vec<u8>> {
    let fields: Dictionary = Parser::new(header).parse().ok()?;
    match fields.get(LABEL)? {
        ListEntry::Item(item) => item.bare_item.as_byte_sequence().map(<[u8]>::to_vec),
        ListEntry::InnerList(_) => None,
    }
}

const fn not_authentic() -> WireError {
    WireError::Signature { message: MESSAGE }
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
