//! What all stand-ins have, whatever they stand in for: a loopback port whose connections can be cut, control calls, a state
//! that can be waited for, a clock that a host can move, scripted faults, seeded choices, and a command line.
//!
//! It knows nothing of any vendor and shares nothing with the product.

mod clock;
mod command_line;
mod control;
mod log;
mod random;
mod script;
mod server;
mod watched;
mod wire;

pub use clock::{Clock, ManualClock};
pub use command_line::{Failure, Flags, run, unknown_flag};
pub use control::{
    ControlCall, Query, Refusal, answer_of, changes, check_probability, entry_number, parse,
    segments,
};
pub use log::{Log, Outcome};
pub use random::Generator;
pub use script::{Numbered, Scheduled, Script, Turns};
pub use server::{Connections, ListenError, Running, listen};
pub use watched::{Watched, keep_saving};
pub use wire::{
    Body, Cut, JSON, add_headers, as_page, body_of, cut_midway, header_text, json, message,
    refuse_foreign_name, response,
};
