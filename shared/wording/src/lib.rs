//! How a fan's text is folded for matching, and which language it is in.
//!
//! [`fold`] takes away everything by which the same word is spelled differently: case, accents, look-alike letters,
//! digits in place of letters, masks, stretched and spaced-out letters. [`tokens`] splits what it gives, [`near`]
//! forgives a slip of the finger. [`Language`] is guessed from script and small words; [`speak`] picks the language
//! of an answer. [`name_words`] and [`beginnings`] are how names are found. Nothing here keeps text or performs I/O.

mod fold;
mod guess;
mod language;
mod letters;
mod names;
mod near;
mod small_words;
mod token;

pub use fold::{fold, tokens};
pub use language::{Language, speak};
pub use names::{beginnings, longest_beginning, name_words};
pub use near::near;
