//! System tests, by subject.

mod conversation;
mod inbox;
mod isolation_layers;
mod kinds;
