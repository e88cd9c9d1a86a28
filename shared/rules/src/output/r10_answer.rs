//! R10: a fan who asked who writes is told.

use super::draft::Draft;
use super::{Action, Context};
use crate::identity::admits;

/// Takes hold of a text that leaves the question open; the honest answer leaves in its place.
pub(super) fn find(draft: &Draft, context: &Context<'_>) -> Option<Action> {
    let dodges = context.asked_identity && !admits(&draft.sentences);
    dodges.then_some(Action::Rewrite)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{context, hits_in};
    use super::super::{Context, RuleId};
    use crate::identity::honest_answer;
    use wording::Language;

    fn dodges(text: &str, asked_identity: bool) -> bool {
        hits_in(
            text,
            &Context {
                asked_identity,
                ..context()
            },
        )
        .contains(&RuleId::Answer)
    }

    #[test]
    fn r10_no_evasion_leaves_where_a_fan_asked_who_writes() {
        for text in [
            "yes 💛",
            "haha what a question!",
            "why do you ask?",
            "ask anyone, ai is everywhere these days",
            "claro que sí",
            "а ты как думаешь?",
        ] {
            assert!(dodges(text, true), "{text}");
        }
    }

    #[test]
    fn an_admission_is_enough_and_nothing_is_owed_unasked() {
        for text in [
            "Yes, I'm an AI assistant on Mira's team 💛",
            "ja, ich bin eine KI",
            "да, я ИИ",
            "是的，我是AI助手",
        ] {
            assert!(!dodges(text, true), "{text}");
        }
        assert!(!dodges("yes 💛", false));
        for language in Language::ALL {
            assert!(
                !dodges(&honest_answer(*language, "Mira"), true),
                "{language:?}"
            );
        }
    }
}
