//! Records as a file tells them, put in order by fan. What is wrong with one, [`check`] says.

mod check;

use std::collections::{BTreeMap, HashSet};

use domain::Timestamp;
use domain::content::{MediaRef, Span};
use domain::message::{Author, Delivery};
use domain::sofi::Sensitivity;
use http_kit::{FieldErrors, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A message as it stands in an export.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToldMessage {
    /// The number by which Telegram knows the fan.
    telegram_id: String,
    /// Its id in the file.
    pub(super) id: String,
    /// Telegram's number; null where Telegram never confirmed one.
    pub(super) message_id: Option<i64>,
    /// Who wrote it.
    pub(super) author: Author,
    /// What it is: `text`, `photo`, `voice`, ...
    pub(super) content_kind: String,
    /// What it says.
    pub(super) content: ToldContent,
    /// When it was written (fan) or sent (us), RFC 3339.
    at: String,
    /// When it was last edited, RFC 3339.
    edited_at: Option<String>,
    /// Telegram's number of the message that it answers.
    pub(super) reply_to: Option<i64>,
    /// The album that it belongs to.
    pub(super) album: Option<String>,
    /// The fan's reactions: emoji or ids of custom emoji.
    pub(super) reactions: Option<Vec<String>>,
    /// Where it stands; not `queued` or `sending`.
    pub(super) delivery: Delivery,
    /// Why it failed: a stable code.
    pub(super) failure: Option<String>,
}

/// What a message says, and what decided it.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToldContent {
    /// Text or caption, byte for byte as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    /// Formatting of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    spans: Vec<Span>,
    /// The file that came with it, which stays at Telegram.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    media: Option<MediaRef>,
    /// Second and number of the update that last edited it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<i64>>)]
    edit_as_of: Option<[i64; 2]>,
    /// Second and number of the update that last changed its reactions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<i64>>)]
    reactions_as_of: Option<[i64; 2]>,
}

/// A private note as it stands in an export.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToldNote {
    /// The number by which Telegram knows the fan.
    telegram_id: String,
    /// Its id in the file.
    id: String,
    /// The text, 1 to 4,000 characters.
    text: String,
    /// When it was written, RFC 3339.
    at: String,
}

/// A fact as it stands in an export.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToldFact {
    /// The number by which Telegram knows the fan.
    telegram_id: String,
    /// Its id in the file.
    id: String,
    /// What, in one line of 1 to 160 characters.
    text: String,
    /// Telegram's number of the message in which the fan said it, if that was in a chat with this bot.
    source: Option<i64>,
    /// How sure, 0 to 100 percent.
    confidence: u32,
    /// Whether it may be used without asking.
    sensitivity: Sensitivity,
    /// When it was noted, RFC 3339.
    at: String,
    /// Until when it is used, RFC 3339.
    until: String,
}

/// A message of which nothing is wrong.
pub(super) struct Message {
    pub(super) told: ToldMessage,
    pub(super) at: Timestamp,
    pub(super) edited_at: Option<Timestamp>,
}

/// A note of which nothing is wrong.
pub(super) struct Note {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) at: Timestamp,
}

/// A fact of which nothing is wrong.
pub(super) struct Fact {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) source: Option<i64>,
    pub(super) confidence: u32,
    pub(super) sensitivity: Sensitivity,
    pub(super) at: Timestamp,
    pub(super) until: Timestamp,
}

/// What the file says of one fan.
#[derive(Default)]
pub(super) struct Told {
    pub(super) messages: Vec<Message>,
    pub(super) notes: Vec<Note>,
    pub(super) facts: Vec<Fact>,
}

impl Told {
    /// How many records that is.
    pub(super) const fn len(&self) -> usize {
        self.messages.len() + self.notes.len() + self.facts.len()
    }
}

/// Checks all records and puts them in order by fan, as Telegram knows them.
///
/// # Errors
/// Names everything that is wrong, by record.
pub(super) fn read(
    messages: Vec<ToldMessage>,
    notes: Vec<ToldNote>,
    facts: Vec<ToldFact>,
    now: Timestamp,
) -> Result<BTreeMap<i64, Told>, Problem> {
    let mut errors = FieldErrors::new();
    let messages = each(&mut errors, "messages", messages, |told, errors| {
        check::message(told, errors, now)
    });
    let notes = each(&mut errors, "notes", notes, |told, errors| {
        check::note(told, errors, now)
    });
    let facts = each(&mut errors, "facts", facts, |told, errors| {
        check::fact(told, errors, now)
    });
    errors.finish()?;
    let mut fans: BTreeMap<i64, Told> = BTreeMap::new();
    for (user, message) in messages {
        fans.entry(user).or_default().messages.push(message);
    }
    for (user, note) in notes {
        fans.entry(user).or_default().notes.push(note);
    }
    for (user, fact) in facts {
        fans.entry(user).or_default().facts.push(fact);
    }
    Ok(fans)
}

/// What tells a record from the others of its kind.
#[derive(PartialEq, Eq, Hash)]
enum Mark {
    /// Telegram's number.
    Number(i64),
    /// Its id in the file, where Telegram gave no number.
    Id(String),
}

/// Whose a record is, and which.
type Name = (i64, Mark);

fn each<T, U>(
    errors: &mut FieldErrors,
    field: &str,
    records: Vec<T>,
    check: impl Fn(T, &mut FieldErrors) -> Option<(Name, U)>,
) -> Vec<(i64, U)> {
    let (mut seen, mut right) = (HashSet::new(), Vec::new());
    errors.nested(field, |errors| {
        for (place, record) in records.into_iter().enumerate() {
            errors.nested(&place.to_string(), |errors| {
                let Some((name, record)) = check(record, errors) else {
                    return;
                };
                let user = name.0;
                match seen.insert(name) {
                    true => right.push((user, record)),
                    false => errors.add("id", "duplicate", "An earlier record is the same one."),
                }
            });
        }
    });
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn told(changes: &[(&str, Value)]) -> ToldMessage {
        let mut message = json!({
            "telegram_id": "71", "id": "msg_1", "message_id": 5, "author": "fan", "content_kind": "text",
            "content": { "text": "hello" }, "at": "2026-11-01T10:00:00Z", "delivery": "received",
        });
        for (field, value) in changes {
            message[*field] = value.clone();
        }
        serde_json::from_value(message).expect("a message")
    }

    fn wrong(messages: Vec<ToldMessage>) -> Vec<String> {
        match read(messages, Vec::new(), Vec::new(), NOW) {
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_message_of_an_export_is_taken_as_it_stands_there() {
        let content = json!({ "text": "hello", "edit_as_of": [1_700_000_000, 4] });
        let messages = vec![told(&[("content", content.clone())])];
        let fans = read(messages, Vec::new(), Vec::new(), NOW).expect("is right");
        let kept = &fans[&71].messages[0];
        assert_eq!(
            serde_json::to_value(&kept.told.content).expect("JSON"),
            content
        );
        assert_eq!(kept.at.rfc3339(), "2026-11-01T10:00:00Z");
    }

    #[test]
    fn what_cannot_have_been_is_named_by_record() {
        for (field, value, named) in [
            ("telegram_id", json!("071"), "messages.0.telegram_id"),
            ("at", json!("2036-11-01T10:00:00Z"), "messages.0.at"),
            ("message_id", json!(0), "messages.0.message_id"),
            ("message_id", Value::Null, "messages.0.delivery"),
            ("delivery", json!("queued"), "messages.0.delivery"),
            ("author", json!("ai"), "messages.0.delivery"),
            ("content_kind", json!(""), "messages.0.content_kind"),
            ("reactions", json!([""]), "messages.0.reactions"),
        ] {
            assert_eq!(wrong(vec![told(&[(field, value)])]), [named]);
        }
        let long = json!({ "text": "a".repeat(check::LONGEST_CONTENT + 1) });
        assert_eq!(
            wrong(vec![told(&[("content", long)])]),
            ["messages.0.content"]
        );
    }

    #[test]
    fn no_file_keeps_the_fan_from_changing_a_message_later() {
        for field in ["edit_as_of", "reactions_as_of"] {
            for (second, named) in [
                (NOW.seconds(), None),
                (NOW.seconds() + 61, Some("messages.0.content")),
                (i64::MAX, Some("messages.0.content")),
                (-1, Some("messages.0.content")),
            ] {
                let content = json!({ "text": "hello", field: [second, 4] });
                let fields = wrong(vec![told(&[("content", content)])]);
                assert_eq!(
                    fields.first().map(String::as_str),
                    named,
                    "{field} {second}"
                );
            }
        }
    }

    #[test]
    fn one_number_is_one_message_of_a_fan() {
        let other = told(&[("telegram_id", json!("72"))]);
        assert_eq!(wrong(vec![told(&[]), other]), Vec::<String>::new());
        let again = told(&[("id", json!("msg_2"))]);
        assert_eq!(wrong(vec![told(&[]), again]), ["messages.1.id"]);
    }

    #[test]
    fn an_id_that_looks_like_a_number_is_no_number() {
        let unsent = told(&[
            ("id", json!("5")),
            ("message_id", Value::Null),
            ("author", json!("person")),
            ("delivery", json!("failed")),
        ]);
        assert_eq!(wrong(vec![told(&[]), unsent]), Vec::<String>::new());
    }
}
