//! System tests, by subject.

mod burst;
mod canary;
mod conversation;
mod inbox;
mod isolation;
mod isolation_layers;
mod journey;
mod kinds;
mod pause;
mod removal;
mod storm;
mod tenants;
