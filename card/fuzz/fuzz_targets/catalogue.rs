//! Any bytes as an answer to reset: looking it up never panics, and says the same each time; a
//! health card's whole value is found only as that whole value.
#![no_main]

use std::sync::LazyLock;

use card::catalogue::{Catalogue, Hint};
use libfuzzer_sys::fuzz_target;

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::bundled().expect("the bundled catalogue is well formed"));

fuzz_target!(|atr: &[u8]| {
    let hint = CATALOGUE.hint(atr);
    assert!(hint == CATALOGUE.hint(atr));
    match hint {
        Hint::HealthCard => {
            assert!(
                (2..=33).contains(&atr.len()),
                "no answer to reset is so long"
            );
            let longer = [atr, &[0]].concat();
            assert!(CATALOGUE.hint(&longer) != Hint::HealthCard);
        }
        Hint::Other(card) => assert!(!card.name().is_empty() && !card.wording().is_empty()),
        Hint::Unknown => {}
    }
});
