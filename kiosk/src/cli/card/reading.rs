//! What a card said, as it may be shown: numbers and name masked (I8), of the rest the certainty.

use ::card::decode::{Decoded, Warning};
use serde::Serialize;

use super::kind;

/// A reading without the person: enough to see that every field came.
#[derive(Serialize)]
pub(super) struct ReadingDocument {
    person_number: String,
    kind: &'static str,
    name: String,
    card_number: String,
    certainty: CertaintyDocument,
    warnings: Vec<&'static str>,
}

/// `certain`, `doubtful` or `unreadable`; the two numbers are certain, or there is no reading.
#[derive(Serialize)]
struct CertaintyDocument {
    person_number: &'static str,
    card_number: &'static str,
    name: &'static str,
    birth: &'static str,
    sex: &'static str,
    issued: &'static str,
}

impl ReadingDocument {
    pub(super) fn of(decoded: &Decoded) -> Self {
        let card = decoded.card_number.reveal();
        let name = decoded.name.value();
        Self {
            person_number: decoded.person_number.masked(),
            kind: kind(&decoded.person_number),
            name: name.map(domain::PersonName::masked).unwrap_or_default(),
            card_number: format!("********{}", card.get(8..).unwrap_or_default()),
            certainty: CertaintyDocument {
                person_number: "certain",
                card_number: "certain",
                name: decoded.name.certainty(),
                birth: decoded.birth.certainty(),
                sex: decoded.sex.certainty(),
                issued: decoded.issued.certainty(),
            },
            warnings: decoded
                .warnings
                .iter()
                .copied()
                .map(Warning::name)
                .collect(),
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let certainty = &self.certainty;
        let mut lines = vec![
            format!("person number  {} ({})", self.person_number, self.kind),
            format!("name           {} ({})", self.name, certainty.name),
            format!("card number    {}", self.card_number),
            format!("birth          {}", certainty.birth),
            format!("sex            {}", certainty.sex),
            format!("issue date     {}", certainty.issued),
        ];
        let warning = |name: &&str| format!("warning        {name}");
        lines.extend(self.warnings.iter().map(warning));
        lines
    }

    /// One line of it.
    pub(super) fn short(&self) -> String {
        format!("{} {}", self.person_number, self.name)
    }
}
