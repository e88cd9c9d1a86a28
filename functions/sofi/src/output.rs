//! What a model wrote, and what becomes of it.

use care::Care;
use domain::sofi::Sensitivity;
use rules::memory;
use rules::output::{self, Action, Context, Verdict};

use crate::talk::Talk;

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

/// Checks a model's text: distress in code first, then every hard rule. `prompt` is what must not be repeated.
pub(crate) fn check(talk: &Talk<'_>, text: &str, prompt: &str) -> Checked {
    let care: Option<Care> = care::detect_output(text);
    let persona = talk.persona.map_or("", |(_, text)| text);
    let secrets = [prompt, persona];
    let context = Context {
        creator: talk.creator,
        allowed_hosts: talk.hosts,
        allowed_handles: talk.handles,
        floors: &[],
        language: talk.language,
        selling_allowed: false,
        asked_identity: talk.asks_identity(),
        secrets: &secrets,
    };
    judged(output::check(text, &context), care, text)
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

/// A fact that the rules admitted.
pub(crate) struct NewFact {
    /// What.
    pub(crate) text: String,
    /// How sure, in percent.
    pub(crate) confidence: u32,
    /// Whether it may be used without asking.
    pub(crate) sensitivity: Sensitivity,
}

/// Those of a model's proposed facts that may be remembered. `fan_texts` is what the fan said lately: what a fact must be
/// grounded in.
pub(crate) fn admitted(talk: &Talk<'_>, reply: &ai::Reply, fan_texts: &[&str]) -> Vec<NewFact> {
    reply
        .proposed_facts
        .iter()
        .filter_map(|fact| {
            let admitted = memory::admit(&fact.text, fan_texts, talk.language)?;
            Some(NewFact {
                text: admitted.text,
                confidence: u32::from(fact.confidence),
                sensitivity: match admitted.sensitivity {
                    memory::Sensitivity::Ordinary => Sensitivity::Ordinary,
                    memory::Sensitivity::Sensitive => Sensitivity::Sensitive,
                },
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::talk::tests::talk;

    #[test]
    fn an_ordinary_reply_leaves_as_it_was_written() {
        let checked = check(&talk(&["how are you?"]), "Lovely day here!", "the prompt");
        assert_eq!(checked.text.as_deref(), Some("Lovely day here!"));
        assert!(checked.handed_over.is_none() && !checked.honest);
        assert!(!checked.ran.is_empty() && checked.hit.is_empty());
    }

    #[test]
    fn a_link_that_the_creator_did_not_allow_does_not_leave() {
        let checked = check(&talk(&["where?"]), "Look at https://evil.example/x", "p");
        assert_eq!((checked.text, checked.handed_over), (None, Some("rule")));
    }

    #[test]
    fn a_fact_that_no_text_of_the_fan_bears_out_is_not_remembered() {
        let reply = |text: &str| ai::Reply {
            proposed_facts: vec![ai::ProposedFact {
                text: text.to_owned(),
                confidence: 90,
            }],
            ..a_reply()
        };
        let said = ["my dog Rex ate my shoes"];
        let of = |text| admitted(&talk(&said), &reply(text), &said).len();
        assert_eq!(of("Has a dog called Rex"), 1);
        assert_eq!(of("Lives in Lisbon"), 0);
    }

    fn a_reply() -> ai::Reply {
        ai::Reply {
            text: "ok".to_owned(),
            proposed_facts: Vec::new(),
            vendor: ai::Vendor::Xai,
            model: "a-model".to_owned(),
            usage: ai::Usage::default(),
            latency: std::time::Duration::ZERO,
            zero_retention: None,
        }
    }
}
