//! A terminal of the load: real operations, real signatures, one kept connection.

use std::collections::BTreeMap;

use domain::campaign::{AreaId, BrandId, CategoryCode, RoundId, SiteId, SlotId};
use domain::operation::{
    BookingRequest, DeviceId, Operation, OperationBody, OperationId, Willingness,
};
use domain::{CardNumber, MobileNumber, PersonName};
use ed25519_dalek::SigningKey;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use jiff::SignedDuration;
use serde_json::value::RawValue;
use tokio::net::TcpStream;
use uuid::Uuid;
use wire::operation::{self, BatchItem, BatchReply, BatchRequest, OutcomeMessage};
use wire::signature::{self, KeyId, SignedRequest};

use super::world::{self, AREA, BRAND, ROUND, World};
use crate::error::LoadError;

/// A terminal and its connection.
pub(crate) struct Terminal {
    key: SigningKey,
    key_id: KeyId,
    next_seq: u64,
    offset: SignedDuration,
    host: String,
    connection: SendRequest<Full<Bytes>>,
}

impl Terminal {
    /// The terminal with this number, from 1.
    pub(crate) async fn connect(world: &World, number: u32) -> Result<Self, LoadError> {
        let stream = TcpStream::connect(&world.address)
            .await
            .map_err(|source| LoadError::Connect { source })?;
        stream
            .set_nodelay(true)
            .map_err(|source| LoadError::Connect { source })?;
        let (connection, driver) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|source| LoadError::Http { source })?;
        tokio::spawn(driver);
        let own = LoadError::Own { what: "a terminal" };
        let index = usize::try_from(number).unwrap_or(0).saturating_sub(1);
        let device = DeviceId::new(number).ok_or(own)?;
        let row = world
            .database
            .query_one(
                "SELECT next_seq FROM devices WHERE device_id = $1",
                &[&number.cast_signed()],
            )
            .await
            .map_err(LoadError::database("reading a terminal's mark"))?;
        Ok(Self {
            key: world.keys[index].clone(),
            key_id: KeyId { device, epoch: 1 },
            next_seq: row.get::<_, i64>(0).unsigned_abs(),
            offset: world.offset,
            host: world.address.clone(),
            connection,
        })
    }

    /// Records bookings or willingness entries and sends them as one batch; every one must be
    /// applied.
    pub(crate) async fn send(&mut self, bodies: Vec<OperationBody>) -> Result<usize, LoadError> {
        let now = world::now() + self.offset;
        let mut operations = Vec::with_capacity(bodies.len());
        for body in bodies {
            let id = OperationId {
                device: self.key_id.device,
                epoch: self.key_id.epoch,
                seq: self.next_seq,
            };
            self.next_seq += 1;
            let encoded = operation::encode(&Operation {
                id,
                key: Uuid::now_v7().as_u128(),
                recorded_at: now,
                body,
            })
            .map_err(|source| LoadError::Message { source })?;
            operations.push(BatchItem {
                seq: id.seq,
                hash: hexadecimal(&encoded.hash),
                operation: RawValue::from_string(encoded.payload)
                    .map_err(|source| LoadError::Json { source })?,
            });
        }
        let asked = operations.len();
        let body = serde_json::to_vec(&BatchRequest {
            device: self.key_id.device.get(),
            epoch: self.key_id.epoch,
            operations,
        })
        .map_err(|source| LoadError::Json { source })?;
        loop {
            let (status, answer) = self.post(&body).await?;
            if status == 503 {
                // Shed: the same bytes again, as a terminal does, only sooner.
                tokio::task::yield_now().await;
                continue;
            }
            check(status, asked, &answer)?;
            return Ok(asked);
        }
    }

    async fn post(&mut self, body: &[u8]) -> Result<(u16, Bytes), LoadError> {
        let path = "/v1/operations";
        let signed = SignedRequest {
            method: "POST",
            path,
            body,
        };
        let now = world::now() + self.offset;
        let headers = signature::sign(&signed, self.key_id, now, rand::random(), &self.key)
            .map_err(|source| LoadError::Message { source })?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", &self.host)
            .header("content-type", "application/json")
            .header(
                signature::CONTENT_DIGEST,
                headers.content_digest.unwrap_or_default(),
            )
            .header(signature::SIGNATURE_INPUT, headers.signature_input)
            .header(signature::SIGNATURE, headers.signature)
            .body(Full::new(Bytes::copy_from_slice(body)))
            .map_err(|source| LoadError::Request { source })?;
        let failed = |source| LoadError::Http { source };
        self.connection.ready().await.map_err(failed)?;
        let response = self
            .connection
            .send_request(request)
            .await
            .map_err(failed)?;
        let status = response.status().as_u16();
        let answer = response.into_body().collect().await.map_err(failed)?;
        Ok((status, answer.to_bytes()))
    }
}

fn check(status: u16, asked: usize, answer: &[u8]) -> Result<(), LoadError> {
    let reply: BatchReply = if status == 200 {
        serde_json::from_slice(answer).map_err(|source| LoadError::Json { source })?
    } else {
        BatchReply {
            next_seq: 0,
            results: Vec::new(),
        }
    };
    let applied = reply
        .results
        .iter()
        .filter(|result| matches!(result.outcome, OutcomeMessage::Applied { .. }))
        .count();
    if applied == asked {
        return Ok(());
    }
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for result in &reply.results {
        if let OutcomeMessage::Rejected { reason } = &result.outcome {
            *reasons.entry(reason.clone()).or_default() += 1;
        }
    }
    Err(LoadError::Answer {
        status,
        wrong: asked - applied,
        asked,
        reasons: format!("{reasons:?}"),
    })
}

/// The person books the slot.
pub(crate) fn books(person: u32, site: u32, slot: &str) -> Result<OperationBody, LoadError> {
    let own = |what| LoadError::Own { what };
    Ok(OperationBody::BookSlot(BookingRequest {
        round: RoundId::parse(ROUND).map_err(|_| own("the round"))?,
        person: world::person_number(person)?,
        card: CardNumber::parse(&world::card(person)).map_err(|_| own("a card"))?,
        name: PersonName::new("甄健康"),
        mobile: MobileNumber::parse("0912345678").map_err(|_| own("a mobile number"))?,
        site: SiteId::parse(&world::site(site)).map_err(|_| own("a site"))?,
        slot: SlotId::parse(slot).map_err(|_| own("a slot"))?,
        lease: None,
    }))
}

/// The person changes the willingness entry.
pub(crate) fn willing(person: u32) -> Result<OperationBody, LoadError> {
    let own = |what| LoadError::Own { what };
    Ok(OperationBody::SetWillingness(Willingness {
        round: RoundId::parse(ROUND).map_err(|_| own("the round"))?,
        person: world::person_number(person)?,
        card: CardNumber::parse(&world::card(person)).map_err(|_| own("a card"))?,
        name: PersonName::new("甄健康"),
        category: CategoryCode::new(6).ok_or(own("the category"))?,
        mobile: MobileNumber::parse("0987654321").map_err(|_| own("a mobile number"))?,
        area: AreaId::parse(AREA).map_err(|_| own("the area"))?,
        brands: vec![BrandId::parse(BRAND).map_err(|_| own("the brand"))?],
    }))
}

fn hexadecimal(hash: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
