//! What a text shows to the model, each as a number below [`BUCKETS`].

use super::concepts::{Concept, Concepts, FIRST, Meant, is_character};
use crate::reading::{Pause, Reading};

/// Numbers that features have. Those of the upper half are about meanings, the others about letters.
pub(crate) const BUCKETS: usize = 1 << 18;
const HALF: u32 = BUCKETS as u32 / 2;

/// How much a feature about meanings counts; one about letters counts once.
const MEANING: u16 = 3;

/// Concepts below this number say little by themselves: pronouns and small words.
pub(crate) const SMALL: Concept = FIRST + 20;

/// Letters of the shortest word that is also read in parts, and of its parts. A letter of Hangul is a syllable.
const PARTED: usize = 4;
const PARTS: std::ops::RangeInclusive<usize> = 3..=5;
const SYLLABLES: std::ops::RangeInclusive<usize> = 1..=3;
/// Words and concepts looked back at.
const WORDS_BACK: usize = 2;
const CONCEPTS_BACK: usize = 5;

/// Kinds of feature, so that the same words are another feature in another kind. Those from `Concept` are about
/// meanings.
#[derive(Clone, Copy)]
enum Kind {
    Word = 1,
    Pair,
    Triple,
    Skip,
    Part,
    Mark,
    Concept,
    Next,
    Third,
    Near,
    Content,
    ContentTriple,
    Mixed,
}

/// How much a feature counts.
pub(crate) fn value(bucket: u32) -> u16 {
    if bucket >= HALF { MEANING } else { 1 }
}

/// Gives every feature of a text: the place of the word at which it ends, and its bucket. In no order.
pub(crate) fn features(
    reading: &Reading,
    concepts: &Concepts<'_>,
    give: &mut impl FnMut(usize, u32),
) {
    let hashes: Vec<u64> = reading.words.iter().map(|word| letters(word)).collect();
    let meant = concepts.read(reading);
    words(reading, &hashes, give);
    meanings(&meant, give);
    mixed(reading, &hashes, &meant, give);
    if let Some(last) = reading.words.len().checked_sub(1) {
        for (at, mark) in &reading.marks {
            give((*at).min(last), bucket(Kind::Mark, &[*mark as u64]));
        }
    }
}

fn words(reading: &Reading, hashes: &[u64], give: &mut impl FnMut(usize, u32)) {
    for (at, word) in reading.words.iter().enumerate() {
        give(at, bucket(Kind::Word, &hashes[at..=at]));
        let before = (1..=WORDS_BACK.min(at))
            .take_while(|back| reading.pauses[at - back] != Pause::Sentence)
            .count();
        if before > 0 {
            give(at, bucket(Kind::Pair, &hashes[at - 1..=at]));
        }
        if before > 1 {
            give(at, bucket(Kind::Skip, &[hashes[at - 2], hashes[at]]));
        }
        if !is_character(word) {
            parts(word, |part| give(at, part));
        } else if before > 1 {
            give(at, bucket(Kind::Triple, &hashes[at - 2..=at]));
        }
    }
}

/// Runs of letters within a word, its ends marked.
fn parts(word: &str, mut give: impl FnMut(u32)) {
    let hangul = word.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    if !hangul && word.chars().nth(PARTED - 1).is_none() {
        return;
    }
    let marked: Vec<u64> = std::iter::once(1)
        .chain(word.chars().map(u64::from))
        .chain([2])
        .collect();
    for length in if hangul { SYLLABLES } else { PARTS } {
        for run in marked.windows(length) {
            let run = run.iter().fold(length as u64, |hash, c| mix(hash, *c));
            give(bucket(Kind::Part, &[run]));
        }
    }
}

fn meanings(meant: &[Meant], give: &mut impl FnMut(usize, u32)) {
    for (place, this) in meant.iter().enumerate() {
        let c = u64::from(this.concept);
        give(this.at, bucket(Kind::Concept, &[c]));
        if let Some(b) = before(meant, place, 1) {
            give(this.at, bucket(Kind::Next, &[b, c]));
            if let Some(a) = before(meant, place, 2) {
                give(this.at, bucket(Kind::Third, &[a, b, c]));
            }
        }
        for b in (1..=CONCEPTS_BACK).map_while(|back| before(meant, place, back)) {
            give(this.at, bucket(Kind::Near, &[b.min(c), b.max(c)]));
        }
    }
    let tells = |meant: &&Meant| meant.concept < FIRST || meant.concept >= SMALL;
    let content: Vec<Meant> = meant.iter().filter(tells).copied().collect();
    for (place, this) in content.iter().enumerate() {
        let c = u64::from(this.concept);
        let (near, far) = (before(&content, place, 1), before(&content, place, 2));
        for b in near.into_iter().chain(far) {
            give(this.at, bucket(Kind::Content, &[b.min(c), b.max(c)]));
        }
        if let (Some(b), Some(a)) = (near, far) {
            let mut three = [a, b, c];
            three.sort_unstable();
            give(this.at, bucket(Kind::ContentTriple, &three));
        }
    }
}

/// The concept so many before one, if it is in the same sentence.
fn before(meant: &[Meant], place: usize, back: usize) -> Option<u64> {
    let other = &meant[place.checked_sub(back)?];
    (other.sentence == meant[place].sentence).then_some(u64::from(other.concept))
}

/// A word beside the concept before it, and a concept beside the word before it.
fn mixed(reading: &Reading, hashes: &[u64], meant: &[Meant], give: &mut impl FnMut(usize, u32)) {
    let joined = |at: usize| at + 1 < hashes.len() && reading.pauses[at] != Pause::Sentence;
    for Meant { at, concept, .. } in meant {
        let c = u64::from(*concept);
        if *at > 0 && joined(at - 1) {
            give(*at, bucket(Kind::Mixed, &[hashes[at - 1], c]));
        }
        if joined(*at) {
            give(at + 1, bucket(Kind::Mixed, &[c, hashes[at + 1]]));
        }
    }
}

fn bucket(kind: Kind, of: &[u64]) -> u32 {
    let hash = of
        .iter()
        .fold(mix(0, kind as u64), |hash, part| mix(hash, *part));
    let meant = (Kind::Concept as u64..=Kind::Mixed as u64).contains(&(kind as u64));
    ((hash >> 40) as u32 & (HALF - 1)) + if meant { HALF } else { 0 }
}

fn letters(word: &str) -> u64 {
    word.bytes()
        .fold(0x51_7cc1, |hash, byte| mix(hash, u64::from(byte)))
}

fn mix(hash: u64, part: u64) -> u64 {
    (hash.rotate_left(5) ^ part).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{BUCKETS, HALF, features, value};
    use crate::model::concepts::{Concepts, FIRST, hash, written};
    use crate::reading::Reading;

    fn shown(text: &str) -> BTreeSet<(usize, u32)> {
        let word = |word, language| (hash(std::iter::once(word), false), FIRST + 30, language);
        let table = written(vec![word("die", 0), word("sterben", 1)]);
        let mut shown = BTreeSet::new();
        features(
            &Reading::of(text),
            &Concepts::of(&table),
            &mut |at, bucket| {
                assert!((bucket as usize) < BUCKETS);
                shown.insert((at, bucket));
            },
        );
        shown
    }

    #[test]
    fn the_same_meaning_in_two_languages_is_one_feature() {
        let meant = |text| {
            shown(text)
                .into_iter()
                .filter(|(_, bucket)| *bucket >= HALF)
                .collect()
        };
        let (english, german): (Vec<_>, Vec<_>) = (meant("die"), meant("sterben"));
        assert_eq!(english, german);
        assert!(!english.is_empty() && english.iter().all(|(_, bucket)| value(*bucket) > 1));
    }

    #[test]
    fn order_and_the_ends_of_sentences_tell() {
        assert_ne!(shown("die you hit"), shown("hit you die"));
        assert_ne!(shown("he hit. me too"), shown("he hit me too"));
    }

    #[test]
    fn a_text_without_words_shows_nothing() {
        assert!(shown("…😂?").is_empty());
    }
}
