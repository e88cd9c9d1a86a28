//! What may leave: every text of a model passes [`check`] before a fan can see it.
//!
//! One file per rule; [`rule::RuleId`] lists them with their reasons. A rule sees only the finished text and the
//! [`Context`], so no tone, prompt or message of a fan can switch it off.

mod draft;
mod rule;

mod r01_links;
mod r02_handles;
mod r03_contact;
mod r04_prices;
mod r05_selling;
mod r06_promises;
mod r07_people;
mod r08_leaks;
mod r09_honesty;
mod r10_answer;
mod r11_models;
mod r12_media;
mod r13_credentials;
mod r14_minors;
mod r15_injection;
mod r16_length;
mod r17_format;
mod r18_harms;
mod r19_solicits;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod testing;

use std::fmt;

use wording::Language;

use crate::identity::honest_answer;
pub(crate) use draft::Draft;
pub(crate) use r04_prices::names_money;
pub use rule::{Action, RuleId};

/// Longest text that leaves, in characters.
pub const LIMIT: usize = 1_000;

/// Something that may be offered for Stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floor<'a> {
    /// Its name, as it is called in a chat.
    pub name: &'a str,
    /// The lowest price in Stars that may be named for it.
    pub stars: u32,
}

/// What a text is checked against. Debug prints no text.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The creator's name.
    pub creator: &'a str,
    /// Hosts whose links may be sent, with all below them: `example.com`.
    pub allowed_hosts: &'a [String],
    /// User names that may be mentioned, with or without `@`.
    pub allowed_handles: &'a [String],
    /// What may be offered, and from how many Stars.
    pub floors: &'a [Floor<'a>],
    /// Language in which an honest answer is given in place of a lie.
    pub language: Language,
    /// Whether anything may be offered in this chat.
    pub selling_allowed: bool,
    /// Whether the fan has asked who writes.
    pub asked_identity: bool,
    /// Prompts, persona and facts, no long part of which may be repeated word for word.
    pub secrets: &'a [&'a str],
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Context(***)")
    }
}

/// A rule that took hold of a text, and what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The rule.
    pub id: RuleId,
    /// What it asks for.
    pub action: Action,
}

/// What becomes of a text. Debug prints no text.
#[derive(Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The text to send; `None` unless the action is [`Action::Pass`] or [`Action::Rewrite`]. Also where it passes a blank is put
    /// behind a full stop that would make a link of two words.
    pub text: Option<String>,
    /// The strongest action that a rule asked for.
    pub action: Action,
    /// The rules that took hold, in their order; for a rewritten text also those of the second check.
    pub rules: Vec<Hit>,
    /// The rules that were run: all of them, for the record.
    pub ran: &'static [RuleId],
}

impl fmt::Debug for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verdict")
            .field("text", &self.text.as_ref().map(|_| "***"))
            .field("action", &self.action)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

/// Checks a model's text. Pure: the same text and context always give the same verdict.
///
/// The strongest action wins. A text that is rewritten is checked once more; if a rule still takes hold of it, a
/// person decides.
#[must_use]
pub fn check(text: &str, context: &Context<'_>) -> Verdict {
    let (mut rules, rewritten) = run(text, context);
    let mut action = strongest(&rules);
    let mut leaves = (action <= Action::Rewrite).then_some(rewritten);
    if action == Action::Rewrite
        && let Some(once) = &leaves
    {
        let (again, twice) = run(once, context);
        if !again.is_empty() || twice != *once {
            action = strongest(&again).max(Action::HandOver);
            leaves = None;
        }
        rules.extend(again);
    }
    Verdict {
        text: leaves,
        action,
        rules,
        ran: RuleId::ALL,
    }
}

fn strongest(rules: &[Hit]) -> Action {
    rules
        .iter()
        .map(|hit| hit.action)
        .max()
        .unwrap_or(Action::Pass)
}

/// Runs every rule; which took hold, and the text as those that rewrite leave it. No two words of it make a link by themselves.
fn run(text: &str, context: &Context<'_>) -> (Vec<Hit>, String) {
    let draft = Draft::read(text, context.creator);
    let rules: Vec<Hit> = RuleId::ALL
        .iter()
        .filter_map(|id| {
            id.find(&draft, context)
                .map(|action| Hit { id: *id, action })
        })
        .collect();
    let lies = rules
        .iter()
        .any(|hit| hit.id.tells_who_writes() && hit.action == Action::Rewrite);
    let text = match lies {
        true => honest_answer(context.language, context.creator),
        false => r17_format::plain(text),
    };
    let text = r16_length::cut(&r01_links::parted(&text, context));
    (rules, text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::testing::{context, hits};
    use super::{Action, RuleId, check};

    #[test]
    fn an_ordinary_reply_passes_unchanged_and_every_rule_has_run() {
        let verdict = check("That made my day, thank you! 💛", &context());
        assert_eq!(verdict.action, Action::Pass);
        assert_eq!(
            verdict.text.as_deref(),
            Some("That made my day, thank you! 💛")
        );
        assert!(verdict.rules.is_empty());
        assert_eq!(verdict.ran, RuleId::ALL);
    }

    #[test]
    fn the_strongest_action_wins() {
        let verdict = check("I'm human, write to me at mira@mail.example", &context());
        assert!(verdict.rules.len() > 1);
        assert_eq!((verdict.action, verdict.text), (Action::Block, None));
    }

    #[test]
    fn an_honest_answer_passes_the_check_it_came_from_in_every_language() {
        for language in wording::Language::ALL {
            let context = super::Context {
                language: *language,
                asked_identity: true,
                ..context()
            };
            let verdict = check("yes, I'm real", &context);
            assert_eq!(
                verdict.action,
                Action::Rewrite,
                "{language:?} {:?}",
                verdict.rules
            );
        }
    }

    #[test]
    fn debug_output_holds_no_text() {
        let verdict = check("canary", &context());
        assert!(!format!("{verdict:?}{:?}", context()).contains("canary"));
        assert!(!format!("{:?}", context()).contains("Mira"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_is_checked_and_the_same_way_twice(text in any::<String>()) {
            prop_assert_eq!(check(&text, &context()), check(&text, &context()));
        }

        #[test]
        fn any_text_made_of_dangerous_pieces_is_checked(text in "(http|://|www\\.|@|\\.com|<|>|\\*\\*|`|\\[x\\]\\(|%|⭐|[0-9 ]{1,9}|[a-z]{1,6}|\n|\u{200b}|é|中){0,24}") {
            let rules = hits(&text);
            prop_assert!(rules.len() <= 2 * RuleId::ALL.len());
        }
    }
}
