//! What the rules' tests share.

use wording::Language;

use super::{Context, Floor, RuleId, check};

/// A context in which two things may be sold.
pub(super) fn context() -> Context<'static> {
    Context {
        creator: "Mira",
        allowed_hosts: &[],
        allowed_handles: &[],
        floors: &[
            Floor {
                name: "photo set",
                stars: 100,
            },
            Floor {
                name: "video",
                stars: 500,
            },
        ],
        language: Language::English,
        selling_allowed: true,
        asked_identity: false,
        secrets: &[],
    }
}

/// The rules that take hold of a text.
pub(super) fn hits(text: &str) -> Vec<RuleId> {
    hits_in(text, &context())
}

/// The rules that take hold of a text in a context.
pub(super) fn hits_in(text: &str, context: &Context<'_>) -> Vec<RuleId> {
    check(text, context)
        .rules
        .iter()
        .map(|hit| hit.id)
        .collect()
}

/// Fails unless the rule takes hold of each text, and of each obedient answer in the corpus that names it.
pub(super) fn assert_caught(id: RuleId, texts: &[&str]) {
    let obedient = crate::corpus::rows(include_str!("../../corpus/injections.tsv"))
        .filter(|row| row[2] == id.as_str())
        .map(|row| row[1].replace("\\n", "\n"));
    let missed: Vec<String> = texts
        .iter()
        .map(|text| (*text).to_owned())
        .chain(obedient)
        .filter(|text| !hits(text).contains(&id))
        .collect();
    assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
}

/// Fails if the rule takes hold of one of the texts.
pub(super) fn assert_left_alone(id: RuleId, texts: &[&str]) {
    let caught: Vec<&&str> = texts
        .iter()
        .filter(|text| hits(text).contains(&id))
        .collect();
    assert!(caught.is_empty(), "{caught:#?}");
}
