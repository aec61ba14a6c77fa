//! The slots of a site and what is left of them (V7).

use std::collections::HashMap;
use std::sync::Arc;

use domain::campaign::{Campaign, SiteId, SlotId};
use domain::visit::{Input, SlotOffer};

use super::Terminal;
use crate::clock::Clock;

/// From the centre where it answers, else as last heard, else unknown.
pub(super) async fn load(
    terminal: &Terminal,
    site: SiteId,
    campaign: Option<Arc<Campaign>>,
    line: bool,
    clock: Clock,
) -> Input {
    let fresh = if line {
        terminal.centre.site_slots(&site).await.ok()
    } else {
        None
    };
    if let Some(slots) = &fresh {
        let kept = terminal
            .store
            .save_slots(site.clone(), slots.clone(), clock.now())
            .await;
        if let Err(error) = kept {
            tracing::warn!(%error, "the places of a site could not be kept");
        }
    }
    let remaining: HashMap<SlotId, u32> = match fresh {
        Some(slots) => slots.into_iter().collect(),
        None => last_heard(terminal, &site).await,
    };
    let offers = campaign
        .as_ref()
        .and_then(|campaign| campaign.site(&site))
        .map(|(_, found)| {
            found
                .slots
                .iter()
                .map(|slot| SlotOffer {
                    slot: slot.clone(),
                    remaining: remaining.get(&slot.id).copied(),
                })
                .collect()
        })
        .unwrap_or_default();
    Input::Slots { site, offers }
}

async fn last_heard(terminal: &Terminal, site: &SiteId) -> HashMap<SlotId, u32> {
    match terminal.store.slots(site.clone()).await {
        Ok(cached) => cached
            .map(|cached| {
                cached
                    .slots
                    .into_iter()
                    .map(|places| (places.slot, places.remaining))
                    .collect()
            })
            .unwrap_or_default(),
        Err(error) => {
            tracing::warn!(%error, "the places last heard of could not be read");
            HashMap::new()
        }
    }
}
