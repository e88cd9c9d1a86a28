//! Where a vendor's API is.

use url::{Host, Url};

/// Where a vendor's API is: https (plain http only on loopback), without a user, a query or a fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    base: String,
    host: String,
    secure: bool,
}

impl Address {
    /// Reads an address; nothing if it is none that may be called.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let secure = match url.scheme() {
            "https" => true,
            "http" if is_loopback(&url) => false,
            _ => return None,
        };
        let is_bare = url.query().is_none()
            && url.fragment().is_none()
            && url.password().is_none()
            && url.username().is_empty();
        let host = url.host_str()?.to_owned();
        is_bare.then(|| Self {
            base: url.as_str().trim_end_matches('/').to_owned(),
            host,
            secure,
        })
    }

    /// The address without its trailing slash.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The host, as names are resolved.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it has no path.
    pub fn is_origin(&self) -> bool {
        let host = self.base.split_once("://");
        host.is_some_and(|(_, host)| !host.contains('/'))
    }

    /// Whether it is reached by TLS.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_loopback_is_an_address() {
        for (text, base, secure) in [
            ("https://vendor.example", "https://vendor.example", true),
            ("https://vendor.example/", "https://vendor.example", true),
            (
                "https://vendor.example/v1/",
                "https://vendor.example/v1",
                true,
            ),
            ("http://127.0.0.1:8081", "http://127.0.0.1:8081", false),
            ("http://localhost:1/", "http://localhost:1", false),
            ("http://[::1]:1", "http://[::1]:1", false),
        ] {
            let address = Address::parse(text).expect(text);
            assert_eq!((address.base(), address.is_secure()), (base, secure));
            assert!(base.contains(&format!("://{}", address.host())));
        }
        for text in [
            "http://vendor.example",
            "http://127.0.0.1.vendor.example",
            "ftp://127.0.0.1",
            "https://user@vendor.example",
            "https://:secret@vendor.example",
            "https://vendor.example?x",
            "https://vendor.example#x",
            "vendor.example",
            "",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_origin_has_no_path() {
        for (text, expected) in [
            ("https://vendor.example/", true),
            ("http://[::1]:1", true),
            ("https://vendor.example/v1", false),
        ] {
            let address = Address::parse(text).expect(text);
            assert_eq!(address.is_origin(), expected, "{text}");
        }
    }
}
