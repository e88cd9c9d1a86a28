//! What somebody of the team reads in their own Telegram chat: what waits, what they can do about it, and what became of
//! their word. In the languages of [`crate::commands`].

mod texts;

use domain::alert::{AlertButton, AlertCause};

use crate::client::{Below, Button};
use crate::commands::Language;
use texts::of;

/// Longest text of a draft or a message that is shown, in characters: with the words around it a message stays far below
/// Telegram's limit, and nobody approves what they have not seen to its end.
pub const MOST_SHOWN: usize = 3_000;

/// What an alert shows.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// Why it is sent.
    pub cause: AlertCause,
    /// The fan's name; may be empty.
    pub name: &'a str,
    /// The beginning of the fan's newest message.
    pub snippet: &'a str,
    /// Sofi's draft.
    pub draft: Option<&'a str>,
    /// Whether it was told before and nobody has answered since.
    pub again: bool,
}

/// What became of a member's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The answer is on its way.
    Queued,
    /// The draft is gone.
    Discarded,
    /// Sofi is silent in the conversation.
    TakenOver,
    /// What they write next is sent.
    Write,
    /// The draft was changed or dealt with meanwhile.
    Changed,
    /// The fan, or a colleague, has written since.
    MovedOn,
    /// The fan has asked for a person.
    WantsPerson,
    /// The fan may be in distress.
    Care,
    /// Something in Sofi's text must not be in an AI's.
    BreaksRule,
    /// Sofi's text speaks of distress.
    CareInReply,
    /// No AI may write in the account's chats.
    NotAuthorised,
    /// The fan cannot be written to.
    Unreachable,
    /// Only words can be sent from here.
    WordsOnly,
    /// They may no longer answer fans here, or the alert is too old.
    NotPossible,
    /// Something of ours failed.
    Failed,
}

impl Notice {
    /// Every notice.
    pub const ALL: [Self; 15] = [
        Self::Queued,
        Self::Discarded,
        Self::TakenOver,
        Self::Write,
        Self::Changed,
        Self::MovedOn,
        Self::WantsPerson,
        Self::Care,
        Self::BreaksRule,
        Self::CareInReply,
        Self::NotAuthorised,
        Self::Unreachable,
        Self::WordsOnly,
        Self::NotPossible,
        Self::Failed,
    ];

    /// In words, at most 200 characters.
    #[must_use]
    pub const fn says(self, language: Language) -> &'static str {
        let texts = of(language);
        match self {
            Self::Queued => texts.queued,
            Self::Discarded => texts.discarded,
            Self::TakenOver => texts.taken_over,
            Self::Write => texts.write,
            Self::Changed => texts.changed,
            Self::MovedOn => texts.moved_on,
            Self::WantsPerson => texts.wants_person,
            Self::Care => texts.care,
            Self::BreaksRule => texts.breaks_rule,
            Self::CareInReply => texts.care_in_reply,
            Self::NotAuthorised => texts.not_authorised,
            Self::Unreachable => texts.unreachable,
            Self::WordsOnly => texts.words_only,
            Self::NotPossible => texts.not_possible,
            Self::Failed => texts.failed,
        }
    }
}

/// What a chat is told when it begins to hear of what waits.
#[must_use]
pub const fn linked(language: Language) -> &'static str {
    of(language).linked
}

/// One line at the end of somebody's quiet hours: how many fans still wait. `is_full` says that there may be more.
#[must_use]
pub fn summary(waiting: usize, is_full: bool, language: Language) -> String {
    let more = if is_full { "+" } else { "" };
    format!("{} {waiting}{more}", of(language).summary)
}

/// The words of an alert.
#[must_use]
pub fn words(shown: &Shown<'_>, language: Language) -> String {
    let texts = of(language);
    let name = match shown.name.trim() {
        "" => texts.somebody,
        name => name,
    };
    let head = match shown.cause {
        AlertCause::Care => format!("⚠️ {name} {}", texts.distress),
        AlertCause::Person => format!("{name} {}", texts.person),
        AlertCause::Draft | AlertCause::Message => format!("{name} {}", texts.wrote),
        AlertCause::Rewrite => format!("{} {name}:", texts.rewrite),
    };
    if shown.cause == AlertCause::Rewrite {
        return head;
    }
    let mut said = match shown.again {
        true => format!("{}\n{head}\n{}", texts.still, shown.snippet),
        false => format!("{head}\n{}", shown.snippet),
    };
    if let Some(draft) = shown.draft {
        said.push_str(&format!("\n\n{}\n{draft}", texts.would_answer));
    }
    format!("{said}\n\n{}", texts.reply)
}

/// The buttons under an alert, row by row.
pub struct Buttons([[Button<'static>; 2]; 2], AlertCause);

impl Buttons {
    /// The buttons of an alert in a language.
    #[must_use]
    pub const fn new(cause: AlertCause, language: Language) -> Self {
        let texts = of(language);
        let rows = [
            [
                (texts.approve, AlertButton::Approve.as_str()),
                (texts.discard, AlertButton::Discard.as_str()),
            ],
            [
                (texts.edit, AlertButton::Edit.as_str()),
                (texts.take_over, AlertButton::TakeOver.as_str()),
            ],
        ];
        Self(rows, cause)
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> Vec<&[Button<'static>]> {
        let [first, second] = &self.0;
        match self.1 {
            AlertCause::Draft => vec![first.as_slice(), second.as_slice()],
            AlertCause::Care | AlertCause::Person | AlertCause::Message => vec![&second[1..]],
            AlertCause::Rewrite => Vec::new(),
        }
    }

    /// What stands under the alert, given its rows.
    #[must_use]
    pub const fn below<'a>(&self, rows: &'a [&'a [Button<'a>]]) -> Below<'a> {
        match self.1 {
            AlertCause::Rewrite => Below::Reply,
            _ => Below::Buttons(rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_shown_whole_under_what_it_answers() {
        let shown = Shown {
            cause: AlertCause::Draft,
            name: "Robin",
            snippet: "when is the new set out?",
            draft: Some("Friday!"),
            again: false,
        };
        let said = words(&shown, Language::English);
        let order = ["Robin", "when is the new set out?", "Friday!"].map(|part| said.find(part));
        assert!(order.is_sorted() && order[0].is_some(), "{said}");
    }

    #[test]
    fn a_fan_in_distress_is_told_of_in_words_of_their_own_and_again_while_nobody_answers() {
        let mut heads = Vec::new();
        for language in Language::ALL {
            let shown = |cause, again| {
                let shown = Shown {
                    cause,
                    name: "Robin",
                    snippet: "a message",
                    draft: None,
                    again,
                };
                words(&shown, *language)
            };
            let care = shown(AlertCause::Care, false);
            assert!(care.starts_with("⚠️ Robin "), "{care}");
            assert_ne!(care, shown(AlertCause::Person, false));
            let reminder = shown(AlertCause::Care, true);
            assert!(reminder.starts_with('⏰') && reminder.ends_with(&care));
            heads.push(care);
        }
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), Language::ALL.len(), "{heads:#?}");
    }

    #[test]
    fn every_language_has_every_text_and_telegram_takes_it() {
        for language in Language::ALL {
            for notice in Notice::ALL {
                let said = notice.says(*language);
                assert!((1..=200).contains(&said.chars().count()), "{notice:?}");
            }
            for cause in [
                AlertCause::Care,
                AlertCause::Draft,
                AlertCause::Person,
                AlertCause::Message,
            ] {
                let buttons = Buttons::new(cause, *language);
                for (text, data) in buttons.rows().concat() {
                    assert!(!text.is_empty() && AlertButton::find(data).is_some());
                }
            }
            assert!(!linked(*language).is_empty());
            let line = summary(3, false, *language);
            assert!(line.ends_with(": 3") && line.lines().count() == 1);
            assert!(summary(99, true, *language).ends_with(": 99+"));
        }
    }

    #[test]
    fn only_a_draft_can_be_approved() {
        let data = |cause| {
            let rows = Buttons::new(cause, Language::English);
            rows.rows()
                .concat()
                .iter()
                .map(|(_, data)| *data)
                .collect::<Vec<_>>()
        };
        assert!(data(AlertCause::Draft).contains(&AlertButton::Approve.as_str()));
        assert_eq!(data(AlertCause::Person), [AlertButton::TakeOver.as_str()]);
        assert_eq!(data(AlertCause::Care), [AlertButton::TakeOver.as_str()]);
        assert!(data(AlertCause::Rewrite).is_empty());
    }
}
