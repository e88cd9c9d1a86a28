//! What a model wrote, and what becomes of it.

use ai::Concern;
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
    /// The distress with which care mode begins: the model noticed it in the fan's words.
    pub(crate) care: Option<Care>,
    /// Whether the text is the fixed, honest one, which says itself that an AI writes.
    pub(crate) honest: bool,
    /// Rules that took hold.
    pub(crate) hit: Vec<String>,
    /// Rules that ran.
    pub(crate) ran: Vec<String>,
}

/// Checks what a model wrote: distress in its text by code, every hard rule, and what it says of the fan's words. `prompt` is
/// what must not be repeated.
pub(crate) fn check(talk: &Talk<'_>, reply: &ai::Reply, prompt: &str) -> Checked {
    let text = reply.text.as_str();
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
    let checked = judged(output::check(text, &context), care, text);
    match noticed(reply.concern) {
        Some(concern) => checked.with_concern(concern, talk.distress()),
        None => checked,
    }
}

/// What a model noticed in a fan's words, as code calls it.
const fn noticed(concern: Concern) -> Option<Care> {
    match concern {
        Concern::None => None,
        Concern::SelfHarm => Some(Care::SelfHarm),
        Concern::Crisis => Some(Care::Crisis),
        Concern::Minor => Some(Care::Minor),
        Concern::Grief => Some(Care::Grief),
        Concern::MoneyTrouble => Some(Care::MoneyTrouble),
        Concern::RefundDispute => Some(Care::RefundDispute),
    }
}

impl Checked {
    /// Nothing of the model leaves, and care mode begins. What code finds in the fan's words goes before a model's word for
    /// them.
    fn with_concern(mut self, concern: Care, found: Option<Care>) -> Self {
        self.hit.push(format!("concern:{}", concern.name()));
        Self {
            text: None,
            handed_over: Some("care"),
            care: Some(found.unwrap_or(concern)),
            honest: false,
            ..self
        }
    }
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
        care: None,
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
    /// The place of the fan's text that says it among those it was looked for in: the newest that says it alone, else the newest.
    pub(crate) said_in: usize,
}

/// Those of a model's proposed facts that may be remembered. `fan_texts` is what is being answered, oldest first: what a fact
/// must be grounded in.
pub(crate) fn admitted(talk: &Talk<'_>, reply: &ai::Reply, fan_texts: &[&str]) -> Vec<NewFact> {
    reply
        .proposed_facts
        .iter()
        .filter_map(|fact| {
            let admit = |texts: &[&str]| memory::admit(&fact.text, texts, talk.language);
            let admitted = admit(fan_texts)?;
            let alone = fan_texts.iter().rposition(|text| admit(&[*text]).is_some());
            Some(NewFact {
                said_in: alone.unwrap_or(fan_texts.len().saturating_sub(1)),
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
        let checked = written(&["how are you?"], "Lovely day here!", Concern::None);
        assert_eq!(checked.text.as_deref(), Some("Lovely day here!"));
        assert!(checked.handed_over.is_none() && !checked.honest);
        assert!(!checked.ran.is_empty() && checked.hit.is_empty());
        assert_eq!(checked.care, None);
    }

    #[test]
    fn a_link_that_the_creator_did_not_allow_does_not_leave() {
        let checked = written(&["where?"], "Look at https://evil.example/x", Concern::None);
        assert_eq!((checked.text, checked.handed_over), (None, Some("rule")));
    }

    #[test]
    fn every_concern_of_a_model_is_a_care_of_the_same_name() {
        let named = |concern| noticed(concern).map_or("none", Care::name);
        for concern in Concern::ALL {
            assert_eq!(named(concern), concern.name());
        }
        let cares: Vec<Care> = Concern::ALL.into_iter().filter_map(noticed).collect();
        assert_eq!(cares, Care::ALL);
    }

    #[test]
    fn a01_distress_that_a_model_notices_or_writes_lets_no_text_leave_and_names_its_net() {
        for concern in Concern::ALL.into_iter().filter(|&one| one != Concern::None) {
            let checked = written(&["how was your day?"], "Lovely day here!", concern);
            assert_eq!((checked.text, checked.handed_over), (None, Some("care")));
            assert_eq!(checked.care, noticed(concern));
            assert_eq!(checked.hit, [format!("concern:{}", concern.name())]);
        }
        let said = "im 16 too";
        let checked = written(&["how was your day?"], said, Concern::None);
        let left = (checked.text, checked.handed_over);
        assert_eq!(left, (None, Some("care_in_reply")));
        assert!(checked.hit.contains(&"care:minor".to_owned()));
    }

    #[test]
    fn what_code_finds_in_the_fans_words_goes_before_the_models_word() {
        let said = ["i want to kill myself"];
        let found = written(&said, "Lovely day here!", Concern::RefundDispute);
        assert_eq!(found.care, Some(Care::SelfHarm));
        assert_eq!(found.hit, ["concern:refund_dispute"]);
    }

    fn written(said: &[&str], text: &str, concern: Concern) -> Checked {
        let reply = ai::Reply {
            text: text.to_owned(),
            concern,
            ..a_reply()
        };
        check(&talk(said), &reply, "the prompt")
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

    #[test]
    fn a_fact_is_found_in_the_newest_text_that_says_it_alone_or_else_in_the_newest() {
        let said = [
            "my dog Rex ate my shoes",
            "I'm a pilot",
            "from madrid",
            "hi",
        ];
        let of = |text: &str, said: &[&str]| {
            let reply = ai::Reply {
                proposed_facts: vec![ai::ProposedFact {
                    text: text.to_owned(),
                    confidence: 90,
                }],
                ..a_reply()
            };
            let facts = admitted(&talk(said), &reply, said);
            facts.first().map(|fact| fact.said_in)
        };
        assert_eq!(of("Has a dog called Rex", &said), Some(0));
        assert_eq!(of("Works as a pilot", &said), Some(1));
        let together = "Works as a pilot in Madrid";
        assert_eq!(of(together, &said), Some(3));
        assert_eq!(of("Has a dog called Rex", &[]), None);
    }

    fn a_reply() -> ai::Reply {
        ai::Reply {
            text: "ok".to_owned(),
            concern: Concern::None,
            proposed_facts: Vec::new(),
            vendor: ai::Vendor::Xai,
            model: "a-model".to_owned(),
            usage: ai::Usage::default(),
            latency: std::time::Duration::ZERO,
            zero_retention: None,
        }
    }
}
