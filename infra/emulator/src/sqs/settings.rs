//! Queue attributes: defaults, validation, and the numbers the queue works with.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::error::ServiceError;

/// Largest message, and largest batch, in bytes: 1 MiB.
pub(super) const MAX_MESSAGE_BYTES: usize = 1_048_576;

/// Attributes with a range: name, lowest, highest, default.
const NUMBERS: [(&str, i64, i64, i64); 5] = [
    ("DelaySeconds", 0, 900, 0),
    (
        "MaximumMessageSize",
        1024,
        MAX_MESSAGE_BYTES as i64,
        MAX_MESSAGE_BYTES as i64,
    ),
    ("MessageRetentionPeriod", 60, 1_209_600, 345_600),
    ("ReceiveMessageWaitTimeSeconds", 0, 20, 0),
    ("VisibilityTimeout", 0, 43_200, 30),
];

/// Attributes taken as they are.
const OTHERS: [&str; 10] = [
    "FifoQueue",
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "FifoThroughputLimit",
    "KmsMasterKeyId",
    "KmsDataKeyReusePeriodSeconds",
    "SqsManagedSseEnabled",
    "RedrivePolicy",
    "RedriveAllowPolicy",
    "Policy",
];

/// Where messages go that were received too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Redrive {
    pub target_arn: String,
    pub max_receives: u32,
}

/// Validated attributes of a queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Attributes of a new queue. `name` tells whether it is FIFO.
    pub fn new(name: &str, attributes: &BTreeMap<String, String>) -> Result<Self, ServiceError> {
        let fifo = name.ends_with(".fifo");
        let stem = name.strip_suffix(".fifo").unwrap_or(name);
        let valid = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if stem.is_empty() || name.len() > 80 || !stem.chars().all(valid) {
            return Err(invalid(
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
            ));
        }
        let declared_fifo = attributes
            .get("FifoQueue")
            .is_some_and(|value| value == "true");
        if declared_fifo != fifo {
            return Err(invalid(
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end \
                 with .fifo suffix and be 1 to 80 in length.",
            ));
        }
        if attributes
            .get("FifoQueue")
            .is_some_and(|value| value == "false")
        {
            return Err(ServiceError::client(
                "InvalidAttributeName",
                "Unknown Attribute FifoQueue.",
            ));
        }
        let mut settings = Self::default();
        settings.change(attributes, fifo)?;
        Ok(settings)
    }

    /// Restored from storage.
    pub fn stored(attributes: BTreeMap<String, String>) -> Self {
        Self(attributes)
    }

    /// Validates and applies a change; an empty value removes the attribute.
    pub fn change(
        &mut self,
        attributes: &BTreeMap<String, String>,
        fifo: bool,
    ) -> Result<(), ServiceError> {
        let mut next = self.0.clone();
        for (name, value) in attributes {
            if let Some((_, low, high, _)) = NUMBERS.iter().find(|(known, ..)| known == name) {
                let number: Option<i64> = value.parse().ok();
                if number.is_none_or(|number| !(*low..=*high).contains(&number)) {
                    return Err(invalid(format!("Invalid value for the parameter {name}."))
                        .with_code("InvalidAttributeValue"));
                }
            } else if !OTHERS.contains(&name.as_str()) {
                return Err(ServiceError::client(
                    "InvalidAttributeName",
                    format!("Unknown Attribute {name}."),
                ));
            }
            let fifo_only = [
                "ContentBasedDeduplication",
                "DeduplicationScope",
                "FifoThroughputLimit",
            ];
            if !fifo && fifo_only.contains(&name.as_str()) {
                return Err(ServiceError::client(
                    "InvalidAttributeName",
                    format!("Unknown Attribute {name}."),
                ));
            }
            if name == "RedrivePolicy" && !value.is_empty() {
                parse_redrive(value)?;
            }
            if value.is_empty() {
                next.remove(name);
            } else {
                next.insert(name.clone(), value.clone());
            }
        }
        self.0 = next;
        Ok(())
    }

    /// The attributes as given.
    pub fn given(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    /// The first attribute that `other` sets differently.
    pub fn difference(&self, other: &Self) -> Option<String> {
        let effective = |settings: &Self, name: &str| {
            let default = NUMBERS
                .iter()
                .find(|(known, ..)| *known == name)
                .map(|(.., default)| default.to_string());
            settings.0.get(name).cloned().or(default)
        };
        other
            .0
            .keys()
            .find(|name| effective(self, name) != effective(other, name))
            .cloned()
    }

    /// All attributes with their defaults.
    pub fn with_defaults(&self) -> BTreeMap<String, String> {
        let mut all = self.0.clone();
        for (name, .., default) in NUMBERS {
            all.entry(name.to_owned())
                .or_insert_with(|| default.to_string());
        }
        if !all.contains_key("KmsMasterKeyId") {
            all.entry("SqsManagedSseEnabled".to_owned())
                .or_insert_with(|| "true".to_owned());
        }
        if all.get("FifoQueue").is_some_and(|fifo| fifo == "true") {
            for (name, default) in [
                ("ContentBasedDeduplication", "false"),
                ("DeduplicationScope", "queue"),
                ("FifoThroughputLimit", "perQueue"),
            ] {
                all.entry(name.to_owned())
                    .or_insert_with(|| default.to_owned());
            }
        }
        all
    }

    /// A numeric attribute, default included.
    pub fn number(&self, name: &str) -> i64 {
        let default = NUMBERS
            .iter()
            .find(|(known, ..)| *known == name)
            .map_or(0, |(.., default)| *default);
        self.0
            .get(name)
            .and_then(|value| value.parse().ok())
            .unwrap_or(default)
    }

    /// Whether a boolean attribute is set.
    pub fn is_set(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| value == "true")
    }

    /// Whether the same deduplication id in two groups means two messages.
    pub fn deduplicates_per_group(&self) -> bool {
        self.0
            .get("DeduplicationScope")
            .is_some_and(|scope| scope == "messageGroup")
    }

    /// The redrive policy, if there is one.
    pub fn redrive(&self) -> Option<Redrive> {
        self.0
            .get("RedrivePolicy")
            .and_then(|text| parse_redrive(text).ok())
    }
}

fn parse_redrive(text: &str) -> Result<Redrive, ServiceError> {
    let wrong = |why: &str| {
        invalid(format!(
            "Value {text} for parameter RedrivePolicy is invalid. Reason: {why}"
        ))
    };
    let json: Value =
        serde_json::from_str(text).map_err(|_| wrong("Redrive policy is not a valid JSON map."))?;
    let target = json["deadLetterTargetArn"].as_str().ok_or_else(|| {
        wrong("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.")
    })?;
    let count = &json["maxReceiveCount"];
    if count.is_null() {
        return Err(wrong(
            "Redrive policy does not contain mandatory attribute: maxReceiveCount.",
        ));
    }
    // Templates and consoles send the number as text as often as not.
    let count = count.as_i64().or_else(|| count.as_str()?.parse().ok());
    match count
        .and_then(|count| u32::try_from(count).ok())
        .filter(|count| (1..=1000).contains(count))
    {
        Some(max_receives) => Ok(Redrive {
            target_arn: target.to_owned(),
            max_receives,
        }),
        None => Err(wrong(
            "Invalid value for maxReceiveCount: must be between 1 and 1000.",
        )),
    }
}

/// `InvalidParameterValue`.
pub(super) fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::client("InvalidParameterValue", message)
}

impl ServiceError {
    fn with_code(mut self, code: &str) -> Self {
        code.clone_into(&mut self.code);
        self
    }
}
