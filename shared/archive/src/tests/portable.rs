//! What is equal in the archives of two workspaces that hold the same.

use super::*;

domain::stored! {
    /// By which number Telegram knows a fan.
    pub struct Number: "fan_number" {
        /// The fan.
        fan: String => class::FAN_FACT,
        /// The number.
        telegram_id: String => class::FAN_FACT,
    }
}

domain::stored! {
    /// Whose a conversation is.
    pub struct Chat: "conversation" {
        /// Its id.
        id: String => class::FAN_FACT,
        /// The fan.
        fan: String => class::FAN_FACT,
    }
}

domain::stored! {
    /// Something that was said.
    pub struct Said: "message" {
        /// Its id.
        id: String => class::FAN_FACT,
        /// Where.
        conversation: Option<String> => class::FAN_FACT,
        /// What.
        content: String => class::FAN_CONTENT,
    }
}

/// What was said by whom: Telegram's number and the text.
const WORDS: [(&str, &str); 3] = [("71", "hello"), ("72", "hello"), ("71", "again")];

/// The archive of a workspace whose ids begin with `own`, its records in this order, put aside after each.
fn archive(own: &str, words: &[(&str, &str)]) -> Vec<u8> {
    let sections = vec![
        Section::of::<Said>("message", "Messages")
            .unwrap()
            .carrying(&[
                ("conversation", Carry::Person),
                ("content.text", Carry::Value),
                ("content.missing", Carry::Value),
            ])
            .unwrap(),
        Section::of::<Chat>("conversation", "Conversations").unwrap(),
        Section::of::<Number>("fan_number", "Numbers").unwrap(),
    ];
    let mut export = Export::begin(begun().head, sections).unwrap();
    let mut add = |section: &str, record: Value, person: Option<&str>| {
        let record = record.as_object().unwrap();
        export.record(section, record, person).unwrap();
        let (checkpoint, tail, _) = export.suspend().unwrap();
        export = Export::resume(&checkpoint, tail).unwrap();
    };
    for (place, (number, text)) in words.iter().enumerate() {
        let said = json!({
            "id": format!("{own}-message-{place}"), "conversation": format!("{own}-chat-{number}"),
            "content": { "text": text, "place": place },
        });
        add("message", said, Some(*number));
    }
    for number in ["71", "72"] {
        let (chat, fan) = (
            format!("{own}-chat-{number}"),
            format!("{own}-fan-{number}"),
        );
        add(
            "conversation",
            json!({ "id": chat, "fan": fan }),
            Some(number),
        );
        add(
            "fan_number",
            json!({ "fan": fan, "telegram_id": number }),
            Some(number),
        );
    }
    let parts = export.finish(&pen()).unwrap();
    parts.into_iter().flat_map(|part| part.bytes).collect()
}

/// Records, hash and portable sum of the messages.
fn messages(archive: &[u8]) -> (Value, Value, Value) {
    let text = String::from_utf8_lossy(archive);
    let begins = text.find(r#"{"files":["#).unwrap();
    let mut values = serde_json::Deserializer::from_str(&text[begins..]).into_iter::<Value>();
    let manifest = values.next().unwrap().unwrap();
    let mut sections = manifest["sections"].as_array().unwrap().iter();
    let one = sections.find(|one| one["name"] == "message").unwrap();
    let sum = one["portable"]["sum"].clone();
    (one["records"].clone(), one["sha256"].clone(), sum)
}

fn findings(archive: Vec<u8>) -> Vec<Finding> {
    verify(&mut Cursor::new(archive), &pen().1).unwrap()
}

#[test]
fn p29_the_portable_sum_is_the_same_under_other_ids_and_in_another_order() {
    let mut turned = WORDS;
    turned.reverse();
    let (old, new) = (archive("old", &WORDS), archive("new", &turned));
    let (one, other) = (messages(&old), messages(&new));
    assert_eq!((&one.0, &one.2), (&other.0, &other.2));
    assert_ne!(one.1, other.1, "ids are a workspace's own");
    assert_eq!(findings(old), []);
    assert_eq!(findings(new), []);
}

#[test]
fn p29_the_portable_sum_tells_who_said_what_and_how_often() {
    let sum = |words: &[(&str, &str)]| messages(&archive("old", words)).2;
    let whole = sum(&WORDS);
    let others = [
        &WORDS[..2],
        &[WORDS[0], WORDS[1], WORDS[2], WORDS[2]],
        &[WORDS[0], WORDS[1], ("72", "again")],
        &[WORDS[0], WORDS[1], ("71", "Again")],
    ];
    for other in others {
        assert_ne!(sum(other), whole, "{other:?}");
    }
}

#[test]
fn a_portable_sum_that_is_not_that_of_the_records_is_named() {
    let mut export = begun();
    export.sections[0] = export.sections[0]
        .clone()
        .carrying(&[("text", Carry::Value)])
        .unwrap();
    step(&mut export, 0, 1);
    let mut wrong = export.clone();
    wrong.open[0].sum.add("another record");
    let bytes = |export: Export| -> Vec<u8> {
        let parts = export.finish(&pen()).unwrap();
        parts.into_iter().flat_map(|part| part.bytes).collect()
    };
    assert_eq!(findings(bytes(export)), []);
    let found = findings(bytes(wrong));
    let place = Place::Section("notes".to_owned());
    assert_eq!(
        found.iter().map(|one| &one.place).collect::<Vec<_>>(),
        [&place]
    );
}

#[test]
fn what_is_portable_is_a_field_that_is_handed_out() {
    for path in ["key", "nothing", "nothing.text"] {
        let section = Section::of::<Note>("notes", "Notes").unwrap();
        let refused = section.carrying(&[(path, Carry::Value)]);
        assert!(matches!(refused, Err(Error::Undeclared { .. })), "{path}");
    }
}
