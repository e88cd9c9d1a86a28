//! Bot tokens: a type that never shows itself.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// Fewest and most digits of a bot id.
const ID_DIGITS: std::ops::RangeInclusive<usize> = 5..=16;
/// Fewest and most characters of the secret half. Real ones have 35; the room is for the future.
const SECRET_CHARS: std::ops::RangeInclusive<usize> = 30..=64;

/// The token of one bot, `<bot id>:<secret>`. Debug prints `***` and the last four characters.
#[derive(Clone)]
pub struct BotToken(SecretString);

/// Why a text holds no usable token. Never holds any of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing in it looks like a token.
    #[error("no bot token found; copy the whole message from BotFather")]
    Missing,
    /// Something looks like a token that lost its beginning or end.
    #[error("the bot token looks cut off; copy the whole message from BotFather")]
    LooksCut,
    /// More than one distinct token: it is not ours to choose.
    #[error("found {0} different bot tokens; paste only one")]
    Several(usize),
}

impl BotToken {
    /// Reads a token that is the whole text, apart from blanks around it.
    ///
    /// # Errors
    /// When the text is anything else than one token.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        let (id, secret) = text.split_once(':').ok_or(TokenError::Missing)?;
        if id.is_empty()
            || !id.bytes().all(|b| b.is_ascii_digit())
            || !secret.bytes().all(is_secret_byte)
        {
            return Err(TokenError::Missing);
        }
        if !ID_DIGITS.contains(&id.len()) || !SECRET_CHARS.contains(&secret.len()) {
            return Err(TokenError::LooksCut);
        }
        Ok(BotToken(SecretString::from(text)))
    }

    /// Picks the one token out of a pasted text, such as a whole message of BotFather.
    ///
    /// The same token twice counts once.
    ///
    /// # Errors
    /// When there is none, one that looks cut off, or more than one.
    pub fn find_in(text: &str) -> Result<Self, TokenError> {
        let mut found: Vec<BotToken> = Vec::new();
        let mut cut = false;
        for (colon, _) in text.match_indices(':') {
            match BotToken::parse(around(text, colon)) {
                Ok(token) if found.contains(&token) => {}
                Ok(token) => found.push(token),
                // Times ("12:30") and addresses have colons too; only a long secret half looks like a token.
                Err(TokenError::LooksCut) => {
                    cut |= around(text, colon).len() > SECRET_CHARS.start() / 2
                }
                Err(_) => {}
            }
        }
        match (found.len(), cut) {
            (0, false) => Err(TokenError::Missing),
            (0, true) => Err(TokenError::LooksCut),
            (1, _) => Ok(found.swap_remove(0)),
            (count, _) => Err(TokenError::Several(count)),
        }
    }

    /// The bot's id, the half before the colon.
    #[must_use]
    pub fn bot_id(&self) -> i64 {
        let id = self.expose().split(':').next().unwrap_or_default();
        id.parse().expect("parse allows at most 16 digits")
    }

    /// The last four characters, the only part that may be shown.
    #[must_use]
    pub fn last4(&self) -> &str {
        let token = self.expose();
        &token[token.len() - 4..]
    }

    /// The token itself, for sealing and for the address of a call; for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for BotToken {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for BotToken {}

impl fmt::Debug for BotToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "***{}", self.last4())
    }
}

fn is_secret_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// The run of digits before a colon, the colon, and the run of secret characters after it.
///
/// Digits that are the tail of a longer word do not count, except after `/bot`, as in a pasted address.
fn around(text: &str, colon: usize) -> &str {
    let bytes = text.as_bytes();
    let digits = bytes[..colon]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit())
        .count();
    let end = colon
        + 1
        + bytes[colon + 1..]
            .iter()
            .take_while(|b| is_secret_byte(**b))
            .count();
    let start = colon - digits;
    let before = &text[..start];
    let is_word_tail =
        before.as_bytes().last().is_some_and(|b| is_secret_byte(*b)) && !before.ends_with("/bot");
    if is_word_tail { "" } else { &text[start..end] }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "1234567890:AAExampleExampleExampleExampleExamp";
    const TWO: &str = "9876543210:BBExampleExampleExampleExampleExamp";

    #[test]
    fn a_bare_token_is_read_with_blanks_around_it() {
        let token = BotToken::parse(&format!("  {ONE}\n")).expect("a token");
        assert_eq!(token.expose(), ONE);
        assert_eq!(token.bot_id(), 1_234_567_890);
    }

    #[test]
    fn a_token_shows_only_its_last_four_characters() {
        let token = BotToken::parse(ONE).expect("a token");
        assert_eq!(format!("{token:?}"), "***xamp");
        assert_eq!(format!("{:?}", Some(&token)), "Some(***xamp)");
    }

    #[test]
    fn a_whole_message_of_botfather_yields_its_token() {
        let message = format!(
            "Done! Congratulations on your new bot. You will find it at t.me/example_bot.\n\n\
             Use this token to access the HTTP API:\n{ONE}\nKeep your token secure (12:30).\n\
             For a description of the Bot API, see this page: https://core.telegram.org/bots/api"
        );
        assert_eq!(BotToken::find_in(&message).expect("a token").expose(), ONE);
    }

    #[test]
    fn a_token_is_found_between_backticks_quotes_and_in_an_address() {
        for text in [
            format!("`{ONE}`"),
            format!("TOKEN=\"{ONE}\""),
            format!("https://api.telegram.org/bot{ONE}/getMe"),
            format!("токен:{ONE}"),
            format!("\u{200f}{ONE}\u{200b}"),
            format!("{ONE}."),
        ] {
            assert_eq!(BotToken::find_in(&text).expect("a token").expose(), ONE);
        }
    }

    #[test]
    fn the_same_token_twice_counts_once_and_two_are_refused() {
        assert!(BotToken::find_in(&format!("{ONE} {ONE}")).is_ok());
        assert_eq!(
            BotToken::find_in(&format!("{ONE}\n{TWO}")).err(),
            Some(TokenError::Several(2))
        );
    }

    #[test]
    fn texts_without_a_token_say_so() {
        for text in [
            "",
            "hello",
            "12:30",
            "a:b",
            ":",
            "http://example.org:8080/",
            "::::",
        ] {
            assert_eq!(
                BotToken::find_in(text).err(),
                Some(TokenError::Missing),
                "{text}"
            );
        }
    }

    #[test]
    fn a_cut_token_is_told_from_none() {
        assert_eq!(
            BotToken::find_in(&ONE[..30]).err(),
            Some(TokenError::LooksCut)
        );
        assert_eq!(
            BotToken::find_in(&ONE[8..]).err(),
            Some(TokenError::LooksCut)
        );
        assert_eq!(BotToken::parse("123:abc").err(), Some(TokenError::LooksCut));
    }

    #[test]
    fn digits_at_the_end_of_a_word_are_not_a_bot_id() {
        assert_eq!(
            BotToken::find_in(&format!("abc{ONE}")).err(),
            Some(TokenError::Missing)
        );
    }
}
