//! What can go wrong between a row and its table.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use thiserror::Error;

use crate::Table;
use crate::item::Item;

/// A condition of a transaction that did not hold.
#[derive(Debug)]
pub struct FailedCondition {
    /// The position that [`crate::Transaction`]'s methods returned.
    pub index: usize,
    pub(crate) old: Option<Item>,
}

impl FailedCondition {
    /// The row that stood in the way, if it has the expected form.
    pub fn old<T: crate::Row>(&self) -> Option<T> {
        self.old
            .as_ref()
            .and_then(|item| item.parse::<T>().ok())
            .map(|found| found.row)
    }
}

/// Why the store could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// At least one condition did not hold; nothing was written.
    #[error("a condition did not hold")]
    Condition(Vec<FailedCondition>),
    /// Other writers kept getting in between; nothing was written.
    #[error("too much contention on the same rows")]
    Contention,
    /// The table's name is not in this function's environment.
    #[error("this function has no table {}", .0.name())]
    NoTable(Table),
    /// A row has another form than its type.
    #[error("a stored row has an unexpected form")]
    Form(#[source] serde_dynamo::Error),
    /// An attribute holds what no row of ours writes.
    #[error("a stored attribute has an unexpected shape")]
    Shape,
    /// Something other than a creation was asked of the audit table.
    #[error("rows of the audit table are created and never changed")]
    AppendOnly,
    /// A row of a bot that the member does not see.
    #[error("the row belongs to a bot out of the member's sight")]
    OutOfSight,
    /// The function has no tenant sessions.
    #[error("no session for this tenant")]
    Session(#[from] aws::AwsError),
    /// DynamoDB refused or did not answer.
    #[error("the database did not answer as expected ({code})")]
    Database {
        /// The service's error code, or the SDK's kind of failure.
        code: String,
        /// The chain behind it.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// Whether the condition at this position is among those that failed.
    pub fn failed(&self, index: usize) -> Option<&FailedCondition> {
        match self {
            Self::Condition(failed) => failed.iter().find(|condition| condition.index == index),
            _ => None,
        }
    }

    /// Whether another writer was faster: read again and decide again.
    pub const fn is_race(&self) -> bool {
        matches!(self, Self::Condition(_) | Self::Contention)
    }
}

pub(crate) fn database<E, R>(error: SdkError<E, R>) -> StoreError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let code = match &error {
        SdkError::ServiceError(context) => context.err().code().unwrap_or("unknown").to_owned(),
        SdkError::TimeoutError(_) => "timeout".to_owned(),
        SdkError::DispatchFailure(_) => "dispatch".to_owned(),
        SdkError::ConstructionFailure(_) => "refused_before_sending".to_owned(),
        _ => "unexpected_answer".to_owned(),
    };
    StoreError::Database {
        code,
        source: Box::new(error),
    }
}
