//! How long a text is for a model, without its tokenizer.

/// At most this many tokens, for any text a person writes: a third of its UTF-8 bytes, rounded up.
///
/// For Latin letters that is a third of the characters (real tokenizers need about a quarter); scripts with two to
/// four bytes a character, which need more tokens, are counted for more.
pub fn estimated_tokens(text: &str) -> u64 {
    u64::try_from(text.len().div_ceil(3)).unwrap_or(u64::MAX)
}
