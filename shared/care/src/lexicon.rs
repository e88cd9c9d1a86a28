//! What is said in each language by those who need care, and what only sounds like it.

use crate::care::Care;
use crate::index::Verdict;

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod hi;
mod id;
mod it;
mod ja;
mod nl;
mod pl;
mod pt;
mod ru;
mod tr;
mod uk;
mod zh;

/// One language's words. Every field is lines as `pattern.rs` describes them.
pub(crate) struct Lexicon {
    /// Alternatives that other lines use by name.
    pub(crate) classes: &'static str,
    pub(crate) self_harm: &'static str,
    pub(crate) crisis: &'static str,
    pub(crate) minor: &'static str,
    pub(crate) grief: &'static str,
    pub(crate) money_trouble: &'static str,
    pub(crate) refund_dispute: &'static str,
    /// Figures of speech, games, titles, questions: a signal that shares a word with one of these is none.
    pub(crate) harmless: &'static str,
    /// Ages of others, or of the fan in other years: a signal of this lexicon that shares a word with one is none.
    pub(crate) other_ages: &'static str,
    /// What a model must not say to somebody who may harm themselves.
    pub(crate) urges_harm: &'static str,
    /// What a model must not say to, or as, a minor.
    pub(crate) courts_minor: &'static str,
    /// Words that are recognised with a slip of the finger.
    pub(crate) slips: &'static str,
}

impl Lexicon {
    /// Its lines with what they mean.
    pub(crate) fn rules(&self) -> [(Verdict, &'static str); 10] {
        [
            (Verdict::Fan(Care::SelfHarm), self.self_harm),
            (Verdict::Fan(Care::Crisis), self.crisis),
            (Verdict::Fan(Care::Minor), self.minor),
            (Verdict::Fan(Care::Grief), self.grief),
            (Verdict::Fan(Care::MoneyTrouble), self.money_trouble),
            (Verdict::Fan(Care::RefundDispute), self.refund_dispute),
            (Verdict::Harmless, self.harmless),
            (Verdict::OtherAge, self.other_ages),
            (Verdict::Model(Care::SelfHarm), self.urges_harm),
            (Verdict::Model(Care::Minor), self.courts_minor),
        ]
    }
}

/// Every language's.
pub(crate) const ALL: &[&Lexicon] = &[
    &ar::LEXICON,
    &de::LEXICON,
    &en::LEXICON,
    &es::LEXICON,
    &fr::LEXICON,
    &hi::LEXICON,
    &id::LEXICON,
    &it::LEXICON,
    &ja::LEXICON,
    &nl::LEXICON,
    &pl::LEXICON,
    &pt::LEXICON,
    &ru::LEXICON,
    &tr::LEXICON,
    &uk::LEXICON,
    &zh::LEXICON,
];
