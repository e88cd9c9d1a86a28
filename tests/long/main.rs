//! System tests that take minutes each: before a release, and when turns, claims or the sender change.

#![expect(
    clippy::print_stdout,
    reason = "reconciliations are part of what a test shows"
)]

mod sofi_storm;
