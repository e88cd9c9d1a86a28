//! The words that lexicons name, numbered, so that a text's words are looked up once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use wording::{fold, tokens};

use crate::reading::{Pause, Reading, split_unspaced};

/// Number of a word, a stem or a kind of number that lexicons name.
pub(crate) type AtomId = u32;

/// An age under 18.
const MINOR: AtomId = 0;
/// Any number.
const NUMBER: AtomId = 1;
/// No word: the end of a clause.
pub(crate) const ENDS: AtomId = 2;

/// Ages that make a fan a minor. Below six a number is no age of somebody who writes.
const MINORS: std::ops::RangeInclusive<u32> = 6..=17;

/// Hashes short words (FNV-1a): they come from our own lexicons, so nobody can choose them to collide.
#[derive(Clone)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// A map with short keys.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// The words and stems of lexicons.
#[derive(Default)]
pub(crate) struct Vocabulary {
    words: Map<Box<str>, AtomId>,
    stems: Map<Box<str>, AtomId>,
    learnt: AtomId,
    /// Lengths in bytes that stems have, in order.
    lengths: Vec<usize>,
}

/// A text, each word with the numbers of what it is.
pub(crate) struct Marked {
    pub(crate) pauses: Vec<Pause>,
    atoms: Vec<AtomId>,
    /// Where the atoms of each word end.
    ends: Vec<usize>,
}

impl Marked {
    /// What a word is.
    pub(crate) fn atoms(&self, at: usize) -> &[AtomId] {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.atoms[from..self.ends[at]]
    }
}

/// Whether folding would plainly change nothing, as for most words of lexicons; folding them all takes a while.
fn is_folded(word: &str) -> bool {
    let all = |range: std::ops::RangeInclusive<char>| word.chars().all(|c| range.contains(&c));
    let unspaced = |c: char| matches!(c, '\u{3041}'..='\u{3094}' | '\u{4e00}'..='\u{9fff}');
    all('a'..='z') || all('а'..='я') || word.chars().all(unspaced)
}

impl Vocabulary {
    /// How many numbers are given out.
    pub(crate) fn len(&self) -> usize {
        self.learnt as usize + ENDS as usize + 1
    }

    /// Whether a lexicon names this very word.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// Numbers of a word as a lexicon writes it: several where its script has no spaces.
    pub(crate) fn learn(&mut self, written: &str) -> Vec<AtomId> {
        match written {
            "#" => return vec![MINOR],
            "##" => return vec![NUMBER],
            "$" => return vec![ENDS],
            _ => {}
        }
        let (stem, open) = match written.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (written, false),
        };
        let mut words = Vec::new();
        if is_folded(stem) {
            split_unspaced(stem, &mut words);
        } else {
            for token in tokens(&fold(stem)) {
                split_unspaced(token, &mut words);
            }
        }
        let last = words.len().saturating_sub(1);
        let number = |(place, word)| self.number(word, open && place == last);
        words.into_iter().enumerate().map(number).collect()
    }

    fn number(&mut self, word: Box<str>, open: bool) -> AtomId {
        if open && let Err(place) = self.lengths.binary_search(&word.len()) {
            self.lengths.insert(place, word.len());
        }
        let known = if open {
            &mut self.stems
        } else {
            &mut self.words
        };
        *known.entry(word).or_insert_with(|| {
            self.learnt += 1;
            ENDS + self.learnt
        })
    }

    /// Looks up a text's words.
    pub(crate) fn mark(&self, reading: &Reading) -> Marked {
        let mut marked = Marked {
            pauses: reading.pauses.clone(),
            atoms: Vec::new(),
            ends: Vec::with_capacity(reading.words.len()),
        };
        for word in &reading.words {
            self.look_up(word, &mut marked.atoms);
            // An Arabic word is also what it is without the "and" written as its first letter.
            if let Some(rest) = word.strip_prefix('و') {
                self.look_up(rest, &mut marked.atoms);
            }
            marked.ends.push(marked.atoms.len());
        }
        marked
    }

    fn look_up(&self, word: &str, into: &mut Vec<AtomId>) {
        into.extend(self.words.get(word));
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let minor = word.len() <= 2 && word.parse().is_ok_and(|age| MINORS.contains(&age));
            into.extend(minor.then_some(MINOR));
            into.extend(
                word.bytes()
                    .all(|byte| byte.is_ascii_digit())
                    .then_some(NUMBER),
            );
        }
        for length in self
            .lengths
            .iter()
            .take_while(|length| **length <= word.len())
        {
            into.extend(word.get(..*length).and_then(|stem| self.stems.get(stem)));
        }
    }
}
