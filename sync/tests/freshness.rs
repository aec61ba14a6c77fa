//! Roster, campaign, orders, and questions about a person: only what is signed, newer and about the
//! right subject is taken.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::centre::{Fault, TestCentre};
use common::terminal::Memory;
use common::*;
use domain::campaign::SiteId;
use domain::roster::CentreVerdict;
use ed25519_dalek::SigningKey;
use sync::{Centre, Event, SyncError};
use wire::envelope::{self, SignedEnvelope};
use wire::roster::RosterLine;

const CAMPAIGN: &str = include_str!("../../assets/campaigns/sample.toml");

fn line(number: &str, card: &str) -> RosterLine {
    RosterLine {
        number: number.to_owned(),
        other_number: None,
        card: card.to_owned(),
        previous_card: None,
        insurance_only: false,
        categories: 256,
        birth_year: 1960,
        birth_second_half: true,
    }
}

fn publish_campaign(server: &TestCentre, version: u32, key: &SigningKey) {
    let text = CAMPAIGN.replacen("version = 1", &format!("version = {version}"), 1);
    assert_eq!(
        wire::campaign_file::load(&text, "test").unwrap().version,
        version
    );
    server.book().campaign = Some(SignedEnvelope::seal(
        envelope::CAMPAIGN,
        text.as_bytes(),
        key,
    ));
}

const ORDERS: &str = r#"{"store":"S0001","orders":[{"number":"0123456789","round":"mask-2","person":"A123456789",
"mobile":"0912345678","store":"S0001","masks":3,"price_twd":22,"paid":true,"first_day":"2026-04-02",
"last_day":"2026-04-08","redeemed":false}]}"#;

/// Protects I3 and the rules in force: everything is fetched when the line comes up, once; newer
/// versions are told; what did not change is not fetched or told again.
#[tokio::test]
async fn everything_is_fetched_and_kept_fresh() {
    let server = TestCentre::start();
    server.publish_roster(4, &[line("A123456789", "000012345678")], &release_key());
    publish_campaign(&server, 7, &release_key());
    server.book().orders = Some(ORDERS.to_owned());
    let mut running = start(&server, Memory::with(0));
    let campaign = running
        .until(|event| matches!(event, Event::CampaignUpdated(_)))
        .await;
    assert!(matches!(campaign, Event::CampaignUpdated(campaign) if campaign.version == 7));
    running
        .until(|event| *event == Event::RosterUpdated { version: 4 })
        .await;
    running.until(|event| *event == Event::OrdersUpdated).await;

    server.publish_roster(5, &[], &release_key());
    running.handle.refresh();
    let next = running
        .until(|event| !matches!(event, Event::OutboxDepth(_)))
        .await;
    assert_eq!(next, Event::RosterUpdated { version: 5 });
    wait_for(|| {
        server
            .book()
            .paths
            .iter()
            .filter(|path| *path == "/v1/orders")
            .count()
            == 2
    });
    server.book().orders = Some(ORDERS.replace("\"paid\":true", "\"paid\":false"));
    running.handle.refresh();
    running.until(|event| *event == Event::OrdersUpdated).await;
    let records = running.terminal.records();
    assert_eq!(records.orders_replaced, 2);
    assert!(!records.orders.as_ref().unwrap()[0].paid);
    assert_eq!(records.campaign.as_ref().unwrap().0, 7);
}

/// Protects the roster and the campaign against whoever sits on the line: another key, a changed
/// file, an older version and a broken text are refused, and what is here stands.
#[tokio::test]
async fn forged_changed_and_older_releases_are_refused() {
    let server = TestCentre::start();
    let people = [
        line("A123456789", "000012345678"),
        line("A800000014", "000000000001"),
    ];
    server.publish_roster(4, &people, &release_key());
    publish_campaign(&server, 7, &release_key());
    let mut running = start(&server, Memory::with(0));
    running
        .until(|event| *event == Event::RosterUpdated { version: 4 })
        .await;

    let forger = SigningKey::from_bytes(&[66; 32]);
    let spoil: [&dyn Fn(); 6] = [
        &|| server.publish_roster(9, &people[..1], &forger),
        &|| server.publish_roster(3, &people[..1], &release_key()),
        &|| {
            server.publish_roster(9, &people, &release_key());
            let mut book = server.book();
            let file = &mut book.roster.as_mut().unwrap().1;
            // Another card, just as well formed: only the signed hash tells.
            let card = file.windows(12).position(|text| text == b"000012345678");
            file[card.unwrap()] = b'9';
        },
        &|| server.publish_roster(9, &[line("A123456788", "000012345678")], &release_key()),
        &|| {
            publish_campaign(&server, 8, &forger);
        },
        &|| {
            let broken = SignedEnvelope::seal(envelope::CAMPAIGN, b"version = 8", &release_key());
            server.book().campaign = Some(broken);
        },
    ];
    for act in spoil {
        act();
        let asked = |path: &str| {
            server
                .book()
                .paths
                .iter()
                .filter(|found| *found == path)
                .count()
        };
        let (rosters, campaigns) = (asked("/v1/roster"), asked("/v1/campaign"));
        running.handle.refresh();
        // Asked at least twice: the first answer has been judged by then.
        wait_for(|| asked("/v1/roster") > rosters + 1 || asked("/v1/campaign") > campaigns + 1);
        let records = running.terminal.records();
        assert_eq!(records.roster.as_ref().unwrap().version, 4);
        assert_eq!(records.roster.as_ref().unwrap().people.len(), 2);
        assert_eq!(records.campaign.as_ref().unwrap().0, 7);
    }
    while let Ok(event) = running.events.try_recv() {
        assert!(!matches!(
            event,
            Event::RosterUpdated { .. } | Event::CampaignUpdated(_)
        ));
    }
}

/// Protects I5 and I6: the verdict and what stands come from the centre, about this pair and no
/// other.
#[tokio::test]
async fn i5_a_person_is_asked_about() {
    let server = TestCentre::start();
    let centre = client(&server);
    let reply = |text: &str| {
        server
            .book()
            .fixed
            .insert("/v1/people/check".to_owned(), text.to_owned());
    };
    reply(r#"{"verdict":"superseded-card"}"#);
    let (verdict, standing) = centre.check_person(&person(), &card()).await.unwrap();
    assert_eq!(
        (verdict, standing.booking),
        (CentreVerdict::SupersededCard, None)
    );
    let current = r#"{"verdict":"current","record":{"number":"A123456789","card":"000012345678",
        "categories":1,"birth_year":1960,"birth_second_half":false},
        "standing":{"booking":{"number":"123456789","site":"s1","slot":"t1","mobile":"0912345678",
            "completed_at":"2026-04-03T02:00:00Z"}}}"#;
    reply(current);
    let (verdict, standing) = centre.check_person(&person(), &card()).await.unwrap();
    assert!(matches!(verdict, CentreVerdict::Current(_)) && standing.booking.is_some());

    reply(&current.replace("000012345678", "000012345679"));
    let other = centre.check_person(&person(), &card()).await;
    assert!(matches!(other, Err(SyncError::OtherSubject { .. })));
    reply(&current.replace("123456789\",\"site", "12345\",\"site"));
    let wrong = centre.check_person(&person(), &card()).await;
    assert!(matches!(wrong, Err(SyncError::Message { .. })));
    reply(r#"{"verdict":"current"}"#);
    assert!(centre.check_person(&person(), &card()).await.is_err());
}

/// Protects logs: no failure's text, cause included, holds a number of the person asked about, even
/// when the centre sends it back in a wrong place.
#[tokio::test]
async fn failures_name_nobody() {
    let server = TestCentre::start();
    let centre = client(&server);
    let echo = r#"{"verdict":"A123456789 000012345678"}"#.to_owned();
    server
        .book()
        .fixed
        .insert("/v1/people/check".to_owned(), echo);
    let mut told = Vec::new();
    for fault in [
        None,
        Some(Fault::Html),
        Some(Fault::CutOff),
        Some(Fault::Broken),
        Some(Fault::Hang),
    ] {
        server.spoil("/v1/people", fault.as_slice());
        let error = centre.check_person(&person(), &card()).await.err();
        told.extend(error.map(|error| format!("{error} {error:?}")));
    }
    assert!(told.len() >= 4);
    for text in told {
        assert!(
            !text.contains("A123456789") && !text.contains("000012345678"),
            "{text}"
        );
    }
}

/// Protects V7: places left are about the site asked for, or not taken.
#[tokio::test]
async fn v7_places_left() {
    let server = TestCentre::start();
    let centre = client(&server);
    let site = SiteId::parse("s1").unwrap();
    let reply = |text: &str| {
        server
            .book()
            .fixed
            .insert("/v1/sites/s1/slots".to_owned(), text.to_owned());
    };
    reply(r#"{"site":"s1","slots":[{"slot":"t1","remaining":3},{"slot":"t2","remaining":0}]}"#);
    let slots = centre.site_slots(&site).await.unwrap();
    assert_eq!(
        slots
            .iter()
            .map(|(_, remaining)| *remaining)
            .collect::<Vec<_>>(),
        [3, 0]
    );
    reply(r#"{"site":"s2","slots":[]}"#);
    assert!(matches!(
        centre.site_slots(&site).await,
        Err(SyncError::OtherSubject { .. })
    ));
    reply(r#"{"site":"s1","slots":[{"slot":"t 1","remaining":3}]}"#);
    assert!(matches!(
        centre.site_slots(&site).await,
        Err(SyncError::Message { .. })
    ));
}

/// Protects enrolment: the device's public key goes, the identity comes, and requests are signed as
/// that from then on; a refused code is told as such; an unreachable centre too.
#[tokio::test]
async fn a_terminal_enrols() {
    let mut server = TestCentre::start();
    let centre = Centre::new(config(&server.address())).unwrap();
    let site = SiteId::parse("s1").unwrap();
    assert!(matches!(
        centre.site_slots(&site).await,
        Err(SyncError::NotEnrolled)
    ));
    assert!(matches!(
        centre.enrol("wrong").await,
        Err(SyncError::Status { .. } | SyncError::Refused { .. })
    ));
    let reply =
        r#"{"device":1,"epoch":3,"store":{"id":"S0001","area":"63000030","name":"健康門市"}}"#;
    server
        .book()
        .fixed
        .insert("/v1/devices/enrol".to_owned(), reply.to_owned());
    let enrolled = centre.enrol("K7Q2").await.unwrap();
    assert_eq!(
        (enrolled.id, enrolled.store.as_str()),
        (identity(3), "S0001")
    );
    let slots = r#"{"site":"s1","slots":[]}"#.to_owned();
    server
        .book()
        .fixed
        .insert("/v1/sites/s1/slots".to_owned(), slots);
    assert!(centre.site_slots(&site).await.unwrap().is_empty());
    server.cut();
    let error = centre.site_slots(&site).await.unwrap_err();
    assert!(matches!(
        error,
        SyncError::Unreachable { .. } | SyncError::TimedOut { .. }
    ));
}
