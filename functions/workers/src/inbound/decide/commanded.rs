//! What a fan's command does, and the fixed text that answers it.

use domain::Timestamp;
use domain::alert::AlertCause;
use domain::sofi::ReplyMode;
use store::row::FanRow;
use telegram::Message;
use telegram::commands::{self, Exporting, FanCommand, Language, RestrictedBy, Setting};

use super::super::exporting::Wish;
use super::super::sofi::SofiDecision;
use super::super::state::{Fan, Head, Version};
use super::{Decision, Facts, Fixed, country, honest, language_of, spoken, tag};

/// Does what a command of the fan says, and answers it.
pub(super) fn carry_out(
    command: FanCommand,
    decision: &mut Decision,
    head: &mut Head,
    message: &Message,
    version: Version,
    facts: &Facts<'_>,
) {
    let Some(fan) = &mut decision.after.fan else {
        return;
    };
    if command == FanCommand::Human && facts.sofi.is_overdue(head.needs_person_since) {
        decision.alert = Some(AlertCause::Person);
    }
    obey(command, message, fan, head, version);
    let mode = facts.sofi.mode_in(head);
    decision.sofi = match command {
        FanCommand::Human => facts.sofi.person_asked(),
        FanCommand::Forget => facts.sofi.forget_asked(),
        FanCommand::Restrict => facts.sofi.ai_refused(head, FanRow::RESTRICTED),
        FanCommand::NoAi => facts.sofi.ai_refused(head, FanRow::NO_AI),
        _ => SofiDecision::default(),
    };
    if command == FanCommand::Export && facts.exporting == Some(Exporting::Begun) {
        let language = tag(message, fan).map(str::to_owned);
        decision.export = Some(Wish { language });
    }
    decision.replies.push(Fixed {
        buttons: buttons(command, message, language_of(message, fan), facts),
        // The greeting discloses too, but the first reply says it again, in the language of the talk.
        ..Fixed::plain(answer(command, message, fan, facts, mode))
    });
}

/// What a fan writes behind a command counts as if it stood alone: distress, and the question who writes. So does that question
/// where it stood in the turn that ends with the command.
pub(super) fn hear(decision: &mut Decision, head: &mut Head, message: &Message, facts: &Facts<'_>) {
    let Some(fan) = &decision.after.fan else {
        return;
    };
    let speaks = spoken(message, fan);
    if facts.sofi.care.is_some() {
        let caring = |care| care::answer(care, speaks, country(message), facts.creator);
        let (distress, said) = facts.sofi.message(head, message.message_id, caring);
        decision.sofi = decision.sofi.with_distress(&distress);
        decision.replies.extend(said.map(Fixed::plain));
    } else {
        decision.sofi.honest = facts.sofi.owes_truth(head, decision.sofi.turn);
    }
    let truth = decision.sofi.honest.then(|| honest(speaks, facts));
    decision.replies.extend(truth);
}

/// The buttons under the answer to a command. In an account's chat they would be the owner's as well.
fn buttons(
    command: FanCommand,
    message: &Message,
    language: Language,
    facts: &Facts<'_>,
) -> Vec<(&'static str, String)> {
    match command {
        FanCommand::Privacy if message.business.is_none() => commands::choices(language),
        FanCommand::Delete => {
            let word = facts.erasure_word.clone();
            word.map(|word| (commands::delete_button(language), word))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What a command changes. Of what is asked for once the earliest counts, of what can be taken back the newest.
fn obey(command: FanCommand, message: &Message, fan: &mut Fan, head: &mut Head, version: Version) {
    let earliest = |known: Option<Timestamp>| {
        Some(known.map_or(version.at(), |known| known.min(version.at())))
    };
    match command {
        FanCommand::Start => {
            if let Some(source) = message.command().and_then(commands::Command::start_payload) {
                fan.came_from(source, version);
            }
        }
        FanCommand::Stop => fan.stopped_at = earliest(fan.stopped_at),
        FanCommand::Human => {
            head.needs_person_since = earliest(head.needs_person_since);
            head.wished_at = head.wished_at.max(Some(version.at()));
        }
        FanCommand::Restrict => fan.restrict(true, version),
        FanCommand::Unrestrict => fan.restrict(false, version),
        FanCommand::NoAi => fan.refuse_ai(true, version),
        FanCommand::Ai => fan.refuse_ai(false, version),
        FanCommand::Help
        | FanCommand::Privacy
        | FanCommand::PaySupport
        | FanCommand::Export
        | FanCommand::Delete
        | FanCommand::Forget => {}
    }
}

fn answer(
    command: FanCommand,
    message: &Message,
    fan: &Fan,
    facts: &Facts<'_>,
    mode: ReplyMode,
) -> String {
    // A draft of Sofi's that a person sends is an AI's text too.
    let ai = mode != ReplyMode::Off;
    commands::answer_in(
        command,
        tag(message, fan),
        &Setting {
            creator: facts.creator,
            ai,
            vendors: ai,
            policy_url: facts.policy,
            hours: facts.sofi.hours,
            private: facts.erasure_word.is_some() || facts.exporting.is_some(),
            exporting: facts.exporting.unwrap_or_default(),
            restricted: match (fan.team_restricts, fan.restricted_at) {
                (true, _) => Some(RestrictedBy::Team),
                (false, Some(_)) => Some(RestrictedBy::Fan),
                (false, None) => None,
            },
        },
    )
}
