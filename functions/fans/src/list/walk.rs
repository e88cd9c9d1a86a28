//! Walking several lists of fans at once, newest first.
//!
//! A fan has the same place in every list. A source is a list in one or more partitions, or several lists of which one is
//! enough; a fan is a candidate who stands in every source as far as it was read. The source that was read furthest leads: a
//! list of three is laid over one of thousands in a single read of each.

use std::collections::{BTreeMap, VecDeque};

use domain::ids::FanId;
use futures::future::try_join_all;
use store::keys::FanList;
use store::row::FanEntryRow;
use store::{Direction, Page, Row, StoreError, TenantDb};
use tenancy::Reader;

/// Entries read from each partition at once where lists are laid over each other.
const CHUNK: usize = 500;

/// Lists of which a fan must be in one.
pub(super) type Source = Vec<FanList>;

/// What a source gave: fans by their place, and the place down to which it is known; nothing where it ended.
#[derive(Default)]
struct Stretch {
    fans: BTreeMap<String, FanId>,
    horizon: Option<String>,
}

impl Stretch {
    /// Joins what a partition gave, newest first.
    fn join(&mut self, entries: Vec<(String, FanId)>, asked: usize) {
        if entries.len() >= asked {
            let oldest = entries.last().map(|(place, _)| place.clone());
            self.horizon = self.horizon.take().max(oldest);
        }
        self.fans.extend(entries);
    }

    fn covers(&self, place: &str) -> bool {
        self.horizon.as_deref().is_none_or(|end| place >= end)
    }

    /// Whether the fan at this place may be in the source.
    fn admits(&self, place: &str) -> bool {
        !self.covers(place) || self.fans.contains_key(place)
    }
}

/// The fans who may be in all sources, newest first, and the place down to which that is known.
fn meet(sources: &[Stretch], before: Option<&str>) -> (Vec<(String, FanId)>, Option<String>) {
    // Nothing is less than any place: a source that ended reaches furthest.
    let Some(lead) = sources.iter().min_by_key(|source| &source.horizon) else {
        return (Vec::new(), None);
    };
    let newest_first = lead.fans.iter().rev();
    let candidates = newest_first
        .filter(|(place, _)| before.is_none_or(|before| place.as_str() < before))
        .filter(|(place, _)| lead.covers(place))
        .filter(|(place, _)| sources.iter().all(|source| source.admits(place)));
    let candidates = candidates.map(|(place, fan)| (place.clone(), *fan));
    (candidates.collect(), lead.horizon.clone())
}

/// A walk down the lists.
pub(super) struct Walk {
    sources: Vec<Source>,
    asked: usize,
    /// Everything down to here was given.
    passed: Option<String>,
    /// What was read and not given yet.
    waiting: VecDeque<(String, FanId)>,
    /// Everything down to here was read; nothing before the first read and after the last.
    read: Option<String>,
    ended: bool,
}

impl Walk {
    /// Begins after a place. A page of the plain list is read at once: the place itself comes again, and one more tells
    /// whether there is another page.
    pub(super) fn new(
        sources: Vec<Source>,
        after: Option<String>,
        filtered: bool,
        limit: usize,
    ) -> Self {
        Self {
            sources,
            asked: if filtered { CHUNK } else { limit + 2 },
            read: after.clone(),
            passed: after,
            waiting: VecDeque::new(),
            ended: false,
        }
    }

    /// The next candidates, at most so many; reads if none are left.
    pub(super) async fn next(
        &mut self,
        db: &TenantDb<Reader>,
        most: usize,
    ) -> Result<Vec<(String, FanId)>, StoreError> {
        if self.waiting.is_empty() && !self.ended {
            let reads = self.sources.iter().map(|source| self.stretch(db, source));
            let stretches = try_join_all(reads).await?;
            self.take(&stretches);
        }
        let count = most.min(self.waiting.len());
        Ok(self.waiting.drain(..count).collect())
    }

    fn take(&mut self, stretches: &[Stretch]) {
        let (candidates, horizon) = meet(stretches, self.read.as_deref());
        self.ended = horizon.is_none();
        self.waiting = candidates.into();
        self.read = horizon;
    }

    async fn stretch(&self, db: &TenantDb<Reader>, source: &Source) -> Result<Stretch, StoreError> {
        let partitions: Vec<_> = source.iter().flat_map(FanList::partitions).collect();
        let reads = partitions.iter().map(async |pk| {
            let page = Page {
                pk,
                from: "0",
                to: self.read.as_deref().unwrap_or("~"),
                direction: Direction::Backward,
                limit: self.asked,
            };
            db.list::<FanEntryRow>(&page).await
        });
        let mut stretch = Stretch::default();
        for found in try_join_all(reads).await? {
            let entries = found.into_iter().map(|found| found.row);
            let placed = entries.map(|row| (row.key().sk, row.fan)).collect();
            stretch.join(placed, self.asked);
        }
        Ok(stretch)
    }

    /// A candidate was looked at.
    pub(super) fn pass(&mut self, place: String) {
        self.passed = Some(place);
    }

    /// Everybody who was given was looked at. Says whether there is more to read.
    pub(super) fn pass_all(&mut self) -> bool {
        if self.waiting.is_empty() {
            self.passed.clone_from(&self.read);
        }
        !(self.waiting.is_empty() && self.ended)
    }

    /// The place that the next page follows; nothing at the end.
    pub(super) fn passed(self) -> Option<String> {
        self.passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fan(number: u8) -> (String, FanId) {
        (format!("{number:03}"), FanId::from_bytes([number; 16]))
    }

    fn stretch(numbers: &[u8], asked: usize) -> Stretch {
        let mut stretch = Stretch::default();
        stretch.join(
            numbers.iter().rev().map(|number| fan(*number)).collect(),
            asked,
        );
        stretch
    }

    fn met(sources: &[Stretch], before: Option<&str>) -> (Vec<String>, Option<String>) {
        let (fans, horizon) = meet(sources, before);
        (fans.into_iter().map(|(place, _)| place).collect(), horizon)
    }

    #[test]
    fn a_fan_stands_in_every_list_that_was_read_so_far() {
        let sources = [stretch(&[1, 3, 5, 7], 9), stretch(&[3, 4, 7, 8], 9)];
        assert_eq!(
            met(&sources, None),
            (vec!["007".into(), "003".into()], None)
        );
        assert_eq!(met(&sources, Some("007")).0, ["003"]);
    }

    #[test]
    fn a_short_list_is_laid_over_a_long_one_in_one_read() {
        let sources = [stretch(&[2, 9], 9), stretch(&[6, 7, 8], 3)];
        let (fans, horizon) = met(&sources, None);
        // Nine is not in what was read of the long one; two may be in what was not.
        assert_eq!((fans, horizon), (vec!["002".to_owned()], None));
    }

    #[test]
    fn of_two_long_lists_nothing_is_told_beyond_what_was_read_of_the_one_that_leads() {
        let sources = [stretch(&[5, 7, 9], 3), stretch(&[7, 8, 9], 3)];
        let (fans, horizon) = met(&sources, None);
        assert_eq!(fans, ["009", "007", "005"]);
        assert_eq!(horizon.as_deref(), Some("005"));
    }

    #[test]
    fn partitions_of_a_list_are_merged_down_to_where_all_of_them_were_read() {
        let mut all = stretch(&[1, 4], 2);
        all.join([6, 3].map(fan).to_vec(), 2);
        all.join([2].map(fan).to_vec(), 2);
        assert_eq!(
            met(&[all], None),
            (
                vec!["006".into(), "004".into(), "003".into()],
                Some("003".into())
            )
        );
    }

    #[test]
    fn pages_of_a_long_list_give_every_fan_once_and_end() {
        let all: Vec<u8> = (1..=23).collect();
        let (mut seen, mut after) = (Vec::new(), None::<String>);
        for _ in 0..20 {
            let mut walk = Walk::new(Vec::new(), after.clone(), false, 5);
            let below = all
                .iter()
                .copied()
                .filter(|number| after.as_ref().is_none_or(|after| fan(*number).0 <= *after));
            let below: Vec<u8> = below.collect();
            let read = &below[below.len().saturating_sub(walk.asked)..];
            walk.take(&[stretch(read, walk.asked)]);
            let count = walk.waiting.len().min(5);
            for (place, fan) in walk.waiting.drain(..count).collect::<Vec<_>>() {
                seen.push(fan);
                walk.pass(place);
            }
            walk.pass_all();
            after = walk.passed();
            if after.is_none() {
                break;
            }
        }
        let expected: Vec<_> = all.iter().rev().map(|number| fan(*number).1).collect();
        assert_eq!(seen, expected);
    }
}
