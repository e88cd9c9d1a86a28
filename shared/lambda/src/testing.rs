//! Events as the platform sends them, for tests that call [`crate::Functions`] in process.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Request, Response};
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::functions::Functions;

/// An HTTP API event (payload format 2.0) of `request`, with the values of the route's path template.
pub fn http_event(request: &Request<Bytes>, path_params: &[(&str, &str)]) -> String {
    let mut headers = Map::new();
    let mut cookies = Vec::new();
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        if name == http::header::COOKIE {
            cookies.extend(
                value
                    .split("; ")
                    .map(|cookie| Value::from(cookie.to_owned())),
            );
        } else {
            headers.insert(name.as_str().to_owned(), value.into());
        }
    }
    let params: Map<String, Value> = path_params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(*value)))
        .collect();
    let text = std::str::from_utf8(request.body()).ok();
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": request.uri().path(),
        "rawQueryString": request.uri().query().unwrap_or_default(),
        "cookies": cookies,
        "headers": headers,
        "pathParameters": params,
        "requestContext": {
            "stage": "$default",
            "requestId": "test",
            "http": {
                "method": request.method().as_str(),
                "path": request.uri().path(),
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "test"
            }
        },
        "body": text.map_or_else(|| STANDARD.encode(request.body()), str::to_owned),
        "isBase64Encoded": text.is_none(),
    })
    .to_string()
}

/// The response that a client of the HTTP API sees for a handler's answer.
///
/// # Panics
/// When the answer is not of payload format 2.0.
pub fn http_response(answer: &str) -> Response<Bytes> {
    let answer: Value = serde_json::from_str(answer).expect("an answer is JSON");
    let mut builder = Response::builder().status(
        u16::try_from(answer["statusCode"].as_u64().expect("a status")).expect("a small status"),
    );
    for (name, value) in answer["headers"].as_object().expect("headers") {
        builder = builder.header(name, value.as_str().expect("a header value"));
    }
    for cookie in answer["cookies"].as_array().expect("cookies") {
        builder = builder.header(http::header::SET_COOKIE, cookie.as_str().expect("a cookie"));
    }
    let body = answer["body"].as_str().expect("a body");
    let body = if answer["isBase64Encoded"] == json!(true) {
        Bytes::from(STANDARD.decode(body).expect("base64"))
    } else {
        Bytes::from(body.to_owned())
    };
    builder.body(body).expect("a response")
}

/// Calls an HTTP handler with a request, through the event and back, as the platform does.
///
/// # Errors
/// As [`Functions::call`].
pub async fn call_http(
    functions: &Functions,
    handler: &str,
    request: &Request<Bytes>,
    path_params: &[(&str, &str)],
) -> Result<Response<Bytes>, Error> {
    let answer = functions
        .call(handler, &http_event(request, path_params))
        .await?;
    Ok(http_response(&answer))
}

/// One message of a queue for [`sqs_event`].
#[derive(Clone, Debug)]
pub struct SqsRecord {
    /// Message id, as reported in partial failures.
    pub id: String,
    /// Body.
    pub body: String,
    /// Group, on FIFO queues.
    pub group: Option<String>,
    /// How often it was received, this time included.
    pub receive_count: u32,
}

impl SqsRecord {
    /// A message that is received for the first time.
    pub fn new(id: &str, body: impl Into<String>) -> Self {
        Self {
            id: id.to_owned(),
            body: body.into(),
            group: None,
            receive_count: 1,
        }
    }

    /// The message in a group.
    #[must_use]
    pub fn group(mut self, group: &str) -> Self {
        self.group = Some(group.to_owned());
        self
    }

    /// The message received for the `count`th time.
    #[must_use]
    pub fn received(mut self, count: u32) -> Self {
        self.receive_count = count;
        self
    }
}

/// The event of an SQS event source with these messages of the queue `queue`.
pub fn sqs_event(queue: &str, records: &[SqsRecord]) -> String {
    let records: Vec<Value> = records
        .iter()
        .map(|record| {
            let mut attributes = json!({
                "ApproximateReceiveCount": record.receive_count.to_string(),
                "SentTimestamp": "1767323045678",
                "SenderId": "AIDATEST",
                "ApproximateFirstReceiveTimestamp": "1767323045679",
            });
            if let Some(group) = &record.group {
                attributes["MessageGroupId"] = group.as_str().into();
            }
            json!({
                "messageId": record.id,
                "receiptHandle": format!("receipt-{}", record.id),
                "body": record.body,
                "attributes": attributes,
                "messageAttributes": {},
                "md5OfBody": "",
                "eventSource": "aws:sqs",
                "eventSourceARN": format!("arn:aws:sqs:eu-central-1:000000000000:{queue}"),
                "awsRegion": "eu-central-1",
            })
        })
        .collect();
    json!({ "Records": records }).to_string()
}

/// The event of an EventBridge rule.
pub fn schedule_event(id: &str, time: &str) -> String {
    json!({
        "version": "0",
        "id": id,
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": time,
        "region": "eu-central-1",
        "resources": ["arn:aws:events:eu-central-1:000000000000:rule/tick"],
        "detail": {},
    })
    .to_string()
}
