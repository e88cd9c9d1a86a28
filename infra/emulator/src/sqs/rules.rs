//! What SQS refuses of a message, before anything changes.

use std::collections::BTreeMap;

use super::message::size;
use super::settings::{Settings, invalid};
use super::types::{MessageAttribute, Send};
use crate::error::ServiceError;

/// Refuses what SQS refuses, without changing anything.
pub(super) fn check(settings: &Settings, fifo: bool, send: &Send) -> Result<(), ServiceError> {
    check_attributes(&send.attributes)?;
    if send.body.is_empty() {
        return Err(ServiceError::client(
            "MissingParameter",
            "The request must contain the parameter MessageBody.",
        ));
    }
    let bad = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    if send.body.contains(bad) {
        let message = "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | \
                       #xE000 to #xFFFD | #x10000 to #x10FFFF";
        return Err(ServiceError::client("InvalidMessageContents", message));
    }
    let limit = settings.number("MaximumMessageSize");
    if i64::try_from(size(&send.body, &send.attributes)).unwrap_or(i64::MAX) > limit {
        return Err(invalid(format!(
            "One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes."
        )));
    }
    let unfit = |name: &str, value: &str| {
        Err(invalid(format!(
            "Value {value} for parameter {name} is invalid. Reason: The request include parameter that is not valid for \
             this queue type."
        )))
    };
    if let Some(delay) = send.delay.map(|delay| delay.as_secs()) {
        if delay > 900 {
            return Err(invalid(format!(
                "Value {delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."
            )));
        }
        if fifo && delay > 0 {
            return unfit("DelaySeconds", &delay.to_string());
        }
    }
    match (&send.deduplication_id, fifo) {
        (Some(id), false) => return unfit("MessageDeduplicationId", id),
        (None, true) if !settings.is_set("ContentBasedDeduplication") => {
            return Err(invalid(
                "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
            ));
        }
        (Some(id), true) => check_id("MessageDeduplicationId", id)?,
        _ => {}
    }
    match &send.group_id {
        Some(id) => check_id("MessageGroupId", id),
        None if fifo => Err(ServiceError::client(
            "MissingParameter",
            "The request must contain the parameter MessageGroupId.",
        )),
        None => Ok(()),
    }
}

/// Refuses attributes that SQS refuses.
fn check_attributes(attributes: &BTreeMap<String, MessageAttribute>) -> Result<(), ServiceError> {
    let invalid = |message: String| Err(ServiceError::client("InvalidParameterValue", message));
    if attributes.len() > 10 {
        return invalid(
            "Number of message attributes [more than 10] exceeds the allowed maximum [10].".into(),
        );
    }
    for (name, attribute) in attributes {
        let kind = attribute.data_type.split('.').next().unwrap_or("");
        let value_fits = match kind {
            "String" => attribute
                .string_value
                .as_ref()
                .is_some_and(|text| !text.is_empty()),
            "Number" => attribute
                .string_value
                .as_ref()
                .is_some_and(|text| text.parse::<f64>().is_ok()),
            "Binary" => attribute
                .binary_value
                .as_ref()
                .is_some_and(|text| !text.is_empty()),
            _ => {
                return invalid(format!(
                    "The type of message (user) attribute '{name}' is invalid. You must use only the following supported \
                     type prefixes: Binary, Number, String."
                ));
            }
        };
        if !value_fits {
            return invalid(format!(
                "The message (user) attribute '{name}' must contain a non-empty value of its type."
            ));
        }
    }
    Ok(())
}

/// Group and deduplication ids: 1 to 128 printable ASCII characters.
fn check_id(parameter: &str, id: &str) -> Result<(), ServiceError> {
    if id.is_empty() || id.len() > 128 || !id.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(invalid(format!(
            "Value {id} for parameter {parameter} is invalid. Reason: {parameter} can only include alphanumeric and \
             punctuation characters. 1 to 128 in length."
        )));
    }
    Ok(())
}
