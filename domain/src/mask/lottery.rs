//! The lottery among all orders of a round at closing (M8): seeded, reproducible, auditable.
//!
//! Everything hashed is plain text, so that anyone with a hash tool can recompute every line:
//!
//! ```text
//! commitment = SHA-256("<secret>")                    published before the window closes
//! seed       = SHA-256("<secret>:<public value>")     the secret is revealed with the audit
//! rank       = SHA-256("<seed>:<order id>")           the lowest ranks win
//! ```
//!
//! Hashes and the secret are written as 64 lower-case hexadecimal digits, an order id as a lower-case
//! UUID with hyphens. The public value is a text nobody at the centre can choose, announced after
//! the window closed (for example the numbers of a public draw that evening); it may be empty. `domain`
//! has no hash function: the texts are made here and hashed by the caller.

use std::fmt;

/// A SHA-256, shown as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// An order's opaque id: 128 bits, shown as a lower-case UUID. Nothing of the person is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(pub u128);

impl fmt::Display for OrderId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:032x}", self.0);
        let mut from = 0;
        for (index, length) in [8, 4, 4, 4, 12].into_iter().enumerate() {
            if index > 0 {
                formatter.write_str("-")?;
            }
            formatter.write_str(text.get(from..from + length).unwrap_or_default())?;
            from += length;
        }
        Ok(())
    }
}

/// What is hashed for the commitment: the secret itself.
#[must_use]
pub fn commitment_text(secret: &Digest) -> String {
    secret.to_string()
}

/// What is hashed for the seed.
#[must_use]
pub fn seed_text(secret: &Digest, public_value: &str) -> String {
    format!("{secret}:{public_value}")
}

/// What is hashed for an order's rank.
#[must_use]
pub fn rank_text(seed: &Digest, order: &OrderId) -> String {
    format!("{seed}:{order}")
}

/// A drawn round: the orders by rank; the first of them won.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Every order of the round, the lowest rank first.
    pub by_rank: Vec<OrderId>,
    /// How many of them won.
    pub winners: usize,
}

impl Draw {
    /// Whether there was anything to draw: when supply suffices everyone wins.
    #[must_use]
    pub fn was_needed(&self) -> bool {
        self.winners < self.by_rank.len()
    }

    /// The orders with their place from 1 and whether they won.
    pub fn lines(&self) -> impl Iterator<Item = (usize, OrderId, bool)> {
        let numbered = self.by_rank.iter().enumerate();
        numbered.map(|(index, order)| (index + 1, *order, index < self.winners))
    }
}

/// Draws: as many of the lowest ranks win as there is supply (M8). The order in which the ids come,
/// who they belong to and when they were made do not matter.
pub fn draw(
    orders: impl IntoIterator<Item = OrderId>,
    supply: u32,
    mut rank: impl FnMut(&OrderId) -> Digest,
) -> Draw {
    let mut ranked: Vec<(Digest, OrderId)> = orders
        .into_iter()
        .map(|order| (rank(&order), order))
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    let supply = usize::try_from(supply).unwrap_or(usize::MAX);
    Draw {
        winners: supply.min(ranked.len()),
        by_rank: ranked.into_iter().map(|(_, order)| order).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stand-in for SHA-256: mixes the id, and is no hash for anything else.
    fn rank(order: &OrderId) -> Digest {
        let mixed = order
            .0
            .wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
            .rotate_left(41);
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&mixed.to_be_bytes());
        Digest(bytes)
    }

    /// Protects M8: the result depends on ids, seed and supply alone, exactly as many win as there
    /// is supply, and nobody draws when it suffices.
    #[test]
    fn m8_the_draw_is_reproducible_and_counts() {
        let orders: Vec<OrderId> = (0..1_000).map(|number| OrderId(number << 64)).collect();
        let first = draw(orders.iter().copied(), 400, rank);
        let again = draw(orders.iter().rev().copied(), 400, rank);
        assert_eq!(first, again);
        assert!(first.was_needed());
        assert_eq!(first.lines().filter(|(_, _, won)| *won).count(), 400);
        let ranks: Vec<Digest> = first.by_rank.iter().map(rank).collect();
        assert!(ranks.is_sorted());
        for supply in [1_000, 1_001, u32::MAX] {
            let all = draw(orders.iter().copied(), supply, rank);
            assert!(!all.was_needed());
            assert_eq!(all.winners, 1_000);
        }
        assert_eq!(draw([], 5, rank).lines().count(), 0);
        assert_eq!(draw(orders, 0, rank).winners, 0);
    }

    /// Protects the audit: the texts that are hashed, to the letter.
    #[test]
    fn m8_the_hashed_texts_are_plain() {
        let secret = Digest([0xab; 32]);
        let order = OrderId(0x0123_4567_89ab_4cde_8f01_2345_6789_abcd);
        assert_eq!(order.to_string(), "01234567-89ab-4cde-8f01-23456789abcd");
        assert_eq!(commitment_text(&secret), "ab".repeat(32));
        assert_eq!(
            seed_text(&secret, "03 17 22"),
            format!("{}:03 17 22", "ab".repeat(32))
        );
        assert_eq!(
            rank_text(&secret, &order),
            format!("{}:01234567-89ab-4cde-8f01-23456789abcd", "ab".repeat(32))
        );
    }
}
