//! What is told about the other end of a call, and no more than is needed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use lambda::Invocation;

use crate::{App, Call};

const FORWARDED: &str = "x-forwarded-for";

impl App {
    /// The network that a call comes from: see [`network`]. `None` when nobody tells.
    ///
    /// Deployed, CloudFront stands before the HTTP API: it appends the viewer's address to `X-Forwarded-For` and the
    /// HTTP API appends CloudFront's. The last but one entry is therefore the viewer's. Whoever goes round CloudFront
    /// can write that entry, which is why nothing but a counter beside others hangs on it.
    pub fn network_of(&self, call: &Call) -> Option<String> {
        let address = if self.config.app_origin.is_empty() {
            call.invocation()
                .and_then(|invocation: &Invocation| invocation.source_ip)
        } else {
            let header = call.request().headers().get(FORWARDED);
            header.and_then(|value| viewer(value.to_str().ok()?))
        };
        address.map(network)
    }
}

fn viewer(forwarded: &str) -> Option<IpAddr> {
    let hops: Vec<_> = forwarded.split(',').map(str::trim).collect();
    let at = hops.len().checked_sub(2)?;
    hops.get(at)?.parse().ok()
}

/// The /24 of an IPv4 address or the /64 of an IPv6 address, in its usual notation: what one household or office has.
pub fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => network_4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => network_4(address),
            None => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
    }
}

fn network_4(address: Ipv4Addr) -> String {
    let [a, b, c, _] = address.octets();
    format!("{}/24", Ipv4Addr::new(a, b, c, 0))
}

/// Browser and system in two known words, for a list of sessions; never the header itself.
pub fn device_name(user_agent: Option<&str>) -> String {
    const BROWSERS: [(&str, &str); 8] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let agent = user_agent.unwrap_or_default();
    let named = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "another program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_what_one_household_has() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("203.0.113.77"), "203.0.113.0/24");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(of("::ffff:203.0.113.77"), "203.0.113.0/24");
    }

    #[test]
    fn the_viewer_is_the_last_but_one_hop_whatever_the_client_claims() {
        let seen = viewer("6.6.6.6, 203.0.113.77, 130.176.0.1");
        assert_eq!(seen, "203.0.113.77".parse().ok());
        assert_eq!(viewer("203.0.113.77"), None);
        assert_eq!(viewer(""), None);
        assert_eq!(viewer("a, b"), None);
    }

    #[test]
    fn a_device_is_named_in_known_words_only() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(device_name(Some(firefox)), "Firefox, Linux");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device_name(Some(safari)), "Safari, iPhone");
        assert_eq!(device_name(Some("curl/8 <script>")), "another program");
        assert_eq!(device_name(None), "another program");
    }
}
