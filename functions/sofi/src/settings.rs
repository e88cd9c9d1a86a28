//! What Sofi does for one bot, as the API shows and takes it.

pub(crate) mod change;
mod names;
pub(crate) mod show;

use domain::sofi::ReplyMode;
use serde::Serialize;
use store::row::SofiRow;
use utoipa::ToSchema;

use crate::desk::ANSWER_WITHIN_HOURS;

/// What Sofi does for one bot.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SofiSettings {
    /// In chats that have no mode of their own.
    mode: ReplyMode,
    /// Hosts that a reply may link to, with all below them.
    allowed_hosts: Vec<String>,
    /// @names that a reply may mention, without the sign.
    allowed_handles: Vec<String>,
    /// Within how many hours a person answers a fan who asked for one.
    answer_within_hours: u32,
    /// Whether facts about health, faith, politics and the like may be used.
    sensitive_facts: bool,
    /// The version of the persona in use; null without one.
    persona_version: Option<u32>,
    /// When anything of this was changed, RFC 3339 UTC; null while all of it is as it came.
    changed_at: Option<String>,
}

impl SofiSettings {
    /// Of what was stored, or the defaults.
    pub(crate) fn of(row: Option<&SofiRow>) -> Self {
        row.map_or_else(
            || Self {
                mode: ReplyMode::Off,
                allowed_hosts: Vec::new(),
                allowed_handles: Vec::new(),
                answer_within_hours: ANSWER_WITHIN_HOURS,
                sensitive_facts: false,
                persona_version: None,
                changed_at: None,
            },
            |row| Self {
                mode: row.mode,
                allowed_hosts: row.allowed_hosts.clone(),
                allowed_handles: row.allowed_handles.clone(),
                answer_within_hours: row.answer_within_hours,
                sensitive_facts: row.sensitive_facts,
                persona_version: row.persona,
                changed_at: Some(row.changed_at.rfc3339()),
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::{BotId, UserId};

    #[test]
    fn what_nobody_set_is_what_a_first_change_begins_with() {
        let fresh = crate::desk::fresh(
            BotId::from_bytes([1; 16]),
            UserId::from_bytes([2; 16]),
            Timestamp::default(),
        );
        let shown = SofiSettings {
            changed_at: None,
            ..SofiSettings::of(Some(&fresh))
        };
        assert_eq!(shown, SofiSettings::of(None));
        assert_eq!(shown.mode, ReplyMode::Off);
    }
}
