//! The two cookies, both strictly necessary, and the bearer token.

use std::time::Duration;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderValue};

/// Characters a cookie's value may have.
const VALUE_LIMIT: usize = 512;

/// A cookie of ours. There are exactly these two; a third needs a change of the cookie policy first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session.
    Session,
    /// The device that signed in before, so that an attack on the account does not lock its owner out.
    Device,
}

/// Why a cookie cannot be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CookieError {
    /// The value is empty, longer than 512 characters, or has others than `A-Za-z0-9-_.`.
    #[error("a cookie's value is 1 to 512 characters of A-Z, a-z, 0-9, '-', '_' and '.'")]
    Value,
}

impl Cookie {
    /// The name. `__Host-` makes browsers insist on `Secure`, `Path=/` and no `Domain`, so that no
    /// sibling host can set it. Browsers accept `Secure` cookies from `http://localhost` too.
    pub fn name(self) -> &'static str {
        match self {
            Self::Session => "__Host-sofi",
            Self::Device => "__Host-sofi_device",
        }
    }

    /// The `Set-Cookie` value that keeps `value` for `max_age` (whole seconds).
    ///
    /// # Errors
    /// [`CookieError::Value`] when the value would need quoting.
    pub fn set(self, value: &str, max_age: Duration) -> Result<HeaderValue, CookieError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if value.is_empty() || value.len() > VALUE_LIMIT || !value.bytes().all(allowed) {
            return Err(CookieError::Value);
        }
        self.header(value, max_age.as_secs())
    }

    /// The `Set-Cookie` value that removes the cookie.
    pub fn clear(self) -> HeaderValue {
        // An empty value and a number are always a valid header.
        self.header("", 0)
            .unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    fn header(self, value: &str, max_age: u64) -> Result<HeaderValue, CookieError> {
        let name = self.name();
        // Lax, not Strict: with Strict the session would be missing on the return from a payment page.
        HeaderValue::from_str(&format!(
            "{name}={value}; Max-Age={max_age}; Path=/; Secure; HttpOnly; SameSite=Lax"
        ))
        .map_err(|_| CookieError::Value)
    }
}

/// The value of a cookie in the request. `None` when there is none, when it cannot be one of ours, or
/// when two different values are sent, which no browser does with `__Host-` cookies.
pub fn cookie(headers: &HeaderMap, cookie: Cookie) -> Option<&str> {
    let mut found = None;
    for header in headers.get_all(COOKIE) {
        // A header with other bytes may still be fine for its other cookies, but not from a browser.
        let Ok(text) = header.to_str() else { continue };
        for pair in text.split(';') {
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            if name.trim() != cookie.name() {
                continue;
            }
            let value = value.trim();
            if found.is_some_and(|earlier| earlier != value) {
                return None;
            }
            found = Some(value);
        }
    }
    found.filter(|value| !value.is_empty() && value.len() <= VALUE_LIMIT)
}

/// The token of an `Authorization: Bearer` header. `None` also when there are two such headers.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let (header, None) = (all.next()?, all.next()) else {
        return None;
    };
    let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= VALUE_LIMIT)
        .then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with(cookies: &[&str]) -> HeaderMap {
        cookies
            .iter()
            .map(|value| (COOKIE, HeaderValue::from_str(value).expect("a header")))
            .collect()
    }

    #[test]
    fn a_cookie_carries_every_attribute_of_the_policy() {
        assert_eq!(
            Cookie::Session
                .set("abc", Duration::from_secs(60))
                .expect("a value"),
            "__Host-sofi=abc; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
        assert_eq!(
            Cookie::Device.clear(),
            "__Host-sofi_device=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn a_value_cannot_smuggle_attributes() {
        for value in [
            "",
            "a;b",
            "a b",
            "a,b",
            "a\"",
            "a\r\nSet-Cookie: x=1",
            "ä",
            &"a".repeat(513),
        ] {
            assert_eq!(
                Cookie::Session.set(value, Duration::ZERO),
                Err(CookieError::Value),
                "{value}"
            );
        }
    }

    #[test]
    fn the_right_cookie_is_found_among_others() {
        let headers = with(&[
            "x=1; __Host-sofi_device=dev; __Host-sofi=ses ;y",
            "z=__Host-sofi=no",
        ]);
        assert_eq!(cookie(&headers, Cookie::Session), Some("ses"));
        assert_eq!(cookie(&headers, Cookie::Device), Some("dev"));
    }

    #[test]
    fn two_different_sessions_are_none() {
        assert_eq!(
            cookie(&with(&["__Host-sofi=a; __Host-sofi=b"]), Cookie::Session),
            None
        );
        assert_eq!(
            cookie(&with(&["__Host-sofi=a", "__Host-sofi=b"]), Cookie::Session),
            None
        );
        assert_eq!(
            cookie(&with(&["__Host-sofi=a", "__Host-sofi=a"]), Cookie::Session),
            Some("a")
        );
        assert_eq!(cookie(&with(&["__Host-sofi="]), Cookie::Session), None);
    }

    #[test]
    fn a_bearer_token_is_read_once() {
        let headers = |values: &[&str]| -> HeaderMap {
            values
                .iter()
                .map(|value| {
                    (
                        AUTHORIZATION,
                        HeaderValue::from_str(value).expect("a header"),
                    )
                })
                .collect()
        };
        assert_eq!(bearer(&headers(&["Bearer abc"])), Some("abc"));
        assert_eq!(bearer(&headers(&["bearer  abc"])), Some("abc"));
        assert_eq!(bearer(&headers(&["Basic abc"])), None);
        assert_eq!(bearer(&headers(&["Bearer "])), None);
        assert_eq!(bearer(&headers(&["Bearer a", "Bearer b"])), None);
        assert_eq!(bearer(&HeaderMap::new()), None);
    }

    proptest! {
        #[test]
        fn what_is_set_is_read_back(value in "[A-Za-z0-9_.-]{1,512}", before in "[a-z]{1,9}=[a-z0-9]{0,9}") {
            let set = Cookie::Session.set(&value, Duration::from_secs(1)).expect("a value");
            let pair = set.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
            let headers = with(&[&format!("{before}; {pair}")]);
            prop_assert_eq!(cookie(&headers, Cookie::Session), Some(value.as_str()));
        }

        #[test]
        fn noise_does_not_panic(noise in "[ -~]{0,300}") {
            let headers = with(&[&noise]);
            let _value = cookie(&headers, Cookie::Session);
        }
    }
}
