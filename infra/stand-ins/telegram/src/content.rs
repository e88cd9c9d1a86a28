//! Text: lengths in UTF-16 units, entities given, parsed or found.

mod markup;

use serde_json::{Value, json};

use crate::api::{ApiError, params::Params};

/// UTF-16 units of a text, the unit of every limit and offset.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text and entities of a request: `field` (`text` or `caption`) with its parse mode or entity list, held to `limit` units.
pub(crate) fn formatted(
    params: &Params,
    field: &str,
    limit: usize,
) -> Result<(String, Vec<Value>), ApiError> {
    let raw = params.text(field).unwrap_or_default();
    let entity_field = if field == "text" {
        "entities"
    } else {
        "caption_entities"
    };
    let (text, entities) = match params
        .text("parse_mode")
        .as_deref()
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        None | Some("" | "none") => {
            let entities = params.json(entity_field)?.unwrap_or(Value::Null);
            check_entities(&raw, entities)?
        }
        Some("html") => markup::html(&raw)?,
        Some("markdownv2") => markup::markdown(&raw, true)?,
        Some("markdown") => markup::markdown(&raw, false)?,
        Some(_) => return Err(ApiError::bad("unsupported parse_mode")),
    };
    let (text, entities) = trimmed(text, entities);
    if units(&text) > limit {
        return Err(ApiError::bad(if field == "text" {
            "message is too long"
        } else {
            "message caption is too long"
        }));
    }
    let mut all = entities;
    let found: Vec<Value> = find_entities(&text)
        .into_iter()
        .filter(|entity| !overlaps(entity, &all))
        .collect();
    all.extend(found);
    all.sort_by_key(|entity| entity["offset"].as_u64());
    Ok((text, all))
}

fn overlaps(entity: &Value, others: &[Value]) -> bool {
    let range = |entity: &Value| {
        let start = entity["offset"].as_u64().unwrap_or(0);
        (start, start + entity["length"].as_u64().unwrap_or(0))
    };
    let (start, end) = range(entity);
    others
        .iter()
        .map(range)
        .any(|(other_start, other_end)| start < other_end && other_start < end)
}

/// Telegram strips white space around a text; entities move with it.
fn trimmed(text: String, entities: Vec<Value>) -> (String, Vec<Value>) {
    let lead = text.len() - text.trim_start().len();
    if lead == 0 && text.trim_end().len() == text.len() {
        return (text, entities);
    }
    let cut = units(&text[..lead]) as i64;
    let kept = text.trim().to_owned();
    let total = units(&kept) as i64;
    let moved = entities
        .into_iter()
        .filter_map(|mut entity| {
            let start = entity["offset"].as_i64()? - cut;
            let end = (start + entity["length"].as_i64()?).min(total);
            let start = start.max(0);
            entity["offset"] = json!(start);
            entity["length"] = json!(end - start);
            (end > start).then_some(entity)
        })
        .collect();
    (kept, moved)
}

const ENTITY_TYPES: [&str; 21] = [
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
    "bank_card_number",
];

fn check_entities(text: &str, entities: Value) -> Result<(String, Vec<Value>), ApiError> {
    let list = match entities {
        Value::Null => Vec::new(),
        Value::Array(list) => list,
        _ => return Err(ApiError::bad("can't parse entities: expected an Array")),
    };
    let total = units(text) as u64;
    for entity in &list {
        let kind = entity["type"].as_str().unwrap_or_default();
        if !ENTITY_TYPES.contains(&kind) {
            return Err(ApiError::bad(format!(
                "can't parse MessageEntity: Unsupported type \"{kind}\" specified"
            )));
        }
        let (Some(offset), Some(length)) = (entity["offset"].as_u64(), entity["length"].as_u64())
        else {
            return Err(ApiError::bad(
                "can't parse MessageEntity: offset and length must be non-negative numbers",
            ));
        };
        if offset + length > total {
            return Err(ApiError::bad(format!(
                "entity begins or ends outside of the text at UTF-16 offset {offset}"
            )));
        }
    }
    Ok((text.to_owned(), list))
}

/// Entities that Telegram finds by itself: commands, mentions, hashtags, links.
pub(crate) fn find_entities(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut offset = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let kind = word_kind(word);
        if let Some((kind, length)) = kind {
            found.push(json!({ "type": kind, "offset": offset, "length": length }));
        }
        offset += units(piece);
    }
    found
}

fn word_kind(word: &str) -> Option<(&'static str, usize)> {
    let tail = |from: usize, extra: &str| {
        word[from..]
            .chars()
            .take_while(|character| {
                character.is_alphanumeric() || *character == '_' || extra.contains(*character)
            })
            .map(char::len_utf16)
            .sum::<usize>()
    };
    if let Some(command) = word.strip_prefix('/') {
        let name = command.split('@').next().unwrap_or_default();
        let is_command = !name.is_empty()
            && name.len() <= 64
            && name
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || character == '_');
        return is_command.then(|| ("bot_command", 1 + tail(1, "@")));
    }
    if word.starts_with('@') {
        let length = tail(1, "");
        return (length >= 3).then_some(("mention", 1 + length));
    }
    if word.starts_with('#') {
        let length = tail(1, "");
        return (length >= 1).then_some(("hashtag", 1 + length));
    }
    (word.starts_with("https://") || word.starts_with("http://") || word.starts_with("www.")).then(
        || {
            (
                "url",
                units(word.trim_end_matches(['.', ',', '!', '?', ')', ';'])),
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(value: Value) -> Params {
        Params::from_json(value)
    }

    #[test]
    fn length_is_counted_in_utf16_units() {
        let text = "👩".repeat(2_048);
        assert!(formatted(&params(json!({ "text": text })), "text", 4_096).is_ok());
        let error = formatted(
            &params(json!({ "text": format!("{text}!") })),
            "text",
            4_096,
        )
        .unwrap_err();
        assert_eq!(error.description, "Bad Request: message is too long");
    }

    #[test]
    fn commands_mentions_and_links_are_found() {
        let found = find_entities("😀 /start@sofi_bot hi @someone see https://example.org/a.");
        assert_eq!(
            found,
            vec![
                json!({ "type": "bot_command", "offset": 3, "length": 15 }),
                json!({ "type": "mention", "offset": 22, "length": 8 }),
                json!({ "type": "url", "offset": 35, "length": 21 }),
            ]
        );
    }

    #[test]
    fn an_entity_outside_of_the_text_is_refused() {
        let request = params(
            json!({ "text": "abc", "entities": [{ "type": "bold", "offset": 1, "length": 5 }] }),
        );
        assert_eq!(formatted(&request, "text", 4_096).unwrap_err().code, 400);
    }

    #[test]
    fn white_space_around_the_text_goes_and_entities_move() {
        let request = params(
            json!({ "text": "  abc  ", "entities": [{ "type": "bold", "offset": 2, "length": 3 }] }),
        );
        let (text, entities) = formatted(&request, "text", 4_096).unwrap();
        assert_eq!(
            (text.as_str(), entities),
            (
                "abc",
                vec![json!({ "type": "bold", "offset": 0, "length": 3 })]
            )
        );
    }
}
