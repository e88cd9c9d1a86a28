//! The webhook: its address and its secret.

mod turn;

use app::{App, OrProblem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::entropy::random_32;
use domain::ids::{BotId, HookId, TenantId};
use domain::{Entropy, Sealed};
use http_kit::Problem;
use url::Url;

use crate::error::BotsError;
pub(crate) use turn::Turn;

/// A webhook secret. Telegram sends it back with each update; we keep its hash.
pub(crate) struct Secret(String);

impl Secret {
    /// 256 random bits in the characters that Telegram allows.
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        Self(URL_SAFE_NO_PAD.encode(random_32(entropy)))
    }

    fn hash(&self) -> Sealed {
        Sealed::from_bytes(tenancy::hash_token(self.0.as_bytes()).to_vec())
    }
}

/// Where our webhooks are.
pub(crate) struct Origin<'a>(&'a str);

impl<'a> Origin<'a> {
    /// The stage's own origin.
    ///
    /// # Errors
    /// 500 when the stack has none.
    pub(crate) fn of(app: &'a App) -> Result<Self, Problem> {
        match app.config.public_url.as_str() {
            "" => Err(BotsError::NoPublicUrl).or_problem(),
            origin => Ok(Self(origin)),
        }
    }

    /// The address of a webhook.
    pub(crate) fn address(&self, hook: HookId) -> String {
        format!("{}{hook}", self.prefix())
    }

    /// An origin for tests.
    #[cfg(test)]
    pub(crate) const fn test(origin: &'a str) -> Self {
        Self(origin)
    }

    fn prefix(&self) -> String {
        format!("{}/hooks/telegram/", self.0)
    }

    /// Who else gets a bot's updates: scheme and host of an address that is not ours, never more of it.
    pub(crate) fn foreign(&self, address: &str) -> Option<String> {
        if address.is_empty() || address.starts_with(&self.prefix()) {
            return None;
        }
        let host = Url::parse(address).ok().and_then(|url| {
            let port = url
                .port()
                .map(|port| format!(":{port}"))
                .unwrap_or_default();
            Some(format!("{}://{}{port}", url.scheme(), url.host_str()?))
        });
        Some(host.unwrap_or_else(|| "an unknown address".to_owned()))
    }

    /// Refuses to take a bot away from another service that has its webhook at this address, unless the person said so.
    ///
    /// # Errors
    /// 409 that names the other service by scheme and host.
    pub(crate) fn require_free(&self, address: &str, take_over: bool) -> Result<(), Problem> {
        match self.foreign(address) {
            Some(host) if !take_over => Err(Problem::conflict(
                "webhook_in_use",
                format!(
                    "Another service gets this bot's updates: {host}. Going on takes the bot over from it; confirm with \"take_over\": true."
                ),
            )),
            _ => Ok(()),
        }
    }
}

/// Whose webhook.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owner {
    pub(crate) tenant: TenantId,
    pub(crate) bot: BotId,
    pub(crate) hook: HookId,
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: Origin<'static> = Origin("https://hooks.example.org");

    #[test]
    fn an_address_of_ours_is_not_foreign_and_holds_nothing_secret() {
        let address = OURS.address(HookId::from_bytes([3; 16]));
        assert_eq!(OURS.foreign(&address), None);
        assert_eq!(OURS.foreign(""), None);
        assert!(
            address.starts_with("https://hooks.example.org/hooks/telegram/hok_"),
            "{address}"
        );
    }

    #[test]
    fn of_a_foreign_address_only_scheme_and_host_are_named() {
        let named = |text: &str| OURS.foreign(text);
        assert_eq!(
            named("https://user:pass@bots.example.net:8443/hook/123?key=abc#x").as_deref(),
            Some("https://bots.example.net:8443")
        );
        assert_eq!(
            named("https://hooks.example.org.evil.example/hooks/telegram/x").as_deref(),
            Some("https://hooks.example.org.evil.example")
        );
        assert_eq!(
            named("not an address").as_deref(),
            Some("an unknown address")
        );
    }

    #[test]
    fn another_service_is_named_and_taken_over_from_only_on_confirmation() {
        let foreign = "https://bots.example.net/hook/123";
        let Err(Problem::Conflict { code, message }) = OURS.require_free(foreign, false) else {
            panic!("refused")
        };
        assert!(code == "webhook_in_use" && message.contains("https://bots.example.net"));
        assert!(!message.contains("123"), "{message}");
        assert!(OURS.require_free(foreign, true).is_ok());
        let own = OURS.address(HookId::from_bytes([3; 16]));
        for free in ["", own.as_str()] {
            assert!(OURS.require_free(free, false).is_ok(), "{free}");
        }
    }

    #[test]
    fn a_secret_has_only_characters_that_telegram_allows() {
        let secret = Secret::new(&domain::SystemEntropy::new());
        assert_eq!(secret.0.len(), 43);
        assert!(
            secret
                .0
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        );
    }
}
