//! The partitions in which sealed values stand that nobody may write again. A stored type with a sealed value that is neither
//! reached from here nor says why not fails `every_sealed_value_is_sealed_anew_or_says_why_not`.

use domain::ids::{ConversationId, FanId};
use store::Table;
use store::keys::{self, FanList};
use store::row::BotRow;

/// A stretch of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) table: Table,
    pub(super) pk: String,
    /// Whether its rows name fans, with everything that is held of each.
    pub(super) lists_fans: bool,
}

/// The way through a workspace or an account. Of an account all but one partition is empty, and the other way round.
pub(super) fn steps(bots: &[BotRow]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut add = |table, pk: String, lists_fans| {
        steps.push(Step {
            table,
            pk,
            lists_fans,
        });
    };
    for pk in [
        keys::account().pk,
        keys::workspace().pk,
        keys::SAVED_REPLIES.to_owned(),
        keys::TAGS.to_owned(),
        keys::COMPLIANCE.to_owned(),
    ] {
        add(Table::Tenant, pk, false);
    }
    for pk in FanList::All.partitions() {
        add(Table::Tenant, pk, true);
    }
    for bot in bots {
        add(Table::Tenant, keys::business_of(bot.id), false);
        add(Table::Tenant, keys::sofi_of(bot.id), false);
        add(Table::Work, keys::outbox_of(bot.id), false);
        add(Table::Work, keys::parked_of(bot.id), false);
    }
    steps
}

/// The partitions of a fan.
pub(super) fn places(fan: FanId, chats: &[ConversationId]) -> Vec<String> {
    let mut places = vec![keys::fan(fan).pk];
    places.extend(chats.iter().map(|chat| keys::conversation(*chat).pk));
    places
}

#[cfg(test)]
mod tests {
    use store::row;

    use super::*;

    /// Kinds that stand in the partitions above.
    const WALKED: &[&str] = &[
        "account",
        "business_account",
        "compliance_request",
        "conversation",
        "draft",
        "fact",
        "fan",
        "fan_key",
        "invitation",
        "member",
        "message",
        "note",
        "outbox",
        "parked",
        "persona",
        "saved_reply",
        "second_factor",
        "tag",
    ];
    /// KMS seals these, under keys that it renews itself; of a hook they are hashes.
    const BY_KMS: &[&str] = &[
        "bot",
        "hook",
        "notice",
        "platform_secret",
        "registration",
        "tenant_key",
    ];
    /// Gone within days by themselves.
    const SHORT_LIVED: &[&str] = &["email_change", "waiting"];
    /// The chain counts the sealed bytes: another form of them would be another entry.
    const IN_THE_CHAIN: &[&str] = &["audit_entry"];

    #[test]
    fn every_sealed_value_is_sealed_anew_or_says_why_not() {
        let known = [WALKED, BY_KMS, SHORT_LIVED, IN_THE_CHAIN].concat();
        for (kind, _, fields) in row::registry() {
            let seals = fields.iter().any(|field| field.form.contains("Sealed"));
            assert_eq!(seals, known.contains(&kind), "{kind}");
        }
    }

    #[test]
    fn no_partition_comes_twice_because_a_place_is_named_by_it() {
        let steps = steps(&[]);
        let mut names: Vec<_> = steps.iter().map(|step| &step.pk).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), steps.len());
    }

    #[test]
    fn a_fans_chats_are_gone_through_behind_the_profile() {
        let (fan, chat) = (
            FanId::from_bytes([1; 16]),
            ConversationId::from_bytes([2; 16]),
        );
        let expected = [keys::fan(fan).pk, keys::conversation(chat).pk];
        assert_eq!(places(fan, &[chat]), expected);
    }
}
