//! The campaigns of 2020 and 2021 give the documents' own answers; an invented one gives its own.
//! Nothing but the files differs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod mutations;

use domain::campaign::Campaign;

const MASKS_2020: &str = include_str!("../../../assets/campaigns/masks-2020.toml");
const VACCINE_2021_07: &str = include_str!("../../../assets/campaigns/vaccine-2021-07.toml");
const WINTER_2026: &str = include_str!("../../../assets/campaigns/winter-2026.toml");
const SAMPLE: &str = include_str!("../../../assets/campaigns/sample.toml");

/// Every campaign file of the project.
const ALL: [(&str, &str); 4] = [
    ("masks-2020.toml", MASKS_2020),
    ("vaccine-2021-07.toml", VACCINE_2021_07),
    ("winter-2026.toml", WINTER_2026),
    ("sample.toml", SAMPLE),
];

fn load(text: &str) -> Campaign {
    wire::campaign_file::load(text, "campaign").unwrap_or_else(|error| panic!("{error}"))
}

/// Protects whoever makes campaigns by program: what is written reads back as the same campaign.
#[test]
fn round_trip() {
    for (_, text) in ALL {
        let campaign = load(text);
        let written = wire::campaign_file::to_text(&campaign);
        assert_eq!(load(&written), campaign);
    }
}
