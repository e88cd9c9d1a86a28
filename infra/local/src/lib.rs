//! The laptop host: a small AWS made of real protocols.
pub mod gate;
mod http;
mod ids;
pub mod runtime;
pub mod sources;
pub mod template;
