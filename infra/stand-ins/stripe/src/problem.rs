//! What Stripe answers when it refuses: type, code, parameter and words.

use serde_json::{Value, json};

/// A refusal in Stripe's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub status: u16,
    kind: &'static str,
    code: Option<&'static str>,
    decline_code: Option<&'static str>,
    param: Option<String>,
    pub message: String,
    /// Seconds for the `Retry-After` header.
    pub retry_after: Option<u64>,
}

impl Problem {
    fn new(status: u16, kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            code: None,
            decline_code: None,
            param: None,
            message: message.into(),
            retry_after: None,
        }
    }

    /// 400 for what a caller can mend.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request_error", message)
    }

    /// Names the parameter at fault.
    pub(crate) fn at(mut self, param: &str) -> Self {
        self.param = Some(param.to_owned());
        self
    }

    /// Names the reason for programs.
    pub(crate) fn coded(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    pub(crate) fn missing(param: &str) -> Self {
        Self::invalid(format!("Missing required param: {param}."))
            .at(param)
            .coded("parameter_missing")
    }

    pub(crate) fn unknown(param: &str) -> Self {
        Self::invalid(format!("Received unknown parameter: {param}"))
            .at(param)
            .coded("parameter_unknown")
    }

    pub(crate) fn not_one_of(param: &str, allowed: &str) -> Self {
        Self::invalid(format!("Invalid {param}: must be one of {allowed}")).at(param)
    }

    /// 404 in a path, 400 in a parameter.
    pub(crate) fn no_such(kind: &str, id: &str, param: Option<&str>) -> Self {
        let status = if param.is_some() { 400 } else { 404 };
        let message = format!("No such {}: '{id}'", kind.replace('_', " "));
        Self::new(status, "invalid_request_error", message)
            .at(param.unwrap_or("id"))
            .coded("resource_missing")
    }

    pub(crate) fn no_such_path(verb: &str, path: &str) -> Self {
        let message = format!("Unrecognized request URL ({verb}: {path}).");
        Self::new(404, "invalid_request_error", message)
    }

    pub(crate) fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(401, "invalid_request_error", message)
    }

    pub(crate) fn declined(code: &'static str) -> Self {
        let mut problem = Self::new(402, "card_error", "Your card was declined.");
        problem.code = Some("card_declined");
        problem.decline_code = Some(code);
        problem
    }

    /// 400: a key came back with other parameters.
    pub(crate) fn other_parameters(key: &str) -> Self {
        let message = format!(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key \
             other than '{key}' if you meant to execute a different request."
        );
        Self::new(400, "idempotency_error", message)
    }

    /// 409: the first request with this key is still under way.
    pub(crate) fn key_in_use() -> Self {
        let message = "There is currently another in-progress request using this idempotent key.";
        Self::new(409, "idempotency_error", message).coded("idempotency_key_in_use")
    }

    pub(crate) fn too_many(retry_after: Option<u64>) -> Self {
        let message = "Request rate limit exceeded.";
        let mut problem = Self::new(429, "invalid_request_error", message).coded("rate_limit");
        problem.retry_after = retry_after;
        problem
    }

    pub(crate) fn server(status: u16) -> Self {
        Self::new(status, "api_error", "An unknown error occurred")
    }

    /// The JSON body.
    pub(crate) fn body(&self, request: &str) -> Value {
        let mut error = json!({
            "type": self.kind,
            "message": self.message,
            "request_log_url": format!("https://dashboard.stripe.com/test/logs/{request}"),
        });
        if let Some(code) = self.code {
            error["code"] = json!(code);
            error["doc_url"] = json!(format!("https://stripe.com/docs/error-codes/{code}"));
        }
        if let Some(code) = self.decline_code {
            error["decline_code"] = json!(code);
        }
        if let Some(param) = &self.param {
            error["param"] = json!(param);
        }
        json!({ "error": error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_in_a_path_is_404_and_in_a_parameter_400() {
        let in_path = Problem::no_such("customer", "cus_1", None);
        let in_param = Problem::no_such("price", "price_1", Some("items[0][price]"));
        assert_eq!((in_path.status, in_param.status), (404, 400));
        let body = in_param.body("req_1");
        assert_eq!(body["error"]["code"], "resource_missing");
        assert_eq!(body["error"]["param"], "items[0][price]");
        assert_eq!(body["error"]["message"], "No such price: 'price_1'");
    }
}
