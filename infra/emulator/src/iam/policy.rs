//! Policy documents, parsed once.

use serde_json::Value;

use crate::error::Error;

/// Whether a statement grants or refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Refuses, whatever else grants.
    Deny,
}

/// A parsed policy document.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Its statements, in order.
    pub statements: Vec<Statement>,
}

/// One statement. Lists are never empty unless the element was absent.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its `Sid`, if it has one.
    pub sid: Option<String>,
    /// Grants or refuses.
    pub effect: Effect,
    /// `Action` patterns, or those of `NotAction` when `not_action` is set.
    pub actions: Vec<String>,
    /// `actions` came from `NotAction`.
    pub not_action: bool,
    /// `Resource` patterns (absent in trust policies: matches all).
    pub resources: Option<Vec<String>>,
    /// `resources` came from `NotResource`.
    pub not_resource: bool,
    /// `Principal` patterns as `(type, value)`; `None` in identity policies.
    pub principals: Option<Vec<(String, String)>>,
    /// Conditions: operator, key, values. All must hold.
    pub conditions: Vec<(String, String, Vec<String>)>,
}

impl Policy {
    /// Parses a policy document; whatever it does not know is an error, never ignored.
    pub fn parse(document: &Value) -> Result<Self, Error> {
        let statements = match document.get("Statement") {
            Some(Value::Array(list)) => list
                .iter()
                .map(Statement::parse)
                .collect::<Result<_, _>>()?,
            Some(single @ Value::Object(_)) => vec![Statement::parse(single)?],
            _ => return Err(Error::Policy("Statement is missing".into())),
        };
        Ok(Self { statements })
    }

    /// Parses several documents.
    pub fn parse_all(documents: &[Value]) -> Result<Vec<Self>, Error> {
        documents.iter().map(Self::parse).collect()
    }
}

impl Statement {
    fn parse(value: &Value) -> Result<Self, Error> {
        let object = value
            .as_object()
            .ok_or_else(|| Error::Policy("a statement is not an object".into()))?;
        for key in object.keys() {
            let known = [
                "Sid",
                "Effect",
                "Action",
                "NotAction",
                "Resource",
                "NotResource",
                "Principal",
                "Condition",
            ];
            if !known.contains(&key.as_str()) {
                return Err(Error::Policy(format!("element {key} is not supported")));
            }
        }
        let effect = match value["Effect"].as_str() {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err(Error::Policy("Effect must be Allow or Deny".into())),
        };
        let (actions, not_action) = match (object.get("Action"), object.get("NotAction")) {
            (Some(list), None) => (strings(list)?, false),
            (None, Some(list)) => (strings(list)?, true),
            _ => {
                return Err(Error::Policy(
                    "exactly one of Action and NotAction is needed".into(),
                ));
            }
        };
        let (resources, not_resource) = match (object.get("Resource"), object.get("NotResource")) {
            (Some(list), None) => (Some(strings(list)?), false),
            (None, Some(list)) => (Some(strings(list)?), true),
            (None, None) => (None, false),
            _ => {
                return Err(Error::Policy(
                    "Resource and NotResource exclude each other".into(),
                ));
            }
        };
        Ok(Self {
            sid: value["Sid"].as_str().map(str::to_owned),
            effect,
            actions,
            not_action,
            resources,
            not_resource,
            principals: object.get("Principal").map(principals).transpose()?,
            conditions: object
                .get("Condition")
                .map(conditions)
                .transpose()?
                .unwrap_or_default(),
        })
    }
}

fn strings(value: &Value) -> Result<Vec<String>, Error> {
    match value {
        Value::String(one) => Ok(vec![one.clone()]),
        Value::Array(many) if !many.is_empty() => many
            .iter()
            .map(|v| {
                v.as_str()
                    .map(str::to_owned)
                    .ok_or_else(|| Error::Policy("a list holds something but text".into()))
            })
            .collect(),
        _ => Err(Error::Policy("text or a list of text is needed".into())),
    }
}

fn principals(value: &Value) -> Result<Vec<(String, String)>, Error> {
    match value {
        Value::String(star) if star == "*" => Ok(vec![("AWS".into(), "*".into())]),
        Value::Object(kinds) => {
            let mut found = Vec::new();
            for (kind, values) in kinds {
                found.extend(strings(values)?.into_iter().map(|v| (kind.clone(), v)));
            }
            Ok(found)
        }
        _ => Err(Error::Policy("Principal is not understood".into())),
    }
}

fn conditions(value: &Value) -> Result<Vec<(String, String, Vec<String>)>, Error> {
    let operators = value
        .as_object()
        .ok_or_else(|| Error::Policy("Condition is not an object".into()))?;
    let mut found = Vec::new();
    for (operator, keys) in operators {
        if !super::evaluate::is_known_operator(operator) {
            return Err(Error::Policy(format!(
                "condition operator {operator} is not supported"
            )));
        }
        let keys = keys
            .as_object()
            .ok_or_else(|| Error::Policy("a condition operator holds no object".into()))?;
        for (key, values) in keys {
            let values = match values {
                Value::Bool(flag) => vec![flag.to_string()],
                Value::Number(number) => vec![number.to_string()],
                other => strings(other)?,
            };
            found.push((operator.clone(), key.clone(), values));
        }
    }
    Ok(found)
}
