//! Fans, the lists that they stand in, and tags.

use domain::consent::{ConsentAct, ConsentPurpose};
use domain::documents::{self, DocumentId};
use domain::ids::{ConversationId, FanId, UserId};
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};

use super::{Row, SealedTags};
use crate::keys::{self, FanList, LocalKey};
use crate::{Require, Table};

stored! {
    /// A fan's profile.
    pub struct FanRow: "fan" {
        /// Its id.
        id: FanId => class::FAN_FACT,
        /// Names, username, language and premium flag as JSON, sealed under the fan's key.
        profile: Sealed => class::FAN_CONTENT,
        /// The creator's note, sealed under the fan's key.
        note: Option<Sealed> => class::FAN_CONTENT,
        /// The creator's tags as a JSON list, sealed under the fan's key; absent for none.
        tags: Option<SealedTags> => class::FAN_CONTENT,
        /// The payload of the first `/start` as JSON, sealed under the fan's key.
        source: Option<Sealed> => class::FAN_CONTENT,
        /// The fan wants no marketing (`/stop`), since.
        stopped_at: Option<Timestamp> => class::FAN_FACT,
        /// When the fan first wrote.
        first_seen: Timestamp => class::FAN_FACT,
        /// When the fan last did anything.
        last_seen: Timestamp => class::FAN_FACT,
        /// When the fan was put into the lists: the place there, which never moves.
        #[serde(default)]
        listed_at: Timestamp => class::FAN_FACT,
        /// The fan's conversations, in the order in which they began.
        #[serde(default)]
        chats: Vec<ConversationId> => class::FAN_FACT,
        /// The fan's data is only kept, by the fan's own word (`/restrict`), since.
        #[serde(default)]
        restricted_at: Option<Timestamp> => class::FAN_FACT,
        /// The same by the team's word, which the fan's does not end, since.
        #[serde(default)]
        team_restricted_at: Option<Timestamp> => class::FAN_FACT,
        /// Who of the team said so.
        #[serde(default)]
        team_restricted_by: Option<UserId> => class::FAN_FACT,
        /// Why, in their words as JSON, sealed under the fan's key.
        #[serde(default)]
        team_restricted_why: Option<Sealed> => class::FAN_CONTENT,
        /// The fan wants no AI (`/noai`), since.
        #[serde(default)]
        no_ai_at: Option<Timestamp> => class::FAN_FACT,
        /// Care mode of one of the fan's chats since: no AI and no offers in any of them. Absent, as in rows of an earlier
        /// release: not, but for what each chat's own head says.
        #[serde(default)]
        care_at: Option<Timestamp> => class::FAN_FACT,
        /// The chats in which it began and no person has ended it.
        #[serde(default)]
        care_in: Vec<ConversationId> => class::FAN_FACT,
    }
}

impl FanRow {
    /// Why nothing but fixed answers may reach a fan, as a stable code.
    pub const RESTRICTED: &'static str = "fan_restricted";
    /// Why no AI may take part, as a stable code.
    pub const NO_AI: &'static str = "fan_refuses_ai";

    /// What a fan's row must be for anything but a fixed answer to be written to the fan.
    pub const OPEN: [Require<'static>; 2] = [
        Require::AbsentOrAtMost("restricted_at", 0),
        Require::AbsentOrAtMost("team_restricted_at", 0),
    ];
    /// The same for what an AI has written.
    pub const OPEN_TO_AI: [Require<'static>; 4] = [
        Require::AbsentOrAtMost("restricted_at", 0),
        Require::AbsentOrAtMost("team_restricted_at", 0),
        Require::AbsentOrAtMost("no_ai_at", 0),
        Require::AbsentOrAtMost("care_at", 0),
    ];
    /// The same for what may sell, whoever has written it.
    pub const OPEN_TO_OFFERS: [Require<'static>; 3] = [
        Require::AbsentOrAtMost("restricted_at", 0),
        Require::AbsentOrAtMost("team_restricted_at", 0),
        Require::AbsentOrAtMost("care_at", 0),
    ];

    /// A fan who has said and been told nothing yet, known since this moment.
    pub const fn new(id: FanId, profile: Sealed, now: Timestamp) -> Self {
        Self {
            id,
            profile,
            note: None,
            tags: None,
            source: None,
            stopped_at: None,
            first_seen: now,
            last_seen: now,
            listed_at: now,
            chats: Vec::new(),
            restricted_at: None,
            team_restricted_at: None,
            team_restricted_by: None,
            team_restricted_why: None,
            no_ai_at: None,
            care_at: None,
            care_in: Vec::new(),
        }
    }

    /// Whether the fan's data is only kept.
    pub const fn is_restricted(&self) -> bool {
        self.restricted_at.is_some() || self.team_restricted_at.is_some()
    }

    /// Why no AI may take part in the fan's chats, if it may not.
    pub const fn ai_refusal(&self) -> Option<&'static str> {
        if self.is_restricted() {
            Some(Self::RESTRICTED)
        } else if self.no_ai_at.is_some() {
            Some(Self::NO_AI)
        } else {
            None
        }
    }

    /// Whether care mode holds in one of the fan's chats, and so in all of them.
    pub const fn is_in_care(&self) -> bool {
        self.care_at.is_some()
    }

    /// The fan when care mode has begun in a chat.
    #[must_use]
    pub fn with_care_in(mut self, chat: ConversationId, since: Timestamp) -> Self {
        self.care_at.get_or_insert(since);
        if !self.care_in.contains(&chat) {
            self.care_in.push(chat);
        }
        self
    }

    /// The fan when a person has ended care mode in a chat: that of another one goes on.
    #[must_use]
    pub fn without_care_in(mut self, chat: ConversationId) -> Self {
        self.care_in.retain(|known| *known != chat);
        if self.care_in.is_empty() {
            self.care_at = None;
        }
        self
    }
}

impl Row for FanRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::fan(self.id)
    }
}

stored! {
    /// One word of a fan, or of the team about one, on what may be done. It stays when the word is taken back: what holds now
    /// stands in the fan's own row.
    pub struct ConsentRow: "consent" {
        /// The fan.
        fan: FanId => class::FAN_FACT,
        /// What it is about.
        purpose: ConsentPurpose => class::FAN_FACT,
        /// What was said.
        act: ConsentAct => class::FAN_FACT,
        /// When it was said.
        at: Timestamp => class::FAN_FACT,
        /// Who of the team said so; none for the fan.
        by: Option<UserId> => class::FAN_FACT,
        /// The command that a fan said it with.
        command: Option<String> => class::FAN_FACT,
        /// The version of the privacy policy that told of it then.
        policy: String => class::FAN_FACT,
        /// SHA-256 of that text, hex.
        policy_sha256: String => class::FAN_FACT,
    }
}

impl ConsentRow {
    /// A word of a fan, said with the command that there is for it.
    pub fn of_fan(fan: FanId, purpose: ConsentPurpose, act: ConsentAct, at: Timestamp) -> Self {
        let policy = documents::current(DocumentId::Privacy);
        Self {
            fan,
            purpose,
            act,
            at,
            by: None,
            command: purpose.command(act).map(str::to_owned),
            policy: policy.version.to_owned(),
            policy_sha256: policy.sha256.to_owned(),
        }
    }

    /// A word of the team about one, which no command has said.
    pub fn of_team(
        fan: FanId,
        purpose: ConsentPurpose,
        act: ConsentAct,
        (at, by): (Timestamp, Option<UserId>),
    ) -> Self {
        Self {
            by,
            command: None,
            ..Self::of_fan(fan, purpose, act, at)
        }
    }
}

impl Row for ConsentRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::consent(self.fan, self.at, self.purpose, self.act)
    }
}

stored! {
    /// That a fan stands in a list. A hint: whoever follows it looks at the fan.
    pub struct FanEntryRow: "fan_entry" {
        /// The list.
        list: FanList => class::FAN_INDEX,
        /// The fan.
        fan: FanId => class::FAN_INDEX,
        /// The fan's place.
        at: Timestamp => class::FAN_INDEX,
    }
}

impl Row for FanEntryRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::fan_entry(&self.list, self.at, self.fan)
    }
}

stored! {
    /// A tag that some fan has.
    pub struct TagRow: "tag" {
        /// Its mark.
        mark: String => class::TECHNICAL,
        /// How it is written as JSON, sealed under the tenant's key.
        name: Sealed => class::ACCOUNT_SEALED,
        /// When it was last given to a fan.
        used_at: Timestamp => class::ACCOUNT,
    }
}

impl Row for TagRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::tag(&self.mark)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use aws_sdk_dynamodb::types::AttributeValue;

    use super::*;

    const SINCE: Option<Timestamp> = Some(Timestamp::from_seconds(1));

    fn fan() -> FanRow {
        let id = FanId::from_bytes([1; 16]);
        FanRow::new(id, Sealed::default(), Timestamp::default())
    }

    #[test]
    fn p28_the_fans_word_and_the_teams_restrict_alike() {
        let (own, teams) = (
            FanRow {
                restricted_at: SINCE,
                ..fan()
            },
            FanRow {
                team_restricted_at: SINCE,
                ..fan()
            },
        );
        assert!(!fan().is_restricted());
        for row in [own, teams] {
            assert!(row.is_restricted(), "{row:?}");
            assert_eq!(row.ai_refusal(), Some(FanRow::RESTRICTED), "{row:?}");
        }
    }

    #[test]
    fn p31_who_wants_no_ai_is_open_to_people_alone() {
        let refuses = FanRow {
            no_ai_at: SINCE,
            ..fan()
        };
        assert_eq!(fan().ai_refusal(), None);
        assert!(!refuses.is_restricted());
        assert_eq!(refuses.ai_refusal(), Some(FanRow::NO_AI));
    }

    #[test]
    fn a01_care_that_began_in_a_chat_holds_in_all_until_a_person_has_ended_it_where_it_began() {
        let [first, second] = [1, 2].map(|byte| ConversationId::from_bytes([byte; 16]));
        let at = Timestamp::from_seconds;
        assert!(!fan().is_in_care());
        let once = fan().with_care_in(first, at(5));
        assert_eq!(once.clone().with_care_in(first, at(9)), once, "said again");
        let twice = once.with_care_in(second, at(9));
        assert_eq!(twice.care_at, Some(at(5)));
        let other = twice.without_care_in(first);
        assert_eq!((other.care_at, other.is_in_care()), (Some(at(5)), true));
        assert_eq!(other.without_care_in(second), fan());
    }

    #[test]
    fn a_fan_of_an_earlier_release_is_not_in_care() {
        let mut item: HashMap<String, AttributeValue> =
            serde_dynamo::to_item(fan()).expect("an item");
        assert!(item.remove("care_at").is_some() && item.remove("care_in").is_some());
        let row: FanRow = serde_dynamo::from_item(item).expect("a row");
        assert_eq!(row, fan());
    }
}
