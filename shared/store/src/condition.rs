//! Conditions of writes, as DynamoDB's expressions.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::Sealed;
use domain::ids::BotId;

/// What [`crate::Transaction::require_all`] asks of one attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Require<'a> {
    /// A text attribute has this value.
    Equals(&'static str, &'a str),
    /// A text attribute has this value, or was never written.
    AbsentOr(&'static str, &'a str),
    /// A number is there and no larger than this.
    AtMost(&'static str, i64),
    /// A number is there and no smaller than this.
    AtLeast(&'static str, i64),
    /// A number is no larger than this, or was never written.
    AbsentOrAtMost(&'static str, i64),
    /// An attribute is not this text: something else, or never written.
    IsNot(&'static str, &'a str),
}

/// A requirement ready for an expression.
pub(crate) struct Clause {
    field: &'static str,
    comparison: &'static str,
    value: AttributeValue,
    /// Whether it also holds for a row without the attribute.
    or_absent: bool,
}

impl Require<'_> {
    pub(crate) fn parts(&self) -> Clause {
        let number = |value: &i64| AttributeValue::N(value.to_string());
        let (field, comparison, value, or_absent) = match self {
            Self::Equals(field, value) => {
                (field, "=", AttributeValue::S((*value).to_owned()), false)
            }
            Self::AbsentOr(field, value) => {
                (field, "=", AttributeValue::S((*value).to_owned()), true)
            }
            Self::AtMost(field, value) => (field, "<=", number(value), false),
            Self::AtLeast(field, value) => (field, ">=", number(value), false),
            Self::AbsentOrAtMost(field, value) => (field, "<=", number(value), true),
            Self::IsNot(field, value) => {
                (field, "<>", AttributeValue::S((*value).to_owned()), true)
            }
        };
        Clause {
            field,
            comparison,
            value,
            or_absent,
        }
    }
}

pub(crate) enum Condition {
    None,
    Absent,
    AbsentOrExpired(i64),
    Present,
    Revision(u64),
    /// The revision, and these values as they were read: a row that is written whatever was there, or again after it was deleted,
    /// comes back to a revision that it had, and no sealed value is ever written twice.
    Unchanged(u64, BTreeMap<String, Sealed>),
    Equals(&'static str, String),
    All(Vec<Clause>),
    ExpiredOr(i64, Vec<Clause>),
}

pub(crate) type Parts = (
    Option<String>,
    Option<HashMap<String, String>>,
    Option<HashMap<String, AttributeValue>>,
);

impl Condition {
    pub(crate) fn parts(self) -> Parts {
        let names = |name: &str| Some(HashMap::from([("#a".to_owned(), name.to_owned())]));
        let values = |value: AttributeValue| Some(HashMap::from([(":a".to_owned(), value)]));
        match self {
            Self::None => (None, None, None),
            Self::Absent => (
                Some("attribute_not_exists(#a)".to_owned()),
                names("pk"),
                None,
            ),
            Self::AbsentOrExpired(now) => (
                Some(ABSENT_OR_EXPIRED.to_owned()),
                Some(absent_or_expired()),
                values(AttributeValue::N(now.to_string())),
            ),
            Self::Present => (Some("attribute_exists(#a)".to_owned()), names("pk"), None),
            Self::Revision(rev) => (
                Some("#a = :a".to_owned()),
                names("rev"),
                values(AttributeValue::N(rev.to_string())),
            ),
            Self::Equals(field, value) => (
                Some("#a = :a".to_owned()),
                names(field),
                values(AttributeValue::S(value)),
            ),
            Self::Unchanged(rev, sealed) => unchanged(rev, &sealed),
            Self::All(requirements) => all(requirements),
            Self::ExpiredOr(now, requirements) => expired_or(now, requirements),
        }
    }
}

/// Joins "and the bot is one of these", or "there is no such row", which the rest of the condition judges.
pub(crate) fn narrowed((expression, names, values): Parts, bot: &str, seen: &[BotId]) -> Parts {
    let (mut names, mut values) = (names.unwrap_or_default(), values.unwrap_or_default());
    names.insert("#bot".to_owned(), bot.to_owned());
    let slots: Vec<_> = (0..seen.len())
        .map(|index| format!(":bot{index}"))
        .collect();
    for (slot, bot) in slots.iter().zip(seen) {
        values.insert(slot.clone(), AttributeValue::S(bot.to_string()));
    }
    let one_of = match slots.is_empty() {
        true => String::new(),
        false => format!(" OR #bot IN ({})", slots.join(", ")),
    };
    let sight = format!("(attribute_not_exists(#bot){one_of})");
    let expression = match expression {
        Some(expression) => format!("({expression}) AND {sight}"),
        None => sight,
    };
    let values = (!values.is_empty()).then_some(values);
    (Some(expression), Some(names), values)
}

/// The key is asked for: a row that never expires has no `expires_at`, and is there.
const ABSENT_OR_EXPIRED: &str = "attribute_not_exists(#k) OR #a <= :a";

fn absent_or_expired() -> HashMap<String, String> {
    let names = [("#k", "pk"), ("#a", "expires_at")];
    names
        .map(|(slot, name)| (slot.to_owned(), name.to_owned()))
        .into()
}

/// "Absent, or expired, or any of these".
fn expired_or(now: i64, requirements: Vec<Clause>) -> Parts {
    let mut clauses = vec![ABSENT_OR_EXPIRED.to_owned()];
    let mut names = absent_or_expired();
    let mut values = HashMap::from([(":a".to_owned(), AttributeValue::N(now.to_string()))]);
    for (index, clause) in requirements.into_iter().enumerate() {
        let comparison = format!("#a{index} {} :a{index}", clause.comparison);
        clauses.push(match clause.or_absent {
            true => format!("attribute_not_exists(#a{index}) OR {comparison}"),
            false => comparison,
        });
        names.insert(format!("#a{index}"), clause.field.to_owned());
        values.insert(format!(":a{index}"), clause.value);
    }
    (Some(clauses.join(" OR ")), Some(names), Some(values))
}

fn unchanged(rev: u64, sealed: &BTreeMap<String, Sealed>) -> Parts {
    let mut clauses = vec!["#a = :a".to_owned()];
    let mut names = HashMap::from([("#a".to_owned(), "rev".to_owned())]);
    let mut values = HashMap::from([(":a".to_owned(), AttributeValue::N(rev.to_string()))]);
    for (index, (name, sealed)) in sealed.iter().enumerate() {
        clauses.push(format!("#a{index} = :a{index}"));
        names.insert(format!("#a{index}"), name.clone());
        let bytes = Blob::new(sealed.as_bytes());
        values.insert(format!(":a{index}"), AttributeValue::B(bytes));
    }
    (Some(clauses.join(" AND ")), Some(names), Some(values))
}

fn all(requirements: Vec<Clause>) -> Parts {
    // An empty list would be no condition at all; the row must at least be there.
    let mut clauses = vec!["attribute_exists(#a)".to_owned()];
    let mut names = HashMap::from([("#a".to_owned(), "pk".to_owned())]);
    let mut values = HashMap::new();
    for (index, clause) in requirements.into_iter().enumerate() {
        let comparison = format!("#a{index} {} :a{index}", clause.comparison);
        clauses.push(match clause.or_absent {
            true => format!("(attribute_not_exists(#a{index}) OR {comparison})"),
            false => comparison,
        });
        names.insert(format!("#a{index}"), clause.field.to_owned());
        values.insert(format!(":a{index}"), clause.value);
    }
    let values = (!values.is_empty()).then_some(values);
    (Some(clauses.join(" AND ")), Some(names), values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_requirements_are_one_condition_on_an_existing_row() {
        let requirements = [Require::Equals("state", "open"), Require::AtMost("last", 7)];
        let condition = Condition::All(requirements.iter().map(Require::parts).collect());
        let (expression, names, values) = condition.parts();
        assert_eq!(
            expression.as_deref(),
            Some("attribute_exists(#a) AND #a0 = :a0 AND #a1 <= :a1")
        );
        assert_eq!(
            names.map(|names| names["#a1"].clone()).as_deref(),
            Some("last")
        );
        assert_eq!(
            values.map(|values| values[":a1"].clone()),
            Some(AttributeValue::N("7".to_owned()))
        );
    }

    #[test]
    fn a_row_that_came_back_to_its_revision_with_other_values_is_another() {
        let sealed = BTreeMap::from([("text".to_owned(), Sealed::from_bytes(vec![2, 7]))]);
        let (expression, names, values) = Condition::Unchanged(1, sealed).parts();
        assert_eq!(expression.as_deref(), Some("#a = :a AND #a0 = :a0"));
        let names = names.expect("names");
        assert_eq!((&*names["#a"], &*names["#a0"]), ("rev", "text"));
        let values = values.expect("values");
        assert_eq!(values[":a"], AttributeValue::N("1".to_owned()));
        assert_eq!(values[":a0"], AttributeValue::B(Blob::new([2, 7])));
    }

    #[test]
    fn a_row_that_never_expires_is_there() {
        for condition in [
            Condition::AbsentOrExpired(7),
            Condition::ExpiredOr(7, Vec::new()),
        ] {
            let (expression, names, _) = condition.parts();
            assert_eq!(
                expression.as_deref(),
                Some("attribute_not_exists(#k) OR #a <= :a")
            );
            assert_eq!(
                names.map(|names| names["#k"].clone()).as_deref(),
                Some("pk")
            );
        }
    }

    #[test]
    fn a_number_that_an_earlier_release_did_not_write_may_be_admitted() {
        let requirements = [Require::AbsentOrAtMost("care_at", 0)];
        let condition = Condition::All(requirements.iter().map(Require::parts).collect());
        assert_eq!(
            condition.parts().0.as_deref(),
            Some("attribute_exists(#a) AND (attribute_not_exists(#a0) OR #a0 <= :a0)")
        );
    }

    #[test]
    fn a_claim_admits_what_an_earlier_release_did_not_write_where_it_says_so() {
        let unless = [
            Require::AtMost("until", 7),
            Require::AbsentOrAtMost("wished_until", 0),
        ];
        let condition = Condition::ExpiredOr(7, unless.iter().map(Require::parts).collect());
        let (expression, ..) = condition.parts();
        let expression = expression.expect("an expression");
        assert!(
            expression.ends_with(" OR #a0 <= :a0 OR attribute_not_exists(#a1) OR #a1 <= :a1"),
            "{expression}"
        );
    }

    #[test]
    fn a_moment_may_be_asked_to_be_there_and_no_older_than_this() {
        let requirements = [Require::AtLeast("disclosed_at", 7)];
        let condition = Condition::All(requirements.iter().map(Require::parts).collect());
        assert_eq!(
            condition.parts().0.as_deref(),
            Some("attribute_exists(#a) AND #a0 >= :a0")
        );
    }

    #[test]
    fn a_text_may_be_asked_to_be_this_or_unwritten() {
        let requirements = [Require::AbsentOr("ai_mode", "auto")];
        let condition = Condition::All(requirements.iter().map(Require::parts).collect());
        assert_eq!(
            condition.parts().0.as_deref(),
            Some("attribute_exists(#a) AND (attribute_not_exists(#a0) OR #a0 = :a0)")
        );
    }

    #[test]
    fn a_narrowed_member_writes_only_what_belongs_to_their_bots() {
        let bots = [1, 2].map(|byte| BotId::from_bytes([byte; 16]));
        let (expression, names, values) = narrowed(Condition::Revision(7).parts(), "bot", &bots);
        assert_eq!(
            expression.as_deref(),
            Some("(#a = :a) AND (attribute_not_exists(#bot) OR #bot IN (:bot0, :bot1))")
        );
        assert_eq!(
            names.map(|names| names["#bot"].clone()).as_deref(),
            Some("bot")
        );
        assert_eq!(
            values.map(|values| values[":bot1"].clone()),
            Some(AttributeValue::S(bots[1].to_string()))
        );
    }

    #[test]
    fn no_requirement_still_asks_for_the_row() {
        let (expression, _, values) = Condition::All(Vec::new()).parts();
        assert_eq!(
            (expression.as_deref(), values),
            (Some("attribute_exists(#a)"), None)
        );
    }
}
