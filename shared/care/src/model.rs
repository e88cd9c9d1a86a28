//! A second opinion on texts: how much they are like those of people in need, whatever their words.

mod concepts;
mod features;

pub(crate) use concepts::{Concepts, FIRST, SKIPPED, hash, written};
pub use features::Feature;
pub(crate) use features::{BUCKETS, SMALL, features};
