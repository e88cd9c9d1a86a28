//! Requests that were made.

use std::collections::VecDeque;

use serde::Serialize;

use crate::Numbered;

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Held, delayed or being answered.
    Pending,
    /// An answer was sent.
    Answered,
    /// The stand-in cut the connection on purpose.
    Cut,
    /// The caller hung up first.
    Cancelled,
}

/// The newest `KEPT` requests, oldest first, numbered from 1.
#[derive(Debug)]
pub struct Log<T, const KEPT: usize> {
    entries: VecDeque<T>,
    last: u64,
}

impl<T, const KEPT: usize> Default for Log<T, KEPT> {
    fn default() -> Self {
        Self {
            entries: VecDeque::new(),
            last: 0,
        }
    }
}

impl<T: Numbered, const KEPT: usize> Log<T, KEPT> {
    /// Notes a request that has arrived; answers its number.
    pub fn begin(&mut self, mut entry: T) -> u64 {
        self.last += 1;
        entry.set_id(self.last);
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        self.last
    }

    /// Changes an entry, if it is still kept.
    pub fn note(&mut self, number: u64, change: impl FnOnce(&mut T)) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id() == number) {
            change(entry);
        }
    }

    /// What is kept.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.entries.iter()
    }

    /// Empties the log; numbers go on.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// An empty log whose numbers go on after this one's: a request still under way must not write into a younger one's entry.
    pub fn followed(&self) -> Self {
        Self {
            entries: VecDeque::new(),
            last: self.last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Entry(u64, &'static str);

    impl Numbered for Entry {
        fn id(&self) -> u64 {
            self.0
        }
        fn set_id(&mut self, id: u64) {
            self.0 = id;
        }
    }

    fn kept(log: &Log<Entry, 2>) -> Vec<(u64, &'static str)> {
        log.iter().map(|entry| (entry.0, entry.1)).collect()
    }

    #[test]
    fn an_entry_that_is_no_longer_kept_cannot_be_changed() {
        let mut log = Log::<Entry, 2>::default();
        for text in ["first", "second", "third"] {
            log.begin(Entry(0, text));
        }
        log.note(1, |entry| entry.1 = "changed");
        log.note(3, |entry| entry.1 = "last");
        assert_eq!(kept(&log), [(2, "second"), (3, "last")]);
    }

    #[test]
    fn numbers_go_on_after_the_log_was_emptied_or_followed() {
        let mut log = Log::<Entry, 2>::default();
        log.begin(Entry(0, "first"));
        log.clear();
        let mut next = log.followed();
        assert_eq!(
            (log.begin(Entry(0, "a")), next.begin(Entry(0, "b"))),
            (2, 2)
        );
        next.note(1, |entry| entry.1 = "changed");
        assert_eq!(kept(&next), [(2, "b")]);
    }
}
