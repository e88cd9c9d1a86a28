//! SAM's `Globals`: defaults for all functions of one template.

use serde_json::{Map, Value};

/// Merges a global value under a resource's own one, as SAM does: maps merge, lists are joined with the global part
/// first, anything else is replaced by the resource's own value.
pub(super) fn merge(global: &Value, own: &Value) -> Value {
    match (global, own) {
        (Value::Object(below), Value::Object(above))
            if !is_function(below) && !is_function(above) =>
        {
            let mut merged: Map<String, Value> = below.clone();
            for (key, value) in above {
                let value = match below.get(key) {
                    Some(global) => merge(global, value),
                    None => value.clone(),
                };
                merged.insert(key.clone(), value);
            }
            Value::Object(merged)
        }
        (Value::Array(first), Value::Array(then)) => {
            Value::Array(first.iter().chain(then).cloned().collect())
        }
        (_, own) => own.clone(),
    }
}

/// Whether a map is an intrinsic function and thus one value.
pub(super) fn is_function(map: &Map<String, Value>) -> bool {
    map.len() == 1
        && map
            .keys()
            .all(|key| key == "Ref" || key == "Condition" || key.starts_with("Fn::"))
}

#[cfg(test)]
mod tests {
    use super::merge;
    use serde_json::json;

    #[test]
    fn a_functions_own_value_wins_and_maps_and_lists_join() {
        let merged = merge(
            &json!({"Timeout": 3, "Environment": {"Variables": {"A": "1", "B": "2"}}, "Layers": ["x"]}),
            &json!({"Timeout": 9, "Environment": {"Variables": {"B": {"Ref": "P"}}}, "Layers": ["y"]}),
        );
        assert_eq!(
            merged,
            json!({"Timeout": 9, "Environment": {"Variables": {"A": "1", "B": {"Ref": "P"}}}, "Layers": ["x", "y"]})
        );
    }
}
