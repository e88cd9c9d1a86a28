//! A second opinion: how much a text is like those of people in need, whatever its words.
//!
//! A linear classifier over words, parts of words and what they mean in any language. It is trained by
//! `cargo run --release -p care --example train` on the phrases of `corpus/` and `training/`, and lies in one file:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | FNV-1a of all that follows |
//! | 8 | FNV-1a of the phrases it was trained on |
//! | 24 | what each reason starts with, six `f32` |
//! | 4 | what one step of a weight is worth, `f32` |
//! | 4, then as many | length and entries of the table of concepts |
//! | the rest | six `i8` for each bucket |
//!
//! Numbers are little-endian. A weight is how much a feature speaks for a reason and against everyday talk.

use crate::care::Care;
use crate::reading::Reading;

mod concepts;
mod features;

pub(crate) use concepts::{Concepts, FIRST, SKIPPED, hash, written};
pub(crate) use features::{BUCKETS, SMALL, features, value};

/// The trained file.
pub(crate) const TRAINED: &[u8] = include_bytes!("model/weights.bin");

/// Reasons, in the order of [`Care::ALL`].
pub(crate) const REASONS: usize = Care::ALL.len();

/// Where the parts of the file begin.
const PHRASES: usize = 8;
const BIAS: usize = 16;
const STEP: usize = BIAS + 4 * REASONS;
const LENGTH: usize = STEP + 4;
const TABLE: usize = LENGTH + 4;

/// A text is judged in windows of so much, each begun half of it after the last: a word counts twice, a character of
/// a script without spaces once. The phrases of the training are shorter.
const WINDOW: usize = 80;

/// The classifier.
pub(crate) struct Model<'a> {
    bias: [f32; REASONS],
    step: f32,
    concepts: Concepts<'a>,
    weights: &'a [u8],
}

/// What the model holds of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opinion {
    /// The likeliest reason.
    pub(crate) care: Care,
    /// Logarithm of the odds that there is a reason at all.
    pub(crate) odds: f32,
}

/// Squares that every text is granted: few words are little evidence, whatever they are.
pub(crate) const GRANTED: u32 = 400;

/// The checksum that a file should begin with.
pub(crate) fn checksum(file: &[u8]) -> [u8; PHRASES] {
    fnv(&file[PHRASES..]).to_le_bytes()
}

/// FNV-1a.
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

impl<'a> Model<'a> {
    /// Reads a file. Panics if it is too short to be one; the one that is built in is tested.
    pub(crate) fn of(file: &'a [u8]) -> Self {
        let four = |at: usize| [file[at], file[at + 1], file[at + 2], file[at + 3]];
        let weights = TABLE + u32::from_le_bytes(four(LENGTH)) as usize;
        Model {
            bias: std::array::from_fn(|reason| f32::from_le_bytes(four(BIAS + 4 * reason))),
            step: f32::from_le_bytes(four(STEP)),
            concepts: Concepts::of(&file[TABLE..weights]),
            weights: &file[weights..weights + BUCKETS * REASONS],
        }
    }

    /// Its opinion of the part of a text that speaks most for a reason.
    pub(crate) fn opinion(&self, reading: &Reading) -> Opinion {
        let mut shown = Vec::new();
        features(reading, &self.concepts, &mut |at, bucket| {
            shown.push((at, bucket));
        });
        shown.sort_unstable();
        let until = |word: usize| shown.partition_point(|(at, _)| *at < word);
        let (mut window, words) = (Vec::new(), reading.words.len());
        let mut best = self.judged(&[]);
        let mut from = 0;
        while from < words {
            let (half, end) = (
                reach(reading, from, WINDOW / 2),
                reach(reading, from, WINDOW),
            );
            window.clear();
            window.extend(
                shown[until(from)..until(end)]
                    .iter()
                    .map(|(_, bucket)| *bucket),
            );
            window.sort_unstable();
            window.dedup();
            let opinion = self.judged(&window);
            if from == 0 || opinion.odds > best.odds {
                best = opinion;
            }
            if end == words {
                break;
            }
            from = half;
        }
        best
    }

    /// What features speak for. Each is there once: what is said three times is not three times as likely.
    fn judged(&self, buckets: &[u32]) -> Opinion {
        let (mut sums, mut squares) = ([0_i32; REASONS], 0);
        for bucket in buckets {
            let counts = value(*bucket);
            let from = *bucket as usize * REASONS;
            let weights = &self.weights[from..from + REASONS];
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += i32::from(*weight as i8) * i32::from(counts);
            }
            squares += u32::from(counts * counts);
        }
        let scale = self.step / ((squares + GRANTED) as f32).sqrt();
        let score = |reason: usize| self.bias[reason] + sums[reason] as f32 * scale;
        let scores: [f32; REASONS] = std::array::from_fn(score);
        let (mut likeliest, mut most) = (Care::ALL[0], scores[0]);
        for (care, score) in Care::ALL.into_iter().zip(scores) {
            if score > most {
                (likeliest, most) = (care, score);
            }
        }
        let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
        Opinion {
            care: likeliest,
            odds: most + sum.ln(),
        }
    }
}

/// Where a window of such a width ends.
fn reach(reading: &Reading, from: usize, width: usize) -> usize {
    let mut left = width;
    let mut at = from;
    while let Some(word) = reading.words.get(at) {
        let wide = if concepts::is_character(word) { 1 } else { 2 };
        if left < wide {
            break;
        }
        left -= wide;
        at += 1;
    }
    at
}

/// Writes a file.
pub(crate) fn file(
    bias: [f32; REASONS],
    step: f32,
    phrases: u64,
    table: &[u8],
    weights: &[i8],
) -> Vec<u8> {
    let mut file = vec![0; PHRASES];
    file.extend(phrases.to_le_bytes());
    file.extend(
        bias.iter()
            .chain([&step])
            .flat_map(|number| number.to_le_bytes()),
    );
    file.extend((table.len() as u32).to_le_bytes());
    file.extend(table);
    file.extend(weights.iter().map(|weight| *weight as u8));
    let checksum = checksum(&file);
    file[..PHRASES].copy_from_slice(&checksum);
    file
}

/// FNV-1a of the phrases that a file says it was trained on.
pub(crate) fn trained_on(file: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&file[PHRASES..BIAS]);
    u64::from_le_bytes(eight)
}

/// The table of concepts in a file.
pub(crate) fn table(file: &[u8]) -> &[u8] {
    let mut four = [0; 4];
    four.copy_from_slice(&file[LENGTH..TABLE]);
    &file[TABLE..TABLE + u32::from_le_bytes(four) as usize]
}

#[cfg(test)]
mod tests {
    use super::{Model, TRAINED, checksum};
    use crate::reading::Reading;

    fn odds(text: &str) -> f32 {
        Model::of(TRAINED).opinion(&Reading::of(text)).odds
    }

    #[test]
    fn a_flipped_byte_of_the_file_is_noticed() {
        assert_eq!(TRAINED[..8], checksum(TRAINED));
        for at in [8, 20, 60, TRAINED.len() / 2, TRAINED.len() - 1] {
            let mut flipped = TRAINED.to_vec();
            flipped[at] ^= 1;
            assert_ne!(flipped[..8], checksum(&flipped), "{at}");
        }
    }

    #[test]
    fn a_cry_for_help_is_found_within_a_long_text() {
        let talk = "hey how are you today? i watched your stream and made pasta. ".repeat(12);
        let cry = "i want to end my life tonight, i cannot go on anymore. ";
        assert!(odds(cry) > 0.0 && odds(&talk) < 0.0);
        assert!(odds(&format!("{talk}{cry}{talk}")) > odds(&talk) + 1.0);
    }

    #[test]
    fn what_is_said_again_says_no_more() {
        for text in ["i want my money back", "thanks for the video"] {
            let again = format!("{text} . {text} . {text}");
            let (once, thrice) = (odds(text), odds(&again));
            assert!((once - thrice).abs() < 1.0, "{text}: {once}, {thrice}");
        }
    }

    #[test]
    fn a_text_without_words_is_no_alarm() {
        for text in ["", "…", "😂😂"] {
            assert!(odds(text) < 0.5, "{text}");
        }
    }

    #[test]
    fn a_few_words_are_little_evidence() {
        for text in [
            "no answer",
            "still here",
            "the table",
            "everything is stored",
        ] {
            assert!(odds(text) < 0.5, "{text}");
        }
    }
}
