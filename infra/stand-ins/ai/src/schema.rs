//! JSON schemas: what a strict one must say, and a value that satisfies one.

use serde_json::{Map, Value, json};

use crate::reply::Fact;

/// Deepest nesting that is filled; deeper, and circles, end in `null`.
const DEPTH: usize = 12;

/// What a value is filled with.
pub(crate) struct Filling<'a> {
    pub text: &'a str,
    pub facts: &'a [Fact],
    /// What was noticed of the person, where it is not the first word that the schema has for it.
    pub concern: Option<&'a str>,
    /// Whether a moderating model would object.
    pub flagged: bool,
}

/// What keeps a schema from being strict: the place and the reason.
pub(crate) fn not_strict(schema: &Value) -> Option<String> {
    if !schema.is_object() {
        return Some("the schema must be an object".to_owned());
    }
    find_loose(schema, "", DEPTH)
}

fn find_loose(schema: &Value, place: &str, depth: usize) -> Option<String> {
    if depth == 0 {
        return Some(format!("{place}: nested too deeply"));
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        if schema.get("additionalProperties") != Some(&Value::Bool(false)) {
            return Some(format!(
                "{place}: `additionalProperties:false` must be set on every object"
            ));
        }
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if let Some(missing) = properties
            .keys()
            .find(|name| !required.contains(&name.as_str()))
        {
            return Some(format!(
                "{place}: `required` must list every property, `{missing}` is missing"
            ));
        }
        for (name, inner) in properties {
            let found = find_loose(inner, &format!("{place}/properties/{name}"), depth - 1);
            if found.is_some() {
                return found;
            }
        }
    }
    let items = schema
        .get("items")
        .and_then(|items| find_loose(items, &format!("{place}/items"), depth - 1));
    items.or_else(|| {
        let variants = schema.get("anyOf").and_then(Value::as_array);
        variants
            .into_iter()
            .flatten()
            .find_map(|variant| find_loose(variant, &format!("{place}/anyOf"), depth - 1))
    })
}

/// A value that satisfies the schema.
pub(crate) fn fill(schema: &Value, filling: &Filling<'_>) -> Value {
    Filler {
        root: schema,
        filling,
    }
    .value(schema, "reply", DEPTH)
}

struct Filler<'a> {
    root: &'a Value,
    filling: &'a Filling<'a>,
}

impl Filler<'_> {
    fn value(&self, schema: &Value, name: &str, depth: usize) -> Value {
        if depth == 0 {
            return Value::Null;
        }
        if let Some(pointer) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.root.pointer(pointer.trim_start_matches('#'));
            return target.map_or(Value::Null, |target| self.value(target, name, depth - 1));
        }
        if let Some(fixed) = schema.get("const") {
            return fixed.clone();
        }
        if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
            return self.choice(choices, name);
        }
        if let Some(variants) = schema.get("anyOf").and_then(Value::as_array) {
            let is_null = |variant: &&Value| variant.get("type") == Some(&json!("null"));
            let variant = variants.iter().find(|variant| !is_null(variant));
            return variant.map_or(Value::Null, |variant| self.value(variant, name, depth - 1));
        }
        match kind(schema) {
            "object" => self.object(schema, depth),
            "array" => self.array(schema, name, depth),
            "string" => self.string(schema, name),
            "integer" | "number" => self.number(schema, name),
            "boolean" => Value::Bool(self.filling.flagged && is_verdict(name)),
            _ => Value::Null,
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        let properties = schema.get("properties").and_then(Value::as_object);
        let fields = properties
            .into_iter()
            .flatten()
            .map(|(name, inner)| (name.clone(), self.value(inner, name, depth - 1)));
        Value::Object(fields.collect::<Map<_, _>>())
    }

    fn array(&self, schema: &Value, name: &str, depth: usize) -> Value {
        let length = |limit: &str| schema.get(limit).and_then(Value::as_u64);
        let least = length("minItems").unwrap_or(0);
        let Some(items) = schema.get("items") else {
            return json!([]);
        };
        let most = usize::try_from(length("maxItems").unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let mut list: Vec<Value> = Vec::new();
        if name == "facts" {
            for fact in self.filling.facts.iter().take(most) {
                list.push(self.fact(items, fact, depth - 1));
            }
        }
        while (list.len() as u64) < least {
            list.push(self.value(items, name, depth - 1));
        }
        Value::Array(list)
    }

    /// A fact as an item: its text and confidence where the item has places for them.
    fn fact(&self, items: &Value, fact: &Fact, depth: usize) -> Value {
        if kind(items) == "string" {
            return json!(fact.text);
        }
        let mut item = self.value(items, "fact", depth);
        if let Some(fields) = item.as_object_mut() {
            for (name, field) in fields.iter_mut() {
                match name.as_str() {
                    "text" | "fact" | "value" | "content" => *field = json!(fact.text),
                    "confidence" => *field = confidence(items, fact.confidence),
                    _ => {}
                }
            }
        }
        item
    }

    fn string(&self, schema: &Value, name: &str) -> Value {
        let text = match name {
            "language" | "lang" => "en",
            _ => self.filling.text,
        };
        let most = schema.get("maxLength").and_then(Value::as_u64);
        let most = most.map_or(usize::MAX, |most| {
            usize::try_from(most).unwrap_or(usize::MAX)
        });
        Value::String(text.chars().take(most).collect())
    }

    fn number(&self, schema: &Value, name: &str) -> Value {
        if self.filling.flagged && is_verdict(name) {
            return json!(1);
        }
        schema.get("minimum").cloned().unwrap_or(json!(0))
    }

    /// The first choice; for a verdict the last one when the text is objectionable. A scripted concern is written even where
    /// it is no choice, for what a caller makes of it.
    fn choice(&self, choices: &[Value], name: &str) -> Value {
        if let Some(concern) = self.filling.concern.filter(|_| name == "concern") {
            return json!(concern);
        }
        let chosen = if self.filling.flagged && is_verdict(name) {
            choices.last()
        } else {
            choices.first()
        };
        chosen.cloned().unwrap_or(Value::Null)
    }
}

/// Whether a field of this name is a moderating model's verdict.
fn is_verdict(name: &str) -> bool {
    ["violation", "flagged", "unsafe", "blocked"]
        .iter()
        .any(|word| name.contains(word))
}

/// The type of a schema; of several the first that is not `null`.
fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null")
            .unwrap_or("null"),
        _ if schema.get("properties").is_some() => "object",
        _ => "null",
    }
}

/// A share where the schema takes any number, whole percent where it takes integers only.
fn confidence(items: &Value, share: f64) -> Value {
    if items["properties"]["confidence"]["type"] != "integer" {
        return json!(share);
    }
    let percent = if share <= 1.0 { share * 100.0 } else { share };
    #[expect(clippy::cast_possible_truncation, reason = "at most a hundred")]
    let percent = percent.clamp(0.0, 100.0).round() as i64;
    json!(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_integers_are_asked_for_a_confidence_is_whole_percent() {
        let items = json!({ "properties": { "confidence": { "type": "integer" } } });
        assert_eq!(confidence(&items, 0.9), json!(90));
        assert_eq!(confidence(&items, 85.0), json!(85));
    }

    fn reply_schema() -> Value {
        json!({
            "type": "object", "additionalProperties": false, "required": ["reply", "facts"],
            "properties": {
                "reply": { "type": "string" },
                "facts": { "type": "array", "items": {
                    "type": "object", "additionalProperties": false, "required": ["text", "confidence"],
                    "properties": { "text": { "type": "string" }, "confidence": { "type": "number" } },
                } },
            },
        })
    }

    fn filling(facts: &[Fact], flagged: bool) -> Filling<'_> {
        Filling {
            text: "hello",
            facts,
            concern: None,
            flagged,
        }
    }

    #[test]
    fn a_reply_and_its_facts_go_to_their_places() {
        let facts = [Fact {
            text: "Lives in Lisbon".to_owned(),
            confidence: 0.9,
        }];
        assert_eq!(
            fill(&reply_schema(), &filling(&facts, false)),
            json!({ "reply": "hello", "facts": [{ "text": "Lives in Lisbon", "confidence": 0.9 }] })
        );
        assert_eq!(
            fill(&reply_schema(), &filling(&[], false)),
            json!({ "reply": "hello", "facts": [] })
        );
    }

    #[test]
    fn other_schemas_are_filled_by_their_types() {
        let schema = json!({
            "type": "object",
            "properties": {
                "violation": { "type": "integer", "enum": [0, 1] },
                "flagged": { "type": "boolean" },
                "tone": { "enum": ["warm", "cool"] },
                "note": { "type": ["string", "null"], "maxLength": 2 },
                "score": { "type": "number", "minimum": 0.5 },
                "kind": { "const": "x" },
                "maybe": { "anyOf": [{ "type": "null" }, { "$ref": "#/$defs/tag" }] },
                "tags": { "type": "array", "items": { "$ref": "#/$defs/tag" }, "minItems": 1 },
            },
            "$defs": { "tag": { "type": "string" } },
        });
        let value = fill(&schema, &filling(&[], true));
        assert_eq!(
            value,
            json!({
                "violation": 1, "flagged": true, "tone": "warm", "note": "he", "score": 0.5, "kind": "x",
                "maybe": "hello", "tags": ["hello"],
            })
        );
        let value = fill(&schema, &filling(&[], false));
        assert_eq!(
            (&value["violation"], &value["flagged"]),
            (&json!(0), &json!(false))
        );
    }

    #[test]
    fn a_concern_is_the_scripted_one_or_else_the_first() {
        let schema = json!({
            "type": "object",
            "properties": {
                "concern": { "type": "string", "enum": ["none", "grief"] },
                "tone": { "enum": ["warm", "cool"] },
            },
        });
        let filled = |concern| {
            let with = Filling {
                concern,
                ..filling(&[], false)
            };
            fill(&schema, &with)
        };
        let tone = "warm";
        assert_eq!(filled(None), json!({ "concern": "none", "tone": tone }));
        for scripted in ["grief", "a word of nobody's"] {
            let expected = json!({ "concern": scripted, "tone": tone });
            assert_eq!(filled(Some(scripted)), expected);
        }
    }

    #[test]
    fn a_loose_schema_is_not_strict_at_any_depth() {
        assert_eq!(not_strict(&reply_schema()), None);
        let mut open = reply_schema();
        open["properties"]["facts"]["items"]["additionalProperties"] = json!(true);
        assert!(
            not_strict(&open).is_some_and(|reason| reason.starts_with("/properties/facts/items"))
        );
        let mut optional = reply_schema();
        optional["required"] = json!(["reply"]);
        assert!(not_strict(&optional).is_some_and(|reason| reason.contains("`facts`")));
    }

    #[test]
    fn a_schema_that_points_to_itself_ends() {
        let schema = json!({ "type": "object", "properties": { "next": { "$ref": "#" } } });
        assert!(fill(&schema, &filling(&[], false)).is_object());
    }
}
