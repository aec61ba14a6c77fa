//! Lists in pages: `limit` lines at most, `after` the last line of the page before.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Refusal;

/// Lines a page holds when nothing is asked.
const LIMIT_USUAL: u16 = 100;
/// Lines a page holds at most.
pub(super) const LIMIT_MAX: u16 = 500;

/// Which page of a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Lines at most, 1 to 500; 100 when not given.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u16>,
    /// `next` of the page before; opaque.
    after: Option<String>,
}

/// A page asked for: `limit` lines after the cursor of type `C`, or from the beginning.
#[derive(Debug)]
pub(super) struct PageOf<C> {
    pub(super) limit: i64,
    pub(super) after: Option<C>,
}

impl<S: Send + Sync, C: DeserializeOwned> FromRequestParts<S> for PageOf<C> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Query(query) = Query::<PageQuery>::from_request_parts(parts, state)
            .await
            .map_err(|_| Refusal::malformed("limit"))?;
        let limit = query.limit.unwrap_or(LIMIT_USUAL);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(Refusal::malformed("limit"));
        }
        let after = query
            .after
            .map(|text| read_cursor(&text).ok_or_else(|| Refusal::malformed("after")))
            .transpose()?;
        Ok(Self {
            limit: i64::from(limit),
            after,
        })
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// The lines.
    pub(super) items: Vec<T>,
    /// `after` of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

impl<T> Page<T> {
    /// A page of lines read with `limit + 1`: the one too many only says that more follow.
    pub(super) fn of<C: Serialize>(
        mut items: Vec<T>,
        limit: i64,
        cursor: impl Fn(&T) -> C,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more);
        Self {
            next: last.and_then(|line| write_cursor(&cursor(line))),
            items,
        }
    }
}

fn write_cursor<C: Serialize>(cursor: &C) -> Option<String> {
    let bytes = serde_json::to_vec(cursor).ok()?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

fn read_cursor<C: DeserializeOwned>(text: &str) -> Option<C> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Protects whoever reads a list to its end: pages join without a gap, and the last has no next.
    #[test]
    fn pages_join() {
        let lines: Vec<u32> = (1..=7).collect();
        let page = |after: Option<u32>| {
            let rest = lines.iter().copied().filter(|line| Some(*line) > after);
            Page::of(rest.take(4).collect(), 3, |line| *line)
        };
        let (mut after, mut read, mut pages) = (None, Vec::new(), 0);
        loop {
            let page = page(after);
            read.extend(page.items);
            pages += 1;
            let Some(next) = page.next else { break };
            after = read_cursor::<u32>(&next);
        }
        assert_eq!((read, pages), (lines, 3));
        assert_eq!(read_cursor::<u32>("?"), None);
    }
}
