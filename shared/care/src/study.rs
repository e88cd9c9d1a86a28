//! What training and measuring the model needs. Nothing of it is used by the product.

use wording::{fold, tokens};

use crate::care::Care;
use crate::detect;
use crate::model;
use crate::reading::{Reading, split_unspaced};

/// Count of buckets that features are hashed into.
pub const BUCKETS: usize = model::BUCKETS;

/// How many of the concepts, the first named, are small words.
pub const SMALL: usize = (model::SMALL - model::FIRST) as usize;

/// The file built into this crate.
pub const TRAINED: &[u8] = model::TRAINED;

/// A table of concepts. `names` are those of the concepts in order; a file is a language's, its lines a name, a colon
/// and words (`stem*`, `two_words`). A name that is not listed stands for small words that only tell the language.
#[must_use]
pub fn table(names: &[&str], files: &[String]) -> Vec<u8> {
    let mut entries = Vec::new();
    for (language, file) in (0..).zip(files) {
        for (name, words) in file.lines().filter_map(|line| line.split_once(':')) {
            let concept = (model::FIRST..)
                .zip(names)
                .find_map(|(concept, known)| (*known == name).then_some(concept))
                .unwrap_or(model::SKIPPED);
            for word in words.split_whitespace() {
                let (word, stem) = match word.strip_suffix('*') {
                    Some(stem) => (stem, true),
                    None => (word, false),
                };
                let folded = fold(&word.replace('_', " "));
                let mut parts = Vec::new();
                for token in tokens(&folded) {
                    split_unspaced(token, &mut parts);
                }
                if !parts.is_empty() {
                    let hash = model::hash(parts.iter().map(|part| &**part), stem);
                    entries.push((hash, concept, language));
                }
            }
        }
    }
    model::written(entries)
}

/// Squares of features that every text is granted before its sums are divided by their root.
pub const GRANTED: u32 = model::GRANTED;

/// Something that a text shows.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Place of the word at which it ends.
    pub at: usize,
    /// Below [`BUCKETS`].
    pub bucket: u32,
    /// How much it counts.
    pub counts: u16,
}

/// Features of a text by a table.
#[must_use]
pub fn features(text: &str, table: &[u8]) -> Vec<Feature> {
    let concepts = model::Concepts::of(table);
    let mut found = Vec::new();
    model::features(&Reading::of(text), &concepts, &mut |at, bucket| {
        let counts = model::value(bucket);
        found.push(Feature { at, bucket, counts });
    });
    found
}

/// A file of a trained model, as it is built into this crate. `bias` and the six weights of each bucket are in the order
/// of [`Care::ALL`]; `phrases` is [`fnv`] of what it was trained on.
#[must_use]
pub fn file(bias: [f32; 6], step: f32, phrases: u64, table: &[u8], weights: &[i8]) -> Vec<u8> {
    model::file(bias, step, phrases, table, weights)
}

/// The table of concepts in a file, and the hash of the phrases that it was trained on.
#[must_use]
pub fn made_of(file: &[u8]) -> (&[u8], u64) {
    (model::table(file), model::trained_on(file))
}

/// FNV-1a of bytes.
#[must_use]
pub fn fnv(bytes: &[u8]) -> u64 {
    model::fnv(bytes)
}

/// What the rules alone find in a fan's text.
#[must_use]
pub fn ruled(text: &str) -> Option<Care> {
    found(text).gravest()
}

fn found(text: &str) -> detect::Ruled {
    detect::ruled(Reading::of(text), detect::of_a_fan).and(detect::signed(text, detect::of_a_fan))
}

/// What a file's model makes of texts.
pub struct Judge<'a>(model::Model<'a>);

impl<'a> Judge<'a> {
    /// Reads a file as [`file`] writes it.
    #[must_use]
    pub fn of(file: &'a [u8]) -> Self {
        Judge(model::Model::of(file))
    }

    /// The likeliest reason in a text, and the logarithm of the odds that there is one at all.
    #[must_use]
    pub fn opinion(&self, text: &str) -> (Care, f32) {
        let opinion = self.0.opinion(&Reading::of(text));
        (opinion.care, opinion.odds)
    }
}

/// What the rules and a model say of a fan's text together, as [`crate::detect`] weighs it where nobody asks who writes.
#[must_use]
pub fn weighed(text: &str, (care, odds): (Care, f32)) -> Option<Care> {
    found(text).weighed(model::Opinion { care, odds })
}

/// What a model's opinion is taken for where the rules are silent.
#[must_use]
pub fn believed((care, odds): (Care, f32)) -> Option<Care> {
    detect::Ruled::default().weighed(model::Opinion { care, odds })
}
