//! A fan as the API shows it.

use app::{AppError, SealsJson, place};
use domain::consent::{ConsentAct, ConsentPurpose};
use domain::content::FanProfile;
use domain::message::Reachability;
use serde::Serialize;
use store::Row;
use store::row::{BotRow, ConsentRow, ConversationRow, FanRow};
use utoipa::ToSchema;
use vault::FanKey;

use crate::load::Loaded;

/// A chat of the fan with one bot.
#[derive(Serialize, ToSchema)]
pub(crate) struct FanConversation {
    /// Its id.
    id: String,
    /// The bot.
    bot_id: String,
    /// The bot's @name, without the sign.
    bot_username: String,
    /// Whether the bot may write.
    reachability: Reachability,
    /// When anything last happened, RFC 3339 UTC.
    last_activity: String,
}

impl FanConversation {
    fn new((head, bot): &(ConversationRow, BotRow)) -> Self {
        Self {
            id: head.id.to_string(),
            bot_id: bot.id.to_string(),
            bot_username: bot.username.clone(),
            reachability: head.reachability,
            last_activity: head.last_activity.rfc3339(),
        }
    }
}

/// That the team has a fan's data only kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct Restriction {
    /// Since when, RFC 3339 UTC.
    since: String,
    /// Who of the team said so.
    by: Option<String>,
    /// Why.
    reason: String,
}

impl Restriction {
    /// Opens it.
    pub(crate) fn of(row: &FanRow, key: &FanKey) -> Result<Option<Self>, AppError> {
        let Some(since) = row.team_restricted_at else {
            return Ok(None);
        };
        let at = row.key();
        let place = place::<FanRow>(&at, "team_restricted_why");
        let why = row.team_restricted_why.as_ref();
        let why = why.map(|sealed| key.open_json::<String>(&place, sealed));
        let why = why.transpose()?;
        Ok(Some(Self {
            since: since.rfc3339(),
            by: row.team_restricted_by.map(|user| user.to_string()),
            reason: why.unwrap_or_default(),
        }))
    }

    /// Why.
    pub(crate) fn into_reason(self) -> String {
        self.reason
    }
}

/// One word on what may be done. It stays when it is taken back.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentOut {
    /// What it is about.
    purpose: ConsentPurpose,
    /// What was said.
    act: ConsentAct,
    /// When, RFC 3339 UTC.
    at: String,
    /// Who of the team said so; null for the fan.
    by: Option<String>,
    /// The command that the fan said it with.
    command: Option<String>,
    /// The version of the privacy policy that told of it then.
    policy: String,
    /// SHA-256 of that text, hex.
    policy_sha256: String,
}

impl ConsentOut {
    fn new(row: &ConsentRow) -> Self {
        Self {
            purpose: row.purpose,
            act: row.act,
            at: row.at.rfc3339(),
            by: row.by.map(|user| user.to_string()),
            command: row.command.clone(),
            policy: row.policy.clone(),
            policy_sha256: row.policy_sha256.clone(),
        }
    }
}

/// One fan.
#[derive(Serialize, ToSchema)]
pub(crate) struct FanOut {
    /// Its id.
    id: String,
    /// What to call the fan: names, else the @name; may be empty.
    name: String,
    /// Names, @name and language as Telegram gives them.
    profile: FanProfile,
    /// The creator's tags.
    tags: Vec<String>,
    /// The creator's note.
    note: Option<String>,
    /// The payload of the first `/start`: where the fan came from.
    source: Option<String>,
    /// When the fan first wrote, RFC 3339 UTC.
    first_seen: String,
    /// When the fan last did anything, RFC 3339 UTC.
    last_seen: String,
    /// Since when the fan wants no marketing (`/stop`), RFC 3339 UTC.
    stopped_at: Option<String>,
    /// Since when the fan's data is only kept by the fan's own word (`/restrict`), RFC 3339 UTC: nothing is written to them, and
    /// no AI reads them. Only the fan ends it.
    restricted_at: Option<String>,
    /// The same by the team's word, which only the team ends.
    restriction: Option<Restriction>,
    /// Since when the fan wants no AI (`/noai`), RFC 3339 UTC. Only the fan allows one again.
    no_ai_at: Option<String>,
    /// Since when one of the fan's chats is in care mode, RFC 3339 UTC: no AI and no offers in any of them. It ends with that of
    /// the last chat.
    care_at: Option<String>,
    /// What the fan, or the team about them, has objected to and allowed again: the newest fifty words, newest first.
    consents: Vec<ConsentOut>,
    /// The fan's chats, most recent first.
    conversations: Vec<FanConversation>,
    /// Names this state of tags and note; send it back with a change to notice that somebody else was faster.
    rev: String,
}

impl FanOut {
    /// Opens what was read.
    pub(crate) fn open(loaded: &Loaded) -> Result<Self, AppError> {
        let row = &loaded.fan.row;
        let key = row.key();
        let profile: FanProfile = loaded
            .key
            .open_json(&place::<FanRow>(&key, "profile"), &row.profile)?;
        let note = match &row.note {
            Some(sealed) => Some(
                loaded
                    .key
                    .open_json(&place::<FanRow>(&key, "note"), sealed)?,
            ),
            None => None,
        };
        let source = row.source.as_ref();
        let source = source.map(|sealed| {
            let place = place::<FanRow>(&key, "source");
            loaded.key.open_json(&place, sealed)
        });
        Ok(Self {
            id: row.id.to_string(),
            name: profile.display_name(),
            profile,
            tags: loaded.tags.clone(),
            note,
            source: source.transpose()?,
            first_seen: row.first_seen.rfc3339(),
            last_seen: row.last_seen.rfc3339(),
            stopped_at: row.stopped_at.map(|at| at.rfc3339()),
            restricted_at: row.restricted_at.map(|at| at.rfc3339()),
            restriction: Restriction::of(row, &loaded.key)?,
            no_ai_at: row.no_ai_at.map(|at| at.rfc3339()),
            care_at: row.care_at.map(|at| at.rfc3339()),
            consents: loaded.consents.iter().rev().map(ConsentOut::new).collect(),
            conversations: loaded
                .conversations
                .iter()
                .map(FanConversation::new)
                .collect(),
            rev: rev(row, &loaded.tags),
        })
    }
}

/// Over tags and the note's ciphertext only: the fan's own doings change the row all the time and must not stand in
/// the way of a person who edits.
pub(crate) fn rev(row: &FanRow, tags: &[String]) -> String {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    let mut part = |bytes: &[u8]| {
        context.update(&(bytes.len() as u64).to_be_bytes());
        context.update(bytes);
    };
    part(row.note.as_ref().map_or(&[], |note| note.as_bytes()));
    for tag in tags {
        part(tag.as_bytes());
    }
    context
        .finish()
        .as_ref()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::FanId;
    use domain::{Sealed, Timestamp};

    fn row() -> FanRow {
        let id = FanId::from_bytes([1; 16]);
        FanRow::new(id, Sealed::default(), Timestamp::default())
    }

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn what_the_fan_does_and_tags_that_are_sealed_anew_leave_the_revision_alone() {
        let later = FanRow {
            last_seen: Timestamp::from_seconds(9),
            profile: Sealed::from_bytes(vec![1]),
            tags: Some(Sealed::from_bytes(vec![1]).into()),
            ..row()
        };
        let both = tags(&["a", "b"]);
        assert_eq!(rev(&row(), &both), rev(&later, &both));
    }

    #[test]
    fn every_edit_changes_the_revision() {
        let both = tags(&["a", "b"]);
        let noted = FanRow {
            note: Some(Sealed::from_bytes(vec![1])),
            ..row()
        };
        assert_ne!(rev(&row(), &both), rev(&row(), &tags(&["ab"])));
        assert_ne!(rev(&row(), &both), rev(&noted, &both));
    }
}
