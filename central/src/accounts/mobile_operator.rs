//! The quick mobile check (R3): what a carrier says of a number, behind a port.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use domain::{MobileNumber, PersonNumber};

/// Why a carrier does not vouch for a number; the codes go to the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MobileRefusal {
    /// A prepaid card.
    Prepaid,
    /// A company's number.
    Company,
    /// A parent's contract for a child.
    ParentChild,
    /// Not of one of the five carriers' own customers.
    VirtualOperator,
    /// The bill is overdue.
    Overdue,
    /// Somebody else's number.
    SomebodyElses,
    /// The app was not on the carrier's own data network.
    NotOnNetwork,
    /// The carrier did not answer; later it may.
    Unreachable,
}

impl MobileRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prepaid => "prepaid",
            Self::Company => "company",
            Self::ParentChild => "parent-child",
            Self::VirtualOperator => "virtual-operator",
            Self::Overdue => "overdue",
            Self::SomebodyElses => "somebody-elses",
            Self::NotOnNetwork => "not-on-network",
            Self::Unreachable => "operator-unreachable",
        }
    }
}

/// What a check comes to: the number is the person's own, on contract, or why not.
pub type Check<'a> = Pin<Box<dyn Future<Output = Result<(), MobileRefusal>> + Send + 'a>>;

/// The carriers.
pub trait MobileOperator: fmt::Debug + Send + Sync {
    /// Whether this is that person's own contract number, in use on its own network now.
    fn check<'a>(&'a self, mobile: &'a MobileNumber, person: &'a PersonNumber) -> Check<'a>;
}

/// No carrier is connected: whoever asks is told to take another way. What stands where nobody
/// chose otherwise, for one who vouches for everybody would bind anybody's phone.
#[derive(Debug)]
pub struct NoOperator;

impl MobileOperator for NoOperator {
    fn check<'a>(&'a self, _: &'a MobileNumber, _: &'a PersonNumber) -> Check<'a> {
        Box::pin(std::future::ready(Err(MobileRefusal::Unreachable)))
    }
}

/// For development. Answers by the number alone: docs/test-operator.md lists them.
#[derive(Debug)]
pub struct TestOperator;

impl MobileOperator for TestOperator {
    fn check<'a>(&'a self, mobile: &'a MobileNumber, _: &'a PersonNumber) -> Check<'a> {
        Box::pin(std::future::ready(test_answer(mobile)))
    }
}

/// `090000000N`: each N has its refusal; every other number is its holder's own.
fn test_answer(mobile: &MobileNumber) -> Result<(), MobileRefusal> {
    match mobile.reveal().strip_prefix("090000000") {
        Some("1") => Err(MobileRefusal::Prepaid),
        Some("2") => Err(MobileRefusal::Company),
        Some("3") => Err(MobileRefusal::ParentChild),
        Some("4") => Err(MobileRefusal::VirtualOperator),
        Some("5") => Err(MobileRefusal::Overdue),
        Some("6") => Err(MobileRefusal::SomebodyElses),
        Some("7") => Err(MobileRefusal::NotOnNetwork),
        Some("8") => Err(MobileRefusal::Unreachable),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Protects R3: prepaid, company, parent-child, MVNO, overdue and other people's numbers are
    /// each refused with a code of their own; docs/test-operator.md lists every number.
    #[test]
    fn r3_each_sort_of_number_has_its_code() {
        let document = include_str!("../../../docs/test-operator.md");
        let codes: BTreeSet<&str> = (1..=8)
            .map(|digit| {
                let text = format!("090000000{digit}");
                let refusal = test_answer(&MobileNumber::parse(&text).unwrap()).unwrap_err();
                assert!(document.contains(&format!("| `{text}` | `{}` |", refusal.code())));
                refusal.code()
            })
            .collect();
        assert_eq!(codes.len(), 8);
        assert_eq!(
            test_answer(&MobileNumber::parse("0912345678").unwrap()),
            Ok(())
        );
    }
}
