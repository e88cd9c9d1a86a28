//! The evaluator against AWS's documented semantics.

use serde_json::{Value, json};

use super::*;

const TENANT: &str = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

fn context(pairs: &[(&str, &[&str])]) -> Context {
    pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), v.iter().map(|v| (*v).to_owned()).collect()))
        .collect()
}

fn ask(statements: Value, action: &str, resource: &str, context: Context) -> Decision {
    let policy = Policy::parse(&json!({ "Statement": statements })).unwrap();
    evaluate(
        &[policy],
        &AccessRequest {
            action: action.into(),
            resource: resource.into(),
            context,
        },
    )
}

fn with_condition(condition: Value, pairs: &[(&str, &[&str])]) -> bool {
    let statement =
        json!({"Effect": "Allow", "Action": "s:A", "Resource": "*", "Condition": condition});
    ask(statement, "s:A", "arn:aws:s:::r", context(pairs)).is_allowed()
}

fn tenant_statement() -> Value {
    json!({
        "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "arn:aws:dynamodb:eu-central-1:000000000000:table/t",
        "Condition": {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["T#${aws:PrincipalTag/tenant}#*"]},
            "Null": {"dynamodb:LeadingKeys": "false", "aws:PrincipalTag/tenant": "false"},
        },
    })
}

fn tenant(pairs: &[(&str, &[&str])]) -> bool {
    let table = "arn:aws:dynamodb:eu-central-1:000000000000:table/t";
    ask(
        tenant_statement(),
        "dynamodb:GetItem",
        table,
        context(pairs),
    )
    .is_allowed()
}

#[test]
fn a_tenants_own_keys_are_allowed_and_no_others() {
    let own = format!("T#{TENANT}#FAN");
    let tag: (&str, &[&str]) = ("aws:PrincipalTag/tenant", &[TENANT]);
    assert!(tenant(&[tag, ("dynamodb:LeadingKeys", &[&own])]));
    assert!(
        !tenant(&[tag, ("dynamodb:LeadingKeys", &[&own, "T#other#FAN"])]),
        "every key must fit"
    );
    assert!(!tenant(&[
        tag,
        ("dynamodb:LeadingKeys", &[&format!("T#{TENANT}X#FAN")])
    ]));
    assert!(
        !tenant(&[tag]),
        "the Null guard refuses a call without keys"
    );
    assert!(
        !tenant(&[("dynamodb:LeadingKeys", &[&own])]),
        "the Null guard refuses a session without a tag"
    );
}

#[test]
fn for_all_values_alone_is_true_when_the_key_is_absent() {
    let condition = json!({"ForAllValues:StringLike": {"k": "a*"}});
    assert!(with_condition(condition.clone(), &[]));
    assert!(with_condition(condition, &[("k", &[])]));
}

#[test]
fn for_any_value_is_false_when_the_key_is_absent() {
    let condition = json!({"ForAnyValue:StringLike": {"k": "a*"}});
    assert!(!with_condition(condition.clone(), &[]));
    assert!(with_condition(condition.clone(), &[("k", &["b", "ab"])]));
    assert!(!with_condition(condition, &[("k", &["b"])]));
}

#[test]
fn a_variable_without_a_value_matches_nothing() {
    let condition = json!({"StringLike": {"k": "T#${aws:PrincipalTag/tenant}#*"}});
    assert!(!with_condition(condition.clone(), &[("k", &["T##x"])]));
    assert!(!with_condition(
        condition,
        &[("k", &["T#${aws:PrincipalTag/tenant}#x"])]
    ));
    let negated = json!({"StringNotLike": {"k": "${aws:PrincipalTag/tenant}"}});
    assert!(!with_condition(negated, &[("k", &["x"])]));
    let resource = json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/tenant}*"});
    assert!(!ask(resource, "s3:GetObject", "arn:aws:s3:::b/x", Context::new()).is_allowed());
}

#[test]
fn wildcards_in_a_variables_value_are_plain_text() {
    let pairs: &[(&str, &[&str])] = &[("aws:PrincipalTag/tenant", &["*"]), ("k", &["T#abc#x"])];
    assert!(!with_condition(
        json!({"StringLike": {"k": "T#${aws:PrincipalTag/tenant}#*"}}),
        pairs
    ));
}

#[test]
fn variables_can_have_a_default_and_escapes_stand_for_themselves() {
    assert!(with_condition(
        json!({"StringEquals": {"k": "${aws:username, 'nobody'}"}}),
        &[("k", &["nobody"])]
    ));
    assert!(with_condition(
        json!({"StringLike": {"k": "a${*}b"}}),
        &[("k", &["a*b"])]
    ));
    assert!(!with_condition(
        json!({"StringLike": {"k": "a${*}b"}}),
        &[("k", &["axb"])]
    ));
}

#[test]
fn string_equals_has_no_wildcards_but_string_like_has() {
    assert!(!with_condition(
        json!({"StringEquals": {"k": "a*"}}),
        &[("k", &["ab"])]
    ));
    assert!(with_condition(
        json!({"StringLike": {"k": "a?c*"}}),
        &[("k", &["abcde"])]
    ));
    assert!(!with_condition(
        json!({"StringLike": {"k": "a?c"}}),
        &[("k", &["ac"])]
    ));
}

#[test]
fn negated_operators_hold_for_an_absent_key_and_for_every_value() {
    let condition = json!({"StringNotEquals": {"k": ["a", "b"]}});
    assert!(with_condition(condition.clone(), &[]));
    assert!(with_condition(condition.clone(), &[("k", &["c"])]));
    assert!(!with_condition(condition, &[("k", &["b"])]));
}

#[test]
fn if_exists_holds_for_an_absent_key_only() {
    let condition = json!({"StringEqualsIfExists": {"k": "a"}});
    assert!(with_condition(condition.clone(), &[]));
    assert!(!with_condition(condition, &[("k", &["b"])]));
}

#[test]
fn null_asks_for_absence() {
    assert!(with_condition(json!({"Null": {"k": "true"}}), &[]));
    assert!(!with_condition(
        json!({"Null": {"k": true}}),
        &[("k", &["a"])]
    ));
    assert!(with_condition(
        json!({"Null": {"k": "false"}}),
        &[("k", &["a"])]
    ));
}

#[test]
fn bool_and_numbers_compare_by_value() {
    assert!(with_condition(
        json!({"Bool": {"k": true}}),
        &[("k", &["true"])]
    ));
    assert!(with_condition(
        json!({"NumericLessThan": {"k": "10"}}),
        &[("k", &["9"])]
    ));
    assert!(!with_condition(
        json!({"NumericLessThan": {"k": "10"}}),
        &[("k", &["x"])]
    ));
}

#[test]
fn arn_conditions_know_wildcards_but_not_across_parts() {
    let condition = json!({"ArnEquals": {"k": "arn:aws:iam::*:role/a*"}});
    assert!(with_condition(
        condition.clone(),
        &[("k", &["arn:aws:iam::000000000000:role/abc"])]
    ));
    assert!(!with_condition(
        condition,
        &[("k", &["arn:aws:iam::000000000000:user/abc"])]
    ));
    let short = json!({"ArnLike": {"k": "arn:aws:s*:role/x"}});
    assert!(!with_condition(
        short,
        &[("k", &["arn:aws:sts::000000000000:role/x"])]
    ));
}

#[test]
fn keys_and_actions_ignore_case_and_values_do_not() {
    assert!(with_condition(
        json!({"StringEquals": {"AWS:principaltag/Tenant": "x"}}),
        &[("aws:PrincipalTag/Tenant", &["x"])]
    ));
    assert!(!with_condition(
        json!({"StringEquals": {"k": "X"}}),
        &[("k", &["x"])]
    ));
    let statement = json!({"Effect": "Allow", "Action": "DynamoDB:get*", "Resource": "*"});
    assert!(
        ask(
            statement,
            "dynamodb:GetItem",
            "arn:aws:dynamodb:r:1:table/t",
            Context::new()
        )
        .is_allowed()
    );
}

#[test]
fn an_action_or_resource_named_in_full_is_no_other_and_a_wildcard_stands_for_many() {
    let allows = |action: &str, resource: &str| {
        let statement = json!({"Effect": "Allow", "Action": action, "Resource": resource});
        let asked = ("dynamodb:GetItem", "arn:aws:dynamodb:r:1:table/t");
        ask(statement, asked.0, asked.1, Context::new()).is_allowed()
    };
    let table = "arn:aws:dynamodb:r:1:table/t";
    for action in ["dynamodb:GetItem", "DynamoDB:getitem", "DYNAMODB:Get*", "*"] {
        assert!(allows(action, table), "{action}");
    }
    for action in ["dynamodb:GetItems", "dynamodb:Get", "dynamodb:?", "x*"] {
        assert!(!allows(action, table), "{action}");
    }
    for resource in ["*", "arn:aws:dynamodb:r:1:table/?", "arn:*:*:*:*:table/t"] {
        assert!(allows("dynamodb:GetItem", resource), "{resource}");
    }
    for resource in [
        "arn:aws:dynamodb:r:1:table/T",
        "arn:aws:dynamodb:r:1:table/t/index/i",
        "arn:aws:dynamodb:r:1:table",
        "arn:aws:dynamodb:*:table/t",
    ] {
        assert!(!allows("dynamodb:GetItem", resource), "{resource}");
    }
}

#[test]
fn explicit_deny_wins_over_any_allow() {
    let statements = json!([
        {"Effect": "Deny", "Action": "s:A", "Resource": "*", "Condition": {"StringEquals": {"k": "bad"}}},
        {"Effect": "Allow", "Action": "s:*", "Resource": "*"},
    ]);
    let resource = "arn:aws:s:::r";
    assert_eq!(
        ask(
            statements.clone(),
            "s:A",
            resource,
            context(&[("k", &["bad"])])
        ),
        Decision::ExplicitDeny
    );
    assert_eq!(
        ask(statements.clone(), "s:A", resource, Context::new()),
        Decision::Allow
    );
    assert_eq!(
        ask(statements, "t:A", resource, Context::new()),
        Decision::ImplicitDeny
    );
}

#[test]
fn all_operators_and_all_keys_of_a_condition_must_hold() {
    let condition = json!({"StringEquals": {"a": "1", "b": "2"}, "Null": {"c": "true"}});
    assert!(with_condition(
        condition.clone(),
        &[("a", &["1"]), ("b", &["2"])]
    ));
    assert!(!with_condition(
        condition.clone(),
        &[("a", &["1"]), ("b", &["3"])]
    ));
    assert!(!with_condition(
        condition,
        &[("a", &["1"]), ("b", &["2"]), ("c", &["x"])]
    ));
}

#[test]
fn resources_do_not_match_by_prefix() {
    let statement = json!({"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:aws:dynamodb:r:1:table/t"});
    assert!(
        !ask(
            statement.clone(),
            "dynamodb:Query",
            "arn:aws:dynamodb:r:1:table/t/index/i",
            Context::new()
        )
        .is_allowed()
    );
    assert!(
        !ask(
            statement,
            "dynamodb:Query",
            "arn:aws:dynamodb:r:1:table/t2",
            Context::new()
        )
        .is_allowed()
    );
}

#[test]
fn not_action_and_not_resource_exclude() {
    let statement =
        json!({"Effect": "Allow", "NotAction": "s:B", "NotResource": "arn:aws:s:::secret"});
    assert!(ask(statement.clone(), "s:A", "arn:aws:s:::r", Context::new()).is_allowed());
    assert!(!ask(statement.clone(), "s:B", "arn:aws:s:::r", Context::new()).is_allowed());
    assert!(!ask(statement, "s:A", "arn:aws:s:::secret", Context::new()).is_allowed());
}

#[test]
fn a_resource_policy_applies_to_the_principals_it_names() {
    let policy = Policy::parse(&json!({"Statement": {
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:role/a"}, "Action": "sts:AssumeRole",
    }}))
    .unwrap();
    let request = AccessRequest {
        action: "sts:AssumeRole".into(),
        resource: "x".into(),
        context: Context::new(),
    };
    let named = |arn: &str| resource_decision(&policy, &[("AWS".into(), arn.into())], &request);
    assert_eq!(named("arn:aws:iam::1:role/a"), Decision::Allow);
    assert_eq!(named("arn:aws:iam::1:role/b"), Decision::ImplicitDeny);
    assert_eq!(
        evaluate(std::slice::from_ref(&policy), &request),
        Decision::ImplicitDeny,
        "it is no identity policy"
    );
}

#[test]
fn what_is_not_understood_is_an_error() {
    for statement in [
        json!({"Effect": "Allow", "Action": "s:A", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "::1"}}}),
        json!({"Effect": "Allow", "Action": "s:A", "Resource": "*", "Sidd": "x"}),
        json!({"Effect": "allow", "Action": "s:A", "Resource": "*"}),
        json!({"Effect": "Allow", "Resource": "*"}),
    ] {
        assert!(
            Policy::parse(&json!({ "Statement": statement })).is_err(),
            "{statement}"
        );
    }
}

#[test]
fn matching_long_patterns_takes_no_exponential_time() {
    let pattern = "*a".repeat(40);
    assert!(!with_condition(
        json!({"StringLike": {"k": pattern}}),
        &[("k", &[&"a".repeat(30)])]
    ));
}
