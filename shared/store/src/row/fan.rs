//! Fans, the lists that they stand in, and tags.

use domain::ids::{ConversationId, FanId};
use domain::registry::class;
use domain::{Sealed, Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, FanList, LocalKey};

stored! {
    /// A fan's profile.
    pub struct FanRow: "fan" {
        /// Its id.
        id: FanId => class::FAN_FACT,
        /// Names, username, language and premium flag as JSON, sealed under the fan's key.
        profile: Sealed => class::FAN_CONTENT,
        /// The creator's note, sealed under the fan's key.
        note: Option<Sealed> => class::FAN_CONTENT,
        /// The creator's tags.
        tags: Vec<String> => class::FAN_FACT,
        /// The payload of the first `/start`.
        source: Option<String> => class::FAN_FACT,
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
    }
}

impl Row for FanRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::fan(self.id)
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
