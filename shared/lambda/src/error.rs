//! Why an invocation or the start of a function failed.

use lambda_runtime::Diagnostic;

/// Any error, as handlers and initialisers return it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why an invocation or the start of a function failed. Reported to Lambda with [`Error::kind`] as
/// error type; the message is redacted.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `_HANDLER` is not set: the binary was not started by Lambda or the laptop host.
    #[error("_HANDLER is not set; this binary is started by Lambda or by the laptop host")]
    NoHandler,
    /// `_HANDLER` names no handler of this binary.
    #[error("no handler is named {name}; this binary has {known}")]
    UnknownHandler {
        /// The name asked for.
        name: String,
        /// The names there are, separated by commas.
        known: String,
    },
    /// The process started outside the Runtime API.
    #[error("{0} is not set; this binary is started by Lambda or by the laptop host")]
    NoRuntime(&'static str),
    /// The event is not what this kind of handler receives.
    #[error("the event is not {expected}")]
    Event {
        /// What the handler receives.
        expected: &'static str,
        /// What the parser says.
        #[source]
        source: serde_json::Error,
    },
    /// The handler panicked. The message of the panic may quote data and is not kept.
    #[error("the handler panicked at {location}")]
    Panicked {
        /// File and line.
        location: String,
    },
    /// The handler failed as a whole, so the event source is to try again.
    #[error("the handler failed")]
    Failed(#[source] BoxError),
    /// The answer could not be written as JSON.
    #[error("the answer could not be written")]
    Answer(#[source] serde_json::Error),
    /// Initialisation failed, so the function cannot serve.
    #[error("the function could not start")]
    Init(#[source] BoxError),
    /// The Runtime API could not be reached.
    #[error("the runtime loop ended")]
    Runtime(#[source] BoxError),
}

impl Error {
    /// Stable name of the variant: the log field `error.kind` and Lambda's error type.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoHandler => "no_handler",
            Self::UnknownHandler { .. } => "unknown_handler",
            Self::NoRuntime(_) => "no_runtime",
            Self::Event { .. } => "event",
            Self::Panicked { .. } => "panic",
            Self::Failed(_) => "failed",
            Self::Answer(_) => "answer",
            Self::Init(_) => "init",
            Self::Runtime(_) => "runtime",
        }
    }
}

impl From<Error> for Diagnostic {
    fn from(error: Error) -> Self {
        Self {
            error_type: error.kind().to_owned(),
            error_message: telemetry::chain(&error),
        }
    }
}
