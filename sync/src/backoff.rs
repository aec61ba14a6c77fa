//! How long to wait after failures: doubling to a cap, with full jitter, so that a fleet that lost
//! its centre together does not come back together.

/// Milliseconds to wait after this many failures in a row (from 1). `jitter` is uniform in 0..1.
pub(crate) fn wait_ms(failures: u32, base_ms: u64, cap_ms: u64, jitter: f64) -> u64 {
    let doublings = failures.saturating_sub(1).min(32);
    let ceiling = base_ms.saturating_mul(1 << doublings).min(cap_ms);
    // A small floor keeps an unlucky draw from asking twice in the same instant.
    let floor = base_ms / 4;
    floor + scale(ceiling.saturating_sub(floor), jitter)
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
/// A share of a range.
pub(crate) fn scale(range_ms: u64, jitter: f64) -> u64 {
    (range_ms as f64 * jitter.clamp(0.0, 1.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the centre: waits double, never pass the cap, and spread over the whole range.
    #[test]
    fn waits_double_up_to_the_cap() {
        let longest: Vec<u64> = (1..=8)
            .map(|failures| wait_ms(failures, 500, 30_000, 1.0))
            .collect();
        assert_eq!(
            longest,
            [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]
        );
        assert_eq!(wait_ms(u32::MAX, 500, 30_000, 1.0), 30_000);
        assert_eq!(wait_ms(8, 500, 30_000, 0.0), 125);
    }
}
