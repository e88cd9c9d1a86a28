//! Where a page of messages ends: two sorted sources, each in its own order.

use serde::{Deserialize, Serialize};
use store::Row;
use store::row::MessageRow;

/// The last places given, as sort keys; a source that has given nothing yet has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// Of messages with a number.
    pub(super) numbered: Option<String>,
    /// Of messages without one.
    pub(super) unsent: Option<String>,
}

/// A page.
pub(super) struct Cut {
    /// Newest first.
    pub(super) rows: Vec<MessageRow>,
    /// Where the next page begins, unless there is nothing older.
    pub(super) next: Option<Position>,
}

/// Merges by time, but never against the order of a source: Telegram's numbers are the order of a chat, whatever its
/// clocks say. Both sources come newest first and hold at least one row more than the page, if there is one.
pub(super) fn cut(
    numbered: Vec<MessageRow>,
    unsent: Vec<MessageRow>,
    after: Option<Position>,
    limit: usize,
) -> Cut {
    let mut position = after.unwrap_or_default();
    let mut numbered = numbered
        .into_iter()
        .filter(older(position.numbered.clone()))
        .peekable();
    let mut unsent = unsent
        .into_iter()
        .filter(older(position.unsent.clone()))
        .peekable();
    let mut rows = Vec::new();
    while rows.len() < limit {
        let from_unsent = match (numbered.peek(), unsent.peek()) {
            (Some(one), Some(other)) => other.at > one.at,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let next = if from_unsent {
            unsent.next()
        } else {
            numbered.next()
        };
        let Some(row) = next else { break };
        let place = Some(row.key().sk);
        if from_unsent {
            position.unsent = place
        } else {
            position.numbered = place
        }
        rows.push(row);
    }
    let more = numbered.peek().is_some() || unsent.peek().is_some();
    Cut {
        rows,
        next: more.then_some(position),
    }
}

fn older(given: Option<String>) -> impl Fn(&MessageRow) -> bool {
    move |row| given.as_ref().is_none_or(|given| row.key().sk < *given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{ConversationId, MessageId};
    use domain::message::{Author, Delivery};
    use domain::{Sealed, Timestamp};

    fn row(message_id: Option<i64>, seconds: i64) -> MessageRow {
        MessageRow {
            id: MessageId::from_bytes([u8::try_from(seconds % 251).expect("small"); 16]),
            conversation: ConversationId::from_bytes([1; 16]),
            message_id,
            author: Author::Person,
            content_kind: "text".into(),
            content: Sealed::default(),
            at: Timestamp::from_seconds(seconds),
            edited_at: None,
            reply_to: None,
            album: None,
            reactions: None,
            delivery: Delivery::Sent,
            failure: None,
            sent_by: None,
            edited_by: None,
            imported_at: None,
        }
    }

    /// What the sources give below a position, one row more than a page and the one already given.
    fn page(all: &[MessageRow], position: Option<Position>, limit: usize) -> Cut {
        let source = |numbered: bool, to: Option<&String>| {
            let mut rows: Vec<_> = all
                .iter()
                .filter(|row| row.message_id.is_some() == numbered)
                .cloned()
                .collect();
            rows.sort_by_key(|row| std::cmp::Reverse(row.key().sk));
            rows.retain(|row| to.is_none_or(|to| row.key().sk <= *to));
            rows.truncate(limit + 2);
            rows
        };
        let numbered = source(
            true,
            position
                .as_ref()
                .and_then(|position| position.numbered.as_ref()),
        );
        let unsent = source(
            false,
            position
                .as_ref()
                .and_then(|position| position.unsent.as_ref()),
        );
        cut(numbered, unsent, position, limit)
    }

    fn walk(all: &[MessageRow], limit: usize) -> Vec<(Option<i64>, i64)> {
        let mut seen = Vec::new();
        let mut position = None;
        loop {
            let cut = page(all, position, limit);
            seen.extend(
                cut.rows
                    .iter()
                    .map(|row| (row.message_id, row.at.seconds())),
            );
            match cut.next {
                Some(next) => position = Some(next),
                None => return seen,
            }
        }
    }

    #[test]
    fn failed_messages_stand_among_the_others_by_time() {
        let all = [
            row(Some(1), 10),
            row(Some(2), 20),
            row(None, 15),
            row(None, 25),
        ];
        let expected = [(None, 25), (Some(2), 20), (None, 15), (Some(1), 10)];
        for limit in 1..6 {
            assert_eq!(walk(&all, limit), expected, "{limit}");
        }
    }

    #[test]
    fn telegrams_number_is_the_order_even_against_the_clock() {
        let all = [
            row(Some(3), 10),
            row(Some(2), 30),
            row(Some(1), 20),
            row(None, 25),
        ];
        for limit in 1..6 {
            let numbers: Vec<_> = walk(&all, limit)
                .into_iter()
                .filter_map(|(number, _)| number)
                .collect();
            assert_eq!(numbers, [3, 2, 1], "{limit}");
        }
    }

    #[test]
    fn every_message_is_given_once() {
        let all: Vec<_> = (1..=200)
            .map(|n| {
                if n % 7 == 0 {
                    row(None, n)
                } else {
                    row(Some(n), n)
                }
            })
            .collect();
        for limit in [1, 3, 50, 100] {
            let seen = walk(&all, limit);
            assert_eq!(seen.len(), 200);
            assert!(seen.is_sorted_by(|one, other| one.1 > other.1));
        }
    }

    #[test]
    fn an_empty_conversation_is_one_empty_page() {
        let cut = cut(Vec::new(), Vec::new(), None, 50);
        assert!(cut.rows.is_empty() && cut.next.is_none());
    }

    #[test]
    fn a_position_reads_back_from_its_cursor() {
        let cursors = http_kit::Cursors::new(&[7; 32], "l".to_owned());
        let position = Position {
            numbered: Some("M#000000000042".into()),
            unsent: None,
        };
        let cursor = cursors.seal(&position).expect("seals");
        assert_eq!(cursors.open(Some(&cursor)).ok().flatten(), Some(position));
    }
}
