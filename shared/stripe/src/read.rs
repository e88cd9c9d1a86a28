//! Reading fields of JSON that others wrote, without ever failing: a field of the wrong type is an absent field.

use std::collections::BTreeMap;

use domain::Timestamp;
use serde_json::Value;

pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer)?.as_str()
}

pub(crate) fn string(value: &Value, pointer: &str) -> Option<String> {
    text(value, pointer).map(str::to_owned)
}

/// The id of another object: its name, or the object itself where it was expanded.
pub(crate) fn id(value: &Value, pointer: &str) -> Option<String> {
    let found = value.pointer(pointer)?;
    let id = found.as_str().or_else(|| found.get("id")?.as_str());
    id.map(str::to_owned)
}

pub(crate) fn integer(value: &Value, pointer: &str) -> Option<i64> {
    value.pointer(pointer)?.as_i64()
}

pub(crate) fn flag(value: &Value, pointer: &str) -> bool {
    value
        .pointer(pointer)
        .and_then(Value::as_bool)
        .unwrap_or(false)
}

/// Seconds since the epoch.
pub(crate) fn moment(value: &Value, pointer: &str) -> Option<Timestamp> {
    integer(value, pointer).map(Timestamp::from_seconds)
}

pub(crate) fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// What the product noted at an object.
pub(crate) fn metadata(value: &Value) -> BTreeMap<String, String> {
    let notes = value.pointer("/metadata").and_then(Value::as_object);
    notes
        .into_iter()
        .flatten()
        .filter_map(|(name, note)| Some((name.clone(), note.as_str()?.to_owned())))
        .collect()
}
