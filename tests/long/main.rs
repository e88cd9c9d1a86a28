//! System tests that take minutes each: before a release, and when turns, claims, the sender or the brakes on guesses
//! change.

#![expect(
    clippy::print_stdout,
    reason = "reconciliations and counts are part of what a test shows"
)]

mod guesses;
mod sofi_overtaken;
mod sofi_storm;
