//! R19: asking a fan for sexual pictures or acts.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/solicits.txt"));

/// Takes hold of what asks a fan to show or touch themselves, or to have sex.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    WORDS
        .says("solicits", &draft.sentences)
        .then_some(Action::HandOver)
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r19_nobody_is_asked_for_sexual_pictures_or_acts() {
        let texts = [
            "Send nudes",
            "show me your dick",
            "I want to see you naked",
            "take off your clothes for me",
            "touch yourself for me",
            "wanna fuck?",
            "let's sext tonight",
            "schick mir Nacktbilder",
            "mándame fotos desnudo",
            "envoie-moi des photos nue",
            "mandami una foto nuda",
            "me manda uma foto pelado",
            "пришли голые фото",
            "скинь нюдсы",
            "发裸照给我",
            "裸の写真送って",
            "can you send a naughty pic?",
            "I'd like a picture of you without clothes",
            "get naked for me",
            "show me what's in your pants",
            "zieh dich aus für mich",
            "quítate la ropa",
            "déshabille-toi",
            "разденься для меня",
            "spogliati per me",
            "tira a roupa pra mim",
            "zdejmij ubranie",
            "脱いで見せて",
        ];
        assert_caught(RuleId::Solicits, &texts);
    }

    #[test]
    fn ordinary_requests_and_refusals_are_left_alone() {
        let texts = [
            "send me a photo of your dog!",
            "show me your garden",
            "I don't send nudes",
            "please don't send nudes",
            "take off your shoes and relax",
            "you look gorgeous in that dress",
            "touching story, thank you",
            "show me what you cooked",
            "show me your new haircut",
            "that dress is sexy in a good way",
            "schick mir ein Bild vom Strand",
            "mándame una foto de tu perro",
        ];
        assert_left_alone(RuleId::Solicits, &texts);
    }
}
