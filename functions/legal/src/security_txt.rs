//! `GET /.well-known/security.txt`

use std::time::Duration;

use bytes::Bytes;
use domain::Timestamp;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, Response};
use http_kit::Answer;

/// A copy that somebody kept is to be fetched again after this time.
const VALID: Duration = Duration::from_secs(90 * 24 * 3600);

/// Tells finders of weaknesses whom to write to (RFC 9116).
#[utoipa::path(get, path = "/.well-known/security.txt", operation_id = "get_security_txt", tag = "legal",
    responses((status = 200, description = "The file.", body = String, content_type = "text/plain")))]
pub(crate) fn handle(origin: &str, now: Timestamp) -> Answer {
    let mut answer = Response::new(Bytes::from(text(origin, now)));
    let headers = answer.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(CACHE_CONTROL, crate::CACHE);
    Ok(answer)
}

/// `origin` is empty where the deployment has no address of its own; the lines with addresses are left out then.
fn text(origin: &str, now: Timestamp) -> String {
    let mut text = format!(
        "Contact: mailto:support@soficrm.com\nExpires: {}\nPreferred-Languages: en\n",
        now.plus(VALID).rfc3339()
    );
    if !origin.is_empty() {
        text.push_str(&format!(
            "Canonical: {origin}/.well-known/security.txt\nPolicy: {origin}/legal/security\n"
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_824_000);

    #[test]
    fn the_file_names_contact_end_and_addresses() {
        assert_eq!(
            text("https://app.example.org", NOW),
            "Contact: mailto:support@soficrm.com\nExpires: 2027-02-26T00:00:00Z\nPreferred-Languages: en\n\
             Canonical: https://app.example.org/.well-known/security.txt\nPolicy: https://app.example.org/legal/security\n"
        );
    }

    #[test]
    fn without_an_address_no_relative_one_is_given() {
        let text = text("", NOW);
        assert!(text.contains("Contact: ") && text.contains("Expires: "));
        assert!(!text.contains("Policy") && !text.contains("Canonical"));
    }
}
