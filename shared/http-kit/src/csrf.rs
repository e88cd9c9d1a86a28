//! Whether a request may have been caused by a page that is not ours.

use http::Method;

/// Header that our client sends with every change; its value is `1`. A foreign page cannot send it
/// without a preflight request, which the API never answers.
pub const CSRF_HEADER: &str = "x-sofi-csrf";

/// What proves who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// The session cookie, which browsers attach on their own.
    Cookie,
    /// A bearer token, which only a program that has it can send.
    Bearer,
    /// Nothing: sign-up and sign-in.
    Absent,
}

/// Everything that the decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct CsrfFacts<'a> {
    /// Method of the request.
    pub method: &'a Method,
    /// What proves who calls.
    pub credential: Credential,
    /// `Sec-Fetch-Site`, which pages cannot forge.
    pub sec_fetch_site: Option<&'a str>,
    /// `Origin`.
    pub origin: Option<&'a str>,
    /// `X-Sofi-Csrf`.
    pub marker: Option<&'a str>,
    /// Our own origins, such as `https://app.example.org`, without a trailing slash.
    pub own_origins: &'a [&'a str],
}

/// Why a request is refused; all are answered alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsrfRefusal {
    /// The browser says that another site caused the request.
    #[error("caused by another site")]
    ForeignSite,
    /// The origin is not one of ours.
    #[error("sent from another origin")]
    ForeignOrigin,
    /// The marker header is missing.
    #[error("marker header missing")]
    NoMarker,
}

impl From<CsrfRefusal> for crate::Problem {
    fn from(_: CsrfRefusal) -> Self {
        Self::forbidden("csrf", "This request must come from the dashboard itself.")
    }
}

/// Decides whether a request may be served.
///
/// Reading is always allowed, and so is a bearer token. A change by cookie needs the marker header, and
/// neither `Sec-Fetch-Site` nor `Origin` may speak against it; a client that sends neither is no browser.
/// A change without a credential (sign-in) needs no marker, but must not come from a foreign page either.
///
/// # Errors
/// The reason for a refusal.
pub fn check_csrf(facts: &CsrfFacts<'_>) -> Result<(), CsrfRefusal> {
    let reads = matches!(*facts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || facts.credential == Credential::Bearer {
        return Ok(());
    }
    if facts
        .sec_fetch_site
        .is_some_and(|site| !site.eq_ignore_ascii_case("same-origin"))
    {
        return Err(CsrfRefusal::ForeignSite);
    }
    // Behind a CDN our own name is not in the request, so a browser that vouches for the same origin is
    // believed; the origin decides for browsers that do not send Sec-Fetch-Site.
    if facts.sec_fetch_site.is_none()
        && facts.origin.is_some_and(|origin| {
            !facts
                .own_origins
                .iter()
                .any(|own| own.eq_ignore_ascii_case(origin))
        })
    {
        return Err(CsrfRefusal::ForeignOrigin);
    }
    if facts.credential == Credential::Cookie && facts.marker != Some("1") {
        return Err(CsrfRefusal::NoMarker);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Credential::{Absent, Bearer, Cookie};
    use CsrfRefusal::{ForeignOrigin, ForeignSite, NoMarker};

    /// Method, credential, Sec-Fetch-Site, Origin, marker, decision.
    type Row = (
        Method,
        Credential,
        Option<&'static str>,
        Option<&'static str>,
        Option<&'static str>,
        Result<(), CsrfRefusal>,
    );

    const OWN: &str = "https://app.example.org";

    #[test]
    fn the_decision_table_holds() {
        let same = Some("same-origin");
        let marker = Some("1");
        #[rustfmt::skip]
        let table: &[Row] = &[
            (Method::GET,    Cookie, Some("cross-site"), Some("https://evil.example"), None, Ok(())),
            (Method::HEAD,   Cookie, Some("cross-site"), None, None, Ok(())),
            (Method::POST,   Cookie, same, Some(OWN), marker, Ok(())),
            (Method::POST,   Cookie, same, None, marker, Ok(())),
            (Method::POST,   Cookie, None, Some(OWN), marker, Ok(())),
            (Method::POST,   Cookie, None, None, marker, Ok(())),
            (Method::POST,   Cookie, same, Some(OWN), None, Err(NoMarker)),
            (Method::DELETE, Cookie, same, Some(OWN), Some("0"), Err(NoMarker)),
            (Method::PATCH,  Cookie, None, None, None, Err(NoMarker)),
            (Method::POST,   Cookie, Some("cross-site"), Some(OWN), marker, Err(ForeignSite)),
            (Method::POST,   Cookie, Some("same-site"), None, marker, Err(ForeignSite)),
            (Method::PUT,    Cookie, Some("none"), None, marker, Err(ForeignSite)),
            (Method::POST,   Cookie, None, Some("https://evil.example"), marker, Err(ForeignOrigin)),
            (Method::POST,   Cookie, None, Some("https://app.example.org.evil.example"), marker, Err(ForeignOrigin)),
            (Method::POST,   Cookie, None, Some("http://app.example.org"), marker, Err(ForeignOrigin)),
            (Method::POST,   Cookie, None, Some("null"), marker, Err(ForeignOrigin)),
            (Method::POST,   Bearer, Some("cross-site"), Some("https://evil.example"), None, Ok(())),
            (Method::POST,   Absent, same, Some(OWN), None, Ok(())),
            (Method::POST,   Absent, None, None, None, Ok(())),
            (Method::POST,   Absent, Some("cross-site"), None, None, Err(ForeignSite)),
            (Method::POST,   Absent, None, Some("https://evil.example"), None, Err(ForeignOrigin)),
        ];
        for (method, credential, sec_fetch_site, origin, marker, expected) in table {
            let facts = CsrfFacts {
                method,
                credential: *credential,
                sec_fetch_site: *sec_fetch_site,
                origin: *origin,
                marker: *marker,
                own_origins: &[OWN],
            };
            assert_eq!(check_csrf(&facts), *expected, "{facts:?}");
        }
    }

    #[test]
    fn all_refusals_look_alike() {
        for refusal in [ForeignSite, ForeignOrigin, NoMarker] {
            assert_eq!(crate::Problem::from(refusal).code(), "csrf");
        }
    }
}
