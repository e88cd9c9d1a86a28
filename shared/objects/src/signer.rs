//! Signatures, in a header and in a link, as the SDKs of the other services make them.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use http::{Method, Request};

use crate::ObjectsError;
use crate::error::unsigned;

/// Who signs, where and when.
pub(crate) struct Signer {
    pub(crate) credentials: Credentials,
    pub(crate) region: String,
    pub(crate) time: SystemTime,
}

impl Signer {
    /// Signs a request whose body has this hash.
    pub(crate) fn sign(&self, request: &mut Request<()>, hash: String) -> Result<(), ObjectsError> {
        self.apply(request, SignableBody::Precomputed(hash), settings())
    }

    /// A link that opens the address for whoever holds it, as long as it lasts.
    pub(crate) fn link(&self, url: &str, lasts: Duration) -> Result<String, ObjectsError> {
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(url)
            .body(())
            .map_err(unsigned)?;
        let mut settings = settings();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(lasts);
        self.apply(&mut request, SignableBody::UnsignedPayload, settings)?;
        Ok(request.uri().to_string())
    }

    fn apply(
        &self,
        request: &mut Request<()>,
        body: SignableBody<'_>,
        settings: SigningSettings,
    ) -> Result<(), ObjectsError> {
        let identity = self.credentials.clone().into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("s3")
            .time(self.time)
            .settings(settings)
            .build()
            .map_err(unsigned)?
            .into();
        let (method, url) = (request.method().clone(), request.uri().to_string());
        let headers = request
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let signable =
            SignableRequest::new(method.as_str(), url, headers, body).map_err(unsigned)?;
        let (instructions, _) = sign(signable, &parameters).map_err(unsigned)?.into_parts();
        instructions.apply_to_request_http1x(request);
        Ok(())
    }
}

/// S3 signs a path as it is sent, and the body's hash as a header.
fn settings() -> SigningSettings {
    let mut settings = SigningSettings::default();
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of AWS's own documentation of presigned addresses.
    #[test]
    fn a_link_is_signed_as_documented() {
        let signer = Signer {
            credentials: Credentials::new(
                "AKIAIOSFODNN7EXAMPLE",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                None,
                None,
                "test",
            ),
            region: "us-east-1".into(),
            time: SystemTime::UNIX_EPOCH + Duration::from_secs(1_369_353_600),
        };
        let link = signer
            .link(
                "https://examplebucket.s3.amazonaws.com/test.txt",
                Duration::from_secs(86_400),
            )
            .unwrap();
        let signature = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        assert!(
            link.contains(&format!("X-Amz-Signature={signature}")),
            "{link}"
        );
        assert!(link.contains("X-Amz-Expires=86400"), "{link}");
    }
}
