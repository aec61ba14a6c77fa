//! One piece of the worker's work, from beginning to end.

use std::sync::{Arc, Mutex, PoisonError};

use domain::operation::{OperationId, Outcome};
use jiff::Timestamp;
use wire::operation::BATCH_OPERATIONS_MAX;
use wire::problem::code;
use wire::signature::KeyId;

use crate::answer::{self, Judged};
use crate::step::{Failure, Item, Sent};
use crate::{Centre, Event, PortError, SyncError, Terminal, release};

/// What the pieces work with.
pub(crate) struct Jobs {
    pub(crate) centre: Centre,
    pub(crate) terminal: Arc<dyn Terminal>,
    /// `ETag`s of what is stored already, for this device and epoch.
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    device: Option<KeyId>,
    campaign: Option<String>,
    orders: Option<String>,
}

/// What sending a batch gave.
pub(crate) struct SendReport {
    pub(crate) sent: Sent,
    /// Answers now stored.
    pub(crate) answered: Vec<(OperationId, Outcome)>,
}

impl Jobs {
    pub(crate) fn new(centre: Centre, terminal: Arc<dyn Terminal>) -> Self {
        Self {
            centre,
            terminal,
            known: Mutex::default(),
        }
    }

    /// Device and epoch as recorded; requests are signed as that from now on.
    pub(crate) async fn identity(&self) -> Result<Option<KeyId>, SyncError> {
        let identity = self
            .terminal
            .identity()
            .await
            .map_err(records("say who it is"))?;
        self.centre.set_identity(identity);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.device != identity {
            // Another device or epoch may stand in another store.
            *known = Known {
                device: identity,
                ..Known::default()
            };
        }
        Ok(identity)
    }

    /// Sends one batch and stores its answers.
    pub(crate) async fn send(&self, from: Option<u64>) -> Result<SendReport, SyncError> {
        let device = self.identity().await?.ok_or(SyncError::NotEnrolled)?;
        let limit = u32::try_from(BATCH_OPERATIONS_MAX).unwrap_or(u32::MAX);
        let mut operations = match from {
            Some(seq) => self.terminal.operations_from(seq, limit).await,
            None => self.terminal.unsent(limit).await,
        }
        .map_err(records("give operations"))?;
        keep_contiguous(&mut operations);
        if operations.is_empty() {
            return Ok(SendReport {
                sent: Sent::Nothing,
                answered: Vec::new(),
            });
        }
        let reply = self
            .centre
            .send(&answer::batch(device, &operations)?)
            .await?;
        let results = match answer::judge(&operations, reply)? {
            Judged::Gap { next_seq } => {
                return Ok(SendReport {
                    sent: Sent::Gap { next_seq },
                    answered: Vec::new(),
                });
            }
            Judged::Answered(results) => results,
        };
        self.terminal
            .store_results(device, results.clone(), self.now())
            .await
            .map_err(records("keep answers"))?;
        let answered = results
            .into_iter()
            .map(|(seq, outcome)| {
                let id = OperationId {
                    device: device.device,
                    epoch: device.epoch,
                    seq,
                };
                (id, outcome)
            })
            .collect();
        Ok(SendReport {
            sent: Sent::Answered,
            answered,
        })
    }

    /// Looks for something newer; gives the event where there was.
    pub(crate) async fn refresh(&self, item: Item) -> Result<Option<Event>, SyncError> {
        self.identity().await?.ok_or(SyncError::NotEnrolled)?;
        match item {
            Item::Campaign => self.refresh_campaign().await,
            Item::Roster => self.refresh_roster().await,
            Item::Orders => self.refresh_orders().await,
        }
    }

    /// Erases personal fields that are due.
    pub(crate) async fn erase(&self) -> Result<u64, SyncError> {
        self.terminal
            .erase_answered(self.now())
            .await
            .map_err(records("erase personal fields"))
    }

    async fn refresh_roster(&self) -> Result<Option<Event>, SyncError> {
        let current = self
            .terminal
            .roster_version()
            .await
            .map_err(records("say the roster's version"))?;
        let envelope = self.centre.roster_manifest().await?;
        let key = &self.centre.inner.release_key;
        let Some(manifest) = release::manifest(&envelope, key, current)? else {
            return Ok(None);
        };
        let file = self.centre.roster_file(&manifest).await?;
        let release = release::roster(&manifest, &file)?;
        self.terminal
            .import_roster(release, self.now())
            .await
            .map_err(records("import the roster"))?;
        Ok(Some(Event::RosterUpdated {
            version: manifest.version,
        }))
    }

    async fn refresh_campaign(&self) -> Result<Option<Event>, SyncError> {
        let current = self
            .terminal
            .campaign_version()
            .await
            .map_err(records("say the campaign's version"))?;
        let etag = self.known(|known| known.campaign.clone());
        let Some((envelope, etag)) = self
            .centre
            .campaign(etag.filter(|_| current.is_some()))
            .await?
        else {
            return Ok(None);
        };
        let key = &self.centre.inner.release_key;
        let newer = release::campaign(&envelope, key, current)?;
        let event = match newer {
            None => None,
            Some(new) => {
                self.terminal
                    .save_campaign(new.campaign.version, new.text, self.now())
                    .await
                    .map_err(records("keep the campaign"))?;
                Some(Event::CampaignUpdated(new.campaign))
            }
        };
        self.known(|known| known.campaign = etag);
        Ok(event)
    }

    async fn refresh_orders(&self) -> Result<Option<Event>, SyncError> {
        let etag = self.known(|known| known.orders.clone());
        let Some((orders, etag)) = self.centre.orders(etag).await? else {
            return Ok(None);
        };
        self.terminal
            .replace_orders(orders)
            .await
            .map_err(records("keep the orders"))?;
        self.known(|known| known.orders = etag);
        Ok(Some(Event::OrdersUpdated))
    }

    fn known<T>(&self, act: impl FnOnce(&mut Known) -> T) -> T {
        act(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn now(&self) -> Timestamp {
        (self.centre.inner.wall)()
    }
}

/// What an error means for what comes next.
pub(crate) fn failure(error: &SyncError) -> Failure {
    match error {
        SyncError::Unreachable { .. } | SyncError::TimedOut { .. } => Failure::Line,
        SyncError::Busy { retry_after_s } => Failure::Busy {
            // A centre that names a day is mistaken; a terminal must not be talked into silence.
            retry_after_ms: retry_after_s.saturating_mul(1000).min(600_000),
        },
        SyncError::NotEnrolled => Failure::NotEnrolled,
        SyncError::Refused { code, .. } if *code == code::QUARANTINED => Failure::Quarantined,
        SyncError::Refused { code, .. } if *code == code::EPOCH_ENDED => Failure::EpochEnded,
        _ => Failure::Other,
    }
}

/// A batch has no gaps: what lies behind one waits for the next batch.
fn keep_contiguous(operations: &mut Vec<crate::Outgoing>) {
    let first = operations.first().map_or(0, |operation| operation.seq);
    let run = operations
        .iter()
        .zip(first..)
        .take_while(|(operation, seq)| operation.seq == *seq)
        .count();
    operations.truncate(run.min(BATCH_OPERATIONS_MAX));
}

fn records(action: &'static str) -> impl FnOnce(PortError) -> SyncError {
    move |source| SyncError::Records { action, source }
}
