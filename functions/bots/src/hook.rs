//! The webhook: its address, its secret, and taking turns from one secret to the next.

use std::time::Duration;

use app::{App, OrProblem};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::entropy::random_32;
use domain::ids::{BotId, HookId, TenantId};
use domain::{Entropy, Sealed, Timestamp};
use http_kit::Problem;
use store::row::HookRow;
use telegram::{ALLOWED_UPDATES, BotToken, SendError, Webhook};
use url::Url;

use crate::error::BotsError;
use crate::telegram_client::client;

/// How long the former secret is taken: deliveries under way carry it.
const OVERLAP: Duration = Duration::from_secs(600);
/// Deliveries that Telegram makes at a time for one bot.
const MAX_CONNECTIONS: u32 = 10;

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
            let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
            Some(format!("{}://{}{port}", url.scheme(), url.host_str()?))
        });
        Some(host.unwrap_or_else(|| "an unknown address".to_owned()))
    }
}

/// Whose webhook.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owner {
    pub(crate) tenant: TenantId,
    pub(crate) bot: BotId,
    pub(crate) hook: HookId,
}

/// The row with the new secret in force; the former one is taken for a while.
pub(crate) fn renewed(owner: Owner, before: Option<&HookRow>, secret: &Secret, now: Timestamp) -> HookRow {
    HookRow {
        id: owner.hook,
        tenant: owner.tenant,
        bot: owner.bot,
        secret_hash: secret.hash(),
        previous_hash: before.map(|row| row.secret_hash.clone()),
        previous_until: before.map(|_| now.plus(OVERLAP)),
    }
}

/// Tells Telegram. Updates that wait there are kept.
pub(crate) async fn set(app: &App, token: &BotToken, hook: HookId, secret: &Secret) -> Result<Result<(), SendError>, Problem> {
    let address = Origin::of(app)?.address(hook);
    let webhook = Webhook {
        url: &address,
        secret: &secret.0,
        allowed_updates: ALLOWED_UPDATES,
        max_connections: MAX_CONNECTIONS,
    };
    Ok(Box::pin(client(app)?.set_webhook(token, &webhook)).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: Origin<'static> = Origin("https://hooks.example.org");

    fn owner() -> Owner {
        Owner { tenant: TenantId::from_bytes([1; 16]), bot: BotId::from_bytes([2; 16]), hook: HookId::from_bytes([3; 16]) }
    }

    #[test]
    fn an_address_of_ours_is_not_foreign_and_holds_nothing_secret() {
        let address = OURS.address(owner().hook);
        assert_eq!(OURS.foreign(&address), None);
        assert_eq!(OURS.foreign(""), None);
        assert!(address.starts_with("https://hooks.example.org/hooks/telegram/hok_"), "{address}");
    }

    #[test]
    fn of_a_foreign_address_only_scheme_and_host_are_named() {
        let named = |text: &str| OURS.foreign(text);
        assert_eq!(named("https://user:pass@bots.example.net:8443/hook/123?key=abc#x").as_deref(), Some("https://bots.example.net:8443"));
        assert_eq!(named("https://hooks.example.org.evil.example/hooks/telegram/x").as_deref(), Some("https://hooks.example.org.evil.example"));
        assert_eq!(named("not an address").as_deref(), Some("an unknown address"));
    }

    #[test]
    fn the_former_secret_is_taken_for_ten_minutes() {
        let entropy = domain::SystemEntropy::new();
        let (old, new) = (Secret::new(&entropy), Secret::new(&entropy));
        let now = Timestamp::from_seconds(100);
        let first = renewed(owner(), None, &old, now);
        assert_eq!((first.previous_hash.as_ref(), first.previous_until), (None, None));
        let second = renewed(owner(), Some(&first), &new, now);
        assert_eq!(second.previous_hash, Some(old.hash()));
        assert_eq!(second.previous_until, Some(Timestamp::from_seconds(700)));
        assert_ne!(second.secret_hash, first.secret_hash);
    }

    #[test]
    fn a_secret_has_only_characters_that_telegram_allows() {
        let secret = Secret::new(&domain::SystemEntropy::new());
        assert_eq!(secret.0.len(), 43);
        assert!(secret.0.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
    }
}
