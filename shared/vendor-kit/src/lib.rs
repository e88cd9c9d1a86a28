//! What every client of a vendor's API shares: which addresses it calls, TLS, and what it never does.
//!
//! Time limits, the pool and the meaning of each failure are the vendor's crate's own.

mod address;
mod client;
pub mod testing;

pub use address::Address;
pub use client::{ClientError, client};
