//! What the owner of a connected account does: writes to a fan without us, or decides about the AI in the bot's own chat.

use domain::message::{Author, Reachability};
use telegram::commands::{self, Language, OwnerCommand};
use telegram::{Content, Message};

use super::{Decision, Facts, Fixed, keep, start, stored, touch};

/// The owner wrote to a fan with their own hands: the fan is answered, and Sofi is silent for a while.
pub(super) fn wrote(before: &super::Chat, message: &Message, facts: &Facts<'_>) -> Decision {
    let mut decision = start(before);
    if before.witnessed().is_some() {
        return decision;
    }
    let version = facts.version(message.date);
    let mut stored = stored(Author::Person, message, version);
    let after = &mut decision.after;
    if let Some(edit) = after.edit.take() {
        stored.edit(edit);
    }
    if let Some(marks) = after.reaction.take() {
        stored.react(marks);
    }
    // The owner may have written first: the chat says who is on the other side.
    let business = message.business.as_ref();
    let peer = business.and_then(|business| business.peer.as_ref());
    touch(
        &mut after.fan,
        peer.filter(|_| before.fan.is_none()),
        message.chat.id,
        version,
    );
    let mut head = after.head.take().unwrap_or_default();
    head.take_owners(message.message_id, &stored, facts.active(version));
    head.stand(Reachability::Reachable, version);
    decision.sofi = facts.sofi.owner_wrote(head.needs_person_since.is_none());
    keep(decision, head, stored)
}

/// A decision about the AI, if the writer owns an account.
pub(super) fn command(message: &Message, facts: &Facts<'_>) -> Option<OwnerCommand> {
    let Content::Text { text, .. } = &message.content else {
        return None;
    };
    let heard = facts.owns_account && message.business.is_none();
    OwnerCommand::parse(text, facts.username).filter(|_| heard)
}

/// Takes the decision and repeats it.
pub(super) fn decides(
    decision: &mut Decision,
    command: OwnerCommand,
    tag: Option<&str>,
    facts: &Facts<'_>,
) {
    decision.ai_allowed = Some(command == OwnerCommand::AllowAi);
    let answer = commands::owner_answer(command, Language::of(tag), facts.creator);
    decision.replies.push(Fixed::plain(answer));
}
