//! Where an object is: keys below a tenant's prefix, and their addresses.

use aws::aws_types::SdkConfig;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tenancy::{RoleType, TenantScope};

/// What a signature's canonical form leaves as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
/// The same in a path, whose slashes stay.
const PATH: &AsciiSet = &PLAIN.remove(b'/');

/// All that a tenant session may touch.
pub(crate) fn prefix<R: RoleType>(scope: &TenantScope<R>) -> String {
    format!("{}/", scope.tenant().suffix())
}

/// The path of a tenant's object inside its bucket.
pub(crate) fn path<R: RoleType>(scope: &TenantScope<R>, name: &str) -> String {
    format!("/{}{}", prefix(scope), utf8_percent_encode(name, PATH))
}

/// A value of a query string.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

/// Under the bucket's own name on AWS; by path where an address was given, as on a laptop.
pub(crate) fn url(config: &SdkConfig, bucket: &str, path: &str) -> String {
    match config.endpoint_url() {
        Some(endpoint) => format!("{}/{bucket}{path}", endpoint.trim_end_matches('/')),
        None => format!("https://{bucket}.s3.{}.amazonaws.com{path}", region(config)),
    }
}

pub(crate) fn region(config: &SdkConfig) -> &str {
    config.region().map_or("", |region| region.as_ref())
}

/// The type that a browser and a person are told, by the ending of the name.
pub(crate) fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => "application/json",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}

/// Saves under the given name instead of showing. The plain form is for browsers that do not read the other one.
pub(crate) fn attachment(file_name: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let plain: String = file_name
        .chars()
        .map(|c| if safe(c) { c } else { '_' })
        .collect();
    let extended = if plain == file_name {
        String::new()
    } else {
        format!("; filename*=UTF-8''{}", encoded(file_name))
    };
    format!("attachment; filename=\"{plain}\"{extended}")
}

#[cfg(test)]
mod tests {
    use domain::ids::TenantId;
    use tenancy::Provisioning;

    use super::*;

    #[test]
    fn every_path_is_below_the_tenant() {
        let scope = Provisioning::of(TenantId::from_bytes([0; 16])).scope();
        let tenant = "0".repeat(26);
        assert_eq!(
            path(&scope, "2026-11-28/000000000042-ab.json"),
            format!("/{tenant}/2026-11-28/000000000042-ab.json")
        );
        assert_eq!(path(&scope, "a b?c"), format!("/{tenant}/a%20b%3Fc"));
    }

    #[test]
    fn a_file_name_never_leaves_its_quotes() {
        assert_eq!(
            attachment("export 1.zip"),
            "attachment; filename=\"export 1.zip\""
        );
        assert_eq!(
            attachment("a\"b\r\nö"),
            "attachment; filename=\"a_b___\"; filename*=UTF-8''a%22b%0D%0A%C3%B6"
        );
    }

    #[test]
    fn the_ending_tells_the_type() {
        assert_eq!(content_type("a/b.json"), "application/json");
        assert_eq!(content_type("a.b/c.zip"), "application/zip");
        assert_eq!(content_type("a"), "application/octet-stream");
    }
}
