//! What the owner of a connected account is told and may decide, in the owner's own chat with the bot.

use super::{Command, Language, VERSION, fill, shown_name, texts};

/// A decision of the owner of a connected account. From anybody else it is an ordinary message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OwnerCommand {
    /// An AI may read and answer in the account's chats.
    AllowAi,
    /// No longer.
    ForbidAi,
}

impl OwnerCommand {
    /// Every command.
    pub const ALL: &'static [OwnerCommand] = &[OwnerCommand::AllowAi, OwnerCommand::ForbidAi];

    /// The command's name, without `/`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            OwnerCommand::AllowAi => "allow_ai",
            OwnerCommand::ForbidAi => "forbid_ai",
        }
    }

    /// Recognises a command with which a text begins, if it is meant for the bot with this user name.
    #[must_use]
    pub fn parse(text: &str, bot_username: &str) -> Option<Self> {
        let command = Command::parse(text)?;
        let known = Self::ALL.iter().copied();
        known
            .filter(|_| command.is_for(bot_username))
            .find(|known| known.as_str() == command.name)
    }
}

/// What an owner reads once the account is connected: what happens to its chats, and what does not.
#[must_use]
pub fn connected(language: Language, creator: &str) -> String {
    said(texts::of(language).connected, language, creator)
}

/// The answer to a decision. Agreeing repeats what is agreed to.
#[must_use]
pub fn owner_answer(command: OwnerCommand, language: Language, creator: &str) -> String {
    let texts = texts::of(language);
    let template = match command {
        OwnerCommand::AllowAi => texts.allow_ai,
        OwnerCommand::ForbidAi => texts.forbid_ai,
    };
    said(template, language, creator)
}

fn said(template: &str, language: Language, creator: &str) -> String {
    let name = shown_name(creator);
    let creator = if name.is_empty() {
        texts::of(language).nameless
    } else {
        &name
    };
    fill(template, &[("creator", creator), ("version", VERSION)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_told_of_storage_of_vendors_and_of_the_way_out_in_every_language() {
        for &language in Language::ALL {
            let text = connected(language, "Mara Example");
            for part in [
                "Mara Example",
                "/allow_ai",
                "/forbid_ai",
                "/privacy",
                "xAI, Groq",
            ] {
                assert!(text.contains(part), "{language:?} {part}");
            }
            assert!(!text.contains(['{', '}']));
        }
    }

    #[test]
    fn agreeing_repeats_what_is_agreed_to_and_its_version() {
        for &language in Language::ALL {
            let text = owner_answer(OwnerCommand::AllowAi, language, "Mara Example");
            for part in ["xAI, Groq", "/forbid_ai", VERSION] {
                assert!(text.contains(part), "{language:?} {part}");
            }
            let other = owner_answer(OwnerCommand::ForbidAi, language, "");
            assert!(other.contains(texts::of(language).nameless));
        }
    }

    #[test]
    fn only_the_two_words_for_this_bot_are_decisions() {
        let parse = |text| OwnerCommand::parse(text, "mara_bot");
        assert_eq!(parse("/allow_ai"), Some(OwnerCommand::AllowAi));
        assert_eq!(parse("/forbid_ai@mara_bot"), Some(OwnerCommand::ForbidAi));
        assert_eq!(parse("/allow_ai@other_bot"), None);
        assert_eq!(parse("allow_ai"), None);
        assert_eq!(parse("/human"), None);
    }
}
