//! Opening: every way a database can be unwell has its own error, and none is replaced in silence.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// Tests are an edge: they read the clock and the environment.
#![allow(clippy::disallowed_methods)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use common::*;
use domain::campaign::{BirthHalfYear, SiteId, SlotId};
use domain::roster::{CategorySet, RosterRecord};
use store::{DatabaseKey, IfMissing, RosterRelease, Store, StoreError, move_aside, wait};

fn reopen(folder: &Path, key: &DatabaseKey) -> Result<Store, StoreError> {
    Store::open(&file(folder), key, IfMissing::Refuse, codec())
}

/// Waits until the thread of a dropped handle has closed the file, write-ahead log and all.
fn closed(folder: &Path) {
    let log = folder.join("terminal.db-wal");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while log.exists() && std::time::Instant::now() < end {
        std::thread::yield_now();
    }
    assert!(!log.exists());
}

/// Protects against a silent fresh start: no file, or one emptied by a lost disk, is an error unless
/// the terminal is being set up.
#[test]
fn missing_or_emptied_is_never_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        reopen(folder.path(), &key()),
        Err(StoreError::Missing { .. })
    ));
    assert!(!file(folder.path()).exists());
    fs::write(file(folder.path()), b"").unwrap();
    assert!(matches!(
        reopen(folder.path(), &key()),
        Err(StoreError::Damaged { .. })
    ));
    let nowhere = folder.path().join("no/such/folder");
    assert!(matches!(
        open(&nowhere),
        Err(StoreError::Unreachable { .. })
    ));
}

/// Protects the field technician: a wrong key says so and what to do; the file stays as it is.
#[test]
fn wrong_key_names_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    drop(enrolled(folder.path()));
    closed(folder.path());
    let before = fs::read(file(folder.path())).unwrap();
    let error = reopen(folder.path(), &DatabaseKey::new([8; 32]))
        .map(drop)
        .unwrap_err();
    assert!(matches!(error, StoreError::WrongKey { .. }));
    assert!(
        error
            .to_string()
            .contains("check that the key file belongs to this disk")
    );
    assert_eq!(fs::read(file(folder.path())).unwrap(), before);
    assert!(reopen(folder.path(), &key()).is_ok());
}

/// Protects records: damage in any later page is noticed at start, the file is kept, and only an
/// explicit call moves it aside, under a name that tells when.
#[test]
fn damage_is_noticed_and_moved_aside_only_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path());
    drop(enrolled(folder.path()));
    closed(folder.path());
    let whole = fs::read(&path).unwrap();
    let page = 4096;
    for (name, damaged) in [
        ("a flipped bit", {
            let mut bytes = whole.clone();
            bytes[page * 3 + 100] ^= 1;
            bytes
        }),
        ("a cut file", whole[..page * 2].to_vec()),
    ] {
        fs::write(&path, &damaged).unwrap();
        let error = reopen(folder.path(), &key()).map(drop).unwrap_err();
        assert!(
            matches!(error, StoreError::Damaged { .. }),
            "{name}: {error:?}"
        );
        assert_eq!(fs::read(&path).unwrap(), damaged, "{name}");
    }
    let aside = move_aside(&path, at(0)).unwrap();
    assert!(aside.to_string_lossy().ends_with(".damaged-1775181600000"));
    assert!(aside.exists() && !path.exists());
    let fresh = open(folder.path()).unwrap();
    assert_eq!(wait(fresh.identity()).unwrap(), None);
}

/// Protects privacy on a stolen disk: no number, name or word of a person stands in any of the
/// files, while the database is open, with its log; and nobody else may read them.
#[test]
fn nothing_personal_lies_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    let who = person(4711);
    record(&store, 1, booking(&who, "0403-0900"));
    wait(store.replace_orders(vec![order("9876543210", &who)])).unwrap();
    let release = RosterRelease {
        version: 1,
        created_at: at(0),
        not_after: at(9),
        people: 1,
    };
    let record = RosterRecord {
        number: who.clone(),
        other_number: None,
        card: domain::CardNumber::parse(CARD).unwrap(),
        previous_card: None,
        insurance_only: false,
        categories: CategorySet::default(),
        birth: BirthHalfYear {
            year: 1990,
            second_half: true,
        },
    };
    wait(store.import_roster(release, vec![record], at(1))).unwrap();
    let mut files = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        files += 1;
        for personal in [who.reveal(), MOBILE, CARD, NAME, "9876543210", "S0001"] {
            let found = bytes
                .windows(personal.len())
                .any(|window| window == personal.as_bytes());
            assert!(!found, "{} in {}", personal, path.display());
        }
    }
    assert!(files >= 2, "the database and its log");
    let mode = fs::metadata(file(folder.path()))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// Protects the guess at the kiosk: places last heard, less what was recorded here since.
#[test]
fn places_left_count_own_bookings() {
    let folder = tempfile::tempdir().unwrap();
    let store = enrolled(folder.path());
    let site = SiteId::parse("H001").unwrap();
    let slot = |text| SlotId::parse(text).unwrap();
    assert_eq!(wait(store.slots(site.clone())).unwrap(), None);
    let heard = vec![(slot("0403-0900"), 1), (slot("0403-0930"), 5)];
    wait(store.save_slots(site.clone(), heard.clone(), at(10))).unwrap();
    record(&store, 1, booking(&person(1), "0403-0900"));
    record(&store, 2, booking(&person(2), "0403-0900"));
    let places = || -> Vec<u32> {
        let mut cached = wait(store.slots(site.clone())).unwrap().unwrap();
        assert_eq!(cached.heard_at, at(10));
        cached.slots.sort_by(|one, other| one.slot.cmp(&other.slot));
        cached.slots.iter().map(|places| places.remaining).collect()
    };
    assert_eq!(places(), [0, 5]);
    let full = domain::operation::Outcome::Rejected(domain::operation::Rejection::SlotFull);
    let device = domain::operation::DeviceId::new(1).unwrap();
    let results = vec![(1, full.clone()), (2, full)];
    wait(store.store_results(device, 1, results, at(20))).unwrap();
    assert_eq!(places(), [1, 5]);
}
