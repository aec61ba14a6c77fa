//! Every kind of notice, what it tells, and its text in the person's language.

use std::collections::BTreeMap;

use domain::taipei;
use jiff::Timestamp;
use wording::Wording;

/// What is told. Dates and times are already written as people read them, moments are not.
#[derive(Clone, Copy)]
pub enum Kind<'a> {
    /// A place was booked (V8).
    BookingConfirmed {
        /// The booking number.
        number: &'a str,
        /// Date and hour range.
        when: &'a str,
        /// The site's name and address.
        site: &'a str,
    },
    /// A booking asked for without the line was refused by the centre.
    BookingRefused {
        /// The number of the operation the person can quote.
        receipt: &'a str,
    },
    /// A booking was cancelled (V10).
    BookingCancelled {
        /// The booking number.
        number: &'a str,
        /// Date and hour range.
        when: &'a str,
    },
    /// A code that confirms an e-mail address (R1).
    RegistrationCode {
        /// The code, in groups.
        code: &'a str,
        /// Until when.
        expires_at: Timestamp,
    },
    /// A code that sets a new password (R4).
    PasswordCode {
        /// The code, in groups.
        code: &'a str,
        /// Until when.
        expires_at: Timestamp,
    },
    /// A code that sets the first password after a registration with the card (R1).
    FirstPasswordCode {
        /// The code, in groups.
        code: &'a str,
        /// Until when.
        expires_at: Timestamp,
    },
    /// Somebody registered the person again; it stands as it was.
    AlreadyRegistered,
    /// A new password was set.
    PasswordSet,
    /// An app was bound (R2).
    DeviceBound,
    /// An order is met (M8, M19).
    MaskOrderWon {
        /// The round's title.
        round: &'a str,
        /// New Taiwan dollars to pay.
        price_twd: u32,
        /// Until when it must be paid (M9).
        pay_until: Timestamp,
    },
    /// An order lost the lottery (M8).
    MaskOrderLost {
        /// The round's title.
        round: &'a str,
    },
    /// The number to fetch an order with (M19).
    PickupNumber {
        /// The pickup number.
        number: &'a str,
        /// The store's name.
        store: &'a str,
        /// The first day of the pickup window.
        first_day: &'a str,
        /// Its last day (M13).
        last_day: &'a str,
    },
}

impl Kind<'_> {
    /// The stable code, in the database and in the keys of the texts.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BookingConfirmed { .. } => "booking-confirmed",
            Self::BookingRefused { .. } => "booking-refused",
            Self::BookingCancelled { .. } => "booking-cancelled",
            Self::RegistrationCode { .. } => "registration-code",
            Self::PasswordCode { .. } => "password-code",
            Self::FirstPasswordCode { .. } => "first-password-code",
            Self::AlreadyRegistered => "already-registered",
            Self::PasswordSet => "password-set",
            Self::DeviceBound => "device-bound",
            Self::MaskOrderWon { .. } => "mask-order-won",
            Self::MaskOrderLost { .. } => "mask-order-lost",
            Self::PickupNumber { .. } => "pickup-number",
        }
    }

    /// What its text needs, as a JSON object of texts.
    pub(super) fn facts(&self) -> String {
        match *self {
            Self::BookingConfirmed { number, when, site } => {
                serde_json::json!({"number": number, "when": when, "site": site})
            }
            Self::BookingRefused { receipt } => serde_json::json!({"receipt": receipt}),
            Self::BookingCancelled { number, when } => {
                serde_json::json!({"number": number, "when": when})
            }
            Self::RegistrationCode { code, expires_at }
            | Self::PasswordCode { code, expires_at }
            | Self::FirstPasswordCode { code, expires_at } => {
                serde_json::json!({"code": code, "expires_at": expires_at.to_string()})
            }
            Self::AlreadyRegistered | Self::PasswordSet | Self::DeviceBound => {
                serde_json::json!({})
            }
            Self::MaskOrderWon {
                round,
                price_twd,
                pay_until,
            } => serde_json::json!({
                "round": round,
                "price_twd": price_twd.to_string(),
                "pay_until": pay_until.to_string(),
            }),
            Self::MaskOrderLost { round } => serde_json::json!({"round": round}),
            Self::PickupNumber {
                number,
                store,
                first_day,
                last_day,
            } => serde_json::json!({
                "number": number,
                "store": store,
                "first_day": first_day,
                "last_day": last_day,
            }),
        }
        .to_string()
    }
}

/// Subject and text of a notice as it lies in the outbox; `None` when there is no such kind or its
/// facts cannot be read.
pub(super) fn written(wording: &Wording, kind: &str, facts: &str) -> Option<(String, String)> {
    let facts: BTreeMap<String, String> = serde_json::from_str(facts).ok()?;
    let values: Vec<(&str, String)> = facts
        .iter()
        .map(|(name, value)| (name.as_str(), as_read(value)))
        .collect();
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let subject = format!("notice-{kind}-subject");
    let text = format!("notice-{kind}-text");
    (wording.has(&subject) && wording.has(&text)).then(|| {
        let told = wording.text(&text, &values);
        let footer = wording.text("notice-footer", &[]);
        (wording.text(&subject, &values), format!("{told}\n{footer}"))
    })
}

/// A moment is written as a clock in Taipei shows it; everything else as it is.
fn as_read(value: &str) -> String {
    value.parse::<Timestamp>().map_or_else(
        |_| value.to_owned(),
        |moment| taipei::civil(moment).strftime("%Y-%m-%d %H:%M").to_string(),
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use wording::Language;

    /// Protects M19 and everybody who is told something: each kind has its text in each language,
    /// with nothing left open, and says that nobody asks for a transfer.
    #[test]
    fn m19_every_kind_has_its_text() {
        let moment: Timestamp = "2026-04-03T10:00:00+08:00".parse().unwrap();
        let kinds = [
            Kind::BookingConfirmed {
                number: "123456789",
                when: "2026-04-09 09:00–10:00",
                site: "大安區健康服務中心",
            },
            Kind::BookingRefused {
                receipt: "00001-1-7",
            },
            Kind::BookingCancelled {
                number: "123456789",
                when: "2026-04-09 09:00–10:00",
            },
            Kind::RegistrationCode {
                code: "1234 5678",
                expires_at: moment,
            },
            Kind::PasswordCode {
                code: "1234 5678",
                expires_at: moment,
            },
            Kind::FirstPasswordCode {
                code: "1234 5678",
                expires_at: moment,
            },
            Kind::AlreadyRegistered,
            Kind::PasswordSet,
            Kind::DeviceBound,
            Kind::MaskOrderWon {
                round: "第二輪",
                price_twd: 22,
                pay_until: moment,
            },
            Kind::MaskOrderLost { round: "第二輪" },
            Kind::PickupNumber {
                number: "1234567890",
                store: "仁愛門市",
                first_day: "2026-04-02",
                last_day: "2026-04-08",
            },
        ];
        for language in Language::ALL {
            let wording = Wording::load(language).unwrap();
            for kind in &kinds {
                let facts = kind.facts();
                let (subject, text) = written(&wording, kind.code(), &facts).unwrap();
                assert!(!subject.is_empty());
                let open = ["⟦", "{", "$"].iter().any(|mark| text.contains(mark));
                assert!(!open && !subject.contains('{'), "{}: {text}", kind.code());
                assert!(text.contains("165") && text.contains("1922"), "{text}");
                for value in serde_json::from_str::<BTreeMap<String, String>>(&facts)
                    .unwrap()
                    .values()
                {
                    assert!(text.contains(&as_read(value)), "{}: {value}", kind.code());
                }
            }
            assert_eq!(written(&wording, "no-such-kind", "{}"), None);
        }
    }

    /// Protects readers: a moment is told as the clock on the wall shows it.
    #[test]
    fn moments_are_told_in_taipei() {
        assert_eq!(as_read("2026-04-03T02:00:00Z"), "2026-04-03 10:00");
        assert_eq!(as_read("2026-04-09 09:00–10:00"), "2026-04-09 09:00–10:00");
    }
}
