"""The templates as they are keep every rule, in every stage."""

import json
import re
import tomllib

import facts
import pytest
import render
import rules
import templates

STAGES = ("dev", "staging", "prod")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("rule", rules.APP_RULES, ids=lambda rule: rule.__name__)
def test_rule_holds(source, stage, rule):
    assert rule(render.App(source, stage)) == []


def test_no_stack_is_too_large():
    assert rules.stack_size(templates.translated()) == []


def test_functions_table_and_templates_name_the_same_set(source):
    assert rules.same_functions(render.App(source, "prod"), rules.documented()) == []


def test_no_stage_knows_a_clock_offset_or_an_endpoint_override():
    files = [*templates.paths(), templates.ROOT / "samconfig.toml"]
    assert rules.host_only_words({file.name: file.read_text(encoding="utf-8") for file in files}) == []


def test_every_nested_stack_gets_exactly_its_parameters(source):
    app = render.App(source, "prod")
    names = {stack.name for stack in app.stacks()}
    assert names == set(source), "a template that the root does not wire, or the other way round"
    for stack in app.stacks():
        for output in stack.template.get("Outputs", {}):
            stack.output(output)


def test_optional_parts_of_the_edge_can_be_switched_on(source):
    app = render.App(
        source,
        "prod",
        DomainName="crm.example",
        CertificateArn="arn:aws:acm:us-east-1:123456789012:certificate/x",
        WebAclArn="arn:aws:wafv2:us-east-1:123456789012:global/webacl/x",
        ReservedConcurrency=5,
        AlarmEmail="alarms@example.com",
    )
    (distribution,) = [p["DistributionConfig"] for _, _, p in app.each("AWS::CloudFront::Distribution")]
    assert distribution["Aliases"] == ["crm.example"]
    assert distribution["WebACLId"].startswith("arn:aws:wafv2:us-east-1:")
    assert all(f["ReservedConcurrentExecutions"] == 5 for _, _, f in app.functions())
    assert len(list(app.each("AWS::SNS::Subscription"))) == 1


def test_production_is_refused_without_a_name_of_ours(source):
    """CloudFormation asks before it makes anything; only under a name of ours do we choose which TLS the edge offers."""
    rule = source["root"]["Rules"]["ProductionHasItsOwnName"]
    assert rule["RuleCondition"] == {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
    refused = [assertion["Assert"] for assertion in rule["Assertions"]]
    assert refused == [{"Fn::Not": [{"Fn::Equals": [{"Ref": name}, ""]}]} for name in ("DomainName", "CertificateArn")]


def test_production_is_refused_without_a_place_for_its_logs_in_another_account(source):
    rule = source["root"]["Rules"]["ProductionKeepsItsLogsElsewhereToo"]
    assert rule["RuleCondition"] == {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
    refused = [assertion["Assert"] for assertion in rule["Assertions"]]
    assert refused == [{"Fn::Not": [{"Fn::Equals": [{"Ref": "LogDestinationArn"}, ""]}]}]


def test_every_log_line_goes_to_the_other_account_where_there_is_one(source):
    destination = "arn:aws:logs:eu-central-1:210987654321:destination:sofi"
    pattern = source["root"]["Parameters"]["LogDestinationArn"]["AllowedPattern"]
    assert re.fullmatch(pattern.strip("^$"), destination) and re.fullmatch(pattern.strip("^$"), "")
    assert not re.fullmatch(pattern.strip("^$"), "arn:aws:logs:eu-central-1:210987654321:log-group:sofi")
    (policy,) = [p for _, _, p in render.App(source, "prod", LogDestinationArn=destination).each("AWS::Logs::AccountPolicy")]
    assert policy["PolicyType"] == "SUBSCRIPTION_FILTER_POLICY" and policy["Scope"] == "ALL"
    assert "SelectionCriteria" not in policy, "no log group is left out"
    assert json.loads(policy["PolicyDocument"]) == {"DestinationArn": destination, "FilterPattern": "", "Distribution": "Random"}
    assert list(render.App(source, "prod").each("AWS::Logs::AccountPolicy")) == []


def test_stages_in_samconfig_are_complete():
    config = tomllib.loads((templates.ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    root = templates.source()["root"]["Parameters"]
    for stage in STAGES:
        deploy = config[stage]["deploy"]["parameters"]
        overrides = dict(pair.split("=", 1) for pair in deploy["parameter_overrides"].split())
        assert overrides["Stage"] == stage
        assert set(overrides) <= set(root)
        assert {"CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"} <= set(deploy["capabilities"].split())
    assert config["prod"]["deploy"]["parameters"]["confirm_changeset"] is True


def test_sam_does_not_cache_builds():
    """Its cache knows a crate's own folder only: a change in `shared/` would not be deployed."""
    config = tomllib.loads((templates.ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    assert config["default"]["build"]["parameters"]["cached"] is False


def test_every_function_crate_is_deployed_and_the_other_way_round(source):
    assert rules.crate_folders(render.App(source, "prod"), rules.function_folders()) == []


def test_the_crates_own_tables_name_what_is_deployed(source):
    """`ROUTES` and `JOBS` of the crates, as the catalogue wrote them; its own test keeps the file fresh."""
    crates = json.loads((templates.ROOT / "infra" / "api" / "functions.json").read_text(encoding="utf-8"))
    routes = {route["handler"]: f"{route['method']} {route['path']}" for route in crates["routes"]}
    deployed = {handler: trigger for handler, (trigger, _, _) in rules.catalogue(render.App(source, "prod")).items()}
    assert {h: t for h, t in deployed.items() if not t.startswith(("queue ", "schedule ", "direct"))} == routes
    assert sorted(set(deployed) - set(routes)) == sorted(crates["jobs"])


def test_an_operators_word_is_enough_only_where_nothing_but_an_operator_invokes():
    """`tenancy::Upkeep` makes a scope of an id: whoever has a trigger could be told any."""
    code = [path for folder in ("functions", "shared") for path in (templates.ROOT / folder).glob("*/src/**/*.rs")]
    taking = {str(path.relative_to(templates.ROOT)) for path in code if re.search(r"\bUpkeep\b", path.read_text(encoding="utf-8"))}
    own = {"shared/tenancy/src/evidence.rs", "shared/tenancy/src/lib.rs"}
    assert taking - own == {"functions/privacy/src/reseal.rs"}
    assert "privacy.reseal" in facts.DIRECT


def test_whoever_takes_tokens_can_count_them_and_nobody_else(source):
    crates = json.loads((templates.ROOT / "infra" / "api" / "functions.json").read_text(encoding="utf-8"))
    app = render.App(source, "prod")
    counting = {
        logical.removesuffix("Role") for _, logical, statement in rules.policies(app)
        if "dynamodb:UpdateItem" in statement["Action"]
    }
    assert counting == {rules.pascal(route["handler"]) for route in crates["routes"] if route["takes_tokens"]}


def test_the_code_reads_exactly_the_variables_that_templates_declare(source):
    """A variable nobody reads is noise; one that nobody declares is empty on AWS and full on the laptop."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("functions", "shared")
        for path in (templates.ROOT / folder).glob("*/src/**/*.rs")
    )
    # Set by Lambda itself, or by the laptop host only.
    given = {"_HANDLER", "AWS_REGION", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "CLOCK_OFFSET_SECONDS"}
    given |= {"TELEGRAM_API_URL", "XAI_API_URL", "GROQ_API_URL", "STRIPE_API_URL", "SOFI_DRAFTS_ONLY", "SITE_URL"}
    read = set(re.findall(r'(?:\bread|trimmed|\bvar|table|required|name)\(\s*"([A-Z][A-Z_]+|_HANDLER)"', code))
    assert {name for name in rules.ENVIRONMENT if f'"{name}"' not in code} == set()
    assert read - given - rules.ENVIRONMENT <= {name for name in read if name.startswith("AWS_")}
    declared = {
        name
        for _, _, function in render.App(source, "prod").functions()
        for name in function.get("Environment", {}).get("Variables", {})
    }
    assert declared == rules.ENVIRONMENT | set(rules.FOR_LIBC)
