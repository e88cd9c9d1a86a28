//! The question who writes, where no turn of Sofi answers it: in a message that begins none, in what a turn waits with that ends
//! without an answer, and in an edit of what the turn does not answer. And distress that only the whole of such a turn says.

use std::time::Duration;

use app::{AppError, SealsJson, place};
use care::Care;
use domain::Timestamp;
use domain::content::MessageContent;
use domain::message::Author;
use rules::identity::asks_identity_of;
use store::row::{AnsweredRow, MessageRow};
use store::{Direction, Found, Page, Row, Slot, StoreError, TenantDb, keys};
use telegram::Incoming;
use telegram::commands::FanCommand;
use tenancy::Worker;
use wording::Language;

use super::content::DELETED;
use super::load::{Loaded, Place};
use super::words::own_words;
use super::work::asks_for;

/// Messages that a turn looks back at, at most.
const MOST: usize = 64;
/// From Telegram's date of a message to the beginning of its turn, at most.
const ON_ITS_WAY: Duration = Duration::from_secs(60);
/// Commands with which a turn ends that waits.
const ENDING: [FanCommand; 3] = [FanCommand::Human, FanCommand::NoAi, FanCommand::Restrict];

/// What a turn waits with. Read only where [`matters`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// Telegram's number of the newest message that was dealt with: the turn answers those after it.
    pub(crate) after: i64,
    /// Whether one of those asks who writes, and the language in which it is told.
    pub(crate) asks: Option<Language>,
    /// The distress that they say together with the update and none of them alone.
    pub(crate) care: Option<Care>,
}

/// Whether a fan asks who writes, where no turn of Sofi would tell: in a message, or by an edit of one that did not ask.
pub(crate) fn asks(
    incoming: &Incoming,
    loaded: &Loaded,
    care: Option<Care>,
    creator: &str,
) -> bool {
    let asks = |text: &str| asks_identity_of(text, creator);
    let (message, before) = match incoming {
        Incoming::Message(message)
            if loaded.has_no_turn() || care.is_some() || message.command().is_some() =>
        {
            (message, None)
        }
        Incoming::Edited(message) => (message, loaded.chat.witnessed()),
        _ => return false,
    };
    let asked = before
        .and_then(|stored| stored.content.content.text.as_deref())
        .is_some_and(asks);
    !asked && own_words(message).is_some_and(asks)
}

/// Whether it matters what a turn waits with: it may end with this update, or the update is an edit that asks.
pub(crate) fn matters(loaded: &Loaded, incoming: &Incoming, care: Option<Care>) -> bool {
    let creator = loaded.creator.as_deref().unwrap_or_default();
    let edited = matches!(incoming, Incoming::Edited(_));
    let ends = |command| asks_for(incoming, command);
    loaded.turn.is_some()
        && (care.is_some()
            || loaded.has_no_turn()
            || ENDING.into_iter().any(ends)
            || (edited && asks(incoming, loaded, care, creator)))
}

/// Reads what the turn waits with. One round trip.
pub(crate) async fn waiting(
    db: &TenantDb<Worker>,
    loaded: &Loaded,
    incoming: &Incoming,
    at: &Place,
) -> Result<Waiting, AppError> {
    let (Some(head), Some(turn)) = (&loaded.chat.head, &loaded.turn) else {
        return Ok(Waiting::default());
    };
    // In an account's chat nothing is read that was written before the notice.
    let noticed = head.noticed.unwrap_or_default();
    let known = head.answered_through.max(noticed);
    let mut read = db.read_many();
    let answered: Slot<AnsweredRow> = read.find(&keys::answered(at.conversation));
    let (answers, messages) = futures::join!(
        read.send(),
        between(db, at, known.saturating_add(1), turn.row.newest)
    );
    let dealt_with = answers?.get(answered)?.map_or(0, |found| found.row.through);
    let after = known.max(dealt_with);
    let open = open_texts(loaded, at, after, &messages?)?;
    let creator = loaded.creator.as_deref().unwrap_or_default();
    let profile = loaded.chat.fan.as_ref().map(|fan| &fan.profile.profile);
    let tag = profile.and_then(|profile| profile.language_code.as_deref());
    let care = match incoming {
        // The turn goes on with what an edit says.
        Incoming::Edited(_) => None,
        Incoming::Message(message) => distress_in(&open, turn.row.began_at, own_words(message)),
        _ => distress_in(&open, turn.row.began_at, None),
    };
    let texts: Vec<String> = open.into_iter().map(|(_, text)| text).collect();
    Ok(Waiting {
        after,
        asks: asked_in(&texts, creator, tag),
        care,
    })
}

/// Messages with numbers from one to another, newest first.
async fn between(
    db: &TenantDb<Worker>,
    at: &Place,
    oldest: i64,
    newest: i64,
) -> Result<Vec<Found<MessageRow>>, StoreError> {
    if oldest > newest {
        return Ok(Vec::new());
    }
    let oldest = keys::message(at.conversation, oldest);
    let newest = keys::message(at.conversation, newest);
    let page = Page {
        pk: &newest.pk,
        from: &oldest.sk,
        to: &newest.sk,
        direction: Direction::Backward,
        limit: MOST,
    };
    db.list(&page).await
}

/// What the fan says in those that the turn answers, and when, newest first. A command was answered when it came; the message that
/// the update is about says something else now.
fn open_texts(
    loaded: &Loaded,
    at: &Place,
    after: i64,
    messages: &[Found<MessageRow>],
) -> Result<Vec<(Timestamp, String)>, AppError> {
    let Some(key) = &loaded.fan_key else {
        return Ok(Vec::new());
    };
    let bot = loaded.bot.as_ref();
    let username = bot.map_or("", |found| found.row.username.as_str());
    let mut texts = Vec::new();
    for Found { row, .. } in messages {
        let is_open = row.author == Author::Fan
            && row.imported_at.is_none()
            && row.content_kind != DELETED
            && row.message_id > Some(after)
            && row.message_id != at.message_id;
        if !is_open {
            continue;
        }
        let row_key = row.key();
        let sealed = place::<MessageRow>(&row_key, "content");
        let content: MessageContent = key.open_json(&sealed, &row.content)?;
        let plain = row.content_kind == "text";
        let is_command = |text: &str| plain && FanCommand::parse(text, username).is_some();
        let said = content.text.filter(|text| !is_command(text));
        texts.extend(said.map(|text| (row.at, text)));
    }
    Ok(texts)
}

/// The language of the first of these texts that asks who writes.
fn asked_in(texts: &[String], creator: &str, tag: Option<&str>) -> Option<Language> {
    let asks = |text: &&String| asks_identity_of(text, creator);
    let question = texts.iter().find(asks)?;
    Some(wording::speak(question, tag))
}

/// Distress in pieces of one turn, newest first, and in what is said now: each piece was looked at by itself when it came, and the
/// turn that would have looked at all of them ends.
fn distress_in(
    open: &[(Timestamp, String)],
    began_at: Timestamp,
    now: Option<&str>,
) -> Option<Care> {
    let of_turn = open.iter().rev();
    let of_turn = of_turn.filter(|(at, _)| at.plus(ON_ITS_WAY) >= began_at);
    let said = of_turn.map(|(_, text)| text.as_str()).chain(now);
    let pieces: Vec<&str> = said.filter(|text| care::detect(text).is_none()).collect();
    match pieces.as_slice() {
        [] | [_] => None,
        several => care::detect(&several.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distress_in_pieces_is_seen_where_the_turn_that_would_see_it_ends() {
        let at = Timestamp::from_seconds;
        let of = |newest_first: &[&str], began: i64, now: Option<&str>| {
            let open = newest_first
                .iter()
                .map(|text| (at(100), (*text).to_owned()));
            let open: Vec<(Timestamp, String)> = open.collect();
            distress_in(&open, at(began), now)
        };
        let pieces = ["my", "to end", "i want"];
        let all = ["life", "my", "to end", "i want"];
        assert_eq!(of(&pieces, 100, Some("life")), Some(Care::SelfHarm));
        assert_eq!(of(&all, 100, None), Some(Care::SelfHarm));
        assert_eq!(of(&all, 100, Some("")), Some(Care::SelfHarm), "a command");
        assert_eq!(of(&["i want"], 100, Some("a photo")), None);
        assert_eq!(of(&pieces, 500, Some("life")), None, "another turn's");
        assert_eq!(of(&[], 100, Some("life")), None, "alone it says nothing");
        let heard = of(&["sorry"], 100, Some("i want to die"));
        assert_eq!(heard, None, "it was seen by itself");
    }

    #[test]
    fn what_a_turn_waits_with_is_told_in_the_language_of_the_question() {
        let of = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
            asked_in(&texts, "Mira", None)
        };
        assert_eq!(of(&["ok", "are you a bot?"]), Some(Language::English));
        let german = ["ok", "bist du ein mensch oder ein bot"];
        assert_eq!(of(&german), Some(Language::German));
        assert_eq!(of(&["how was your day?", "ok"]), None);
        assert_eq!(of(&[]), None);
    }
}
