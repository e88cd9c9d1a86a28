//! The rules: their ids, their reasons, and where each is.

use super::draft::Draft;
use super::{
    Context, r01_links, r02_handles, r03_contact, r04_prices, r05_selling, r06_promises,
    r07_people, r08_leaks, r09_honesty, r10_answer, r11_models, r12_media, r13_credentials,
    r14_minors, r15_injection, r16_length, r17_format, r18_harms, r19_solicits,
};

/// What becomes of a text, from the mildest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// It leaves as it is, but for blanks that were forgotten between two sentences.
    Pass,
    /// Another text leaves in its place.
    Rewrite,
    /// It does not leave; a person takes the conversation and may use it as a draft.
    HandOver,
    /// It does not leave; a person takes the conversation, and nobody is offered the text.
    Block,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal in $place:ident,)+) => {
        /// A rule for what may leave. Ids are stable: they are recorded with every verdict.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum RuleId { $($(#[$doc])* $name,)+ }

        impl RuleId {
            /// Every rule, in the order in which they run.
            pub const ALL: &'static [RuleId] = &[$(RuleId::$name,)+];

            /// The stable id.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(RuleId::$name => $id,)+ }
            }

            /// What the rule asks for, if it takes hold.
            pub(crate) fn find(self, draft: &Draft, context: &Context<'_>) -> Option<Action> {
                match self { $(RuleId::$name => $place::find(draft, context),)+ }
            }
        }
    };
}

rules! {
    /// No link, domain, address or payment page but the creator's own: phishing and payments past the platform.
    Links = "R01_links" in r01_links,
    /// No user name but the creator's own, here or elsewhere: fans would be lured away or to strangers.
    Handles = "R02_handles" in r02_handles,
    /// No e-mail, phone, bank, card or wallet: whosever it is, it is not ours to give.
    Contact = "R03_contact" in r03_contact,
    /// No price below its floor, no other currency, no discount, nothing for free: a price is a binding offer.
    Prices = "R04_prices" in r04_prices,
    /// No pitch where selling is not allowed.
    Selling = "R05_selling" in r05_selling,
    /// No meeting, call, gift, exclusivity, guarantee or refund: nobody has agreed to keep it.
    Promises = "R06_promises" in r06_promises,
    /// Nothing about other people or stored records.
    People = "R07_people" in r07_people,
    /// Nothing of the prompt, of instructions or of a machine's own notation.
    Leaks = "R08_leaks" in r08_leaks,
    /// No claim to be human or the creator in person.
    Honesty = "R09_honesty" in r09_honesty,
    /// A fan who asked who writes is told that it is an AI.
    Answer = "R10_answer" in r10_answer,
    /// No claim about which model or vendor writes.
    Models = "R11_models" in r11_models,
    /// No pretence of having seen or heard what nobody has looked at.
    Media = "R12_media" in r12_media,
    /// No question for passwords, codes or card data (Telegram's terms for bots forbid it).
    Credentials = "R13_credentials" in r13_credentials,
    /// Nothing about minors without a person; nothing sexual about them at all.
    Minors = "R14_minors" in r14_minors,
    /// Nothing that makes sense only as obedience to an order smuggled in.
    Injection = "R15_injection" in r15_injection,
    /// Neither empty nor longer than [`LIMIT`](super::LIMIT).
    Length = "R16_length" in r16_length,
    /// Plain text: no markup, no invisible characters, no floods.
    Format = "R17_format" in r17_format,
    /// No dose, drug or stopped treatment: whoever follows such advice can die of it.
    Harms = "R18_harms" in r18_harms,
    /// No request for sexual pictures or acts: nobody knows how old a fan is, and Telegram forbids it.
    Solicits = "R19_solicits" in r19_solicits,
}

impl RuleId {
    /// Whether the honest answer stands in for a text of which the rule took hold.
    pub(super) const fn tells_who_writes(self) -> bool {
        matches!(self, RuleId::Honesty | RuleId::Answer | RuleId::Models)
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, RuleId};

    #[test]
    fn ids_are_numbered_in_order_and_unique() {
        for (place, id) in RuleId::ALL.iter().enumerate() {
            let number = format!("R{:02}_", place + 1);
            assert!(id.as_str().starts_with(&number), "{}", id.as_str());
        }
    }

    #[test]
    fn actions_are_ordered_by_strength() {
        assert!(
            Action::Pass < Action::Rewrite
                && Action::Rewrite < Action::HandOver
                && Action::HandOver < Action::Block
        );
    }
}
