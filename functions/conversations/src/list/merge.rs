//! One list out of several sorted shards, and where it stops.

/// A row and its place in the list; later places are newer.
pub(super) struct Entry<T> {
    pub(super) position: String,
    pub(super) row: T,
}

/// What one shard gave, newest first.
pub(super) struct Shard<T> {
    pub(super) entries: Vec<Entry<T>>,
    /// Whether it may hold older rows that were not asked for.
    pub(super) full: bool,
}

/// A page on its way.
pub(super) struct Cut<T> {
    limit: usize,
    rows: Vec<T>,
    position: Option<String>,
    exhausted: bool,
    finished: bool,
}

impl<T> Cut<T> {
    /// An empty page of at most `limit` rows, all older than `after`.
    pub(super) const fn new(limit: usize, after: Option<String>) -> Self {
        Self {
            limit,
            rows: Vec::new(),
            position: after,
            exhausted: false,
            finished: false,
        }
    }

    /// The oldest place that was looked at.
    pub(super) fn position(&self) -> Option<&str> {
        self.position.as_deref()
    }

    /// Whether the page needs no further reads.
    pub(super) const fn is_finished(&self) -> bool {
        self.finished || self.exhausted
    }

    /// Takes what the shards gave at and before the position. Rows older than the oldest of a full shard must wait:
    /// that shard may hold newer ones that were not read.
    pub(super) fn take(&mut self, shards: Vec<Shard<T>>, admits: impl Fn(&T) -> bool) {
        let horizon = shards
            .iter()
            .filter(|shard| shard.full)
            .filter_map(|shard| shard.entries.last().map(|entry| entry.position.clone()))
            .max();
        let mut merged: Vec<Entry<T>> =
            shards.into_iter().flat_map(|shard| shard.entries).collect();
        let given = self.position.clone();
        merged.retain(|entry| given.as_ref().is_none_or(|given| entry.position < *given));
        merged.retain(|entry| {
            horizon
                .as_ref()
                .is_none_or(|horizon| entry.position >= *horizon)
        });
        merged.sort_by(|one, other| other.position.cmp(&one.position));
        for entry in merged {
            if self.rows.len() >= self.limit {
                self.finished = true;
                return;
            }
            self.position = Some(entry.position);
            if admits(&entry.row) {
                self.rows.push(entry.row);
            }
        }
        self.exhausted = horizon.is_none();
        self.finished = self.rows.len() >= self.limit;
    }

    /// Where the next page begins, unless the list ended.
    pub(super) fn next(&self) -> Option<&str> {
        if self.exhausted {
            None
        } else {
            self.position()
        }
    }

    /// The rows.
    pub(super) fn into_rows(self) -> Vec<T> {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The newest `asked` numbers at or below `to` of every shard.
    fn read(list: &[Vec<u32>], to: Option<&str>, asked: usize) -> Vec<Shard<u32>> {
        list.iter()
            .map(|shard| {
                let mut entries: Vec<_> = shard
                    .iter()
                    .map(|number| Entry {
                        position: format!("{number:03}"),
                        row: *number,
                    })
                    .collect();
                entries.sort_by(|one, other| other.position.cmp(&one.position));
                entries.retain(|entry| to.is_none_or(|to| entry.position.as_str() <= to));
                entries.truncate(asked);
                Shard {
                    full: entries.len() == asked,
                    entries,
                }
            })
            .collect()
    }

    fn all_pages(
        list: &[Vec<u32>],
        limit: usize,
        asked: usize,
        rounds: usize,
        admits: fn(&u32) -> bool,
    ) -> Vec<u32> {
        let mut seen = Vec::new();
        let mut after = None;
        for _ in 0..1_000 {
            let mut cut = Cut::new(limit, after);
            for _ in 0..rounds {
                let shards = read(list, cut.position(), asked);
                cut.take(shards, admits);
                if cut.is_finished() {
                    break;
                }
            }
            after = cut.next().map(str::to_owned);
            let rows = cut.into_rows();
            assert!(rows.len() <= limit);
            seen.extend(rows);
            if after.is_none() {
                return seen;
            }
        }
        panic!("the list does not end")
    }

    fn uneven() -> Vec<Vec<u32>> {
        vec![
            (0..90).collect(),
            vec![],
            vec![200, 210, 95],
            (100..130).collect(),
        ]
    }

    fn expected(admits: fn(&u32) -> bool) -> Vec<u32> {
        let mut all: Vec<u32> = uneven().into_iter().flatten().filter(admits).collect();
        all.sort_unstable_by(|one, other| other.cmp(one));
        all
    }

    #[test]
    fn pages_give_every_row_once_and_newest_first_whatever_the_shards_hold() {
        for limit in [1, 2, 7, 50, 200] {
            assert_eq!(
                all_pages(&uneven(), limit, limit + 2, 1, |_| true),
                expected(|_| true),
                "{limit}"
            );
        }
    }

    #[test]
    fn a_filter_loses_nothing_even_when_pages_come_out_short() {
        let rare: fn(&u32) -> bool = |number| number % 17 == 0;
        for (limit, asked) in [(1, 3), (5, 4), (50, 10)] {
            assert_eq!(
                all_pages(&uneven(), limit, asked, 2, rare),
                expected(rare),
                "{limit} {asked}"
            );
        }
    }

    #[test]
    fn a_page_that_ends_with_the_list_has_no_next() {
        let list = vec![vec![1, 2], vec![3]];
        let mut cut = Cut::new(3, None);
        cut.take(read(&list, None, 5), |_| true);
        assert_eq!(cut.next(), None);
        assert_eq!(cut.into_rows(), [3, 2, 1]);
    }

    #[test]
    fn an_empty_inbox_is_one_empty_page() {
        let mut cut: Cut<u32> = Cut::new(50, None);
        cut.take(read(&[vec![], vec![]], None, 52), |_| true);
        assert!(cut.is_finished());
        assert_eq!(cut.next(), None);
    }
}
