//! Passkeys (WebAuthn): what opens an account without a password, and counts as both factors.
//!
//! A passkey is found by the person whom its answer names, so nobody types an address. Each question is a row for five
//! minutes and is deleted before its answer is looked at.

pub(crate) mod add;
pub(crate) mod ask;
pub(crate) mod assertion;
pub(crate) mod begin;
mod claim;
pub(crate) mod enter;
pub(crate) mod list;
pub(crate) mod question;
pub(crate) mod remove;
pub(crate) mod rename;

use std::time::Duration;

use app::{App, OrProblem};
use domain::ids::UserId;
use http_kit::{FieldErrors, Problem};
use store::row::{PasskeysRow, StoredPasskey};
use store::{Found, keys};
use url::{Host, Url};
use webauthn_rs::WebauthnBuilder;
use webauthn_rs::prelude::{Passkey, Webauthn};

use crate::error::AccountsError;

/// How long a question waits for its answer.
const ASKED_FOR: Duration = Duration::from_secs(5 * 60);
/// Passkeys that a person may have.
const MOST: usize = 10;
/// Characters of a passkey's name.
const NAME: usize = 64;

/// Reports what can be no name of a passkey.
fn validate_name(name: &str, errors: &mut FieldErrors) {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME {
        errors.add("name", "invalid_name", "A name has 1 to 64 characters.");
    } else if name.chars().any(char::is_control) {
        errors.add("name", "invalid_name", "A name has no control characters.");
    }
}

/// This product as passkeys know it: its host and its origin.
pub(crate) fn relying_party(app: &App) -> Result<Webauthn, AccountsError> {
    party_at(app.config.site())
}

fn party_at(site: &str) -> Result<Webauthn, AccountsError> {
    let mut origin = Url::parse(site).map_err(|_| AccountsError::Passkey)?;
    // Browsers refuse passkeys for addresses of numbers; on a laptop both names lead to the same place.
    if matches!(origin.host(), Some(Host::Ipv4(address)) if address.is_loopback()) {
        let renamed = origin.set_host(Some("localhost"));
        renamed.map_err(|_| AccountsError::Passkey)?;
    }
    let host = origin.host_str().ok_or(AccountsError::Passkey)?.to_owned();
    WebauthnBuilder::new(&host, &origin)
        .and_then(|builder| builder.rp_name("Sofi CRM").timeout(ASKED_FOR).build())
        .map_err(|_| AccountsError::Passkey)
}

/// A person's passkeys, if they ever had one.
pub(crate) async fn of(app: &App, user: UserId) -> Result<Option<Found<PasskeysRow>>, Problem> {
    let routing = app.store.routing();
    routing.find(&keys::passkeys(user)).await.or_problem()
}

/// What a stored passkey holds.
fn credential(stored: &StoredPasskey) -> Result<Passkey, AccountsError> {
    serde_json::from_str(&stored.credential).map_err(|_| AccountsError::Passkey)
}

/// The form in which a passkey is stored.
fn written(passkey: &Passkey) -> Result<String, AccountsError> {
    serde_json::to_string(passkey).map_err(|_| AccountsError::Passkey)
}

fn too_many() -> Problem {
    Problem::conflict(
        "too_many_passkeys",
        "You have ten passkeys. Remove one before you add another.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(site: &str) -> Vec<String> {
        let party = party_at(site).expect("possible");
        let origins = party.get_allowed_origins().iter();
        origins
            .map(|url| url.origin().ascii_serialization())
            .collect()
    }

    #[test]
    fn a_name_of_a_passkey_is_short_and_has_no_control_characters() {
        let said = |name: &str| {
            let mut errors = FieldErrors::new();
            validate_name(name, &mut errors);
            errors.finish().is_ok()
        };
        assert!(said(" My phone ") && said(&"ä".repeat(64)));
        for wrong in ["", " ", "My\0phone", "My\u{1b}phone", &"ä".repeat(65)] {
            assert!(!said(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn the_origin_is_the_dashboards_and_no_other() {
        assert_eq!(origins("https://crm.example"), ["https://crm.example"]);
    }

    #[test]
    fn on_a_laptop_the_origin_is_localhost_because_browsers_take_no_number() {
        assert_eq!(origins("http://127.0.0.1:4000"), ["http://localhost:4000"]);
        assert_eq!(origins("http://localhost:4000"), ["http://localhost:4000"]);
    }

    #[test]
    fn without_a_name_of_its_own_a_dashboard_has_no_passkeys() {
        for site in ["", "https://192.0.2.1", "crm"] {
            assert!(party_at(site).is_err(), "{site}");
        }
    }
}
