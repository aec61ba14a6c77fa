//! What a person does to the printer, and what goes wrong on request: one line each.

use super::engine::{Simulator, WAKE_MS};

/// All commands, on one line.
const HELP: &str = "status | slips | take | tear | paper out | paper low | paper after MM | paper load | cover open | cover close | \
cover after MM | cover never | heat | heat after MM | heat never | heat for MS | cool | cutter jam | cutter jam-next | cutter free | break | mend | \
offline | online | mute | speak | late MS | lose N | double on|off | stray on|off | lossy on|off | notice on|off | say HEX | no-fn48 on|off | \
no-fence on|off | no-clear on|off | speed MM | baud N | buffer BYTES | power off | power on | power cycle | unplug | plug | help";

impl Simulator {
    /// Obeys one line; the answer begins with `error` when it could not be obeyed.
    pub fn obey(&mut self, now_ms: u64, line: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["status"] => self.status(),
            ["slips"] => self.slips.to_string(),
            ["help"] => HELP.to_owned(),
            words => match self.change(now_ms, words) {
                Some(()) => "ok".to_owned(),
                None => format!("error: {line}: no such command; help lists them"),
            },
        }
    }

    fn change(&mut self, now_ms: u64, words: &[&str]) -> Option<()> {
        match words {
            ["take"] => self.mouth = false,
            ["tear"] => self.tear(),
            ["paper", "out"] => self.paper_rows = 0,
            ["paper", "low"] => self.paper_rows = self.paper_rows.min(self.near_end_rows()),
            ["paper", "load"] => self.load_paper(),
            ["paper", "after", length] => self.paper_rows = self.rows(length)?,
            ["cover", "open"] => self.faults.cover_open = true,
            ["cover", "close"] => self.faults.cover_open = false,
            ["cover", "after", length] => {
                self.faults.cover_after_rows = Some(self.rows(length)?.max(1));
            }
            ["cover", "never"] => self.faults.cover_after_rows = None,
            ["heat", "never"] => self.faults.heat_after_rows = None,
            ["heat"] => self.faults.overheated = true,
            ["heat", "after", length] => {
                self.faults.heat_after_rows = Some(self.rows(length)?.max(1));
            }
            ["heat", "for", time] => {
                self.faults.overheated = true;
                self.faults.cool_at_ms = Some(now_ms + time.parse::<u64>().ok()?);
            }
            ["cool"] => self.faults.overheated = false,
            ["cutter", "jam"] => self.faults.cutter_jam = true,
            ["cutter", "jam-next"] => self.faults.jam_at_cut = true,
            ["cutter", "free"] => {
                (self.faults.cutter_jam, self.faults.jam_at_cut) = (false, false);
            }
            ["break"] => self.faults.unrecoverable = true,
            ["mend"] => self.faults.unrecoverable = false,
            ["offline"] => self.faults.offline = true,
            ["online"] => self.faults.offline = false,
            ["mute"] => self.faults.mute = true,
            ["speak"] => self.faults.mute = false,
            ["power", "off"] => self.darken(u64::MAX),
            ["power", "on"] if self.is_lit() => {}
            ["power", "on"] => self.darken(now_ms + WAKE_MS),
            ["power", "cycle"] => self.darken(now_ms + 2 * WAKE_MS),
            ["unplug"] => self.faults.unplugged = true,
            ["plug"] => self.faults.unplugged = false,
            ["late", time] => self.faults.late_ms = time.parse().ok()?,
            ["lose", count] => self.faults.lose_next = count.parse().ok()?,
            ["say", hex] => {
                let bytes = bytes(hex)?;
                self.say(now_ms, bytes);
            }
            ["speed", speed] => self.build.speed_mm_s = within(speed, 1, 1000)?,
            ["baud", baud] => self.build.bytes_a_second = within(baud, 300, 10_000_000)? / 10,
            ["buffer", size] => {
                self.build.buffer_bytes = usize::try_from(within(size, 16, 1_048_576)?).ok()?;
            }
            [name, rest @ ..] => return self.switch(name, rest),
            [] => return None,
        }
        Some(())
    }

    fn switch(&mut self, name: &str, rest: &[&str]) -> Option<()> {
        let on = match rest {
            [] | ["on"] => true,
            ["off"] => false,
            _ => return None,
        };
        let faults = &mut self.faults;
        *match name {
            "double" => &mut faults.double,
            "notice" => &mut faults.notice,
            "stray" => &mut faults.stray,
            "lossy" => &mut faults.lossy,
            "no-fn48" => &mut faults.no_proof,
            "no-fence" => &mut faults.no_fence,
            "no-clear" => &mut faults.no_clear,
            _ => return None,
        } = on;
        Some(())
    }

    fn status(&self) -> String {
        let faults = &self.faults;
        let state = match () {
            () if faults.dark_until_ms.is_some() => "dark",
            () if faults.unrecoverable => "broken",
            () if faults.cutter_jam => "cutter-jam",
            () if faults.cover_open => "cover-open",
            () if self.paper_rows == 0 => "paper-end",
            () if faults.overheated => "overheated",
            () if faults.offline => "offline",
            () if self.paper_rows <= self.near_end_rows() => "paper-near-end",
            () => "ready",
        };
        format!(
            "state={state} slips={} parts={} mouth={} paper_mm={} buffered={} unknown={} missing={} mute={} plugged={}",
            self.slips,
            self.parts,
            self.mouth,
            self.paper_rows * 254 / (10 * u64::from(self.build.profile.paper.dots_an_inch)),
            self.buffered(),
            self.unknown,
            self.mechanism.lettering.missing,
            faults.mute,
            self.is_plugged(),
        )
    }

    fn rows(&self, length_mm: &str) -> Option<u64> {
        length_mm.parse().ok().map(|length| self.rows_of(length))
    }
}

fn within(text: &str, low: u32, high: u32) -> Option<u32> {
    text.parse()
        .ok()
        .filter(|value| (low..=high).contains(value))
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks_exact(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
