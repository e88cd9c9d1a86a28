//! What a person pastes: a token, or the whole message of BotFather around it.

use std::borrow::Cow;

use http_kit::{FieldErrors, Problem};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer};
use telegram::{BotToken, TokenError};

/// The pasted text. Prints nothing and is wiped.
pub(crate) struct Pasted(SecretString);

impl Pasted {
    /// Reports a text from which no token can be picked.
    pub(crate) fn validate(&self, field: &str, errors: &mut FieldErrors) {
        if let Err(error) = self.pick() {
            errors.check(field, code(error), Err::<(), _>(error));
        }
    }

    /// The one token in it.
    ///
    /// # Errors
    /// 400, as [`Pasted::validate`] reports it.
    pub(crate) fn token(&self, field: &str) -> Result<BotToken, Problem> {
        self.pick()
            .map_err(|error| Problem::invalid(field, code(error), error.to_string()))
    }

    fn pick(&self) -> Result<BotToken, TokenError> {
        BotToken::find_in(self.0.expose_secret())
    }
}

const fn code(error: TokenError) -> &'static str {
    match error {
        TokenError::Missing => "token_missing",
        TokenError::LooksCut => "token_cut",
        TokenError::Several(_) => "several_tokens",
    }
}

impl<'de> Deserialize<'de> for Pasted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: Cow<'de, str> = Cow::deserialize(deserializer)?;
        Ok(Self(SecretString::from(text.into_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "1234567890:AAExampleExampleExampleExampleExamp";

    fn pasted(text: &str) -> Pasted {
        Pasted(SecretString::from(text))
    }

    #[test]
    fn a_whole_message_of_botfather_is_taken() {
        let message = format!(
            "Done! Congratulations on your new bot.\n\nUse this token to access the HTTP API:\n{TOKEN}\nKeep it secure."
        );
        assert_eq!(
            pasted(&message)
                .token("token")
                .map(|token| token.expose().to_owned())
                .ok()
                .as_deref(),
            Some(TOKEN)
        );
    }

    #[test]
    fn what_is_wrong_with_a_text_is_said_without_quoting_it() {
        for (text, expected) in [("hello", "token_missing"), (&TOKEN[..30], "token_cut")] {
            let Err(Problem::Invalid(errors)) = pasted(text).token("token") else {
                panic!("{expected}")
            };
            assert_eq!(
                (errors[0].field.as_str(), errors[0].code.as_ref()),
                ("token", expected)
            );
            assert!(!errors[0].message.contains(text));
        }
    }
}
