//! The roster and the campaign: all or nothing, never back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use domain::campaign::BirthHalfYear;
use domain::roster::{CategorySet, RosterRecord};
use domain::{CardNumber, PersonNumber};
use store::{Import, RosterRelease, Store, StoreError, StoredCampaign, wait};

fn release(version: u64, people: u64) -> RosterRelease {
    RosterRelease {
        version,
        created_at: at(0),
        not_after: at(100),
        people,
    }
}

fn record(number: PersonNumber, card: u32) -> RosterRecord {
    RosterRecord {
        number,
        other_number: None,
        card: CardNumber::parse(&format!("{card:012}")).unwrap(),
        previous_card: None,
        insurance_only: false,
        categories: CategorySet::from_bits(0x8000_0001),
        birth: BirthHalfYear {
            year: 1988,
            second_half: true,
        },
    }
}

fn import(store: &Store, version: u64, people: Vec<RosterRecord>) -> Result<Import, StoreError> {
    let stated = u64::try_from(people.len()).unwrap();
    wait(store.import_roster(release(version, stated), people, at(1)))
}

/// Protects I3 and I4: every field comes back as it went in, under either number.
#[test]
fn i4_records_are_found_under_either_number() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let resident = RosterRecord {
        other_number: Some(PersonNumber::parse("AC03095424").unwrap()),
        previous_card: Some(CardNumber::parse("000000000077").unwrap()),
        insurance_only: true,
        ..record(PersonNumber::parse("A800000014").unwrap(), 42)
    };
    let all: Vec<_> = (0..5000)
        .map(|n| record(person(n), n))
        .chain([resident.clone()])
        .collect();
    assert_eq!(import(&store, 3, all).unwrap(), Import::Replaced);
    for number in [
        resident.number.clone(),
        resident.other_number.clone().unwrap(),
    ] {
        assert_eq!(
            wait(store.find_person(number)).unwrap(),
            Some(resident.clone())
        );
    }
    assert_eq!(
        wait(store.find_person(person(4999))).unwrap(),
        Some(record(person(4999), 4999))
    );
    assert_eq!(wait(store.find_person(person(5000))).unwrap(), None);
    let status = wait(store.roster_status()).unwrap().unwrap();
    assert_eq!(status.release, release(3, 5001));
    assert!(!status.is_stale(at(100)) && status.is_stale(at(101)));
}

/// Protects against a replayed or broken release: older ones, ones that hold fewer people than they
/// say, and ones that name somebody twice leave the roster as it was.
#[test]
fn the_roster_never_goes_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let old = vec![record(person(1), 1)];
    import(&store, 5, old.clone()).unwrap();
    assert!(matches!(
        import(&store, 4, vec![]),
        Err(StoreError::VersionBehind {
            what: "roster",
            current: 5,
            offered: 4
        })
    ));
    assert_eq!(import(&store, 5, vec![]).unwrap(), Import::AlreadyHere);
    let short = wait(store.import_roster(release(6, 2), old, at(1)));
    assert!(matches!(
        short,
        Err(StoreError::RosterCount {
            stated: 2,
            found: 1
        })
    ));
    let twice = vec![record(person(2), 1), record(person(2), 2)];
    assert!(matches!(
        import(&store, 6, twice),
        Err(StoreError::Query { .. })
    ));
    assert!(wait(store.find_person(person(1))).unwrap().is_some());
    assert_eq!(
        wait(store.roster_status())
            .unwrap()
            .unwrap()
            .release
            .version,
        5
    );
}

/// Protects the rules in force: a campaign's text is kept as it came, and never goes back.
#[test]
fn the_campaign_never_goes_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    assert_eq!(wait(store.load_campaign()).unwrap(), None);
    let campaign = |version, text: &str| StoredCampaign {
        version,
        text: text.to_owned(),
    };
    wait(store.save_campaign(campaign(2, "二"), at(0))).unwrap();
    assert!(matches!(
        wait(store.save_campaign(campaign(1, "一"), at(0))),
        Err(StoreError::VersionBehind {
            what: "campaign",
            ..
        })
    ));
    assert_eq!(
        wait(store.load_campaign()).unwrap(),
        Some(campaign(2, "二"))
    );
}
