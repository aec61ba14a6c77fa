//! The centre as the terminal asks it.

use std::sync::{Arc, RwLock};
use std::time::Duration;

use domain::campaign::{AreaId, LocalText, SiteId, SlotId, StoreId};
use domain::operation::DeviceId;
use domain::roster::CentreVerdict;
use domain::{CardNumber, PersonNumber};
use ed25519_dalek::{SigningKey, VerifyingKey};
use jiff::Timestamp;
use reqwest::{Certificate, Client, Url, redirect};
use wire::WireError;
use wire::enrolment::{Enrolment, EnrolmentRequest};
use wire::health::Health;
use wire::people::{CheckReply, CheckRequest, Standing};
use wire::signature::KeyId;
use wire::slots::SiteSlots;

use crate::SyncError;
use crate::clock::Correction;
use crate::exchange::Call;

/// Where the centre is and who speaks to it.
pub struct CentreConfig {
    /// `https://HOST[:PORT]/`, or `http://` on this machine only.
    pub address: String,
    /// PEM certificates that alone are trusted; empty trusts the system's.
    pub root_certificates: Vec<Vec<u8>>,
    /// The device's own key; its private half never leaves the device.
    pub device_key: SigningKey,
    /// The centre's release key: signs rosters and campaigns.
    pub release_key: VerifyingKey,
    /// This terminal's clock.
    pub wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// How long to wait for what.
    pub timeouts: Timeouts,
}

/// How long to wait for what.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For an answer that a person waits for.
    pub interactive: Duration,
    /// For an answer to a batch.
    pub batch: Duration,
    /// For a roster, a campaign or the orders.
    pub download: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            interactive: Duration::from_secs(3),
            batch: Duration::from_secs(10),
            download: Duration::from_secs(60),
        }
    }
}

/// What the centre made of an enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolledTerminal {
    /// Device and epoch.
    pub id: KeyId,
    /// The store it stands in.
    pub store: StoreId,
    /// The store's township.
    pub area: AreaId,
    /// The store's name.
    pub name: LocalText,
}

/// The centre. Clones share connections, identity and clock.
#[derive(Clone)]
pub struct Centre {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) client: Client,
    pub(crate) base: Url,
    pub(crate) device_key: SigningKey,
    pub(crate) release_key: VerifyingKey,
    pub(crate) wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    pub(crate) clock: Correction,
    identity: RwLock<Option<KeyId>>,
    pub(crate) timeouts: Timeouts,
}

impl Centre {
    /// A client for the centre at this address. Does not connect yet.
    ///
    /// # Errors
    /// [`SyncError::Address`], [`SyncError::Certificate`] or [`SyncError::Client`].
    pub fn new(config: CentreConfig) -> Result<Self, SyncError> {
        let base = address(&config.address)?;
        // Another part of the program may have installed the same provider before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .connect_timeout(config.timeouts.connect)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .https_only(base.scheme() == "https")
            .tls_version_min(reqwest::tls::Version::TLS_1_3)
            .user_agent(concat!("kiosk/", env!("CARGO_PKG_VERSION")));
        if !config.root_certificates.is_empty() {
            let certificates: Result<Vec<Certificate>, _> = config
                .root_certificates
                .iter()
                .map(|pem| Certificate::from_pem(pem))
                .collect();
            let certificates = certificates.map_err(|source| SyncError::Certificate { source })?;
            builder = builder.tls_certs_only(certificates);
        }
        Ok(Self {
            inner: Arc::new(Inner {
                client: builder
                    .build()
                    .map_err(|source| SyncError::Client { source })?,
                base,
                device_key: config.device_key,
                release_key: config.release_key,
                wall: config.wall,
                clock: Correction::default(),
                identity: RwLock::new(None),
                timeouts: config.timeouts,
            }),
        })
    }

    /// Signs as this device from now on.
    pub fn set_identity(&self, identity: Option<KeyId>) {
        match self.inner.identity.write() {
            Ok(mut current) => *current = identity,
            Err(poisoned) => *poisoned.into_inner() = identity,
        }
    }

    /// How far the centre's clock is ahead of this terminal's, in milliseconds, as last heard.
    #[must_use]
    pub fn clock_ahead_ms(&self) -> i64 {
        self.inner.clock.ahead_ms()
    }

    /// Asks whether the centre is there, and corrects the clock that signs. Gives its version.
    ///
    /// # Errors
    /// Any of the network, or what answered is not the centre.
    pub async fn health(&self) -> Result<String, SyncError> {
        let call = Call {
            signed: false,
            limit_bytes: 4 * 1024,
            ..Call::get(
                "health report",
                "/v1/health",
                self.inner.timeouts.interactive,
            )
        };
        let sent = (self.inner.wall)();
        let health: Health = self.ask(&call).await?;
        let received = (self.inner.wall)();
        self.inner.clock.observe(sent, received, health.time);
        Ok(health.version)
    }

    /// Becomes one of the fleet with a one-time code; signs as that device from then on.
    ///
    /// # Errors
    /// [`SyncError::Refused`] for a code that is unknown, used or expired; any of the network.
    pub async fn enrol(&self, enrolment_code: &str) -> Result<EnrolledTerminal, SyncError> {
        const WHAT: &str = "enrolment";
        let request = EnrolmentRequest {
            code: enrolment_code.to_owned(),
            public_key: wire::keys::public_key_to_text(&self.inner.device_key.verifying_key()),
        };
        let timeout = self.inner.timeouts.batch;
        let call = Call {
            signed: false,
            ..Call::post(WHAT, "/v1/devices/enrol", &request, timeout)?
        };
        let reply: Enrolment = self.ask(&call).await?;
        let bad = |field| SyncError::Message {
            what: WHAT,
            source: WireError::Field {
                message: WHAT,
                field,
            },
        };
        let enrolled = EnrolledTerminal {
            id: KeyId {
                device: DeviceId::new(reply.device).ok_or_else(|| bad("device"))?,
                epoch: Some(reply.epoch)
                    .filter(|epoch| *epoch >= 1)
                    .ok_or_else(|| bad("epoch"))?,
            },
            store: StoreId::parse(&reply.store.id).map_err(|_| bad("store"))?,
            area: AreaId::parse(&reply.store.area).map_err(|_| bad("area"))?,
            name: LocalText {
                chinese: reply.store.name,
                english: reply.store.name_english,
            },
        };
        self.set_identity(Some(enrolled.id));
        Ok(enrolled)
    }

    /// Asks about the pair on a card (I5, I6) and what stands for the person (V9), in the time a
    /// person waits. Whoever gets an error goes on with [`CentreVerdict::NoAnswer`].
    ///
    /// # Errors
    /// Any of the network; [`SyncError::OtherSubject`] where the answer is about somebody else.
    pub async fn check_person(
        &self,
        person: &PersonNumber,
        card: &CardNumber,
    ) -> Result<(CentreVerdict, Standing), SyncError> {
        const WHAT: &str = "person check";
        let request = CheckRequest::new(person, card);
        let timeout = self.inner.timeouts.interactive;
        let call = Call::post(WHAT, "/v1/people/check", &request, timeout)?;
        let reply: CheckReply = self.while_a_person_waits(&call).await?;
        let (verdict, standing) = reply
            .into_domain()
            .map_err(|source| SyncError::Message { what: WHAT, source })?;
        if let CentreVerdict::Current(record) = &verdict
            && (record.number != *person || record.card != *card)
        {
            return Err(SyncError::OtherSubject { what: WHAT });
        }
        Ok((verdict, standing))
    }

    /// Asks how many places a site's slots have left, in the time a person waits.
    ///
    /// # Errors
    /// Any of the network; [`SyncError::OtherSubject`] where the answer is about another site.
    pub async fn site_slots(&self, site: &SiteId) -> Result<Vec<(SlotId, u32)>, SyncError> {
        const WHAT: &str = "places left";
        let path = format!("/v1/sites/{site}/slots");
        let call = Call::get(WHAT, &path, self.inner.timeouts.interactive);
        let reply: SiteSlots = self.while_a_person_waits(&call).await?;
        if reply.site != site.as_str() {
            return Err(SyncError::OtherSubject { what: WHAT });
        }
        reply
            .slots
            .into_iter()
            .map(|places| {
                SlotId::parse(&places.slot)
                    .map(|slot| (slot, places.remaining))
                    .map_err(|_| SyncError::Message {
                        what: WHAT,
                        source: WireError::Field {
                            message: WHAT,
                            field: "slot",
                        },
                    })
            })
            .collect()
    }
}

impl Inner {
    pub(crate) fn identity(&self) -> Option<KeyId> {
        match self.identity.read() {
            Ok(current) => *current,
            Err(poisoned) => *poisoned.into_inner(),
        }
    }
}

fn address(text: &str) -> Result<Url, SyncError> {
    let url = Url::parse(text).map_err(|_| SyncError::Address)?;
    let host = url.host_str().ok_or(SyncError::Address)?;
    let here = host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback());
    let plain = url.path() == "/" && url.query().is_none() && url.username().is_empty();
    match url.scheme() {
        "https" if plain => Ok(url),
        "http" if plain && here => Ok(url),
        _ => Err(SyncError::Address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects everything on the line: nothing goes out in clear but to this machine.
    #[test]
    fn addresses() {
        for good in [
            "https://centre.example/",
            "https://centre.example:8443",
            "http://127.0.0.1:8080",
            "http://[::1]:8080/",
            "http://localhost",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://centre.example/",
            "http://127.0.0.1.example/",
            "ftp://localhost",
            "https://centre.example/api",
            "https://user@centre.example/",
            "centre",
            "",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
