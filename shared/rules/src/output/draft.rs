//! A model's text, read once for all rules.

use wording::fold;

use super::r17_format::plain;
use crate::phrase::{Sentence, sentences};

/// Longest text whose words are read, in characters; a longer one is handed over anyway.
pub(super) const READ_LIMIT: usize = 6_000;

/// A text in the forms that rules look at.
pub(crate) struct Draft {
    /// As the model wrote it.
    pub(crate) raw: String,
    /// Plain text in lower case, as a fan would see it, with full stops of other scripts as ASCII ones.
    pub(crate) lower: String,
    /// Plain text, as a fan would see it.
    pub(crate) plain: String,
    /// Folded words parted by spaces.
    pub(crate) folded: String,
    /// Sentences of folded words.
    pub(crate) sentences: Vec<Sentence>,
}

impl Draft {
    pub(crate) fn read(text: &str, creator: &str) -> Self {
        let raw: String = text.chars().take(READ_LIMIT + 1).collect();
        let plain = plain(&raw);
        Self {
            lower: lower(&plain),
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

/// The text in lower case, with ASCII signs for the ones that software takes for them.
fn lower(text: &str) -> String {
    let signs: Vec<char> = text.to_lowercase().chars().map(ascii).collect();
    let inside = |place: usize| signs.get(place).is_some_and(char::is_ascii_alphanumeric);
    signs
        .iter()
        .enumerate()
        .map(|(place, c)| match c {
            // The full stop of Chinese and Japanese, or a bullet, is one of a domain between Latin letters only.
            '。' | '｡' | '․' | '‧' | '·' | '•' | '∙' | '⋅' | '●' | '◦' | '・'
                if place > 0 && inside(place - 1) && inside(place + 1) =>
            {
                '.'
            }
            _ => *c,
        })
        .collect()
}

/// Full-width and look-alike signs as the ASCII ones that software takes them for.
fn ascii(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        '⁄' | '∕' => '/',
        '﹫' => '@',
        _ => c,
    }
}
