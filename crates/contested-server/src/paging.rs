//! Pages of lists: a cursor says where the next one begins.

use serde::Serialize;
use utoipa::ToSchema;

use crate::asked;
use crate::error::{Code, Fault};

/// Longest cursor that is looked at.
const LONGEST: usize = 200;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// Give it as `cursor` for the next page; null on the last.
    pub(crate) next: Option<String>,
    /// How many there are in all pages, where that is known without counting.
    pub(crate) total: Option<usize>,
}

/// Which page of a list that is in memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    from: usize,
    limit: usize,
}

impl Page {
    /// The page that the query asks for.
    pub(crate) fn of(limit: Option<&String>, cursor: Option<&String>) -> Result<Self, Fault> {
        let limit = asked::limit(limit)? as usize;
        let from = match cursor {
            None => 0,
            Some(cursor) => parts::<1>(cursor, "o")?[0].parse().map_err(|_| bad_cursor())?,
        };
        Ok(Self { from, limit })
    }

    /// That page of `all`, each item as `set` has it.
    pub(crate) fn cut<T, U>(self, all: &[T], set: impl FnMut(&T) -> U) -> List<U> {
        let from = self.from.min(all.len());
        let to = from.saturating_add(self.limit).min(all.len());
        List {
            items: all[from..to].iter().map(set).collect(),
            next: (to < all.len()).then(|| format!("o.{to}")),
            total: Some(all.len()),
        }
    }
}

/// The parts of a cursor with this mark.
pub(crate) fn parts<const N: usize>(cursor: &str, mark: &str) -> Result<[String; N], Fault> {
    if cursor.len() > LONGEST {
        return Err(bad_cursor());
    }
    let mut parts = cursor.trim().split('.').map(str::to_owned);
    if parts.next().as_deref() != Some(mark) {
        return Err(bad_cursor());
    }
    parts.collect::<Vec<_>>().try_into().map_err(|_| bad_cursor())
}

/// The cursor is none of ours.
pub(crate) fn bad_cursor() -> Fault {
    Fault::new(Code::BadCursor, "the cursor is none that this list gave")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_to_the_end() {
        let all: Vec<u32> = (0..5).collect();
        let mut cursor: Option<String> = None;
        let mut seen = Vec::new();
        for _ in 0..5 {
            let page = Page::of(Some(&"2".to_owned()), cursor.as_ref()).unwrap().cut(&all, |n| *n);
            assert_eq!(page.total, Some(5));
            seen.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn cursors_that_are_none_of_ours_are_told() {
        for wrong in
            ["", "o", "o.", "o.x", "o.-1", "o.1.2", "c.1", "o.99999999999999999999999", &"o.1".repeat(100)]
        {
            let page = Page::of(None, Some(&wrong.to_owned()));
            assert_eq!(page.unwrap_err().code, Code::BadCursor, "{wrong}");
        }
        assert!(
            Page::of(None, Some(&"o.18446744073709551615".to_owned()))
                .unwrap()
                .cut(&[1], |n| *n)
                .items
                .is_empty()
        );
    }
}
