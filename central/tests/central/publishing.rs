use std::process::Output;

use wire::envelope::{self, SignedEnvelope};
use wire::roster::RosterManifest;

use crate::common::{Centre, Terminal, booked};

const SLOT: &str =
    "{ id = \"0409-0900\", date = 2026-04-09, start = 09:00:00, end = 10:00:00, capacity = 40 }";

/// Protects terminals and bookings: versions of a campaign only rise, a new one stands at once, and
/// none takes a place away that is booked.
#[tokio::test]
async fn campaign_versions_only_rise() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    for person in centre.called(&terminal.roster().await, 2) {
        let category = person.category(&terminal).await;
        terminal.does(person.willing(category, &["moderna"])).await;
        let books = terminal.record(person.books("tp-daan-1", "0409-0900"));
        assert!(booked(&terminal.deliver(vec![books]).await.results[0]));
    }
    let changed = |version: &str, capacity: &str| {
        let text = centre.campaign().replacen("version = 1", version, 1);
        publish(
            &centre,
            &text.replacen(SLOT, &SLOT.replace("40 }", capacity), 1),
        )
    };
    assert!(publish(&centre, &centre.campaign()).status.success());
    refused(
        &changed("version = 1", "41 }"),
        "version 1 of the campaign is not above",
    );
    refused(
        &changed("version = 2", "1 }"),
        "slot 0409-0900 of site tp-daan-1 fewer places",
    );
    refused(
        &changed("version = 0", "40 }"),
        "is wrong in line 6: version must be a whole number",
    );
    assert!(changed("version = 2", "3 }").status.success());
    refused(
        &changed("version = 1", "40 }"),
        "version 1 of the campaign is not above",
    );

    let key = wire::keys::public_key_from_text(&centre.release_key, "release key").unwrap();
    let sealed: SignedEnvelope = terminal.get("/v1/campaign").await.json().await.unwrap();
    let text = String::from_utf8(sealed.open(envelope::CAMPAIGN, &key).unwrap()).unwrap();
    assert_eq!(wire::campaign_file::load(&text, "got").unwrap().version, 2);
    let slots = centre.operator("/operator/v1/slots/tp-daan-1").await;
    let slot = slots
        .as_array()
        .unwrap()
        .iter()
        .find(|slot| slot["slot"] == "0409-0900")
        .unwrap();
    assert_eq!(
        (&slot["capacity"], &slot["booked"], &slot["remaining"]),
        (&3.into(), &2.into(), &1.into())
    );
    centre.finish().await;
}

/// Protects the fleet: a second release has the next version, and holds who was new.
#[tokio::test]
async fn roster_versions_only_rise() {
    let centre = Centre::start();
    let terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let released = centre.central(&[
        "release-roster",
        "--release-key",
        &centre.path("release.pem"),
    ]);
    assert!(released.status.success());
    let key = wire::keys::public_key_from_text(&centre.release_key, "release key").unwrap();
    let sealed: SignedEnvelope = terminal.get("/v1/roster").await.json().await.unwrap();
    let payload = sealed.open(envelope::ROSTER_MANIFEST, &key).unwrap();
    let manifest: RosterManifest = serde_json::from_slice(&payload).unwrap();
    assert_eq!((manifest.version, manifest.people), (2, 2001));
    let fresh = centre.person("fresh-card").person_number;
    let file = terminal.get("/v1/roster/2").await.text().await.unwrap();
    assert!(file.contains(&fresh));
    centre.finish().await;
}

/// Protects operators: each wrong use ends in one sentence and a status, and changes nothing.
#[tokio::test]
async fn wrong_use_ends_in_one_sentence() {
    let centre = Centre::start();
    let seed = [
        "seed",
        "--release-key",
        &centre.path("release.pem"),
        "--campaign",
        &centre.path("campaign.toml"),
    ];
    refused(&centre.central(&seed), "the database holds people already");
    std::fs::write(
        centre.path("config.toml"),
        "listen = \"127.0.0.1:0\"\nport = 1\n",
    )
    .unwrap();
    let config = ["serve", "--config", &centre.path("config.toml")];
    refused(&centre.central(&config), "unknown field `port`");
    let code = ["enrolment-code", "--device", "77"];
    refused(
        &centre.central(&code),
        "there is no terminal 77; name the store",
    );
    let code = ["enrolment-code", "--device", "77", "--store", "S9999"];
    refused(
        &centre.central(&code),
        "no published campaign names the store S9999",
    );
    let operator = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--operator-listen",
        "127.0.0.1:0",
    ];
    refused(
        &centre.central(&operator),
        "the operator's address needs a token file",
    );
    assert_eq!(
        centre.central(&["serve", "--no-such"]).status.code(),
        Some(2)
    );
    centre
        .http
        .get(format!("{}/v1/health", centre.address))
        .send()
        .await
        .unwrap();
    centre.finish().await;
}

/// Protects terminals through an outage of the database: they are asked to come again, as a problem.
#[tokio::test]
async fn without_its_database_the_centre_is_busy() {
    let centre = Centre::start();
    let mut terminal = Terminal::enrol(&centre, centre.code(1)).await;
    let person = centre.person("called-national");
    let item = terminal.record(person.willing(9, &["az"]));
    centre.drop_database();
    for answer in [
        terminal.send(vec![item]).await,
        terminal.get("/v1/roster").await,
    ] {
        assert_eq!(answer.status(), 503);
        assert_eq!(answer.headers()["retry-after"], "2");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
}

fn publish(centre: &Centre, text: &str) -> Output {
    let path = centre.path("next.toml");
    std::fs::write(&path, text).unwrap();
    centre.central(&[
        "publish-campaign",
        "--release-key",
        &centre.path("release.pem"),
        "--campaign",
        &path,
    ])
}

fn refused(output: &Output, sentence: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains(sentence) && said.trim().lines().count() <= 6,
        "{said}"
    );
}
