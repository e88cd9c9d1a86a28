//! What training and measuring the model needs. Nothing of it is used by the product.

use wording::{fold, tokens};

use crate::care::Care;
use crate::model;
use crate::reading::{Reading, split_unspaced};

pub use crate::model::Feature;

/// Count of buckets.
pub const BUCKETS: usize = model::BUCKETS;

/// Names of the concepts that a table is made of, read from its files: each a name of a language and its lines.
pub fn table(names: &[&str], files: &[String]) -> Vec<u8> {
    let mut entries = Vec::new();
    for (language, file) in (0u8..).zip(files) {
        for line in file.lines() {
            let Some((name, words)) = line.split_once(':') else {
                continue;
            };
            let concept = match names.iter().position(|known| *known == name) {
                Some(place) => place as u8 + model::FIRST,
                None => model::SKIPPED,
            };
            for word in words.split_whitespace() {
                let (word, stem) = match word.strip_suffix('*') {
                    Some(word) => (word, true),
                    None => (word, false),
                };
                let folded = fold(&word.replace('_', " "));
                let mut words = Vec::new();
                for token in tokens(&folded) {
                    split_unspaced(token, &mut words);
                }
                if !words.is_empty() {
                    let hash = model::hash(words.iter().map(|word| &**word), stem);
                    entries.push((hash, concept, language));
                }
            }
        }
    }
    model::written(entries)
}

/// How many concepts, the first named, are small words.
pub const SMALL: usize = (model::SMALL - model::FIRST) as usize;

/// Features of a text by a table; also how many words it has.
pub fn features(text: &str, table: &[u8]) -> (Vec<Feature>, usize) {
    let reading = Reading::of(text);
    let concepts = model::Concepts::of(table);
    (model::features(&reading, &concepts), reading.words.len())
}

/// What the lexicon alone finds.
pub fn lexicon(text: &str) -> Option<Care> {
    crate::detect(text)
}

/// How many of a text's words a table knows, and those that it does not.
pub fn unknown(text: &str, table: &[u8]) -> (usize, Vec<String>) {
    let reading = Reading::of(text);
    let concepts = model::Concepts::of(table);
    let known = concepts.known(&reading);
    let unknown: Vec<String> = reading.words.iter().zip(&known).filter(|(_, known)| !**known).map(|(word, _)| word.to_string()).collect();
    (reading.words.len() - unknown.len(), unknown)
}
