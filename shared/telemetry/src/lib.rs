//! What a function says about itself: log lines, metrics and trace ids.
//!
//! * **Log lines** are one JSON object each, on standard output. Only the fields declared in
//!   [`fields`] come out, each checked against its shape and capped in length; every other field is
//!   dropped before it is even formatted. So a careless `tracing::info!(text = %message.text)`
//!   prints nothing of the text.
//! * **Metrics** are CloudWatch embedded-metric lines, with dimensions from a fixed list.
//! * **Usage events** say under a pseudonym that a step was taken, unless the person objected.
//! * **Trace ids** follow work over HTTP and through queues.
//!
//! The rules for people who write log lines are in `infra/docs/logging.md`.

mod card;
mod chain;
mod fields;
mod layer;
mod metric;
mod outcome;
mod panics;
mod trace;

pub mod testing;

pub use chain::{chain, redact};
pub use fields::{DECLARED, Shape};
pub use layer::{JsonLayer, LogConfig, Sink, init};
pub use metric::{Dimension, Unit, metric, metric_line};
pub use outcome::Outcome;
pub use panics::take_panic_location;
pub use trace::TraceId;
