//! System tests, by subject.

mod conversation;
mod inbox;
mod kinds;
