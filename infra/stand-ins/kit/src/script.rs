//! What was scripted and is still to come.

/// An entry of a [`Script`], known by the number that it got there.
pub trait Numbered {
    /// Its number.
    fn id(&self) -> u64;
    /// Gives it its number.
    fn set_id(&mut self, id: u64);
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

    /// All entries, to be counted down.
    pub fn list_mut(&mut self) -> &mut [T] {
        &mut self.entries
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
