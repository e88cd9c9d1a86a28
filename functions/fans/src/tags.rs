//! Tags: how they are written, which change, and the rows by which they are found.
//!
//! A tag that some fan has stands in a row of its own, for completion. Whoever gives a tag writes that row anew in the
//! transaction of the fan, its name as it was; whoever takes one away looks afterwards whether anybody is left with it, and
//! deletes the row only as it was before that look. So a row that somebody has just used again is never lost. People give a
//! tag as it is written in that row; a file's fans keep theirs, which are compared with another workspace's.

pub(crate) mod list;
pub(crate) mod many;
mod names;

use std::collections::BTreeSet;

use app::{FanLists, relist};
use store::Transaction;
use store::keys::FanList;
use store::row::FanRow;

pub(crate) use names::{Names, sweep};

/// Tags of one fan.
pub(crate) const MOST: usize = 50;
const LONGEST: usize = 40;
/// Rows for tags in one transaction: a hundred fit, and the fan, its entries and an event go along.
const ROOM: usize = 90;
/// Rows of a tag that is given: the list's and the tag's own.
const OF_ONE_GIVEN: usize = 2;

/// What is wrong with a tag.
pub(crate) fn wrong_tag(tag: &str) -> Option<(&'static str, &'static str)> {
    let tag = tidy(tag);
    match tag.chars().count() {
        0 => Some(("required", "A tag needs a name.")),
        1..=LONGEST if tag.chars().any(char::is_control) => {
            Some(("invalid_value", "A tag is plain text."))
        }
        1..=LONGEST => None,
        _ => Some(("too_long", "A tag has at most 40 characters.")),
    }
}

/// No blanks around, single ones inside.
pub(crate) fn tidy(tag: &str) -> String {
    tag.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two tags differ in case only.
pub(crate) fn same_tag(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// In the given order; of tags that differ in case only, the first stays.
pub(crate) fn normal_tags(tags: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| tidy(tag)) {
        if !has(&kept, &tag) {
            kept.push(tag);
        }
    }
    kept
}

fn has(tags: &[String], wanted: &str) -> bool {
    tags.iter().any(|tag| same_tag(tag, wanted))
}

/// What is in the first and not in the second.
fn beyond(tags: &[String], others: &[String]) -> Vec<String> {
    let missing = tags.iter().filter(|tag| !has(others, tag));
    missing.cloned().collect()
}

/// A change of one fan's tags.
pub(crate) struct Change {
    /// Tags that the fan had not.
    pub(crate) added: Vec<String>,
    /// Tags that the fan has no more, as they were written.
    pub(crate) removed: Vec<String>,
}

impl Change {
    /// From these tags to those.
    pub(crate) fn between(before: &[String], after: &[String]) -> Self {
        Self {
            added: beyond(after, before),
            removed: beyond(before, after),
        }
    }

    fn rows(&self) -> usize {
        self.removed.len() + OF_ONE_GIVEN * self.added.len()
    }

    /// Adds the rows of the lists.
    pub(crate) fn relist(&self, transaction: &mut Transaction<'_>, lists: &FanLists, fan: &FanRow) {
        let of = |tags: &[String]| -> BTreeSet<FanList> {
            tags.iter().map(|tag| lists.tagged(tag)).collect()
        };
        relist(transaction, fan, &of(&self.removed), &of(&self.added));
    }
}

/// The tags after as much of a change as one transaction takes: what goes first, then what comes.
pub(crate) fn step(before: &[String], target: &[String]) -> Vec<String> {
    let change = Change::between(before, target);
    if change.rows() <= ROOM {
        return target.to_vec();
    }
    let kept = before.iter().filter(|tag| !has(&change.removed, tag));
    let room = (ROOM - change.removed.len()) / OF_ONE_GIVEN;
    kept.chain(change.added.iter().take(room))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(range: std::ops::Range<usize>) -> Vec<String> {
        range.map(|number| format!("tag {number}")).collect()
    }

    #[test]
    fn tags_are_trimmed_and_unique_in_their_order() {
        let tags = [" VIP ", "vip", "big  spender", "São Paulo"].map(str::to_owned);
        assert_eq!(normal_tags(&tags), ["VIP", "big spender", "São Paulo"]);
    }

    #[test]
    fn a_tag_in_another_case_is_no_change() {
        let change = Change::between(&["VIP".into(), "old".into()], &["vip".into(), "new".into()]);
        assert_eq!(
            (change.added, change.removed),
            (vec!["new".to_owned()], vec!["old".to_owned()])
        );
    }

    #[test]
    fn even_the_largest_change_arrives_in_steps_that_fit_a_transaction() {
        for (mut tags, target) in [
            (numbered(0..50), numbered(50..100)),
            (Vec::new(), numbered(0..50)),
            (numbered(0..50), Vec::new()),
            (numbered(0..30), numbered(20..70)),
        ] {
            for _ in 0..2 {
                let next = step(&tags, &target);
                assert!(Change::between(&tags, &next).rows() <= ROOM);
                assert!(next.len() <= MOST);
                tags = next;
            }
            assert_eq!(tags, target);
        }
    }
}
