//! Honesty about being an AI: recognising the question and the lie, and the texts that are true.

/// The reason of a turn that was ended by [`honest_answer`], as a stable code.
pub const REASON: &str = "identity";

mod due;
mod recognise;
mod texts;
mod whose;

pub use due::{disclosed_since, disclosure_due};
pub(crate) use recognise::{admits, denies};
pub use recognise::{asks_identity, asks_identity_of, besides_asking, denies_ai, denies_ai_as};
pub use texts::{
    Disclosure, Media, VERSION, cannot_answer, disclosure, handed_over, honest_answer,
    media_received,
};
pub use whose::is_still_ais;
