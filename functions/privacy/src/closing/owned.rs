//! The partitions of a workspace that belong to no single fan. A stored type that is reached neither from here nor with a fan
//! fails `every_kind_of_a_workspace_goes_or_says_why_not`.

use store::row::BotRow;
use store::{Table, keys};

/// What would still be sent, worked on or told: it goes before fans do, so that nothing new comes of it.
pub(super) fn before_the_key(bots: &[BotRow]) -> Vec<(Table, String)> {
    let mut found = Vec::new();
    for bot in bots {
        found.push((Table::Work, keys::outbox_of(bot.id)));
        found.push((Table::Work, keys::parked_of(bot.id)));
        found.push((Table::Work, keys::sender(bot.id).pk));
        let chats = bot.alerts.iter().map(|alert| keys::alert(alert.chat, 0).pk);
        found.extend(chats.map(|pk| (Table::Work, pk)));
    }
    found.extend((0..keys::SHARDS).map(|shard| (Table::Work, keys::events_of(shard))));
    found.push((Table::Work, keys::reconciliation().pk));
    found
}

/// What nobody can read any more once the key is gone. The bots go last: they lead to the others.
pub(super) fn after_the_key(bots: &[BotRow]) -> Vec<(Table, String)> {
    let mut found = Vec::new();
    for bot in bots {
        found.push((Table::Tenant, keys::business_of(bot.id)));
        found.push((Table::Tenant, keys::sofi_of(bot.id)));
    }
    for pk in [
        keys::SAVED_REPLIES.to_owned(),
        keys::TAGS.to_owned(),
        keys::CARE.to_owned(),
        keys::agreement("", "").pk,
        keys::INVOICES.to_owned(),
        keys::BILLING.to_owned(),
        keys::workspace().pk,
    ] {
        found.push((Table::Tenant, pk));
    }
    for pk in [
        keys::VENDORS.to_owned(),
        keys::ERASURES.to_owned(),
        keys::retention().pk,
        keys::STRIPE_EVENTS.to_owned(),
    ] {
        found.push((Table::Work, pk));
    }
    found.push((Table::Tenant, keys::BOTS.to_owned()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kinds that go with each fan.
    const WITH_FANS: &[&str] = &[
        "answered",
        "answering",
        "consent",
        "conversation",
        "draft",
        "fact",
        "fan",
        "fan_entry",
        "fan_exports",
        "fan_key",
        "hold",
        "holder",
        "message",
        "note",
        "queued",
        "trace",
        "turn",
        "waiting",
    ];
    /// Kinds that stand in the partitions above.
    const WITH_PARTITIONS: &[&str] = &[
        "agreement",
        "ai_limits",
        "alert",
        "api_token",
        "bot",
        "business_account",
        "business_link",
        "care",
        "checkout",
        "erasure",
        "event",
        "invitation",
        "invoice",
        "outbox",
        "parked",
        "persona",
        "reconciliation",
        "retention",
        "saved_replies",
        "saved_reply",
        "sender",
        "sofi",
        "stripe_event",
        "subscription",
        "tag",
        "vendor",
        "workspace",
    ];
    /// Kinds that go one by one: with members, exports, bots and the subscription, the key, and the work itself.
    const BY_THEMSELVES: &[&str] = &[
        "bot_claim",
        "closing",
        "export",
        "hook",
        "member",
        "stripe_customer",
        "tenant_key",
    ];
    /// Kinds that stay until their own time is over, and name nobody: figures, answers under the key that is gone, the log.
    const STAY: &[&str] = &[
        "ai_month",
        "audit_anchor",
        "audit_chain",
        "audit_chained",
        "audit_entry",
        "audit_unchained",
        "compliance_request",
        "erased",
        "idempotency",
        "notice",
        "privacy_request",
        "spend",
        "tombstone",
        "update",
    ];
    /// Kinds of people and of the platform, which no workspace owns.
    const OF_OTHERS: &[&str] = &[
        "account",
        "mail_trouble",
        "second_factor",
        "tick",
        "usage_word",
    ];

    #[test]
    fn every_kind_of_a_workspace_goes_or_says_why_not() {
        let known = [WITH_FANS, WITH_PARTITIONS, BY_THEMSELVES, STAY, OF_OTHERS].concat();
        for (kind, table, _) in store::row::registry() {
            // What routing holds of a workspace ends with its members, its bots, its fans and its subscription.
            let counts = table != Table::Routing;
            assert!(!counts || known.contains(&kind), "{kind}");
        }
    }

    #[test]
    fn the_bots_go_last_because_they_lead_to_the_others() {
        let places = after_the_key(&[]);
        let last = places.last().expect("there is a place");
        assert_eq!(last, &(Table::Tenant, keys::BOTS.to_owned()));
    }
}
