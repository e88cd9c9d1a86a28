//! What the bot itself understands and says.

mod command;

pub use command::Command;
