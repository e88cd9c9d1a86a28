//! Keys of fans, of the lists that they stand in, and of tags.

use domain::Timestamp;
use domain::consent::{ConsentAct, ConsentPurpose};
use domain::ids::{BotId, FanId};
use serde::{Deserialize, Serialize};

use super::{LocalKey, SHARDS, key, moment, shard};

/// A fan's profile.
pub fn fan(fan: FanId) -> LocalKey {
    key(format!("FAN#{}", fan.suffix()), "HEAD")
}

/// Beginning of the words of a fan, or of the team about them, in the order of their moments.
pub const CONSENT: &str = "CONSENT#";

/// One of these words. What comes twice at one moment is the same word.
pub fn consent(fan: FanId, at: Timestamp, purpose: ConsentPurpose, act: ConsentAct) -> LocalKey {
    key(
        format!("FAN#{}", fan.suffix()),
        format!(
            "{CONSENT}{}#{}#{}",
            moment(at),
            purpose.as_str(),
            act.as_str()
        ),
    )
}

/// A list of fans, newest last. A fan has the same sort key in each, so that lists can be laid over each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FanList {
    /// All fans.
    All,
    /// Who has a conversation with this bot or an account that is connected to it.
    Bot(BotId),
    /// A word of whose name begins with what has this mark.
    Named(String),
    /// Who has the tag of this mark.
    Tagged(String),
}

impl FanList {
    /// Its partitions. The lists that many are written into are spread; a word or a tag is one of many already.
    pub fn partitions(&self) -> Vec<String> {
        match self {
            Self::All | Self::Bot(_) => (0..SHARDS).map(|shard| self.partition(shard)).collect(),
            Self::Named(_) | Self::Tagged(_) => vec![self.partition(0)],
        }
    }

    fn partition(&self, shard: u8) -> String {
        match self {
            Self::All => format!("FANS#{shard}"),
            Self::Bot(bot) => format!("FANS#{}#{shard}", bot.suffix()),
            Self::Named(mark) => format!("NAMED#{mark}"),
            Self::Tagged(mark) => format!("TAGGED#{mark}"),
        }
    }
}

/// A fan's place in a list.
pub fn fan_entry(list: &FanList, at: Timestamp, fan: FanId) -> LocalKey {
    key(
        list.partition(shard(fan.to_bytes())),
        format!("{}#{}", moment(at), fan.suffix()),
    )
}

/// Where the fans of a list begin who were listed at a moment, in the shard of a partition.
pub fn fan_position(at: Timestamp) -> String {
    moment(at)
}

/// Partition of the tags in use.
pub const TAGS: &str = "TAGS";

/// One tag in use, by its mark.
pub fn tag(mark: &str) -> LocalKey {
    key(TAGS, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_stands_in_one_of_the_partitions_of_its_list() {
        let bot = BotId::from_bytes([1; 16]);
        for list in [
            FanList::All,
            FanList::Bot(bot),
            FanList::Named("ab".into()),
            FanList::Tagged("ab".into()),
        ] {
            for byte in 0..8 {
                let entry = fan_entry(&list, Timestamp::default(), FanId::from_bytes([byte; 16]));
                assert!(list.partitions().contains(&entry.pk), "{}", entry.pk);
            }
        }
    }
}
