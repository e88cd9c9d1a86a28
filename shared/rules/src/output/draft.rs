//! A model's text, read once for all rules.

use wording::fold;

use super::r17_format::plain;
use crate::phrase::{Sentence, sentences};

/// Longest text whose words are read, in characters; a longer one is handed over anyway.
pub(super) const READ_LIMIT: usize = 6_000;

/// A text in the forms that rules look at.
pub(super) struct Draft {
    /// As the model wrote it.
    pub(super) raw: String,
    /// Plain text in lower case, as a fan would see it, with full stops of other scripts as ASCII ones.
    pub(super) lower: String,
    /// Plain text, as a fan would see it.
    pub(super) plain: String,
    /// Folded words parted by spaces.
    pub(super) folded: String,
    /// Sentences of folded words.
    pub(super) sentences: Vec<Sentence>,
}

impl Draft {
    pub(super) fn read(text: &str, creator: &str) -> Self {
        let raw: String = text.chars().take(READ_LIMIT + 1).collect();
        let plain = plain(&raw);
        Self {
            lower: plain.to_lowercase().chars().map(ascii).collect(),
            folded: fold(&plain),
            sentences: sentences(&plain.replace(['⭐', '🌟'], " stars "), creator),
            plain,
            raw,
        }
    }

    /// The parts of the lower-case text between blanks.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &str> {
        self.lower.split_whitespace()
    }
}

/// Full-width and look-alike signs as the ASCII ones that software takes them for.
fn ascii(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        '。' | '｡' | '․' | '‧' | '·' => '.',
        '⁄' | '∕' => '/',
        '﹫' => '@',
        _ => c,
    }
}
