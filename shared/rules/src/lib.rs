//! Hard rules around the AI that answers fans in a creator's voice.
//!
//! [`identity`] keeps it honest about being an AI, [`output`] decides what may leave, [`memory`] what may be
//! remembered. Nothing here can be weakened by a creator's tone or by a fan's message: the rules are code and see only
//! finished texts. No I/O, nothing is kept, nothing is logged.

#[cfg(test)]
mod corpus;
pub mod identity;
pub mod memory;
pub mod output;
mod phrase;
mod script;
