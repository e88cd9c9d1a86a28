//! Injected faults in each service's own words.

use serde_json::{Value, json};

use super::request::{Request, Service};
use crate::error::ServiceError;
use crate::gate::Fault;

/// The error that a fault answers.
pub(super) fn error_for(fault: &Fault, request: &Request) -> ServiceError {
    match (fault, request.service) {
        (Fault::Answer(error), _) => error.clone(),
        (Fault::Throttle, Service::DynamoDb) => ServiceError::client(
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.",
        ),
        (Fault::Throttle, Service::S3) => {
            ServiceError::with_status(503, "SlowDown", "Please reduce your request rate.")
        }
        (Fault::Throttle, Service::Ses) => {
            ServiceError::client("Throttling", "Maximum sending rate exceeded.")
        }
        (Fault::Throttle, Service::Sqs) => ServiceError::with_status(
            403,
            "RequestThrottled",
            "The request was denied due to request throttling.",
        ),
        (Fault::Throttle, _) => ServiceError::client("ThrottlingException", "Rate exceeded"),
        (Fault::TransactionConflict, Service::DynamoDb) => conflict(request),
        (_, Service::Kms) => {
            ServiceError::with_status(500, "KMSInternalException", "injected failure")
        }
        (_, Service::S3) => {
            ServiceError::with_status(503, "ServiceUnavailable", "injected failure")
        }
        (_, Service::DynamoDb) => {
            ServiceError::with_status(500, "InternalServerError", "Internal server error")
        }
        _ => ServiceError::with_status(500, "InternalFailure", "injected failure"),
    }
}

/// A transaction is cancelled with a reason for each item; a single write meets the conflict as its own error.
fn conflict(request: &Request) -> ServiceError {
    let Some(items) = request.json.get("TransactItems").and_then(Value::as_array) else {
        return ServiceError::client(
            "TransactionConflictException",
            "Transaction is ongoing for the item",
        );
    };
    let reasons: Vec<Value> = items
        .iter()
        .map(|_| json!({ "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" }))
        .collect();
    let codes = vec!["TransactionConflict"; reasons.len()].join(", ");
    ServiceError {
        details: Some(json!({ "CancellationReasons": reasons })),
        ..ServiceError::client(
            "TransactionCanceledException",
            format!(
                "Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
            ),
        )
    }
}
