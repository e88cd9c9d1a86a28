//! What an export is made of: a section for each kind of row that holds something to be handed out.

use domain::registry::{Capacity, Export, Field, class};

/// Whose data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everything of the workspace.
    Workspace,
    /// What is held of one fan.
    Fan,
}

/// A kind of row that is handed out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// As the registry names it; the section's name.
    pub(crate) name: &'static str,
    /// As a person reads it.
    pub(crate) title: &'static str,
    /// Its fields.
    pub(crate) fields: &'static [Field],
}

/// Kinds of a workspace with what people call them, in the order of the overview.
const WORKSPACE: &[(&str, &str)] = &[
    ("workspace", "The workspace"),
    ("member", "Members"),
    ("invitation", "Invitations"),
    ("api_token", "API tokens"),
    ("agreement", "Documents that were accepted"),
    ("checkout", "Who went to buy last"),
    ("subscription", "What was bought"),
    ("invoice", "Invoices"),
    ("bot", "Bots"),
    ("business_account", "Connected accounts"),
    ("business_link", "Connections of accounts"),
    ("persona", "Personas of Sofi"),
    ("sofi", "Settings of Sofi"),
    ("ai_limits", "Limits of Sofi"),
    ("saved_reply", "Saved replies"),
    ("tag", "Tags"),
    ("fan", "Fans"),
    ("fact", "Facts that Sofi remembers"),
    ("consent", "What fans have objected to and allowed again"),
    ("conversation", "Conversations"),
    ("message", "Messages"),
    ("note", "Private notes"),
    ("draft", "Drafts"),
    ("trace", "How replies of Sofi came about"),
    ("waiting", "Changes that wait for their message"),
    ("outbox", "Messages on their way"),
    ("parked", "Updates that could not be read"),
    ("privacy_request", "Requests about personal data"),
    ("compliance_request", "Requests that reached our staff"),
    ("audit_entry", "The audit log"),
    ("audit_chain", "The numbers of the audit log"),
    ("audit_chained", "Which number an entry has"),
];

/// Kinds of the workspace's of which a fan is handed what is their own.
const OF_OWNERS: [&str; 2] = ["business_account", "business_link"];

/// Kinds that stand in a person's own account, not in a workspace. To mails no list leads; they are gone after 90 days.
#[cfg(test)]
const OF_ACCOUNTS: &[&str] = &[
    "account",
    "mail_trouble",
    "notice",
    "second_factor",
    "usage_word",
];

/// By which number Telegram knows a fan: no stored field, but what the fan's id is made of. Without it nobody could tell in another
/// workspace who is meant (decision 0034).
pub(crate) const NUMBERS: Kind = Kind {
    name: "fan_number",
    title: "Telegram's numbers of fans",
    fields: &[
        Field {
            name: "fan",
            form: "FanId",
            class: class::FAN_FACT,
        },
        Field {
            name: "telegram_id",
            form: "String",
            class: class::FAN_FACT,
        },
    ],
};

/// The kinds of a scope.
pub(crate) fn kinds(scope: Scope) -> Vec<Kind> {
    let registry = store::row::registry();
    let of = |(name, title): &(&'static str, &'static str)| {
        let (_, _, fields) = registry.iter().find(|(kind, _, _)| kind == name)?;
        let shown = |field: &&Field| field.class.export != Export::Never;
        let of_fans = fields.iter().filter(shown).any(of_a_fan) || OF_OWNERS.contains(name);
        (scope == Scope::Workspace || of_fans).then_some(Kind {
            name,
            title,
            fields,
        })
    };
    WORKSPACE.iter().filter_map(of).chain([NUMBERS]).collect()
}

fn of_a_fan(field: &Field) -> bool {
    field.class.capacity == Capacity::Processor
}

#[cfg(test)]
mod tests {
    use store::Table;

    use super::*;

    #[test]
    fn p25_every_kind_of_a_workspace_that_holds_something_to_hand_out_has_a_section() {
        for (kind, table, fields) in store::row::registry() {
            let exported = fields
                .iter()
                .any(|field| field.class.export != Export::Never);
            let listed = WORKSPACE.iter().any(|(name, _)| *name == kind);
            let elsewhere =
                OF_ACCOUNTS.contains(&kind) || [Table::Routing, Table::Keys].contains(&table);
            assert_eq!(listed, exported && !elsewhere, "{kind}");
        }
    }

    #[test]
    fn a_fan_is_handed_what_is_held_of_fans_and_of_accounts_that_may_be_theirs() {
        let names: Vec<_> = kinds(Scope::Fan).iter().map(|kind| kind.name).collect();
        let expected = [
            "business_account",
            "business_link",
            "fan",
            "fact",
            "consent",
            "conversation",
            "message",
            "note",
            "draft",
            "trace",
            "waiting",
            "outbox",
            "parked",
            "fan_number",
        ];
        assert_eq!(names, expected);
    }
}
