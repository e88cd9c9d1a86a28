//! The parse modes: HTML and both Markdown dialects, as far as bots commonly use them.

use serde_json::{Value, json};

use super::units;
use crate::api::ApiError;

fn refuse(detail: impl std::fmt::Display) -> ApiError {
    ApiError::bad(format!("can't parse entities: {detail}"))
}

struct Open {
    name: String,
    start: usize,
    entity: Value,
}

fn close(open: Open, text: &str, entities: &mut Vec<Value>) {
    let length = units(text) - open.start;
    if length > 0 {
        let mut entity = open.entity;
        entity["offset"] = json!(open.start);
        entity["length"] = json!(length);
        entities.push(entity);
    }
}

/// Parses `parse_mode=HTML`.
pub(super) fn html(source: &str) -> Result<(String, Vec<Value>), ApiError> {
    let mut text = String::new();
    let mut entities = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let at = source.len() - rest.len();
        if next == '&' {
            let (character, used) = html_character(rest);
            text.push(character);
            rest = &rest[used..];
        } else if next == '<' {
            let end = rest
                .find('>')
                .ok_or_else(|| refuse(format!("Unclosed start tag at byte offset {at}")))?;
            let tag = &rest[1..end];
            rest = &rest[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                let open = stack
                    .pop()
                    .ok_or_else(|| refuse(format!("Unexpected end tag at byte offset {at}")))?;
                if !name.trim().eq_ignore_ascii_case(&open.name) {
                    return Err(refuse(format!(
                        "Unmatched end tag at byte offset {at}, expected \"</{}>\", found \"</{name}>\"",
                        open.name
                    )));
                }
                close(open, &text, &mut entities);
            } else {
                let name = tag
                    .split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let entity = html_entity(&name, tag).ok_or_else(|| {
                    refuse(format!(
                        "Unsupported start tag \"{name}\" at byte offset {at}"
                    ))
                })?;
                stack.push(Open {
                    name,
                    start: units(&text),
                    entity,
                });
            }
        } else {
            text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    match stack.pop() {
        Some(open) => Err(refuse(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            open.name
        ))),
        None => Ok((text, entities)),
    }
}

fn html_entity(name: &str, tag: &str) -> Option<Value> {
    let attribute = |wanted: &str| {
        let start = tag.find(&format!("{wanted}=\""))? + wanted.len() + 2;
        tag[start..].split('"').next().map(str::to_owned)
    };
    let kind = match name {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "tg-spoiler" => "spoiler",
        "span" if attribute("class").as_deref() == Some("tg-spoiler") => "spoiler",
        "code" => "code",
        "pre" => "pre",
        "blockquote" if tag.contains(" expandable") => "expandable_blockquote",
        "blockquote" => "blockquote",
        "a" => {
            return Some(
                json!({ "type": "text_link", "url": attribute("href").unwrap_or_default() }),
            );
        }
        "tg-emoji" => {
            return Some(
                json!({ "type": "custom_emoji", "custom_emoji_id": attribute("emoji-id")? }),
            );
        }
        _ => return None,
    };
    Some(json!({ "type": kind }))
}

/// The character that an `&...;` stands for, and the bytes it takes; a lone `&` stands for itself.
fn html_character(rest: &str) -> (char, usize) {
    let Some(end) = rest.find(';').filter(|end| *end <= 10) else {
        return ('&', 1);
    };
    let name = &rest[1..end];
    let character = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        _ => name
            .strip_prefix("#x")
            .map(|hex| u32::from_str_radix(hex, 16))
            .or_else(|| name.strip_prefix('#').map(str::parse))
            .and_then(Result::ok)
            .and_then(char::from_u32),
    };
    character.map_or(('&', 1), |character| (character, end + 1))
}

const STRICT_MARKS: [(&str, &str); 6] = [
    ("||", "spoiler"),
    ("__", "underline"),
    ("*", "bold"),
    ("_", "italic"),
    ("~", "strikethrough"),
    ("`", "code"),
];
const LEGACY_MARKS: [(&str, &str); 3] = [("*", "bold"), ("_", "italic"), ("`", "code")];

/// Parses `parse_mode=MarkdownV2` (`strict`) or the legacy `Markdown`.
pub(super) fn markdown(source: &str, strict: bool) -> Result<(String, Vec<Value>), ApiError> {
    let marks: &[(&str, &str)] = if strict { &STRICT_MARKS } else { &LEGACY_MARKS };
    let mut text = String::new();
    let mut entities = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let at = source.len() - rest.len();
        let in_code = stack
            .last()
            .is_some_and(|open| open.name == "`" || open.name == "```");
        if next == '\\'
            && rest[1..]
                .chars()
                .next()
                .is_some_and(|character| character.is_ascii_punctuation())
        {
            text.push_str(&rest[1..2]);
            rest = &rest[2..];
            continue;
        }
        let fence = rest.starts_with("```").then_some(("```", "pre"));
        let mark = fence.or_else(|| {
            marks
                .iter()
                .copied()
                .find(|(mark, _)| rest.starts_with(mark))
        });
        if let Some((mark, kind)) =
            mark.filter(|(mark, _)| !in_code || stack.last().is_some_and(|open| open.name == *mark))
        {
            rest = &rest[mark.len()..];
            if stack.last().is_some_and(|open| open.name == mark) {
                if let Some(open) = stack.pop() {
                    close(open, &text, &mut entities);
                }
            } else if stack.iter().any(|open| open.name == mark) {
                return Err(refuse(format!(
                    "Can't find end of the entity starting at byte offset {at}"
                )));
            } else {
                stack.push(Open {
                    name: mark.to_owned(),
                    start: units(&text),
                    entity: json!({ "type": kind }),
                });
            }
            continue;
        }
        if !in_code && next == '[' {
            stack.push(Open {
                name: "[".to_owned(),
                start: units(&text),
                entity: json!({ "type": "text_link" }),
            });
            rest = &rest[1..];
            continue;
        }
        if !in_code && rest.starts_with("](") && stack.last().is_some_and(|open| open.name == "[") {
            let end = rest
                .find(')')
                .ok_or_else(|| refuse(format!("Can't find end of a URL at byte offset {at}")))?;
            if let Some(mut open) = stack.pop() {
                open.entity["url"] = json!(&rest[2..end]);
                close(open, &text, &mut entities);
            }
            rest = &rest[end + 1..];
            continue;
        }
        if strict && !in_code && ">#+-=|{}.!()]".contains(next) {
            return Err(refuse(format!(
                "Character '{next}' is reserved and must be escaped with the preceding '\\'"
            )));
        }
        text.push(next);
        rest = &rest[next.len_utf8()..];
    }
    match stack.pop() {
        Some(open) => Err(refuse(format!(
            "Can't find end of the entity starting with \"{}\"",
            open.name
        ))),
        None => Ok((text, entities)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_text_and_entities() {
        let (text, entities) =
            html("<b>Hi</b> &lt;you&gt; <a href=\"https://example.org\">here</a>").unwrap();
        assert_eq!(text, "Hi <you> here");
        assert_eq!(
            entities[0],
            json!({ "type": "bold", "offset": 0, "length": 2 })
        );
        assert_eq!(
            entities[1],
            json!({ "type": "text_link", "url": "https://example.org", "offset": 9, "length": 4 })
        );
    }

    #[test]
    fn unknown_and_open_tags_are_refused() {
        assert!(
            html("<img>")
                .unwrap_err()
                .description
                .contains("Unsupported start tag \"img\" at byte offset 0")
        );
        assert!(
            html("<b>x")
                .unwrap_err()
                .description
                .contains("Can't find end tag corresponding to start tag \"b\"")
        );
    }

    #[test]
    fn markdown_marks_nest_and_reserved_characters_need_an_escape() {
        let (text, entities) = markdown("*a _b_* \\. [c](https://example.org)", true).unwrap();
        assert_eq!(text, "a b . c");
        assert_eq!(entities.len(), 3);
        assert!(
            markdown("a.b", true)
                .unwrap_err()
                .description
                .contains("Character '.' is reserved")
        );
        assert_eq!(markdown("a.b", false).unwrap().0, "a.b");
    }
}
