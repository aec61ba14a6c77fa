//! Counties and townships.

use super::LocalText;
use super::id::id;

id!(/** A township or district, for example `63000030`. */ AreaId);

/// A county or city, with its townships in the order to list them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct County {
    /// For example 臺北市.
    pub name: LocalText,
    /// Its townships or districts.
    pub areas: Vec<Area>,
}

/// A township or district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its identity.
    pub id: AreaId,
    /// For example 大安區.
    pub name: LocalText,
}
