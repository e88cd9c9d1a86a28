//! R06: promises that a person would have to keep.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/promises.txt"));

/// Takes hold of meetings, calls, gifts, exclusivity, guarantees and refunds.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    WORDS
        .says("promises", &draft.sentences)
        .then_some(Action::HandOver)
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r06_no_promise_leaves_that_a_person_would_have_to_keep() {
        let texts = [
            "let's meet on Saturday",
            "I'll come to your city",
            "I'd love to meet you in person",
            "I will call you tonight",
            "let's do a video call",
            "I'll send you a gift",
            "I only do this for you",
            "you're my boyfriend now",
            "I guarantee you'll love it",
            "I promise you an answer tomorrow",
            "I will refund you",
            "you'll get your money back",
            "ich ruf dich heute an",
            "nos vemos el sábado en persona",
            "давай встретимся",
            "я верну тебе деньги",
            "on se voit samedi en vrai",
            "ci vediamo di persona",
            "vamos nos encontrar",
            "I love only you",
            "see you at the beach on Sunday",
            "See you Sunday at the café",
            "wait for me at the station",
            "wir sehen uns am Strand",
            "bis Sonntag am Bahnhof",
            "à dimanche à la plage",
            "te espero en la playa",
            "te vejo na praia",
            "a domenica in spiaggia",
            "tot zondag op het strand",
            "до встречи на пляже",
            "do zobaczenia na plaży",
            "plajda görüşürüz",
            "marry you, promise",
            "I would marry you",
            "ti sposo",
            "heirate dich",
            "женюсь на тебе",
            "我嫁给你",
            "it will be good, promise",
            "See you tomorrow at 8 at the cafe",
            "wir sehen uns morgen um 8 im kino",
            "nos vemos mañana a las 8 en el cine",
            "I will be there for you on Saturday at noon",
            "I'll be there on Friday",
            "я буду там в субботу",
            "I'll wait for you at 9 outside the cinema",
            "meet you Friday 7pm at the pub",
            "I can be at your place on Sunday",
        ];
        assert_caught(RuleId::Promises, &texts);
    }

    #[test]
    fn hopes_and_refusals_are_left_alone() {
        let texts = [
            "I can't meet fans, sorry",
            "have you met your new boss?",
            "did she call you?",
            "I can't promise that",
            "I hope you get a gift for your birthday",
            "see you here tomorrow",
            "See you on stream on Sunday",
            "see you! Enjoy the beach",
            "I see you at the beach in that photo",
            "have fun tomorrow at the gym!",
            "Sounds like a Sunday at the beach",
            "I can't marry you, silly",
            "that was a promise",
            "I will be there for you, always",
            "I'll be there on stream on Sunday",
            "See you tomorrow at 8 on stream",
        ];
        assert_left_alone(RuleId::Promises, &texts);
    }
}
