//! A verified request, its service and its operation.

use bytes::Bytes;
use http::request::Parts;
use serde_json::Value;

use super::sigv4::{Signature, query_pairs};
use crate::error::ServiceError;
use crate::iam::Principal;

/// The services, told apart by the signing name in the credential scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    DynamoDb,
    Sqs,
    Kms,
    S3,
    Ses,
    Sts,
    Scheduler,
    Unknown,
}

impl Service {
    /// By signing name; an unsigned request is told by its target header, its body form or else taken for S3.
    pub fn of(parts: &Parts, signature: Option<&Signature>) -> Self {
        if let Some(signature) = signature {
            return Self::by_name(&signature.service);
        }
        let header = |name: &str| {
            parts
                .headers
                .get(name)
                .and_then(|v| v.to_str().ok())
                .unwrap_or("")
                .to_owned()
        };
        let target = header("x-amz-target");
        match target.split(['.', '_']).next().unwrap_or("") {
            "DynamoDB" => Self::DynamoDb,
            "AmazonSQS" => Self::Sqs,
            "TrentService" => Self::Kms,
            _ if header("content-type").starts_with("application/x-www-form-urlencoded") => {
                Self::Sts
            }
            _ if parts.uri.path().starts_with("/schedule") => Self::Scheduler,
            _ => Self::S3,
        }
    }

    fn by_name(name: &str) -> Self {
        match name {
            "dynamodb" => Self::DynamoDb,
            "sqs" => Self::Sqs,
            "kms" => Self::Kms,
            "s3" => Self::S3,
            "ses" | "email" => Self::Ses,
            "sts" => Self::Sts,
            "scheduler" => Self::Scheduler,
            _ => Self::Unknown,
        }
    }

    /// The signing name.
    pub fn name(self) -> &'static str {
        match self {
            Self::DynamoDb => "dynamodb",
            Self::Sqs => "sqs",
            Self::Kms => "kms",
            Self::S3 => "s3",
            Self::Ses => "ses",
            Self::Sts => "sts",
            Self::Scheduler => "scheduler",
            Self::Unknown => "unknown",
        }
    }
}

/// A verified request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub service: Service,
    pub principal: Principal,
    pub operation: String,
    pub method: http::Method,
    /// Path as sent, percent-encoded.
    pub path: String,
    /// Decoded query parameters.
    pub query: Vec<(String, String)>,
    pub headers: http::HeaderMap,
    pub body: Bytes,
    /// Body of the JSON services; null otherwise.
    pub json: Value,
    /// Parameters of the query-protocol services.
    pub params: Vec<(String, String)>,
    pub id: String,
}

impl Request {
    /// Reads operation and parameters by the service's protocol.
    pub fn read(
        service: Service,
        parts: &Parts,
        body: Bytes,
        principal: Principal,
        id: String,
    ) -> Result<Self, ServiceError> {
        let mut request = Self {
            service,
            principal,
            operation: String::new(),
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            query: query_pairs(parts.uri.query().unwrap_or("")),
            headers: parts.headers.clone(),
            body,
            json: Value::Null,
            params: Vec::new(),
            id,
        };
        match service {
            Service::DynamoDb | Service::Sqs | Service::Kms => request.read_json()?,
            Service::Ses | Service::Sts => request.read_params(),
            Service::Scheduler => {
                request.operation = crate::scheduler::operation(&request);
                request.json = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
            }
            Service::S3 => request.operation = crate::s3::operation(&request),
            Service::Unknown => {}
        }
        Ok(request)
    }

    fn read_json(&mut self) -> Result<(), ServiceError> {
        let target = self.header("x-amz-target").unwrap_or_default();
        target
            .rsplit('.')
            .next()
            .unwrap_or("")
            .clone_into(&mut self.operation);
        // DynamoDB's own parser answers for bodies that are no JSON; here they only must not be authorised as empty.
        self.json = match serde_json::from_slice(&self.body) {
            Ok(json) => json,
            Err(_) if self.service == Service::DynamoDb => Value::Null,
            Err(_) => {
                return Err(ServiceError::client(
                    "SerializationException",
                    "the body is not JSON",
                ));
            }
        };
        Ok(())
    }

    fn read_params(&mut self) {
        self.params = url::form_urlencoded::parse(&self.body)
            .into_owned()
            .collect();
        self.operation = self.param("Action").unwrap_or_default().to_owned();
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    }

    /// A parameter of the query protocol.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The members `prefix.1`, `prefix.2`... of a query-protocol list, in order.
    pub fn param_list(&self, prefix: &str) -> Vec<&str> {
        (1..)
            .map_while(|index| self.param(&format!("{prefix}.{index}")))
            .collect()
    }

    /// A URL query parameter.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    /// A text member of the JSON body.
    pub fn text(&self, member: &str) -> Option<&str> {
        self.json.get(member).and_then(Value::as_str)
    }
}
