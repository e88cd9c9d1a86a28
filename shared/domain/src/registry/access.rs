//! Who may see and who may set what a row holds. The rights are those that routes ask for, so a role's part of this table follows
//! from [`Right::minimum`].
//!
//! A member with a right meets the rows of their own workspace, and of the bots that they see. What only our functions read or
//! write has nobody. Staff who look at a workspace see how many rows there are and in which state, and no field of this table.

use super::{Erase, Export, Field};
use crate::role::{Right, Role};

/// Somebody who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A member of the workspace whose role has the right.
    Member(Right),
    /// The person whose account it is.
    Person,
    /// Those of our staff who see to requests about personal data.
    Staff,
}

/// What holds for a kind of row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The row's `kind`.
    pub kind: &'static str,
    /// Who sees what it says, but for what is secret.
    pub reads: &'static [Who],
    /// Whose calls may set what it says, add or remove it.
    pub writes: &'static [Who],
}

const fn rule(kind: &'static str, reads: &'static [Who], writes: &'static [Who]) -> Rule {
    Rule {
        kind,
        reads,
        writes,
    }
}

const NOBODY: &[Who] = &[];
const PERSON: &[Who] = &[Who::Person];
const STAFF: &[Who] = &[Who::Staff];
const TEAM: &[Who] = &[Who::Member(Right::ReadConversations)];
const ANSWERS: &[Who] = &[Who::Member(Right::AnswerFans)];
/// Whoever answers, and whoever brings in the history of fans.
const CHATS: &[Who] = &[
    Who::Member(Right::AnswerFans),
    Who::Member(Right::HandlePrivacy),
];
const NOTES: &[Who] = &[Who::Member(Right::KeepNotes)];
const SETTINGS: &[Who] = &[Who::Member(Right::ReadSettings)];
const BOTS: &[Who] = &[Who::Member(Right::ManageBots)];
/// The chats in which members hear of a bot stand in its row, and each member opens their own.
const BOT: &[Who] = &[
    Who::Member(Right::ManageBots),
    Who::Member(Right::HearAlerts),
];
const SOFI: &[Who] = &[Who::Member(Right::ManageSofi)];
const TOKENS: &[Who] = &[Who::Member(Right::ManageTokens)];
const INVITES: &[Who] = &[Who::Member(Right::InviteMembers)];
const PRIVACY: &[Who] = &[Who::Member(Right::HandlePrivacy)];
const REQUESTS: &[Who] = &[Who::Member(Right::HandlePrivacy), Who::Staff];
const FANS: &[Who] = &[
    Who::Member(Right::KeepNotes),
    Who::Member(Right::HandlePrivacy),
];
/// Whoever keeps notes, whoever sees to requests, and whoever ends care mode.
const FAN: &[Who] = &[
    Who::Member(Right::KeepNotes),
    Who::Member(Right::HandlePrivacy),
    Who::Member(Right::AnswerFans),
];
const BILLS: &[Who] = &[Who::Member(Right::ReadBilling)];
const BUYS: &[Who] = &[Who::Member(Right::ManageBilling)];
const CONTRACTS: &[Who] = &[Who::Person, Who::Member(Right::AcceptContracts)];
const CLOSES: &[Who] = &[Who::Person, Who::Member(Right::CloseWorkspace)];
const LOG: &[Who] = &[Who::Person, Who::Member(Right::ReadAudit)];
const MEMBERS: &[Who] = &[Who::Member(Right::ReadTeam)];
/// A person joins by an invitation, leaves, and sets their own quiet hours.
const MEMBERSHIP: &[Who] = &[Who::Person, Who::Member(Right::ManageMembers)];

/// Every kind of row, by name.
pub const RULES: &[Rule] = &[
    rule("account", PERSON, PERSON),
    rule("agreement", CONTRACTS, CONTRACTS),
    rule("ai_limits", SETTINGS, SOFI),
    rule("ai_month", BILLS, NOBODY),
    rule("alert", NOBODY, NOBODY),
    rule("answered", NOBODY, NOBODY),
    rule("answering", NOBODY, NOBODY),
    rule("api_token", TOKENS, TOKENS),
    rule("api_token_use", TOKENS, NOBODY),
    rule("audit_anchor", NOBODY, NOBODY),
    rule("audit_chain", LOG, NOBODY),
    rule("audit_chained", LOG, NOBODY),
    rule("audit_entry", LOG, NOBODY),
    rule("audit_unchained", NOBODY, NOBODY),
    rule("bot", SETTINGS, BOT),
    rule("bot_claim", NOBODY, BOTS),
    rule("business_account", SETTINGS, BOTS),
    rule("business_link", NOBODY, NOBODY),
    rule("care", SOFI, NOBODY),
    rule("challenge", NOBODY, NOBODY),
    rule("checkout", BUYS, BUYS),
    rule("closed", PERSON, NOBODY),
    rule("closing", CLOSES, CLOSES),
    rule("compliance_request", STAFF, STAFF),
    rule("consent", TEAM, PRIVACY),
    rule("conversation", TEAM, CHATS),
    rule("device", NOBODY, NOBODY),
    rule("draft", TEAM, ANSWERS),
    rule("email_change", PERSON, PERSON),
    rule("email_undos", PERSON, PERSON),
    rule("erased", NOBODY, NOBODY),
    rule("erasure", PRIVACY, PRIVACY),
    rule("event", TEAM, NOBODY),
    rule("export", REQUESTS, REQUESTS),
    rule("fact", TEAM, FANS),
    rule("fan", TEAM, FAN),
    rule("fan_entry", TEAM, NOBODY),
    rule("fan_exports", NOBODY, NOBODY),
    rule("fan_key", NOBODY, NOBODY),
    rule("hearing", NOBODY, PERSON),
    rule("hold", TEAM, ANSWERS),
    rule("holder", NOBODY, NOBODY),
    rule("hook", SETTINGS, BOTS),
    rule("idempotency", NOBODY, NOBODY),
    rule("invitation", INVITES, INVITES),
    rule("invitation_link", NOBODY, INVITES),
    rule("invoice", BILLS, NOBODY),
    rule("login", PERSON, PERSON),
    rule("mail_trouble", PERSON, PERSON),
    rule("member", MEMBERS, MEMBERSHIP),
    rule("message", TEAM, CHATS),
    rule("note", TEAM, FANS),
    rule("notice", BILLS, NOBODY),
    rule("outbox", TEAM, ANSWERS),
    rule("parked", SETTINGS, BOTS),
    rule("passkey_challenge", NOBODY, NOBODY),
    rule("passkey_claim", NOBODY, PERSON),
    rule("passkeys", PERSON, PERSON),
    rule("password_reset", NOBODY, NOBODY),
    rule("persona", SETTINGS, SOFI),
    rule("platform_secret", NOBODY, NOBODY),
    rule("privacy_request", PRIVACY, PRIVACY),
    rule("queued", TEAM, ANSWERS),
    rule("reconciliation", NOBODY, NOBODY),
    rule("registration", NOBODY, NOBODY),
    rule("retention", NOBODY, PRIVACY),
    rule("saved_replies", TEAM, ANSWERS),
    rule("saved_reply", TEAM, ANSWERS),
    rule("second_factor", PERSON, PERSON),
    rule("sender", SETTINGS, NOBODY),
    rule("session", PERSON, PERSON),
    rule("sofi", SETTINGS, SOFI),
    rule("spend", SETTINGS, NOBODY),
    rule("staff", NOBODY, NOBODY),
    rule("stripe_customer", NOBODY, BUYS),
    rule("stripe_event", NOBODY, NOBODY),
    rule("subscription", BILLS, BUYS),
    rule("suppression", NOBODY, NOBODY),
    rule("tag", TEAM, NOTES),
    rule("tenant_key", NOBODY, NOBODY),
    rule("throttle", NOBODY, NOBODY),
    rule("tick", NOBODY, NOBODY),
    rule("tombstone", NOBODY, NOBODY),
    rule("trace", TEAM, NOBODY),
    rule("turn", NOBODY, NOBODY),
    rule("update", NOBODY, NOBODY),
    rule("usage_word", PERSON, PERSON),
    rule("user_login", NOBODY, NOBODY),
    rule("user_session", PERSON, PERSON),
    rule("vendor", SETTINGS, NOBODY),
    rule("waiting", NOBODY, NOBODY),
    rule("workspace", PERSON, CLOSES),
];

/// What holds for a kind of row.
pub fn of(kind: &str) -> Option<&'static Rule> {
    let at = RULES.binary_search_by(|rule| rule.kind.cmp(kind)).ok()?;
    RULES.get(at)
}

impl Rule {
    /// Who sees a field of the row. A secret that only the service uses (a hash, a token, a wrapped key) is shown to nobody,
    /// whoever sees the rest.
    pub fn readers(&self, field: &Field) -> &'static [Who] {
        match is_secret(field) {
            true => NOBODY,
            false => self.reads,
        }
    }

    /// The least role of a workspace that sees the field, if any does.
    pub fn least_reader(&self, field: &Field) -> Option<Role> {
        least(self.readers(field))
    }

    /// The least role of a workspace that may set what the row says, if any may.
    pub fn least_writer(&self) -> Option<Role> {
        least(self.writes)
    }
}

fn is_secret(field: &Field) -> bool {
    field.class.export == Export::Never && field.class.erase == Erase::DeleteAndShred
}

fn least(who: &[Who]) -> Option<Role> {
    let roles = who.iter().filter_map(|who| match who {
        Who::Member(right) => Some(right.minimum()),
        Who::Person | Who::Staff => None,
    });
    roles.min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{Basis, Capacity, Class, Purpose, Retention};

    fn field(export: Export, erase: Erase) -> Field {
        let class = Class {
            purpose: Purpose::Service,
            basis: Basis::Contract,
            capacity: Capacity::Controller,
            retention: Retention::WithAccount,
            export,
            erase,
        };
        Field {
            name: "field",
            form: "String",
            class,
        }
    }

    #[test]
    fn rules_are_sorted_so_that_the_search_finds_each() {
        for rule in RULES {
            assert_eq!(of(rule.kind), Some(rule));
        }
        assert_eq!(of("nothing"), None);
    }

    #[test]
    fn the_roles_that_see_and_set_a_field_are_those_of_the_rights() {
        let text = field(Export::Opened, Erase::DeleteAndShred);
        let roles = |kind: &str| {
            let rule = of(kind).expect("a kind");
            (rule.least_reader(&text), rule.least_writer())
        };
        let (analyst, chatter) = (Some(Role::Analyst), Some(Role::Chatter));
        assert_eq!(roles("message"), (analyst, chatter));
        assert_eq!(roles("persona"), (analyst, Some(Role::Manager)));
        let (manager, owner) = (Some(Role::Manager), Some(Role::Owner));
        assert_eq!(roles("subscription"), (manager, owner));
        assert_eq!(roles("member"), (analyst, owner));
        assert_eq!(roles("audit_entry"), (manager, None));
        assert_eq!(roles("account"), (None, None), "the person alone");
    }

    #[test]
    fn a_secret_is_shown_to_nobody_whoever_sees_the_rest() {
        let bot = of("bot").expect("a kind");
        let secret = field(Export::Never, Erase::DeleteAndShred);
        assert_eq!(bot.readers(&secret), NOBODY);
        let shown = field(Export::Never, Erase::Delete);
        assert_eq!(bot.readers(&shown), SETTINGS);
    }
}
