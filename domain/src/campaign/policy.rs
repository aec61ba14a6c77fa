//! Who may promise places of a slot without the line.

/// Leases of a vaccine round: what a terminal may promise while the centre cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasePolicy {
    /// The most places of one slot that one terminal holds.
    pub units_max: u32,
    /// How long a lease lives from the moment it was asked for, in seconds.
    pub time_to_live_s: u32,
    /// Who may hold one; nobody where empty.
    pub holders: Vec<LeaseHolder>,
}

/// Who may hold a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeaseHolder {
    /// Counters at the site itself.
    SiteCounters,
    /// Stores of the site's township.
    TownshipStores,
}

impl LeaseHolder {
    /// Every sort.
    pub const ALL: [Self; 2] = [Self::SiteCounters, Self::TownshipStores];

    /// The stable code in campaign files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SiteCounters => "site-counters",
            Self::TownshipStores => "township-stores",
        }
    }

    /// The sort with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|holder| holder.code() == code)
    }
}
