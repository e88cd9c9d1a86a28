//! The awaitable gate before and after every call: faults, and a place to stop a function between two calls.

use std::time::Duration;

use futures::future::BoxFuture;

use crate::error::ServiceError;
use crate::record::{Call, Record};

/// Hooks around each authenticated call. Both may wait as long as they like; the caller waits with them.
pub trait Gate: Send + Sync + 'static {
    /// Before the call runs. Authorisation has been decided (see [`Call::decision`]) but nothing has happened yet.
    fn before<'a>(&'a self, _call: &'a Call) -> BoxFuture<'a, Before> {
        Box::pin(async { Before::Proceed })
    }

    /// After the call ran and was recorded, before the answer leaves.
    fn after<'a>(&'a self, _record: &'a Record) -> BoxFuture<'a, After> {
        Box::pin(async { After::Answer })
    }
}

/// What happens to a call that has not run yet.
#[derive(Debug, Clone)]
pub enum Before {
    /// It runs.
    Proceed,
    /// It does not run; the fault is answered.
    Fault(Fault),
}

/// What happens to the answer of a call that has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// It is sent.
    Answer,
    /// The connection is cut: done, but the caller never hears of it.
    Cut,
}

/// A failure to answer instead of running the call.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The service's throttling error: DynamoDB `ProvisionedThroughputExceededException`, else `ThrottlingException`.
    Throttle,
    /// DynamoDB `TransactionCanceledException` with `TransactionConflict` for every item.
    TransactionConflict,
    /// A 500 from the service (`KMSInternalException` for KMS, `InternalServerError` elsewhere).
    Unavailable,
    /// Waits this much real time, then runs the call.
    Slow(Duration),
    /// The connection is cut before anything happened.
    Cut,
    /// Any other answer.
    Answer(ServiceError),
}
