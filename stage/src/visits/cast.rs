//! Who makes which visit, by the seeded names. Each visit has its own people, so that it can be
//! made alone.

/// Books online.
pub(super) const ONLINE: &str = "called-1";
/// Books while the line is cut, and comes back.
pub(super) const OFFLINE: &str = "called-2";
/// Has an order waiting at this store.
pub(super) const MASKS: &str = "order-here";
/// Books when the paper ends.
pub(super) const PAPER: &str = "called-3";
/// Books when the power fails.
pub(super) const POWER: &str = "called-4";
