//! Signature Version 4: header and query form, verified in full.

use bytes::Bytes;
use http::request::Parts;
use percent_encoding::percent_decode_str;
use ring::{digest, hmac};

use super::failure::Failure;
use crate::iam::AccessKey;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// A request's signature, not yet verified.
#[derive(Debug, Clone)]
pub(crate) struct Signature {
    pub key_id: String,
    pub service: String,
    region: String,
    date: String,
    timestamp: String,
    signed_headers: Vec<String>,
    signature: String,
    token: Option<String>,
    /// Seconds a presigned URL lives; `None` for the header form.
    expires: Option<i64>,
}

impl Signature {
    /// Reads the signature from the `Authorization` header or from a presigned URL.
    pub fn from_request(parts: &Parts) -> Result<Self, Failure> {
        match parts
            .headers
            .get(http::header::AUTHORIZATION)
            .map(|value| value.to_str())
        {
            Some(Ok(header)) => Self::from_header(header, parts),
            Some(Err(_)) => Err(Failure::Incomplete),
            None => Self::from_query(parts),
        }
    }

    fn from_header(header: &str, parts: &Parts) -> Result<Self, Failure> {
        let fields = header.strip_prefix(ALGORITHM).ok_or(Failure::Incomplete)?;
        let field = |name: &str| {
            let found = fields
                .split(',')
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
            found.ok_or(Failure::Incomplete)
        };
        let timestamp = header_text(parts, "x-amz-date").ok_or(Failure::Incomplete)?;
        Self::build(
            field("Credential")?,
            field("SignedHeaders")?,
            field("Signature")?,
            timestamp,
        )
        .map(|signature| Self {
            token: header_text(parts, "x-amz-security-token"),
            ..signature
        })
    }

    fn from_query(parts: &Parts) -> Result<Self, Failure> {
        let pairs = query_pairs(parts.uri.query().unwrap_or(""));
        let find = |name: &str| {
            pairs
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, value)| value.clone())
        };
        if find("X-Amz-Algorithm").as_deref() != Some(ALGORITHM) {
            return Err(Failure::Missing);
        }
        let need = |name: &str| find(name).ok_or(Failure::Incomplete);
        let expires = need("X-Amz-Expires")?
            .parse()
            .map_err(|_| Failure::Incomplete)?;
        let signature = Self::build(
            &need("X-Amz-Credential")?,
            &need("X-Amz-SignedHeaders")?,
            &need("X-Amz-Signature")?,
            need("X-Amz-Date")?,
        )?;
        Ok(Self {
            token: find("X-Amz-Security-Token"),
            expires: Some(expires),
            ..signature
        })
    }

    fn build(
        credential: &str,
        headers: &str,
        signature: &str,
        timestamp: String,
    ) -> Result<Self, Failure> {
        let scope: Vec<&str> = credential.split('/').collect();
        let [key_id, date, region, service, "aws4_request"] = scope[..] else {
            return Err(Failure::Incomplete);
        };
        Ok(Self {
            key_id: key_id.to_owned(),
            service: service.to_owned(),
            region: region.to_owned(),
            date: date.to_owned(),
            timestamp,
            signed_headers: headers.split(';').map(str::to_owned).collect(),
            signature: signature.to_owned(),
            token: None,
            expires: None,
        })
    }

    /// Verifies session token, signature and body hash.
    pub fn verify(
        &self,
        parts: &Parts,
        body: &Bytes,
        key: &AccessKey,
        now_ms: i64,
    ) -> Result<(), Failure> {
        if self.token != key.session_token {
            return Err(Failure::BadToken);
        }
        let (signing_key, text) = self.text_to_sign(parts, body, &key.secret)?;
        let given = unhex(&self.signature).ok_or(Failure::BadSignature)?;
        hmac::verify(&signing_key, text.as_bytes(), &given).map_err(|_| Failure::BadSignature)?;
        self.check_url_age(now_ms)
    }

    fn text_to_sign(
        &self,
        parts: &Parts,
        body: &Bytes,
        secret: &str,
    ) -> Result<(hmac::Key, String), Failure> {
        let payload = self.payload_hash(parts, body)?;
        let request = format!(
            "{}\n{}\n{}\n{}\n{}\n{payload}",
            parts.method,
            self.canonical_path(parts.uri.path()),
            self.canonical_query(parts.uri.query().unwrap_or("")),
            self.canonical_headers(parts)?,
            self.signed_headers.join(";"),
        );
        let text = format!(
            "{ALGORITHM}\n{}\n{}/{}/{}/aws4_request\n{}",
            self.timestamp,
            self.date,
            self.region,
            self.service,
            hex(digest::digest(&digest::SHA256, request.as_bytes()).as_ref())
        );
        let mut signing_key = mac(format!("AWS4{secret}").as_bytes(), &self.date);
        for part in [&self.region, &self.service, "aws4_request"] {
            signing_key = mac(signing_key.as_ref(), part);
        }
        Ok((
            hmac::Key::new(hmac::HMAC_SHA256, signing_key.as_ref()),
            text,
        ))
    }

    /// A presigned URL is measured by the emulator's clock, which is the one that the product signs by.
    fn check_url_age(&self, now_ms: i64) -> Result<(), Failure> {
        let Some(expires) = self.expires else {
            return Ok(());
        };
        let signed = signed_at_ms(&self.timestamp).ok_or(Failure::Incomplete)?;
        if now_ms - signed > expires.saturating_mul(1000) {
            Err(Failure::UrlExpired)
        } else {
            Ok(())
        }
    }

    fn payload_hash(&self, parts: &Parts, body: &Bytes) -> Result<String, Failure> {
        if self.expires.is_some() {
            return Ok("UNSIGNED-PAYLOAD".into());
        }
        let actual = hex(digest::digest(&digest::SHA256, body).as_ref());
        match header_text(parts, "x-amz-content-sha256") {
            Some(sent) if sent.starts_with("STREAMING-") || sent == "UNSIGNED-PAYLOAD" => Ok(sent),
            Some(sent) if sent != actual => Err(Failure::BadSignature),
            _ => Ok(actual),
        }
    }

    /// S3 signs the path as sent; every other service encodes it once more.
    fn canonical_path(&self, path: &str) -> String {
        if self.service == "s3" {
            return path.to_owned();
        }
        path.split('/').map(encode).collect::<Vec<_>>().join("/")
    }

    fn canonical_query(&self, query: &str) -> String {
        let mut pairs: Vec<(String, String)> = query_pairs(query)
            .into_iter()
            .filter(|(name, _)| self.expires.is_none() || name != "X-Amz-Signature")
            .map(|(name, value)| (encode(&name), encode(&value)))
            .collect();
        pairs.sort();
        pairs
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("&")
    }

    fn canonical_headers(&self, parts: &Parts) -> Result<String, Failure> {
        let mut text = String::new();
        for name in &self.signed_headers {
            let values: Vec<String> = parts
                .headers
                .get_all(name.as_str())
                .iter()
                .map(|value| {
                    String::from_utf8_lossy(value.as_bytes())
                        .split_whitespace()
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect();
            if values.is_empty() {
                return Err(Failure::BadSignature);
            }
            text.push_str(&format!("{name}:{}\n", values.join(",")));
        }
        Ok(text)
    }
}

/// When a signature says it was made, from its `YYYYMMDD'T'HHMMSS'Z'`.
pub(crate) fn signed_at_ms(timestamp: &str) -> Option<i64> {
    let format = time::macros::format_description!("[year][month][day]T[hour][minute][second]Z");
    let signed = time::PrimitiveDateTime::parse(timestamp, format).ok()?;
    Some(signed.assume_utc().unix_timestamp() * 1000)
}

fn header_text(parts: &Parts, name: &str) -> Option<String> {
    parts
        .headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// Decoded pairs of a raw query string; `+` stays a plus sign.
pub(super) fn query_pairs(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                percent_decode_str(name).decode_utf8_lossy().into_owned(),
                percent_decode_str(value).decode_utf8_lossy().into_owned(),
            )
        })
        .collect()
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn mac(key: &[u8], text: &str) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    // Some hundred digits for each call: a text of its own for every two of them would be most of the work.
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

/// The bytes that a text of hexadecimal digits stands for.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

/// Signs a request as an SDK does.
#[cfg(test)]
pub(crate) fn sign(parts: &mut Parts, body: &Bytes, service: &str, region: &str, key: &AccessKey) {
    let timestamp = "20260101T000000Z";
    parts
        .headers
        .insert("x-amz-date", timestamp.parse().unwrap());
    if let Some(token) = &key.session_token {
        parts
            .headers
            .insert("x-amz-security-token", token.parse().unwrap());
    }
    let mut names: Vec<String> = parts
        .headers
        .keys()
        .map(|name| name.as_str().to_owned())
        .collect();
    names.sort();
    let headers = names.join(";");
    let credential = format!("{}/20260101/{region}/{service}/aws4_request", key.id);
    let unsigned = Signature::build(&credential, &headers, "", timestamp.into()).unwrap();
    let (signing_key, text) = unsigned.text_to_sign(parts, body, &key.secret).unwrap();
    let signature = hex(hmac::sign(&signing_key, text.as_bytes()).as_ref());
    let header = format!(
        "{ALGORITHM} Credential={credential}, SignedHeaders={headers}, Signature={signature}"
    );
    parts
        .headers
        .insert(http::header::AUTHORIZATION, header.parse().unwrap());
}
