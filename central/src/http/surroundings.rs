//! `GET /v1/surroundings` (R8): what a page checks before a sign-in with the card. The page does the
//! checking, shows each as passed or not and offers "check again".

use std::sync::LazyLock;

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Refusal;
use crate::CentralError;

const FILE: &str = include_str!("../../../assets/surroundings.toml");

static CHECKS: LazyLock<Option<Surroundings>> = LazyLock::new(|| toml::from_str(FILE).ok());

/// The checks in the order in which they are shown.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Surroundings {
    #[serde(rename(deserialize = "check"))]
    checks: Vec<Check>,
}

/// One thing that must be there.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    /// `system`, `browser`, `card-component` or `reader`.
    id: String,
    /// In Chinese.
    name: String,
    name_english: String,
    /// It passes with any of these.
    one_of: Vec<Sort>,
}

/// A sort and the oldest version that works.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Sort {
    name: String,
    /// Numbers separated by points, compared number by number.
    version_min: String,
}

/// What a sign-in with the card needs on the person's computer.
#[utoipa::path(get, path = "/v1/surroundings", tag = "sign-in",
    responses((status = OK, body = Surroundings)))]
pub(super) async fn surroundings() -> Result<Json<Surroundings>, Refusal> {
    let missing = CentralError::Stored {
        what: "list of surroundings",
    };
    Ok(CHECKS.clone().map(Json).ok_or(missing)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects R8: the file that is shipped names the four things a page shows.
    #[test]
    fn r8_the_shipped_list_is_whole() {
        let list: Surroundings = toml::from_str(FILE).unwrap();
        let ids: Vec<_> = list.checks.iter().map(|check| check.id.as_str()).collect();
        assert_eq!(ids, ["system", "browser", "card-component", "reader"]);
        let versions = list.checks.iter().flat_map(|check| &check.one_of);
        for sort in versions {
            let parts = sort.version_min.split('.');
            assert!(parts.into_iter().all(|part| part.parse::<u32>().is_ok()));
        }
    }
}
