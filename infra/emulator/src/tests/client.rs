//! A client that signs like an SDK.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client as Http;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use crate::Emulator;
use crate::error::ServiceError;
use crate::gateway::sigv4::sign;
use crate::iam::AccessKey;

#[derive(Clone)]
pub struct Client {
    http: Http<HttpConnector, Full<Bytes>>,
    host: String,
    region: String,
    key: AccessKey,
}

impl Client {
    pub fn new(emulator: &Emulator, key: AccessKey) -> Self {
        // No idle connections are kept, so that a stopping emulator does not wait for them.
        let http = Http::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .build_http();
        Self {
            http,
            host: emulator.address().to_string(),
            region: emulator.region().to_owned(),
            key,
        }
    }

    pub async fn dynamodb(&self, operation: &str, body: &Value) -> Result<Value, ServiceError> {
        self.call("dynamodb", &format!("DynamoDB_20120810.{operation}"), body)
            .await
    }

    pub async fn sqs(&self, operation: &str, body: &Value) -> Result<Value, ServiceError> {
        self.call("sqs", &format!("AmazonSQS.{operation}"), body)
            .await
    }

    pub async fn kms(&self, operation: &str, body: &Value) -> Result<Value, ServiceError> {
        self.call("kms", &format!("TrentService.{operation}"), body)
            .await
    }

    async fn call(&self, service: &str, target: &str, body: &Value) -> Result<Value, ServiceError> {
        let body = Bytes::from(body.to_string());
        let request = http::Request::post(format!("http://{}/", self.host))
            .header("host", &self.host)
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amz-target", target)
            .header("x-amzn-trace-id", "Root=1-test")
            .body(())
            .unwrap();
        let (mut parts, ()) = request.into_parts();
        sign(&mut parts, &body, service, &self.region, &self.key);
        let request = http::Request::from_parts(parts, Full::new(body));
        let no_answer = || ServiceError::with_status(0, "NoAnswer", "");
        let answer = self.http.request(request).await.map_err(|_| no_answer())?;
        let status = answer.status().as_u16();
        let bytes = answer
            .into_body()
            .collect()
            .await
            .map_err(|_| no_answer())?
            .to_bytes();
        let json: Value = serde_json::from_slice(&bytes).unwrap();
        if status < 300 {
            return Ok(json);
        }
        let code = json["__type"]
            .as_str()
            .unwrap()
            .rsplit('#')
            .next()
            .unwrap()
            .to_owned();
        Err(ServiceError {
            status,
            code,
            message: String::new(),
            details: Some(json),
        })
    }
}
