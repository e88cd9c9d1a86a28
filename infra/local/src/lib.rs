//! The laptop host: a small AWS made of real protocols.
pub mod template;
