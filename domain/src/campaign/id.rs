//! Names of things in a campaign: short ASCII words, chosen by whoever writes the file.

/// The text is no id: 1 to 32 ASCII letters, digits, `-` or `_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id has 1 to 32 ASCII letters, digits, hyphens or underscores")]
pub struct IdError;

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads an id.
            ///
            /// # Errors
            /// [`IdError`] unless it has 1 to 32 ASCII letters, digits, hyphens or underscores.
            pub fn parse(text: &str) -> Result<Self, $crate::campaign::IdError> {
                $crate::campaign::id::check(text).map(|()| Self(text.to_owned()))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}
pub(crate) use id;

id!(/** A campaign. */ CampaignId);
id!(/** A vaccine or mask round. */ RoundId);
id!(/** A series of doses: rounds of the same series share their bookings (V9). */ SeriesId);
id!(/** A vaccination site. Unique in the whole campaign. */ SiteId);
id!(/** A slot of a site: one date and hour range. Unique within its site. */ SlotId);
id!(/** A brand of vaccine. */ BrandId);
id!(/** A shop that hands out masks, and in which a store kiosk stands. */ StoreId);

pub(crate) fn check(text: &str) -> Result<(), IdError> {
    let form = (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if form { Ok(()) } else { Err(IdError) }
}
