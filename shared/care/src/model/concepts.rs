//! Which of the words of a text mean what, in any language: "die" and "sterben" are the same concept.
//!
//! A table of hashes, sorted, so that a process that starts builds nothing: it lies in the model's file.

use crate::reading::{Pause, Reading};

/// Bytes of an entry: the hash of a word, its concept, its language.
const ENTRY: usize = 6;
/// Leading bits of a hash by which entries are found.
const LEAD: u32 = 12;
/// Words in a row that one entry may take: as many as spaces part, and as many characters of a script without spaces.
const SPACED: usize = 3;
const UNSPACED: usize = 6;
/// Characters of the shortest and of the longest stem.
const STEMS: std::ops::RangeInclusive<usize> = 1..=14;
/// Languages a table may have.
const LANGUAGES: usize = 32;

/// Number of a concept. The first are numbers, which no file lists.
pub(super) type Concept = u8;
/// A number that is an age under 18.
const UNDER_AGE: Concept = 0;
/// A number that is an age from 18.
const OF_AGE: Concept = 1;
/// A small word that only tells the language.
pub(crate) const SKIPPED: Concept = 255;
/// Any other number.
const OTHER_NUMBER: Concept = 2;
/// The first number that a file's concept may have.
pub(crate) const FIRST: Concept = 3;

/// The table.
pub(crate) struct Concepts<'a> {
    entries: &'a [u8],
    /// Where the entries with each lead begin.
    starts: Vec<u16>,
}

/// A concept at a word of a text, in the text's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) at: usize,
    pub(super) concept: Concept,
    /// Number of its sentence in the text.
    pub(super) sentence: usize,
}

/// An entry that matches at a word.
#[derive(Clone, Copy)]
struct Match {
    at: usize,
    words: usize,
    concept: Concept,
    language: u8,
}

/// Hash of a word or of several in a row, written together, or of a stem.
pub(crate) fn hash<'a>(words: impl Iterator<Item = &'a str>, stem: bool) -> u32 {
    words.fold(seed(stem), continued)
}

fn seed(stem: bool) -> u32 {
    if stem { 0x9747_b28c } else { 0x811c_9dc5 }
}

fn continued(hash: u32, word: &str) -> u32 {
    word.bytes().fold(hash, step)
}

fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// The low bits of FNV are its good ones; entries are sorted by all, led by the mixed high ones.
fn mixed(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

/// Writes a table of `(hash, concept, language)`.
pub(crate) fn written(mut entries: Vec<(u32, Concept, u8)>) -> Vec<u8> {
    for entry in &mut entries {
        entry.0 = mixed(entry.0);
    }
    entries.sort_unstable();
    entries.dedup();
    let bytes = |(hash, concept, language): &(u32, Concept, u8)| {
        let [a, b, c, d] = hash.to_le_bytes();
        [a, b, c, d, *concept, *language]
    };
    entries.iter().flat_map(bytes).collect()
}

impl<'a> Concepts<'a> {
    /// Reads a table as [`written`] writes it.
    pub(crate) fn of(entries: &'a [u8]) -> Self {
        let mut starts = vec![0u16; (1 << LEAD) + 1];
        for entry in entries.chunks_exact(ENTRY) {
            starts[(key(entry) >> (32 - LEAD)) as usize + 1] += 1;
        }
        for lead in 1..starts.len() {
            starts[lead] += starts[lead - 1];
        }
        Concepts { entries, starts }
    }

    fn find(&self, hash: u32) -> impl Iterator<Item = (Concept, u8)> + '_ {
        let hash = mixed(hash);
        let lead = (hash >> (32 - LEAD)) as usize;
        let range = usize::from(self.starts[lead]) * ENTRY..usize::from(self.starts[lead + 1]) * ENTRY;
        self.entries[range]
            .chunks_exact(ENTRY)
            .filter(move |entry| key(entry) == hash)
            .map(|entry| (entry[4], entry[5]))
    }

    /// What a text's words mean in the language that knows the most of them. Where several know as many, in any of these.
    pub(super) fn read(&self, reading: &Reading) -> Vec<Meant> {
        let matches = self.matches(reading);
        let mut known = [0usize; LANGUAGES];
        let mut last = [usize::MAX; LANGUAGES];
        for found in &matches {
            let language = usize::from(found.language) % LANGUAGES;
            if last[language] != found.at {
                last[language] = found.at;
                known[language] += 1;
            }
        }
        let most = known.iter().copied().max().unwrap_or(0);
        let speaks = |found: &&Match| known[usize::from(found.language) % LANGUAGES] == most;
        let mut chosen = matches.iter().filter(speaks).peekable();
        let mut meant = Vec::new();
        let (mut at, mut sentence) = (0, 0);
        while at < reading.words.len() {
            let mut longest: Option<Match> = None;
            while let Some(found) = chosen.next_if(|found| found.at <= at) {
                if found.at == at && longest.is_none_or(|other| found.words > other.words) {
                    longest = Some(*found);
                }
            }
            let concept = longest
                .map(|found| found.concept)
                .or_else(|| number(&reading.words[at]));
            if let Some(concept) = concept
                && concept != SKIPPED
            {
                meant.push(Meant {
                    at,
                    concept,
                    sentence,
                });
            }
            let after = at + longest.map_or(1, |found| found.words);
            sentence += reading.pauses[at..after]
                .iter()
                .filter(|pause| **pause == Pause::Sentence)
                .count();
            at = after;
        }
        meant
    }

    pub(crate) fn known(&self, reading: &Reading) -> Vec<bool> {
        let mut known = vec![false; reading.words.len()];
        for found in self.matches(reading) { known[found.at..found.at + found.words].fill(true); }
        known
    }

    /// Every entry that matches somewhere, in the order of the words.
    fn matches(&self, reading: &Reading) -> Vec<Match> {
        let mut matches = Vec::new();
        for at in 0..reading.words.len() {
            let mut add = |words: usize, hash: u32| {
                matches.extend(self.find(hash).map(|(concept, language)| Match {
                    at,
                    words,
                    concept,
                    language,
                }));
            };
            let unspaced = is_character(&reading.words[at]);
            let most = if unspaced { UNSPACED } else { SPACED };
            let mut hash = seed(false);
            for (words, word) in (1..=most).zip(&reading.words[at..]) {
                hash = continued(hash, word);
                add(words, hash);
                if reading.pauses[at + words - 1] != Pause::None {
                    break;
                }
            }
            // An Arabic word is also what it is without the article, or the "and" written as its first letter.
            for prefix in ["و", "ال", "وال", "ب", "ف", "بال", "لل"] {
                if let Some(rest) = reading.words[at].strip_prefix(prefix)
                    && rest.chars().nth(1).is_some()
                {
                    add(1, continued(seed(false), rest));
                }
            }
            if !unspaced {
                let mut hash = seed(true);
                for (length, c) in (1..=*STEMS.end()).zip(reading.words[at].chars()) {
                    hash = continued(hash, c.encode_utf8(&mut [0; 4]));
                    if STEMS.contains(&length) {
                        add(1, hash);
                    }
                }
            }
        }
        matches
    }
}

fn key(entry: &[u8]) -> u32 {
    u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]])
}

/// Whether a word is a character of a script without spaces.
pub(super) fn is_character(word: &str) -> bool {
    word.chars().next().is_some_and(crate::reading::is_unspaced)
}

fn number(word: &str) -> Option<Concept> {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(match word.parse() {
        Ok(6..=17u32) => UNDER_AGE,
        Ok(18..=99) => OF_AGE,
        _ => OTHER_NUMBER,
    })
}
