//! All rules of all lexicons, found by the word they begin with.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use wording::{fold, near};

use crate::care::Care;
use crate::lexicon::Lexicon;
use crate::pattern::{Atom, Pattern, classes, without_and};
use crate::reading::Reading;

/// What a rule says about the words it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A fan who writes this needs that care.
    Fan(Care),
    /// A model that writes this fails a person in that need.
    Model(Care),
    /// These words only sound like it, whatever the language of the rule that took them for a signal.
    Harmless,
    /// An age that is not the fan's own today. Says nothing against the rules of another language: its words are
    /// too short to mean the same there.
    OtherAge,
}

/// Words forgiven a slip have at least so many letters.
const SLIP: usize = 5;

type Map<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

/// Rules of some lexicons, and the words by which they are found.
pub(crate) struct Index {
    rules: Vec<Rule>,
    exact: Map<Box<str>, Vec<u32>>,
    prefix: Map<Box<str>, Vec<u32>>,
    minor: Vec<u32>,
    number: Vec<u32>,
    /// Lengths in bytes that prefixes have.
    lengths: Vec<usize>,
    vocabulary: HashSet<Box<str>, BuildHasherDefault<DefaultHasher>>,
    /// Words forgiven a slip, by what is left of them when a letter goes.
    slips: Map<u64, Vec<Box<str>>>,
}

struct Rule {
    verdict: Verdict,
    lexicon: usize,
    pattern: Pattern,
    line: &'static str, // WHY
}

/// A rule that matched, and the words it matched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) verdict: Verdict,
    /// Which lexicon it is of.
    pub(crate) lexicon: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) rule: usize, // WHY
}

impl Index {
    /// Reads lexicons.
    pub(crate) fn of(lexicons: &[&'static Lexicon]) -> Self {
        let mut index = Index {
            rules: Vec::new(),
            exact: Map::default(),
            prefix: Map::default(),
            minor: Vec::new(),
            number: Vec::new(),
            lengths: Vec::new(),
            vocabulary: HashSet::default(),
            slips: Map::default(),
        };
        for (number, lexicon) in lexicons.iter().enumerate() {
            let classes = classes(lexicon.classes);
            for (verdict, lines) in lexicon.rules() {
                for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    index.add(Rule {
                        verdict,
                        lexicon: number,
                        pattern: Pattern::parse(line, &classes),
                        line, // WHY
                    });
                }
            }
            for word in lexicon.slips.split_whitespace() {
                index.forgive(&fold(word));
            }
        }
        let mut lengths: Vec<usize> = index.prefix.keys().map(|prefix| prefix.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        index.lengths = lengths;
        index
    }

    #[cfg(test)]
    pub(crate) fn line(&self, n: usize) -> &str {
        self.rules[n].line
    } // WHY
    fn add(&mut self, rule: Rule) {
        let Ok(number) = u32::try_from(self.rules.len()) else {
            return;
        };
        for atom in rule.pattern.heads() {
            let rules = match atom {
                Atom::Exact(word) => self.exact.entry(word).or_default(),
                Atom::Prefix(stem) => self.prefix.entry(stem).or_default(),
                Atom::Minor => &mut self.minor,
                Atom::Number => &mut self.number,
                // No word to be found by; a pattern begins with a word.
                Atom::Ends => continue,
            };
            if rules.last() != Some(&number) {
                rules.push(number);
            }
        }
        for atom in rule.pattern.atoms() {
            if let Atom::Exact(word) = atom {
                self.vocabulary.insert(word.clone());
            }
        }
        self.rules.push(rule);
    }

    fn forgive(&mut self, word: &str) {
        self.vocabulary.insert(word.into());
        for key in shortened(word) {
            let words = self.slips.entry(key).or_default();
            if !words.iter().any(|other| **other == *word) {
                words.push(word.into());
            }
        }
    }

    /// Puts right the words of a text that are a slip away from one a lexicon forgives.
    pub(crate) fn mend(&self, reading: &mut Reading) {
        for word in &mut reading.words {
            if word.len() < SLIP || self.vocabulary.contains(word) {
                continue;
            }
            let meant = shortened(word)
                .filter_map(|key| self.slips.get(&key))
                .flatten()
                .find(|meant| near(meant, word));
            if let Some(meant) = meant {
                *word = meant.clone();
            }
        }
    }

    /// Every rule that matches somewhere in a text.
    pub(crate) fn find(&self, reading: &Reading) -> Vec<Found> {
        let mut found = Vec::new();
        for (start, word) in reading.words.iter().enumerate() {
            let stems = self
                .lengths
                .iter()
                .filter_map(|length| word.get(..*length))
                .filter_map(|stem| self.prefix.get(stem));
            let mut lists: Vec<&Vec<u32>> = self.exact.get(word).into_iter().chain(stems).collect();
            if let Some(rest) = without_and(word) {
                lists.extend(self.exact.get(rest));
            }
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                lists.extend([&self.minor, &self.number]);
            }
            for number in lists.into_iter().flatten() {
                let rule = &self.rules[*number as usize];
                if let Some(end) = rule.pattern.end(reading, start) {
                    found.push(Found {
                        verdict: rule.verdict,
                        lexicon: rule.lexicon,
                        start,
                        end,
                        rule: *number as usize, // WHY
                    });
                }
            }
        }
        found
    }
}

/// Keys of a word and of what is left of it when any one letter goes.
fn shortened(word: &str) -> impl Iterator<Item = u64> + '_ {
    let without = move |left: Option<usize>| {
        let mut hasher = DefaultHasher::new();
        for (at, c) in word.char_indices() {
            if Some(at) != left {
                c.hash(&mut hasher);
            }
        }
        hasher.finish()
    };
    std::iter::once(without(None)).chain(word.char_indices().map(move |(at, _)| without(Some(at))))
}
