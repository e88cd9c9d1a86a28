//! What a model wrote, and what becomes of it.

use care::Care;
use domain::message::Author;
use rules::output::{self, Action, Context, Verdict};
use wording::Language;

use super::history::unanswered;
use super::load::View;

/// What leaves, or why nothing does.
pub(crate) struct Checked {
    /// The text for the fan or for the draft.
    pub(crate) text: Option<String>,
    /// Why a person must look, as a stable code.
    pub(crate) handed_over: Option<&'static str>,
    /// Whether the text is the fixed, honest one, which says itself that an AI writes.
    pub(crate) honest: bool,
    /// Rules that took hold.
    pub(crate) hit: Vec<String>,
    /// Rules that ran.
    pub(crate) ran: Vec<String>,
}

/// Checks a model's text: distress in code first, then every hard rule.
pub(crate) fn check(view: &View, text: &str, prompt: &str, language: Language) -> Checked {
    let care: Option<Care> = care::detect_output(text);
    let open = unanswered(&view.said, view.head.row.answered_through);
    let asked = open
        .texts()
        .any(|text| rules::identity::asks_identity_of(text, &view.creator));
    let nothing = Vec::new();
    let (hosts, handles) = view
        .settings
        .as_ref()
        .map_or((&nothing, &nothing), |settings| {
            (&settings.allowed_hosts, &settings.allowed_handles)
        });
    let persona = view
        .persona
        .as_ref()
        .map_or("", |(_, persona)| persona.as_str());
    let secrets = [prompt, persona];
    let context = Context {
        creator: &view.creator,
        allowed_hosts: hosts,
        allowed_handles: handles,
        floors: &[],
        language,
        selling_allowed: false,
        asked_identity: asked,
        secrets: &secrets,
    };
    let verdict = output::check(text, &context);
    judged(verdict, care, text)
}

fn judged(verdict: Verdict, care: Option<Care>, written: &str) -> Checked {
    let mut hit: Vec<String> = verdict
        .rules
        .iter()
        .map(|hit| hit.id.as_str().to_owned())
        .collect();
    hit.dedup();
    let ran = verdict
        .ran
        .iter()
        .map(|id| id.as_str().to_owned())
        .collect();
    let handed_over = match (care, verdict.action) {
        (Some(_), _) => Some("care_in_reply"),
        (None, Action::HandOver | Action::Block) => Some("rule"),
        (None, Action::Pass | Action::Rewrite) => None,
    };
    if let Some(care) = care {
        hit.push(format!("care:{}", care.name()));
    }
    let text = verdict.text.filter(|_| handed_over.is_none());
    let honest = verdict.rules.iter().any(|hit| {
        matches!(
            hit.id,
            output::RuleId::Honesty | output::RuleId::Answer | output::RuleId::Models
        )
    }) && text.as_deref() != Some(written);
    Checked {
        honest: honest && text.is_some(),
        text,
        handed_over,
        hit,
        ran,
    }
}

/// What the fan said lately: what a fact must be grounded in.
pub(crate) fn fan_texts(view: &View) -> Vec<&str> {
    view.said
        .iter()
        .filter(|said| said.author == Author::Fan)
        .filter_map(|said| said.text.as_deref())
        .collect()
}
