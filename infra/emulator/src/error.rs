//! The crate's errors: what can go wrong for the host ([`Error`]) and what AWS answers to a caller ([`ServiceError`]).

use serde::Serialize;

/// What can go wrong while the host drives the emulator in-process.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The listening socket could not be opened.
    #[error("the emulator could not listen on {address}")]
    Listen {
        /// The address asked for.
        address: std::net::SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The data folder could not be made.
    #[error("the data folder could not be used")]
    DataFolder(#[source] std::io::Error),
    /// The state file could not be read or written.
    #[error("the state file failed")]
    State(#[from] rusqlite::Error),
    /// Stored state could not be understood.
    #[error("stored state is not readable")]
    StoredState(#[from] serde_json::Error),
    /// The embedded DynamoDB refused.
    #[error("the embedded DynamoDB refused: {0}")]
    DynamoDb(String),
    /// A policy document is not one.
    #[error("policy document: {0}")]
    Policy(String),
    /// No such role.
    #[error("no role {0}")]
    NoSuchRole(String),
    /// The service refused, as it would have over the wire.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// An AWS error answer: rendered in the shape of the protocol of the service that answers.
#[derive(Debug, Clone, Serialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ServiceError {
    /// HTTP status.
    pub status: u16,
    /// AWS error code, without namespace.
    pub code: String,
    /// Text for people.
    pub message: String,
    /// Further members of the error body (JSON protocols only), e.g. `CancellationReasons`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<serde_json::Value>,
}

impl ServiceError {
    /// A refusal that is the caller's fault: status 400.
    pub fn client(code: &str, message: impl Into<String>) -> Self {
        Self::with_status(400, code, message)
    }

    /// An answer with its own status.
    pub fn with_status(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            details: None,
        }
    }

    /// A failure inside the emulator: status 500.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::with_status(500, "InternalFailure", message)
    }

    /// True when the caller is at fault (status below 500).
    #[must_use]
    pub fn is_sender(&self) -> bool {
        self.status < 500
    }
}

impl From<rusqlite::Error> for ServiceError {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(error = %error, "emulator state could not be written");
        Self::internal("state could not be written")
    }
}

impl From<Error> for ServiceError {
    fn from(error: Error) -> Self {
        match error {
            Error::Service(inner) => inner,
            other => {
                tracing::error!(error = %other, "emulator failed");
                Self::internal("the emulator failed")
            }
        }
    }
}
