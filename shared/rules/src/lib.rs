//! Hard rules around the AI that answers fans in a creator's voice.
//!
//! [`identity`] keeps it honest about being an AI. Nothing here can be weakened by a creator's tone or by a fan's
//! message: the rules are code, they see only the finished text. No I/O, and nothing is kept.

#[cfg(test)]
mod corpus;
pub mod identity;
pub mod output;
mod phrase;
mod script;
