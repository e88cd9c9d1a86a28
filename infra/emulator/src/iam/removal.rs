//! Policies with one action taken out, for the removal test.

use serde_json::Value;

/// A role's policies with one action of one statement taken out.
#[derive(Debug, Clone)]
pub struct Removal {
    /// Which document, counted from 0.
    pub document: usize,
    /// Which statement of it, counted from 0.
    pub statement: usize,
    /// The `Sid` of the statement, if it has one.
    pub sid: Option<String>,
    /// The action as written.
    pub action: String,
    /// All documents, without that action there. A statement that had only this action is gone.
    pub policies: Vec<Value>,
}

/// Every way to take one action out of the `Allow` statements of a role's policies.
#[must_use]
pub fn removals(policies: &[Value]) -> Vec<Removal> {
    let mut found = Vec::new();
    for (document, policy) in policies.iter().enumerate() {
        for (statement, value) in statements(policy).into_iter().enumerate() {
            if value["Effect"] != "Allow" {
                continue;
            }
            for action in actions(&value) {
                let mut reduced = policies.to_vec();
                reduced[document]["Statement"] = without(policy, statement, &action).into();
                let sid = value["Sid"].as_str().map(str::to_owned);
                found.push(Removal {
                    document,
                    statement,
                    sid,
                    action,
                    policies: reduced,
                });
            }
        }
    }
    found
}

fn without(policy: &Value, statement: usize, action: &str) -> Vec<Value> {
    let kept = statements(policy)
        .into_iter()
        .enumerate()
        .filter_map(|(index, mut value)| {
            if index == statement {
                let rest: Vec<String> = actions(&value)
                    .into_iter()
                    .filter(|other| other != action)
                    .collect();
                if rest.is_empty() {
                    return None;
                }
                value["Action"] = rest.into();
            }
            Some(value)
        });
    kept.collect()
}

fn statements(policy: &Value) -> Vec<Value> {
    match &policy["Statement"] {
        Value::Array(list) => list.clone(),
        Value::Null => Vec::new(),
        single => vec![single.clone()],
    }
}

fn actions(statement: &Value) -> Vec<String> {
    match &statement["Action"] {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_action_of_each_statement_is_taken_out_once() {
        let policies = [
            json!({"Statement": [
                {"Sid": "Rows", "Effect": "Allow", "Action": ["d:Get", "d:Put"], "Resource": "*"},
                {"Effect": "Deny", "Action": "d:*", "Resource": "*"},
            ]}),
            json!({"Statement": {"Effect": "Allow", "Action": "q:Send", "Resource": "*"}}),
        ];
        let all = removals(&policies);
        let named: Vec<_> = all
            .iter()
            .map(|r| (r.document, r.statement, r.action.as_str()))
            .collect();
        assert_eq!(named, [(0, 0, "d:Get"), (0, 0, "d:Put"), (1, 0, "q:Send")]);
        assert_eq!(
            all[0].policies[0]["Statement"][0]["Action"],
            json!(["d:Put"])
        );
        assert_eq!(all[2].policies[1]["Statement"], json!([]));
        assert_eq!(all[2].policies[0], policies[0]);
    }
}
