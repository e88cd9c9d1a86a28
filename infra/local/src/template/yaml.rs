//! YAML with CloudFormation's short tags, turned into plain JSON with the long form of each function.

use std::path::Path;

use serde_json::{Map, Value, json};
use serde_yaml_ng::Value as Yaml;

use super::error::{Place, TemplateError};

/// Parses a template text; `!Sub x` becomes `{"Fn::Sub": "x"}` and so on.
pub(super) fn parse(file: &Path, text: &str) -> Result<Value, TemplateError> {
    let yaml: Yaml = serde_yaml_ng::from_str(text).map_err(|source| TemplateError::Yaml {
        file: file.to_path_buf(),
        source,
    })?;
    convert(yaml, &Place::new(file, "template"))
}

fn convert(yaml: Yaml, place: &Place) -> Result<Value, TemplateError> {
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(flag),
        Yaml::Number(number) => number_of(&number, place)?,
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => Value::Array(
            items
                .into_iter()
                .enumerate()
                .map(|(index, item)| convert(item, &place.child(index)))
                .collect::<Result<_, _>>()?,
        ),
        Yaml::Mapping(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                let key = key_of(&key, place)?;
                let value = convert(value, &place.child(&key))?;
                map.insert(key, value);
            }
            Value::Object(map)
        }
        Yaml::Tagged(tagged) => {
            let tag = tagged.tag.to_string();
            let value = convert(tagged.value, place)?;
            long_form(tag.trim_start_matches('!'), value, place)?
        }
    })
}

fn number_of(number: &serde_yaml_ng::Number, place: &Place) -> Result<Value, TemplateError> {
    if let Some(whole) = number.as_i64() {
        return Ok(json!(whole));
    }
    if let Some(whole) = number.as_u64() {
        return Ok(json!(whole));
    }
    number
        .as_f64()
        .and_then(serde_json::Number::from_f64)
        .map(Value::Number)
        .ok_or_else(|| place.error("a number that JSON cannot carry"))
}

fn key_of(key: &Yaml, place: &Place) -> Result<String, TemplateError> {
    match key {
        Yaml::String(text) => Ok(text.clone()),
        Yaml::Number(number) => Ok(number.to_string()),
        Yaml::Bool(flag) => Ok(flag.to_string()),
        Yaml::Null => Err(place.error(
            "an empty key; IAM's Null operator must be written in quotes, or SAM reads nothing",
        )),
        _ => Err(place.error("a key that is neither text nor number")),
    }
}

fn long_form(tag: &str, value: Value, place: &Place) -> Result<Value, TemplateError> {
    let (name, value) = match tag {
        "Ref" | "Condition" => (tag.to_owned(), value),
        "GetAtt" => {
            let value = match value {
                Value::String(text) => {
                    let (resource, attribute) = text
                        .split_once('.')
                        .ok_or_else(|| place.error(format!("!GetAtt {text} lacks an attribute")))?;
                    json!([resource, attribute])
                }
                other => other,
            };
            ("Fn::GetAtt".to_owned(), value)
        }
        "Sub" | "Join" | "Select" | "Split" | "If" | "Equals" | "Not" | "And" | "Or"
        | "FindInMap" | "Base64" | "GetAZs" | "ImportValue" => (format!("Fn::{tag}"), value),
        other => return Err(place.error(format!("unknown tag !{other}"))),
    };
    Ok(Value::Object(Map::from_iter([(name, value)])))
}
