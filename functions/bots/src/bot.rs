//! A bot as the API shows it, and how it is found.

use app::{App, AuditEntry, OrProblem};
use domain::audit::Action;
use domain::ids::{BotId, UserId};
use http_kit::Problem;
use secrecy::ExposeSecret as _;
use serde::Serialize;
use store::row::{BotRow, BotState};
use store::{Direction, Found, Page, StoreError, TenantDb, keys};
use telegram::BotToken;
use tenancy::{Reads, RoleType, TenantScope};
use utoipa::ToSchema;
use vault::TenantKey;

use crate::error::BotsError;

/// A workspace has a handful of bots; all of them are one page.
const ALL: usize = 1_000;
/// Another writer may be faster; so often it is read and decided again.
pub(crate) const ATTEMPTS: u32 = 6;

/// Where a bot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BotStateOut {
    /// Working, as far as we know; the health check knows more.
    Connected,
    /// Telegram no longer takes the token: replace it.
    TokenDead,
    /// Disconnected; its history stays.
    Disconnected,
    /// Silent, because the workspace is being closed.
    Stopped,
}

impl From<BotState> for BotStateOut {
    fn from(state: BotState) -> Self {
        match state {
            BotState::Connected => Self::Connected,
            BotState::TokenDead => Self::TokenDead,
            BotState::Disconnected => Self::Disconnected,
            BotState::Stopped => Self::Stopped,
        }
    }
}

/// A bot. Its token is never shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BotOut {
    /// Its id.
    id: String,
    /// Telegram's id of it.
    telegram_id: String,
    /// Its @name, without the sign.
    username: String,
    /// Its display name.
    name: String,
    /// The last four characters of its token, to tell tokens apart.
    token_last4: String,
    /// Where it stands.
    state: BotStateOut,
    /// When it was connected, RFC 3339 UTC.
    connected_at: String,
}

impl From<&BotRow> for BotOut {
    fn from(row: &BotRow) -> Self {
        Self {
            id: row.id.to_string(),
            telegram_id: row.telegram_id.to_string(),
            username: row.username.clone(),
            name: row.name.clone(),
            token_last4: row.token_last4.clone(),
            state: row.state.into(),
            connected_at: row.connected_at.rfc3339(),
        }
    }
}

/// One bot of the workspace.
///
/// # Errors
/// 404 when it is not there or another workspace's.
pub(crate) async fn find<R: Reads>(db: &TenantDb<R>, bot: BotId) -> Result<Found<BotRow>, Problem> {
    Box::pin(db.find::<BotRow>(&keys::bot(bot)))
        .await
        .or_problem()?
        .ok_or(Problem::NotFound)
}

/// Every bot of the workspace, disconnected ones too.
pub(crate) async fn all<R: Reads>(db: &TenantDb<R>) -> Result<Vec<Found<BotRow>>, StoreError> {
    let (first, last) = (
        keys::bot(BotId::from_bytes([0; 16])),
        keys::bot(BotId::from_bytes([255; 16])),
    );
    let page = Page {
        pk: &first.pk,
        from: &first.sk,
        to: &last.sk,
        direction: Direction::Forward,
        limit: ALL,
    };
    Box::pin(db.list(&page)).await
}

/// The opened token.
///
/// # Errors
/// 409 for a disconnected bot: there is no token any more.
pub(crate) async fn open_token<R: RoleType>(
    app: &App,
    scope: &TenantScope<R>,
    row: &BotRow,
) -> Result<BotToken, Problem> {
    let sealed = row.token.as_ref().ok_or_else(disconnected)?;
    let opened = Box::pin(app.vault.within(scope).or_problem()?.open_token(sealed))
        .await
        .or_problem()?;
    BotToken::parse(opened.expose_secret())
        .map_err(BotsError::from)
        .or_problem()
}

/// 409: the bot was disconnected.
pub(crate) fn disconnected() -> Problem {
    Problem::conflict(
        "bot_disconnected",
        "This bot is disconnected. Connect it again with its token; its history is still there.",
    )
}

/// 409: others kept changing the same bot.
pub(crate) fn changed_meanwhile() -> Problem {
    Problem::conflict(
        "changed_meanwhile",
        "This bot is being changed by somebody else. Load it again and repeat.",
    )
}

/// The person who acts.
pub(crate) fn actor<R: RoleType>(scope: &TenantScope<R>) -> Result<UserId, Problem> {
    scope.actor().ok_or(BotsError::NoActor).or_problem()
}

/// An act upon a bot, with the bot as it was shown before and is shown now.
///
/// # Errors
/// When the values cannot be sealed.
pub(crate) fn audited<'a, R: RoleType>(
    app: &'a App,
    scope: &TenantScope<R>,
    key: &TenantKey,
    action: Action,
    (old, new): (Option<&BotRow>, &BotRow),
) -> Result<AuditEntry<'a, TenantKey>, Problem> {
    let (before, after) = (old.map(BotOut::from), BotOut::from(new));
    app.audit(scope, action, new.id)
        .values(key, before.as_ref(), Some(&after))
        .or_problem()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::ids::HookId;
    use domain::{Sealed, Timestamp};

    pub(crate) fn row(byte: u8, state: BotState) -> BotRow {
        BotRow {
            id: BotId::from_bytes([byte; 16]),
            telegram_id: 1_234_567_890,
            username: "example_bot".into(),
            name: "Example".into(),
            token: (state != BotState::Disconnected).then(|| Sealed::from_bytes(vec![1, 2, 3])),
            token_last4: "xamp".into(),
            hook: HookId::from_bytes([byte + 100; 16]),
            state,
            connected_by: UserId::from_bytes([9; 16]),
            connected_at: Timestamp::from_seconds(50),
            disconnected_at: None,
            alerts: Vec::new(),
        }
    }

    #[test]
    fn a_shown_bot_has_neither_token_nor_hook() {
        let row = row(1, BotState::Connected);
        let shown = serde_json::to_value(BotOut::from(&row)).expect("JSON");
        let names: Vec<_> = shown
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        assert_eq!(names.len(), 7);
        assert!(!shown.to_string().contains(&row.hook.suffix()));
    }
}
