//! Who makes which visit, by the seeded names. Each visit has its own people, so that it can be
//! made alone.

/// Books online.
pub(super) const ONLINE: &str = "called-national";
/// Books while the line is cut, and comes back.
pub(super) const OFFLINE: &str = "called-second";
/// Has an order waiting at this store.
pub(super) const MASKS: &str = "mask-order-here";
/// Books when the paper ends.
pub(super) const PAPER: &str = "called-third";
/// Books when the power fails.
pub(super) const POWER: &str = "new-residence";
