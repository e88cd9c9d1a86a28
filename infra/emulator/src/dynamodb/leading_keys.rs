//! The partition key values that a request touches.

use serde_json::Value;

/// A key value as IAM sees it: text as it is, numbers as written, bytes as base64.
pub(super) fn value_text(value: &Value) -> Option<String> {
    ["S", "N", "B"]
        .iter()
        .find_map(|kind| value.get(kind)?.as_str().map(str::to_owned))
}

/// The partition key of a `Query`, from its key condition expression or its legacy conditions.
pub(super) fn queried_key(request: &Value, attribute: &str) -> Option<String> {
    if let Some(expression) = request
        .get("KeyConditionExpression")
        .and_then(Value::as_str)
    {
        return from_expression(request, expression, attribute);
    }
    let condition = request.get("KeyConditions")?.get(attribute)?;
    if condition["ComparisonOperator"] != "EQ" {
        return None;
    }
    value_text(condition["AttributeValueList"].get(0)?)
}

/// Finds `name = :value` (either way round) where the name is the partition key's.
fn from_expression(request: &Value, expression: &str, attribute: &str) -> Option<String> {
    let names = &request["ExpressionAttributeNames"];
    let values = &request["ExpressionAttributeValues"];
    let is_key = |token: &str| {
        let name = if token.starts_with('#') {
            names[token].as_str().unwrap_or("")
        } else {
            token
        };
        name == attribute
    };
    let tokens = tokens(expression);
    let mut found = tokens.windows(3).filter_map(|window| match window {
        [name, "=", value] if value.starts_with(':') && is_key(name) => value_text(&values[*value]),
        [value, "=", name] if value.starts_with(':') && is_key(name) => value_text(&values[*value]),
        _ => None,
    });
    let key = found.next();
    // Two equalities on the partition key are refused by DynamoDB; do not authorise by the first of them.
    if found.next().is_some() { None } else { key }
}

/// Words, placeholders and operators of an expression; brackets, commas and space separate.
fn tokens(expression: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = expression;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','));
        let Some(first) = rest.chars().next() else {
            return tokens;
        };
        let operator = |c: char| matches!(c, '=' | '<' | '>');
        let end = if operator(first) {
            rest.find(|c: char| !operator(c)).unwrap_or(rest.len())
        } else {
            rest.find(|c: char| c.is_whitespace() || operator(c) || matches!(c, '(' | ')' | ','))
                .unwrap_or(rest.len())
        };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_key_is_found_whatever_the_spelling() {
        for expression in [
            "pk = :p",
            "(pk=:p)AND begins_with(sk,:s)",
            "sk > :s AND #k = :p",
            ":p = pk and sk = :s",
        ] {
            let request = json!({
                "KeyConditionExpression": expression,
                "ExpressionAttributeNames": {"#k": "pk"},
                "ExpressionAttributeValues": {":p": {"S": "T#1"}, ":s": {"S": "x"}},
            });
            assert_eq!(
                queried_key(&request, "pk").as_deref(),
                Some("T#1"),
                "{expression}"
            );
        }
    }

    #[test]
    fn a_query_by_anything_but_one_equality_has_no_leading_key() {
        for expression in [
            "pk > :p",
            "begins_with(pk, :p)",
            "pk = :p AND pk = :s",
            "sk = :p",
        ] {
            let request = json!({
                "KeyConditionExpression": expression,
                "ExpressionAttributeValues": {":p": {"S": "T#1"}, ":s": {"S": "x"}},
            });
            assert_eq!(queried_key(&request, "pk"), None, "{expression}");
        }
    }

    #[test]
    fn legacy_key_conditions_are_read_too() {
        let request = json!({ "KeyConditions": {
            "pk": {"ComparisonOperator": "EQ", "AttributeValueList": [{"N": "7"}]}
        }});
        assert_eq!(queried_key(&request, "pk").as_deref(), Some("7"));
    }
}
