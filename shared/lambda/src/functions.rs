//! The table of a binary's handlers, and calling one of them.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use http::{Request, Response};
use tracing::Instrument as _;

use crate::error::{BoxError, Error};
use crate::event::{Invocation, ScheduleEvent, SqsBatchResponse, SqsEvent};
use crate::invoke;

/// A future behind a pointer, so that its type ends at the handler.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
/// Answers one HTTP request. Failures are answers too.
pub type HttpFn = Box<dyn Fn(Request<Bytes>) -> BoxFuture<'static, Response<Bytes>> + Send + Sync>;
/// Handles one batch of a queue and names the messages to be delivered again.
pub type QueueFn =
    Box<dyn Fn(SqsEvent, Invocation) -> BoxFuture<'static, SqsBatchResponse> + Send + Sync>;
/// Handles one tick of a schedule; an error makes the platform try again, then use the dead-letter queue.
pub type ScheduleFn = Box<
    dyn Fn(ScheduleEvent, Invocation) -> BoxFuture<'static, Result<(), BoxError>> + Send + Sync,
>;
/// Answers a call of an operator, JSON in and out; an error tells the operator its name and nothing of the input.
pub type DirectFn = Box<
    dyn Fn(serde_json::Value, Invocation) -> BoxFuture<'static, Result<serde_json::Value, BoxError>>
        + Send
        + Sync,
>;

/// What invokes a handler.
pub enum Kind {
    /// A route of the HTTP API.
    Http(HttpFn),
    /// An SQS event source with partial batch answers.
    Queue(QueueFn),
    /// An EventBridge rule.
    Schedule(ScheduleFn),
    /// An operator, directly; there is no event source.
    Direct(DirectFn),
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http(_) => "Http",
            Self::Queue(_) => "Queue",
            Self::Schedule(_) => "Schedule",
            Self::Direct(_) => "Direct",
        })
    }
}

/// A handler's full name, such as `fans.get`: crate and operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    full: String,
    dot: usize,
}

impl Handler {
    /// Reads `_HANDLER`'s form `<crate>.<operation>`; `None` without a dot or with an empty half.
    pub fn parse(name: &str) -> Option<Self> {
        let dot = name.find('.')?;
        (dot > 0 && dot + 1 < name.len()).then(|| Self {
            full: name.to_owned(),
            dot,
        })
    }

    /// The crate, such as `fans`.
    pub fn crate_name(&self) -> &str {
        &self.full[..self.dot]
    }

    /// The operation within the crate, such as `get`.
    pub fn operation(&self) -> &str {
        &self.full[self.dot + 1..]
    }

    /// The full name, such as `fans.get`.
    pub fn as_str(&self) -> &str {
        &self.full
    }
}

impl fmt::Display for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full)
    }
}

/// The handlers of one function crate.
#[derive(Debug)]
pub struct Functions {
    crate_name: &'static str,
    entries: Vec<(&'static str, Kind)>,
    cold: AtomicBool,
}

impl Functions {
    /// An empty table of the crate `crate_name`.
    pub fn new(crate_name: &'static str) -> Self {
        Self {
            crate_name,
            entries: Vec::new(),
            cold: AtomicBool::new(true),
        }
    }

    /// Adds the handler `operation`.
    ///
    /// # Panics
    /// When the operation is there already: that is a mistake in the table.
    #[must_use]
    pub fn with(mut self, operation: &'static str, kind: Kind) -> Self {
        assert!(
            self.find(operation).is_none(),
            "two handlers are named {operation}"
        );
        self.entries.push((operation, kind));
        self
    }

    /// Adds a route's handler.
    #[must_use]
    pub fn http<F, R>(self, operation: &'static str, handler: F) -> Self
    where
        F: Fn(Request<Bytes>) -> R + Send + Sync + 'static,
        R: Future<Output = Response<Bytes>> + Send + 'static,
    {
        self.with(
            operation,
            Kind::Http(Box::new(move |request| Box::pin(handler(request)))),
        )
    }

    /// Adds a queue's handler.
    #[must_use]
    pub fn queue<F, R>(self, operation: &'static str, handler: F) -> Self
    where
        F: Fn(SqsEvent, Invocation) -> R + Send + Sync + 'static,
        R: Future<Output = SqsBatchResponse> + Send + 'static,
    {
        self.with(
            operation,
            Kind::Queue(Box::new(move |event, invocation| {
                Box::pin(handler(event, invocation))
            })),
        )
    }

    /// Adds a schedule's handler.
    #[must_use]
    pub fn schedule<F, R>(self, operation: &'static str, handler: F) -> Self
    where
        F: Fn(ScheduleEvent, Invocation) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), BoxError>> + Send + 'static,
    {
        self.with(
            operation,
            Kind::Schedule(Box::new(move |event, invocation| {
                Box::pin(handler(event, invocation))
            })),
        )
    }

    /// Adds a handler that operators invoke directly.
    #[must_use]
    pub fn direct<F, R>(self, operation: &'static str, handler: F) -> Self
    where
        F: Fn(serde_json::Value, Invocation) -> R + Send + Sync + 'static,
        R: Future<Output = Result<serde_json::Value, BoxError>> + Send + 'static,
    {
        self.with(
            operation,
            Kind::Direct(Box::new(move |input, invocation| {
                Box::pin(handler(input, invocation))
            })),
        )
    }

    /// The crate's name.
    pub fn crate_name(&self) -> &'static str {
        self.crate_name
    }

    /// The operations in the order in which they were added.
    pub fn operations(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.entries.iter().map(|(operation, _)| *operation)
    }

    /// What invokes `handler`, if it is one of ours.
    pub fn kind(&self, handler: &Handler) -> Option<&Kind> {
        if handler.crate_name() == self.crate_name {
            self.find(handler.operation())
        } else {
            None
        }
    }

    /// Calls the handler named `handler` (`fans.get`) with an event as JSON, without Lambda: the way
    /// in for tests and tools. The same code runs under [`crate::serve`].
    ///
    /// # Errors
    /// As Lambda would report them: unknown handler, wrong event, panic, failure.
    pub async fn call(&self, handler: &str, event: &str) -> Result<String, Error> {
        self.call_as(handler, event, Invocation::in_process("in-process"))
            .await
    }

    /// As [`Functions::call`], with a given request id, trace and deadline.
    ///
    /// # Errors
    /// As [`Functions::call`].
    pub async fn call_as(
        &self,
        handler: &str,
        event: &str,
        invocation: Invocation,
    ) -> Result<String, Error> {
        let handler = Handler::parse(handler).ok_or_else(|| self.unknown(handler))?;
        self.invoke(&handler, event, invocation).await
    }

    /// Runs one invocation inside its span and logs its end, once.
    pub(crate) async fn invoke(
        &self,
        handler: &Handler,
        event: &str,
        invocation: Invocation,
    ) -> Result<String, Error> {
        let kind = self
            .kind(handler)
            .ok_or_else(|| self.unknown(handler.as_str()))?;
        let span = tracing::info_span!(
            "invocation",
            function = handler.as_str(),
            request.id = invocation.request_id,
            trace.id = tracing::field::Empty,
        );
        if let Some(trace) = &invocation.trace_id {
            span.record("trace.id", trace.root());
        }
        let cold = self.cold.swap(false, Ordering::Relaxed);
        invoke::run(kind, event, invocation, cold)
            .instrument(span)
            .await
    }

    pub(crate) fn unknown(&self, name: &str) -> Error {
        let known: Vec<String> = self
            .operations()
            .map(|operation| format!("{}.{operation}", self.crate_name))
            .collect();
        Error::UnknownHandler {
            name: name.to_owned(),
            known: known.join(", "),
        }
    }

    fn find(&self, operation: &str) -> Option<&Kind> {
        self.entries
            .iter()
            .find(|(name, _)| *name == operation)
            .map(|(_, kind)| kind)
    }
}

#[cfg(test)]
#[path = "functions_tests.rs"]
mod tests;
