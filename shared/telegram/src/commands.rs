//! What the bot itself understands and says to a fan, in the fan's language.
//!
//! Every wording belongs to [`VERSION`]; whoever changes a sentence changes the version, so that a record
//! can say what a fan was told. Texts are plain, without formatting.

mod command;
mod exporting;
mod owner;
mod talk;
mod texts;

pub use command::Command;
pub use exporting::Exporting;
pub use owner::{OwnerCommand, connected, owner_answer};
pub use talk::{answer_in, not_for_sale_in};

/// Version of all wordings here.
pub const VERSION: &str = "2026-12-01";

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
    /// Asks for a copy of the fan's data, as a file in the chat.
    Export,
    /// Asks for deletion; a button confirms it.
    Delete,
    /// Deletes what Sofi has noted about the fan.
    Forget,
    /// Has the fan's data kept and not used.
    Restrict,
    /// Ends that, as far as the fan's own word began it.
    Unrestrict,
    /// Keeps every AI out of the fan's chats.
    NoAi,
    /// Allows one again.
    Ai,
}

/// What the buttons under the privacy text stand for.
const OFFERED: [FanCommand; 5] = [
    FanCommand::Export,
    FanCommand::Delete,
    FanCommand::Stop,
    FanCommand::NoAi,
    FanCommand::Restrict,
];

/// How the data of such a button begins.
const BUTTON: &str = "command:";

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
        FanCommand::Restrict,
        FanCommand::Unrestrict,
        FanCommand::NoAi,
        FanCommand::Ai,
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
            FanCommand::Restrict => "restrict",
            FanCommand::Unrestrict => "unrestrict",
            FanCommand::NoAi => "noai",
            FanCommand::Ai => "ai",
        }
    }

    /// The command that a button under the privacy text stands for.
    #[must_use]
    pub fn of_button(data: &str) -> Option<Self> {
        let named = Self::find(data.strip_prefix(BUTTON)?);
        named.filter(|command| OFFERED.contains(command))
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

/// By whose word a fan's data is only kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestrictedBy {
    /// The fan's own alone.
    Fan,
    /// The team's, which the fan's does not end.
    Team,
}

/// What the texts need to know about the bot.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The creator's display name; shown to fans.
    pub creator: &'a str,
    /// Whether an AI may write in this chat, be it by itself or what a person then sends. Decides what `/start` and `/human`
    /// disclose.
    pub ai: bool,
    /// Whether AI vendors receive parts of this chat, be it for answers or for drafts. Decides what `/privacy` says.
    pub vendors: bool,
    /// Address of the policy that the fan can read.
    pub policy_url: &'a str,
    /// Within how many hours a person answers.
    pub hours: u32,
    /// Whether this is the bot's own chat, where its buttons are the fan's to press.
    pub private: bool,
    /// Whether the fan's data is only kept, as it is after the command. Who is restricted is promised no answer.
    pub restricted: Option<RestrictedBy>,
    /// What becomes of a fan's wish for a copy, in the bot's own chat.
    pub exporting: Exporting,
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

/// The buttons under the privacy text: what each says, and what it carries.
#[must_use]
pub fn choices(language: Language) -> Vec<(&'static str, String)> {
    let texts = texts::of(language).choices.into_iter();
    let data = OFFERED.map(|command| format!("{BUTTON}{}", command.as_str()));
    texts.zip(data).collect()
}

/// The bot's answer to a command.
#[must_use]
pub fn answer(command: FanCommand, language: Language, setting: &Setting<'_>) -> String {
    let texts = texts::of(language);
    let promises = matches!(
        command,
        FanCommand::Start | FanCommand::Human | FanCommand::PaySupport
    );
    let template = match command {
        FanCommand::Unrestrict if setting.restricted == Some(RestrictedBy::Team) => {
            texts.unrestrict_held
        }
        _ if promises && setting.restricted == Some(RestrictedBy::Team) => texts.unrestrict_held,
        _ if promises && setting.restricted == Some(RestrictedBy::Fan) => texts.restrict,
        FanCommand::Start if setting.ai => texts.start_with_ai,
        FanCommand::Start => texts.start,
        FanCommand::Help => texts.help,
        FanCommand::Privacy => texts.privacy,
        FanCommand::Stop => texts.stop,
        FanCommand::Human if setting.ai => texts.human_with_ai,
        FanCommand::Human => texts.human,
        FanCommand::PaySupport => texts.paysupport,
        FanCommand::Export if setting.private => setting.exporting.says(language),
        FanCommand::Export => texts.export_elsewhere,
        FanCommand::Delete if setting.private => texts.delete,
        FanCommand::Delete => texts.delete_elsewhere,
        FanCommand::Forget => texts.forget,
        FanCommand::Restrict => texts.restrict,
        FanCommand::Unrestrict => texts.unrestrict,
        FanCommand::NoAi => texts.no_ai,
        FanCommand::Ai => texts.ai,
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
mod tests;
