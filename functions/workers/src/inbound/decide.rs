//! What an update changes: pure, and the same whatever the order in which updates come and however often.

mod commanded;
mod edits;
mod facts;
mod owner;
mod pressed;
mod signs;
#[cfg(test)]
mod tests;

use std::time::Duration;

use app::{AlertLink, Event};
use domain::Timestamp;
use domain::alert::{AlertAnswer, AlertCause};
use domain::message::{Author, Reachability};
use rules::identity::{self, Disclosure};
use telegram::commands::{FanCommand, Language};
use telegram::{Content, Incoming, Message, Profile};

use super::content;
use super::exporting::Wish;
use super::sofi::{SofiDecision, language};
use super::state::{Chat, Fan, Head, Stored, Version};

pub(crate) use facts::Facts;

/// How soon the team hears again that a fan asks for a person.
const WISH_AGAIN: Duration = Duration::from_secs(3600);

/// What became of an update, for the counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A new message.
    Stored,
    /// Something known changed.
    Changed,
    /// Waits for its message.
    Waiting,
    /// Nothing new in it.
    Stale,
}

/// The chat after an update, and what goes along with it.
pub(crate) struct Decision {
    pub(crate) after: Chat,
    pub(crate) events: Vec<Event>,
    /// Fixed texts that the bot answers.
    pub(crate) replies: Vec<Fixed>,
    /// What ends the waiting circle on a button that was pressed.
    pub(crate) press: Option<AlertAnswer>,
    /// What changes around Sofi.
    pub(crate) sofi: SofiDecision,
    /// The owner of an account has said whether an AI may take part in its chats.
    pub(crate) ai_allowed: Option<bool>,
    /// The team hears of it in Telegram.
    pub(crate) alert: Option<AlertCause>,
    /// And again while nobody answers, who has been waited for since then.
    pub(crate) reminds_since: Option<Timestamp>,
    /// From now on this member hears in this chat of what waits; the language of their Telegram.
    pub(crate) begins_alerts: Option<(AlertLink, Option<String>)>,
    /// An export of the fan begins.
    pub(crate) export: Option<Wish>,
    /// Why the raw update is kept as well.
    pub(crate) park: Option<&'static str>,
    pub(crate) verdict: Verdict,
}

/// A fixed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fixed {
    pub(crate) text: String,
    /// Whether it says that an AI writes here.
    pub(crate) discloses: bool,
    /// The buttons under it: what each says, and what it carries.
    pub(crate) buttons: Vec<(&'static str, String)>,
}

impl Fixed {
    /// A text without a button that discloses nothing.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            discloses: false,
            buttons: Vec::new(),
        }
    }

    /// A text that says that an AI writes here.
    fn disclosing(text: String) -> Self {
        Self {
            discloses: true,
            ..Self::plain(text)
        }
    }
}

/// What is said to somebody who asks who writes, where no turn of Sofi says it. Who asked before is told in the language of then.
fn honest(speaks: wording::Language, facts: &Facts<'_>) -> Fixed {
    let before = facts.sofi.waiting.asks.filter(|_| !facts.sofi.asks);
    let speaks = before.unwrap_or(speaks);
    Fixed::disclosing(identity::honest_answer(speaks, facts.creator))
}

/// Decides. `None` for updates that are not a private chat's.
pub(crate) fn decide(before: &Chat, incoming: &Incoming, facts: &Facts<'_>) -> Option<Decision> {
    let mut decision = match incoming {
        Incoming::Message(message) if message.is_owners() => owner::wrote(before, message, facts),
        Incoming::Message(message) => received(before, message, facts),
        Incoming::Edited(message) => edits::edited(before, message, facts),
        Incoming::Reaction(reaction) => signs::reacted(before, reaction, facts),
        Incoming::Membership(change) => signs::stands(before, change, facts)?,
        Incoming::Callback(press) => pressed::pressed(before, press, facts)?,
        _ => return None,
    };
    finish(before, &mut decision);
    Some(decision)
}

fn start(before: &Chat) -> Decision {
    Decision {
        after: before.clone(),
        events: Vec::new(),
        replies: Vec::new(),
        press: None,
        sofi: SofiDecision::default(),
        ai_allowed: None,
        alert: None,
        reminds_since: None,
        begins_alerts: None,
        export: None,
        park: None,
        verdict: Verdict::Stale,
    }
}

/// What every update may change: the list's name follows the profile, and open dashboards hear of it.
fn finish(before: &Chat, decision: &mut Decision) {
    let after = &mut decision.after;
    if let (Some(head), Some(fan)) = (&mut after.head, &mut after.fan) {
        head.card.card.name = fan.profile.profile.display_name();
        if let Some(since) = head.in_care_since() {
            fan.care_for(since);
        }
    }
    let reachability = |chat: &Chat| {
        chat.head.as_ref().map(|head| {
            let asked = (head.needs_person_since, head.wished_at);
            (head.reachability, asked, head.care_at)
        })
    };
    let wished = |chat: &Chat| chat.head.as_ref().and_then(|head| head.wished_at);
    let asked = |chat: &Chat| chat.head.as_ref().and_then(|head| head.needs_person_since);
    let anew = asked(before).is_none() && asked(after).is_some();
    let distressed = decision.sofi.care.is_some();
    if decision.sofi.alarms || (distressed && anew) {
        decision.alert = Some(AlertCause::Care);
    } else if anew || is_news(wished(before), wished(after)) {
        decision.alert = Some(AlertCause::Person);
    }
    // A fan whose data is only kept is nobody's work, but for distress.
    let kept = after.fan.as_ref().is_some_and(Fan::is_restricted);
    decision.alert = decision
        .alert
        .filter(|cause| !kept || *cause == AlertCause::Care);
    // Reminders of one wait are set once: graver words are told of at once, and the clock goes on.
    let calm = |head: &Head| head.care_at == Timestamp::default();
    let begins = distressed && before.head.as_ref().is_none_or(calm);
    decision.reminds_since = asked(after).filter(|_| distressed && (anew || begins));
    let announced = before.head.is_none() && decision.verdict == Verdict::Stored;
    if !announced && reachability(before) != reachability(after) {
        decision.events.push(Event::ConversationChanged);
    }
    let profile = |chat: &Chat| {
        chat.fan.as_ref().map(|fan| {
            let said = (fan.stopped_at, fan.restricted_at, fan.no_ai_at);
            (fan.profile.profile.clone(), said, fan.care_at)
        })
    };
    if before.fan.is_some() && profile(before) != profile(after) {
        decision.events.push(Event::FanChanged);
    }
    if decision.verdict == Verdict::Stale && *after != *before {
        decision.verdict = Verdict::Changed;
    }
}

/// Whether a fan's wish for a person is news for the team, also where one is asked for already: the first one, and one that is
/// said again after a while.
fn is_news(before: Option<Timestamp>, after: Option<Timestamp>) -> bool {
    after.is_some_and(|wish| before.is_none_or(|last| wish >= last.plus(WISH_AGAIN)))
}

fn received(before: &Chat, message: &Message, facts: &Facts<'_>) -> Decision {
    let mut decision = start(before);
    decision.park = content::park_reason(&message.content);
    if let Some(stored) = before.witnessed() {
        let (kind, content) = content::of(&message.content);
        // A message that an earlier release could not read is read now, after its replay.
        if stored.kind == content::UNSUPPORTED
            && kind != content::UNSUPPORTED
            && stored.author == Author::Fan
        {
            let (edit_as_of, reactions_as_of) =
                (stored.content.edit_as_of, stored.content.reactions_as_of);
            let content = super::state::ContentOf {
                content,
                edit_as_of,
                reactions_as_of,
            };
            decision.after.message = Some(Stored {
                kind,
                content,
                ..stored.clone()
            });
            decision.events.push(Event::MessageChanged);
        }
        return decision;
    }
    let version = facts.version(message.date);
    let mut stored = stored(Author::Fan, message, version);
    if facts.begins_alerts.is_some() {
        // What follows in the link is worthless from now on, and nobody's business.
        let content = &mut stored.content.content;
        (content.text, content.spans) = (Some("/start".to_owned()), Vec::new());
    }
    let after = &mut decision.after;
    if let Some(edit) = after.edit.take() {
        stored.edit(edit);
    }
    if let Some(marks) = after.reaction.take() {
        stored.react(marks);
    }
    let fan = touch(
        &mut after.fan,
        message.from.as_ref(),
        message.chat.id,
        version,
    );
    let mut head = after.head.take().unwrap_or_default();
    head.take(message.message_id, &stored, facts.active(version));
    head.stand(Reachability::Reachable, version);
    if let Some(command) = owner::command(message, facts) {
        let tag = tag(message, fan).map(str::to_owned);
        owner::decides(&mut decision, command, tag.as_deref(), facts);
        return keep(decision, head, stored);
    }
    if let Some(link) = facts.begins_alerts {
        let tag = tag(message, fan).map(str::to_owned);
        let linked = telegram::alert::linked(Language::of(tag.as_deref()));
        decision.replies.push(Fixed::plain(linked));
        decision.begins_alerts = Some((link, tag));
        return keep(decision, head, stored);
    }
    match command(message, facts) {
        Some(command) => {
            commanded::carry_out(command, &mut decision, &mut head, message, version, facts);
            commanded::hear(&mut decision, &mut head, message, facts);
        }
        None if content::wants_an_answer(&message.content) => {
            head.unanswered = head.unanswered.saturating_add(1);
            let speaks = spoken(message, fan);
            let caring = |care| care::answer(care, speaks, country(message), facts.creator);
            let (sofi, said) = facts.sofi.message(&mut head, message.message_id, caring);
            decision.sofi = sofi;
            if facts.sofi.people_answer(&head) && head.unanswered == 1 {
                decision.alert = Some(AlertCause::Message);
            }
            decision.replies.extend(said.map(Fixed::plain));
            decision
                .replies
                .extend(sofi.honest.then(|| honest(speaks, facts)));
            let notice = || {
                Fixed::disclosing(identity::disclosure(
                    Disclosure::Full,
                    speaks,
                    facts.creator,
                ))
            };
            decision.replies.extend(sofi.notice.then(notice));
        }
        None => {}
    }
    keep(decision, head, stored)
}

/// A new message as it is stored.
fn stored(author: Author, message: &Message, version: Version) -> Stored {
    let (kind, content) = content::of(&message.content);
    Stored {
        author,
        kind,
        content: super::state::ContentOf {
            content,
            ..Default::default()
        },
        at: version.at(),
        edited_at: None,
        reply_to: message.reply_to,
        album: message.media_group_id.clone(),
        reactions: Vec::new(),
        imported: false,
    }
}

fn keep(mut decision: Decision, head: Head, stored: Stored) -> Decision {
    decision.after.head = Some(head);
    decision.after.message = Some(stored);
    decision.events.push(Event::MessageReceived);
    decision.verdict = Verdict::Stored;
    decision
}

/// In an account's chat nobody talks to the bot, except for what the notice offers and what the law asks for.
fn command(message: &Message, facts: &Facts<'_>) -> Option<FanCommand> {
    let command = any_command(message, facts)?;
    let for_the_bot = matches!(command, FanCommand::Start | FanCommand::Help);
    let heard = message.business.is_none() || (facts.sofi.writes_by_itself() && !for_the_bot);
    heard.then_some(command)
}

fn any_command(message: &Message, facts: &Facts<'_>) -> Option<FanCommand> {
    let Content::Text { text, .. } = &message.content else {
        return None;
    };
    FanCommand::parse(text, facts.username)
}

/// The language tag of the sender's Telegram, else the one known of the fan.
fn tag<'a>(message: &'a Message, fan: &'a Fan) -> Option<&'a str> {
    let said = message
        .from
        .as_ref()
        .and_then(|from| from.language_code.as_deref());
    said.or(fan.profile.profile.language_code.as_deref())
}

/// The language of the buttons, which belong to what the law asks for.
fn language_of(message: &Message, fan: &Fan) -> Language {
    Language::of(tag(message, fan))
}

/// The language in which the fan writes.
fn spoken(message: &Message, fan: &Fan) -> wording::Language {
    language(
        message.content.text().unwrap_or_default(),
        tag(message, fan),
    )
}

/// The region of the sender's language tag (`en-AU`), for help that is near.
fn country(message: &Message) -> Option<&str> {
    let tag = message.from.as_ref()?.language_code.as_deref()?;
    tag.split(['-', '_']).nth(1)
}

/// A sign of life. In a private chat the person's id is the chat's; another person's profile is not the fan's.
fn touch<'a>(
    fan: &'a mut Option<Fan>,
    from: Option<&Profile>,
    chat_id: i64,
    version: Version,
) -> &'a mut Fan {
    let fan = fan.get_or_insert_with(|| Fan::new(version.at()));
    fan.first_seen = fan.first_seen.min(version.at());
    fan.last_seen = fan.last_seen.max(version.at());
    if let Some(from) = from.filter(|from| from.id == chat_id)
        && fan.profile.as_of < Some(version)
    {
        fan.profile.profile = content::profile(from);
        fan.profile.as_of = Some(version);
    }
    fan
}
