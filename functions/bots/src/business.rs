//! Telegram accounts whose owners let a bot take part in their chats, as the API shows them.

pub(crate) mod change;
pub(crate) mod list;

use app::{AppError, SealsJson, place};
use domain::content::FanProfile;
use serde::Serialize;
use store::Row;
use store::row::BusinessAccountRow;
use utoipa::ToSchema;
use vault::TenantKey;

/// Where an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AccountStateOut {
    /// Its chats are stored, and can be answered where `may_reply`.
    Connected,
    /// The owner ended the connection in Telegram; what was stored stays.
    Disconnected,
    /// The workspace does not want its chats: nothing more of them is stored.
    Declined,
}

/// The owner's word that an AI may read and answer in the account's chats.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuthorisationOut {
    /// When the owner sent `/allow_ai` to the bot, RFC 3339 UTC.
    authorised_at: String,
    /// The version of the wording that was agreed to.
    wording: String,
}

/// A Telegram account whose owner lets the bot take part in its chats.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BusinessAccountOut {
    /// Its id; conversations name it.
    id: String,
    /// The owner's display name; may be empty.
    name: String,
    /// The owner's @name, without the sign.
    username: Option<String>,
    /// Where it stands.
    state: AccountStateOut,
    /// Whether the owner lets the bot write.
    may_reply: bool,
    /// When the newest connection began, RFC 3339 UTC.
    connected_at: String,
    /// Whether the workspace lets Sofi take part in these chats.
    sofi: bool,
    /// The owner's word on AI. Without it Sofi neither reads nor writes in these chats, whatever the bot's mode. Only the
    /// owner gives it, by `/allow_ai` to the bot from this account, and takes it back by `/forbid_ai`.
    ai: Option<AuthorisationOut>,
}

impl BusinessAccountOut {
    fn open(key: &TenantKey, row: &BusinessAccountRow) -> Result<Self, AppError> {
        let sealed_at = row.key();
        let place = place::<BusinessAccountRow>(&sealed_at, "owner");
        let owner: FanProfile = key.open_json(&place, &row.owner)?;
        Ok(Self {
            id: row.id.to_string(),
            name: owner.display_name(),
            username: owner.username,
            state: state(row),
            may_reply: row.may_reply,
            connected_at: row.connected_at.rfc3339(),
            sofi: row.sofi_since.is_some(),
            ai: row.ai_authorised_at.map(|at| AuthorisationOut {
                authorised_at: at.rfc3339(),
                wording: row.ai_wording.clone().unwrap_or_default(),
            }),
        })
    }
}

fn state(row: &BusinessAccountRow) -> AccountStateOut {
    match (row.declined_at, row.enabled) {
        (Some(_), _) => AccountStateOut::Declined,
        (None, true) => AccountStateOut::Connected,
        (None, false) => AccountStateOut::Disconnected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{BotId, BusinessAccountId};
    use domain::{Sealed, Timestamp};

    #[test]
    fn a_declined_account_is_shown_as_such_whatever_telegram_says() {
        let row = BusinessAccountRow {
            id: BusinessAccountId::from_bytes([1; 16]),
            bot: BotId::from_bytes([2; 16]),
            owner: Sealed::default(),
            connection: Sealed::default(),
            connected_at: Timestamp::from_seconds(60),
            enabled: true,
            may_reply: true,
            declined_at: None,
            sofi_since: Some(Timestamp::from_seconds(80)),
            ai_authorised_at: Some(Timestamp::from_seconds(90)),
            ai_wording: Some("v".into()),
        };
        assert_eq!(state(&row), AccountStateOut::Connected);
        assert!(row.lets_ai());
        let strangers = BusinessAccountRow {
            sofi_since: None,
            ..row.clone()
        };
        assert!(
            !strangers.lets_ai(),
            "nobody spends a workspace's budget without its word"
        );
        let ended = BusinessAccountRow {
            enabled: false,
            ..row.clone()
        };
        assert_eq!(state(&ended), AccountStateOut::Disconnected);
        assert!(!ended.lets_ai());
        let declined = BusinessAccountRow {
            declined_at: Some(Timestamp::from_seconds(99)),
            ..row
        };
        assert_eq!(state(&declined), AccountStateOut::Declined);
        assert!(!declined.lets_ai());
    }
}
