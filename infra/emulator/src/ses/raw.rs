//! Enough of RFC 5322 to show a raw message in an inbox.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A raw message as text.
#[derive(Debug, Clone)]
pub(super) struct RawMessage {
    pub text: String,
}

/// Decodes the base64 of the request; `None` when it is no message.
pub(super) fn decode(data: &str) -> Option<RawMessage> {
    let bytes = STANDARD.decode(data.trim()).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text.contains(':').then_some(RawMessage { text })
}

/// The bare address of `Name <person@example.com>`.
pub(super) fn address(source: &str) -> String {
    match source.rsplit_once('<') {
        Some((_, rest)) => rest.trim_end().trim_end_matches('>').trim().to_owned(),
        None => source.trim().to_owned(),
    }
}

impl RawMessage {
    /// A header's value, unfolded; names are compared without case.
    pub fn header(&self, name: &str) -> Option<String> {
        let unfolded = self
            .head()
            .replace("\r\n", "\n")
            .replace("\n ", " ")
            .replace("\n\t", " ");
        unfolded.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field
                .trim()
                .eq_ignore_ascii_case(name)
                .then(|| decode_word(value.trim()))
        })
    }

    /// Addresses of To, Cc and Bcc.
    pub fn destinations(&self) -> Vec<String> {
        let lists = ["to", "cc", "bcc"]
            .iter()
            .filter_map(|name| self.header(name));
        lists
            .flat_map(|list| {
                list.split(',')
                    .map(|one| one.trim().to_owned())
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// The body of a message without parts.
    pub fn plain_text(&self) -> Option<String> {
        let kind = self
            .header("content-type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        if kind.starts_with("multipart/") {
            return None;
        }
        let body = self
            .text
            .get(self.head().len()..)?
            .trim_start_matches(['\r', '\n']);
        match self
            .header("content-transfer-encoding")
            .unwrap_or_default()
            .to_ascii_lowercase()
            .as_str()
        {
            "base64" => {
                let joined: String = body.split_whitespace().collect();
                STANDARD
                    .decode(joined)
                    .ok()
                    .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            }
            _ => Some(body.to_owned()),
        }
    }

    fn head(&self) -> &str {
        let end = self
            .text
            .find("\r\n\r\n")
            .or_else(|| self.text.find("\n\n"))
            .unwrap_or(self.text.len());
        &self.text[..end]
    }
}

/// `=?utf-8?b?...?=` as text; everything else stays.
fn decode_word(value: &str) -> String {
    let decoded = value
        .strip_prefix("=?")
        .and_then(|rest| rest.strip_suffix("?="))
        .and_then(|inner| {
            let mut parts = inner.splitn(3, '?');
            let (_, encoding, data) = (parts.next()?, parts.next()?, parts.next()?);
            encoding
                .eq_ignore_ascii_case("b")
                .then(|| STANDARD.decode(data).ok())?
        })
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    decoded.unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_message_shows_its_headers_and_text() {
        let message = RawMessage {
            text: "From: A <a@example.com>\r\nTo: b@example.com,\r\n c@example.com\r\nSubject: =?utf-8?b?SGkg8J+Yig==?=\r\n\r\nBody\r\n".into(),
        };
        assert_eq!(message.header("Subject").as_deref(), Some("Hi 😊"));
        assert_eq!(message.destinations(), ["b@example.com", "c@example.com"]);
        assert_eq!(message.plain_text().as_deref(), Some("Body\r\n"));
        assert_eq!(address(&message.header("from").unwrap()), "a@example.com");
    }
}
