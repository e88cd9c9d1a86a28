//! Token counts by length, and which part of a prompt a vendor has seen before.

use std::collections::BTreeMap;

/// Bytes of text that count as one token.
const CHARS_PER_TOKEN: usize = 4;
/// xAI caches whole blocks of this many tokens.
const CACHE_BLOCK: u64 = 64;
/// Conversations whose prompt is remembered.
const KEPT: usize = 2_000;

/// Tokens of a text: a quarter of its characters, rounded up.
pub(crate) fn count(text: &str) -> u64 {
    u64::try_from(text.chars().count().div_ceil(CHARS_PER_TOKEN)).unwrap_or(u64::MAX)
}

/// The longest beginning of `text` that has at most so many tokens.
pub(crate) fn first(text: &str, tokens: u64) -> &str {
    let chars = usize::try_from(tokens)
        .unwrap_or(usize::MAX)
        .saturating_mul(CHARS_PER_TOKEN);
    text.char_indices()
        .nth(chars)
        .map_or(text, |(end, _)| &text[..end])
}

/// The last prompt of each cache key.
#[derive(Default)]
pub(crate) struct PromptCache(BTreeMap<String, String>);

impl PromptCache {
    /// Tokens of `prompt` that were in the last prompt of the same key from its beginning; remembers this one.
    pub(crate) fn cached(&mut self, key: &str, prompt: &str) -> u64 {
        let common = self.0.get(key).map_or(0, |before| {
            let same = before.chars().zip(prompt.chars());
            same.take_while(|(one, other)| one == other).count()
        });
        if self.0.len() >= KEPT && !self.0.contains_key(key) {
            self.0.pop_first();
        }
        self.0.insert(key.to_owned(), prompt.to_owned());
        let tokens = u64::try_from(common / CHARS_PER_TOKEN).unwrap_or(0);
        tokens / CACHE_BLOCK * CACHE_BLOCK
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_is_cached_under_its_own_key_up_to_where_it_differs() {
        let mut cache = PromptCache::default();
        let (start, long) = ("a".repeat(600), "b".repeat(600));
        assert_eq!(cache.cached("one", &format!("{start}{long}")), 0);
        assert_eq!(cache.cached("two", &format!("{start}{long}")), 0);
        assert_eq!(cache.cached("one", &format!("{start}c")), 128);
        assert_eq!(cache.cached("one", "d"), 0);
    }

    #[test]
    fn tokens_follow_characters_and_cutting_keeps_letters_whole() {
        assert_eq!((count(""), count("abcd"), count("привет")), (0, 1, 2));
        assert_eq!(first("привет", 1), "прив");
        assert_eq!(first("abc", 5), "abc");
    }
}
