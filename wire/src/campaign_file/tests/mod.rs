//! Tests of the campaign file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::campaign::{CategoryCode, SiteId, StoreId};
use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;

mod faults;

const SAMPLE: &str = include_str!("../../../../assets/campaigns/sample.toml");

/// A whole small file; tests break one line of it at a time.
const SMALL: &str = r#"campaign = "c"
version = 3
counties = [{ name = "臺北市", areas = [{ id = "a1", name = "大安區" }, { id = "a2", name = "信義區" }] }]
[[vaccine]]
round = "v1"
title = "第1期"
series = "covid"
dose = 1
price_twd = 0
cancel_at = ["pharmacy", "health-centre", "web", "app"]
lease = { units_max = 3, time_to_live_s = 3600, holders = ["site-counters"] }
willingness = { start = 2026-04-01T08:00:00+08:00, end = 2026-04-05T18:00:00+08:00 }
booking = { start = 2026-04-02T10:00:00+08:00, end = 2026-04-05T18:00:00+08:00 }
brands = [{ id = "az", name = "AZ" }]
categories = [{ code = 9, name = "第09類" }]
calls = [{ category = 9, born_from = "1961-H1", born_until = "1970-H2" }]
[[vaccine.sites]]
id = "s1"
area = "a1"
name = "診所"
address = "路1號"
brand = "az"
slots = [
  { id = "t2", date = 2026-04-08, start = 13:30:00, end = 14:30:00, capacity = 5 },
  { id = "t1", date = 2026-04-08, start = 09:00:00, end = 10:00:00, capacity = 0 },
]
[[mask]]
round = "m1"
title = "口罩"
order = { start = 2026-03-25T08:00:00+08:00, end = 2026-03-27T20:00:00+08:00 }
order_channels = ["store", "web", "app"]
order_supply = 10
payment = { start = 2026-03-28T08:00:00+08:00, end = 2026-03-30T20:00:00+08:00 }
payment_ways = [{ channel = "store", ways = ["card"] }, { channel = "web", ways = ["transfer", "card"] }, { channel = "app", ways = ["transfer"] }]
pickup_notice = { start = 2026-03-31T08:00:00+08:00, end = 2026-04-02T00:00:00+08:00 }
pickup_first_day = 2026-04-02
pickup_last_day = 2026-04-08
masks_per_order = 3
price_per_mask_twd = 5
delivery_price_twd = 7
days_between_purchases = 7
stores = [{ id = "S1", area = "a2", name = "健康門市", address = "路2號" }]
[mask.counter_sale]
first_day = 2026-03-19
last_day = 2026-04-08
channels = ["pharmacy"]
adult_masks = 3
adult_price_twd = 15
child_masks = 5
child_price_twd = 25
child_age_max = 16
odd_even = { monday = "odd", tuesday = "even", wednesday = "odd", thursday = "even", friday = "odd", saturday = "even", sunday = "any" }
[mask.traveller_sale]
first_day = 2026-03-21
last_day = 2026-04-08
adult_masks = 3
child_masks = 5
price_twd = 50
price_usd_cents = 200
"#;

/// Protects the next campaign: every part of the file arrives in the campaign, slots in order (V7).
#[test]
fn v7_a_file_is_read_whole() {
    let campaign = load(SMALL, "small.toml").unwrap();
    assert_eq!(campaign.version, 3);
    let round = &campaign.vaccine_rounds[0];
    assert_eq!(round.categories[0].code, CategoryCode::new(9).unwrap());
    assert_eq!(
        round.booking.start,
        "2026-04-02T02:00:00Z".parse::<jiff::Timestamp>().unwrap()
    );
    let site = round.site(&SiteId::parse("s1").unwrap()).unwrap();
    let ids: Vec<_> = site.slots.iter().map(|slot| slot.id.as_str()).collect();
    assert_eq!(ids, ["t1", "t2"]);
    assert_eq!(site.slots[1].start, time(13, 30, 0, 0));
    let mask = &campaign.mask_rounds[0];
    assert_eq!(mask.order_price_twd(), 22);
    assert_eq!(mask.pickup_last_day, date(2026, 4, 8));
    assert!(mask.store(&StoreId::parse("S1").unwrap()).is_some());
}

/// Protects the sample the demo and the tests run on: whole, with what the sample must show.
#[test]
fn the_sample_campaign_is_good() {
    let campaign = load(SAMPLE, "sample.toml").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(campaign.counties.len(), 22);
    let townships: usize = campaign
        .counties
        .iter()
        .map(|county| county.areas.len())
        .sum();
    assert_eq!(townships, 368);
    let round = &campaign.vaccine_rounds[0];
    let counties: BTreeSet<_> = round
        .sites
        .iter()
        .map(|site| &campaign.area(&site.area).unwrap().0.name.chinese)
        .collect();
    assert!(counties.len() >= 3 && round.sites.len() >= 12);
    let slots = || round.sites.iter().flat_map(|site| &site.slots);
    assert!(slots().any(|slot| slot.capacity == 0));
    assert!(slots().any(|slot| (1..=3).contains(&slot.capacity)));
    assert!(slots().any(|slot| slot.start.minute() == 30));
    let uncalled = |category: &domain::campaign::Category| {
        !round
            .calls
            .iter()
            .any(|call| call.category == category.code)
    };
    assert!(round.categories.iter().any(uncalled));
}

/// Protects whoever makes campaigns by program: what is written reads back as the same campaign.
#[test]
fn round_trip() {
    for text in [SMALL, SAMPLE] {
        let campaign = load(text, "first").unwrap();
        assert_eq!(load(&to_text(&campaign), "second").unwrap(), campaign);
    }
}

/// Protects a terminal against half a download: a file cut anywhere but at its end is refused or
/// lacks nothing, never a panic.
#[test]
fn a_cut_file_is_refused() {
    for (end, _) in SMALL.char_indices() {
        let (read, lost) = SMALL.split_at(end);
        if load(read, "cut").is_ok() {
            // The last number may lose its last digits and still be one.
            let whole = lost.trim().trim_matches('0').is_empty();
            assert!(whole || lost.trim_start().starts_with('['), "{end}");
        }
    }
}

proptest! {
    /// Protects the kiosk: no file, however damaged, ends the program.
    #[test]
    fn damage_never_panics(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)
    ) {
        let mut bytes = SMALL.as_bytes().to_vec();
        for (index, byte) in edits {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Err(error) = load(&text, "damaged") {
            prop_assert!(error.to_string().starts_with("the campaign file damaged"));
        }
    }

    /// Protects the kiosk: no text at all ends the program either.
    #[test]
    fn any_text_never_panics(text in "\\PC{0,200}") {
        let _ = load(&text, "any");
    }
}

/// Protects whoever writes the file: a mistake in TOML itself is one sentence with its line.
#[test]
fn a_syntax_mistake_is_one_sentence() {
    let text = SMALL.replace("version = 3", "version = ");
    let error = load(&text, "small.toml").unwrap_err();
    let cause = std::error::Error::source(&error).unwrap();
    let told = format!("{error}: {cause}");
    assert!(
        told.contains("small.toml") && told.contains("line 2"),
        "{told}"
    );
    assert!(!told.contains('\n'), "{told}");
}
