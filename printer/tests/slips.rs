//! Every kind of slip on the real `virtual-printer`, in both languages: it comes out, is proved, its
//! codes are read by a stranger, and nothing is missing in its words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use printer::slip::{Kind, compose, sample};
use printer::{Block, Event, Grade, JobId, Page, PaperWidth};
use support::{Stand, codes};
use wording::{Language, Wording};

fn page(kind: Kind, language: Language, width: PaperWidth, reprint: u32) -> Page {
    let own = Wording::load(language).unwrap();
    compose(&sample(kind, reprint).unwrap(), &own, width)
}

/// Everything a page says, one text a line.
fn words(page: &Page) -> String {
    let mut words = String::new();
    for block in &page.blocks {
        let parts: Vec<&str> = match block {
            Block::Text { text, .. }
            | Block::Number { text }
            | Block::Banner { text }
            | Block::Boxed { text } => {
                vec![text]
            }
            Block::Pair { label, value } => vec![label, value],
            Block::Code39 { data, caption } => vec![caption, data],
            Block::Qr { data } => vec![data],
            Block::Rule | Block::Gap { .. } => vec![],
        };
        for part in parts {
            words.push_str(part);
            words.push('\n');
        }
    }
    words
}

/// Protects every slip a customer takes home: it prints, and the till's scanner reads what stands
/// on it.
#[test]
fn every_kind_comes_out_in_both_languages() {
    let mut stand = Stand::start(&[]);
    let mut job = 0;
    for language in Language::ALL {
        for kind in Kind::ALL {
            job += 1;
            stand
                .handle()
                .print(JobId(job), page(kind, language, PaperWidth::Dots576, 0))
                .unwrap();
            let done = Event::Finished {
                job: JobId(job),
                grade: Grade::Printed,
            };
            assert_eq!(stand.outcome(job), done, "{kind:?}");
            let expected: &[&str] = match kind {
                Kind::Pickup => &[
                    "CODE-39:04084C000000000",
                    "CODE-39:260408ZK0",
                    "CODE-39:ZK00042010000017",
                    "QR-Code:ZK00042010000017",
                ],
                Kind::Test => &["CODE-39:TEST-0123456789", "QR-Code:TEST-0123456789"],
                _ => &[],
            };
            let read = codes(stand.pictures().last().unwrap());
            assert_eq!(read.len(), expected.len(), "{read:?}");
            for code in expected.iter().filter(|code| !code.contains("0408")) {
                assert!(
                    read.iter().any(|found| found == code),
                    "{code} not among {read:?}"
                );
            }
        }
    }
    assert!(stand.say("status").contains("unknown=0"));
}

/// Protects the scanner at the till: each side of every bar code has ten narrow bars of white, which
/// `zbarimg` does not ask for but real scanners do.
#[test]
fn bar_codes_have_their_quiet_zone() {
    let mut typesetter = printer::text::Typesetter::load().unwrap();
    let page = page(
        Kind::Pickup,
        Language::TraditionalChinese,
        PaperWidth::Dots576,
        1,
    );
    let picture = printer::raster::picture(&page, &mut typesetter).unwrap();
    let strips = printer::raster::strips(&page, &mut typesetter).unwrap();
    let mut top = 0;
    let mut bars = 0;
    for strip in strips {
        match strip {
            printer::raster::Strip::Dots(rows) => top += rows.rows(),
            printer::raster::Strip::Code39 { .. } => {
                let row = (0..576).filter(|&x| picture.is_black(x, top + 50));
                let ink: Vec<usize> = row.collect();
                assert!(*ink.first().unwrap() >= printer::codes::QUIET_DOTS);
                assert!(576 - 1 - ink.last().unwrap() >= printer::codes::QUIET_DOTS);
                top += printer::raster::BAR_ROWS;
                bars += 1;
            }
            printer::raster::Strip::Qr { .. } => break,
        }
    }
    assert_eq!(bars, 3);
}

/// Protects "never the same paper": a pending booking never says 預約成功 and says where the answer
/// comes from; a confirmed one never says that it is unconfirmed.
#[test]
fn pending_and_confirmed_are_never_the_same_paper() {
    for language in Language::ALL {
        let pending = words(&page(Kind::Pending, language, PaperWidth::Dots576, 0));
        let confirmed = words(&page(Kind::Booking, language, PaperWidth::Dots576, 0));
        assert!(pending.contains("已受理，尚未確認") && pending.contains("1922"));
        assert!(
            !pending
                .lines()
                .any(|line| line == "預約成功" || line == "Booking confirmed")
        );
        assert!(!pending.contains("204 861 735"));
        assert!(confirmed.contains("預約成功") && confirmed.contains("204 861 735"));
        assert!(!confirmed.contains("尚未確認"));
    }
}

/// Protects V4, V8, M13–M15, I8, I11 on paper: what must stand there stands there, no text is
/// missing, and reprints are marked with their count and keep their number.
#[test]
fn v4_v8_m13_m14_m15_i8_i11_what_must_stand_on_a_slip_stands_there() {
    for language in Language::ALL {
        for kind in Kind::ALL {
            let words = words(&page(kind, language, PaperWidth::Dots576, 2));
            assert!(!words.contains('⟦'), "{kind:?}: {words}");
            for line in [
                "1922",
                "0800-030-598",
                "4128-678",
                "02-4128-678",
                "165",
                "補印",
                "2",
                "T00042",
            ] {
                assert!(words.contains(line), "{kind:?} lacks {line}");
            }
            if kind != Kind::Test {
                assert!(
                    words.contains("A********9") && words.contains("甄〇康"),
                    "{kind:?}"
                );
            }
        }
    }
    let pickup = words(&page(
        Kind::Pickup,
        Language::TraditionalChinese,
        PaperWidth::Dots576,
        1,
    ));
    for part in [
        "ZK00 0420 1000 0017",
        "民國115年4月8日（星期三）",
        "整份（3 片）更換",
        "不退款",
        "健保卡",
    ] {
        assert!(pickup.contains(part), "{part}");
    }
    let willingness = words(&page(
        Kind::Willingness,
        Language::TraditionalChinese,
        PaperWidth::Dots576,
        0,
    ));
    assert!(willingness.contains("不是預約的順序"));
}
