//! R09: no lie about being human.

use super::draft::Draft;
use super::{Action, Context};
use crate::identity::denies;

/// Takes hold of a claim that a human, or the creator in person, writes; the honest answer leaves in its place.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    let lies = denies(&draft.plain, &draft.sentences);
    lies.then_some(Action::Rewrite)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_caught, context};
    use super::super::{Action, RuleId, check};
    use crate::identity::honest_answer;

    #[test]
    fn r09_a_lie_leaves_as_the_honest_answer() {
        assert_caught(
            RuleId::Honesty,
            &[
                "I'm a real person, silly",
                "no bots here, just me",
                "My fingers hurt from typing all night",
                "mir tun die Finger weh vom Tippen",
                "me duelen los dedos de tanto escribir",
                "j'ai mal aux doigts à force d'écrire",
                "пальцы болят от печатания",
                "mi fanno male le dita a scrivere",
                "meus dedos doem de tanto digitar",
                "my wrists are sore from answering you all",
                "I broke a nail typing this",
                "ich hab Kopfweh vom vielen Schreiben",
            ],
        );
        let verdict = check("haha no I'm not a bot", &context());
        let honest = honest_answer(context().language, "Mira");
        assert_eq!(
            (verdict.action, verdict.text),
            (Action::Rewrite, Some(honest))
        );
    }
}
