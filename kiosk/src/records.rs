//! The terminal's database as the line's worker needs it, and its operations as the wire writes them.

use domain::operation::{Operation, OperationId, Outcome};
use domain::pickup::MaskOrder;
use jiff::Timestamp;
use store::{Codec, CodecError, Encoded, Store, StoreError, StoredCampaign, Unsent};
use sync::{KeyId, Outgoing, PortError, PortFuture, RosterRelease, Terminal};

/// How operations are written: once, when they are recorded, and never again.
pub const CODEC: Codec = Codec { encode, decode };

fn encode(operation: &Operation) -> Result<Encoded, CodecError> {
    wire::operation::encode(operation)
        .map(|encoded| Encoded {
            payload: encoded.payload,
            hash: encoded.hash,
        })
        .map_err(CodecError::from)
}

fn decode(payload: &str) -> Result<Operation, CodecError> {
    wire::operation::decode(payload).map_err(CodecError::from)
}

/// The database behind the port of [`sync`].
#[derive(Clone)]
pub struct Records(pub Store);

impl Terminal for Records {
    fn identity(&self) -> PortFuture<'_, Option<KeyId>> {
        Box::pin(async {
            let identity = self.0.identity().await.map_err(port)?;
            Ok(identity.map(|identity| KeyId {
                device: identity.enrolment.device,
                epoch: identity.enrolment.epoch,
            }))
        })
    }

    fn unsent(&self, limit: u32) -> PortFuture<'_, Vec<Outgoing>> {
        Box::pin(async move { self.0.unsent(limit).await.map(outgoing).map_err(port) })
    }

    fn operations_from(&self, seq: u64, limit: u32) -> PortFuture<'_, Vec<Outgoing>> {
        Box::pin(async move {
            self.0
                .operations_from(seq, limit)
                .await
                .map(outgoing)
                .map_err(port)
        })
    }

    fn store_results(
        &self,
        device: KeyId,
        results: Vec<(u64, Outcome)>,
        at: Timestamp,
    ) -> PortFuture<'_, ()> {
        Box::pin(async move {
            self.0
                .store_results(device.device, device.epoch, results, at)
                .await
                .map_err(port)
        })
    }

    fn outcome(&self, id: OperationId) -> PortFuture<'_, Option<Outcome>> {
        Box::pin(async move { self.0.outcome(id).await.map_err(port) })
    }

    fn depth(&self) -> PortFuture<'_, u64> {
        Box::pin(async {
            self.0
                .outbox_status()
                .await
                .map(|status| status.depth)
                .map_err(port)
        })
    }

    fn roster_version(&self) -> PortFuture<'_, Option<u64>> {
        Box::pin(async {
            let status = self.0.roster_status().await.map_err(port)?;
            Ok(status.map(|status| status.release.version))
        })
    }

    fn import_roster(&self, release: RosterRelease, at: Timestamp) -> PortFuture<'_, ()> {
        Box::pin(async move {
            let people = release.people;
            let facts = store::RosterRelease {
                version: release.version,
                created_at: release.created_at,
                not_after: release.not_after,
                people: u64::try_from(people.len()).unwrap_or(u64::MAX),
            };
            self.0
                .import_roster(facts, people, at)
                .await
                .map(drop)
                .map_err(port)
        })
    }

    fn campaign_version(&self) -> PortFuture<'_, Option<u32>> {
        Box::pin(async {
            let campaign = self.0.load_campaign().await.map_err(port)?;
            Ok(campaign.map(|campaign| campaign.version))
        })
    }

    fn save_campaign(&self, version: u32, text: String, at: Timestamp) -> PortFuture<'_, ()> {
        Box::pin(async move {
            let campaign = StoredCampaign { version, text };
            self.0.save_campaign(campaign, at).await.map_err(port)
        })
    }

    fn replace_orders(&self, orders: Vec<MaskOrder>) -> PortFuture<'_, ()> {
        Box::pin(async move { self.0.replace_orders(orders).await.map_err(port) })
    }

    fn erase_answered(&self, now: Timestamp) -> PortFuture<'_, u64> {
        Box::pin(async move { self.0.erase_answered(now).await.map_err(port) })
    }
}

fn outgoing(unsent: Vec<Unsent>) -> Vec<Outgoing> {
    unsent
        .into_iter()
        .map(|unsent| Outgoing {
            seq: unsent.id.seq,
            payload: unsent.payload,
            hash: unsent.hash,
        })
        .collect()
}

fn port(error: StoreError) -> PortError {
    Box::new(error)
}
