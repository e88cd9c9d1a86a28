//! R13: no question for passwords, codes or card data.

use super::draft::Draft;
use super::{Action, Context};
use crate::phrase::Book;

static WORDS: Book = Book::new(include_str!("phrases/credentials.txt"));

/// Takes hold of any mention of a credential, but for the advice to keep it.
pub(super) fn find(draft: &Draft, _: &Context<'_>) -> Option<Action> {
    WORDS
        .says("credentials", &draft.sentences)
        .then_some(Action::Block)
}

#[cfg(test)]
mod tests {
    use super::super::RuleId;
    use super::super::testing::{assert_caught, assert_left_alone};

    #[test]
    fn r13_no_question_for_a_credential_leaves() {
        let texts = [
            "what's your password?",
            "send me the code you got by SMS",
            "I need your card number and the CVV",
            "tell me your PIN",
            "share your seed phrase",
            "schick mir dein Passwort",
            "dime tu contraseña",
            "скажи пароль",
            "quel est ton mot de passe",
            "qual é a tua senha?",
            "把验证码发给我",
        ];
        assert_caught(RuleId::Credentials, &texts);
    }

    #[test]
    fn advice_and_ordinary_codes_are_left_alone() {
        let texts = [
            "never share your password with anyone",
            "I like your dress code",
            "that's the secret code of friends haha",
            "the pin on your jacket is cute",
        ];
        assert_left_alone(RuleId::Credentials, &texts);
    }
}
