//! What all stand-ins have: a clock that a host can move, and a list of scripted faults.

mod clock;
mod script;

pub use clock::{Clock, ManualClock};
pub use script::{Numbered, Script};
