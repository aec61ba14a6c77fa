//! A terminal as the centre sees one.

use domain::campaign::{AreaId, BrandId, CategoryCode, RoundId, SiteId, SlotId, StoreId};
use domain::mask::request::{MaskBuyer, MaskOrderRequest, MaskSale};
use domain::mask::sale::Goods;
use domain::operation::{
    BookingRequest, DeviceId, Operation, OperationBody, OperationId, Willingness,
};
use domain::pickup::PickupNumber;
use domain::slip::SlipNumber;
use domain::{CardNumber, MobileNumber, PersonName, PersonNumber};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use reqwest::{Method, Response};
use serde_json::value::RawValue;
use wire::enrolment::{Enrolment, EnrolmentRequest};
use wire::operation::{self, BatchItem, BatchReply, BatchRequest, OutcomeMessage, ResultMessage};
use wire::signature::{self, KeyId, SignedRequest};

use super::{Centre, Person};

pub const ROUND: &str = "vaccine-2026-1";
pub const MASK_ROUND: &str = "mask-2026-2";

/// An enrolled terminal.
pub struct Terminal<'a> {
    pub centre: &'a Centre,
    pub key: SigningKey,
    pub key_id: KeyId,
    pub enrolment: Enrolment,
    next_seq: u64,
}

/// A terminal without a centre.
pub struct KeptTerminal {
    key: SigningKey,
    key_id: KeyId,
    enrolment: Enrolment,
    next_seq: u64,
}

impl KeptTerminal {
    /// The terminal at a centre that is there again.
    pub fn at(self, centre: &Centre) -> Terminal<'_> {
        Terminal {
            centre,
            key: self.key,
            key_id: self.key_id,
            enrolment: self.enrolment,
            next_seq: self.next_seq,
        }
    }
}

impl<'a> Terminal<'a> {
    /// Enrols with a code.
    pub async fn enrol(centre: &'a Centre, code: &str) -> Self {
        let key = SigningKey::generate(&mut rand::rngs::OsRng);
        let answer = Self::ask_enrolment(centre, code, &key).await;
        assert_eq!(answer.status(), 200);
        let enrolment: Enrolment = answer.json().await.unwrap();
        Self {
            centre,
            key,
            key_id: KeyId {
                device: DeviceId::new(enrolment.device).unwrap(),
                epoch: enrolment.epoch,
            },
            enrolment,
            next_seq: 1,
        }
    }

    /// The same disk in a second machine.
    pub fn cloned(&self) -> Self {
        Self {
            centre: self.centre,
            key: self.key.clone(),
            key_id: self.key_id,
            enrolment: self.enrolment.clone(),
            next_seq: self.next_seq,
        }
    }

    /// What a terminal keeps while the centre is away.
    pub fn kept(self) -> KeptTerminal {
        KeptTerminal {
            key: self.key,
            key_id: self.key_id,
            enrolment: self.enrolment,
            next_seq: self.next_seq,
        }
    }

    pub async fn ask_enrolment(centre: &Centre, code: &str, key: &SigningKey) -> Response {
        let request = EnrolmentRequest {
            code: code.to_owned(),
            public_key: wire::keys::public_key_to_text(&key.verifying_key()),
        };
        let address = format!("{}/v1/devices/enrol", centre.address);
        centre
            .http
            .post(address)
            .json(&request)
            .send()
            .await
            .unwrap()
    }

    /// A signed request as a real terminal makes it.
    pub async fn ask(&self, method: Method, path: &str, body: &[u8]) -> Response {
        self.ask_at(method, path, body, self.centre.now()).await
    }

    pub async fn ask_at(&self, method: Method, path: &str, body: &[u8], at: Timestamp) -> Response {
        let request = SignedRequest {
            method: method.as_str(),
            path: path.split('?').next().unwrap(),
            body,
        };
        let headers =
            signature::sign(&request, self.key_id, at, rand::random(), &self.key).unwrap();
        let address = format!("{}{path}", self.centre.address);
        let mut http = self
            .centre
            .http
            .request(method, address)
            .header(signature::SIGNATURE_INPUT, headers.signature_input)
            .header(signature::SIGNATURE, headers.signature)
            .body(body.to_vec());
        if let Some(digest) = headers.content_digest {
            http = http.header(signature::CONTENT_DIGEST, digest);
        }
        http.send().await.unwrap()
    }

    /// A signed GET for a terminal that has the answer with this tag already.
    pub async fn ask_if_changed(&self, path: &str, tag: &str) -> Response {
        let request = SignedRequest {
            method: "GET",
            path,
            body: b"",
        };
        let (at, nonce) = (self.centre.now(), rand::random());
        let headers = signature::sign(&request, self.key_id, at, nonce, &self.key).unwrap();
        self.centre
            .http
            .get(format!("{}{path}", self.centre.address))
            .header("if-none-match", tag)
            .header(signature::SIGNATURE_INPUT, headers.signature_input)
            .header(signature::SIGNATURE, headers.signature)
            .send()
            .await
            .unwrap()
    }

    pub async fn get(&self, path: &str) -> Response {
        self.ask(Method::GET, path, b"").await
    }

    /// The sequence number of the next operation.
    pub fn next_seq(&self) -> u64 {
        self.next_seq
    }

    /// Records an operation now.
    pub fn record(&mut self, body: OperationBody) -> BatchItem {
        self.record_at(body, self.centre.now())
    }

    /// Records an operation; the body of a slip is numbered by it.
    pub fn record_at(&mut self, mut body: OperationBody, recorded_at: Timestamp) -> BatchItem {
        let id = OperationId {
            device: self.key_id.device,
            epoch: self.key_id.epoch,
            seq: self.next_seq,
        };
        self.next_seq += 1;
        if let OperationBody::IssuePickupSlip { slip, .. } = &mut body {
            *slip = SlipNumber::of(&id);
        }
        let encoded = operation::encode(&Operation {
            id,
            key: rand::random(),
            recorded_at,
            body,
        })
        .unwrap();
        BatchItem {
            seq: id.seq,
            hash: encoded
                .hash
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            operation: RawValue::from_string(encoded.payload).unwrap(),
        }
    }

    /// Sends a batch once.
    pub async fn send(&self, operations: Vec<BatchItem>) -> Response {
        let batch = BatchRequest {
            device: self.key_id.device.get(),
            epoch: self.key_id.epoch,
            operations,
        };
        let body = serde_json::to_vec(&batch).unwrap();
        self.ask(Method::POST, "/v1/operations", &body).await
    }

    /// Sends a batch until the centre is not busy.
    pub async fn deliver(&self, operations: Vec<BatchItem>) -> BatchReply {
        loop {
            let answer = self.send(operations.clone()).await;
            if answer.status() == 503 {
                assert!(answer.headers().contains_key("retry-after"));
                continue;
            }
            assert_eq!(answer.status(), 200);
            return answer.json().await.unwrap();
        }
    }

    /// Records and delivers one operation.
    pub async fn does(&mut self, body: OperationBody) -> OutcomeMessage {
        let item = self.record(body);
        self.deliver(vec![item]).await.results.remove(0).outcome
    }

    pub async fn roster(&self) -> String {
        self.get("/v1/roster/1").await.text().await.unwrap()
    }

    pub async fn check(&self, person: &Person) -> serde_json::Value {
        let body = serde_json::json!({"person": person.person_number, "card": person.card_number});
        let answer = self
            .ask(
                Method::POST,
                "/v1/people/check",
                body.to_string().as_bytes(),
            )
            .await;
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }
}

impl Person {
    pub fn number(&self) -> PersonNumber {
        PersonNumber::parse(&self.person_number).unwrap()
    }

    pub fn card(&self) -> CardNumber {
        CardNumber::parse(&self.card_number).unwrap()
    }

    pub fn mobile(&self) -> MobileNumber {
        MobileNumber::parse(&self.mobile).unwrap()
    }

    /// Willing for these brands, in this category.
    pub fn willing(&self, category: u8, brands: &[&str]) -> OperationBody {
        OperationBody::SetWillingness(Willingness {
            round: RoundId::parse(ROUND).unwrap(),
            person: self.number(),
            card: self.card(),
            name: PersonName::new(&self.name),
            category: CategoryCode::new(category).unwrap(),
            mobile: self.mobile(),
            area: AreaId::parse("63000030").unwrap(),
            brands: brands
                .iter()
                .map(|brand| BrandId::parse(brand).unwrap())
                .collect(),
        })
    }

    pub fn not_willing(&self) -> OperationBody {
        OperationBody::CancelWillingness {
            round: RoundId::parse(ROUND).unwrap(),
            person: self.number(),
            card: self.card(),
        }
    }

    pub fn cancels(&self) -> OperationBody {
        OperationBody::CancelBooking {
            round: RoundId::parse(ROUND).unwrap(),
            person: self.number(),
            card: self.card(),
        }
    }

    pub fn books(&self, site: &str, slot: &str) -> OperationBody {
        OperationBody::BookSlot(BookingRequest {
            lease: None,
            round: RoundId::parse(ROUND).unwrap(),
            person: self.number(),
            card: self.card(),
            name: PersonName::new(&self.name),
            mobile: self.mobile(),
            site: SiteId::parse(site).unwrap(),
            slot: SlotId::parse(slot).unwrap(),
        })
    }

    /// Orders masks for a store.
    pub fn orders(&self, store: &str) -> OperationBody {
        OperationBody::OrderMasks(MaskOrderRequest {
            round: RoundId::parse(MASK_ROUND).unwrap(),
            person: self.number(),
            card: self.card(),
            mobile: self.mobile(),
            email: None,
            store: StoreId::parse(store).unwrap(),
        })
    }

    /// Buys masks over a counter with the card in its reader.
    pub fn buys(&self, goods: Goods) -> OperationBody {
        let (person, card) = (self.number(), self.card());
        sells(MaskBuyer::Card { person, card }, goods)
    }

    /// Fetches the slip of an order; the slip's number is filled in when it is recorded.
    pub fn fetches(&self, order: &str) -> OperationBody {
        OperationBody::IssuePickupSlip {
            round: RoundId::parse(MASK_ROUND).unwrap(),
            order: PickupNumber::parse(order).unwrap(),
            person: self.number(),
            slip: SlipNumber::parse("ZK00000000000000").unwrap(),
        }
    }

    /// The category the centre knows the person in, the most urgent of the round first.
    pub async fn category(&self, terminal: &Terminal<'_>) -> u8 {
        let reply = terminal.check(self).await;
        let bits = reply["record"]["categories"].as_u64().unwrap();
        let codes = [6, 8, 9, 10, 11].into_iter();
        codes
            .into_iter()
            .find(|code| bits & (1 << (code - 1)) != 0)
            .unwrap()
    }
}

/// Sells masks over a counter.
pub fn sells(buyer: MaskBuyer, goods: Goods) -> OperationBody {
    OperationBody::SellMasks(MaskSale {
        round: RoundId::parse(MASK_ROUND).unwrap(),
        buyer,
        goods,
    })
}

/// Takes a slip in for the masks.
pub fn redeems(slip: &str) -> OperationBody {
    OperationBody::RedeemSlip {
        round: RoundId::parse(MASK_ROUND).unwrap(),
        slip: SlipNumber::parse(slip).unwrap(),
    }
}

/// The result of an operation that was done.
pub fn applied() -> OutcomeMessage {
    OutcomeMessage::Applied { number: None }
}

/// The result of a business "no".
pub fn rejected(reason: &str) -> OutcomeMessage {
    OutcomeMessage::Rejected {
        reason: reason.to_owned(),
    }
}

/// Whether a result is a booking with its nine digits.
pub fn booked(result: &ResultMessage) -> bool {
    matches!(&result.outcome, OutcomeMessage::Applied { number: Some(number) } if number.len() == 9)
}
