//! Global Privacy Control: the browser's word that its owner wants no sale or sharing of data.

use http::HeaderMap;

/// Header of the signal; `1` means yes, and every other value means nothing.
pub const GPC_HEADER: &str = "sec-gpc";

/// Whether a request carries the signal. Two headers that disagree count as the signal: the stricter reading is kept.
pub fn gpc(headers: &HeaderMap) -> bool {
    headers
        .get_all(GPC_HEADER)
        .iter()
        .any(|value| value.as_bytes() == b"1")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn sent(values: &[&str]) -> bool {
        let headers: HeaderMap = values
            .iter()
            .map(|value| {
                (
                    http::HeaderName::from_static(GPC_HEADER),
                    HeaderValue::from_str(value).expect("a header"),
                )
            })
            .collect();
        gpc(&headers)
    }

    #[test]
    fn only_the_value_one_is_the_signal() {
        assert!(sent(&["1"]));
        for other in [&[][..], &["0"], &[""], &["true"], &["11"], &["1, 1"]] {
            assert!(!sent(other), "{other:?}");
        }
    }

    #[test]
    fn of_two_headers_the_stricter_counts() {
        assert!(sent(&["0", "1"]));
    }
}
