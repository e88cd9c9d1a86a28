//! Which messages of a fan call for a person, and the fixed words they are answered with.
//!
//! [`detect`] reads a fan's text before any language model does and [`detect_output`] a language model's before anyone
//! does; what they find is never left to a language model nor sold to. [`answer`] gives the words sent instead, written
//! by people, with the help lines of the fan's language. The lexicons of all languages (`lexicon/`, one file each) are
//! read whatever the language of a text; how their lines are written is said in `pattern.rs`. Beside them a small
//! classifier (`model.rs`) knows wording that no line foresaw; `training/` holds what it learnt from. `corpus/` holds
//! what both are measured on: a file a language, `held_out.tsv`, of later phrases, tuned on since, and small talk.
//! Nothing here keeps text or performs I/O, and nothing is built before the first call.

mod care;
mod detect;
mod index;
mod lexicon;
mod model;
mod pattern;
mod reading;
mod signs;
#[doc(hidden)]
pub mod study;
mod texts;
mod vocabulary;

pub use care::Care;
pub use detect::{detect, detect_output, prepare};
pub use texts::{VERSION, answer};
