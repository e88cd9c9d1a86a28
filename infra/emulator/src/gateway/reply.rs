//! Answers and errors in the shape of each service's protocol.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http_body_util::Full;
use serde_json::{Value, json};

use super::request::Service;
use super::xml;
use crate::error::ServiceError;

/// An answer before it becomes HTTP.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub status: u16,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Bytes,
    /// AWS error code, if this is an error.
    pub error: Option<String>,
}

impl Reply {
    /// A JSON answer with the content type that the service uses.
    pub fn json(service: Service, body: &Value) -> Self {
        let version = match service {
            Service::Kms => "application/x-amz-json-1.1",
            Service::Scheduler => "application/json",
            _ => "application/x-amz-json-1.0",
        };
        Self::new(200, version, body.to_string())
    }

    /// The answer of a query-protocol operation: `<OpResponse><OpResult>inner</OpResult>..</OpResponse>`.
    pub fn query(service: Service, operation: &str, inner: &str, request_id: &str) -> Self {
        let namespace = namespace(service);
        let body = format!(
            "<{operation}Response xmlns=\"{namespace}\"><{operation}Result>{inner}</{operation}Result>\
             <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{operation}Response>"
        );
        Self::new(200, "text/xml", body)
    }

    /// Any answer.
    pub fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: vec![(CONTENT_TYPE, HeaderValue::from_static(content_type))],
            body: body.into(),
            error: None,
        }
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
            error: None,
        }
    }

    /// Adds a header; a value that is not a header value is left out.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }

    pub(super) fn with_request_id(self, service: Service, request_id: &str) -> Self {
        let name = if service == Service::S3 {
            "x-amz-request-id"
        } else {
            "x-amzn-requestid"
        };
        if self.headers.iter().any(|(present, _)| present == name) {
            self
        } else {
            self.with_header(name, request_id)
        }
    }

    /// An error in the service's own shape.
    pub fn error(service: Service, error: &ServiceError, request_id: &str) -> Self {
        let reply = match service {
            Service::DynamoDb | Service::Kms | Service::Sqs => json_error(service, error),
            Service::Scheduler => {
                let mut body = json!({ "Message": error.message });
                merge(&mut body, error.details.as_ref());
                Self::new(error.status, "application/json", body.to_string())
                    .with_header("x-amzn-errortype", &error.code)
            }
            Service::S3 | Service::Unknown => {
                let body = format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{}</Message>\
                     <RequestId>{request_id}</RequestId></Error>",
                    xml::escape(&error.code),
                    xml::escape(&error.message)
                );
                Self::new(error.status, "application/xml", body)
            }
            Service::Ses | Service::Sts => {
                let kind = if error.is_sender() {
                    "Sender"
                } else {
                    "Receiver"
                };
                let body = format!(
                    "<ErrorResponse xmlns=\"{}\"><Error><Type>{kind}</Type><Code>{}</Code><Message>{}</Message></Error>\
                     <RequestId>{request_id}</RequestId></ErrorResponse>",
                    namespace(service),
                    xml::escape(&error.code),
                    xml::escape(&error.message)
                );
                Self::new(error.status, "text/xml", body)
            }
        };
        Self {
            error: Some(error.code.clone()),
            ..reply
        }
        .with_request_id(service, request_id)
    }

    pub(super) fn into_response(self) -> http::Response<Full<Bytes>> {
        let mut response = http::Response::new(Full::new(self.body));
        *response.status_mut() = http::StatusCode::from_u16(self.status)
            .unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

fn json_error(service: Service, error: &ServiceError) -> Reply {
    let message_key = if service == Service::DynamoDb && error.code.starts_with("Transaction") {
        "Message"
    } else {
        "message"
    };
    let (prefix, content_type) = match service {
        Service::DynamoDb if is_common(&error.code) => {
            ("com.amazon.coral.service#", "application/x-amz-json-1.0")
        }
        Service::DynamoDb => (
            "com.amazonaws.dynamodb.v20120810#",
            "application/x-amz-json-1.0",
        ),
        Service::Sqs if is_common(&error.code) => {
            ("com.amazon.coral.service#", "application/x-amz-json-1.0")
        }
        Service::Sqs => ("com.amazonaws.sqs#", "application/x-amz-json-1.0"),
        _ => ("", "application/x-amz-json-1.1"),
    };
    let mut body =
        json!({ "__type": format!("{prefix}{}", error.code), message_key: error.message });
    merge(&mut body, error.details.as_ref());
    let reply = Reply::new(error.status, content_type, body.to_string());
    if service != Service::Sqs {
        return reply;
    }
    let kind = if error.is_sender() {
        "Sender"
    } else {
        "Receiver"
    };
    reply.with_header(
        "x-amzn-query-error",
        &format!("{};{kind}", query_code(&error.code)),
    )
}

/// Errors that every service shares and that carry another namespace.
fn is_common(code: &str) -> bool {
    matches!(
        code,
        "AccessDeniedException"
            | "UnrecognizedClientException"
            | "MissingAuthenticationTokenException"
            | "IncompleteSignatureException"
            | "InvalidSignatureException"
            | "ExpiredTokenException"
            | "SerializationException"
    )
}

/// The code that SQS used before it spoke JSON and still announces in a header.
fn query_code(code: &str) -> &str {
    match code {
        "QueueDoesNotExist" => "AWS.SimpleQueueService.NonExistentQueue",
        "QueueNameExists" => "QueueAlreadyExists",
        "BatchRequestTooLong" => "AWS.SimpleQueueService.BatchRequestTooLong",
        "BatchEntryIdsNotDistinct" => "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
        "EmptyBatchRequest" => "AWS.SimpleQueueService.EmptyBatchRequest",
        "InvalidBatchEntryId" => "AWS.SimpleQueueService.InvalidBatchEntryId",
        "TooManyEntriesInBatchRequest" => "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        "PurgeQueueInProgress" => "AWS.SimpleQueueService.PurgeQueueInProgress",
        "MessageNotInflight" => "AWS.SimpleQueueService.MessageNotInflight",
        "UnsupportedOperation" => "AWS.SimpleQueueService.UnsupportedOperation",
        "UnrecognizedClientException" => "InvalidClientTokenId",
        "AccessDeniedException" => "AccessDenied",
        "ExpiredTokenException" => "ExpiredToken",
        "InvalidSignatureException" => "SignatureDoesNotMatch",
        other => other,
    }
}

fn merge(body: &mut Value, details: Option<&Value>) {
    if let (Some(body), Some(Value::Object(details))) = (body.as_object_mut(), details) {
        body.extend(details.clone());
    }
}

fn namespace(service: Service) -> &'static str {
    match service {
        Service::Ses => "http://ses.amazonaws.com/doc/2010-12-01/",
        _ => "https://sts.amazonaws.com/doc/2011-06-15/",
    }
}
