//! What a person shows beside the card (R1), compared with the register.

use std::fmt;

use deadpool_postgres::GenericClient;
use uuid::Uuid;

use crate::CentralError;

/// Nationals give household number and address, foreigners their residence permit. `Debug` prints
/// no value.
#[derive(Clone, PartialEq, Eq)]
pub enum Papers {
    /// Of the household book.
    Household {
        /// A letter and seven digits.
        number: String,
        /// The household's address.
        address: String,
    },
    /// The number of the chip residence permit.
    ResidencePermit {
        /// Two letters and eight digits.
        number: String,
    },
}

impl fmt::Debug for Papers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Papers(…)")
    }
}

impl Papers {
    /// Whether the papers are those the register holds.
    ///
    /// # Errors
    /// [`CentralError::Database`].
    pub async fn belong_to(
        &self,
        client: &impl GenericClient,
        person: Uuid,
    ) -> Result<bool, CentralError> {
        let during = "comparing papers";
        let statement = client
            .prepare_cached(
                "SELECT household_number, address, permit_number FROM papers WHERE person_id = $1",
            )
            .await
            .map_err(CentralError::database(during))?;
        let row = client
            .query_opt(&statement, &[&person])
            .await
            .map_err(CentralError::database(during))?;
        let same =
            |held: Option<&str>, given: &str| held.is_some_and(|held| plain(held) == plain(given));
        Ok(row.is_some_and(|row| match self {
            Self::Household { number, address } => {
                same(row.get(0), number) && same(row.get(1), address)
            }
            Self::ResidencePermit { number } => same(row.get(2), number),
        }))
    }
}

/// As people write it: full-width digits, 台 for 臺, spaces and small letters are no difference.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| match character {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => u32::from(character)
                .checked_sub(0xFEE0)
                .and_then(char::from_u32)
                .unwrap_or(character),
            '台' => '臺',
            other => other,
        })
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects R1: an address written another way is the same address.
    #[test]
    fn r1_addresses_are_compared_as_people_write_them() {
        assert_eq!(
            plain("台北市 大安區健康路１２號"),
            plain("臺北市大安區健康路12號")
        );
        assert_eq!(plain("ｆ1234567"), "F1234567");
        assert_ne!(plain("健康路12號"), plain("健康路13號"));
    }
}
