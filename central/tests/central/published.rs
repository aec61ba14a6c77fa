use reqwest::Method;
use sha2::{Digest as _, Sha256};
use wire::envelope::{self, SignedEnvelope};
use wire::roster::{RosterLine, RosterManifest};
use wire::slots::SiteSlots;

use crate::common::{Centre, Terminal};

/// Protects terminals: roster and campaign carry the release key's signature, the file is what the
/// manifest says, every line reads, and what did not change is not sent again.
#[tokio::test]
async fn roster_and_campaign_are_signed() {
    let centre = Centre::start();
    let terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let key = wire::keys::public_key_from_text(&centre.release_key, "release key").unwrap();

    let answer = terminal.get("/v1/roster").await;
    assert!(answer.headers().contains_key("etag"));
    let sealed: SignedEnvelope = answer.json().await.unwrap();
    let payload = sealed.open(envelope::ROSTER_MANIFEST, &key).unwrap();
    let manifest: RosterManifest = serde_json::from_slice(&payload).unwrap();
    assert_eq!((manifest.version, manifest.people), (1, 2000));
    assert!(manifest.not_after > centre.now());
    let file = terminal.get("/v1/roster/1").await.bytes().await.unwrap();
    assert_eq!(file.len() as u64, manifest.length_bytes);
    let hash: String = Sha256::digest(&file)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(hash, manifest.sha256);
    for line in std::str::from_utf8(&file).unwrap().lines() {
        let line: RosterLine = serde_json::from_str(line).unwrap();
        assert!(domain::roster::RosterRecord::try_from(line).is_ok());
    }
    assert_eq!(terminal.get("/v1/roster/2").await.status(), 404);

    let answer = terminal.get("/v1/campaign").await;
    let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let sealed: SignedEnvelope = answer.json().await.unwrap();
    let text = sealed.open(envelope::CAMPAIGN, &key).unwrap();
    let campaign = wire::campaign_file::load(std::str::from_utf8(&text).unwrap(), "got").unwrap();
    assert_eq!(campaign.id.as_str(), "sample");
    let again = terminal.ask_if_changed("/v1/campaign", &tag).await;
    assert_eq!(again.status(), 304);
    assert!(again.bytes().await.unwrap().is_empty());
    centre.finish().await;
}

/// Protects V7: the slots of a site with the places they have left, full ones as full.
#[tokio::test]
async fn v7_slots_and_their_places() {
    let centre = Centre::start();
    let terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let slots: SiteSlots = terminal
        .get("/v1/sites/tp-daan-1/slots")
        .await
        .json()
        .await
        .unwrap();
    let remaining = |id: &str| {
        slots
            .slots
            .iter()
            .find(|slot| slot.slot == id)
            .unwrap()
            .remaining
    };
    assert_eq!(remaining("0408-0900"), 0);
    assert_eq!(remaining("0409-0900"), 40);
    for path in ["/v1/sites/nowhere/slots", "/v1/sites/%FF/slots"] {
        assert_eq!(terminal.ask(Method::GET, path, b"").await.status(), 404);
    }
    centre.finish().await;
}

/// Protects integrators: the document is there and names every endpoint of the table in `wire`.
#[tokio::test]
async fn the_openapi_document_names_every_endpoint() {
    let centre = Centre::start();
    let address = format!("{}/openapi.json", centre.address);
    let document: serde_json::Value = centre
        .http
        .get(address)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    for path in [
        "/v1/health",
        "/v1/devices/enrol",
        "/v1/operations",
        "/v1/people/check",
        "/v1/sites/{site}/slots",
        "/v1/roster",
        "/v1/roster/{version}",
        "/v1/campaign",
        "/v1/orders",
    ] {
        assert!(document["paths"][path].is_object(), "{path}");
    }
    centre.finish().await;
}
