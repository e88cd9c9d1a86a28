//! What an export is made of, in numbers: our staff see these, and nothing of what is counted.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};
use store::row::ExportRow;
use utoipa::ToSchema;

/// Stands in a section's numbers for its records; no field is called so.
const RECORDS: &str = "*";

/// For each section how many records it has, and in how many of them each field holds something.
pub(crate) type Counted = BTreeMap<String, BTreeMap<String, u64>>;

/// Counts one more record.
pub(super) fn count(counted: &mut Counted, section: &str, record: &Map<String, Value>) {
    let numbers = counted.entry(section.to_owned()).or_default();
    *numbers.entry(RECORDS.to_owned()).or_default() += 1;
    let held = record.iter().filter(|(_, value)| !value.is_null());
    for (field, _) in held {
        *numbers.entry(field.clone()).or_default() += 1;
    }
}

/// How many records of an export have something in a field.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CountedField {
    /// The field, as the field registry names it.
    name: String,
    /// In how many records it holds something, so far.
    records: u64,
}

/// How much of one kind is in an export.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CountedSection {
    /// The kind, as the field registry names it: `fan`, `message`, ...
    name: String,
    /// Its records so far.
    records: u64,
    /// Its fields that hold something in one of them.
    fields: Vec<CountedField>,
}

impl CountedSection {
    /// Every section of an export that has a record.
    pub(crate) fn all(row: &ExportRow) -> Vec<Self> {
        let sections = row.counted.iter();
        sections
            .map(|(name, numbers)| Self {
                name: name.clone(),
                records: numbers.get(RECORDS).copied().unwrap_or_default(),
                fields: numbers
                    .iter()
                    .filter(|(field, _)| *field != RECORDS)
                    .map(|(field, records)| CountedField {
                        name: field.clone(),
                        records: *records,
                    })
                    .collect(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_holds_nothing_is_not_counted_and_no_value_is_kept() {
        let mut counted = Counted::new();
        for record in [
            json!({ "id": "a", "text": "canary" }),
            json!({ "id": "b", "text": null }),
        ] {
            let record = record.as_object().expect("a record");
            count(&mut counted, "note", record);
        }
        let stored = serde_json::to_value(&counted).expect("JSON");
        assert_eq!(stored, json!({ "note": { "*": 2, "id": 2, "text": 1 } }));
    }
}
