//! What goes wrong, and when: chosen by a seed.

use std::fmt;

use printer::Profile;
use printer::profile::BUNDLED;
use rand::Rng;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// One run: a printer, its habits, some slips, and what happens meanwhile.
#[derive(Debug)]
pub(crate) struct Script {
    /// The terminal's profile; the printer may be worse than it promises.
    pub(crate) profile: Profile,
    pub(crate) bytes_a_second: u32,
    pub(crate) buffer_bytes: usize,
    /// Told to the printer before the first slip.
    pub(crate) habits: Vec<String>,
    /// Commands of each slip.
    pub(crate) slips: Vec<usize>,
    /// In order of time.
    pub(crate) happenings: Vec<(u64, Happening)>,
    /// Decides what of the bytes under way a killed process leaves.
    pub(crate) leaves: u8,
}

/// Something that happens at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happening {
    /// To the printer.
    Printer(String),
    /// SIGKILL to the terminal.
    Kill,
    /// It starts again.
    Restart,
}

/// When the last trouble begins at the latest.
const LAST_MS: u64 = 9000;

impl Script {
    /// The script with this number of this seed.
    pub(crate) fn of(seed: u64, number: u64) -> Self {
        let mut random =
            ChaCha8Rng::seed_from_u64(seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let bundled = BUNDLED.choose(&mut random).map_or("", |(name, _)| name);
        let profile = Profile::bundled(bundled).unwrap_or_default();
        let buffer_bytes = match random.gen_range(0..6) {
            0 => 64,
            1 => 512,
            _ => profile.line.buffer_bytes,
        };
        let mut script = Self {
            bytes_a_second: *[960, 1920, 3840, 11_520]
                .choose(&mut random)
                .unwrap_or(&1920),
            buffer_bytes,
            habits: habits(&mut random),
            slips: (0..random.gen_range(1..=3))
                .map(|_| random.gen_range(2..=14))
                .collect(),
            happenings: Vec::new(),
            leaves: random.r#gen(),
            profile,
        };
        for _ in 0..random.gen_range(0..=3) {
            script.trouble(&mut random);
        }
        script.happenings.sort_by_key(|(at_ms, _)| *at_ms);
        script
    }

    /// One trouble, and mostly its end.
    fn trouble(&mut self, random: &mut ChaCha8Rng) {
        let at_ms = random.gen_range(0..LAST_MS);
        let length_mm = random.gen_range(1..120);
        let later_ms = at_ms + random.gen_range(50..8000);
        let tell = |line: &str| Happening::Printer(line.to_owned());
        let (begin, end) = match random.gen_range(0..20) {
            0..=3 => (
                Happening::Printer(format!("paper after {length_mm}")),
                Some(tell("paper load")),
            ),
            4 => (tell("paper out"), Some(tell("paper load"))),
            5..=6 => (
                Happening::Printer(format!("cover after {length_mm}")),
                Some(tell("cover close")),
            ),
            7 => (tell("cover open"), Some(tell("cover close"))),
            8 => (tell("cutter jam-next"), Some(tell("cutter free"))),
            9 => (
                Happening::Printer(format!("heat after {length_mm}")),
                Some(tell("cool")),
            ),
            10..=11 => (tell("power cycle"), None),
            12 => (tell("power off"), Some(tell("power on"))),
            13..=14 => (tell("unplug"), Some(tell("plug"))),
            15 => (tell("mute"), Some(tell("speak"))),
            16 => (
                Happening::Printer(format!("lose {}", random.gen_range(1..4))),
                None,
            ),
            17 => {
                let stray = [
                    "1E",
                    "16",
                    "12",
                    "140000 0F",
                    "3722303030 3000",
                    "5F5600",
                    "11",
                    "13",
                ];
                let bytes = stray.choose(random).unwrap_or(&"16").replace(' ', "");
                (Happening::Printer(format!("say {bytes}")), None)
            }
            _ => (Happening::Kill, Some(Happening::Restart)),
        };
        self.happenings.push((at_ms, begin));
        if let Some(end) = end {
            self.happenings.push((later_ms, end));
        }
    }
}

/// What is odd about this printer all the time.
fn habits(random: &mut ChaCha8Rng) -> Vec<String> {
    let mut habits = Vec::new();
    for (one_in, habit) in [
        (8, "double"),
        (16, "stray"),
        (16, "lossy"),
        (12, "no-fn48"),
        (12, "no-clear"),
        (24, "no-fence"),
        (10, "speed 20"),
        (8, "notice"),
    ] {
        if random.gen_range(0..one_in) == 0 {
            habits.push(habit.to_owned());
        }
    }
    if random.gen_range(0..6) == 0 {
        habits.push(format!("late {}", random.gen_range(20..900)));
    }
    habits
}

impl fmt::Display for Script {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{}, {} bytes/s, buffer {} bytes, habits {:?}, slips of {:?} commands",
            self.profile.name, self.bytes_a_second, self.buffer_bytes, self.habits, self.slips
        )?;
        for (at_ms, happening) in &self.happenings {
            writeln!(formatter, "  {at_ms:6} ms {happening:?}")?;
        }
        Ok(())
    }
}
