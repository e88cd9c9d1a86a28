//! All rules of all lexicons, found by the word they begin with.

use std::hash::Hasher as _;

use wording::{fold, near};

use crate::care::Care;
use crate::lexicon::Lexicon;
use crate::pattern::{Pattern, classes};
use crate::reading::Reading;
use crate::vocabulary::{AtomId, Fnv, Map, Vocabulary};

/// What a rule says about the words it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A fan who writes this needs that care.
    Fan(Care),
    /// A model that writes this fails a person in that need.
    Model(Care),
    /// These words only sound like it, whatever the language of the rule that took them for a signal.
    Harmless,
    /// An age that is not the fan's own today. Speaks only against ages, and not against the rules of another
    /// language: its words are too short to mean the same there.
    OtherAge,
}

/// Words forgiven a slip have at least so many letters.
const SLIP: usize = 5;

struct Rule {
    verdict: Verdict,
    lexicon: usize,
    pattern: Pattern,
}

/// Rules of some lexicons, and the words by which they are found.
#[derive(Default)]
pub(crate) struct Index {
    vocabulary: Vocabulary,
    rules: Vec<Rule>,
    /// Numbers of the rules that begin with each atom.
    by_head: Vec<Vec<u32>>,
    /// Words forgiven a slip, by what is left of them when a letter goes.
    slips: Map<u64, Vec<Box<str>>>,
}

/// A rule that matched, and the words it matched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) verdict: Verdict,
    /// Which lexicon it is of.
    pub(crate) lexicon: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Index {
    /// Reads lexicons.
    pub(crate) fn of(lexicons: &[&Lexicon]) -> Self {
        let mut index = Index::default();
        for (number, lexicon) in lexicons.iter().enumerate() {
            let classes = classes(lexicon.classes, &mut index.vocabulary);
            for (verdict, lines) in lexicon.rules() {
                for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    index.rules.push(Rule {
                        verdict,
                        lexicon: number,
                        pattern: Pattern::parse(line, &classes, &mut index.vocabulary),
                    });
                }
            }
            for word in lexicon.slips.split_whitespace() {
                index.forgive(&fold(word));
            }
        }
        index.by_head = vec![Vec::new(); index.vocabulary.len()];
        for (rule, number) in index.rules.iter().zip(0..) {
            for atom in rule.pattern.heads() {
                let rules = &mut index.by_head[atom as usize];
                if rules.last() != Some(&number) {
                    rules.push(number);
                }
            }
        }
        index
    }

    fn forgive(&mut self, word: &str) {
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
            if word.chars().nth(SLIP - 1).is_none() || self.vocabulary.has(word) {
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
        let text = self.vocabulary.mark(reading);
        let mut present = vec![false; self.by_head.len()];
        for at in 0..reading.words.len() {
            text.atoms(at)
                .iter()
                .for_each(|atom| present[*atom as usize] = true);
        }
        // Most rules miss a word the text has nowhere, and a text of common words would try them at each of them.
        let mut possible: Map<AtomId, Vec<u32>> = Map::default();
        let mut found = Vec::new();
        for start in 0..reading.words.len() {
            for atom in text.atoms(start) {
                let rules = possible.entry(*atom).or_insert_with(|| {
                    let could = |number: &u32| {
                        let pattern = &self.rules[*number as usize].pattern;
                        pattern.could_match(|atom| present[atom as usize])
                    };
                    let rules = self.by_head[*atom as usize].iter().copied();
                    rules.filter(could).collect()
                });
                for number in rules {
                    let rule = &self.rules[*number as usize];
                    if let Some(end) = rule.pattern.end(&text, start) {
                        found.push(Found {
                            verdict: rule.verdict,
                            lexicon: rule.lexicon,
                            start,
                            end,
                        });
                    }
                }
            }
        }
        found
    }
}

/// Keys of a word and of what is left of it when any one letter goes.
fn shortened(word: &str) -> impl Iterator<Item = u64> + '_ {
    let without = move |left: Option<usize>| {
        let mut hasher = Fnv::default();
        let kept = word.char_indices().filter(|(at, _)| Some(*at) != left);
        kept.for_each(|(_, c)| hasher.write_u32(u32::from(c)));
        hasher.finish()
    };
    std::iter::once(without(None)).chain(word.char_indices().map(move |(at, _)| without(Some(at))))
}
