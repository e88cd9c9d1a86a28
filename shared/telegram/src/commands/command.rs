//! Recognising a command at the start of a text.

use std::fmt;

/// A command with which a text begins, such as `/start@example_bot abc`. Debug prints the name only.
#[derive(Clone, PartialEq, Eq)]
pub struct Command {
    /// In lower case, without `/`.
    pub name: String,
    /// The bot that it names after `@`, if any.
    pub bot: Option<String>,
    /// What follows, without blanks around it; empty when nothing does.
    pub args: String,
}

impl Command {
    /// Longest payload of a start link, in characters.
    pub const START_PAYLOAD_LIMIT: usize = 64;

    /// Reads the command with which a text begins.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('/')?;
        let (word, args) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let (name, bot) = match word.split_once('@') {
            Some((name, bot)) => (name, Some(bot)),
            None => (word, None),
        };
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        // Telegram's own rule for command names: at most 32 letters, digits and underscores.
        if !is_word(name) || name.len() > 32 || bot.is_some_and(|bot| !is_word(bot)) {
            return None;
        }
        Some(Command {
            name: name.to_ascii_lowercase(),
            bot: bot.map(str::to_owned),
            args: args.trim().to_owned(),
        })
    }

    /// Whether the command is meant for the bot with this user name: it names it, or names none.
    #[must_use]
    pub fn is_for(&self, username: &str) -> bool {
        self.bot
            .as_deref()
            .is_none_or(|bot| bot.eq_ignore_ascii_case(username))
    }

    /// The payload of a start link: where the fan came from. `None` for anything that no link can carry.
    #[must_use]
    pub fn start_payload(&self) -> Option<&str> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        let fits = !self.args.is_empty() && self.args.len() <= Self::START_PAYLOAD_LIMIT;
        (self.name == "start" && fits && self.args.bytes().all(allowed))
            .then_some(self.args.as_str())
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Command(/{})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_with_and_without_a_bot_name() {
        let plain = Command::parse("/start").expect("a command");
        assert_eq!((plain.name.as_str(), plain.args.as_str()), ("start", ""));
        assert!(plain.is_for("example_bot"));
        let named = Command::parse("/Start@Example_Bot  src-1 ").expect("a command");
        assert_eq!(
            (named.name.as_str(), named.args.as_str()),
            ("start", "src-1")
        );
        assert!(named.is_for("example_bot"));
        assert!(!named.is_for("other_bot"));
    }

    #[test]
    fn arguments_may_follow_on_a_new_line() {
        assert_eq!(
            Command::parse("/help\nplease").expect("a command").args,
            "please"
        );
    }

    #[test]
    fn texts_that_are_no_command_are_left_alone() {
        let long = format!("/{}", "a".repeat(33));
        for text in [
            "",
            "/",
            "//",
            "/@bot",
            "hi /start",
            " /start",
            "/приват",
            "/start@",
            "/a-b",
            &long,
        ] {
            assert_eq!(Command::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_payload_that_a_link_can_carry_is_taken() {
        let payload =
            |text: &str| Command::parse(text).and_then(|c| c.start_payload().map(str::to_owned));
        assert_eq!(payload("/start src_A-1").as_deref(), Some("src_A-1"));
        assert_eq!(
            payload(&format!("/start {}", "a".repeat(64))).map(|p| p.len()),
            Some(64)
        );
        assert_eq!(payload(&format!("/start {}", "a".repeat(65))), None);
        assert_eq!(payload("/start two words"), None);
        assert_eq!(payload("/start"), None);
        assert_eq!(payload("/help src"), None);
    }
}
