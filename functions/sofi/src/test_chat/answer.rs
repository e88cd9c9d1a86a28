//! What is shown of a try.

use domain::sofi::{Sensitivity, VendorName};
use serde::Serialize;
use utoipa::ToSchema;

use crate::output::NewFact;
use crate::talk::Talk;

/// Something that Sofi would remember.
#[derive(Serialize, ToSchema)]
pub(crate) struct TestFact {
    /// What.
    text: String,
    /// How sure, in percent.
    confidence: u32,
    /// Whether it may be used without asking.
    sensitivity: Sensitivity,
}

impl From<NewFact> for TestFact {
    fn from(fact: NewFact) -> Self {
        Self {
            text: fact.text,
            confidence: fact.confidence,
            sensitivity: fact.sensitivity,
        }
    }
}

/// What Sofi would answer.
#[derive(Serialize, ToSchema)]
pub(crate) struct TestReply {
    /// The text that a fan would read; null when a person would be asked instead.
    pub(super) reply: Option<String>,
    /// Why a person would be asked: `care`, `care_in_reply`, `rule` or `vendor_refused`.
    #[schema(value_type = Option<String>)]
    pub(super) handed_over: Option<&'static str>,
    /// The kind of distress that was noticed, for example `self_harm`.
    #[schema(value_type = Option<String>)]
    pub(super) care: Option<&'static str>,
    /// Hard rules that changed or stopped the text.
    pub(super) rules_hit: Vec<String>,
    /// Hard rules that were run; none for a fixed text.
    pub(super) rules_run: Vec<String>,
    /// Who wrote the text; null for a fixed text.
    pub(super) vendor: Option<VendorName>,
    /// Its model.
    pub(super) model: Option<String>,
    /// Tokens, in and out.
    pub(super) tokens: i64,
    /// In millionths of a US dollar.
    pub(super) cost_micro_usd: i64,
    /// From asking to the answer, in milliseconds.
    pub(super) latency_ms: i64,
    /// The version of the persona that was tried; null without one.
    pub(super) persona_version: Option<u32>,
    /// What Sofi would remember of it.
    pub(super) facts: Vec<TestFact>,
}

impl TestReply {
    /// Nothing said, nothing asked, nothing spent.
    pub(super) fn blank(talk: &Talk<'_>) -> Self {
        Self {
            reply: None,
            handed_over: None,
            care: None,
            rules_hit: Vec::new(),
            rules_run: Vec::new(),
            vendor: None,
            model: None,
            tokens: 0,
            cost_micro_usd: 0,
            latency_ms: 0,
            persona_version: talk.persona.map(|(version, _)| version),
            facts: Vec::new(),
        }
    }
}
