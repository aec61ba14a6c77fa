//! Who makes which visit, by the seeded names. Each visit has its own people, so that it can be
//! made alone.

/// Books online.
pub(super) const ONLINE: &str = "called-national";
/// Books while the line is cut, and comes back.
pub(super) const OFFLINE: &str = "called-second";
/// Has an order waiting at this store.
pub(super) const MASKS: &str = "mask-order-here";
/// Has another, and comes without a card.
pub(super) const BY_NUMBER: &str = "mask-order-here-2";
/// Books when the paper ends.
pub(super) const PAPER: &str = "called-third";
/// Books when the power fails.
pub(super) const POWER: &str = "new-residence";
/// Is registered, not called: opens forms and pulls the card.
pub(super) const PULLS: &str = "not-called";
/// A reissued person's card of before (I6).
pub(super) const OLD_CARD: &str = "reissued-card-old";
/// Made after the roster was: known to the centre only (I5).
pub(super) const FRESH_CARD: &str = "fresh-card";
/// A profile of `assets/cards` that was never seeded: known to nobody.
pub(super) const UNKNOWN_CARD: &str = "national";
/// Book while the centre lies, one for each lie.
pub(super) const LIED_TO: [&str; 4] = [
    "old-residence-alias",
    "reissued-card-new",
    "called-fourth",
    "called-fifth",
];
/// Books without a printer.
pub(super) const NO_PRINTER: &str = "called-sixth";
