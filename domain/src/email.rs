//! E-mail addresses, as given for notices (M19) and registration (R1).

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Bytes of an address at most (RFC 5321).
const LENGTH_MAX: usize = 254;
/// Bytes before the `@` at most (RFC 5321).
const LOCAL_MAX: usize = 64;

/// An address of the plain ASCII form `name@host.domain`. `Debug` prints `…`.
#[derive(Clone, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
pub struct EmailAddress(String);

/// The text is no address. Never holds the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address has the form name@host.domain")]
pub struct EmailAddressError;

impl EmailAddress {
    /// Reads an address; quoted names, comments and bare hosts are not taken.
    ///
    /// # Errors
    /// [`EmailAddressError`] unless it has the plain form.
    pub fn parse(text: &str) -> Result<Self, EmailAddressError> {
        let (local, domain) = text.split_once('@').ok_or(EmailAddressError)?;
        let dotted = |part: &str, allowed: fn(u8) -> bool| {
            part.split('.')
                .all(|atom| !atom.is_empty() && atom.bytes().all(allowed))
        };
        let good = text.len() <= LENGTH_MAX
            && local.len() <= LOCAL_MAX
            && dotted(local, |byte| {
                byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte)
            })
            && domain.contains('.')
            && dotted(domain, |byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && domain
                .split('.')
                .all(|label| label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-'));
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(EmailAddressError)
        }
    }

    /// The address in full: only for the encrypted database, the centre and its gateway.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EmailAddress(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects M19: what is no address is refused at once, not found out when a winner is not told.
    #[test]
    fn m19_addresses() {
        let long = format!("{}@example.tw", "a".repeat(65));
        for good in ["a@b.tw", "jian.kang+masks@mail.example.com.tw"] {
            assert_eq!(EmailAddress::parse(good).unwrap().reveal(), good);
        }
        for wrong in [
            "", "a", "a@b", "@b.tw", "a@", "a@@b.tw", "a b@c.tw", "a@b..tw", ".a@b.tw", "a@-b.tw",
            "a@b.tw\n", "甄@b.tw", &long,
        ] {
            assert_eq!(
                EmailAddress::parse(wrong),
                Err(EmailAddressError),
                "{wrong}"
            );
        }
        let address = EmailAddress::parse("a@b.tw").unwrap();
        assert_eq!(format!("{address:?}"), "EmailAddress(…)");
    }
}
