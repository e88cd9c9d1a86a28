//! What is wrong with a record of a file: the file may be anybody's.

use std::time::Duration;

use domain::Timestamp;
use domain::content::LARGEST_TELEGRAM_ID;
use domain::message::{Author, Delivery};
use http_kit::FieldErrors;

use super::{Fact, Mark, Message, Name, Note, ToldContent, ToldFact, ToldMessage, ToldNote};
use crate::update::LONGEST_NOTE;

/// Telegram's numbers of messages have twelve digits in keys.
const LARGEST_NUMBER: i64 = 999_999_999_999;
/// Bytes of a message's content: six times as many fit into a row, should all of them have to be escaped.
pub(super) const LONGEST_CONTENT: usize = 50_000;
/// What a span takes beside its words.
const SPAN: usize = 64;
const LONGEST_WORD: usize = 100;
const LONGEST_FACT: usize = 160;
const MOST_REACTIONS: usize = 20;
/// Clocks differ; nothing was written later than this from now.
const DRIFT: Duration = Duration::from_secs(60);
/// A fact is remembered for two years at most.
const LASTING: Duration = Duration::from_secs(731 * 24 * 3600);

pub(super) fn message(
    told: ToldMessage,
    errors: &mut FieldErrors,
    now: Timestamp,
) -> Option<(Name, Message)> {
    let user = user(errors, &told.telegram_id);
    let at = moment(errors, "at", &told.at, now.plus(DRIFT));
    let edited_at = told.edited_at.as_deref();
    let edited_at = edited_at.map(|text| moment(errors, "edited_at", text, now.plus(DRIFT)));
    check_word(errors, "id", Some(&told.id));
    check_word(errors, "content_kind", Some(&told.content_kind));
    check_word(errors, "album", told.album.as_deref());
    check_word(errors, "failure", told.failure.as_deref());
    check_number(errors, "message_id", told.message_id);
    check_number(errors, "reply_to", told.reply_to);
    check_delivery(errors, &told);
    if told.content.weight() > LONGEST_CONTENT {
        errors.add("content", "too_long", "No message says so much.");
    }
    if !told.content.was_changed_by(now.plus(DRIFT)) {
        let message = "An edit and reactions that there are have been before now.";
        errors.add("content", "invalid_value", message);
    }
    let marks = told.reactions.as_deref().unwrap_or_default();
    if marks.len() > MOST_REACTIONS || !marks.iter().all(|mark| is_word(mark)) {
        let message = "A message has at most 20 reactions: emoji or ids of custom emoji.";
        errors.add("reactions", "invalid_value", message);
    }
    let mark = match told.message_id {
        Some(number) => Mark::Number(number),
        None => Mark::Id(told.id.clone()),
    };
    let message = Message {
        at: at?,
        edited_at: edited_at.flatten(),
        told,
    };
    Some(((user?, mark), message))
}

pub(super) fn note(
    told: ToldNote,
    errors: &mut FieldErrors,
    now: Timestamp,
) -> Option<(Name, Note)> {
    let user = user(errors, &told.telegram_id);
    let at = moment(errors, "at", &told.at, now.plus(DRIFT));
    check_word(errors, "id", Some(&told.id));
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    let long = told.text.chars().count() > LONGEST_NOTE;
    if long || told.text.trim().is_empty() || !told.text.chars().all(plain) {
        let message = "A note is 1 to 4,000 characters of plain text.";
        errors.add("text", "invalid_value", message);
    }
    let note = Note {
        id: told.id.clone(),
        text: told.text,
        at: at?,
    };
    Some(((user?, Mark::Id(told.id)), note))
}

pub(super) fn fact(
    told: ToldFact,
    errors: &mut FieldErrors,
    now: Timestamp,
) -> Option<(Name, Fact)> {
    let user = user(errors, &told.telegram_id);
    let at = moment(errors, "at", &told.at, now.plus(DRIFT));
    let until = moment(errors, "until", &told.until, now.plus(LASTING));
    check_word(errors, "id", Some(&told.id));
    check_number(errors, "source", told.source);
    let text = told.text.trim();
    let long = text.chars().count() > LONGEST_FACT;
    if text.is_empty() || long || text.chars().any(char::is_control) {
        let message = "A fact is one line of 1 to 160 characters.";
        errors.add("text", "invalid_value", message);
    }
    if told.confidence > 100 {
        let message = "A confidence is between 0 and 100 percent.";
        errors.add("confidence", "out_of_range", message);
    }
    let fact = Fact {
        id: told.id.clone(),
        text: told.text,
        source: told.source,
        confidence: told.confidence,
        sensitivity: told.sensitivity,
        at: at?,
        until: until?,
    };
    Some(((user?, Mark::Id(told.id)), fact))
}

fn user(errors: &mut FieldErrors, text: &str) -> Option<i64> {
    let number = text.parse::<i64>().ok();
    let number = number.filter(|number| (1..=LARGEST_TELEGRAM_ID).contains(number));
    let number = number.filter(|number| number.to_string() == text);
    if number.is_none() {
        let message = "This is no number by which Telegram knows a person.";
        errors.add("telegram_id", "invalid_value", message);
    }
    number
}

fn moment(
    errors: &mut FieldErrors,
    field: &str,
    text: &str,
    latest: Timestamp,
) -> Option<Timestamp> {
    let possible = |at: &Timestamp| *at > Timestamp::default() && *at <= latest;
    let at = Timestamp::from_rfc3339(text).filter(possible);
    if at.is_none() {
        let message = "This is no moment that there can have been.";
        errors.add(field, "invalid_value", message);
    }
    at
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_WORD && !text.chars().any(char::is_control)
}

fn check_word(errors: &mut FieldErrors, field: &str, text: Option<&str>) {
    if text.is_some_and(|text| !is_word(text)) {
        let message = "This is 1 to 100 bytes of plain text.";
        errors.add(field, "invalid_value", message);
    }
}

fn check_number(errors: &mut FieldErrors, field: &str, number: Option<i64>) {
    if number.is_some_and(|number| !(1..=LARGEST_NUMBER).contains(&number)) {
        let message = "This is not a Telegram message number.";
        errors.add(field, "invalid_value", message);
    }
}

/// What a fan wrote was received, what we wrote was sent or not, and only what was not has no number.
fn check_delivery(errors: &mut FieldErrors, told: &ToldMessage) {
    let numbered = told.message_id.is_some();
    let possible = match (told.author, told.delivery) {
        (Author::Fan, delivery) => numbered && delivery == Delivery::Received,
        (_, Delivery::Sent) => numbered,
        (_, Delivery::Failed | Delivery::Unknown) => true,
        (_, Delivery::Received | Delivery::Queued | Delivery::Sending) => false,
    };
    if !possible {
        let message = "A message of this author cannot stand like this.";
        errors.add("delivery", "invalid_value", message);
    }
}

impl ToldContent {
    /// What decided text and reactions is not yet to come: nothing that the fan changes afterwards would count.
    fn was_changed_by(&self, latest: Timestamp) -> bool {
        let changes = [self.edit_as_of, self.reactions_as_of];
        let mut seconds = changes.into_iter().flatten().map(|[second, _]| second);
        seconds.all(|second| (0..=latest.seconds()).contains(&second))
    }

    fn weight(&self) -> usize {
        let words = |word: &Option<String>| word.as_ref().map_or(0, String::len);
        let spans = self.spans.iter();
        let spans: usize = spans
            .map(|span| SPAN + span.kind.len() + words(&span.url))
            .sum();
        let media = self.media.as_ref().map_or(0, |media| {
            let named = [&media.file_unique_id, &media.mime_type, &media.file_name];
            media.file_id.len() + named.into_iter().map(words).sum::<usize>()
        });
        words(&self.text) + spans + media
    }
}
