//! From a stored row to what is handed out: sealed values opened, times readable, secrets left out.

use domain::Timestamp;
use domain::registry::{Erase, Export, Field};
use serde_json::{Map, Value};
use store::{Attribute, Raw};
use vault::{FanKey, Place, TenantKey};

/// What opens the values of a row.
#[derive(Clone, Copy)]
pub(crate) struct Opens<'a> {
    /// The tenant's key.
    pub(crate) tenant: &'a TenantKey,
    /// The key of the fan whose row it is.
    pub(crate) fan: Option<&'a FanKey>,
}

impl Opens<'_> {
    /// The JSON that stands sealed at this place. What is on its way to or from a fan is under the tenant's key, all else of a fan
    /// under the fan's, so both are tried: what is bound to its place opens under one key only.
    fn open(&self, place: &Place<'_>, sealed: &domain::Sealed) -> Option<Value> {
        let of_fan = self.fan.and_then(|key| key.open(place, sealed).ok());
        let opened = of_fan.or_else(|| self.tenant.open(place, sealed).ok())?;
        serde_json::from_slice(&opened).ok()
    }
}

/// A row as a record of its section, and how many of its values did not open though they should.
pub(crate) fn record(raw: &Raw, fields: &[Field], opens: Opens<'_>) -> (Map<String, Value>, u64) {
    let mut lost = 0;
    let shown = fields
        .iter()
        .filter(|field| field.class.export != Export::Never);
    let record = shown
        .map(|field| {
            let value = match raw.fields.get(field.name) {
                None => absent(field),
                Some(Attribute::Plain(value)) => readable(field, value.clone()),
                Some(Attribute::Sealed(sealed)) => {
                    let place = Place {
                        table: raw.table.name(),
                        pk: &raw.key.pk,
                        sk: &raw.key.sk,
                        field: field.name,
                    };
                    opens.open(&place, sealed).unwrap_or_else(|| {
                        // What an entry of the log says of somebody erased is meant to stay closed.
                        lost += u64::from(field.class.erase != Erase::Pseudonymise);
                        Value::Null
                    })
                }
            };
            (field.name.to_owned(), value)
        })
        .collect();
    (record, lost)
}

/// What stands for an attribute that is not there: no tags are a list as well, so that a fan without any is alike in every copy.
fn absent(field: &Field) -> Value {
    match field.form {
        "Option<SealedTags>" => Value::Array(Vec::new()),
        _ => Value::Null,
    }
}

/// Times are stored as milliseconds, which nobody reads.
fn readable(field: &Field, value: Value) -> Value {
    match (field.form, value) {
        ("Timestamp" | "Option<Timestamp>", value) => moment(value),
        ("BTreeMap<String, Timestamp>", Value::Object(times)) => times
            .into_iter()
            .map(|(name, time)| (name, moment(time)))
            .collect(),
        (_, value) => value,
    }
}

fn moment(value: Value) -> Value {
    match value.as_i64() {
        Some(millis) => Value::String(Timestamp::from_millis(millis).rfc3339()),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use domain::registry::Registered as _;
    use serde_json::json;
    use store::row::{FanRow, SubscriptionRow};

    use super::*;

    #[test]
    fn a_fan_without_tags_has_an_empty_list_and_without_a_note_nothing() {
        let shown = |name: &str| {
            let mut fields = FanRow::FIELDS.iter();
            absent(fields.find(|field| field.name == name).expect("a field"))
        };
        assert_eq!(shown("tags"), json!([]));
        assert_eq!(shown("note"), Value::Null);
    }

    #[test]
    fn a_moment_can_be_read_also_where_several_stand_under_names() {
        let shown = |name: &str, value: Value| {
            let mut fields = SubscriptionRow::FIELDS.iter();
            let field = fields.find(|field| field.name == name);
            readable(field.expect("a field"), value)
        };
        let millis = 1_795_456_800_000_i64;
        let text = Timestamp::from_millis(millis).rfc3339();
        assert_eq!(shown("withdrawn_at", json!(millis)), json!(text));
        let several = shown("withdrawn_before", json!({ "sub_1": millis }));
        assert_eq!(several, json!({ "sub_1": text }));
        assert_eq!(shown("amount", json!(2_900)), json!(2_900));
    }
}
