//! Which of the words of a text mean what, in any language: "die" and "sterben" are one concept.
//!
//! The table is sorted hashes and lies in the model's file, so a process that starts builds next to nothing.

use crate::reading::{Pause, Reading, is_unspaced};

/// Number of a concept.
pub(crate) type Concept = u8;

/// A number that is an age under 18.
const UNDER_AGE: Concept = 0;
/// A number that is an age from 18.
const OF_AGE: Concept = 1;
/// Any other number.
const OTHER_NUMBER: Concept = 2;
/// The first concept that a file names.
pub(crate) const FIRST: Concept = 3;
/// A small word that only tells the language.
pub(crate) const SKIPPED: Concept = 255;

/// Bytes of an entry: the hash of a word, its concept, its language.
const ENTRY: usize = 6;
/// Leading bits of a hash by which entries are found.
const LEAD: u32 = 12;
/// Words in a row that one entry may take: as many that spaces part, as many characters of a script without spaces.
const SPACED: usize = 3;
const UNSPACED: usize = 6;
/// Characters of the longest stem.
const STEM: usize = 14;
/// Languages that a table may have.
const LANGUAGES: usize = 32;
/// What an Arabic word may begin with and be the same word: "and", the article, "in".
const PREFIXES: [&str; 7] = ["و", "ال", "وال", "ب", "ف", "بال", "لل"];

/// The table.
pub(crate) struct Concepts<'a> {
    entries: &'a [u8],
    /// Where the entries with each lead begin.
    starts: Vec<u16>,
}

/// A concept at a word of a text.
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

/// Hash of a word, of several in a row, or of a stem, each folded.
pub(crate) fn hash<'a>(words: impl Iterator<Item = &'a str>, stem: bool) -> u32 {
    words.fold(seed(stem), continued)
}

/// Writes a table of hash, concept and language.
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

fn seed(stem: bool) -> u32 {
    if stem { 0x9747_b28c } else { 0x811c_9dc5 }
}

fn continued(hash: u32, word: &str) -> u32 {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    word.bytes().fold(hash, step)
}

/// Entries are found by the high bits, and the good bits of this hash are the low ones.
fn mixed(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

fn key(entry: &[u8]) -> u32 {
    u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]])
}

fn lead(hash: u32) -> usize {
    (hash >> (32 - LEAD)) as usize
}

impl<'a> Concepts<'a> {
    /// Reads a table as [`written`] writes it.
    pub(crate) fn of(entries: &'a [u8]) -> Self {
        let mut starts = vec![0u16; (1 << LEAD) + 1];
        for entry in entries.chunks_exact(ENTRY) {
            starts[lead(key(entry)) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Concepts { entries, starts }
    }

    fn find(&self, hash: u32) -> impl Iterator<Item = (Concept, u8)> + '_ {
        let hash = mixed(hash);
        let place = |lead: usize| usize::from(self.starts[lead]) * ENTRY;
        self.entries[place(lead(hash))..place(lead(hash) + 1)]
            .chunks_exact(ENTRY)
            .filter(move |entry| key(entry) == hash)
            .map(|entry| (entry[4], entry[5]))
    }

    /// What a text's words mean in the language that knows the most of them; in any of those that know as many.
    pub(super) fn read(&self, reading: &Reading) -> Vec<Meant> {
        let matches = self.matches(reading);
        let known = known_words(&matches);
        let most = known.iter().copied().max().unwrap_or(0);
        let mut spoken = matches
            .iter()
            .filter(|found| known[usize::from(found.language) % LANGUAGES] == most)
            .peekable();
        let mut meant = Vec::new();
        let (mut at, mut sentence) = (0, 0);
        while at < reading.words.len() {
            let mut longest: Option<&Match> = None;
            while let Some(found) = spoken.next_if(|found| found.at <= at) {
                if found.at == at && longest.is_none_or(|other| found.words > other.words) {
                    longest = Some(found);
                }
            }
            let concept = match longest {
                Some(found) => Some(found.concept),
                None => number(&reading.words[at]),
            };
            meant.extend(
                concept
                    .filter(|concept| *concept != SKIPPED)
                    .map(|concept| Meant {
                        at,
                        concept,
                        sentence,
                    }),
            );
            let after = at + longest.map_or(1, |found| found.words);
            let ended = |pause: &&Pause| **pause == Pause::Sentence;
            sentence += reading.pauses[at..after].iter().filter(ended).count();
            at = after;
        }
        meant
    }

    /// Every entry that matches somewhere, in the order of the words.
    fn matches(&self, reading: &Reading) -> Vec<Match> {
        let mut matches = Vec::new();
        for (at, word) in reading.words.iter().enumerate() {
            let mut add = |words: usize, hash: u32| {
                matches.extend(self.find(hash).map(|(concept, language)| Match {
                    at,
                    words,
                    concept,
                    language,
                }));
            };
            let unspaced = is_character(word);
            let most = if unspaced { UNSPACED } else { SPACED };
            let mut run = seed(false);
            for (words, next) in (1..=most).zip(&reading.words[at..]) {
                run = continued(run, next);
                add(words, run);
                if reading.pauses[at + words - 1] != Pause::None {
                    break;
                }
            }
            if unspaced {
                continue;
            }
            for rest in PREFIXES
                .iter()
                .filter_map(|prefix| word.strip_prefix(prefix))
            {
                if rest.chars().nth(1).is_some() {
                    add(1, continued(seed(false), rest));
                }
            }
            let mut stem = seed(true);
            for c in word.chars().take(STEM) {
                stem = continued(stem, c.encode_utf8(&mut [0; 4]));
                add(1, stem);
            }
        }
        matches
    }
}

/// How many words each language knows.
fn known_words(matches: &[Match]) -> [usize; LANGUAGES] {
    let mut known = [0; LANGUAGES];
    let mut last = [usize::MAX; LANGUAGES];
    for found in matches {
        let language = usize::from(found.language) % LANGUAGES;
        if last[language] != found.at {
            last[language] = found.at;
            known[language] += 1;
        }
    }
    known
}

/// Whether a word is a character of a script without spaces.
pub(super) fn is_character(word: &str) -> bool {
    word.chars().next().is_some_and(is_unspaced)
}

fn number(word: &str) -> Option<Concept> {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| match word.parse() {
        Ok(6..=17u32) => UNDER_AGE,
        Ok(18..=99) => OF_AGE,
        _ => OTHER_NUMBER,
    })
}

#[cfg(test)]
mod tests {
    use super::{Concepts, FIRST, Meant, OF_AGE, SKIPPED, UNDER_AGE, hash, written};
    use crate::reading::Reading;

    /// "die" is the German article, and in English what 3 stands for.
    fn read(text: &str) -> Vec<(usize, u8)> {
        let word =
            |word: &str, concept, language| (hash(word.split('_'), false), concept, language);
        let table = written(vec![
            word("die", FIRST, 0),
            word("i", FIRST + 1, 0),
            word("die", SKIPPED, 1),
            word("ich", FIRST + 1, 1),
            word("put_down", FIRST, 0),
            (hash(std::iter::once("sterb"), true), FIRST, 1),
            word("死_に", FIRST, 2),
        ]);
        let meant = Concepts::of(&table).read(&Reading::of(text));
        meant
            .iter()
            .map(|Meant { at, concept, .. }| (*at, *concept))
            .collect()
    }

    #[test]
    fn words_mean_what_they_mean_in_the_language_of_the_text() {
        assert_eq!(read("i die"), [(0, FIRST + 1), (1, FIRST)]);
        assert_eq!(read("ich die sterbe"), [(0, FIRST + 1), (2, FIRST)]);
    }

    #[test]
    fn several_words_and_characters_are_one_concept() {
        assert_eq!(read("we put down him"), [(1, FIRST)]);
        assert_eq!(read("もう死にたい"), [(2, FIRST)]);
        assert_eq!(read("we put. down him"), []);
    }

    #[test]
    fn numbers_are_ages() {
        assert_eq!(read("17 or 18"), [(0, UNDER_AGE), (2, OF_AGE)]);
    }
}
