//! The evaluator: a pure function of policies and one request.
//!
//! Semantics held to by the tests below: explicit deny wins; `ForAllValues` is true when the key is absent;
//! a condition on an absent key is false unless the operator is negated, `IfExists` or `Null`; a statement with a policy
//! variable that has no value never matches; a variable's value is compared as text, its `*` and `?` are no wildcards.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::policy::{Effect, Policy, Statement};

/// Condition context: key to values. A key with an empty list is present but empty.
pub type Context = BTreeMap<String, Vec<String>>;

/// One thing asked of the evaluator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// `service:Action`.
    pub action: String,
    /// The resource's ARN (`*` for actions without one).
    pub resource: String,
    /// Condition keys with their values, the principal's tags included.
    pub context: Context,
}

/// The outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// A statement grants and none refuses.
    Allow,
    /// No statement grants.
    ImplicitDeny,
    /// A statement refuses.
    ExplicitDeny,
}

impl Decision {
    /// True for [`Decision::Allow`].
    #[must_use]
    pub fn is_allowed(self) -> bool {
        self == Self::Allow
    }
}

/// Evaluates a request against identity policies.
#[must_use]
pub fn evaluate(policies: &[Policy], request: &AccessRequest) -> Decision {
    decide(policies, request, |statement| {
        statement.principals.is_none()
    })
}

/// Evaluates a request against a resource's policy (a trust policy, a key policy) for a principal.
///
/// `principals` are the names by which the caller may be meant, as `(type, value)`: its role ARN, its session ARN, its
/// account and account root under `AWS`, or a service name under `Service`.
#[must_use]
pub fn resource_decision(
    policy: &Policy,
    principals: &[(String, String)],
    request: &AccessRequest,
) -> Decision {
    decide(std::slice::from_ref(policy), request, |statement| {
        statement.principals.as_ref().is_some_and(|wanted| {
            wanted.iter().any(|(kind, value)| {
                principals
                    .iter()
                    .any(|(k, v)| k == kind && (value == "*" || v == value))
            })
        })
    })
}

fn decide(
    policies: &[Policy],
    request: &AccessRequest,
    applies: impl Fn(&Statement) -> bool,
) -> Decision {
    let mut decision = Decision::ImplicitDeny;
    for statement in policies.iter().flat_map(|policy| &policy.statements) {
        if applies(statement) && statement_matches(statement, request) {
            match statement.effect {
                Effect::Deny => return Decision::ExplicitDeny,
                Effect::Allow => decision = Decision::Allow,
            }
        }
    }
    decision
}

fn statement_matches(statement: &Statement, request: &AccessRequest) -> bool {
    let action_named = statement
        .actions
        .iter()
        .any(|p| action_matches(p, &request.action));
    if action_named == statement.not_action {
        return false;
    }
    if let Some(resources) = &statement.resources {
        let named = resources
            .iter()
            .any(|p| arn_matches(p, &request.resource, &request.context));
        if named == statement.not_resource {
            return false;
        }
    }
    statement
        .conditions
        .iter()
        .all(|(operator, key, values)| condition_holds(operator, key, values, &request.context))
}

/// True for operators that [`condition_holds`] knows.
pub(super) fn is_known_operator(operator: &str) -> bool {
    let bare = operator
        .strip_prefix("ForAllValues:")
        .or_else(|| operator.strip_prefix("ForAnyValue:"))
        .unwrap_or(operator);
    let bare = bare.strip_suffix("IfExists").unwrap_or(bare);
    bare == "Null" || comparison(bare).is_some()
}

type Compare = fn(&str, &Pattern) -> bool;

/// The comparison of an operator and whether it is negated.
fn comparison(operator: &str) -> Option<(Compare, bool)> {
    let equals: Compare = |value, wanted| wanted.literal() == value;
    let like: Compare = |value, wanted| wanted.matches(value);
    let ignoring_case: Compare = |value, wanted| wanted.literal().eq_ignore_ascii_case(value);
    let arn: Compare = |value, wanted| wanted.matches_arn(value);
    Some(match operator {
        "StringEquals" => (equals, false),
        "StringNotEquals" => (equals, true),
        "StringEqualsIgnoreCase" => (ignoring_case, false),
        "StringNotEqualsIgnoreCase" => (ignoring_case, true),
        "StringLike" => (like, false),
        "StringNotLike" => (like, true),
        "ArnEquals" | "ArnLike" => (arn, false),
        "ArnNotEquals" | "ArnNotLike" => (arn, true),
        "Bool" => (ignoring_case, false),
        "NumericEquals" => (|v, w| number(v, w, |a, b| a == b), false),
        "NumericNotEquals" => (|v, w| number(v, w, |a, b| a == b), true),
        "NumericLessThan" => (|v, w| number(v, w, |a, b| a < b), false),
        "NumericLessThanEquals" => (|v, w| number(v, w, |a, b| a <= b), false),
        "NumericGreaterThan" => (|v, w| number(v, w, |a, b| a > b), false),
        "NumericGreaterThanEquals" => (|v, w| number(v, w, |a, b| a >= b), false),
        _ => return None,
    })
}

fn number(value: &str, wanted: &Pattern, compare: fn(f64, f64) -> bool) -> bool {
    match (value.parse(), wanted.literal().parse()) {
        (Ok(a), Ok(b)) => compare(a, b),
        _ => false,
    }
}

fn condition_holds(operator: &str, key: &str, wanted: &[String], context: &Context) -> bool {
    let present = lookup(context, key);
    if operator == "Null" {
        let should_be_absent = wanted.iter().any(|v| v.eq_ignore_ascii_case("true"));
        return present.is_none_or(Vec::is_empty) == should_be_absent;
    }
    let (set, bare) = match operator.split_once(':') {
        Some((set, bare)) => (Some(set), bare),
        None => (None, operator),
    };
    let (bare, if_exists) = match bare.strip_suffix("IfExists") {
        Some(bare) => (bare, true),
        None => (bare, false),
    };
    let Some((compare, negated)) = comparison(bare) else {
        return false;
    };
    let patterns: Vec<Option<Pattern>> = wanted
        .iter()
        .map(|text| substitute(text, context))
        .collect();
    // A pattern whose variable has no value matches nothing: positively or negatively.
    let any_unresolved = patterns.iter().any(Option::is_none);
    let one = |value: &String| {
        let hit = patterns
            .iter()
            .flatten()
            .any(|pattern| compare(value, pattern));
        if negated {
            !hit && !any_unresolved
        } else {
            hit
        }
    };
    match (present, set) {
        (None, Some("ForAllValues")) => true,
        (None, Some(_)) => false,
        (None, None) => if_exists || negated,
        (Some(values), Some("ForAllValues")) => values.iter().all(one),
        (Some(values), Some(_)) => values.iter().any(one),
        // Without a set operator a negated comparison must hold for every value, a positive one for some value.
        (Some(values), None) if negated => values.iter().all(one),
        (Some(values), None) => values.iter().any(one),
    }
}

/// Condition keys are compared without regard to case, as IAM does.
fn lookup<'a>(context: &'a Context, key: &str) -> Option<&'a Vec<String>> {
    context.get(key).or_else(|| {
        context
            .iter()
            .find(|(k, _)| k.eq_ignore_ascii_case(key))
            .map(|(_, values)| values)
    })
}

/// A pattern with its variables filled in: literal characters and wildcards.
#[derive(Debug, Clone, PartialEq)]
struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Char(char),
    One,
    Many,
}

impl Pattern {
    fn literal(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Char(c) => *c,
                Piece::One => '?',
                Piece::Many => '*',
            })
            .collect()
    }

    fn matches(&self, text: &str) -> bool {
        pieces_match(&self.0, &text.chars().collect::<Vec<_>>())
    }

    /// ARNs are compared part by part; a wildcard never reaches over one of the first five colons.
    fn matches_arn(&self, arn: &str) -> bool {
        if self.0 == [Piece::Many] {
            return true;
        }
        let wanted: Vec<&[Piece]> = self
            .0
            .splitn(6, |piece| *piece == Piece::Char(':'))
            .collect();
        let given: Vec<&str> = arn.splitn(6, ':').collect();
        wanted.len() == given.len()
            && wanted
                .iter()
                .zip(&given)
                .all(|(w, g)| pieces_match(w, &g.chars().collect::<Vec<_>>()))
    }
}

/// Actions are compared without regard to case. Nearly all are named in full, and only a wildcard needs a pattern.
fn action_matches(pattern: &str, action: &str) -> bool {
    if pattern.contains(['*', '?']) {
        plain(&pattern.to_ascii_lowercase()).matches(&action.to_ascii_lowercase())
    } else {
        pattern.eq_ignore_ascii_case(action)
    }
}

fn arn_matches(pattern: &str, resource: &str, context: &Context) -> bool {
    if !pattern.contains(['*', '?', '$']) {
        return pattern == resource;
    }
    substitute(pattern, context).is_some_and(|pattern| pattern.matches_arn(resource))
}

fn plain(pattern: &str) -> Pattern {
    Pattern(pattern.chars().map(piece).collect())
}

fn piece(c: char) -> Piece {
    match c {
        '*' => Piece::Many,
        '?' => Piece::One,
        other => Piece::Char(other),
    }
}

/// Fills in `${key}` and `${key, 'default'}`; `None` when a key without default has no single value.
fn substitute(pattern: &str, context: &Context) -> Option<Pattern> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(start) = rest.find("${") {
        pieces.extend(rest[..start].chars().map(piece));
        let end = rest[start..].find('}')? + start;
        let (name, default) = match rest[start + 2..end].split_once(',') {
            Some((name, default)) => (name.trim(), Some(default.trim().trim_matches('\''))),
            None => (rest[start + 2..end].trim(), None),
        };
        let value = match name {
            "*" | "?" | "$" => name,
            _ => match lookup(context, name).map(Vec::as_slice) {
                Some([only]) => only,
                _ => default?,
            },
        };
        pieces.extend(value.chars().map(Piece::Char));
        rest = &rest[end + 1..];
    }
    pieces.extend(rest.chars().map(piece));
    Some(Pattern(pieces))
}

/// Glob matching without recursion: on a mismatch it goes back to the last `*` and lets it take one more character.
fn pieces_match(pattern: &[Piece], text: &[char]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(Piece::Many) => {
                star = Some((p, t));
                p += 1;
            }
            Some(Piece::One) => {
                p += 1;
                t += 1;
            }
            Some(Piece::Char(c)) if *c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, taken)) => {
                    p = at + 1;
                    t = taken + 1;
                    star = Some((at, t));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|piece| *piece == Piece::Many)
}

#[cfg(test)]
#[path = "evaluate_tests.rs"]
mod tests;
