//! Hints from the answer to reset: what to call a card that turned out not to be readable.
//!
//! Never a verdict: only the answer to READ says whether a card is a health card. The values are
//! public: the NHI's own cards as met by others, the rest as in Debian's `smartcard_list.txt`.

use crate::WrongCard;

/// What an answer to reset suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Health cards have been seen with it.
    HealthCard,
    /// Other cards have.
    Other(WrongCard),
}

/// What this answer to reset suggests; whole values first, then what its historical bytes say.
pub(crate) fn hint(atr: &[u8]) -> Hint {
    let whole = format_hex(atr);
    if let Some((_, hint)) = WHOLE.iter().find(|(known, _)| *known == whole) {
        return *hint;
    }
    let historical = historical_bytes(atr).unwrap_or_default();
    HISTORICAL
        .iter()
        .find(|(known, _)| {
            historical
                .windows(known.len())
                .any(|window| window == *known)
        })
        .map_or(Hint::Other(WrongCard::Unknown), |(_, kind)| {
            Hint::Other(*kind)
        })
}

const WHOLE: &[(&str, Hint)] = &[
    (
        "3BFF1800FF8131FE455448434331305445434F4744484E3224",
        Hint::HealthCard,
    ),
    (
        "3BFF1800FF8131FE455448434331305445434F4744494E3126",
        Hint::HealthCard,
    ),
    (
        "3BFD1300008131FE454A434F50323176323331474454E1",
        Hint::HealthCard,
    ),
    (
        "3BFC1800008131FE458073C8211366020403550002D2",
        Hint::HealthCard,
    ),
    (
        "3BEE00008131FE4580318066409093060F17830F9000F3",
        Hint::HealthCard,
    ),
    (
        "3BFD1800008131FE45534C4A35324778787979797A52AA",
        Hint::HealthCard,
    ),
    ("3BFA1800008131FE45534C4A35324778787979FC", Hint::HealthCard),
    ("3BFA1800008131FE4550564A434F503453494493", Hint::HealthCard),
    // The newest citizen certificate names nobody in its historical bytes.
    (
        "3B8B80010031C1640840213000900057",
        Hint::Other(WrongCard::CitizenCertificate),
    ),
    (
        "3BF81100008171FE4200544E051900000002A1",
        Hint::Other(WrongCard::EasyCard),
    ),
    (
        "3BEE00008131804280318066B0840C016E01830090008E",
        Hint::Other(WrongCard::EasyCard),
    ),
    // Has a bank card's historical bytes.
    (
        "3BF718000081718042000063950A019000B0",
        Hint::Other(WrongCard::ICash),
    ),
    ("3B6800FF0073C84000009000", Hint::Other(WrongCard::Bank)),
    ("3BE500008131FE45D00037008089", Hint::Other(WrongCard::Bank)),
    (
        "3BE80000813120450073C8400000900056",
        Hint::Other(WrongCard::Bank),
    ),
    (
        "3BE800008131FE450073C8400000900088",
        Hint::Other(WrongCard::Bank),
    ),
    (
        "3BEB00008131FE450031C0643F6801020F9000BE",
        Hint::Other(WrongCard::Bank),
    ),
    (
        "3BEB00008131FE450031C0643F680108079000BC",
        Hint::Other(WrongCard::Bank),
    ),
    (
        "3BF718000081718042000063840C019000A7",
        Hint::Other(WrongCard::Bank),
    ),
];

const HISTORICAL: &[(&[u8], WrongCard)] = &[
    (b"CHTMOICA", WrongCard::CitizenCertificate),
    (b"CHTGPKIJ", WrongCard::CitizenCertificate),
    (b"PV_J2D081", WrongCard::HealthProfessional),
    // The domestic banks' common card (FISC).
    (&[0x00, 0x63, 0x95], WrongCard::Bank),
    // Card capabilities as telephone cards state them (ETSI TS 102 221).
    (&[0x80, 0x31, 0xE0, 0x73, 0xFE, 0x21], WrongCard::Sim),
    (&[0x80, 0x31, 0xA0, 0x73, 0xBE, 0x21], WrongCard::Sim),
];

/// The historical bytes (ISO 7816-3): what stands behind the interface bytes.
fn historical_bytes(atr: &[u8]) -> Option<&[u8]> {
    let format = *atr.get(1)?;
    let count = usize::from(format & 0x0F);
    let mut follows = format >> 4;
    let mut at = 2;
    while follows != 0 {
        let interface = usize::try_from(follows.count_ones()).ok()?;
        at += interface;
        follows = if follows & 0x8 != 0 {
            atr.get(at - 1)? >> 4
        } else {
            0
        };
    }
    atr.get(at..at + count)
}

/// Upper-case hexadecimal without spaces.
pub(crate) fn format_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
pub(crate) fn bytes(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len())
        .step_by(2)
        .map(|at| {
            hex.get(at..at + 2)
                .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn hint_of(hex: &str) -> Hint {
        hint(&bytes(hex).unwrap())
    }

    /// Protects the table against slips of the pen: each value is a whole answer to reset whose
    /// length and check byte are right.
    #[test]
    fn table_holds_whole_answers() {
        for (known, _) in WHOLE {
            let atr = bytes(known).unwrap();
            let historical = historical_bytes(&atr).unwrap();
            let end = historical.as_ptr() as usize - atr.as_ptr() as usize + historical.len();
            match atr.len() - end {
                0 => assert!(atr[1] & 0x80 == 0, "{known}: only T=0 has no check byte"),
                1 => assert_eq!(
                    atr[1..].iter().fold(0, |sum, byte| sum ^ byte),
                    0,
                    "{known}"
                ),
                _ => assert!(atr.len() - end < 2, "{known}: too long"),
            }
            assert_eq!(known.to_ascii_uppercase(), *known);
        }
    }

    /// Protects the names a person is told for cards put in by mistake.
    #[test]
    fn wrong_cards_are_named() {
        for (atr, kind) in [
            (
                "3BB813008131FA524348544D4F494341A5",
                WrongCard::CitizenCertificate,
            ),
            (
                "3BD8960081B1FE451F0743485447504B494ADD",
                WrongCard::CitizenCertificate,
            ),
            (
                "3BF91800008131FE4550565F4A32443038 31B6",
                WrongCard::HealthProfessional,
            ),
            ("3BF7110000817 1FE42000063953105 9000F8", WrongCard::Bank),
            ("3BF711000081718042000063950A019000B9", WrongCard::Bank),
            ("3BF718000081718042000063950A019000B0", WrongCard::ICash),
            (
                "3BF81100008171FE4200544E051900000002A1",
                WrongCard::EasyCard,
            ),
            (
                "3B9F96801FC78031E073FE2111634082918307900099",
                WrongCard::Sim,
            ),
            ("3B00", WrongCard::Unknown),
        ] {
            assert_eq!(hint_of(&atr.replace(' ', "")), Hint::Other(kind), "{atr}");
        }
        assert_eq!(
            hint_of("3BEE00008131FE4580318066409093060F17830F9000F3"),
            Hint::HealthCard
        );
    }

    /// Protects against damaged answers to reset.
    #[test]
    fn damaged_answers_are_unknown() {
        for atr in [
            &[][..],
            &[0x3B],
            &[0x3B, 0xFF],
            &[0x3B, 0x8F, 0x80],
            &[0xFF; 33],
        ] {
            assert_eq!(hint(atr), Hint::Other(WrongCard::Unknown));
        }
    }
}
