//! The sorts of card it can be: their real answers to reset and refusals.

use serde::Deserialize;

/// What sort of card is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// A health card.
    #[default]
    Nhi,
    /// Citizen digital certificate.
    Citizen,
    /// Health professional's card.
    HealthProfessional,
    /// A domestic bank's cash card.
    Bank,
    /// EasyCard with contacts.
    #[value(name = "easycard")]
    #[serde(rename = "easycard")]
    EasyCard,
    /// icash.
    #[value(name = "icash")]
    #[serde(rename = "icash")]
    ICash,
    /// A telephone's SIM.
    Sim,
    /// A card that nothing is known of.
    Unknown,
}

/// How a card that is no health card answers.
pub(crate) struct Manner {
    /// Answer to reset, hexadecimal.
    pub(crate) atr: &'static str,
    /// Status word of SELECT.
    pub(crate) select: u16,
    /// Status word of READ.
    pub(crate) read: u16,
}

impl Kind {
    /// Answers to reset as in Debian's `smartcard_list.txt`; status words of ISO 7816-4: application
    /// not found, instruction not supported, class not supported.
    pub(crate) fn manner(self) -> Manner {
        let (atr, select, read) = match self {
            Self::Nhi => (
                "3BFF1800FF8131FE455448434331305445434F4744484E3224",
                0x9000,
                0x9000,
            ),
            Self::Citizen => ("3BB813008131FA524348544D4F494341A5", 0x6A82, 0x6D00),
            Self::HealthProfessional => ("3BF91800008131FE4550565F4A3244303831B6", 0x6A82, 0x6D00),
            Self::Bank => ("3BF71100008171FE420000639531059000F8", 0x6A82, 0x6D00),
            Self::EasyCard => ("3BF81100008171FE4200544E051900000002A1", 0x6A82, 0x6E00),
            Self::ICash => ("3BF718000081718042000063950A019000B0", 0x6A82, 0x6D00),
            Self::Sim => (
                "3B9F96801FC78031E073FE2111634082918307900099",
                0x6A82,
                0x6E00,
            ),
            Self::Unknown => ("3B021450", 0x6E00, 0x6E00),
        };
        Manner { atr, select, read }
    }
}
