//! The two calls of S3 that anchors need, signed and sent as the SDKs of the other services do it
//! (`infra/decisions/0020-two-calls-of-s3-without-its-sdk.md`).

use std::time::Duration;

use aws::aws_types::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{HttpConnector as _, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Method, Request};
use ring::digest::{SHA256, digest};

use crate::AnchorError;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// The one HTTP client of this crate; connections are kept between calls.
pub(crate) fn connector() -> Connector {
    let settings = HttpConnectorSettings::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .build();
    Connector::builder()
        .connector_settings(settings)
        .sleep_impl(TokioSleep::new())
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build()
}

/// A call of one bucket.
pub(crate) struct Call<'a> {
    pub(crate) config: &'a SdkConfig,
    pub(crate) bucket: &'a str,
    pub(crate) method: Method,
    /// Key and query string, encoded already.
    pub(crate) path: &'a str,
    pub(crate) body: Vec<u8>,
}

impl Call<'_> {
    /// Signs and sends; the answer's body.
    ///
    /// # Errors
    /// When S3 cannot be reached or answers with anything but success.
    pub(crate) async fn send(self, connector: &Connector) -> Result<String, AnchorError> {
        let request = self.signed().await?;
        let answer = connector
            .call(request)
            .await
            .map_err(|error| AnchorError::Archive(Box::new(error)))?;
        let status = answer.status().as_u16();
        let body = ByteStream::new(answer.into_body())
            .collect()
            .await
            .map_err(|error| AnchorError::Archive(Box::new(error)))?
            .into_bytes();
        let text = String::from_utf8_lossy(&body).into_owned();
        if (200..300).contains(&status) {
            return Ok(text);
        }
        Err(AnchorError::Refused {
            status,
            code: between(&text, "Code").next().unwrap_or_default().to_owned(),
        })
    }

    async fn signed(self) -> Result<HttpRequest, AnchorError> {
        let credentials = self.credentials().await?;
        let unsigned = |error| AnchorError::Signature(error);
        let hash = digest(&SHA256, &self.body);
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(self.url());
        // Object lock asks for a checksum of what is stored.
        if self.method == Method::PUT {
            request = request
                .header("content-type", "application/json")
                .header("x-amz-checksum-sha256", STANDARD.encode(hash.as_ref()));
        }
        let mut request = request
            .body(())
            .map_err(|error| unsigned(Box::new(error)))?;
        let mut settings = SigningSettings::default();
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let identity = credentials.into();
        let time = self
            .config
            .time_source()
            .map_or_else(std::time::SystemTime::now, |source| source.now());
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region())
            .name("s3")
            .time(time)
            .settings(settings)
            .build()
            .map_err(|error| unsigned(Box::new(error)))?
            .into();
        let url = request.uri().to_string();
        let headers = request
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let signable = SignableRequest::new(
            self.method.as_str(),
            url,
            headers,
            SignableBody::Bytes(&self.body),
        )
        .map_err(|error| unsigned(Box::new(error)))?;
        let (instructions, _) = sign(signable, &parameters)
            .map_err(|error| unsigned(Box::new(error)))?
            .into_parts();
        instructions.apply_to_request_http1x(&mut request);
        let body = self.body;
        HttpRequest::try_from(request.map(|()| SdkBody::from(body)))
            .map_err(|error| unsigned(Box::new(error)))
    }

    async fn credentials(&self) -> Result<Credentials, AnchorError> {
        let provider = self
            .config
            .credentials_provider()
            .ok_or(AnchorError::Session(aws::AwsError::NoTenantAccess))?;
        provider
            .provide_credentials()
            .await
            .map_err(|error| AnchorError::Archive(Box::new(error)))
    }

    /// Under the bucket's own name on AWS; by path where an address was given, as on a laptop.
    fn url(&self) -> String {
        let (bucket, path) = (self.bucket, self.path);
        match self.config.endpoint_url() {
            Some(endpoint) => format!("{}/{bucket}{path}", endpoint.trim_end_matches('/')),
            None => format!("https://{bucket}.s3.{}.amazonaws.com{path}", self.region()),
        }
    }

    fn region(&self) -> &str {
        self.config.region().map_or("", |region| region.as_ref())
    }
}

/// The texts of all elements of this name. What S3 says about anchors needs no unescaping: keys are letters, digits and
/// `/-.`, and a token that is passed back is percent-encoded by the caller.
pub(crate) fn between<'a>(xml: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once(&open)?;
        let (text, after) = after.split_once(&close)?;
        rest = after;
        Some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_of_a_name_is_found_and_no_other() {
        let xml = "<R><Key>a</Key><Size>1</Size><Key>b</Key><KeyCount>2</KeyCount></R>";
        assert_eq!(between(xml, "Key").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(between(xml, "Code").next(), None);
    }
}
