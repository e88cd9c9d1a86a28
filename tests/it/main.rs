//! System tests, by subject.

mod conversation;
mod inbox;
mod isolation;
mod isolation_layers;
mod journey;
mod kinds;
