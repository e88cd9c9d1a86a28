//! R11: no claim about which model or vendor writes.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/models.txt"));

/// Takes hold of a text that poses as a vendor's product; the honest answer leaves in its place.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    WORDS
        .says("poses", &draft.sentences)
        .then_some(Action::Rewrite)
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r11_no_text_leaves_that_names_the_model() {
        let texts = [
            "I am Grok, made by xAI",
            "I'm ChatGPT",
            "I was trained by OpenAI",
            "as a large language model I can't",
            "powered by GPT-4",
            "Ich bin Claude",
            "soy un modelo de lenguaje",
            "я языковая модель",
            "我是ChatGPT",
        ];
        assert_caught(RuleId::Models, &texts);
    }

    #[test]
    fn talk_about_other_peoples_tools_is_left_alone() {
        let texts = [
            "did ChatGPT help with your homework?",
            "Claude Monet is lovely",
            "I'm an AI assistant on Mira's team",
        ];
        assert_left_alone(RuleId::Models, &texts);
    }
}
