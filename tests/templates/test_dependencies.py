"""Who may depend on whom, and what never ends up in a function."""

import dependencies
import pytest


@pytest.fixture(scope="module")
def graph():
    return dependencies.metadata()


def test_only_the_named_crates_use_an_aws_service(graph):
    assert dependencies.boundaries(graph, dependencies.banned()) == []


def test_functions_depend_on_shared_crates_only(graph):
    assert dependencies.layers(graph) == []


def test_no_function_links_a_slow_or_foreign_stack(graph):
    trees = dependencies.function_trees(graph)
    assert trees, "no function was looked at"
    assert dependencies.unwanted(trees) == []


def made_up(*pairs):
    names = sorted({name for pair in pairs for name in pair})
    return {
        "workspace_root": "/w",
        "workspace_members": names,
        "packages": [{"id": n, "name": n.split("/")[-1], "manifest_path": f"/w/{n}/Cargo.toml"} for n in names],
        "resolve": {"nodes": [{"id": n, "deps": [{"pkg": b} for a, b in pairs if a == n]} for n in names]},
    }


def test_a_second_user_of_the_database_is_seen():
    rules = {"aws-sdk-dynamodb": {"store"}}
    assert dependencies.boundaries(made_up(("shared/store", "aws-sdk-dynamodb")), rules) == []
    assert dependencies.boundaries(made_up(("functions/fans", "aws-sdk-dynamodb")), rules) == [
        "fans depends on aws-sdk-dynamodb; only store may"
    ]


def test_stripe_is_reached_through_one_crate_and_by_billing_only():
    rules = dependencies.banned()
    allowed = [("functions/billing", "shared/stripe"), ("shared/stripe", "async-stripe-core")]
    assert dependencies.boundaries(made_up(*allowed), rules) == []
    strange = [("functions/fans", "shared/stripe"), ("shared/app", "shared/stripe"), ("functions/billing", "async-stripe-core")]
    assert dependencies.boundaries(made_up(*strange), rules) == [
        "app depends on stripe; only billing may",
        "billing depends on async-stripe-core; only stripe may",
        "fans depends on stripe; only billing may",
    ]


@pytest.mark.parametrize(
    "pair",
    [
        ("functions/fans", "functions/bots"),
        ("functions/fans", "infra/emulator"),
        ("shared/store", "functions/fans"),
        ("shared/store", "tests"),
        ("shared/domain", "shared/store"),
        ("shared/tenancy", "shared/aws"),
    ],
)
def test_a_dependency_against_the_layers_is_seen(pair):
    assert dependencies.layers(made_up(pair)) == [f"{pair[0]} depends on {pair[1]}"]


def test_allowed_layers_are_silent():
    pairs = [("functions/fans", "shared/store"), ("infra/local", "infra/emulator"), ("shared/tenancy", "shared/domain"), ("tests", "infra/local")]
    assert dependencies.layers(made_up(*pairs)) == []


def test_a_slow_stack_in_a_function_is_seen():
    assert dependencies.unwanted({"fans": {"ring", "aws-lc-rs"}}) == ["fans links aws-lc-rs"]
