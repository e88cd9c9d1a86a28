//! Made-up words.

use stand_in_kit::Generator;

/// `length` characters of the alphabet that tokens and ids use.
pub(crate) fn word(generator: &mut Generator, length: usize) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    (0..length)
        .map(|_| {
            let pick = usize::try_from(generator.below(64)).unwrap_or(0);
            char::from(ALPHABET[pick])
        })
        .collect()
}
