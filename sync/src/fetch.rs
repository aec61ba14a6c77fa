//! What the worker asks of the centre, and how every question is asked.

use domain::pickup::MaskOrder;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use wire::envelope::SignedEnvelope;
use wire::operation::{BatchReply, BatchRequest};
use wire::orders::StoreOrders;
use wire::problem::code;
use wire::roster::RosterManifest;

use crate::exchange::{Answer, Call, json};
use crate::{Centre, SyncError};

/// Longest answers taken, in bytes.
mod limit {
    pub(super) const BATCH: usize = 1024 * 1024;
    pub(super) const CAMPAIGN: usize = 12 * 1024 * 1024;
    pub(super) const ORDERS: usize = 16 * 1024 * 1024;
    pub(super) const ROSTER: u64 = 64 * 1024 * 1024;
}

impl Centre {
    pub(crate) async fn send(&self, batch: &BatchRequest) -> Result<BatchReply, SyncError> {
        let timeout = self.inner.timeouts.batch;
        let call = Call {
            limit_bytes: limit::BATCH,
            ..Call::post("operations", "/v1/operations", batch, timeout)?
        };
        self.ask(&call).await
    }

    pub(crate) async fn roster_manifest(&self) -> Result<SignedEnvelope, SyncError> {
        let timeout = self.inner.timeouts.batch;
        self.ask(&Call::get("roster", "/v1/roster", timeout)).await
    }

    pub(crate) async fn roster_file(
        &self,
        manifest: &RosterManifest,
    ) -> Result<Vec<u8>, SyncError> {
        const WHAT: &str = "roster";
        if manifest.length_bytes > limit::ROSTER {
            return Err(SyncError::TooLong { what: WHAT });
        }
        let path = format!("/v1/roster/{}", manifest.version);
        let call = Call {
            limit_bytes: usize::try_from(manifest.length_bytes).unwrap_or(usize::MAX),
            ..Call::get(WHAT, &path, self.inner.timeouts.download)
        };
        // Whatever its content type: length and hash were signed.
        match self.authentic(&call).await? {
            (Answer::Body { bytes, .. }, _) => Ok(bytes),
            (Answer::Unchanged, _) => Err(SyncError::RosterFile),
        }
    }

    /// The campaign's envelope and its `ETag`; `None` where the one named is the current one.
    pub(crate) async fn campaign(
        &self,
        etag: Option<String>,
    ) -> Result<Option<(SignedEnvelope, Option<String>)>, SyncError> {
        let call = Call {
            limit_bytes: limit::CAMPAIGN,
            etag,
            ..Call::get("campaign", "/v1/campaign", self.inner.timeouts.download)
        };
        self.ask_if_changed(&call).await
    }

    /// The store's orders and their `ETag`; `None` where the ones named are the current ones.
    pub(crate) async fn orders(
        &self,
        etag: Option<String>,
    ) -> Result<Option<(Vec<MaskOrder>, Option<String>)>, SyncError> {
        const WHAT: &str = "store orders";
        let call = Call {
            limit_bytes: limit::ORDERS,
            etag,
            ..Call::get(WHAT, "/v1/orders", self.inner.timeouts.download)
        };
        let Some((reply, etag)) = self.ask_if_changed::<StoreOrders>(&call).await? else {
            return Ok(None);
        };
        let orders: Result<Vec<_>, _> = reply.orders.into_iter().map(MaskOrder::try_from).collect();
        let orders = orders.map_err(|source| SyncError::Message { what: WHAT, source })?;
        Ok(Some((orders, etag)))
    }

    pub(crate) async fn while_a_person_waits<T: DeserializeOwned>(
        &self,
        call: &Call,
    ) -> Result<T, SyncError> {
        // Over all of it, a second try with a corrected clock included.
        tokio::time::timeout(self.inner.timeouts.interactive, self.ask(call))
            .await
            .map_err(|_| SyncError::TimedOut { what: call.what })?
    }

    pub(crate) async fn ask<T: DeserializeOwned>(&self, call: &Call) -> Result<T, SyncError> {
        match self.authentic(call).await? {
            (Answer::Body { bytes, .. }, headers) => json(call.what, &headers, &bytes),
            (Answer::Unchanged, _) => Err(SyncError::Status {
                what: call.what,
                status: 304,
            }),
        }
    }

    async fn ask_if_changed<T: DeserializeOwned>(
        &self,
        call: &Call,
    ) -> Result<Option<(T, Option<String>)>, SyncError> {
        match self.authentic(call).await? {
            (Answer::Unchanged, _) => Ok(None),
            (Answer::Body { bytes, etag }, headers) => {
                Ok(Some((json(call.what, &headers, &bytes)?, etag)))
            }
        }
    }

    /// A signature is refused when the clock is wrong: the centre's time is asked and, where it is
    /// another than was thought, the request is made once more.
    async fn authentic(&self, call: &Call) -> Result<(Answer, HeaderMap), SyncError> {
        let first = self.inner.exchange(call).await;
        let doubted = matches!(
            &first,
            Err(SyncError::Refused { code, .. }) if *code == code::NOT_AUTHENTIC
        );
        if !call.signed || !doubted {
            return first;
        }
        let before_ms = self.inner.clock.ahead_ms();
        Box::pin(self.health()).await?;
        if self.inner.clock.ahead_ms().abs_diff(before_ms) < 2000 {
            return first;
        }
        self.inner.exchange(call).await
    }
}
