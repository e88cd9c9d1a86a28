//! The turn from one webhook secret to the next.

use std::time::Duration;

use app::{App, OrProblem};
use domain::{Sealed, Timestamp};
use http_kit::Problem;
use store::row::HookRow;
use store::{Found, StoreError, TenantDb, Transaction, keys};
use telegram::{ALLOWED_UPDATES, BotToken, SendError, Webhook};
use tenancy::Writes;

use super::{Origin, Owner, Secret};
use crate::bot::ATTEMPTS;
use crate::telegram_client::client;

/// How long the former secret is taken after Telegram has confirmed the new one: deliveries under way carry it.
const OVERLAP: Duration = Duration::from_secs(600);
/// How long it is taken while Telegram has not: in effect, until somebody repeats the request.
const UNCONFIRMED: Duration = Duration::from_secs(365 * 24 * 3600);
/// Deliveries that Telegram makes at a time for one bot.
const MAX_CONNECTIONS: u32 = 10;

/// The turn from one secret to the next. The new one is written before Telegram hears of it, and the last one that
/// Telegram confirmed is taken until it confirms another: whichever of the two Telegram uses, no delivery is refused.
pub(crate) struct Turn<'a> {
    row: HookRow,
    before: Option<Found<HookRow>>,
    secret: &'a Secret,
}

impl<'a> Turn<'a> {
    /// Begins a turn at the row as it was read. Where a former turn never ended, its secret may never have reached
    /// Telegram, so the one before it stays.
    pub(crate) fn new(
        owner: Owner,
        before: Option<Found<HookRow>>,
        secret: &'a Secret,
        now: Timestamp,
    ) -> Self {
        let kept = before.as_ref().and_then(|found| {
            if is_open(&found.row, now) {
                found.row.previous_hash.clone()
            } else {
                Some(found.row.secret_hash.clone())
            }
        });
        let row = HookRow {
            id: owner.hook,
            tenant: owner.tenant,
            bot: owner.bot,
            secret_hash: secret.hash(),
            previous_until: kept.as_ref().map(|_| now.plus(UNCONFIRMED)),
            previous_hash: kept,
        };
        Self {
            row,
            before,
            secret,
        }
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
    pub(crate) async fn tell<R: Writes>(
        &self,
        app: &App,
        db: &TenantDb<R>,
        token: &BotToken,
    ) -> Result<Result<(), SendError>, Problem> {
        let address = Origin::of(app)?.address(self.row.id);
        let webhook = Webhook {
            url: &address,
            secret: &self.secret.0,
            allowed_updates: ALLOWED_UPDATES,
            max_connections: MAX_CONNECTIONS,
        };
        let outcome = Box::pin(client(app)?.set_webhook(token, &webhook)).await;
        let now = app.clock.now();
        if let Some(row) = self.end(&outcome, now) {
            let rev = self.before.as_ref().map_or(1, |found| found.rev + 1);
            if !Box::pin(replace(db, &row, rev)).await.or_problem()? && outcome.is_ok() {
                Box::pin(self.join(db, now)).await.or_problem()?;
            }
        }
        Ok(outcome)
    }

    /// The row as the turn leaves it, if that is another than while it went on: confirmed, the former secret is taken a
    /// little longer for deliveries under way; surely not accepted, what a former turn left open is as before.
    fn end(&self, outcome: &Result<(), SendError>, now: Timestamp) -> Option<HookRow> {
        let before = self.before.as_ref()?;
        match outcome {
            Ok(()) => Some(HookRow {
                previous_until: Some(now.plus(OVERLAP)),
                ..self.row.clone()
            }),
            Err(error) if surely_refused(error) && is_open(&before.row, now) => {
                Some(before.row.clone())
            }
            Err(_) => None,
        }
    }

    /// A later turn has begun meanwhile: Telegram may end up with either secret, so both are taken.
    async fn join<R: Writes>(&self, db: &TenantDb<R>, now: Timestamp) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let Some(found) = db.find::<HookRow>(&keys::hook(self.row.id)).await? else {
                return Ok(());
            };
            let Some(row) = joined(&found.row, &self.row.secret_hash, now) else {
                return Ok(());
            };
            if replace(db, &row, found.rev).await? {
                return Ok(());
            }
        }
        Err(StoreError::Contention)
    }
}

/// Whether it was done; not when another writer was faster.
async fn replace<R: Writes>(db: &TenantDb<R>, row: &HookRow, rev: u64) -> Result<bool, StoreError> {
    let mut transaction = db.transaction();
    transaction.replace(row, rev);
    match transaction.commit().await {
        Ok(()) => Ok(true),
        Err(error) if error.is_race() => Ok(false),
        Err(error) => Err(error),
    }
}

/// The row of a later turn with the secret that Telegram has just confirmed.
fn joined(row: &HookRow, confirmed: &Sealed, now: Timestamp) -> Option<HookRow> {
    let differs = row.secret_hash != *confirmed;
    differs.then(|| HookRow {
        previous_hash: Some(confirmed.clone()),
        previous_until: Some(now.plus(UNCONFIRMED)),
        ..row.clone()
    })
}

/// Whether Telegram has not confirmed the secret in force.
fn is_open(row: &HookRow, now: Timestamp) -> bool {
    row.previous_until
        .is_some_and(|until| until > now.plus(OVERLAP))
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
    use domain::ids::{BotId, HookId, TenantId};
    use telegram::{ApiError, NotSent, Uncertain};

    fn owner() -> Owner {
        Owner {
            tenant: TenantId::from_bytes([1; 16]),
            bot: BotId::from_bytes([2; 16]),
            hook: HookId::from_bytes([3; 16]),
        }
    }

    const NOW: Timestamp = Timestamp::from_seconds(100);

    fn rejected(code: i64) -> Result<(), SendError> {
        Err(SendError::Rejected(ApiError {
            code,
            description: String::new(),
            retry_after: None,
            migrate_to_chat_id: None,
        }))
    }

    fn unknown() -> Result<(), SendError> {
        Err(SendError::Unknown {
            why: Uncertain::TimedOut,
            source: None,
        })
    }

    #[test]
    fn a_first_webhook_has_one_secret_whatever_telegram_says() {
        let secret = Secret::new(&domain::SystemEntropy::new());
        let turn = Turn::new(owner(), None, &secret, NOW);
        assert_eq!(
            (turn.row.previous_hash.as_ref(), turn.row.previous_until),
            (None, None)
        );
        for outcome in [Ok(()), rejected(429), unknown()] {
            assert_eq!(turn.end(&outcome, NOW), None);
        }
    }

    fn begin<'a>(before: &HookRow, secret: &'a Secret) -> Turn<'a> {
        Turn::new(
            owner(),
            Some(Found {
                row: before.clone(),
                rev: 1,
            }),
            secret,
            NOW,
        )
    }

    fn secrets() -> [Secret; 3] {
        let entropy = domain::SystemEntropy::new();
        [
            Secret::new(&entropy),
            Secret::new(&entropy),
            Secret::new(&entropy),
        ]
    }

    fn takes(row: &HookRow, secret: &Secret) -> bool {
        row.secret_hash == secret.hash() || row.previous_hash == Some(secret.hash())
    }

    #[test]
    fn a_confirmed_secret_is_followed_after_ten_minutes_and_an_unconfirmed_one_never() {
        let [old, new, _] = secrets();
        let before = Turn::new(owner(), None, &old, NOW).row;
        let turn = begin(&before, &new);
        assert!(takes(&turn.row, &old) && takes(&turn.row, &new) && is_open(&turn.row, NOW));
        let confirmed = turn.end(&Ok(()), NOW).expect("ends");
        assert_eq!(
            (confirmed.secret_hash.clone(), confirmed.previous_until),
            (new.hash(), Some(Timestamp::from_seconds(700)))
        );
        assert!(!is_open(&confirmed, NOW));
        let not_sent = || {
            Err(SendError::NotSent {
                why: NotSent::Connect,
                source: None,
            })
        };
        for outcome in [
            rejected(429),
            rejected(401),
            rejected(500),
            not_sent(),
            unknown(),
        ] {
            assert_eq!(turn.end(&outcome, NOW), None, "both are taken");
        }
    }

    #[test]
    fn the_last_confirmed_secret_survives_turns_that_never_end() {
        let [confirmed, lost, next] = secrets();
        let open = begin(&Turn::new(owner(), None, &confirmed, NOW).row, &lost).row;
        let turn = begin(&open, &next);
        assert!(takes(&turn.row, &confirmed) && takes(&turn.row, &next));
        assert_eq!(
            turn.end(&rejected(429), NOW),
            Some(open),
            "the lost answer may have been a yes"
        );
    }

    #[test]
    fn of_two_turns_at_once_both_secrets_are_taken() {
        let [first, mine, theirs] = secrets();
        let base = Turn::new(owner(), None, &first, NOW).row;
        let (mine_row, their_row) = (
            begin(&base, &mine).row,
            begin(&begin(&base, &mine).row, &theirs).row,
        );
        let row = joined(&their_row, &mine_row.secret_hash, NOW).expect("changes");
        assert!(takes(&row, &mine) && takes(&row, &theirs) && is_open(&row, NOW));
        assert_eq!(joined(&mine_row, &mine_row.secret_hash, NOW), None);
    }
}
