//! Every screen in both languages, text sizes, contrasts and heights, laid out as on the panel:
//! nothing cut off, everything large enough to touch, every text there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fixture;
mod inspect;
mod scenes;

use std::path::Path;

use domain::visit::Visit;
use iced::{Rectangle, Settings, Size};
use kiosk::face::Face;
use kiosk::look::millimetre::{LEAST_GAP_MM, LEAST_TARGET_MM, Panel};
use kiosk::look::text::FONT;
use kiosk::look::{Contrast, Look, Preferences, TextSize};
use kiosk::message::Message;
use wording::{Language, Wording};

use inspect::{Seen, look_at, renderer};

/// Half a pixel of rounding is no fault.
const ROUNDING_PX: f32 = 1.0;
/// The height of the smallest line of text, in millimetres.
const LINE_MM: f32 = 7.6 * 1.25;

fn upright() -> Vec<Panel> {
    vec![
        Panel::upright(),
        Panel::new((1080, 1920), (336, 597)).unwrap(),
    ]
}

fn preferences() -> Vec<Preferences> {
    let mut all = Vec::new();
    for text_size in [TextSize::Normal, TextSize::Large] {
        for lowered in [false, true] {
            all.push(Preferences {
                text_size,
                contrast: Contrast::Normal,
                lowered,
            });
        }
    }
    all
}

fn face<'a>(visit: &'a Visit, wording: &'a Wording, look: Look, help: bool) -> Face<'a> {
    Face {
        visit,
        wording,
        look,
        page: 0,
        help,
    }
}

fn inside(bounds: &Rectangle, panel: &Panel) -> bool {
    bounds.x >= -ROUNDING_PX
        && bounds.y >= -ROUNDING_PX
        && bounds.x + bounds.width <= panel.width_px() + ROUNDING_PX
        && bounds.y + bounds.height <= panel.height_px() + ROUNDING_PX
}

/// How far two rectangles are apart, by the larger of the two directions.
fn gap(one: &Rectangle, other: &Rectangle) -> f32 {
    let across = (other.x - one.x - one.width).max(one.x - other.x - other.width);
    let down = (other.y - one.y - one.height).max(one.y - other.y - other.height);
    across.max(down)
}

/// On a lowered screen everything to be touched lies at or under this part of the panel's height.
const LOWERED_FROM: f32 = 0.39;

fn faults(seen: &Seen, look: Look) -> Vec<String> {
    let panel = look.panel;
    let mut faults = Vec::new();
    for (target, bounds) in &seen.targets {
        if look.preferences.lowered && bounds.y < panel.height_px() * LOWERED_FROM {
            faults.push(format!("{} is too high: {bounds:?}", target.id));
        }
    }
    for (target, bounds) in &seen.targets {
        let least = panel.px(LEAST_TARGET_MM) - ROUNDING_PX;
        if bounds.width < least || bounds.height < least {
            faults.push(format!("{} is too small: {bounds:?}", target.id));
        }
        if !inside(bounds, &panel) {
            faults.push(format!("{} is outside: {bounds:?}", target.id));
        }
    }
    for (index, (one, first)) in seen.targets.iter().enumerate() {
        for (other, second) in seen.targets.iter().skip(index + 1) {
            if gap(first, second) < panel.px(LEAST_GAP_MM) - ROUNDING_PX {
                faults.push(format!("{} and {} are too close", one.id, other.id));
            }
        }
    }
    let line_px = look.mm(LINE_MM * look.text_scale()) - ROUNDING_PX;
    for (text, bounds) in seen.texts.iter().filter(|(text, _)| !text.is_empty()) {
        if !inside(bounds, &panel) || bounds.height < line_px {
            faults.push(format!("cut off: {text} {bounds:?}"));
        }
        if text.contains('⟦') {
            faults.push(format!("no text for {text}"));
        }
        for (target, touch) in &seen.targets {
            let overlaps = touch.intersection(bounds).is_some_and(|overlap| {
                overlap.height > look.mm(1.0) && overlap.width > look.mm(1.0)
            });
            if overlaps && !bounds.is_within(&grown(touch)) {
                faults.push(format!("{text} runs over {}", target.id));
            }
        }
    }
    faults
}

fn grown(bounds: &Rectangle) -> Rectangle {
    bounds.expand(ROUNDING_PX)
}

/// Protects everybody at the kiosk: on every screen, in both languages, text sizes and heights,
/// nothing is cut off or missing, and nothing to be touched is too small or too close.
#[test]
fn every_screen_fits() {
    let mut renderer = renderer();
    let mut found = Vec::new();
    for language in Language::SCREENS {
        let wording = Wording::load(language).unwrap();
        for (name, visit) in scenes::all() {
            for panel in upright() {
                for preferences in preferences() {
                    let look = Look::new(panel, preferences);
                    for help in [false, true] {
                        let seen = look_at(face(&visit, &wording, look, help), &mut renderer);
                        let what = format!(
                            "{name} {} {:?} lowered {} {} mm help {help}",
                            language.tag(),
                            preferences.text_size,
                            preferences.lowered,
                            panel.width_mm().round(),
                        );
                        found.extend(
                            faults(&seen, look)
                                .into_iter()
                                .map(|fault| format!("{what}: {fault}")),
                        );
                        assert!(!seen.targets.is_empty(), "{what}");
                    }
                }
            }
        }
    }
    assert!(
        found.is_empty(),
        "{} faults:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// Protects privacy (I8): what identifies a person stands nowhere in full but where it is typed.
#[test]
fn personal_numbers_are_masked() {
    let mut renderer = renderer();
    let wording = Wording::load(Language::TraditionalChinese).unwrap();
    for (name, visit) in scenes::all() {
        let look = Look::new(Panel::upright(), Preferences::default());
        let seen = look_at(face(&visit, &wording, look, false), &mut renderer);
        for (text, _) in &seen.texts {
            for secret in [
                "A123456789",
                "甄健康",
                "0912345678",
                "000000000001",
                "0123456789",
            ] {
                assert!(!text.contains(secret), "{name} shows {secret}");
            }
        }
    }
}

/// Protects the way out: every screen but idle has an end or goes on by itself, and says how long.
#[test]
fn every_screen_has_its_way_out() {
    let mut renderer = renderer();
    let wording = Wording::load(Language::English).unwrap();
    for (name, visit) in scenes::all() {
        let look = Look::new(Panel::upright(), Preferences::default());
        let seen = look_at(face(&visit, &wording, look, false), &mut renderer);
        let ids: Vec<&str> = seen
            .targets
            .iter()
            .map(|(target, _)| target.id.as_str())
            .collect();
        for always in ["language", "text-size", "contrast", "help"] {
            assert!(ids.contains(&always), "{name} lacks {always}");
        }
        if !name.starts_with("idle") {
            assert!(ids.contains(&"end"), "{name} lacks end");
            assert!(ids.contains(&"more-time"), "{name} lacks more time");
        }
    }
}

/// Leaves a picture of every screen for people to judge, in the build folder; judges nothing.
#[test]
fn pictures_are_drawn() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screens");
    let _ = std::fs::remove_dir_all(&folder);
    let looks = [
        ("zh", Language::TraditionalChinese, Preferences::default()),
        ("en", Language::English, Preferences::default()),
        (
            "large",
            Language::TraditionalChinese,
            Preferences {
                text_size: TextSize::Large,
                ..Preferences::default()
            },
        ),
        (
            "contrast",
            Language::TraditionalChinese,
            Preferences {
                contrast: Contrast::High,
                ..Preferences::default()
            },
        ),
    ];
    for (kind, language, preferences) in looks {
        let wording = Wording::load(language).unwrap();
        for (name, visit) in scenes::all() {
            // The picture is drawn at twice the logical size.
            let look = Look::new(Panel::upright().scaled(0.5), preferences);
            let settings = Settings {
                default_font: FONT,
                ..Settings::default()
            };
            let size = Size::new(look.panel.width_px(), look.panel.height_px());
            let view = kiosk::screen::view(face(&visit, &wording, look, false));
            let mut simulator = iced_test::Simulator::<Message>::with_size(settings, size, view);
            let picture = simulator.snapshot(&look.theme()).unwrap();
            picture
                .matches_image(folder.join(format!("{kind}-{name}")))
                .unwrap();
        }
    }
}
