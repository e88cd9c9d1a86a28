//! M04: nothing by which somebody can be reached or billed, and no records.

use wording::Language;

use crate::output::{Context, Draft, RuleId};

/// What must not be in a fact, whoever it belongs to.
const RULES: [RuleId; 5] = [
    RuleId::Links,
    RuleId::Handles,
    RuleId::Contact,
    RuleId::People,
    RuleId::Credentials,
];

/// Refuses what the rules for links, user names, contact data, other people and credentials take hold of.
pub(super) fn refuses(draft: &Draft, language: Language) -> bool {
    let nothing_allowed = Context {
        creator: "",
        allowed_hosts: &[],
        allowed_handles: &[],
        floors: &[],
        language,
        selling_allowed: false,
        asked_identity: false,
        secrets: &[],
    };
    RULES
        .iter()
        .any(|rule| rule.find(draft, &nothing_allowed).is_some())
}

#[cfg(test)]
mod tests {
    use wording::Language;

    use super::super::admit;

    /// Each is caught by two of the rules, so that a fault in one of them shows in its own test only.
    #[test]
    fn m04_no_contact_is_admitted() {
        for fact in [
            "Writes from tom@mail.example",
            "Phone 491512345678",
            "Card number 4111111111111111",
        ] {
            assert_eq!(admit(fact, &[fact], Language::English), None, "{fact}");
        }
        assert!(admit("Moved in 2024", &["I moved in 2024"], Language::English).is_some());
    }
}
