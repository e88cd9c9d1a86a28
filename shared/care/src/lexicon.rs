//! What is said in each language by those who need care, and what only sounds like it.

use crate::care::Care;
use crate::index::Verdict;

mod ar;
mod ar_latin;
mod cs;
mod da;
mod de;
mod el;
mod en;
mod es;
mod fi;
mod fr;
mod hi;
mod hu;
mod id;
mod it;
mod ja;
mod ko;
mod net;
mod nl;
mod pl;
mod pt;
mod ro;
mod ru;
mod ru_latin;
mod sv;
mod th;
mod tr;
mod uk;
mod vi;
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
    /// Ages of others, or of the fan in other years: an age of this lexicon that shares a word with one
    /// is not the fan's.
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

/// Those of languages that the model has learnt, and what is in none or in many.
pub(crate) const ALL: &[&Lexicon] = &[
    &ar::LEXICON,
    &ar_latin::LEXICON,
    &de::LEXICON,
    &en::LEXICON,
    &es::LEXICON,
    &fr::LEXICON,
    &hi::LEXICON,
    &id::LEXICON,
    &it::LEXICON,
    &ja::LEXICON,
    &ko::LEXICON,
    &net::LEXICON,
    &nl::LEXICON,
    &pl::LEXICON,
    &pt::LEXICON,
    &ru::LEXICON,
    &ru_latin::LEXICON,
    &tr::LEXICON,
    &uk::LEXICON,
    &zh::LEXICON,
];

/// Those of languages that the model has not learnt, so that it has no say about what their rules find.
pub(crate) const UNLEARNT: &[&Lexicon] = &[
    &cs::LEXICON,
    &da::LEXICON,
    &el::LEXICON,
    &fi::LEXICON,
    &hu::LEXICON,
    &ro::LEXICON,
    &sv::LEXICON,
    &th::LEXICON,
    &vi::LEXICON,
];

#[cfg(test)]
mod tests {
    use super::{ALL, UNLEARNT};

    #[test]
    fn every_class_a_line_uses_is_defined_in_its_lexicon() {
        for lexicon in ALL.iter().chain(UNLEARNT) {
            let mut known: Vec<&str> = Vec::new();
            let named = |line: &str| -> Vec<String> {
                let names = line.split(|c: char| !(c.is_alphanumeric() || matches!(c, '%' | '_')));
                names
                    .filter_map(|name| name.strip_prefix('%'))
                    .map(str::to_owned)
                    .collect()
            };
            for (name, line) in lexicon
                .classes
                .lines()
                .filter_map(|line| line.split_once('='))
            {
                assert!(
                    named(line)
                        .iter()
                        .all(|used| known.contains(&used.as_str())),
                    "{line}"
                );
                known.push(name.trim());
            }
            for (_, lines) in lexicon.rules() {
                for line in lines.lines() {
                    assert!(
                        named(line)
                            .iter()
                            .all(|used| known.contains(&used.as_str())),
                        "{line}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_line_begins_with_what_is_not_a_word() {
        for lexicon in ALL.iter().chain(UNLEARNT) {
            for (_, lines) in lexicon.rules() {
                let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
                for start in lines.lines().filter_map(first) {
                    assert!(!start.starts_with(['~', '$', '!', '?']), "{start}");
                }
            }
        }
    }
}
