//! What was scripted and is still to come.

/// An entry of a [`Script`] or a [`Log`](crate::Log), known by the number that it got there.
pub trait Numbered {
    /// Its number.
    fn id(&self) -> u64;
    /// Gives it its number.
    fn set_id(&mut self, id: u64);
}

/// When an entry hits, as it stands in the entry itself: it is part of what a script says and shows.
#[derive(Debug)]
pub struct Turns<'a> {
    /// Matches that are let through first.
    pub skip: &'a mut u32,
    /// How many matches it hits; none means until it is removed.
    pub count: Option<u32>,
    /// From 0 to 1: how likely it hits a match.
    pub probability: Option<f64>,
    /// Matches hit so far.
    pub hits: &'a mut u32,
}

impl Turns<'_> {
    fn hit(self, happens: impl FnOnce(f64) -> bool) -> bool {
        if self.count.is_some_and(|count| *self.hits >= count) {
            return false;
        }
        if *self.skip > 0 {
            *self.skip -= 1;
            return false;
        }
        let hits = self.probability.is_none_or(happens);
        *self.hits += u32::from(hits);
        hits
    }
}

/// An entry that hits some of what it matches.
pub trait Scheduled: Numbered {
    /// When it hits.
    fn turns(&mut self) -> Turns<'_>;
}

/// Scripted entries, oldest first.
#[derive(Debug)]
pub struct Script<T> {
    entries: Vec<T>,
    last: u64,
}

impl<T> Default for Script<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            last: 0,
        }
    }
}

impl<T: Numbered> Script<T> {
    /// Adds an entry and gives its number: from 1, and never one that was given before.
    pub fn add(&mut self, mut entry: T) -> u64 {
        self.last += 1;
        entry.set_id(self.last);
        self.entries.push(entry);
        self.last
    }

    /// All entries.
    pub fn list(&self) -> &[T] {
        &self.entries
    }

    /// Takes an entry away. Says whether it was there.
    pub fn remove(&mut self, id: u64) -> bool {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.id() != id);
        self.entries.len() < before
    }

    /// Takes all entries away.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

impl<T: Scheduled> Script<T> {
    /// The oldest entry that matches and whose turn it is. `happens` decides whether something of a probability happens; it is
    /// asked only when nothing else stands in the way.
    pub fn take(
        &mut self,
        matches: impl Fn(&T) -> bool,
        mut happens: impl FnMut(f64) -> bool,
    ) -> Option<&T> {
        self.entries.iter_mut().find_map(|entry| {
            let hits = matches(entry) && entry.turns().hit(&mut happens);
            hits.then_some(&*entry)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Fault {
        id: u64,
        skip: u32,
        count: Option<u32>,
        probability: Option<f64>,
        hits: u32,
    }

    impl Numbered for Fault {
        fn id(&self) -> u64 {
            self.id
        }
        fn set_id(&mut self, id: u64) {
            self.id = id;
        }
    }

    impl Scheduled for Fault {
        fn turns(&mut self) -> Turns<'_> {
            Turns {
                skip: &mut self.skip,
                count: self.count,
                probability: self.probability,
                hits: &mut self.hits,
            }
        }
    }

    fn taken(script: &mut Script<Fault>, happens: bool) -> Option<u64> {
        let hit = script.take(|_| true, |_| happens);
        hit.map(|fault| fault.id)
    }

    impl Numbered for u64 {
        fn id(&self) -> u64 {
            *self
        }
        fn set_id(&mut self, id: u64) {
            *self = id;
        }
    }

    #[test]
    fn a_number_is_given_once_whatever_was_taken_away() {
        let mut script = Script::default();
        assert_eq!((script.add(0), script.add(0)), (1, 2));
        assert!(script.remove(2) && !script.remove(2));
        script.clear();
        assert_eq!((script.add(0), script.list()), (3, [3].as_slice()));
    }
    #[test]
    fn the_oldest_whose_turn_it_is_hits_and_the_next_one_after_it() {
        let mut script = Script::default();
        script.add(Fault {
            skip: 1,
            count: Some(1),
            ..Fault::default()
        });
        script.add(Fault {
            probability: Some(0.5),
            ..Fault::default()
        });
        let hits: Vec<Option<u64>> = [true, true, false, true]
            .map(|happens| taken(&mut script, happens))
            .into();
        assert_eq!(hits, [Some(2), Some(1), None, Some(2)]);
    }

    #[test]
    fn luck_is_asked_only_where_it_decides() {
        let mut script = Script::default();
        script.add(Fault {
            skip: 1,
            count: Some(1),
            probability: Some(0.5),
            ..Fault::default()
        });
        let mut asked = 0;
        for _ in 0..4 {
            script.take(
                |_| true,
                |_| {
                    asked += 1;
                    true
                },
            );
        }
        assert_eq!(asked, 1);
    }
}
