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
use store::{Found, TenantDb, Transaction};
use telegram::{ALLOWED_UPDATES, BotToken, SendError, Webhook};
use tenancy::Writes;
use url::Url;

use crate::error::BotsError;
use crate::telegram_client::client;

/// How long the former secret is taken after Telegram has confirmed the new one: deliveries under way carry it.
const OVERLAP: Duration = Duration::from_secs(600);
/// How long it is taken while Telegram has not: in effect, until somebody repeats the request.
const UNCONFIRMED: Duration = Duration::from_secs(365 * 24 * 3600);
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

/// The turn from one secret to the next. The new one is written before Telegram hears of it, and the former one is taken
/// until Telegram has confirmed: whichever of the two Telegram uses, no delivery is refused.
pub(crate) struct Turn<'a> {
    row: HookRow,
    before: Option<Found<HookRow>>,
    secret: &'a Secret,
}

impl<'a> Turn<'a> {
    /// Begins a turn at the row as it was read.
    pub(crate) fn new(owner: Owner, before: Option<Found<HookRow>>, secret: &'a Secret, now: Timestamp) -> Self {
        let row = HookRow {
            id: owner.hook,
            tenant: owner.tenant,
            bot: owner.bot,
            secret_hash: secret.hash(),
            previous_hash: before.as_ref().map(|found| found.row.secret_hash.clone()),
            previous_until: before.as_ref().map(|_| now.plus(UNCONFIRMED)),
        };
        Self { row, before, secret }
    }

    /// Adds the row with both secrets.
    pub(crate) fn write(&self, transaction: &mut Transaction<'_>) {
        match &self.before {
            Some(found) => transaction.replace(&self.row, found.rev),
            None => transaction.create(&self.row),
        };
    }

    /// Tells Telegram; updates that wait there are kept. Then ends the turn by what Telegram said.
    ///
    /// # Errors
    /// When our side fails. Telegram's failure is a value.
    pub(crate) async fn tell<R: Writes>(&self, app: &App, db: &TenantDb<R>, token: &BotToken) -> Result<Result<(), SendError>, Problem> {
        let address = Origin::of(app)?.address(self.row.id);
        let webhook = Webhook {
            url: &address,
            secret: &self.secret.0,
            allowed_updates: ALLOWED_UPDATES,
            max_connections: MAX_CONNECTIONS,
        };
        let outcome = Box::pin(client(app)?.set_webhook(token, &webhook)).await;
        if let Some(row) = self.end(&outcome, app.clock.now()) {
            let mut transaction = db.transaction();
            transaction.replace(&row, self.before.as_ref().map_or(1, |found| found.rev + 1));
            match transaction.commit().await {
                // A later turn has begun; the row is its business now.
                Err(error) if error.is_race() => {}
                other => other.or_problem()?,
            }
        }
        Ok(outcome)
    }

    /// The row as the turn leaves it, if that is another than while it went on: confirmed, the former secret is taken a
    /// little longer for deliveries under way; surely not accepted, all is as before; unknown, both stay.
    fn end(&self, outcome: &Result<(), SendError>, now: Timestamp) -> Option<HookRow> {
        let before = self.before.as_ref()?;
        match outcome {
            Ok(()) => Some(HookRow { previous_until: Some(now.plus(OVERLAP)), ..self.row.clone() }),
            Err(error) if surely_refused(error) => Some(before.row.clone()),
            Err(_) => None,
        }
    }
}

fn surely_refused(error: &SendError) -> bool {
    match error {
        SendError::NotSent { .. } => true,
        SendError::Rejected(refusal) => refusal.code < 500,
        SendError::Unknown { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use telegram::{ApiError, NotSent, Uncertain};

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

    const NOW: Timestamp = Timestamp::from_seconds(100);

    fn rejected(code: i64) -> Result<(), SendError> {
        Err(SendError::Rejected(ApiError { code, description: String::new(), retry_after: None, migrate_to_chat_id: None }))
    }

    fn unknown() -> Result<(), SendError> {
        Err(SendError::Unknown { why: Uncertain::TimedOut, source: None })
    }

    #[test]
    fn a_first_webhook_has_one_secret_whatever_telegram_says() {
        let secret = Secret::new(&domain::SystemEntropy::new());
        let turn = Turn::new(owner(), None, &secret, NOW);
        assert_eq!((turn.row.previous_hash.as_ref(), turn.row.previous_until), (None, None));
        for outcome in [Ok(()), rejected(429), unknown()] {
            assert_eq!(turn.end(&outcome, NOW), None);
        }
    }

    #[test]
    fn no_delivery_is_refused_while_a_secret_follows_another() {
        let entropy = domain::SystemEntropy::new();
        let (old, new) = (Secret::new(&entropy), Secret::new(&entropy));
        let before = Turn::new(owner(), None, &old, NOW).row;
        let turn = Turn::new(owner(), Some(Found { row: before.clone(), rev: 1 }), &new, NOW);
        assert_eq!((turn.row.secret_hash.clone(), turn.row.previous_hash.clone()), (new.hash(), Some(old.hash())));
        let confirmed = turn.end(&Ok(()), NOW).expect("ends");
        assert_eq!((confirmed.secret_hash, confirmed.previous_until), (new.hash(), Some(Timestamp::from_seconds(700))));
        for refused in [rejected(429), rejected(401), Err(SendError::NotSent { why: NotSent::Connect, source: None })] {
            assert_eq!(turn.end(&refused, NOW), Some(before.clone()), "as before: Telegram still uses the former secret");
        }
        for open in [unknown(), rejected(500)] {
            assert_eq!(turn.end(&open, NOW), None, "both are taken");
        }
    }

    #[test]
    fn a_secret_has_only_characters_that_telegram_allows() {
        let secret = Secret::new(&domain::SystemEntropy::new());
        assert_eq!(secret.0.len(), 43);
        assert!(secret.0.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
    }
}
