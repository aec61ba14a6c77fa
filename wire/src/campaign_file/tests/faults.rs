//! Every fault of a campaign file, named with its line and field.

use super::*;

/// Protects the writer of a file against guessing: every fault is named with its line and field.
#[test]
fn faults_are_named_with_line_and_field() {
    for (good, bad, said) in [
        (
            "version = 3",
            "version = 0",
            "line 2: version must be a whole number from 1 to 4294967295",
        ),
        (
            "version = 3",
            "version = \"3\"",
            "line 2: version must be a whole number",
        ),
        ("version = 3", "versio = 3", "line 1: version is missing"),
        (
            "version = 3",
            "version = 3\nextra = 1",
            "line 3: extra is not a field",
        ),
        (
            "campaign = \"c\"",
            "campaign = \"c c\"",
            "line 1: campaign must be 1 to 32 ASCII",
        ),
        (
            "id = \"a2\"",
            "id = \"a1\"",
            "line 3: counties[0].areas[1].id is used a second time",
        ),
        (
            "name = \"信義區\"",
            "name = \"\"",
            "line 3: counties[0].areas[1].name must not be empty",
        ),
        (
            "end = 2026-04-05T18:00:00+08:00 }\nbooking",
            "end = 2026-04-01T08:00:00+08:00 }\nbooking",
            "line 12: vaccine[0].willingness.end must be later than its start",
        ),
        (
            "start = 2026-04-02T10:00:00+08:00",
            "start = 2026-04-02",
            "line 13: vaccine[0].booking.start must be a moment",
        ),
        (
            "brands = [{ id = \"az\", name = \"AZ\" }]",
            "brands = []",
            "vaccine[0].brands must not be empty",
        ),
        (
            "code = 9",
            "code = 33",
            "line 15: vaccine[0].categories[0].code must be a whole number from 1 to 32",
        ),
        (
            "category = 9",
            "category = 8",
            "line 16: vaccine[0].calls[0].category names a category that",
        ),
        (
            "1970-H2",
            "1960-H2",
            "line 16: vaccine[0].calls[0].born_until must not lie before born_from",
        ),
        (
            "1970-H2",
            "1970-H3",
            "line 16: vaccine[0].calls[0].born_until must be a half-year",
        ),
        (
            "area = \"a1\"",
            "area = \"zz\"",
            "line 19: vaccine[0].sites[0].area names a township",
        ),
        (
            "brand = \"az\"",
            "brand = \"bnt\"",
            "line 22: vaccine[0].sites[0].brand names a brand",
        ),
        (
            "end = 14:30:00",
            "end = 13:30:00",
            "line 24: vaccine[0].sites[0].slots[0].end must be later",
        ),
        (
            "id = \"t1\"",
            "id = \"t2\"",
            "line 25: vaccine[0].sites[0].slots[1].id is used a second time",
        ),
        (
            "capacity = 5",
            "capacity = -5",
            "line 24: vaccine[0].sites[0].slots[0].capacity must be a whole",
        ),
        (
            "capacity = 5",
            "capacity = 5, size = 1",
            "line 24: vaccine[0].sites[0].slots[0].size is not a field",
        ),
        (
            "2026-04-08, start = 13",
            "2026-04-31, start = 13",
            "no longer TOML at line 24",
        ),
        (
            "pickup_last_day = 2026-04-08",
            "pickup_last_day = 2026-04-01",
            "line 37: mask[0].pickup_last_day must not lie before pickup_first_day",
        ),
        (
            "masks_per_order = 3",
            "masks_per_order = 0",
            "line 38: mask[0].masks_per_order must be",
        ),
        (
            "stores = [{ id",
            "stores = 1 # [{ id",
            "line 42: mask[0].stores must be a list of tables",
        ),
        (
            "area = \"a2\"",
            "area = \"a9\"",
            "line 42: mask[0].stores[0].area names a township",
        ),
        ("[[mask]]", "[[mask]", "no longer TOML at line 27"),
        (
            "2026-04-02T10:00:00",
            "2026-03-02T10:00:00",
            "vaccine[0].booking.start must not lie before willingness.start",
        ),
        (
            "date = 2026-04-08, start = 13",
            "date = 2026-04-01, start = 13",
            "vaccine[0].sites[0].slots[0].date must not lie before booking.start",
        ),
        (
            "cancel_at = [\"pharmacy\"",
            "cancel_at = [\"store\"",
            "vaccine[0].cancel_at[0] names a channel where this cannot be done",
        ),
        (
            "cancel_at = [\"pharmacy\"",
            "cancel_at = [\"kiosk\"",
            "vaccine[0].cancel_at[0] must be one of store, pharmacy",
        ),
        (
            "holders = [\"site-counters\"]",
            "holders = [\"site-counters\", \"site-counters\"]",
            "vaccine[0].lease.holders[1] is used a second time",
        ),
        (
            "time_to_live_s = 3600",
            "time_to_live_s = 300",
            "vaccine[0].lease.time_to_live_s must be a whole number from 600",
        ),
        (
            "round = \"m1\"",
            "round = \"v1\"",
            "mask[0].round is used a second time",
        ),
        (
            "order_supply = 10",
            "order_supply = 0",
            "mask[0].order_supply must be a whole number from 1",
        ),
        (
            "payment = { start = 2026-03-28",
            "payment = { start = 2026-03-27",
            "mask[0].payment.start must not lie before order.end",
        ),
        (
            "pickup_notice = { start = 2026-03-31",
            "pickup_notice = { start = 2026-03-30",
            "mask[0].pickup_notice.start must not lie before payment.end",
        ),
        (
            "pickup_first_day = 2026-04-02",
            "pickup_first_day = 2026-03-30",
            "mask[0].pickup_first_day must not lie before the day after payment.end",
        ),
        (
            "end = 2026-04-02T00:00:00",
            "end = 2026-04-09T00:00:00",
            "mask[0].pickup_notice.end must not lie after pickup_last_day",
        ),
        (
            "{ channel = \"app\", ways = [\"transfer\"] }",
            "",
            "mask[0].payment_ways has nothing for an entry of order_channels",
        ),
        (
            "channel = \"app\"",
            "channel = \"web\"",
            "mask[0].payment_ways[2].channel is used a second time",
        ),
        (
            "channel = \"app\"",
            "channel = \"pharmacy\"",
            "mask[0].payment_ways[2].channel names a channel of orders that",
        ),
        (
            "ways = [\"transfer\", \"card\"]",
            "ways = [\"card\", \"card\"]",
            "mask[0].payment_ways[1].ways[1] is used a second time",
        ),
        (
            "ways = [\"card\"]",
            "ways = [\"cash\"]",
            "mask[0].payment_ways[0].ways[0] must be one of transfer, card",
        ),
        (
            "channels = [\"pharmacy\"]",
            "channels = [\"web\"]",
            "mask[0].counter_sale.channels[0] names a channel where",
        ),
        (
            "channels = [\"pharmacy\"]",
            "channels = []",
            "mask[0].counter_sale.channels must not be empty",
        ),
        (
            ", sunday = \"any\"",
            "",
            "mask[0].counter_sale.odd_even.sunday is missing",
        ),
        (
            "saturday = \"even\"",
            "saturday = \"none\"",
            "mask[0].counter_sale.odd_even.saturday must be one of odd, even, any",
        ),
    ] {
        let text = SMALL.replacen(good, bad, 1);
        assert_ne!(text, SMALL, "{good}");
        let sentence = match load(&text, "small.toml") {
            Ok(_) => panic!("{bad} was taken"),
            Err(error) => error.to_string(),
        };
        assert!(
            sentence.starts_with("the campaign file small.toml") && sentence.contains(said),
            "{bad}: {sentence}"
        );
    }
}
