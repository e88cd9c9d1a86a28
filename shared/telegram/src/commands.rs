//! What the bot itself understands and says to a fan, in the fan's language.
//!
//! Every wording belongs to [`VERSION`]; whoever changes a sentence changes the version, so that a record
//! can say what a fan was told. Texts are plain, without formatting.

mod command;
mod owner;
mod texts;

pub use command::Command;
pub use owner::{OwnerCommand, connected, owner_answer};

/// Version of all wordings here.
pub const VERSION: &str = "2026-11-28";

/// Where anybody reaches the operator.
pub const SUPPORT: &str = "support@soficrm.com";

/// Longest creator's name put into a text, in characters.
const NAME_LIMIT: usize = 64;

/// A command that every bot of the product answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FanCommand {
    /// Greets, and says who answers.
    Start,
    /// Lists the commands.
    Help,
    /// Says who is responsible for the fan's data and what happens to it.
    Privacy,
    /// Stops marketing for good.
    Stop,
    /// Asks for a person.
    Human,
    /// Help with a payment; Telegram asks every selling bot to answer it.
    PaySupport,
    /// Asks for a copy of the fan's data; not available in the bot yet.
    Export,
    /// Asks for deletion; not available in the bot yet.
    Delete,
    /// Deletes what Sofi has noted about the fan.
    Forget,
}

impl FanCommand {
    /// Every command.
    pub const ALL: &'static [FanCommand] = &[
        FanCommand::Start,
        FanCommand::Help,
        FanCommand::Privacy,
        FanCommand::Stop,
        FanCommand::Human,
        FanCommand::PaySupport,
        FanCommand::Export,
        FanCommand::Delete,
        FanCommand::Forget,
    ];

    /// The command's name, without `/`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            FanCommand::Start => "start",
            FanCommand::Help => "help",
            FanCommand::Privacy => "privacy",
            FanCommand::Stop => "stop",
            FanCommand::Human => "human",
            FanCommand::PaySupport => "paysupport",
            FanCommand::Export => "export",
            FanCommand::Delete => "delete",
            FanCommand::Forget => "forget",
        }
    }

    /// Finds the command of a name; other commands are ordinary messages for the creator.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|command| command.as_str() == name)
    }

    /// Recognises a command with which a text begins, if it is meant for the bot with this user name.
    #[must_use]
    pub fn parse(text: &str, bot_username: &str) -> Option<Self> {
        let command = Command::parse(text)?;
        if command.is_for(bot_username) {
            Self::find(&command.name)
        } else {
            None
        }
    }
}

/// A language that the bot speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Also for every language without texts.
    #[default]
    English,
    /// Español.
    Spanish,
    /// Русский.
    Russian,
    /// Português.
    Portuguese,
    /// Deutsch.
    German,
}

impl Language {
    /// Every language.
    pub const ALL: &'static [Language] = &[
        Language::English,
        Language::Spanish,
        Language::Russian,
        Language::Portuguese,
        Language::German,
    ];

    /// The language for a `language_code` such as `pt-BR`; English for unknown and absent ones.
    #[must_use]
    pub fn of(code: Option<&str>) -> Self {
        let primary = code
            .unwrap_or_default()
            .split(['-', '_'])
            .next()
            .unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "es" => Language::Spanish,
            "ru" => Language::Russian,
            "pt" => Language::Portuguese,
            "de" => Language::German,
            _ => Language::English,
        }
    }
}

/// What the texts need to know about the bot.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The creator's display name; shown to fans.
    pub creator: &'a str,
    /// Whether an AI may answer in this chat. Decides what `/start` and `/human` disclose.
    pub ai: bool,
    /// Whether AI vendors receive parts of this chat, be it for answers or for drafts. Decides what `/privacy` says.
    pub vendors: bool,
    /// Address of the policy that the fan can read.
    pub policy_url: &'a str,
    /// Within how many hours a person answers.
    pub hours: u32,
    /// Whether this is the bot's own chat, where its buttons are the fan's to press.
    pub private: bool,
}

/// What a fan is told who has asked to be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasing {
    /// It begins.
    Begun,
    /// It is done: the last word.
    Done,
    /// The button is too old, or not this chat's.
    Late,
    /// There is nothing to erase.
    Nothing,
}

impl Erasing {
    /// In words; at most 200 characters for what is shown over the chat, which is all but the last word.
    #[must_use]
    pub const fn says(self, language: Language) -> &'static str {
        let texts = texts::of(language);
        match self {
            Self::Begun => texts.deleting,
            Self::Done => texts.deleted,
            Self::Late => texts.delete_late,
            Self::Nothing => texts.delete_nothing,
        }
    }
}

/// What the button under the question says.
#[must_use]
pub const fn delete_button(language: Language) -> &'static str {
    texts::of(language).delete_button
}

/// The bot's answer to a command.
#[must_use]
pub fn answer(command: FanCommand, language: Language, setting: &Setting<'_>) -> String {
    let texts = texts::of(language);
    let template = match command {
        FanCommand::Start if setting.ai => texts.start_with_ai,
        FanCommand::Start => texts.start,
        FanCommand::Help => texts.help,
        FanCommand::Privacy => texts.privacy,
        FanCommand::Stop => texts.stop,
        FanCommand::Human if setting.ai => texts.human_with_ai,
        FanCommand::Human => texts.human,
        FanCommand::PaySupport => texts.paysupport,
        FanCommand::Export => texts.export,
        FanCommand::Delete if setting.private => texts.delete,
        FanCommand::Delete => texts.delete_elsewhere,
        FanCommand::Forget => texts.forget,
    };
    let name = shown_name(setting.creator);
    let creator = if name.is_empty() {
        texts.nameless
    } else {
        &name
    };
    let ai = if setting.vendors {
        texts.privacy_ai_on
    } else {
        texts.privacy_ai_off
    };
    let hours = setting.hours.to_string();
    fill(
        template,
        &[
            ("creator", creator),
            ("hours", &hours),
            ("ai", ai),
            ("policy", setting.policy_url),
            ("support", SUPPORT),
            ("version", VERSION),
        ],
    )
}

/// What a buyer reads when a pre-checkout is refused because nothing is on sale yet.
#[must_use]
pub fn not_for_sale(language: Language) -> &'static str {
    texts::of(language).not_for_sale
}

/// A name as one line without control and direction characters, so that it cannot forge lines of a text.
fn shown_name(name: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
    };
    let spaced: String = name
        .chars()
        .map(|c| if is_hidden(c) { ' ' } else { c })
        .collect();
    let line: Vec<&str> = spaced.split_whitespace().collect();
    line.join(" ").chars().take(NAME_LIMIT).collect()
}

/// Replaces `{key}` in one pass, so that a filled-in value is never filled again.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 128);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, tail) = rest.split_at(start);
        text.push_str(before);
        let value = tail[1..].split_once('}').and_then(|(key, after)| {
            let (_, value) = values.iter().find(|(name, _)| *name == key)?;
            Some((*value, after))
        });
        match value {
            Some((value, after)) => {
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = &tail[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTING: Setting<'static> = Setting {
        creator: "Mara Example",
        ai: false,
        vendors: false,
        policy_url: "https://example.org/privacy",
        hours: 24,
        private: true,
    };

    fn every_answer() -> impl Iterator<Item = (FanCommand, Language, bool, String)> {
        Language::ALL.iter().flat_map(|&language| {
            FanCommand::ALL.iter().flat_map(move |&command| {
                [false, true].map(|ai| {
                    (
                        command,
                        language,
                        ai,
                        answer(command, language, &Setting { ai, ..SETTING }),
                    )
                })
            })
        })
    }

    #[test]
    fn every_answer_fits_into_one_message_with_no_gap_left() {
        for (command, language, _, text) in every_answer() {
            let units = text.encode_utf16().count();
            assert!(
                (20..=4096).contains(&units),
                "{command:?} {language:?} {units}"
            );
            assert!(!text.contains(['{', '}']), "{command:?} {language:?}");
            assert_eq!(text, text.trim());
        }
    }

    #[test]
    fn languages_do_not_share_a_single_answer() {
        for &command in FanCommand::ALL {
            let texts: std::collections::HashSet<_> = Language::ALL
                .iter()
                .map(|&language| answer(command, language, &SETTING))
                .collect();
            assert_eq!(texts.len(), Language::ALL.len(), "{command:?}");
        }
    }

    #[test]
    fn the_language_is_chosen_by_its_first_part_and_falls_back_to_english() {
        let table = [
            (Some("es"), Language::Spanish),
            (Some("es-MX"), Language::Spanish),
            (Some("PT-br"), Language::Portuguese),
            (Some("ru"), Language::Russian),
            (Some("de_AT"), Language::German),
            (Some("en-GB"), Language::English),
            (Some("est"), Language::English),
            (Some("uk"), Language::English),
            (Some(""), Language::English),
            (None, Language::English),
        ];
        for (code, expected) in table {
            assert_eq!(Language::of(code), expected, "{code:?}");
        }
    }

    #[test]
    fn start_discloses_an_ai_exactly_when_there_is_one() {
        for &language in Language::ALL {
            let without = answer(FanCommand::Start, language, &SETTING);
            let with = answer(
                FanCommand::Start,
                language,
                &Setting {
                    ai: true,
                    ..SETTING
                },
            );
            assert_ne!(without, with);
            assert!(with.contains("/human"), "{language:?}");
        }
        assert!(
            answer(FanCommand::Start, Language::English, &SETTING).contains("A person answers")
        );
    }

    #[test]
    fn privacy_names_both_roles_the_policy_and_the_version() {
        for &language in Language::ALL {
            let text = answer(FanCommand::Privacy, language, &SETTING);
            for part in [
                "Mara Example",
                "Sofi CRM",
                SUPPORT,
                SETTING.policy_url,
                VERSION,
                "edpb.europa.eu",
                "ico.org.uk",
            ] {
                assert!(text.contains(part), "{language:?} {part}");
            }
        }
    }

    #[test]
    fn privacy_names_the_vendors_exactly_when_they_receive_something() {
        for &language in Language::ALL {
            let drafting = Setting {
                vendors: true,
                ..SETTING
            };
            assert!(answer(FanCommand::Privacy, language, &drafting).contains("xAI, Groq"));
            assert!(!answer(FanCommand::Privacy, language, &SETTING).contains("Groq"));
        }
    }

    #[test]
    fn what_is_not_available_names_a_way_to_a_person() {
        for command in [FanCommand::Export, FanCommand::PaySupport] {
            for &language in Language::ALL {
                let text = answer(command, language, &SETTING);
                assert!(
                    text.contains(SUPPORT) && text.contains("Mara Example"),
                    "{command:?} {language:?}"
                );
            }
        }
    }

    #[test]
    fn p27_who_asks_to_be_deleted_is_asked_back_and_told_what_it_means() {
        for &language in Language::ALL {
            let question = answer(FanCommand::Delete, language, &SETTING);
            assert!(question.contains("Mara Example") && question.contains("/privacy"));
            assert!(question.contains("10") && !delete_button(language).is_empty());
            for shown in [Erasing::Begun, Erasing::Late, Erasing::Nothing] {
                assert!(shown.says(language).chars().count() <= 200, "{shown:?}");
            }
            for days in ["45", "35", "7"] {
                assert!(Erasing::Done.says(language).contains(days), "{language:?}");
            }
            let elsewhere = Setting {
                private: false,
                ..SETTING
            };
            let text = answer(FanCommand::Delete, language, &elsewhere);
            assert!(text.contains("/delete") && text.contains(SUPPORT));
        }
    }

    #[test]
    fn help_lists_every_command() {
        for &language in Language::ALL {
            let text = answer(FanCommand::Help, language, &SETTING);
            for command in FanCommand::ALL {
                assert!(
                    text.contains(&format!("/{}", command.as_str())),
                    "{language:?} {command:?}"
                );
            }
        }
    }

    #[test]
    fn a_creators_name_cannot_forge_lines_or_gaps() {
        let creator = "Eve\n\n/privacy\u{202e}{policy}";
        let text = answer(
            FanCommand::Start,
            Language::English,
            &Setting { creator, ..SETTING },
        );
        assert!(text.contains("Eve /privacy {policy}"));
        assert!(!text.contains('\u{202e}'));
        let long = "a".repeat(500);
        assert_eq!(shown_name(&long).len(), NAME_LIMIT);
    }

    #[test]
    fn a_nameless_creator_still_gives_a_sentence() {
        for &language in Language::ALL {
            let text = answer(
                FanCommand::Start,
                language,
                &Setting {
                    creator: " \n",
                    ..SETTING
                },
            );
            assert!(text.contains(texts::of(language).nameless), "{language:?}");
        }
    }

    #[test]
    fn a_command_for_another_bot_is_not_ours() {
        assert_eq!(
            FanCommand::parse("/stop@example_bot", "example_bot"),
            Some(FanCommand::Stop)
        );
        assert_eq!(FanCommand::parse("/stop@other_bot", "example_bot"), None);
        assert_eq!(
            FanCommand::parse("/stop", "example_bot"),
            Some(FanCommand::Stop)
        );
        assert_eq!(FanCommand::parse("/menu", "example_bot"), None);
    }

    #[test]
    fn the_refusal_of_a_sale_is_short_enough_for_a_dialog() {
        for &language in Language::ALL {
            assert!(not_for_sale(language).chars().count() <= 200);
        }
    }
}
