//! How often one address, and anybody about one person number, may try something.
//!
//! Counted in this process by `governor`, not in the database: a flood must cost no statement, and
//! what an address may do need not be exact to the request. With several centres behind one name
//! each counts for itself, so that the limits are theirs times the centres. What must hold exactly
//! (tries of a code, one use of a captcha) is counted in the database.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderName;
use axum::http::request::Parts;
use domain::PersonNumber;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{Centre, Refusal};

/// From one address at once; then one a second. A carrier's gateway has many people behind it.
const ADDRESS_BURST: NonZeroU32 = NonZeroU32::new(240).unwrap();
const ADDRESS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// About one person number at once; then two a minute.
const PERSON_BURST: NonZeroU32 = NonZeroU32::new(20).unwrap();
const PERSON_PER_MINUTE: NonZeroU32 = NonZeroU32::new(2).unwrap();

/// The limits of one centre.
pub struct Limits {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    persons: DefaultKeyedRateLimiter<u64>,
    /// Keyed with bits of this process: the number itself is kept nowhere.
    hasher: RandomState,
    clock: DefaultClock,
    /// The header in which the proxy in front names who asked; without it the other end counts.
    address_header: Option<HeaderName>,
}

impl fmt::Debug for Limits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Limits(…)")
    }
}

impl Limits {
    /// Limits; `address_header` only where a trusted proxy sets it.
    #[must_use]
    pub fn new(address_header: Option<HeaderName>) -> Self {
        let quota = |burst, per_minute| Quota::per_minute(per_minute).allow_burst(burst);
        Self {
            addresses: RateLimiter::keyed(quota(ADDRESS_BURST, ADDRESS_PER_MINUTE)),
            persons: RateLimiter::keyed(quota(PERSON_BURST, PERSON_PER_MINUTE)),
            hasher: RandomState::new(),
            clock: DefaultClock::default(),
            address_header,
        }
    }

    /// Counts a try about a person, whoever makes it and whether the number exists or not.
    pub(crate) fn person(&self, number: &PersonNumber) -> Result<(), Refusal> {
        let key = self.hasher.hash_one(number.reveal());
        self.persons
            .check_key(&key)
            .map_err(|early| self.refuse(&early))
    }

    fn address(&self, address: IpAddr) -> Result<(), Refusal> {
        self.addresses
            .check_key(&network(address))
            .map_err(|early| self.refuse(&early))
    }

    fn refuse(
        &self,
        early: &governor::NotUntil<<DefaultClock as governor::clock::Clock>::Instant>,
    ) -> Refusal {
        let wait = early.wait_time_from(self.clock.now());
        Refusal::too_many(wait.as_secs() + 1)
    }

    /// Forgets whoever has not tried for long.
    pub fn forget_old(&self) {
        self.addresses.retain_recent();
        self.persons.retain_recent();
    }

    /// The last hop the proxy names, or the other end of the connection.
    fn asker(&self, parts: &Parts) -> IpAddr {
        let named = self.address_header.as_ref().and_then(|header| {
            let mut values = parts.headers.get_all(header).iter();
            values
                .next_back()?
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse()
                .ok()
        });
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        named
            .or(peer.map(|peer| peer.0.ip()))
            .unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))
    }
}

/// An IPv6 customer has a whole /64.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// Stands in a handler's arguments where anybody may ask: counts the address.
pub(crate) struct Unsigned;

impl FromRequestParts<Arc<Centre>> for Unsigned {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, centre: &Arc<Centre>) -> Result<Self, Refusal> {
        let limits = &centre.services.limits;
        limits.address(limits.asker(parts)).map(|()| Self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects everybody: one address or one person number in a hurry stops, others go on.
    #[test]
    fn i9_tries_are_limited_by_address_and_person() {
        let limits = Limits::new(None);
        let one = PersonNumber::parse("A123456789").unwrap();
        let other = PersonNumber::parse("B176944193").unwrap();
        let tries = (0..100).filter(|_| limits.person(&one).is_ok()).count();
        assert!((20..25).contains(&tries), "{tries}");
        assert!(limits.person(&other).is_ok());
        let address = |text: &str| limits.address(text.parse().unwrap()).is_ok();
        let tries = (0..400).filter(|_| address("2001:db8::1")).count();
        assert!((240..260).contains(&tries), "{tries}");
        assert!(!address("2001:db8::2"), "the same network");
        assert!(address("2001:db8:0:1::1") && address("192.0.2.1"));
    }

    /// Protects the limits: only a header that a trusted proxy sets is believed, and of it only
    /// the hop that proxy wrote.
    #[test]
    fn the_address_is_the_trusted_hop() {
        let request = axum::http::Request::builder()
            .header("x-forwarded-for", "10.0.0.1, 192.0.2.7")
            .extension(ConnectInfo("127.0.0.1:9".parse::<SocketAddr>().unwrap()))
            .body(())
            .unwrap();
        let (parts, ()) = request.into_parts();
        let header = HeaderName::from_static("x-forwarded-for");
        assert_eq!(
            Limits::new(Some(header)).asker(&parts).to_string(),
            "192.0.2.7"
        );
        assert_eq!(Limits::new(None).asker(&parts).to_string(), "127.0.0.1");
    }
}
