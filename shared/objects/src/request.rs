//! One call of S3, signed and sent as the SDKs of the other services do it
//! (`infra/decisions/0020-two-calls-of-s3-without-its-sdk.md`).

use std::time::Duration;

use aws::aws_types::SdkConfig;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{HttpConnector as _, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Method, Request};
use ring::digest::{SHA256, digest};

use crate::ObjectsError;
use crate::address::url;
use crate::error::{unanswered, unsigned};
use crate::signer::Signer;
use crate::xml::between;

const TRACE_HEADER: &str = "x-amzn-trace-id";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Until S3 answers what is small.
const QUICK: Duration = Duration::from_secs(5);
/// Until S3 answers a part of some hundred MiB, or has put all parts together.
const PATIENT: Duration = Duration::from_secs(60);

/// The HTTP clients of this crate; connections are kept between calls.
#[derive(Debug)]
pub(crate) struct Connectors {
    quick: Connector,
    patient: Connector,
}

impl Connectors {
    pub(crate) fn new() -> Self {
        Self {
            quick: connector(QUICK),
            patient: connector(PATIENT),
        }
    }
}

fn connector(read_timeout: Duration) -> Connector {
    let settings = HttpConnectorSettings::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(read_timeout)
        .build();
    Connector::builder()
        .connector_settings(settings)
        .sleep_impl(TokioSleep::new())
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build()
}

/// What is asked of a bucket.
pub(crate) struct Ask {
    method: Method,
    /// Key and query string, encoded already.
    path: String,
    body: Bytes,
    content_type: Option<&'static str>,
    checksum: bool,
    patient: bool,
}

impl Ask {
    pub(crate) fn new(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            body: Bytes::new(),
            content_type: None,
            checksum: false,
            patient: false,
        }
    }

    pub(crate) fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    pub(crate) fn with_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// Object lock asks for a checksum of what is stored.
    pub(crate) fn with_checksum(mut self) -> Self {
        self.checksum = true;
        self
    }

    pub(crate) fn patiently(mut self) -> Self {
        self.patient = true;
        self
    }

    /// Signs and sends.
    ///
    /// # Errors
    /// When S3 cannot be reached or answers with anything but success.
    pub(crate) async fn send(
        self,
        config: &SdkConfig,
        bucket: &str,
        signer: &Signer,
        connectors: &Connectors,
    ) -> Result<Answer, ObjectsError> {
        let connector = if self.patient {
            &connectors.patient
        } else {
            &connectors.quick
        };
        let request = self.signed(config, bucket, signer)?;
        let answer = connector.call(request).await.map_err(unanswered)?;
        let status = answer.status().as_u16();
        let header = |name: &str| answer.headers().get(name).map(str::to_owned);
        let (etag, length) = (header("etag"), header("content-length"));
        // Into one buffer as it comes: to collect it first would take the room of a tail twice.
        let mut body = Vec::new();
        let mut stream = ByteStream::new(answer.into_body());
        while let Some(chunk) = stream.try_next().await.map_err(unanswered)? {
            body.extend_from_slice(&chunk);
        }
        let answer = Answer {
            status,
            etag,
            length: length.and_then(|text| text.parse().ok()),
            body,
        };
        if (200..300).contains(&status) {
            Ok(answer)
        } else {
            Err(answer.refused())
        }
    }

    fn signed(
        self,
        config: &SdkConfig,
        bucket: &str,
        signer: &Signer,
    ) -> Result<HttpRequest, ObjectsError> {
        let hash = digest(&SHA256, &self.body);
        let mut request = Request::builder()
            .method(self.method)
            .uri(url(config, bucket, &self.path));
        if let Some(content_type) = self.content_type {
            request = request.header("content-type", content_type);
        }
        if self.checksum {
            request = request.header("x-amz-checksum-sha256", STANDARD.encode(hash.as_ref()));
        }
        let mut request = request.body(()).map_err(unsigned)?;
        signer.sign(&mut request, hex(hash.as_ref()))?;
        if let Some(trace) = trace() {
            request.headers_mut().insert(TRACE_HEADER, trace);
        }
        let body = self.body;
        HttpRequest::try_from(request.map(|()| SdkBody::from(body))).map_err(unsigned)
    }
}

/// The invocation's trace, as the SDKs of the other services send it: with it AWS notices a function that calls itself, and
/// a call is known for what it belongs to.
fn trace() -> Option<HeaderValue> {
    std::env::var_os("AWS_LAMBDA_FUNCTION_NAME")?;
    let trace = std::env::var("_X_AMZN_TRACE_ID").ok()?;
    HeaderValue::from_str(&trace).ok()
}

/// What S3 answered.
pub(crate) struct Answer {
    status: u16,
    pub(crate) etag: Option<String>,
    /// The object's size, also where no body follows.
    pub(crate) length: Option<u64>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The answer as a refusal.
    pub(crate) fn refused(&self) -> ObjectsError {
        ObjectsError::Refused {
            status: self.status,
            code: between(&self.text(), "Code")
                .next()
                .unwrap_or_default()
                .to_owned(),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_in_lower_case_hex() {
        assert_eq!(hex(&[0, 0xab, 0x0f]), "00ab0f");
    }

    #[test]
    fn a_failure_that_was_answered_with_200_tells_its_code() {
        let answer = Answer {
            status: 200,
            etag: None,
            length: None,
            body: b"\n<Error><Code>InternalError</Code></Error>".to_vec(),
        };
        assert_eq!(answer.refused().code(), Some("InternalError"));
    }
}
