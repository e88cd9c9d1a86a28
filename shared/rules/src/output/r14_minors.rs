//! R14: minors.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/minors.txt"));

/// Takes hold of any talk of minors: a person decides. Where anything sexual is said as well, nobody is offered it.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    let minors = WORDS.says("minors", &draft.sentences);
    let young = minors || WORDS.says("children", &draft.sentences);
    let sexual = WORDS.says("sexual", &draft.sentences);
    let action = if sexual {
        Action::Block
    } else {
        Action::HandOver
    };
    (minors || (young && sexual)).then_some(action)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_caught, assert_left_alone, context};
    use super::super::{Action, RuleId, check};

    #[test]
    fn r14_talk_of_minors_is_handed_over_and_sexual_talk_of_them_blocked() {
        let texts = [
            "you're 15? that's fine",
            "age is just a number, 16 is ok",
            "underage is fine with me",
            "I like schoolgirls",
            "du bist 14",
            "tienes 15 años",
            "тебе 14 лет",
            "ты несовершеннолетний",
        ];
        assert_caught(RuleId::Minors, &texts);
        for text in texts {
            assert_ne!(check(text, &context()).action, Action::Pass, "{text}");
        }
        for text in [
            "a naked 16 year old",
            "that kid is so sexy",
            "little girl outfit and naughty pics",
        ] {
            assert_eq!(check(text, &context()).action, Action::Block, "{text}");
        }
    }

    #[test]
    fn families_and_adults_are_left_alone() {
        let texts = [
            "how are your kids?",
            "my daughter would love that",
            "15 minutes ago",
            "I turned 25",
            "at 16 degrees it's fine",
            "a minor problem",
            "happy 30 years!",
        ];
        assert_left_alone(RuleId::Minors, &texts);
    }
}
