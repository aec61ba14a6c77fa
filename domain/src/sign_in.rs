//! Ways to sign in, where each holds and what it opens (I9), and how long a session lasts (I10).

use jiff::Timestamp;

use crate::channel::{Act, Channel};

/// A session lasts this long, in seconds, on every channel (I10).
pub const SESSION_S: u32 = 600;

/// What a person shows to be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignInWay {
    /// The card in the reader of a terminal.
    CardInserted,
    /// The card in one's own reader, and the registered password.
    CardPassword,
    /// The one-time code of the app (R5).
    OneTimeCode,
    /// Person number and card number, against a captcha.
    Numbers,
    /// The app on a bound device (R2, R3), with person number and password.
    BoundDevice,
    /// Person number and the last three digits of the mobile number: looks up and opens nothing else.
    LookUp,
}

impl SignInWay {
    /// Every way.
    pub const ALL: [Self; 6] = [
        Self::CardInserted,
        Self::CardPassword,
        Self::OneTimeCode,
        Self::Numbers,
        Self::BoundDevice,
        Self::LookUp,
    ];

    /// The stable code, in messages and records.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CardInserted => "card-inserted",
            Self::CardPassword => "card-password",
            Self::OneTimeCode => "one-time-code",
            Self::Numbers => "numbers",
            Self::BoundDevice => "bound-device",
            Self::LookUp => "look-up",
        }
    }

    /// The way with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// Whether this way holds there (I9).
    #[must_use]
    pub const fn holds_at(self, channel: Channel) -> bool {
        match self {
            Self::CardInserted => channel.is_terminal(),
            Self::CardPassword | Self::OneTimeCode | Self::Numbers => {
                matches!(channel, Channel::Web)
            }
            Self::BoundDevice => matches!(channel, Channel::App),
            Self::LookUp => true,
        }
    }

    /// Whether a program could try this way over and over, so that a captcha stands before it (I9).
    #[must_use]
    pub const fn needs_captcha(self, channel: Channel) -> bool {
        matches!(self, Self::Numbers | Self::LookUp) && !channel.is_terminal()
    }

    /// Whether it opens this act, where the channel permits the act at all (C1–C3).
    #[must_use]
    pub const fn opens(self, act: Act) -> bool {
        match self {
            Self::LookUp => matches!(act, Act::LookUpBooking | Act::LookUpOrder),
            _ => true,
        }
    }
}

/// Seconds left of a session that began then; 0 when it is over (I10).
#[must_use]
pub fn remaining_s(began: Timestamp, now: Timestamp) -> u32 {
    let elapsed_s = now.duration_since(began).as_secs().max(0);
    u32::try_from(elapsed_s).map_or(0, |elapsed_s| SESSION_S.saturating_sub(elapsed_s))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects I9: each way holds where the documents have it and nowhere else.
    #[test]
    fn i9_ways_and_where_they_hold() {
        let ways = |channel| {
            SignInWay::ALL
                .into_iter()
                .filter(|way| way.holds_at(channel))
                .collect::<Vec<_>>()
        };
        for terminal in [
            Channel::StoreKiosk,
            Channel::Pharmacy,
            Channel::HealthCentre,
        ] {
            assert_eq!(
                ways(terminal),
                [SignInWay::CardInserted, SignInWay::LookUp],
                "{terminal:?}"
            );
        }
        assert_eq!(
            ways(Channel::Web),
            [
                SignInWay::CardPassword,
                SignInWay::OneTimeCode,
                SignInWay::Numbers,
                SignInWay::LookUp,
            ]
        );
        assert_eq!(
            ways(Channel::App),
            [SignInWay::BoundDevice, SignInWay::LookUp]
        );
        for way in SignInWay::ALL {
            assert_eq!(SignInWay::from_code(way.code()), Some(way));
        }
    }

    /// Protects I9: whatever rests on numbers alone stands behind a captcha, and three digits of a
    /// mobile number open the look-ups only.
    #[test]
    fn i9_a_look_up_opens_nothing_else() {
        for act in Act::ALL {
            let look_up = matches!(act, Act::LookUpBooking | Act::LookUpOrder);
            assert_eq!(SignInWay::LookUp.opens(act), look_up, "{act:?}");
            assert!(SignInWay::Numbers.opens(act));
        }
        assert!(SignInWay::Numbers.needs_captcha(Channel::Web));
        assert!(SignInWay::LookUp.needs_captcha(Channel::App));
        assert!(!SignInWay::CardPassword.needs_captcha(Channel::Web));
        assert!(!SignInWay::CardInserted.needs_captcha(Channel::Pharmacy));
    }

    /// Protects I10: ten minutes, counted down to nought and never below, whatever a clock does.
    #[test]
    fn i10_a_session_lasts_ten_minutes() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let began = at("2021-07-13T01:00:00Z");
        for (now, left_s) in [
            ("2021-07-13T01:00:00Z", 600),
            ("2021-07-13T01:00:08Z", 592),
            ("2021-07-13T01:09:59Z", 1),
            ("2021-07-13T01:10:00Z", 0),
            ("2022-07-13T01:10:00Z", 0),
            ("2021-07-13T00:50:00Z", 600),
        ] {
            assert_eq!(remaining_s(began, at(now)), left_s, "{now}");
        }
    }
}
