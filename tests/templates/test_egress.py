"""Nobody receives data who is not on the published list, and nobody is on it for nothing."""

import json

import egress

LISTED = json.dumps({"subprocessors": [{"hosts": ["api.vendor.example", "*.amazonaws.com"]}]})
CALLS = {"shared/x/src/a.rs": 'const BASE: &str = "https://api.vendor.example";'}
SDK = {"shared/x/Cargo.toml": "aws-sdk-sqs.workspace = true"}


def test_the_code_names_exactly_the_hosts_of_the_list():
    assert egress.problems(egress.sources(), egress.manifests(), egress.listed()) == []


def test_the_search_finds_the_vendors_of_today():
    assert {"api.telegram.org", "api.x.ai", "api.groq.com", "api.stripe.com"} <= set(egress.named(egress.sources()))


def test_agreement_is_silent():
    assert egress.problems(CALLS, SDK, egress.listed(LISTED)) == []


def test_an_unlisted_host_is_seen_wherever_it_stands():
    for code in ('"https://tracker.example"', 'format!("https://tracker.example/{id}")', '"wss://tracker.example/x"'):
        files = {**CALLS, "functions/y/src/b.rs": code}
        assert egress.problems(files, SDK, egress.listed(LISTED)) == [
            "functions/y/src/b.rs names tracker.example, which is on no list of sub-processors"
        ]


def test_a_listed_host_that_nothing_calls_is_seen():
    assert egress.problems({}, SDK, egress.listed(LISTED)) == ["api.vendor.example is on the list, and nothing calls it"]
    assert egress.problems(CALLS, {}, egress.listed(LISTED)) == ["*.amazonaws.com is on the list, and nothing calls it"]


def test_comments_and_tests_call_nobody():
    text = '// see https://spec.example/x\n/// https://spec.example\n#[cfg(test)]\nmod tests {\n "https://fake.example" }'
    assert egress.named({"shared/x/src/a.rs": text}) == {}
