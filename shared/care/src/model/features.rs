//! What a text shows to the model, each as a number below [`BUCKETS`].

use super::concepts::{Concept, Concepts, Meant, is_character};
use crate::reading::{Pause, Reading};

/// Numbers that features have.
pub(crate) const BUCKETS: usize = 1 << 17;

/// Letters of the shortest word that is also read in parts, and of its parts.
const PARTED: usize = 4;
const PARTS: std::ops::RangeInclusive<usize> = 3..=5;
/// The same for Hangul, a letter of which is a syllable.
const SYLLABLES: std::ops::RangeInclusive<usize> = 1..=3;
/// Concepts looked back at.
const BACK: usize = 5;

/// A feature and the word at which it ends.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Place of the word in the text.
    pub at: usize,
    /// Number below the count of buckets.
    pub bucket: u32,
    /// Whether it is about meanings and not about letters.
    pub meant: bool,
}

/// Kinds of feature, so that the same words of another kind are another feature.
#[derive(Clone, Copy)]
#[repr(u64)]
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
    ContentPair,
    ContentTriple,
    Mixed,
}

/// Concepts that say little by themselves stand below this number: pronouns, small words.
pub(crate) const SMALL: Concept = super::concepts::FIRST + 20;

/// Features of a text, in no order.
pub(crate) fn features(reading: &Reading, concepts: &Concepts<'_>) -> Vec<Feature> {
    let mut found = Vec::with_capacity(reading.words.len() * 32);
    let hashes: Vec<u64> = reading.words.iter().map(|word| hash(word.as_bytes())).collect();
    let meant = concepts.read(reading);
    letters(reading, &hashes, &mut found);
    meanings(&meant, &mut found);
    mixed(reading, &hashes, &meant, &mut found);
    for (at, mark) in &reading.marks {
        let last = reading.words.len().saturating_sub(1);
        push(&mut found, Kind::Mark, (*at).min(last), &[*mark as u64], false);
    }
    found
}

fn letters(reading: &Reading, hashes: &[u64], found: &mut Vec<Feature>) {
    let parted = |at: usize| reading.pauses[at] == Pause::Sentence;
    for (at, word) in reading.words.iter().enumerate() {
        push(found, Kind::Word, at, &hashes[at..=at], false);
        let mut from = at;
        while from > 0 && at - from < 3 && !parted(from - 1) {
            from -= 1;
        }
        let before = at - from;
        if before > 0 {
            push(found, Kind::Pair, at, &hashes[at - 1..=at], false);
        }
        if before > 1 {
            push(found, Kind::Skip, at, &[hashes[at - 2], hashes[at]], false);
        }
        if is_character(word) {
            if before > 1 {
                push(found, Kind::Triple, at, &hashes[at - 2..=at], false);
            }
            continue;
        }
        parts(word, at, found);
    }
}

/// Runs of letters within a word, its ends marked.
fn parts(word: &str, at: usize, found: &mut Vec<Feature>) {
    let hangul = word.chars().all(|c| matches!(c, '\u{ac00}'..='\u{d7a3}'));
    let letters = word.chars().count();
    if !hangul && letters < PARTED {
        return;
    }
    let lengths = if hangul { SYLLABLES } else { PARTS };
    let marked: Vec<u32> = std::iter::once(1)
        .chain(word.chars().map(u32::from))
        .chain([2])
        .collect();
    for length in lengths {
        for run in marked.windows(length) {
            let folded = run.iter().fold(length as u64, |hash, c| mix(hash, u64::from(*c)));
            push(found, Kind::Part, at, &[folded], false);
        }
    }
}

fn meanings(meant: &[Meant], found: &mut Vec<Feature>) {
    for (place, this) in meant.iter().enumerate() {
        let c = u64::from(this.concept);
        push(found, Kind::Concept, this.at, &[c], true);
        let from = place.saturating_sub(BACK);
        let before = |back: usize| {
            let other = place.checked_sub(back).map(|other| &meant[other])?;
            (other.sentence == this.sentence).then_some(u64::from(other.concept))
        };
        if let Some(b) = before(1) {
            push(found, Kind::Next, this.at, &[b, c], true);
            if let Some(a) = before(2) {
                push(found, Kind::Third, this.at, &[a, b, c], true);
            }
        }
        for other in (from..place).filter_map(|other| before(place - other)) {
            push(found, Kind::Near, this.at, &[other.min(c), other.max(c)], true);
        }
    }
    let content: Vec<&Meant> = meant.iter().filter(|meant| meant.concept >= SMALL || meant.concept < super::concepts::FIRST).collect();
    for (place, this) in content.iter().enumerate() {
        let c = u64::from(this.concept);
        let before = |back: usize| {
            let other = place.checked_sub(back).map(|other| content[other])?;
            (other.sentence == this.sentence).then_some(u64::from(other.concept))
        };
        for back in 1..=2 {
            if let Some(b) = before(back) {
                push(found, Kind::ContentPair, this.at, &[b.min(c), b.max(c)], true);
            }
        }
        if let (Some(a), Some(b)) = (before(2), before(1)) {
            let mut three = [a, b, c];
            three.sort_unstable();
            push(found, Kind::ContentTriple, this.at, &three, true);
        }
    }
}

/// A word beside the concept before it, and a concept beside the word before it.
fn mixed(reading: &Reading, hashes: &[u64], meant: &[Meant], found: &mut Vec<Feature>) {
    for this in meant {
        let c = u64::from(this.concept);
        if this.at > 0 && reading.pauses[this.at - 1] != Pause::Sentence {
            push(found, Kind::Mixed, this.at, &[hashes[this.at - 1], c], true);
        }
        if this.at + 1 < hashes.len() && reading.pauses[this.at] != Pause::Sentence {
            push(found, Kind::Mixed, this.at + 1, &[c, hashes[this.at + 1]], true);
        }
    }
}

fn push(found: &mut Vec<Feature>, kind: Kind, at: usize, of: &[u64], meant: bool) {
    let hash = of.iter().fold(mix(0, kind as u64), |hash, part| mix(hash, *part));
    let bucket = (hash >> 40) as u32 & (BUCKETS as u32 - 1);
    found.push(Feature { at, bucket, meant });
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0x51_7cc1, |hash, byte| mix(hash, u64::from(*byte)))
}

fn mix(hash: u64, part: u64) -> u64 {
    (hash.rotate_left(5) ^ part).wrapping_mul(0x517c_c1b7_2722_0a95)
}
