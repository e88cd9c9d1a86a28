//! The one place where the Lambda runtime loop is instantiated.
//!
//! A function crate lists its handlers in [`Functions`] and calls [`serve`]; a handler sees an
//! [`http::Request`], an SQS batch or a schedule event, and never who calls it: Lambda, the laptop
//! host (the same Runtime API) or a test ([`Functions::call`]). Handlers are erased function
//! pointers, so a changed handler does not instantiate the runtime again.
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! fn main() -> ExitCode {
//!     lambda::serve(|_handler| async move {
//!         // Read the configuration, build the clients and open their connections here: initialisation
//!         // is not throttled, the first invocation is.
//!         Ok(lambda::Functions::new("operations").http("health", |_request| async {
//!             http::Response::new(bytes::Bytes::new())
//!         }))
//!     })
//! }
//! ```

mod error;
mod event;
mod functions;
mod http_event;
mod invoke;
mod runtime;

pub mod testing;

pub use error::{BoxError, Error};
pub use event::{
    BatchItemFailure, Invocation, PathParams, ScheduleEvent, SqsBatchResponse, SqsEvent,
    SqsMessage, SqsMessageExt,
};
pub use functions::{BoxFuture, DirectFn, Functions, Handler, HttpFn, Kind, QueueFn, ScheduleFn};
pub use runtime::serve;
