//! Pages of a list that goes back in time.

use crate::{Found, Row};

/// So many rows more than a page has are read for it: the position itself was shown already, and one more says whether there
/// are others.
pub const BESIDE_A_PAGE: usize = 2;

/// The rows of a page out of those that were read down from a position, and where the next page begins, if there is one.
pub fn cut<T: Row>(
    mut found: Vec<Found<T>>,
    before: Option<&str>,
    limit: usize,
) -> (Vec<Found<T>>, Option<String>) {
    found.retain(|found| before.is_none_or(|before| found.row.key().sk.as_str() < before));
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| more);
    let next = last.map(|found| found.row.key().sk);
    (found, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::NoteRow;
    use domain::ids::{ConversationId, NoteId};
    use domain::{Sealed, Timestamp};

    fn rows(newest: u8) -> Vec<Found<NoteRow>> {
        let row = |byte| NoteRow {
            id: NoteId::from_bytes([byte; 16]),
            conversation: ConversationId::from_bytes([1; 16]),
            author: None,
            text: Sealed::default(),
            at: Timestamp::default(),
        };
        let found = |byte| Found {
            row: row(byte),
            rev: 1,
        };
        (1..=newest).rev().map(found).collect()
    }

    #[test]
    fn pages_give_every_row_once() {
        for all in [0, 2, 3, 6, 7] {
            let (mut seen, mut before) = (Vec::new(), None::<String>);
            loop {
                let mut read = rows(all);
                read.retain(|found| {
                    before
                        .as_ref()
                        .is_none_or(|before| found.row.key().sk <= *before)
                });
                read.truncate(3 + BESIDE_A_PAGE);
                let (page, next) = cut(read, before.as_deref(), 3);
                assert!(
                    page.len() == 3 || next.is_none(),
                    "a short page is the last"
                );
                seen.extend(page.into_iter().map(|found| found.row));
                match next {
                    Some(next) => before = Some(next),
                    None => break,
                }
            }
            let expected: Vec<_> = rows(all).into_iter().map(|found| found.row).collect();
            assert_eq!(seen, expected);
        }
    }
}
