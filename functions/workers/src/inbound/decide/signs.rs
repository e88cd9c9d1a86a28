//! What a fan shows without writing: reactions, blocking the bot, coming back.

use app::Event;
use domain::message::Reachability;
use telegram::{Membership, Reaction, Standing};

use super::super::content;
use super::super::state::{Chat, Marks};
use super::{Decision, Facts, Verdict, start, touch};

pub(super) fn reacted(before: &Chat, reaction: &Reaction, facts: &Facts<'_>) -> Decision {
    let mut decision = start(before);
    let version = facts.version(reaction.date);
    let marks = Marks {
        marks: content::marks(&reaction.after),
        version,
    };
    let after = &mut decision.after;
    touch(
        &mut after.fan,
        reaction.from.as_ref(),
        reaction.chat.id,
        version,
    );
    match &mut after.message {
        Some(stored) => {
            if stored.react(marks) {
                decision.events.push(Event::MessageChanged);
                decision.verdict = Verdict::Changed;
            }
        }
        None => {
            if after
                .reaction
                .as_ref()
                .is_none_or(|waiting| waiting.version < version)
            {
                after.reaction = Some(marks);
                decision.verdict = Verdict::Waiting;
            }
        }
    }
    decision
}

pub(super) fn stands(before: &Chat, change: &Membership, facts: &Facts<'_>) -> Option<Decision> {
    let mut decision = start(before);
    let version = facts.version(change.date);
    let reachability = match change.standing()? {
        Standing::Blocked => Reachability::Blocked,
        Standing::Returned => Reachability::Reachable,
    };
    let after = &mut decision.after;
    touch(&mut after.fan, Some(&change.from), change.chat.id, version);
    let head = after.head.get_or_insert_default();
    head.last_activity = head.last_activity.max(facts.active(version));
    head.stand(reachability, version);
    Some(decision)
}
