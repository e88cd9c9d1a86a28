//! What a fan makes of a message afterwards.

use app::Event;
use domain::message::Author;
use telegram::{Content, Message};

use super::super::content;
use super::super::sofi::TurnChange;
use super::super::state::{Chat, Edit, Stored};
use super::{Decision, Facts, Fixed, Verdict, country, honest, spoken, start, touch};

pub(super) fn edited(before: &Chat, message: &Message, facts: &Facts<'_>) -> Decision {
    let mut decision = start(before);
    if matches!(message.content, Content::Inaccessible) {
        return decision;
    }
    decision.park = content::park_reason(&message.content);
    if decision.park.is_some() {
        return decision;
    }
    let (kind, content) = content::of(&message.content);
    let version = facts.version(message.edit_date.unwrap_or(message.date));
    let edit = Edit {
        kind,
        content,
        version,
    };
    let former = before.message.as_ref();
    // What a file tells is answered by nothing, so that an edit of it outdates no draft.
    let rewords = before
        .witnessed()
        .is_some_and(|stored| stored.content.content.text != edit.content.text);
    let after = &mut decision.after;
    touch(
        &mut after.fan,
        message.from.as_ref(),
        message.chat.id,
        version,
    );
    match &mut after.message {
        Some(stored) => {
            // Ours are edited by us only; an account's owner edits what the owner wrote.
            let own = match message.is_owners() {
                true => stored.author == Author::Person,
                false => stored.author == Author::Fan,
            };
            if own && stored.edit(edit) {
                if let Some(head) = &mut after.head {
                    let shows = head.shows(message.message_id);
                    let card = &mut head.card.card;
                    if shows {
                        card.snippet = stored.snippet();
                    } else if card.said.is_some() && card.said == former.map(Stored::snippet) {
                        card.said = Some(stored.snippet());
                    }
                }
                decision.events.push(Event::MessageChanged);
                decision.verdict = Verdict::Changed;
                if message.is_owners() {
                    return decision;
                }
                if let Some(head) = &mut after.head {
                    decision.sofi = facts.sofi.edit(head, message.message_id, rewords);
                }
                reconsider(&mut decision, message, facts);
            }
        }
        None => {
            if after
                .edit
                .as_ref()
                .is_none_or(|waiting| waiting.version < version)
            {
                after.edit = Some(edit);
                decision.verdict = Verdict::Waiting;
            }
        }
    }
    decision
}

/// An edit may say what the message did not: distress counts whenever it is said, and so does the question who writes.
fn reconsider(decision: &mut Decision, message: &Message, facts: &Facts<'_>) {
    let after = &mut decision.after;
    let (Some(head), Some(fan)) = (&mut after.head, &after.fan) else {
        return;
    };
    // What a file tells no turn answers.
    let is_told = after.message.as_ref().is_some_and(|stored| stored.imported);
    let speaks = spoken(message, fan);
    if facts.sofi.care.is_some() {
        let caring = |care| care::answer(care, speaks, country(message), facts.creator);
        let (sofi, said) = facts.sofi.message(head, message.message_id, caring);
        decision.sofi = decision.sofi.with_distress(&sofi);
        decision.replies.extend(said.map(Fixed::plain));
    } else {
        let waits = matches!(decision.sofi.turn, TurnChange::Wait { .. });
        let told = waits && !is_told && facts.sofi.turn_answers(head, message.message_id);
        decision.sofi.honest = !told && facts.sofi.owes_truth(head, decision.sofi.turn);
    }
    let truth = decision.sofi.honest.then(|| honest(speaks, facts));
    decision.replies.extend(truth);
}
