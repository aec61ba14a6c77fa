//! What every text must keep.

use super::*;
use std::collections::BTreeSet;

fn keys_of(language: Language, wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    language
        .sources()
        .iter()
        .filter(|(file, _)| wanted(file))
        .flat_map(|(_, source)| source.lines())
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

fn keys(language: Language) -> BTreeSet<String> {
    keys_of(language, |_| true)
}

/// Protects foreign customers: no text of a screen exists in one language only, and every slip
/// exists in every language.
#[test]
fn every_key_stands_in_every_language() {
    let first = keys(Language::TraditionalChinese);
    let slips = keys_of(Language::TraditionalChinese, |file| file == "slip.ftl");
    assert!(slips.len() > 150 && first.len() > slips.len());
    for language in Language::ALL {
        let wanted = if Language::SCREENS.contains(&language) {
            &first
        } else {
            &slips
        };
        assert_eq!(&keys(language), wanted, "{}", language.tag());
        let wording = Wording::load(language).unwrap();
        for key in wanted {
            assert!(wording.has(key), "{key}");
        }
    }
}

/// Protects what is filled in (numbers, days, prices): a text names the same places in every
/// language, so that none is lost in a translation. Dates and times name what their language needs.
#[test]
fn every_language_fills_the_same_places() {
    let places = |language: Language| -> Vec<(String, BTreeSet<String>)> {
        let (_, source) = language.sources()[0];
        let lines = source.lines().filter_map(|line| line.split_once(" = "));
        lines
            .filter(|(key, _)| !["slip-date", "slip-moment"].contains(key))
            .map(|(key, text)| {
                let names = text.split("{ $").skip(1);
                let names = names.filter_map(|rest| rest.split_once(" }"));
                (
                    key.to_owned(),
                    names.map(|(name, _)| name.to_owned()).collect(),
                )
            })
            .collect()
    };
    let first = places(Language::TraditionalChinese);
    for language in Language::ALL {
        assert_eq!(places(language), first, "{}", language.tag());
    }
}

/// Protects the screen: a missing key is visible and never a panic.
#[test]
fn a_missing_key_shows_itself() {
    let wording = Wording::load(Language::English).unwrap();
    assert_eq!(wording.text("no-such-key", &[]), "⟦no-such-key⟧");
}

/// Protects I11: whatever names help, on the screen and on paper, names every line, and that
/// nobody asks for a transfer.
#[test]
fn i11_help_names_every_line() {
    for language in Language::ALL {
        let wording = Wording::load(language).unwrap();
        let all = |prefix: &str| {
            let keys = keys(language);
            let texts = keys.iter().filter(|key| key.starts_with(prefix));
            texts.map(|key| wording.text(key, &[])).collect::<String>()
        };
        let mut texts = vec![all("slip-help-") + &wording.text("slip-fraud", &[])];
        if Language::SCREENS.contains(&language) {
            texts.push(all("help-"));
        }
        for help in texts {
            for line in ["1922", "0800-030-598", "4128-678", "02-4128-678", "165"] {
                assert!(help.contains(line), "{} lacks {line}", language.tag());
            }
            let transfer = match language {
                Language::TraditionalChinese => "匯款",
                Language::English => "transfer",
                Language::Indonesian => "mentransfer",
                Language::Vietnamese => "chuyển tiền",
                Language::Thai => "โอนเงิน",
            };
            assert!(help.contains(transfer), "{help}");
        }
    }
}

/// Protects I12: whoever cannot read the card number is told of the app, of the web after
/// registration, and of local helpers and 1922 where there is neither.
#[test]
fn i12_ways_to_learn_the_card_number() {
    for (language, ways) in [
        (
            Language::TraditionalChinese,
            ["APP", "註冊", "網站", "政府", "1922"],
        ),
        (
            Language::English,
            ["app", "registered", "website", "local government", "1922"],
        ),
    ] {
        let wording = Wording::load(language).unwrap();
        let told = wording.text("help-number-detail", &[]);
        for way in ways {
            assert!(told.contains(way), "{told} lacks {way}");
        }
    }
}

/// Protects V10's answer: the places where one can cancel, as a sentence says them.
#[test]
fn v10_places_are_listed() {
    let keys = ["pharmacy", "health-centre", "web"].map(|code| format!("channel-{code}"));
    let english = Wording::load(Language::English).unwrap();
    assert_eq!(
        english.any_of(&keys),
        "a pharmacy, a health centre or the website"
    );
    assert_eq!(english.any_of(&keys[..1]), "a pharmacy");
    assert_eq!(english.any_of(&[]), "");
    let chinese = Wording::load(Language::TraditionalChinese).unwrap();
    assert_eq!(chinese.any_of(&keys), "藥局、衛生所或預約網站");
}
