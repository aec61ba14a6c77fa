//! What the tests of the line share: a centre over real HTTP that can lie, and a terminal's records
//! in memory.

#![allow(dead_code, unreachable_pub, missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Tests are an edge: they read the clock and the environment.
#![allow(clippy::disallowed_methods)]

pub mod centre;
pub mod terminal;

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::operation::{DeviceId, Operation, OperationBody, OperationId};
use domain::{CardNumber, PersonNumber};
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use sync::{Centre, CentreConfig, Event, Handle, KeyId, Outgoing, Pace, Timeouts};
use tokio::sync::mpsc;

use centre::TestCentre;
use terminal::Memory;

pub fn device_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

pub fn release_key() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

pub fn identity(epoch: u32) -> KeyId {
    KeyId {
        device: DeviceId::new(1).unwrap(),
        epoch,
    }
}

pub fn id(seq: u64) -> OperationId {
    OperationId {
        device: DeviceId::new(1).unwrap(),
        epoch: 1,
        seq,
    }
}

/// An invented person.
pub fn person() -> PersonNumber {
    PersonNumber::parse("A123456789").unwrap()
}

pub fn card() -> CardNumber {
    CardNumber::parse("000012345678").unwrap()
}

/// The bytes of an operation, as recorded.
pub fn operation(seq: u64) -> Outgoing {
    let encoded = wire::operation::encode(&Operation {
        id: id(seq),
        key: u128::from(seq),
        recorded_at: Timestamp::from_second(1_775_181_600).unwrap(),
        body: OperationBody::CancelWillingness {
            round: domain::campaign::RoundId::parse("flu-1").unwrap(),
            person: person(),
            card: card(),
        },
    })
    .unwrap();
    Outgoing {
        seq,
        hash: encoded.hash,
        payload: encoded.payload,
    }
}

pub fn config(address: &str) -> CentreConfig {
    CentreConfig {
        address: address.to_owned(),
        root_certificates: Vec::new(),
        device_key: device_key(),
        release_key: release_key().verifying_key(),
        wall: Arc::new(Timestamp::now),
        timeouts: Timeouts {
            connect: Duration::from_secs(1),
            interactive: Duration::from_secs(1),
            batch: Duration::from_secs(1),
            download: Duration::from_secs(5),
        },
    }
}

pub fn client(server: &TestCentre) -> Centre {
    let centre = Centre::new(config(&server.address())).unwrap();
    centre.set_identity(Some(identity(1)));
    centre
}

/// Quick, so that tests wait little; every decision is the same.
pub const PACE: Pace = Pace {
    interactive_ms: 2000,
    heartbeat_ms: 150,
    refresh_ms: 600_000,
    backoff_base_ms: 20,
    backoff_cap_ms: 100,
    quarantine_retry_ms: 400,
    erase_ms: 3_600_000,
};

/// A worker between a centre and a terminal's records.
pub struct Running {
    pub handle: Handle,
    pub events: mpsc::Receiver<Event>,
    pub terminal: Arc<Memory>,
}

pub fn start(server: &TestCentre, terminal: Memory) -> Running {
    let terminal = Arc::new(terminal);
    let (handle, events) = sync::spawn(PACE, client(server), terminal.clone()).unwrap();
    Running {
        handle,
        events,
        terminal,
    }
}

const PATIENCE: Duration = Duration::from_secs(60);

impl Running {
    /// Waits for an event that is wanted; others are passed over.
    pub async fn until(&mut self, wanted: impl Fn(&Event) -> bool) -> Event {
        tokio::time::timeout(PATIENCE, async {
            loop {
                let event = self.events.recv().await.expect("the worker never ends");
                if wanted(&event) {
                    return event;
                }
            }
        })
        .await
        .expect("the event came in time")
    }

    /// Waits until the terminal's records are as wanted.
    pub fn until_records(&self, wanted: impl Fn(&Memory) -> bool) {
        wait_for(|| wanted(&self.terminal));
    }
}

pub fn wait_for(condition: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < end, "waited in vain");
        std::thread::yield_now();
    }
}
